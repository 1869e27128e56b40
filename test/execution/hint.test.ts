import { type GraphQLInputField, getNamedType, isInputObjectType, isObjectType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const schema = buildSchema();
const world = await openWorld({ offers: 5, affiliates: 2, advertisers: 2, conversions: 5 });
afterAll(() => world.close());

const messages = async (query: string) => (await world.ask(query)).errors?.map(({ message }) => message) ?? [];

const fieldsOf = (name: string) => {
  const type = schema.getType(name);
  return isObjectType(type) ? Object.keys(type.getFields()) : [];
};

const connections = Object.keys(schema.getTypeMap()).filter((name) => name.endsWith("Connection"));

test.each([
  ["conversions(first: 1) { nodes { sub1 } }", "sub1: sub(number: 1)"],
  ["conversions(first: 1) { nodes { custom_field_2 } }", "custom_field_2: customField(number: 2)"],
  ["conversions(first: 1) { sub3 }", "nodes { sub3: sub(number: 3) }"],
  ["offer(id: 1) { payouts { sub1 } }", "subs"],
  ["offer(id: 1) { payouts { customField15 } }", "customFields"],
  ['conversions(filter: { sub1: "a" }) { totalCount }', "subs"],
  ['conversions(filter: { customField1: "a" }) { totalCount }', "customFields"],
])("what Affise numbers: { %s } says where it stands", async (asked, found) => {
  expect(await messages(`{ ${asked} }`)).toEqual([expect.stringContaining(`Did you mean "${found}"?`)]);
});

describe("a field asked of the list instead of its rows", () => {
  test.each(connections)("%s says where it stands", async (name) => {
    const nodes = schema.getType(name);
    const row = isObjectType(nodes) ? getNamedType(nodes.getFields().nodes?.type)?.name : undefined;
    const asked = fieldsOf(row ?? "").filter((field) => !fieldsOf(name).includes(field));
    expect(asked).not.toEqual([]);
    for (let from = 0; from < asked.length; from += 50) {
      const some = asked.slice(from, from + 50);
      const told = await messages(`{ __typename } fragment F on ${name} { ${some.join(" ")} }`);
      for (const field of some) {
        expect(told).toContainEqual(`Cannot query field "${field}" on type "${name}". Did you mean "nodes { ${field} }"?`);
      }
    }
  });
});

const query = Object.values(schema.getQueryType()?.getFields() ?? {});
const filtered = query.flatMap((field) => {
  const names = field.args.map(({ name }) => name);
  const type = field.args.find(({ name }) => name === "filter")?.type;
  const filter = type && getNamedType(type);
  const inner: GraphQLInputField[] = isInputObjectType(filter) ? Object.values(filter.getFields()) : [];
  return inner.flatMap(({ name }) => (names.includes(name) ? [] : [[field.name, name] as const]));
});

describe("an argument that belongs into the filter", () => {
  test.each([...new Set(filtered.map(([field]) => field))])("%s says so", async (field) => {
    for (const name of filtered.flatMap(([one, name]) => (one === field ? [name] : []))) {
      const told = await messages(`{ ${field}(${name}: 1) { __typename } }`);
      expect(told).toContainEqual(`Unknown argument "${name}" on field "Query.${field}". Did you mean "filter: { ${name} }"?`);
    }
  });
});

describe("another value", () => {
  test.each([
    ["offers(filter: { status: PAUSED }) { totalCount }", '"SUSPENDED"'],
    ["offers(filter: { status: DISABLED }) { totalCount }", '"STOPPED"'],
    ["conversions(filter: { status: APPROVED }) { totalCount }", '"CONFIRMED"'],
    ["conversions(orderBy: { field: click_time }) { totalCount }", '"CLICKED_AT"'],
    ["tickets(filter: { status: PENDING }) { totalCount }", "one of OPEN, CLOSED"],
    ["affiliates(filter: { status: PENDING }) { totalCount }", "one of ACTIVE, NOT_ACTIVE, BANNED, ON_MODERATION"],
    ["offers(filter: { status: ACTIV }) { totalCount }", 'the enum value "ACTIVE"'],
  ])("{ %s } says which there are", async (asked, found) => {
    expect(await messages(`{ ${asked} }`)).toEqual([expect.stringMatching(new RegExp(` Did you mean ${found}\\?$`))]);
  });

  test("is told of a variable, too", async () => {
    const query = "query ($status: [OfferStatus!]) { offers(filter: { status: $status }) { totalCount } }";
    const { errors } = await world.ask(query, { variables: { status: ["PAUSED"] } });
    expect(errors?.map(({ message }) => message)).toEqual([expect.stringMatching(/ Did you mean "SUSPENDED"\?$/)]);
  });
});

describe("another word for it", () => {
  test.each([
    ["fragment F on Offer { name }", "title"],
    ["fragment F on OfferConnection { name }", "nodes { title }"],
    ["fragment F on Advertiser { name }", "companyName"],
    ["fragment F on Query { partners }", "affiliates"],
    ["fragment F on Query { partner }", "affiliate"],
    ["fragment F on Conversion { revenue }", "income"],
    ["fragment F on Conversion { charge }", "income"],
    ["fragment F on Conversion { cbid }", "actionId"],
    ["fragment F on Offer { payments { goal } }", "payouts"],
    ["fragment F on Affiliate { ref_percent }", "referralPercent"],
    ["fragment F on StatisticsRow { hosts }", "figures { uniqueClicks }"],
    ["fragment F on StatisticsRow { cr }", "figures { conversionRate }"],
    ["fragment F on StatisticsRow { Revenue }", "figures { conversions { total { income } } }"],
    ["fragment F on StatisticsRow { earning }", "figures { conversions { total { earnings } } }"],
    ["fragment F on StatisticsRow { offer_id }", "slice { offerId }"],
    ["fragment F on UpdateOfferPayload { title }", "offer { title }"],
    ["fragment F on Query { offers(limit: 1, page: 2) { totalCount } }", "first"],
    ["fragment F on Query { offers(page: 2) { totalCount } }", "after"],
    ["fragment F on Query { offers(sort: 2) { totalCount } }", "orderBy"],
    ["fragment F on Query { offers(country: US) { totalCount } }", "filter: { countries }"],
    ["fragment F on Query { offers(advertiser: 1) { totalCount } }", "filter: { advertiserIds }"],
    ["fragment F on Mutation { updateOffers(input: { status: ACTIVE }) { results { offerId } } }", "changes: [{ status }]"],
  ])("%s: %s", async (fragment, found) => {
    expect((await messages(`{ __typename } ${fragment}`)).join("\n")).toContain(`Did you mean "${found}"?`);
  });

  test("names that are spelt alike are suggested as before", async () => {
    expect(await messages("{ offers { totalCout } }")).toEqual([
      'Cannot query field "totalCout" on type "OfferConnection". Did you mean "totalCount"?',
    ]);
  });

  test("where the schema may not be asked for, nothing of it is suggested", async () => {
    const closed = await openWorld({ offers: 5, conversions: 0 }, { introspection: false });
    try {
      const { errors } = await closed.ask("{ offers(limit: 1) { title } }");
      expect(JSON.stringify(errors)).not.toMatch(/Did you mean|nodes|first/);
    } finally {
      await closed.close();
    }
  });
});
