import type { Call } from "../../affise/session.js";
import type { Context } from "../../context.js";
import type { DeletionResolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";

export const Deletion = { deletedId: column("id") } satisfies DeletionResolvers;

/** A mutation that deletes one thing by its id. */
export const deleting =
  <Id>(read: (id: string, argument: string) => Id, send: (call: Call, path: { id: Id }) => Promise<unknown>) =>
  async (_: unknown, { input }: { input: { id: string } }, { call }: Context) => {
    const id = read(input.id, "input.id");
    await send(call, { id });
    return { deletedId: id };
  };
