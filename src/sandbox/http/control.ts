import type { Env, Hono } from "hono";
import { z } from "zod";
import { type Fault, faultSchema } from "./fault.js";
import { type Form, formSchema } from "./form.js";
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

/** A list under /sandbox: what reads it and sets it, and what one of it looks like. */
interface Listed<T> {
  schema: z.ZodType<T>;
  read(): readonly T[];
  set(list: T[]): void;
}

/** The paths under /sandbox, by which tests steer it. */
export const addControls = <E extends Env>(app: Hono<E>, world: Controlled, means: Means): void => {
  const { json } = means;
  const refused = (message: string): Response => json({ status: 2, message }, 400);
  const addList = <T>(name: string, { schema, read, set }: Listed<T>): void => {
    const path = `/sandbox/${name}s`;
    const replace = (list: T[]): Response => {
      set(list);
      return json({ status: 1, [`${name}s`]: read() });
    };
    app.get(path, () => json(read()));
    app.delete(path, () => replace([]));
    app.post(path, async (context) => {
      const sent: unknown = await context.req.json().catch(() => undefined);
      if (sent === undefined) return refused("The body must be JSON: one object or a list of them");
      const { data, error } = z.array(schema).safeParse(Array.isArray(sent) ? sent : [sent]);
      if (data) return replace(data);
      return refused(error.issues.map(({ path: at, message }) => `${at.slice(1).join(".") || name}: ${message}`).join("; "));
    });
  };
  app.get("/sandbox", () => json(guide(means.operations)));
  app.get("/sandbox/unlike", () => json(unlike));
  app.get("/sandbox/calls", () => json(Object.fromEntries(world.calls)));
  app.post("/sandbox/reset", () => {
    means.reset();
    return json({ status: 1 });
  });
  const setFaults = (faults: Fault[]): void => {
    world.faults = faults;
  };
  addList("fault", { schema: faultSchema, read: () => world.faults, set: setFaults });
  addList("form", { schema: formSchema, read: () => world.forms, set: means.setForms });
  app.on(["OPTIONS", "GET"], "/healthz", () => json({ status: 1 }));
};
