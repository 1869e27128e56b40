import { daysAgo, type Example, networkUsers } from "../shape.js";

export const postbackExamples: readonly Example[] = [
  {
    title: "Postbacks that failed",
    about:
      "Postbacks of 7 days that an affiliate's server answered with 404. Other codes go in the variables; 0 is no answer at all.",
    who: "network users who may see postbacks to affiliates",
    keys: networkUsers,
    view: "table",
    variables: ({ today }) => ({ from: daysAgo(today, 6), to: daysAgo(today, 0), httpCode: 404 }),
    query: `query FailedPostbacks(
  $from: Date!
  $to: Date!
  $httpCode: Int!
) {
  sentPostbacks(
    first: 10000
    from: $from
    to: $to
    filter: { httpCode: $httpCode }
  ) {
    totalCount
    nodes {
      sentAt
      httpCode
      affiliate { companyName email }
      offer { title }
      goal
      url
      conversionId
    }
  }
}
`,
  },
];
