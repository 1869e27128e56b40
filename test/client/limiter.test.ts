import { expect, test } from "vitest";
import { Limiter } from "../../src/affise/transport/limiter.js";

/** Work that goes on until it is told to end. */
const openWork = () => {
  const ends: ((how?: Error) => void)[] = [];
  const started: number[] = [];
  const work = (name: number) => () =>
    new Promise<number>((resolve, reject) => {
      started.push(name);
      ends.push((error) => (error ? reject(error) : resolve(name)));
    });
  return { work, started, end: (place: number, error?: Error) => ends[place]?.(error) };
};

test("what there is room for begins at once, the rest in the order it came", async () => {
  const limiter = new Limiter(2);
  const { work, started, end } = openWork();
  const runs = [1, 2, 3, 4].map((name) => limiter.run(work(name)));
  expect(started).toEqual([1, 2]);
  expect([limiter.active, limiter.waiting]).toEqual([2, 2]);
  end(1);
  await runs[1];
  const late = limiter.run(work(5));
  await expect.poll(() => started).toEqual([1, 2, 3]);
  end(0);
  await expect.poll(() => started).toEqual([1, 2, 3, 4]);
  end(2);
  await expect.poll(() => started).toEqual([1, 2, 3, 4, 5]);
  end(3);
  end(4);
  expect(await Promise.all([...runs, late])).toEqual([1, 2, 3, 4, 5]);
  expect([limiter.active, limiter.waiting]).toEqual([0, 0]);
});

test("work that fails gives its place back", async () => {
  const limiter = new Limiter(1);
  const { work, end } = openWork();
  const fails = limiter.run(work(1));
  const next = limiter.run(work(2));
  end(0, new Error("no"));
  await expect(fails).rejects.toThrow("no");
  await expect.poll(() => limiter.waiting).toBe(0);
  end(1);
  expect(await next).toBe(2);
  expect(limiter.active).toBe(0);
});
