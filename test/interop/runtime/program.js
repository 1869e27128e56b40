// What runtime.test.ts runs in Node, Bun, Deno and a browser: it imports the client as it is shipped, and nothing else.
import { AnswerError, createClient, dayOf, NoAnswerError, OffersDocument, UpdateOffersDocument } from "@affise-graphql/client";

/** Tells of an error what a program would branch by. */
const told = (error) => ({
  isAnswerError: error instanceof AnswerError,
  isNoAnswerError: error instanceof NoAnswerError,
  kind: error.kind,
  code: error.code,
  status: error.status,
  message: error.message,
});

/** Reads, writes, fails and gives up; the answers are the same wherever it runs. */
export const run = async (origin) => {
  const url = `${origin}/graphql`;
  const client = createClient({ url, apiKey: "sandbox-general-manager" });
  const { offers } = await client.request(OffersDocument, { first: 2, filter: { status: ["ACTIVE"] } });
  const ids = offers.nodes.map(({ id }) => id);
  const { updateOffers } = await client.request(UpdateOffersDocument, {
    input: { changes: [{ offerIds: ids, status: "SUSPENDED" }] },
  });
  const refused = await createClient({ url, apiKey: "sandbox-affiliate" }).result("{ users { totalCount } }");
  const silent = createClient({ url: `${origin}/silent`, apiKey: "x", retries: 0, timeoutMs: 50 });
  const late = await silent.request(OffersDocument).catch(told);
  const stop = new AbortController();
  const unwanted = silent.request(OffersDocument, {}, { signal: stop.signal }).catch((reason) => reason);
  stop.abort("not wanted any more");
  return {
    read: offers.nodes,
    written: updateOffers.results,
    refused: told(refused.error),
    late,
    unwanted: await unwanted,
    day: dayOf(new Date(0), "Pacific/Auckland"),
  };
};
