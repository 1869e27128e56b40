import { extendSchema, type GraphQLObjectType, type GraphQLSchema, isObjectType, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { columnsAsked, columnsByType } from "../../scripts/docs/row-schema.js";
import { fieldCosts } from "../../src/execution/field-cost.js";
import { bindColumns } from "../../src/graph/column/bind.js";
import { usualColumns } from "../../src/graph/column/column.js";
import { buildSchema } from "../../src/graph/index.js";

/** Types that are made here, out of a map's keys and values or of several columns; no row of the contract has their fields. */
const madeHere = new Set([
  ...[
    "AffiliateBalance",
    "CapGoal",
    "CapSub",
    "CapUsage",
    "CountryValues",
    "CurrencyFigures",
    "CustomFieldOption",
    "KpiRuleChangeDetail",
  ],
  ...[
    "LocalizedText",
    "MacroReplacement",
    "NumberedValue",
    "NumberedValues",
    "OperatingSystem",
    "PaymentSystemFieldValue",
    "Permission",
  ],
  ...[
    "PermissionException",
    "PostbackParameter",
    "PostbackResponse",
    "RetentionEvent",
    "SubAccountRule",
    "SubGroup",
    "SubValues",
  ],
  ...["TargetingVersions", "TimeToActionInterval", "OfferAccess"],
]);

/** Types whose rows the contract leaves open: no reference says what is in them. A column said there moves a type out of this list. */
const leftOpen = new Set([
  ...["AppsflyerKey", "ConversionCount", "ConversionFigures", "ConversionRates", "IspRestriction", "KpiRuleChange"],
]);

/** Fields that are made of the whole row, of the key it stands under, or of what was asked. */
const ofNoColumn = new Set([
  ...[
    "KpiRuleChange.details",
    "PaymentCorrection.id",
    "PaymentLine.offer",
    "PaymentLine.offerId",
    "PaymentLine.offerTitle",
    "PaymentLine.payout",
  ],
  ...["RetentionRow.events", "StatisticsFigures.currency", "StatisticsKey.subs", "StatisticsRow.figures"],
  "TimeToAction.intervals",
]);

/** What is put on rows here, and no column. */
const putOnRows = new Set(["viewer", "isOwn", "offerId", "payment", "invoice", "parts", "affiliate", "fields", "landings_info"]);

/** Columns whose other spelling has been seen, though not in the contract; and those of a type that shares its readers with another. */
const seenElsewhere = (type: string, column: string) =>
  (type === "ScheduleInterval" && ["From", "To"].includes(column)) ||
  (type === "Offer" && ["tracking_url", "traffic_sources", "targetings"].includes(column)) ||
  type === "AffiliateOfferPayout";

const isRow = ({ name }: GraphQLObjectType) =>
  !/^(__|Query$|Mutation$|PageInfo$|MutationError$|Deletion$)|(Connection|Edge|Payload|Result)$/.test(name);

const built = buildSchema();

interface Looked {
  path: string;
  /** The columns that the field looks for and the contract has. */
  known: string[];
  /** Those that the contract has not, spellings of the field's own name apart. */
  unknown: string[];
  /** True for a list that an operation of its own answers, for the key's owner; it needs nothing of the row. */
  isOwnList: boolean;
}

/** What each field looks for in its rows. `without` leaves a column of the contract out, as `Type.column`. */
const looked = async (schema: GraphQLSchema, without?: string): Promise<Looked[]> => {
  const [columns, costOf] = [await columnsByType(schema), fieldCosts(schema)];
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && isRow(type)) as GraphQLObjectType[];
  const fields = types.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  return Promise.all(
    fields.map(async ({ type, field }) => {
      const has = (name: string) => columns.get(type.name)?.has(name) === true && `${type.name}.${name}` !== without;
      const asked = [...(await columnsAsked(field))];
      const usual = usualColumns(field.name);
      return {
        path: `${type.name}.${field.name}`,
        known: asked.filter(has),
        unknown: asked.filter(
          (name) => !has(name) && !usual.includes(name) && !putOnRows.has(name) && !seenElsewhere(type.name, name),
        ),
        isOwnList: costOf(field, type).calls.length > 0 && asked.every((name) => name === "viewer"),
      };
    }),
  );
};

/** The fields that no column of the contract moves. */
const unmoved = async (schema: GraphQLSchema, without?: string): Promise<string[]> =>
  (await looked(schema, without)).filter(({ known, isOwnList }) => !known.length && !isOwnList).map(({ path }) => path);

/** The columns that fields look for and no row of the contract has. */
const unsaidColumns = async (schema: GraphQLSchema, without?: string): Promise<string[]> =>
  (await looked(schema, without)).flatMap(({ path, unknown }) =>
    isSaid(path) ? [] : unknown.map((name) => `${path} ← ${name}`),
  );

const isSaid = (path: string) => {
  const [type = ""] = path.split(".");
  return madeHere.has(type) || leftOpen.has(type) || ofNoColumn.has(path);
};

describe("each field of the schema, and the columns of the contract", () => {
  test("a column moves it, or it is said why none does", async () => {
    const found = await unmoved(built);
    expect(found.filter((path) => !isSaid(path))).toEqual([]);
  });

  test("every column that a field names is in the contract", async () => {
    expect(await unsaidColumns(built)).toEqual([]);
  });

  test("nothing is excused that has a column", async () => {
    const found = new Set(await unmoved(built));
    const types = new Set([...found].map((path) => path.split(".")[0]));
    expect([...madeHere, ...leftOpen].filter((type) => !types.has(type))).toEqual([]);
    expect([...ofNoColumn].filter((path) => !found.has(path))).toEqual([]);
  });

  test.each(["clickAllowence: Int", "notTheTitle: String", "managr: User"])(
    "a field under a name of no column is found: %s",
    async (field) => {
      const schema = bindColumns(extendSchema(buildSchema(), parse(`extend type Offer { ${field} }`)));
      expect((await unmoved(schema)).filter((path) => !isSaid(path))).toEqual([`Offer.${field.split(":")[0]}`]);
    },
  );

  test.each([
    ["Offer.title", "Offer.title"],
    ["Offer.cr", "Offer.conversionRate"],
    ["Offer.hide_payments", "Offer.hidesPayouts"],
    ["Affiliate.email", "Affiliate.email"],
    ["Advertiser.skype", "Advertiser.skype"],
    ["Conversion.goal_value", "Conversion.goal"],
    ["Payment.pay_acc", "Payment.paymentAccount"],
    ["Click.unid", "Click.uniqueId"],
    ["Invoice.number", "Invoice.id"],
    ["User.first_name", "User.firstName"],
    ["Ticket.status", "Ticket.status"],
    ["TrafficSource.allowed", "TrafficSource.isAllowed"],
  ])("without the column %s its field is found", async (column, field) => {
    expect(await unmoved(built, column)).toContain(field);
  });

  test.each([
    ["Conversion.payouts", "Conversion.payout"],
    ["Conversion.cbid", "Conversion.actionId"],
    ["OwnOffer.tracking_url", "OwnOffer.url"],
    ["Click.click_id", "Click.id"],
  ])("without the column %s, one of several, its field is found too", async (column, field) => {
    expect(await unsaidColumns(built, column)).toContain(`${field} ← ${column.split(".")[1]}`);
  });
});
