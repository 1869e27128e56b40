import { withFieldNames } from "../../affise/error/caller-words.js";
import type { MutationResolvers, Resolvers } from "../../generated/schema.js";
import { column } from "../column/column.js";
import { reread } from "../mutation/reread.js";
import { itemsOf, Many } from "../mutation/settle.js";
import { int } from "../mutation/write.js";

const decide = (operation: "POST /3.0/admin/ticket/{id}/offer" | "POST /3.0/admin/ticket/{id}/smartlink") =>
  (async (_, { input }, { call, load }) => {
    const places = input.decisions.map(({ ticketId, decision }, index) => {
      const at = `input.decisions.${index}`;
      const body = withFieldNames({ do: decision }, { do: `${at}.decision` });
      return { id: ticketId, argument: `${at}.ticketId`, body };
    });
    const tickets = new Many(itemsOf(int, places));
    await tickets.each(({ id, body }) => call(operation, { path: { id }, body }));
    return { results: tickets.results(({ id }) => ({ ticket: reread(load.ticket, id) })) };
  }) satisfies MutationResolvers["decideOfferRequests"];

export const TicketResult = { ticketId: column("id") } satisfies Resolvers["TicketResult"];

export const Mutation = {
  decideOfferRequests: decide("POST /3.0/admin/ticket/{id}/offer"),
  decideSmartlinkRequests: decide("POST /3.0/admin/ticket/{id}/smartlink"),
} satisfies Resolvers["Mutation"];
