import { describe, expect, test } from "vitest";
import { alignedText, tablesIn } from "../../src/query/answer-table.js";
import { run, serving, tidyUp } from "./launch.js";

tidyUp();

describe("the table of an answer", () => {
  test("objects become columns, lists inside rows one cell, numbers stand to the right", () => {
    const data = {
      offers: {
        totalCount: 9,
        nodes: [
          { id: "1", cr: 1.5, advertiser: { title: "A" }, tags: ["x", "y"] },
          { id: "22", cr: 10, advertiser: null, tags: [] },
        ],
      },
    };
    const [table] = tablesIn(data);
    expect(table).toMatchObject({ path: "offers", total: 9, columns: ["id", "cr", "advertiser.title", "tags"] });
    expect(alignedText(table ?? { path: "", columns: [], rows: [] })).toBe(
      ["id   cr  advertiser.title  tags", "──  ───  ────────────────  ────", "1   1.5  A                 x; y", "22   10"].join(
        "\n",
      ),
    );
  });

  test("an answer without a list is one row", () => {
    expect(tablesIn({ viewer: { id: "1" } })).toEqual([
      { path: "", total: undefined, columns: ["viewer.id"], rows: [{ "viewer.id": "1" }] },
    ]);
  });

  test("columns stand one below the other whatever a name is made of, and no name gives a terminal orders", () => {
    const titles = [
      "日本語",
      "e\u0301clair",
      "👩‍👩‍👧 family",
      "🇪🇸 ❤️",
      "שלום",
      "a\tb\r\nc",
      "\u001b[31mred\u0007",
      "\u202eevil",
      "👍".repeat(40),
    ];
    const [table] = tablesIn({ rows: titles.map((title) => ({ title, n: 1 })) });
    expect(alignedText(table ?? { path: "", columns: [], rows: [] }).split("\n")).toEqual(
      [
        `title${" ".repeat(54)}  n`,
        `${"─".repeat(59)}  ─`,
        ...[
          `日本語${" ".repeat(53)}`,
          `e\u0301clair${" ".repeat(53)}`,
          `👩‍👩‍👧 family${" ".repeat(50)}`,
          `🇪🇸 ❤️${" ".repeat(54)}`,
        ],
        ...[`שלום${" ".repeat(55)}`, `a b c${" ".repeat(54)}`, `�[31mred�${" ".repeat(50)}`, `�evil${" ".repeat(54)}`],
        `${"👍".repeat(29)}…`,
      ].map((line, at) => (at < 2 ? line : `${line}  1`)),
    );
  });
});

describe("what a query asks for makes the columns, not what came", { timeout: 60_000 }, () => {
  const fragment = "fragment F on Offer { id advertiser { id name: companyName } caps { type } }";
  const none = '(first: 2, filter: { search: "there is no such offer" })';

  test.each([
    ["nodes", `{ offers${none} { totalCount nodes { ...F } } } ${fragment}`, "id,advertiser.id,advertiser.name,caps\n"],
    [
      "edges",
      `{ o: offers${none} { edges { cursor node { ... on Offer { ...F } title } } } } ${fragment}`,
      "id,advertiser.id,advertiser.name,caps,title\n",
    ],
    ["what is not there", "{ offer(id: 999999) { id caps { period value } } }", "period,value\n"],
    ["no list", "{ offer(id: 1) { __typename id } }", "offer.__typename,offer.id\nOffer,1\n"],
  ])("%s", async (_, query, csv) => {
    const { out } = await run(["query", query, "--csv", "--sandbox-offers", "5"]);
    expect(out).toBe(csv);
  });

  test("texts that a spreadsheet would take for a formula are disarmed, in whatever way they begin", async () => {
    const names = ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a"];
    const create = names
      .map((name, at) => `c${at}: createCategory(input: { title: "${name}" }) { category { title } }`)
      .join(" ");
    const { out } = await run(["query", `mutation { ${create} }`, "--csv", "--sandbox-offers", "5"]);
    expect(out.split("\n")[1]).toBe(names.map((name) => `'${name}`).join(","));
  });

  test("a list that is none of the answer's is told before a change is sent", async () => {
    const { address } = await serving(["sandbox", "--port", "0"]);
    const change = "mutation { updateOffers(input: { changes: [{ offerIds: [1], status: STOPPED }] }) { results { outcome } } }";
    const args = ["query", change, "--csv", "--allow-mutations", "--affise-api-url", address, "--key", "sandbox-general-manager"];
    expect(await run([...args, "--list", "updateOffers"])).toEqual({
      code: 2,
      out: "",
      error: "affise-graphql: --list updateOffers is none of the answer's lists: updateOffers.results.\n",
    });
    expect(await (await fetch(`${address}/sandbox/calls`)).json()).toEqual({});
    expect((await run(args)).out).toBe("outcome\nDONE\n");
  });
});
