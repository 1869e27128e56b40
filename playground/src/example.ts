import { advertiserExamples } from "./example/advertiser.js";
import { affiliateExamples } from "./example/affiliate.js";
import { capExamples } from "./example/cap.js";
import { offerExamples } from "./example/offer.js";
import type { Example, Given } from "./example/shape.js";
import { statisticsExamples } from "./example/statistics.js";
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
  { title: "Offers", examples: offerExamples },
  { title: "Affiliates", examples: affiliateExamples },
  { title: "Advertisers", examples: advertiserExamples },
  { title: "Users", examples: userExamples },
];

export const examples: readonly Example[] = exampleGroups.flatMap((group) => group.examples);

/** The query that stands in the editor when the page is opened for the first time. */
export const firstQuery: string = viewerExamples[0]?.query ?? "";

/** True for an example that changes something: it never runs by itself. */
export const isMutation = ({ query }: { query: string }): boolean => /^\s*mutation\b/m.test(query.replaceAll(/#.*$/gm, ""));

/** Reads the ids out of the data of a `find` query. */
export const idsIn =
  (data: unknown): Given["ids"] =>
  (alias) => {
    const lists = (data ?? {}) as Record<string, { nodes?: { id: string }[] } | null | undefined>;
    return (lists[alias]?.nodes ?? []).map(({ id }) => id);
  };

/** The example's variables as the text of the variables editor. */
export const variablesText = (example: Example, given: Given): string =>
  example.variables ? JSON.stringify(example.variables(given), null, 2) : "";
