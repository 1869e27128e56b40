import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Scope } from "../../src/affise/scope.js";
import { byId, byOne, type Loader } from "../../src/loading/definition.js";
import type { CallSource } from "../../src/loading/session-batcher.js";

interface Row {
  id: number;
}

/** A session whose calls nobody makes: what is fetched here comes from the test. */
const quiet = (): CallSource => ({ callFor: () => () => Promise.reject(new Error("No call is made here.")) });

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const scope = (): Scope => new Scope();

/** A kind of row, and the ids of each fetch made for it. */
const openKind = (max = 350, broken?: number) => {
  const fetched: number[][] = [];
  const make = byId<number, Row>(
    "GET /3.0/offers",
    async (_call, ids) => {
      fetched.push([...ids]);
      if (broken !== undefined && ids.includes(broken)) throw new Error("no");
      return ids.map((id) => ({ id }));
    },
    (row) => row.id,
    max,
  );
  const session = quiet();
  return { fetched, loader: (): Loader<number, Row> => make("row", session, scope()) };
};

/** Nothing here may wait for a clock: with the timers stopped all of it still happens. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "setInterval"] }));
afterEach(() => void vi.useRealTimers());

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a lone request is not held back: its call leaves by the second turn of the event loop", async () => {
  const { fetched, loader } = openKind();
  const row = loader().load(7);
  await turn();
  await turn();
  expect(fetched).toEqual([[7]]);
  expect(await row).toEqual({ id: 7 });
});

test("one request's ids stay in one call, as long as a call takes them", async () => {
  const { fetched, loader } = openKind(100);
  expect(await loader().loadMany(range(1, 100))).toHaveLength(100);
  expect(await loader().loadMany(range(1, 101))).toHaveLength(101);
  expect(fetched.map((ids) => ids.length)).toEqual([100, 100, 1]);
});

test("requests at the same moment travel together, up to 25 ids a call", async () => {
  const { fetched, loader } = openKind();
  const rows = await Promise.all(range(1, 60).map((id) => loader().load(id)));
  expect(rows).toEqual(range(1, 60).map((id) => ({ id })));
  expect(fetched.map((ids) => ids.length)).toEqual([25, 25, 10]);
});

test("who asks for what is asked for already always fits", async () => {
  const { fetched, loader } = openKind();
  await Promise.all([loader().loadMany(range(1, 40)), loader().load(3), loader().loadMany(range(20, 5)), loader().load(41)]);
  expect(fetched).toEqual([range(1, 40), [41]]);
});

test("a merged call that fails is made again for each request alone", async () => {
  const { fetched, loader } = openKind(350, 2);
  const rows = await Promise.allSettled([loader().load(1), loader().load(2), loader().load(3)]);
  expect(rows.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(fetched).toEqual([[1, 2, 3], [1], [2], [3]]);
});

test("of the calls of one large request only the one that fails takes its rows with it", async () => {
  const { loader } = openKind(2, 3);
  const all = loader();
  const rows = await Promise.allSettled([1, 2, 3, 4, 5].map((id) => all.load(id)));
  expect(rows.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected", "fulfilled"]);
});

test("what REST gives only singly is asked once an id, whoever asks", async () => {
  const fetched: number[] = [];
  const make = byOne<number, Row>(async (_call, id) => {
    fetched.push(id);
    return { id };
  });
  const session = quiet();
  const [one, other] = [make("single", session, scope()), make("single", session, scope())];
  expect(await Promise.all([one.load(1), one.load(2), other.load(2)])).toHaveLength(3);
  expect(fetched).toEqual([1, 2]);
});
