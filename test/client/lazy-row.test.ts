import { expect, test } from "vitest";
import { parseList } from "../../src/affise/answer/lazy-row.js";

/** In two pieces, and lazily however short. */
const read = (text: string, list: string) => {
  const bytes = Buffer.from(text);
  const cut = Math.floor(bytes.length / 3);
  return parseList({ chunks: [bytes.subarray(0, cut), bytes.subarray(cut)] }, list, 0);
};

const random = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const texts = ["", "Offer – 1", 'a "quoted" \\ word', "}],{[", "\n\t", "é", "😀", "\u2028", "0", "null"];

type Pick = (below: number) => number;

const value = (pick: Pick, depth = 0): unknown => {
  const kind = pick(depth > 2 ? 5 : 8);
  if (kind === 0) return null;
  if (kind === 1) return pick(2) === 0;
  if (kind === 2) return pick(1_000_000) - 500_000;
  if (kind === 3) return pick(1_000) / 7;
  if (kind === 4) return texts[pick(texts.length)];
  if (kind === 5) return Array.from({ length: pick(4) }, () => value(pick, depth + 1));
  return Object.fromEntries(
    Array.from({ length: pick(5) }, (_, index) => [`${texts[pick(texts.length)]}${index}`, value(pick, depth + 1)]),
  );
};

const row = (pick: Pick, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, value(pick)]));

const names = ["id", "title", "status", 'a "b"', "payments", "1", "toString", "caps", "url", ...Array.from("abcdefghij")];

/** An answer as Affise prints one: most rows of one shape, some of another. */
const answer = (pick: Pick) => ({
  status: 1,
  offers: Array.from({ length: 1 + pick(6) }, () => row(pick, pick(4) ? names : names.slice(pick(names.length - 1)))),
  pagination: { page: 1, total_count: pick(100) },
  more: value(pick),
});

type Rows = Record<string, unknown>[];
const rowsOf = (read: unknown) => (read as { offers: Rows }).offers;

test("a list read lazily is to whoever looks at it what JSON.parse gives", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const pick = random(seed);
    const text = JSON.stringify(answer(pick));
    const whole = JSON.parse(text) as { offers: Rows };
    const lazy = () => rowsOf(read(text, "list"));
    expect(read(text, "list")).toEqual(whole);
    for (const [index, known] of whole.offers.entries()) {
      const one = lazy()[index] ?? {};
      for (let asked = 0; asked < 20; asked += 1) {
        const name = [...names, "none", "constructor", "then"][pick(names.length + 3)] ?? "";
        expect(name in one).toBe(name in known);
        expect(one[name]).toEqual(known[name]);
        expect(one[name]).toBe(one[name]);
      }
      expect(Object.keys(one)).toEqual(Object.keys(known));
      expect({ ...lazy()[index] }).toEqual(known);
      expect(JSON.stringify(lazy()[index])).toBe(JSON.stringify(known));
      expect(Object.entries(lazy()[index] ?? {})).toEqual(Object.entries(known));
    }
  }
});

test("a row can be changed like any object, and is then what it was changed to", () => {
  const [one = {}] = rowsOf(read('{"offers":[{"id":1,"title":"a","url":"b"}]}', "changed"));
  one.title = "other";
  one.added = true;
  delete one.url;
  expect(one).toEqual({ id: 1, title: "other", added: true });
  expect(["url" in one, one.url, Object.keys(one)]).toEqual([false, undefined, ["id", "title", "added"]]);
});

test("whatever is printed in another way goes to JSON.parse", () => {
  const odd = [
    '{ "offers": [ { "id": 1 } ] }',
    '{"offers":[{"id":1},null]}',
    '{"offers":[{"id":1},[2]]}',
    '{"offers":[{}]}',
    '{"offers":[{"id":1,"id":2}]}',
    '{"offers":[{"__proto__":{"a":1},"id":2}]}',
    '{"__proto__":[{"id":1}]}',
    '{"offers":[{"id":1}\n]}',
    '{"offers":[{"id":1}]}\n',
    '[{"id":1}]',
    "{}",
    "[]",
    "null",
    "1",
    '"text"',
    '{"offers":{"1":{"id":1}}}',
    '{"offers":[{"id":1}],"offers":[{"id":2}],"page":1,"page":null}',
    '{"offers":[{"\\u0069d":1}]}',
  ];
  for (const text of odd) expect(JSON.stringify(read(text, "odd"))).toBe(JSON.stringify(JSON.parse(text)));
});

test("what is no JSON is refused, wherever it ends", () => {
  const text =
    '{"status":1,"offers":[{"id":1,"title":"a \\" b","tags":[1,{"a":2}]},{"id":2,"title":"c","tags":[]}],"pagination":{"a":1}}';
  for (let length = 0; length < text.length; length += 1) {
    expect(() => read(text.slice(0, length), "cut")).toThrow(SyntaxError);
  }
  for (const broken of [
    '{"offers":[{"id":1}]}}',
    '{"offers":[{"id":1}],}',
    '{"status":tru,"offers":[{"id":1}]}',
    "<html>",
    '{"offers":[{"id":1},]}',
  ]) {
    expect(() => read(broken, "broken")).toThrow(SyntaxError);
  }
});
