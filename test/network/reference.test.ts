import { afterAll, describe, expect, test } from "vitest";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";

const w = await openWorld({
  offers: 60,
  affiliates: 40,
  advertisers: 12,
  conversions: 800,
  now: new Date("2026-03-01T12:00:00Z"),
});
afterAll(() => w.close());

const countriesOf = async () => (await w.ask(graphql("{ countries { code name } }"))).data.countries;

describe("lists", () => {
  test.each([
    ["countries { code name }", "GET /3.1/countries", { code: expect.stringMatching(/^[A-Z]{2}$/), name: expect.any(String) }],
    ["operatingSystems { id name }", "GET /3.1/oses", { id: "1", name: "Android" }],
    ["browsers", "GET /3.1/browsers", "Chrome"],
    ["deviceTypes", "GET /3.1/devices", "MEDIAHUB"],
    ["deviceVendors", "GET /3.1/vendors", expect.any(String)],
    ["connectionTypes", "GET /3.1/connection-types", expect.any(String)],
    ["goals { id title }", "GET /3.0/goals", { id: "1", title: expect.any(String) }],
    [
      "currencies { id code rate isActive isDefault minimumPayment isCrypto }",
      "GET /3.0/admin/currency",
      { id: "1", code: expect.stringMatching(/^[A-Z]{3}$/), rate: expect.any(Number), minimumPayment: 50 },
    ],
    [
      "paymentSystems { id name currency fields { number name isRequired } }",
      "GET /3.0/admin/payment_systems",
      { id: "1", name: "PayPath", currency: "USD", fields: [{ number: "1", name: "Account", isRequired: true }] },
    ],
    [
      "customFields { id name isRequired type options { number label } }",
      "GET /3.0/admin/custom_fields",
      { id: "1", name: "Messenger", isRequired: false, type: "text", options: [] },
    ],
    ["trackingDomains { id host usesHttps }", "GET /3.0/admin/domains", { id: "1", host: "go.sandbox.example", usesHttps: true }],
  ])("%s", async (field, operation, first) => {
    const { data, errors, calls } = await w.askCounting(graphql(`{ list: ${field} }`));
    expect(errors).toBeUndefined();
    expect(calls).toEqual([operation]);
    expect(data.list[0]).toEqual(
      first && typeof first === "object" && !("asymmetricMatch" in first) ? expect.objectContaining(first) : first,
    );
  });

  test("a choice has its options", async () => {
    const { data } = await w.ask("{ customFields { type options { id: number label } } }");
    expect(data.customFields).toContainEqual({
      type: "select",
      options: [
        { id: "1", label: "Social" },
        { id: "2", label: "Search" },
        { id: "3", label: "Push" },
      ],
    });
  });

  test("currencies out of use can be left out", async () => {
    const { data } = await w.ask(graphql("{ all: currencies { isActive } active: currencies(activeOnly: true) { isActive } }"));
    const { all, active } = data;
    expect(active).toEqual(all?.filter(({ isActive }) => isActive));
    expect(active?.length).toBeLessThan(all?.length ?? 0);
  });

  test("vendors by a part of their name", async () => {
    const { data } = await w.ask(`{ deviceVendors(search: "orb") }`);
    expect(data).toEqual({ deviceVendors: ["Orbi"] });
  });
});

