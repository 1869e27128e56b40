import { type Example, everyKey } from "../shape.js";

export const viewerExamples: readonly Example[] = [
  {
    title: "A first look",
    about: "Who you are, and ten offers with what they pay.",
    who: "every key",
    keys: everyKey,
    query: `# Press Ctrl-Enter (⌘-Enter on a Mac) or ▶ to run this.
# Point at a word to read what it means.
query FirstLook {
  viewer {
    __typename
    ... on User { name role }
    ... on Affiliate { companyName }
    ... on Advertiser { companyName }
  }
  offers(first: 10) {
    totalCount
    nodes {
      id
      title
      countries
      payouts { goal payout currency }
    }
  }
}
`,
  },
  {
    title: "Who am I?",
    about: "Who the key belongs to, and everything it may and may not do.",
    who: "every key",
    keys: everyKey,
    query: `query WhoAmI {
  viewer {
    __typename
    ... on User {
      id
      name
      email
      role
      permissions { section name level hasExceptions }
    }
    ... on Affiliate {
      id
      companyName
      email
      status
      balances { currency balance available }
    }
    ... on Advertiser {
      id
      companyName
      email
    }
  }
}
`,
  },
];
