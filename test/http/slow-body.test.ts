import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { openWorld } from "../world/world.js";

const sizes = { offers: 5, affiliates: 2, advertisers: 2, conversions: 0 };
const world = await openWorld(sizes, { pressure: { inFlight: 50 } });
afterAll(() => world.close());

describe("slow bodies", () => {
  /** Begins requests whose bodies never come, each with these headers, and counts how many are cut off. */
  const dripping = (url: string) => {
    const { hostname, port } = new URL(url);
    const drips: Socket[] = [];
    let cut = 0;
    const drip = (...headers: readonly string[]) =>
      new Promise<void>((resolve) => {
        const head = ["POST /graphql HTTP/1.1", "host: x", "content-type: application/json", ...headers];
        const socket = connect(Number(port), hostname, () => socket.write(`${head.join("\r\n")}\r\n\r\n1\r\n{`, () => resolve()));
        socket.on("error", () => {});
        socket.on("close", () => {
          cut += 1;
        });
        drips.push(socket);
      });
    return { drip, cut: () => cut, end: () => drips.forEach((socket) => void socket.destroy()) };
  };

  test("take no place, and the slowest of an address are cut off", { timeout: 60_000 }, async () => {
    const { drip, cut, end } = dripping(world.url);
    for (let count = 0; count < 2_100; count += 1) await drip("content-length: 1000");
    expect((await world.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
    expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (let count = 0; count < 10; count += 1) await drip("content-length: 1000");
    await expect.poll(cut).toBeGreaterThanOrEqual(10);
    end();
  });

  test.each([
    ["so many", 2_100, "content-length: 1000", 1_000],
    ["so large ones", 600, "content-length: 1000000", 256],
    ["ones of unknown length, so many", 600, "transfer-encoding: chunked", 256],
  ])("from many addresses are cut off too, the slowest first, where there are %s", async (_, count, length, most) => {
    const many = await openWorld(sizes, { trustProxy: true, pressure: { inFlight: 50 } });
    const { drip, cut, end } = dripping(many.url);
    const from = (number: number) => `x-forwarded-for: 198.51.${Math.floor(number / 250)}.${(number % 250) + 1}`;
    for (let number = 0; number < count; number += 1) await drip(from(number), length);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await drip(from(9_999), length);
    await expect.poll(cut).toBeGreaterThanOrEqual(count - most);
    expect((await many.ask("{ offer(id: 1) { id } }")).data).toEqual({ offer: { id: "1" } });
    expect((await fetch(`${many.url}/readyz`)).status).toBe(200);
    // Who is not slow is not cut off for those who are.
    expect(cut()).toBeLessThan(count);
    end();
    await many.close();
  });
});
