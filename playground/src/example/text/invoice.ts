import { type Example, networkUsers } from "../shape.js";

export const invoiceExamples: readonly Example[] = [
  {
    title: "Invoices not yet paid",
    about: "What advertisers still owe the network. The largest number stands first, whatever its currency.",
    who: "network users who may see billing and advertisers",
    keys: networkUsers,
    view: "table",
    sort: "amount",
    query: `query UnpaidInvoices {
  invoices(
    first: 10000
    filter: { status: UNPAID }
  ) {
    totalCount
    nodes {
      id
      advertiser { companyName email }
      amount
      currency
      startDate
      endDate
      createdOn
    }
  }
}
`,
  },
  {
    title: "Invoices beside what was counted",
    about: "The first 20 invoices, each with the conversions and the income that Affise counted for its advertiser in its days.",
    who: "network users who may see billing, advertisers and statistics",
    keys: networkUsers,
    view: "table",
    query: `query InvoicesBesideFigures {
  invoices(first: 20) {
    totalCount
    nodes {
      id
      advertiser { companyName }
      amount
      currency
      startDate
      endDate
      statistics {
        conversions {
          confirmed { count income }
        }
      }
    }
  }
}
`,
  },
];
