import type { Env, Hono } from "hono";
import { z } from "zod";
import { faultSchema } from "./fault.js";
import { formSchema } from "./form.js";
import { guide } from "./guide.js";
import { unlike } from "./unlike.js";
import type { World } from "./world.js";

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json; charset=utf-8" } });

const refused = (message: string): Response => json({ status: 2, message }, 400);

/** The paths under /sandbox, by which tests steer it. */
export const addControls = <E extends Env>(app: Hono<E>, world: World, operations: readonly string[]): void => {
  /** A list of the world's: read, cleared, and replaced by one of its items or a list of them. */
  const addList = <Name extends "fault" | "form">(name: Name, schema: z.ZodType<World[`${Name}s`][number]>): void => {
    const list = `${name}s` as const;
    const replace = (items: readonly unknown[]): Response => {
      world[list] = items as World[`${Name}s`];
      return json({ status: 1, [list]: world[list] });
    };
    app.get(`/sandbox/${list}`, () => json(world[list]));
    app.delete(`/sandbox/${list}`, () => replace([]));
    app.post(`/sandbox/${list}`, async (context) => {
      const sent: unknown = await context.req.json().catch(() => undefined);
      if (sent === undefined) return refused("The body must be JSON: one object or a list of them");
      const { data, error } = z.array(schema).safeParse(Array.isArray(sent) ? sent : [sent]);
      if (data) return replace(data);
      return refused(error.issues.map(({ path: at, message }) => `${at.slice(1).join(".") || name}: ${message}`).join("; "));
    });
  };
  app.get("/sandbox", () => json(guide(operations)));
  app.get("/sandbox/unlike", () => json(unlike));
  app.get("/sandbox/calls", () => json(Object.fromEntries(world.calls)));
  app.post("/sandbox/reset", () => {
    world.reset();
    return json({ status: 1 });
  });
  addList("fault", faultSchema);
  addList("form", formSchema);
  app.on(["OPTIONS", "GET"], "/healthz", () => json({ status: 1 }));
};
