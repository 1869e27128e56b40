import { daysAgo, type Example, everyKey, monthStart, networkUsers } from "../shape.js";

export const statisticsExamples: readonly Example[] = [
  {
    title: "Clicks and conversions by day",
    about: "The last 30 days as curves: clicks, and conversions by how they stand.",
    who: "every key; affiliates and advertisers see their own",
    keys: everyKey,
    view: "chart",
    variables: ({ today }) => ({ from: daysAgo(today, 29), to: daysAgo(today, 0) }),
    query: `query ByDay($from: Date!, $to: Date!) {
  statistics(
    from: $from
    to: $to
    by: [DAY]
    orderBy: { field: DAY, direction: ASC }
  ) {
    nodes {
      slice { date }
      figures {
        clicks
        conversions {
          confirmed { count }
          pending { count }
          declined { count }
        }
      }
    }
  }
}
`,
  },
  {
    title: "Top affiliates this month",
    about: "The 15 who earned the network most since the first of the month.",
    who: "network users who may see affiliates",
    keys: networkUsers,
    view: "chart",
    variables: ({ today }) => ({ from: monthStart(today), to: daysAgo(today, 0) }),
    query: `query TopAffiliates($from: Date!, $to: Date!) {
  statistics(
    from: $from
    to: $to
    by: [AFFILIATE]
    first: 15
    orderBy: { field: CONFIRMED_EARNINGS }
  ) {
    nodes {
      slice { affiliate { companyName id } }
      figures {
        conversions {
          confirmed { earnings payout count }
        }
        clicks
      }
    }
  }
}
`,
  },
  {
    title: "Best offers of the last 7 days",
    about: "The 15 offers with most confirmed conversions, with what they pay, cost and leave.",
    who: "network users",
    keys: networkUsers,
    view: "chart",
    variables: ({ today }) => ({ from: daysAgo(today, 6), to: daysAgo(today, 0) }),
    query: `query BestOffers($from: Date!, $to: Date!) {
  statistics(
    from: $from
    to: $to
    by: [OFFER]
    first: 15
    orderBy: { field: CONFIRMED_COUNT }
  ) {
    nodes {
      slice { offer { title id } }
      figures {
        conversions {
          confirmed { count payout income earnings }
        }
        clicks
        conversionRate
      }
    }
  }
}
`,
  },
  {
    title: "Which countries bring conversions?",
    about: "The 20 countries with most confirmed conversions in the last 30 days, and the clicks they came of.",
    who: "every key; affiliates and advertisers see their own",
    keys: everyKey,
    view: "chart",
    variables: ({ today }) => ({ from: daysAgo(today, 29), to: daysAgo(today, 0) }),
    query: `query ByCountry($from: Date!, $to: Date!) {
  statistics(
    from: $from
    to: $to
    by: [COUNTRY]
    first: 20
    orderBy: { field: CONFIRMED_COUNT }
  ) {
    nodes {
      slice {
        countryInfo { name }
        country
      }
      figures {
        conversions {
          confirmed { count payout income }
          total { count }
        }
        clicks
        conversionRate
      }
    }
  }
}
`,
  },
];
