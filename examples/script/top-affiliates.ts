import { ask } from "./ask.js";
import { graphql } from "./gql/index.js";

const TopAffiliates = graphql(`
  query TopAffiliates($from: Date!, $to: Date!, $first: Int!) {
    statistics(
      from: $from
      to: $to
      by: [AFFILIATE]
      first: $first
      orderBy: { field: CONFIRMED_EARNINGS }
    ) {
      nodes {
        slice { affiliate { id name manager { id name } } }
        figures { clicks conversions { confirmed { count payout earnings } } }
      }
    }
  }
`);

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const [from = day(30), to = day(1), first = "10"] = process.argv.slice(2);

const { statistics } = await ask(TopAffiliates, { from, to, first: Number(first) });

/** A spreadsheet takes a text that begins like a formula for one, and affiliates choose their own names. */
const cell = (value: unknown) => {
  const text = typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

console.log("id,name,manager,clicks,confirmed,payout,earnings");
for (const { slice, figures } of statistics?.nodes ?? []) {
  const confirmed = figures?.conversions?.confirmed;
  const affiliate = slice?.affiliate;
  const row = [affiliate?.id, affiliate?.name, affiliate?.manager?.name, figures?.clicks];
  console.log([...row, confirmed?.count, confirmed?.payout, confirmed?.earnings].map(cell).join(","));
}
