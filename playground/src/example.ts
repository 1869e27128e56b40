import { advertiserExamples } from "./example/advertiser.js";
import { affiliateExamples } from "./example/affiliate.js";
import { capExamples } from "./example/cap.js";
import { conversionExamples } from "./example/conversion.js";
import { invoiceExamples } from "./example/invoice.js";
import { offerExamples } from "./example/offer.js";
import { ownAdvertiserExamples, ownAffiliateExamples } from "./example/own.js";
import { paymentExamples } from "./example/payment.js";
import { postbackExamples } from "./example/postback.js";
import { promocodeExamples } from "./example/promocode.js";
import type { Example, Found, Given } from "./example/shape.js";
import { statisticsExamples } from "./example/statistics.js";
import { ticketExamples } from "./example/ticket.js";
import { userExamples } from "./example/user.js";
import { viewerExamples } from "./example/viewer.js";

/** Examples about one subject. */
export interface ExampleGroup {
  title: string;
  examples: readonly Example[];
}

/** Every ready example, as the page lists them. A new noun is a file in `example/` and a line here. */
export const exampleGroups: readonly ExampleGroup[] = [
  { title: "Start here", examples: viewerExamples },
  { title: "Statistics", examples: statisticsExamples },
  { title: "Caps", examples: capExamples },
  { title: "Conversions and postbacks", examples: [...conversionExamples, ...postbackExamples] },
  { title: "Offers", examples: [...offerExamples, ...promocodeExamples] },
  { title: "Affiliates", examples: [...affiliateExamples, ...ticketExamples] },
  { title: "Advertisers", examples: advertiserExamples },
  { title: "Payments and invoices", examples: [...paymentExamples, ...invoiceExamples] },
  { title: "Users", examples: userExamples },
  { title: "With an affiliate's key", examples: ownAffiliateExamples },
  { title: "With an advertiser's key", examples: ownAdvertiserExamples },
];

export const examples: readonly Example[] = exampleGroups.flatMap((group) => group.examples);

/** The query that stands in the editor when the page is opened for the first time. */
export const firstQuery: string = viewerExamples[0]?.query ?? "";

/** True for an example that changes something: it never runs by itself. */
export const isMutation = ({ query }: { query: string }): boolean => /^\s*mutation\b/m.test(query.replaceAll(/#.*$/gm, ""));

/** What the data of a `find` query gives to an example's variables. */
export const givenBy = (data: unknown, today: Date): Given => {
  const lists = (data ?? {}) as Record<string, { nodes?: Found[] } | null | undefined>;
  const rows: Given["rows"] = (alias) => lists[alias]?.nodes ?? [];
  return { today, rows, ids: (alias) => rows(alias).map(({ id }) => id) };
};

/** The example's variables as the text of the variables editor. */
export const variablesText = (example: Example, given: Given): string =>
  example.variables ? JSON.stringify(example.variables(given), null, 2) : "";