describe("joins", () => {
  test("regions and cities of all countries are one call each, and lead back to their country", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql("{ countries { code regions { id name country { code name } } cities { id name region country { name } } } }"),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.1/cities", "GET /3.1/countries", "GET /3.1/countries", "GET /3.1/regions"]);
    for (const { code, regions, cities } of data.countries) {
      expect(regions.every(({ country }) => country.code === code)).toBe(true);
      expect(cities.every(({ name }) => typeof name === "string")).toBe(true);
    }
  });

  test("regions, cities and providers by country, each with it", async () => {
    const [first, second] = await countriesOf();
    const { data, errors, calls } = await w.askCounting(
      graphql(`query ($codes: [String!]!, $code: String!) {
        regions(countries: $codes) { id name country { name } }
        cities(countries: $codes) { id name region country { name } }
        isps(country: $code) { name country { code } } }`),
      { variables: { codes: [first?.code, second?.code], code: first?.code.toLowerCase() } },
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.1/cities", "GET /3.1/countries", "GET /3.1/isp", "GET /3.1/regions"]);
    const { regions, cities, isps } = data;
    expect(new Set(regions?.map(({ country }) => country.name))).toEqual(new Set([first?.name, second?.name]));
    expect(cities?.[0]?.country.name).toBe(first?.name);
    expect(isps?.every(({ country }) => country.code === first?.code)).toBe(true);
  });

  test("regions by number, cities and providers by name", async () => {
    const { data } = await w.ask(graphql(`{ country(code: "de") { name regions { id } cities { id name } isps { name } } }`));
    const { country } = data;
    const [region] = country.regions;
    const [city] = country.cities;
    const [isp] = country.isps;
    const found = await w.ask(
      `query ($region: ID!, $city: String!, $isp: String!, $code: String!) {
        regions(countries: ["DE"], ids: [$region]) { id }
        named: cities(countries: ["DE"], search: $city) { id }
        coded: cities(countries: ["DE"], code: $code) { id }
        country(code: "DE") { cities(search: $city) { id } isps(search: $isp) { name } }
        isps(country: "DE", search: $isp) { name } }`,
      { variables: { region: region?.id, city: city?.name, isp: isp?.name, code: city?.id } },
    );
    expect(found.errors).toBeUndefined();
    expect(found.data).toEqual({
      regions: [{ id: region?.id }],
      named: [{ id: city?.id }],
      coded: [{ id: city?.id }],
      country: { cities: [{ id: city?.id }], isps: [{ name: isp?.name }] },
      isps: [{ name: isp?.name }],
    });
  });

  test("versions of every operating system, one call each", async () => {
    const { data, errors, calls } = await w.askCounting(graphql("{ operatingSystems { name versions } }"));
    expect(errors).toBeUndefined();
    const { operatingSystems } = data;
    expect(calls).toEqual(["GET /3.1/oses", ...operatingSystems.map(() => "GET /3.1/oses/{os}")]);
    expect(operatingSystems.find(({ name }) => name === "macOS")?.versions).toContain("10.13");
    expect((await w.ask(`{ osVersions(os: "macOS") }`)).data.osVersions).toContain("10.13");
  });

  test("advertisers and affiliates know their country's name, in one call for all", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(
        "{ advertisers(first: 12) { nodes { country countryInfo { code } } } affiliates(first: 40) { nodes { country countryInfo { name } } } }",
      ),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/admin/advertisers", "GET /3.0/admin/partners", "GET /3.1/countries"]);
    const { nodes } = data.advertisers;
    expect(nodes.some(({ country, countryInfo }) => country && countryInfo?.code === country.toUpperCase())).toBe(true);
  });

  test("a row of statistics knows its country's name", async () => {
    const { data, errors, calls } = await w.askCounting(
      graphql(
        `{ statistics(from: "2026-01-01", to: "2026-03-01", by: [COUNTRY]) { nodes { slice { country countryInfo { code name } } } } }`,
      ),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(["GET /3.0/stats/custom", "GET /3.1/countries"]);
    const { nodes } = data.statistics;
    expect(nodes.every(({ slice }) => slice.countryInfo.code === slice.country)).toBe(true);
  });
});

describe("what is not there, or not for everybody", () => {
  test("an unknown country is null, an unknown system NOT_FOUND", async () => {
    const { data, errors } = await w.ask(`{ country(code: "zz") { name } osVersions(os: "Nonesuch") }`);
    expect(data).toEqual({ country: null, osVersions: null });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["osVersions", "NOT_FOUND"]]);
  });

  test.each([
    [`regions(countries: ["Germany"]) { id }`, "countries"],
    [`regions(countries: ["DE"], ids: ["x"]) { id }`, "ids"],
    [`cities(countries: ["DEU"]) { id }`, "countries"],
    [`isps(country: "") { name }`, "country"],
    [`country(code: "1") { name }`, "code"],
    [`osVersions(os: "a/b")`, "os"],
  ])("%s is told before any call", async (field, argument) => {
    const { errors, calls } = await w.askCounting(`{ ${field} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", arguments: [argument] });
    expect(calls).toEqual([]);
  });

  test("no countries, no call", async () => {
    expect(await w.askCounting("{ regions(countries: []) { id } cities(countries: []) { id } }")).toMatchObject({
      data: { regions: [], cities: [] },
      calls: [],
    });
  });

  test.each(["sandbox-affiliate", "sandbox-advertiser"])(
    "%s sees the open lists, and loses nothing to the others",
    async (key) => {
      const open = "countries { code } operatingSystems { name } deviceVendors connectionTypes goals { id }";
      const closed = ["browsers", "deviceTypes", "currencies { id }", "paymentSystems { id }", "customFields { id }"];
      const { data, errors } = await w.ask(
        `{ ${open} ${closed.join(" ")} trackingDomains { id } cities(countries: ["DE"]) { id } }`,
        {
          key,
        },
      );
      expect(data.goals).not.toBeNull();
      expect(data.countries).not.toBeNull();
      expect(data.connectionTypes).not.toBeNull();
      expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
      expect(errors?.map(({ path }) => path?.[0]).sort()).toEqual(
        [...closed.map((field) => field.split(" ")[0]), "trackingDomains", "cities"].sort(),
      );
    },
  );
});
