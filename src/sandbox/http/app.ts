import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type Operation, type OperationInfo, operations } from "../../contract/operation.js";
import type { Caller } from "../model/caller.js";
import type { Call, Routes } from "../model/route.js";
import type { State } from "../model/state.js";
import * as nouns from "../operation/noun.js";
import { denied, Failure, pageNotFound, unauthorized } from "../rule/failure.js";
import { requireNeeds } from "./access.js";
import { addControls, json } from "./control.js";
import { type Socket, spoil, strike } from "./fault.js";
import { formsOf, shapeAnswer, shapeFailure, shapeQuery } from "./form.js";
import { readInput } from "./input.js";
import { parseQuery } from "./wire.js";
import type { World } from "./world.js";

type Env = { Bindings: Partial<HttpBindings> };

/** Every handler by its operation. */
const routes: Routes = Object.assign({}, ...Object.values(nouns));

/** Operations that need no key act for nobody; their handlers never look at the caller. */
const identify = (state: State, info: OperationInfo, key: string | undefined): Caller => {
  const caller = state.keys.get(key ?? "");
  if (caller) return caller;
  const [nobody] = state.users.values();
  if (!info.needsKey && nobody) return { kind: "admin", user: nobody };
  throw unauthorized();
};

const run = async (world: World, info: OperationInfo, request: Request, params: Record<string, string>): Promise<unknown> => {
  const { state } = world;
  const { key, query } = parseQuery(request);
  const caller = identify(state, info, key);
  if (info.needsKey && !info.audience.includes(caller.kind)) throw denied();
  if (info.needsKey) requireNeeds(state, caller, info);
  const input = await readInput(info, request, { path: params, query }, caller.kind);
  const handler = routes[info.operation as Operation] as ((call: Call) => unknown) | undefined;
  if (!handler) throw pageNotFound();
  if (info.method !== "GET") {
    world.prepare();
    state.changes += 1;
  }
  const asked = shapeQuery(input.query, formsOf(world.forms, info.tag));
  return handler({ state, caller, ...input, query: asked } as Call);
};

const answer = async (world: World, info: OperationInfo, context: Context<Env>): Promise<Response> => {
  world.applyDue();
  try {
    const body = await run(world, info, context.req.raw, context.req.param() as Record<string, string>);
    // A change whose delay is over when its acknowledgement goes out is there for the next read.
    world.applyDue();
    return json(shapeAnswer(body, formsOf(world.forms, info.tag)));
  } catch (error) {
    if (error instanceof Failure) {
      const shaped = shapeFailure(error, formsOf(world.forms, info.tag));
      return json(failureBody(info, shaped.body), shaped.status);
    }
    console.error(`sandbox: ${info.operation} failed`, error);
    return json({ status: 2, message: "Server error, Please contact your administrator" }, 500);
  }
};

/** Operations whose status is a word, "success" or "error". */
const inWords = new Set(["POST /3.0/admin/offer/{offerId}/tracking-link"]);

const failureBody = ({ operation }: OperationInfo, body: Record<string, unknown>): unknown =>
  inWords.has(operation) ? { status: "error", error: body.error } : body;

const socketOf = ({ env }: Context<Env>): Socket | undefined => {
  const outgoing = env?.outgoing;
  if (!outgoing) return undefined;
  return {
    destroy: () => outgoing.destroy(),
    sendPart: (status, headers, part, length) => {
      outgoing.writeHead(status, { ...headers, "content-length": String(length) });
      outgoing.write(part, () => outgoing.destroy());
    },
  };
};

const serveOperation =
  (world: World, info: OperationInfo) =>
  async (context: Context<Env>): Promise<Response> => {
    world.calls.set(info.operation, (world.calls.get(info.operation) ?? 0) + 1);
    const fault = strike(world.faults, info.operation);
    const respond = (): Promise<Response> => answer(world, info, context);
    return fault ? spoil(fault, respond, context.req.raw, socketOf(context)) : respond();
  };

const parameterCount = ({ path }: OperationInfo): number => path.split("{").length - 1;

/** The operations that have a handler, those without parameters first: /offer/delete also fits /offer/{id}. */
const served = (): OperationInfo[] =>
  [...operations.values()]
    .filter(({ operation }) => operation in routes)
    .sort((left, right) => parameterCount(left) - parameterCount(right));

/** The operations that the sandbox answers. */
export const answered = (): string[] => served().map(({ operation }) => operation);

/** The older spelling that Affise's own clients still call. */
const olderPaths: Record<string, string> = { "GET /3.0/stats/caps": "/3.1/stats/caps" };

const asPattern = (path: string): string => path.replace(/\{([^}]+)\}/g, ":$1");

/** The HTTP surface of a sandbox. */
export const createApp = (world: World): Hono<Env> => {
  const app = new Hono<Env>();
  addControls(app, world, answered());
  for (const info of served()) {
    const serve = serveOperation(world, info);
    for (const path of [info.path, olderPaths[info.operation]]) if (path) app.on(info.method, asPattern(path), serve);
  }
  app.notFound(() => {
    const { body, status } = pageNotFound();
    return json(body, status);
  });
  // What reaches this is a fault that must look like a lost connection.
  app.onError((error) => {
    throw error;
  });
  return app;
};
