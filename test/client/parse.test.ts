import { expect, test } from "vitest";
import { openParser } from "../../src/affise/parse.js";

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test("an answer that comes byte for byte again is parsed no more, whoever asks", () => {
  const parse = openParser(1_000_000);
  const offers = { offers: [{ id: 1, title: "Ünïcode – ok" }] };
  const [first, second, third, fourth] = [1, 2, 3, 4].map(() => parse("/3.0/offers", bytes(offers)));
  expect(first).toEqual(offers);
  expect(second).toEqual(offers);
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  expect(fourth).toBe(second);
});

test("the smallest change is seen at once, and so is the way back", () => {
  const parse = openParser(1_000_000);
  for (let round = 0; round < 3; round += 1) parse("/a", bytes({ title: "old", id: 1 }));
  expect(parse("/a", bytes({ title: "new", id: 1 }))).toEqual({ title: "new", id: 1 });
  expect(parse("/a", bytes({ title: "old", id: 1 }))).toEqual({ title: "old", id: 1 });
  expect(parse("/b", bytes({ title: "old", id: 2 }))).toEqual({ title: "old", id: 2 });
});

test("what is no JSON throws every time", () => {
  const parse = openParser(1_000_000);
  for (let round = 0; round < 4; round += 1) expect(() => parse("/a", Buffer.from("<html>"))).toThrow(SyntaxError);
});

test("no more is kept than the bytes allow", () => {
  const parse = openParser(2_000);
  const large = { text: "x".repeat(5_000) };
  const [, second, third] = [1, 2, 3].map(() => parse("/large", bytes(large)));
  expect(third).toEqual(large);
  expect(third).not.toBe(second);
});
