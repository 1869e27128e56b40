import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";

/** A query for one list with everything that its rows tell. */
export interface ListQuery {
  name: string;
  key: string;
  query: string;
}

type Field = GraphQLField<unknown, unknown>;

const values: Record<string, string> = {
  from: '"2026-01-01"',
  to: '"2026-03-01"',
  "clicks.from": '"2026-02-22"',
  by: "[OFFER, AFFILIATE]",
  "appsflyerStatistics.by": "[DATE]",
  kind: "OFFER",
  offerId: '"1"',
  affiliateId: '"1"',
  baseEvent: '"install"',
  events: '["registration"]',
  timezone: '"UTC"',
  countries: '["US"]',
  currencies: '["USD"]',
  country: '"US"',
  os: '"Android"',
  feedId: '"5f0000000000000000000001"',
  name: '"x"',
};

const argsOf = (field: Field, first?: number): string | undefined => {
  const required = field.args.filter(isRequiredArgument).map(({ name }) => {
    const value = values[`${field.name}.${name}`] ?? values[name];
    return value && `${name}: ${value}`;
  });
  if (required.includes(undefined)) return undefined;
  const all =
    first !== undefined && field.args.some(({ name }) => name === "first") ? [...required, `first: ${first}`] : required;
  return all.length ? `(${all.join(", ")})` : "";
};

const isConnection = (type: GraphQLNamedType) => type.name.endsWith("Connection");
const isList = (field: Field) =>
  isConnection(getNamedType(field.type)) || isListType(isNonNullType(field.type) ? field.type.ofType : field.type);

/** Everything that a type tells without arguments, and what stands under it, `depth` types deep. Lists with pages are left out. */
const everythingOf = (type: GraphQLNamedType, depth: number, schema: GraphQLSchema): string => {
  if (isUnionType(type)) {
    return `__typename ${type
      .getTypes()
      .map((one) => `... on ${one.name} { ${everythingOf(one, depth, schema)} }`)
      .join(" ")}`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type);
    if (field.args.some(isRequiredArgument)) return [];
    if (isLeafType(inner)) return [field.name];
    if (depth === 0 || isConnection(inner)) return [];
    return [`${field.name} { ${everythingOf(inner, depth - 1, schema)} }`];
  });
  return ["__typename", ...fields].join(" ");
};

const selectionOf = (field: Field, depth: number, schema: GraphQLSchema): string => {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return "";
  if (!isObjectType(type) || !isConnection(type)) return `{ ${everythingOf(type, depth, schema)} }`;
  const node = getNamedType(type.getFields().nodes?.type ?? type);
  const rows = everythingOf(node, depth, schema);
  const { nodes: _nodes, edges: _edges, pageInfo: _pageInfo, ...others } = type.getFields();
  const beside = Object.values(others).map((one) => {
    const of = getNamedType(one.type);
    const asked = `${one.name}${argsOf(one) ?? ""}`;
    return isLeafType(of) ? asked : `${asked} { ${everythingOf(of, 2, schema)} }`;
  });
  const page = "pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor }";
  return `{ __typename ${beside.join(" ")} edges { __typename cursor node { ${rows} } } ${page} }`;
};

const owners = { User: "sandbox-general-manager", Affiliate: "sandbox-affiliate", Advertiser: "sandbox-advertiser" };

const clicksKey = "sandbox-affiliate-manager";

/** A query for every list that a sandbox has, with each key of its own: the lists of the root, and those of who asks. */
export const everyList = (schema: GraphQLSchema, { first = 10, depth = 2 } = {}): ListQuery[] => {
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) ? Object.values(type.getFields()).filter(isList) : [];
  };
  const asked = (field: Field) => {
    const args = argsOf(field, first);
    return args === undefined ? undefined : `${field.name}${args} ${selectionOf(field, depth, schema)}`;
  };
  const roots = fieldsOf("Query").flatMap((field): ListQuery[] => {
    const inner = asked(field);
    const key = field.name === "clicks" ? clicksKey : owners.User;
    return inner ? [{ name: field.name, key, query: `{ ${inner} }` }] : [];
  });
  const own = Object.entries(owners).flatMap(([type, key]) =>
    fieldsOf(type).flatMap((field): ListQuery[] => {
      const inner = asked(field);
      const query = `{ viewer { __typename ... on ${type} { id ${inner} } } }`;
      return inner ? [{ name: `viewer.${type}.${field.name}`, key, query }] : [];
    }),
  );
  const under = ["Offer", "Affiliate", "Advertiser"].flatMap((type) =>
    fieldsOf(type).flatMap((field): ListQuery[] => {
      const inner = asked(field);
      const list = `${type.toLowerCase()}s`;
      const key = field.name === "clicks" ? clicksKey : owners.User;
      return inner
        ? [{ name: `${list}.${field.name}`, key, query: `{ ${list}(first: 3) { __typename nodes { __typename id ${inner} } } }` }]
        : [];
    }),
  );
  return [...roots, ...own, ...under];
};
