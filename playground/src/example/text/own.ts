import { daysAgo, type Example } from "../shape.js";

/** For an affiliate's own key. */
export const ownAffiliateExamples: readonly Example[] = [
  {
    title: "My balance and my offers",
    about: "What you have earned and not yet been paid, and the offers you can send visitors to, with your links.",
    who: "affiliates' keys",
    keys: ["Affiliate"],
    view: "table",
    query: `query MyBalanceAndOffers {
  viewer {
    ... on Affiliate {
      companyName
      balances {
        currency
        balance
        hold
        available
      }
      liveOffers(first: 10000) {
        totalCount
        nodes {
          id
          title
          payouts { payout currency }
          trackingLink
        }
      }
    }
  }
}
`,
  },
  {
    title: "Ask for an offer",
    about: "Asks the network's managers to let you run an offer. Each run may open another request.",
    who: "affiliates' keys",
    keys: ["Affiliate"],
    find: "{ offers(first: 100) { nodes { id requiresApproval trackingLink } } }",
    variables: ({ rows }) => ({
      input: {
        // An offer that the affiliate sees and may not run yet: it has no link.
        offerId: rows("offers").find((offer) => offer.requiresApproval && !offer.trackingLink)?.id ?? "",
        comment: "Newsletter with 40,000 readers in Germany",
      },
    }),
    query: `mutation AskForOffer($input: RequestOfferAccessInput!) {
  requestOfferAccess(input: $input) {
    outcome
    error { code message }
    offer { id title }
  }
}
`,
  },
];

/** For an advertiser's own key. */
export const ownAdvertiserExamples: readonly Example[] = [
  {
    title: "My offers and their statistics",
    about: "Your active offers with their clicks, conversions and costs of 30 days; one REST call counts for all of them.",
    who: "advertisers' keys",
    keys: ["Advertiser"],
    view: "table",
    sort: "statistics.clicks",
    variables: ({ today }) => ({ from: daysAgo(today, 29), to: daysAgo(today, 0) }),
    query: `query MyOffers($from: Date!, $to: Date!) {
  viewer {
    ... on Advertiser {
      offers(first: 10000) {
        totalCount
        nodes {
          id
          title
          statistics(from: $from, to: $to) {
            clicks
            conversions {
              confirmed { count income }
              pending { count }
              declined { count }
            }
            conversionRate
          }
        }
      }
    }
  }
}
`,
  },
];
