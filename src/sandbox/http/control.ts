import type { Context, Env, Hono } from "hono";
import { type Fault, parseFaults } from "./fault.js";
import { type Form, parseForms } from "./form.js";
import { guide } from "./guide.js";
import { unlike } from "./unlike.js";

/** What the controls of a sandbox read and change. */
export interface Controlled {
  calls: ReadonlyMap<string, number>;
  faults: Fault[];
  forms: readonly Form[];
}

interface Means {
  json(body: unknown, status?: number): Response;
  reset(): void;
  setForms(forms: Form[]): void;
  operations: readonly string[];
}

const notJson = { wrong: "The body must be JSON: one object or a list of them" };

const sentTo = async (context: Context): Promise<unknown> => context.req.json().catch(() => undefined);

/** The paths under /sandbox, by which tests steer it. */
export const addControls = <E extends Env>(app: Hono<E>, world: Controlled, means: Means): void => {
  const { json } = means;
  const refused = (message: string): Response => json({ status: 2, message }, 400);
  app.get("/sandbox", () => json(guide(means.operations)));
  app.get("/sandbox/unlike", () => json(unlike));
  app.get("/sandbox/calls", () => json(Object.fromEntries(world.calls)));
  app.post("/sandbox/reset", () => {
    means.reset();
    return json({ status: 1 });
  });
  app.get("/sandbox/faults", () => json(world.faults));
  app.delete("/sandbox/faults", () => {
    world.faults = [];
    return json({ status: 1, faults: [] });
  });
  app.post("/sandbox/faults", async (context) => {
    const sent = await sentTo(context);
    const parsed = sent === undefined ? notJson : parseFaults(sent);
    if ("wrong" in parsed) return refused(parsed.wrong);
    world.faults = parsed.faults;
    return json({ status: 1, faults: world.faults });
  });
  app.get("/sandbox/forms", () => json(world.forms));
  app.delete("/sandbox/forms", () => {
    means.setForms([]);
    return json({ status: 1, forms: [] });
  });
  app.post("/sandbox/forms", async (context) => {
    const sent = await sentTo(context);
    const parsed = sent === undefined ? notJson : parseForms(sent);
    if ("wrong" in parsed) return refused(parsed.wrong);
    means.setForms(parsed.forms);
    return json({ status: 1, forms: world.forms });
  });
  app.on(["OPTIONS", "GET"], "/healthz", () => json({ status: 1 }));
};
