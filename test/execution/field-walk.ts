import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from "graphql";

/** One field under one type, and how to ask for it under many rows of that type. */
export interface FieldCase {
  type: string;
  field: string;
  /** The key that may ask for it. */
  key: string;
  /** True where the rows stand in a list that no argument sizes, so that its length is a guess of the schema's. */
  isAssumed: boolean;
  /** The query with `first` rows of the type's root list; without the field itself where `isBare`. */
  query(first: number, isBare?: boolean): string;
}

type Field = GraphQLField<unknown, unknown>;

/** What required arguments are asked with, by name, or by field and name. */
const values: Record<string, string> = {
  from: '"2025-12-01"',
  to: '"2026-03-01"',
  "clicks.from": '"2026-02-22"',
  by: "[OFFER, AFFILIATE]",
  "appsflyerStatistics.by": "[DATE]",
  kind: "OFFER",
  number: "1",
  offerId: '"1"',
  affiliateId: '"1"',
  baseEvent: '"install"',
  events: '["registration"]',
  timezone: '"UTC"',
  countries: '["US"]',
  country: '"US"',
  currencies: '["USD", "EUR"]',
  os: '"Android"',
  code: '"US"',
  id: '"1"',
  feedId: '"5f0000000000000000000001"',
  language: '"en"',
  "newsItem.id": '"5f0000000000000000000001"',
  name: '"x"',
};

/** Clicks are closed to everybody else. */
const ofClicks: Record<string, string> = Object.fromEntries(
  ["Query", "Offer", "Affiliate"].map((type) => [`${type}.clicks`, "sandbox-affiliate-manager"]),
);

/** Fields that only the key of their own may ask for, under `viewer`. */
const ownKeys: Record<string, string> = {
  "Affiliate.news": "sandbox-affiliate",
  "Affiliate.newsItem": "sandbox-affiliate",
  "Affiliate.liveOffers": "sandbox-affiliate",
  "Affiliate.subValues": "sandbox-affiliate",
  "Affiliate.productFeedItems": "sandbox-affiliate",
  "Affiliate.smartlinkCategories": "sandbox-affiliate",
  "Advertiser.ownOffers": "sandbox-advertiser",
  "Advertiser.ownOffer": "sandbox-advertiser",
};

const argsOf = (field: Field, more: string[] = []): string => {
  const required = field.args.filter(isRequiredArgument).map(({ name }) => {
    const value = values[`${field.name}.${name}`] ?? values[name];
    if (!value) throw new Error(`field-walk: ${field.name}(${name}:) has no value to be asked with`);
    return `${name}: ${value}`;
  });
  const all = [...required, ...more];
  return all.length ? `(${all.join(", ")})` : "";
};

const isConnection = (field: Field) => /Connection$/.test(getNamedType(field.type).name);
const isList = (field: Field) => isListType(isNonNullType(field.type) ? field.type.ofType : field.type);

const nodeOf = (field: Field): GraphQLObjectType | undefined => {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return undefined;
  const node = isConnection(field) ? getNamedType(type.getFields().nodes?.type ?? type) : type;
  return isObjectType(node) ? node : undefined;
};

const manager = "sandbox-general-manager";

const own = (type: string, inner: string) => `{ viewer { ... on ${type} { ${inner} } } }`;

/** A way from the root to rows of a type. */
interface Path {
  key: string;
  isAssumed: boolean;
  wrap(inner: string, first: number): string;
}

const step = (field: Field, first?: number): ((inner: string) => string) => {
  const args = argsOf(field, isConnection(field) && first !== undefined ? [`first: ${first}`] : []);
  return (inner) => `${field.name}${args} { ${isConnection(field) ? `nodes { ${inner} }` : inner} }`;
};

