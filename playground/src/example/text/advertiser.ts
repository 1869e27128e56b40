import { daysAgo, type Example, networkUsers } from "../shape.js";

export const advertiserExamples: readonly Example[] = [
  {
    title: "An advertiser's offers with conversions by day",
    about: "One advertiser's active offers, and the last 30 days of all of its offers as curves.",
    who: "network users who may see the advertiser",
    keys: networkUsers,
    view: "chart",
    find: "{ advertisers(first: 1) { nodes { id } } }",
    variables: ({ ids, today }) => ({
      advertiserId: ids("advertisers")[0] ?? "",
      from: daysAgo(today, 29),
      to: daysAgo(today, 0),
    }),
    query: `query AdvertiserByDay(
  $advertiserId: ID!
  $from: Date!
  $to: Date!
) {
  advertiser(id: $advertiserId) {
    companyName
    offers(first: 10000, filter: { status: [ACTIVE] }) {
      totalCount
      nodes { id title }
    }
  }
  statistics(
    from: $from
    to: $to
    by: [DAY]
    filter: { advertiserIds: [$advertiserId] }
    orderBy: { field: DAY, direction: ASC }
  ) {
    nodes {
      slice { date }
      figures {
        conversions {
          confirmed { count }
          pending { count }
          declined { count }
        }
        clicks
      }
    }
  }
}
`,
  },
  {
    title: "An advertiser's offers with statistics",
    about: "The offers of one advertiser, each with its last 30 days; one REST call counts for all of them.",
    who: "network users who may see the advertiser",
    keys: networkUsers,
    view: "table",
    sort: "statistics.clicks",
    find: "{ advertisers(first: 1) { nodes { id } } }",
    variables: ({ ids, today }) => ({
      advertiserId: ids("advertisers")[0] ?? "",
      from: daysAgo(today, 30),
      to: daysAgo(today, 0),
    }),
    query: `query AdvertiserOffers(
  $advertiserId: ID!
  $from: Date!
  $to: Date!
) {
  advertiser(id: $advertiserId) {
    companyName
    manager { name email }
    offers(first: 10000) {
      totalCount
      nodes {
        id
        title
        status
        statistics(from: $from, to: $to) {
          clicks
          conversions {
            confirmed {
              count
              payout
              income
              earnings
            }
          }
          conversionRate
        }
      }
    }
  }
}
`,
  },
  {
    title: "Advertisers and their managers",
    about: "Advertisers with the person to talk to and the user who looks after them.",
    who: "network users who may see advertisers",
    keys: networkUsers,
    view: "table",
    query: `query AdvertisersAndManagers {
  advertisers(first: 10000) {
    totalCount
    nodes {
      id
      companyName
      contact
      email
      country
      offersCount
      manager { name email }
    }
  }
}
`,
  },
];
