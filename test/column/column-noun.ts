import { allowBrowsers } from "../world/browsers.js";
import type { World } from "../world/world.js";
import { type ColumnCase, connection, days, idsOf, list, single, week } from "./column-case.js";
import { ownViews } from "./column-own.js";
import { references, reports } from "./column-report.js";

const admins = async (world: World): Promise<ColumnCase[]> => {
  const offers = await idsOf(world, "offers", 12);
  const affiliates = await idsOf(world, "affiliates");
  const advertisers = await idsOf(world, "advertisers", 8);
  const users = await idsOf(world, "users");
  const conversions = await idsOf(world, "conversions");
  const invoices = await idsOf(world, "invoices", 6);
  const tickets = await idsOf(world, "tickets", 6);
  const { data } = await world.ask("{ offers(first: 40) { nodes { id caps { period } } } }");
  const { nodes } = data.offers as { nodes: { id: string; caps: unknown[] | null }[] };
  const sponsors = await world.ask("{ affiliates(first: 40) { nodes { referrer { id } } } }");
  const referrer = (sponsors.data.affiliates as { nodes: { referrer: { id: string } | null }[] }).nodes.find(
    (one) => one.referrer,
  )?.referrer?.id;
  const capped = nodes.filter(({ caps }) => caps?.length).map(({ id }) => id);
  return [
    connection({ field: "offers", type: "Offer", operation: "GET /3.0/offers", at: "offers" }),
    single({
      details: true,
      field: "offer",
      type: "Offer",
      operation: "GET /3.0/offer/{id}",
      at: "offer",
      ids: offers,
      name: "what only the single offer tells",
      without: ["access"],
    }),
    single({
      details: true,
      field: "offer",
      type: "Offer",
      operation: "GET /3.1/offers/{id}/privacy",
      at: "",
      ids: offers.slice(0, 8),
      name: "offer access",
      reader: "access",
      selection: "id access { privacy enabledAffiliates { nodes { id } } disabledAffiliates { totalCount nodes { id } } }",
    }),
    {
      ...connection({
        field: "offers",
        type: "Cap",
        operation: "GET /3.0/stats/caps",
        at: "stats",
        args: `filter: { ids: [${capped}] }`,
        name: "progress of caps",
        reader: "progress",
        ownId: "offer_id",
        selection: "id caps { usage { current remaining percent } }",
      }),
      ids: capped,
      about: "offer_id",
      isOurs: undefined,
      over: undefined,
    },
    connection({
      field: "affiliates",
      type: "Affiliate",
      operation: "GET /3.0/admin/partners",
      at: "partners",
      first: 19,
      without: ["smartlinkCategories"],
    }),
    single({
      details: true,
      field: "affiliate",
      type: "Affiliate",
      operation: "GET /3.0/admin/partner/{id}",
      at: "partner",
      ids: affiliates,
      without: ["smartlinkCategories"],
    }),
    connection({
      field: "advertisers",
      type: "Advertiser",
      operation: "GET /3.0/admin/advertisers",
      at: "advertisers",
      first: 7,
    }),
    single({
      details: true,
      field: "advertiser",
      type: "Advertiser",
      operation: "GET /3.0/admin/advertiser/{id}",
      at: "advertiser",
      ids: advertisers,
    }),
    connection({ field: "users", type: "User", operation: "GET /3.0/admin/users", at: "users" }),
    single({
      details: true,
      field: "user",
      type: "User",
      operation: "GET /3.0/admin/user/{id}",
      at: "user",
      ids: users,
    }),
    connection({ field: "categories", type: "Category", operation: "GET /3.0/offer/categories", at: "categories" }),
    list({ field: "trafficSources", type: "TrafficSource", operation: "GET /3.0/admin/offer/sources", at: "sources" }),
    connection({ field: "conversions", type: "Conversion", operation: "GET /3.0/stats/conversions", at: "conversions" }),
    single({
      field: "conversion",
      type: "Conversion",
      operation: "GET /3.0/stats/conversionsbyid",
      at: "conversion",
      ids: conversions,
    }),
    connection({
      field: "clicks",
      args: week,
      type: "Click",
      key: "sandbox-affiliate-manager",
      forbidden: ["advertiserManager"],
      operation: "GET /3.0/stats/clicks",
      at: "clicks",
    }),
    connection({ field: "payments", type: "Payment", operation: "GET /3.1/payments", at: "payments" }),
    connection({ field: "invoices", type: "Invoice", operation: "GET /3.0/admin/advertiser-invoices", at: "message" }),
    single({
      field: "invoice",
      type: "Invoice",
      operation: "GET /3.0/admin/advertiser-invoice/{number}",
      at: "message",
      ids: invoices,
    }),
    connection({ field: "tickets", type: "Ticket", operation: "GET /3.0/admin/tickets", at: "tickets" }),
    single({ field: "ticket", type: "Ticket", operation: "GET /3.0/admin/ticket/{id}", at: "ticket", ids: tickets }),
    list({ field: "pixels", type: "Pixel", operation: "GET /3.0/partner/pixels", at: "pixel" }),
    connection({
      field: "postbacks",
      args: 'affiliateId: "1"',
      type: "Postback",
      operation: "GET /3.0/admin/postbacks",
      at: "postbacks",
    }),
    connection({
      field: "receivedPostbacks",
      args: days,
      type: "ReceivedPostback",
      operation: "GET /3.0/stats/serverpostbacks",
      at: "postbacks",
    }),
    connection({
      field: "sentPostbacks",
      args: days,
      type: "SentPostback",
      operation: "GET /3.0/stats/affiliatepostbacks",
      at: "postbacks",
    }),
    list({
      field: "smartlinkCategories",
      type: "SmartlinkCategory",
      operation: "GET /3.0/admin/smartlink/categories",
      at: "data",
      more: "offersCount",
    }),
    connection({ field: "promocodes", type: "Promocode", operation: "GET /3.1/offers/promocodes", at: "data.promocodes" }),
    connection({ field: "presets", first: 50, type: "Preset", operation: "GET /3.1/presets", at: "presets" }),
    connection({ field: "kpiRules", type: "KpiRule", operation: "GET /3.1/automation/kpi", at: "items" }),
    connection({
      field: "kpiRuleChanges",
      args: days,
      type: "KpiRuleChange",
      without: ["details"],
      operation: "GET /3.1/automation/kpi/change-logs",
      at: "items",
    }),
    connection({
      field: "kpiRuleChanges",
      name: "what else an entry of that log holds",
      reader: "log as printed",
      isVerbatim: true,
      args: days,
      type: "KpiRuleChange",
      selection: "details { name value }",
      operation: "GET /3.1/automation/kpi/change-logs",
      at: "items",
    }),
    connection({
      field: "kpiBlocks",
      args: days,
      type: "KpiBlock",
      operation: "GET /3.1/automation/kpi/block-logs",
      at: "items",
    }),
    connection({
      field: "crAndSubBlocks",
      args: days,
      type: "CrAndSubBlock",
      operation: "GET /3.1/automation/cr-and-sub/block-logs",
      at: "rules",
    }),
    connection({ field: "adCosts", args: 'offerId: "1"', type: "AdCost", operation: "GET /3.1/adcosts", at: "costs" }),
    {
      name: "referrals",
      operation: "GET /3.0/admin/partner/{id}/referrals",
      at: "referrals",
      reader: "referrals",
      deepest: 2,
      rows: "affiliate.referrals",
      query: `{ affiliate(id: "${referrer}") { referrals { id email companyName status createdAt } } }`,
    },
  ];
};

/** Every noun in every view that has rows of its own form. */
export const casesOf = async (world: World): Promise<ColumnCase[]> => {
  await allowBrowsers(world);
  return [...(await admins(world)), ...reports(), ...references(), ...(await ownViews(world))];
};
