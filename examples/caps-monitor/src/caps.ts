import { graphql } from "../gql";
import type { CapsQuery } from "../gql/graphql";

export const Caps = graphql(`
  query Caps {
    offers(first: 10000, filter: { status: [ACTIVE] }) {
      totalCount
      nodes {
        id
        title
        caps { period type value usage { current percent } }
      }
    }
  }
`);

/** One cap of one offer, as a row of the page. */
export interface Row {
  key: string;
  offer: string;
  limit: string;
  current: number;
  value: number;
  percent: number;
}

/** What is not looked at, where a network has more active offers than one query reads; undefined where all of them are. */
export const leftOut = ({ offers }: CapsQuery): string | undefined => {
  const read = offers?.nodes.length ?? 0;
  const all = offers?.totalCount ?? read;
  return read < all ? `Only the first ${read} of ${all} active offers are looked at.` : undefined;
};

/** The caps that are at least so full, the fullest first. */
export const rowsOf = (data: CapsQuery, atLeast: number): Row[] =>
  (data.offers?.nodes ?? [])
    .flatMap(({ id, title, caps }) =>
      (caps ?? []).map(({ period, type, value, usage }, index) => ({
        key: `${id}-${index}`,
        offer: `${id} ${title ?? ""}`,
        limit: `${type ?? ""} a ${period ?? ""}`.toLowerCase().replace("a all", "in all"),
        current: usage?.current ?? 0,
        value: value ?? 0,
        percent: usage?.percent ?? 0,
      })),
    )
    .filter(({ percent }) => percent >= atLeast)
    .sort((left, right) => right.percent - left.percent);
