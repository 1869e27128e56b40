import { daysAgo, type Example, networkUsers } from "../shape.js";

export const promocodeExamples: readonly Example[] = [
  {
    title: "Add promocodes",
    about: "Makes codes that count for an affiliate without a link, all in one REST call. A code can be made only once.",
    who: "network users who may edit offers, where the network has promocodes",
    keys: networkUsers,
    find: "{ offers(first: 2, filter: { status: [ACTIVE] }) { nodes { id } } affiliates(first: 1, filter: { status: ACTIVE }) { nodes { id } } }",
    variables: ({ ids, today }) => ({
      promocodes: ids("offers").map((offerId) => ({
        code: `HELLO${offerId}-${today.getTime().toString(36).toUpperCase()}`,
        offerId,
        affiliateId: ids("affiliates")[0] ?? "",
        startsAt: `${daysAgo(today, 0)}T00:00:00`,
        endsAt: `${daysAgo(today, -30)}T00:00:00`,
        usageLimit: 100,
      })),
    }),
    query: `mutation AddPromocodes($promocodes: [PromocodeInput!]!) {
  createPromocodes(input: { promocodes: $promocodes }) {
    results {
      code
      promocode {
        offer { title }
        affiliate { companyName }
        usageLimit
        endsAt
      }
      outcome
      error { code message }
    }
  }
}
`,
  },
];
