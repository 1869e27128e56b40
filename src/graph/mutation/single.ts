import type { Call } from "../../affise/session.js";
import type { Context } from "../../context.js";
import type { Answer, Operation } from "../../contract/operation.js";
import { type ColumnWriter, columns } from "./write.js";

type Ways = Record<string, ColumnWriter>;

/** The columns are the contract's business, which holds them to its types before they leave. */
const send = <O extends Operation>(call: Call, operation: O, input: object): Promise<Answer<O>> =>
  (call as (operation: O, input: object) => Promise<Answer<O>>)(operation, input);

/** A mutation that makes one thing out of the columns of its input; `told` is what the answer has of it. */
export const creating =
  <O extends Operation, Payload>(operation: O, ways: Ways, told: (answer: Answer<O>) => Payload) =>
  async (_: unknown, { input }: { input: object }, { call }: Context): Promise<Payload> =>
    told(await send(call, operation, { body: columns(input, ways) }));

/** As `creating`, of a mutation that changes the thing of its input's id, which `read` reads. */
export const updating =
  <O extends Operation & `${string}/{id}`, Payload>(
    operation: O,
    read: (id: string, argument: string) => string | number,
    ways: Ways,
    told: (answer: Answer<O>) => Payload,
  ) =>
  async (_: unknown, { input: { id, ...changes } }: { input: { id: string } }, { call }: Context): Promise<Payload> =>
    told(await send(call, operation, { path: { id: read(id, "input.id") }, body: columns(changes, ways) }));

/** A mutation that deletes the thing of its input's id, which `read` reads. */
export const deleting =
  <Id>(read: (id: string, argument: string) => Id, send: (call: Call, path: { id: Id }) => Promise<unknown>) =>
  async (_: unknown, { input }: { input: { id: string } }, { call }: Context) => {
    const id = read(input.id, "input.id");
    await send(call, { id });
    return { deletedId: id };
  };
