import type { Example, Found, Given } from "./shape.js";
import { advertiserExamples } from "./text/advertiser.js";
import { affiliateExamples } from "./text/affiliate.js";
import { capExamples } from "./text/cap.js";
import { conversionExamples } from "./text/conversion.js";
import { invoiceExamples } from "./text/invoice.js";
import { offerExamples } from "./text/offer.js";
import { ownAdvertiserExamples, ownAffiliateExamples } from "./text/own.js";
import { paymentExamples } from "./text/payment.js";
import { postbackExamples } from "./text/postback.js";
import { promocodeExamples } from "./text/promocode.js";
import { statisticsExamples } from "./text/statistics.js";
import { ticketExamples } from "./text/ticket.js";
import { userExamples } from "./text/user.js";
import { viewerExamples } from "./text/viewer.js";

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
