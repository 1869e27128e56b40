import { type GraphQLEnumType, getNamedType, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { afterAll, describe, expect, test } from "vitest";
import { fieldCosts } from "../../src/execution/field-cost.js";
import { buildSchema } from "../../src/graph/index.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 30,
  affiliates: 40,
  advertisers: 3,
  conversions: 900,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const schema = buildSchema();
const costOf = fieldCosts(schema);

/** The lists of the root that Affise cannot sort, with what they can be sorted by here. */
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const order = field.args.find(({ name }) => name === "orderBy");
  const input = order && getNamedType(order.type);
  const isWhole = order?.astNode?.directives?.some(({ name }) => name.value === "readsWhole");
  const list = getNamedType(field.type);
  const row = isObjectType(list) ? getNamedType(list.getFields().nodes?.type) : undefined;
  if (!isWhole || !isInputObjectType(input) || !isObjectType(row)) return [];
  const by = getNamedType(input.getFields().field?.type);
  return isEnumType(by) ? [{ name: field.name, row, by }] : [];
});

const fieldOf = (value: string) => value.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const cases = lists.flatMap(({ name, row, by }) => by.getValues().map((value) => [name, value.name, row, by] as const));

test("there are some", () => expect(lists.map(({ name }) => name).sort()).toEqual(["payments", "tickets", "users"]));

type Value = string | number | null;

const readBy = async (list: string, field: string, args: string) => {
  const { data, errors, calls } = await w.askCounting(`{ ${list}(${args}) { totalCount nodes { id told: ${field} } } }`);
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = data[list] as { nodes: { id: string; told: Value }[]; totalCount: number };
  return { nodes, totalCount, calls };
};

const words = (by: GraphQLEnumType, list: string, value: string) => `${list} by ${value} of ${by.name}`;

describe("a list that Affise cannot sort is sorted by a field of its rows, for no call of each row", () => {
  test.each(cases)("%s by %s", async (list, value, row, by) => {
    const field = fieldOf(value);
    const shown = row.getFields()[field];
    expect(shown, words(by, list, value)).toBeDefined();
    if (!shown) return;
    expect(shown.args).toEqual([]);
    expect(costOf(shown, row).calls).toEqual([]);

    const plain = await readBy(list, field, "first: 1000");
    const known = (rows: readonly { told: Value }[]) => rows.map(({ told }) => told).filter((told) => told !== null);
    expect(known(plain.nodes).length).toBeGreaterThan(0);
    for (const direction of ["ASC", "DESC"] as const) {
      const { nodes, totalCount } = await readBy(
        list,
        field,
        `first: 1000, orderBy: { field: ${value}, direction: ${direction} }`,
      );
      expect(totalCount).toBe(plain.totalCount);
      expect(nodes.map(({ id }) => id).sort()).toEqual(plain.nodes.map(({ id }) => id).sort());
      const told = known(nodes);
      expect(nodes.slice(told.length).every((node) => node.told === null)).toBe(true);
      const sign = direction === "DESC" ? -1 : 1;
      for (const [place, after] of told.slice(1).entries()) {
        const before = told[place] ?? "";
        const isBehind =
          typeof after === "number" ? sign * (after - Number(before)) : sign * compare(String(after), String(before));
        // Enums are sorted in the words of Affise, which need not be ours.
        if (!isEnumType(getNamedType(shown.type))) expect(isBehind).toBeGreaterThanOrEqual(0);
      }
      const enums = nodes.map(({ told }) => told).filter((one, place, all) => one !== all[place - 1]);
      if (isEnumType(getNamedType(shown.type))) expect(enums).toHaveLength(new Set(enums).size);
    }
  });
});

const compare = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true, sensitivity: "base" });

test("pages of a sorted list join, and the list is read once for a page", async () => {
  const whole = await readBy("payments", "amount", "first: 1000, orderBy: { field: AMOUNT, direction: DESC }");
  const { data, calls } = await w.askCounting(
    "{ payments(first: 3, orderBy: { field: AMOUNT, direction: DESC }) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } }",
  );
  const { nodes, pageInfo } = data.payments as { nodes: { id: string }[]; pageInfo: { endCursor: string } };
  expect(calls).toEqual(["GET /3.1/payments"]);
  const next = await readBy(
    "payments",
    "amount",
    `first: 3, after: "${pageInfo.endCursor}", orderBy: { field: AMOUNT, direction: DESC }`,
  );
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id);
  expect([...ids(nodes), ...ids(next.nodes)]).toEqual(ids(whole.nodes).slice(0, 6));
  const last = await readBy("payments", "amount", "last: 2, orderBy: { field: AMOUNT, direction: DESC }");
  expect(ids(last.nodes)).toEqual(ids(whole.nodes).slice(-2));
});

test("under an offer and an affiliate too, and with a filter", async () => {
  const { data, errors } = await w.ask(
    `{ offers(first: 30) { nodes { tickets(orderBy: { field: CREATED_AT, direction: DESC }) { nodes { createdAt } } } }
       affiliate(id: 1) { payments(filter: { status: [COMPLETED] }, orderBy: { field: AMOUNT }) { nodes { amount status } } } }`,
  );
  expect(errors).toBeUndefined();
  const { offers, affiliate } = data as {
    offers: { nodes: { tickets: { nodes: { createdAt: string }[] } }[] };
    affiliate: { payments: { nodes: { amount: number; status: string }[] } };
  };
  for (const { tickets } of offers.nodes) {
    const times = tickets.nodes.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted().reverse());
  }
  const amounts = affiliate.payments.nodes.map(({ amount }) => amount);
  expect(amounts).toEqual(amounts.toSorted((one, other) => one - other));
});