/** The shortest way to each object type: a list of the root where there is one, else a field of a type that was reached. */
const pathsOf = (schema: GraphQLSchema): Map<string, Path> => {
  const paths = new Map<string, Path>();
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  const byWorth = [...roots.filter(isConnection), ...roots.filter((field) => !isConnection(field) && isList(field))];
  for (const field of byWorth) {
    const node = nodeOf(field);
    if (!node || paths.has(node.name)) continue;
    paths.set(node.name, {
      key: ofClicks[`Query.${field.name}`] ?? manager,
      isAssumed: !isConnection(field),
      wrap: (inner, first) => `{ ${step(field, first)(inner)} }`,
    });
  }
  for (let size = -1; size < paths.size; ) {
    size = paths.size;
    for (const [name, path] of [...paths]) {
      for (const field of Object.values((schema.getType(name) as GraphQLObjectType).getFields())) {
        const node = nodeOf(field);
        if (!node || paths.has(node.name)) continue;
        const key = ownKeys[`${name}.${field.name}`];
        paths.set(node.name, {
          key: key ?? path.key,
          isAssumed: path.isAssumed,
          wrap: (inner, first) => (key ? own(name, step(field, first)(inner)) : path.wrap(step(field, 2)(inner), first)),
        });
      }
    }
  }
  return paths;
};

/** Every field of every object type that can be reached from the root, but those of connections, edges and payloads. */
export const fieldCases = (schema: GraphQLSchema): { cases: FieldCase[]; unreached: string[] } => {
  const paths = pathsOf(schema);
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const inside = types.filter(({ name }) => !/^(__|Query$|Mutation$|PageInfo$)|(Connection|Edge|Payload|Result)$/.test(name));
  const cases = inside.flatMap((type) => {
    const path = paths.get(type.name);
    if (!path) return [];
    return Object.values(type.getFields()).map((field): FieldCase => {
      const key = ownKeys[`${type.name}.${field.name}`];
      const asked = isLeafType(getNamedType(field.type)) ? `${field.name}${argsOf(field)}` : step(field, 2)("__typename");
      const wrap = key ? (inner: string) => own(type.name, inner) : path.wrap;
      return {
        type: type.name,
        field: field.name,
        key: key ?? ofClicks[`${type.name}.${field.name}`] ?? path.key,
        isAssumed: !key && path.isAssumed,
        query: (first, isBare) => wrap(isBare ? "__typename" : asked, first),
      };
    });
  });
  return { cases, unreached: inside.map(({ name }) => name).filter((name) => !paths.has(name)) };
};

/** A list in pages, and how to ask for a part of it under a few rows of its type. */
export interface PagedCase {
  name: string;
  key: string;
  /** The parts by the names they get in the answer, each with the arguments of its page. */
  query(parts: Readonly<Record<string, string>>): string;
}

const isPlain = (field: Field): boolean =>
  isLeafType(getNamedType(field.type)) &&
  !field.args.some(isRequiredArgument) &&
  !field.astNode?.directives?.some(({ name }) => name.value === "restCalls");

/** What tells one row from another, at no further call. */
const rowOf = (type: GraphQLObjectType): string => {
  const fields = Object.values(type.getFields());
  const id = fields.find(({ name }) => name === "id");
  if (id) return id.name;
  const inside = fields.flatMap((field) => {
    if (isPlain(field)) return [field.name];
    const inner = /^(slice|figures)$/.test(field.name) ? nodeOf(field) : undefined;
    const plain = inner && Object.values(inner.getFields()).filter(isPlain);
    return plain?.length ? [`${field.name} { ${plain.map(({ name }) => name).join(" ")} }`] : [];
  });
  return inside.join(" ") || "__typename";
};

/** Every list in pages that can be reached from the root, each under a dozen rows of its type. */
export const pagedCases = (schema: GraphQLSchema): PagedCase[] => {
  const paths = pathsOf(schema);
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.flatMap((type) =>
    Object.values(type.getFields())
      .filter(isConnection)
      .map((field): PagedCase => {
        const name = `${type.name}.${field.name}`;
        const path = paths.get(type.name);
        const ownKey = ownKeys[name];
        const node = nodeOf(field);
        if (!node || !(path || type === schema.getQueryType())) throw new Error(`field-walk: no way to ${name}`);
        const shown = `{ totalCount edges { cursor node { ${rowOf(node)} } } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }`;
        return {
          name,
          key: ownKey ?? ofClicks[name] ?? path?.key ?? manager,
          query: (parts) => {
            const asked = Object.entries(parts).map(([part, page]) => `${part}: ${field.name}${argsOf(field, [page])} ${shown}`);
            const inner = asked.join(" ");
            if (!path) return `{ ${inner} }`;
            return ownKey ? own(type.name, inner) : path.wrap(inner, 12);
          },
        };
      }),
  );
};
