import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/graph/index.js";

const schema = buildSchema();

type Element = GraphQLArgument | GraphQLInputField | GraphQLField<unknown, unknown>;
interface Place {
  at: string;
  name: string;
  /** The type without lists and what must be given: `Date`. */
  named: string;
  kind: "argument" | "filter" | "input" | "column";
}

const place = (at: string, kind: Place["kind"], { name, type }: Element): Place => ({
  at,
  kind,
  name,
  named: getNamedType(type).name,
});

/** Every argument, field of an input and field of a type. */
const places = Object.values(schema.getTypeMap()).flatMap((type): Place[] => {
  if (type.name.startsWith("__")) return [];
  if (isInputObjectType(type)) {
    const kind = type.name.endsWith("Filter") ? "filter" : "input";
    return Object.values(type.getFields()).map((field) => place(`${type.name}.${field.name}`, kind, field));
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const at = `${type.name}.${field.name}`;
    return [place(at, "column", field), ...field.args.map((arg) => place(`${at}(${arg.name})`, "argument", arg))];
  });
});

/** Texts with macros, which Meta gets. */
const ofMeta = /^PostbackMetaInput\./;

/** Those of the places, by name, whose type is none of these. */
const others = (name: RegExp, types: readonly string[], ...kinds: Place["kind"][]) => {
  const meant = places.filter(
    (one) => name.test(one.name) && !ofMeta.test(one.at) && (!kinds.length || kinds.includes(one.kind)),
  );
  expect(meant.length).toBeGreaterThan(2);
  return meant.filter(({ named }) => !types.includes(named)).map(({ at, named }) => `${at}: ${named}`);
};

test("a kind of device is of one enum, wherever it is looked for, read or written", () => {
  const found = others(/^(devices|deviceTypes?|strictDevices)$/, ["DeviceType"]);
  expect(found).toEqual([]);
  expect(places.filter(({ named }) => /^Device/.test(named) && named !== "DeviceType")).toEqual([]);
  // Whoever prints makers or models there says so in no list.
  const open = places.filter(({ name, named }) => name === "device" && named === "String").map(({ at }) => at);
  expect(open).toEqual(["Conversion.device", "Click.device"]);
});

test("an operating system goes by its name, of which there is no closed list", () => {
  const named = ["String", "TargetingVersions", "TargetingVersionsInput"];
  expect(others(/^(os|oses|strictOses)$/, named)).toEqual([]);
  expect(places.filter(({ name, kind }) => name === "os" && kind === "filter")).toEqual([]);
});

test("a currency is its code: no number of one is asked for or shown", () => {
  expect(others(/^(currency|currencies)$/, ["String", "Currency"])).toEqual([]);
  expect(places.filter(({ name }) => /[cC]urrency(Ids?|Number|Code)s?$/.test(name)).map(({ at }) => at)).toEqual([]);
});

test("a goal is its value, and whatever names one by another thing says so in its name", () => {
  expect(others(/^(goals?|targetGoals|goal[12]|capsGoalOvercap)$/, ["String", "Goal"])).toEqual([]);
  const named = places.filter(
    ({ name }) => /[gG]oal/.test(name) && !/^(goals?|targetGoals|goal[12]|capsGoalOvercap)$/.test(name),
  );
  expect([...new Set(named.map(({ name }) => name))].sort()).toEqual(["goalIds", "goalName", "goalScope", "namedGoals"]);
  expect(places.filter(({ name, kind }) => name === "goal" && /^(argument|filter)$/.test(kind))).toEqual([]);
});

test("a range of days is `from` and `to` beside the filter, days everywhere", () => {
  expect(others(/^(from|to|updatedFrom|updatedTo)$/, ["Date"])).toEqual([]);
  const inFilters = places.filter(({ name, kind }) => kind === "filter" && /^(from|to)$/.test(name));
  expect(inFilters.map(({ at }) => at)).toEqual([]);
  const otherwise = places.filter(
    ({ name, kind }) =>
      /^(argument|filter)$/.test(kind) && /(Since|Until|[sS]tart(Date)?|[eE]nd(Date)?|dateFrom|dateTo|period)$/.test(name),
  );
  expect(otherwise.map(({ at }) => at)).toEqual([]);
});

test("what begins a range has an end of the same name, but for what was changed since", () => {
  const starts = places.filter(({ name, kind }) => kind !== "column" && /^(from|\w+From)$/.test(name));
  const known = new Set(places.map(({ at }) => at));
  const alone = starts
    .map(({ at }) => at)
    .filter((at) => !known.has(at.replace(/from(\)?)$/, "to$1").replace(/From(\)?)$/, "To$1")));
  expect(alone.filter((at) => !/Filter\.updatedFrom$/.test(at))).toEqual([]);
});
