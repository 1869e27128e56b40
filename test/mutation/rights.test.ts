import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/contract/operation.js";
import { graphql } from "../world/document.js";
import { openWorld } from "../world/world.js";
import { type Sample, samples } from "./sample.js";
import { names, runOf, toldBy, writesIn } from "./walk.js";

const world = await openWorld({ offers: 12, affiliates: 30, advertisers: 3, conversions: 60 });
afterAll(() => world.close());
const run = runOf(world);
const manager = "sandbox-affiliate-manager";

let known: Record<string, Sample> = {};
let restore = () => {};
beforeAll(async () => {
  known = await samples(world);
  restore = world.sandbox.snapshot();
});

/** Gives the manager every permission at one level. */
const permit = async (level: string) => {
  const own = graphql("{ viewer { ... on User { id permissions { section name } } } }");
  const { id, permissions } = (await world.ask(own, { key: manager })).data.viewer as {
    id: string;
    permissions: { section: string; name: string }[];
  };
  const changes = permissions.map(({ section, name }) => ({ section, name, level }));
  const { errors } = await world.ask(
    "mutation ($input: SetUserPermissionsInput!) { setUserPermissions(input: $input) { outcome } }",
    {
      variables: { input: { userId: id, changes } },
    },
  );
  expect(errors).toBeUndefined();
};

const keys: [string, string | null, kind?: string, level?: string][] = [
  ["an affiliate", "sandbox-affiliate", "affiliate"],
  ["an advertiser", "sandbox-advertiser", "advertiser"],
  ["nobody", null],
  ["nobody that is known", "no-such-key"],
  ["a manager who may do nothing", manager, "admin", "DENY"],
  ["a manager who may read", manager, "admin", "READ"],
  ["a manager who may do everything", manager, "admin", "WRITE"],
];

const refusals = ["FORBIDDEN", "UNAUTHENTICATED"];

describe.each(keys)("the key of %s", (_, key, kind, level) => {
  let again = () => {};
  beforeAll(async () => {
    restore();
    if (level) await permit(level);
    again = world.sandbox.snapshot();
  });

  test.for(names)("%s: nothing is changed unless it says so, and a dry run says what is refused", async (name) => {
    again();
    const before = world.sandbox.digest();
    const input = known[name]?.input;
    const dry = await run(name, { input, key }, { headers: { "x-affise-dry-run": "1" } });
    expect(writesIn(dry.calls)).toEqual([]);
    const real = await run(name, { input, key });
    const [told, foretold] = [toldBy(name, real), toldBy(name, dry)];
    expect([told.length, real.errors]).toEqual([foretold.length, undefined]);
    const isDone = told.some(({ outcome }) => outcome === "DONE");
    if (!isDone) expect(world.sandbox.digest()).toEqual(before);
    for (const [index, { outcome, error }] of told.entries()) {
      const likely = foretold[index]?.error ?? null;
      expect(foretold[index]?.outcome).toBe("NOT_SENT");
      const { needs = [], audience = [] } = operations.get(error?.operation ?? "") ?? {};
      // Which of the affiliates and advertisers a key may change nobody can tell before; all else its profile tells.
      const isKnown = !kind || !audience.includes(kind) || needs.some(({ of }) => of === undefined);
      if (outcome === "DONE") expect(likely).toBeNull();
      else if (refusals.includes(error?.code ?? "") && isKnown) expect(likely).toMatchObject({ code: error?.code });
      if (likely && refusals.includes(likely.code)) {
        expect(likely.message).toMatch(
          /It takes |is given in the panel|Send your Affise API key|does not know this API key|Ask with/,
        );
      }
    }
  });
});
