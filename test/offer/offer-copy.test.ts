import { afterAll, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const world = await openWorld({ offers: 60, affiliates: 20, conversions: 0 });
afterAll(() => world.close());

const payout = `title type goal payout income currency countries excludesCountries cities { cityId } devices oses baselineValue
  ${Array.from({ length: 8 }, (_, index) => `sub${index + 1}`).join(" ")} ${Array.from({ length: 15 }, (_, index) => `customField${index + 1}`).join(" ")}`;
const texts = "allow deny deniesEmpty deniesIpv6 deniesCrawlers isRegexp";
const byCountry = "allow { country values } deny { country values }";
const versions = "allow { name comparison version }";

/** Everything that another offer like it has too. */
const copied = `title advertiserId privacy url previewUrl trafficbackUrl parallelTrackingUrl crossPostbackUrl crossPostbackMethod crossPostbackBody
  macroUrl redirectType descriptions { language text } kpis { language text } categories { id } tags smartlinkCategoryIds isTop isCpi
  payouts { ${payout} } affiliatePayouts { ${payout} affiliates { id } } hidesPayouts commissionTiersEnabled
  commissionTiers { period type value modifier modifierValue target goals targetGoals affiliateScope affiliates { id } countries conversionStatuses }
  holdPeriod holdUnit capsTimezone capsStatuses capsGoalOvercap hidesCaps redirectsOvercap limitsImpressionsOvercap overcapNoticePercent
  caps { period type value goalScope goals affiliateScope affiliates { id } countryScope countries sub { number values } }
  targeting { name isEnabled condition countries { ${texts} } regions { ${byCountry} } cities { ${byCountry} } isps { ${byCountry} }
    ispOrganizations { ${texts} } ips { ${texts} } oses { ${versions} denied } browsers { ${texts} } browserVersions { ${versions} } brands { ${texts} }
    deviceModels { ${texts} } deviceTypes deviceTypesDenied connections connectionsDenied referrers { ${texts} } userAgents { ${texts} } zipCodes { ${texts} }
    subs { allow { sub values } deny { sub values } denyGroups { subs { sub values } } }
    affiliates { id } blocksProxies blocksBots url urls { url weight } macros { sub values } enabledMacros }
  strictCountries strictBrands strictDevices strictConnection personalTargetingOnly landings { title url previewUrl type }
  schedule { isEnabled startDate endDate timezone intervals { weekday fromHour toHour } } clickSession minimalClickSession
  allowsDeeplinks allowsImpressions impressionsUrl uniqueClicksOnly uniqueIpOnly rejectsRepeatedIp duplicateClicksThreshold clickSigning
  allowedIp disallowedIp postbackSecret subAccounts { number values excluded } subRestrictions { sub1 sub2 } requiredSub connectsAffiliates notes affiliateNote
  salesNote externalId bundleId`;

const ids = Array.from({ length: 59 }, (_, index) => String(index + 1));

/** Nothing and none are the same here: Affise prints the one for what was never said, and the other for what was said to be none. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length ? value.map(plain) : null;
  if (value === null || typeof value !== "object") return value === false || value === "" || value === 0 ? null : value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, plain(inner)] as const)
    .filter(([, inner]) => inner !== null);
  return kept.length ? Object.fromEntries(kept) : null;
};

test.each(ids)("offer %s is copied without loss", async (id) => {
  const { data, errors } = await world.ask(`{ offer(id: ${id}) { ${copied} } }`);
  expect(errors).toBeUndefined();
  const made = await world.askCounting(
    `mutation { copyOffer(input: { offerId: ${id} }) { outcome error { message argument } leftBehind offer { id status } } }`,
  );
  const { outcome, error, leftBehind, offer } = made.data.copyOffer as {
    outcome: string;
    error: object | null;
    leftBehind: string[];
    offer: { id: string; status: string };
  };
  expect({ outcome, error }).toEqual({ outcome: "DONE", error: null });
  expect(offer.status).toBe("STOPPED");
  expect(
    leftBehind.every(
      (name) =>
        name in
        {
          creatives: 0,
          logo: 0,
          startsAt: 0,
          strictOses: 0,
          strictIsps: 0,
          restrictedIsps: 0,
          locksPostbackStatus: 0,
          insertionOrder: 0,
          sources: 0,
          payouts: 0,
          affiliatePayouts: 0,
        },
    ),
  ).toBe(true);
  expect(made.calls.filter((call) => !call.startsWith("GET "))).toEqual(["POST /3.0/admin/offer"]);
  const copy = await world.ask(`{ offer(id: ${offer.id}) { ${copied} } }`);
  // What an original says nothing about, a new offer may have by default.
  expect(plain(copy.data.offer)).toMatchObject(plain(data.offer) as object);
});

test("what Affise prints and does not take is told before anything is sent", async () => {
  const { data, calls } = await world.askCounting(
    "mutation { copyOffer(input: { offerId: 60 }) { outcome error { code message } } }",
  );
  expect(data.copyOffer).toMatchObject({
    outcome: "NOT_SENT",
    error: { code: "BAD_USER_INPUT", message: expect.stringContaining("must be one of") },
  });
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("what shall be otherwise is otherwise, and an unknown original is not sent", async () => {
  const other = await world.ask(
    'mutation { copyOffer(input: { offerId: 1, title: "Another", status: ACTIVE }) { offer { title status } } }',
  );
  expect(other.data.copyOffer).toEqual({ offer: { title: "Another", status: "ACTIVE" } });
  const none = await world.askCounting("mutation { copyOffer(input: { offerId: 987654 }) { outcome error { code } } }");
  expect(none.data.copyOffer).toEqual({ outcome: "NOT_SENT", error: { code: "NOT_FOUND" } });
  expect(none.calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("targeting is written as it was read, sub values too", async () => {
  const subs = { allow: [{ sub: "sub1", values: ["fb", "tt"] }], deny: [{ sub: "sub2", values: ["x"] }], denyGroups: [] };
  const { data, errors } = await world.ask(
    "mutation ($input: UpdateOfferInput!) { updateOffer(input: $input) { offer { targeting { subs { allow { sub values } deny { sub values } } } } } }",
    { variables: { input: { id: "1", targeting: [{ name: "Subs", subs }] } } },
  );
  expect(errors).toBeUndefined();
  expect(data.updateOffer).toEqual({ offer: { targeting: [{ subs: { allow: subs.allow, deny: subs.deny } }] } });
});
