import type { Affiliate } from "../../model/affiliate.js";
import type { Offer } from "../../model/offer.js";
import type { Call, Routes } from "../../model/route.js";
import { nextNumber, type State } from "../../model/state.js";
import type { Ticket } from "../../model/ticket.js";
import { denied, orNotFound, refused } from "../../rule/failure.js";
import { among, includesText, listed, page, sorted } from "../../rule/paging.js";
import { reachesAffiliate, reachesOffer } from "../../rule/reach.js";
import { ticketRow } from "../../view/ticket.js";

/** Opens an affiliate's request to run an offer. */
export const openTicket = (state: State, affiliate: Affiliate, offer: Offer, comment: string): Ticket => {
  const id = nextNumber(state, "ticket");
  const ticket: Ticket = {
    ...{ id, status: "open", type: "offer_request", title: `Request for offer ${offer.id}`, description: comment },
    affiliate: affiliate.id,
    offer: offer.id,
    smartlink: null,
    attachments: [],
    created: state.now(),
    updated: null,
  };
  state.tickets.set(id, ticket);
  return ticket;
};

/** A ticket is seen by whoever may see its affiliate, or the offer it is about. */
const reaches = (call: Call, ticket: Ticket): boolean => {
  const affiliate = call.state.affiliates.get(ticket.affiliate);
  const offer = ticket.offer === null ? undefined : call.state.offers.get(ticket.offer);
  if (affiliate && reachesAffiliate(call.caller, affiliate, "read")) return true;
  return offer !== undefined && reachesOffer(call.state, call.caller, offer);
};

const existing = (call: Call, id: number): Ticket => {
  const ticket = orNotFound(call.state.tickets.get(id));
  if (!reaches(call, ticket)) throw denied();
  return ticket;
};

type Decision = Call<"POST /3.0/admin/ticket/{id}/offer"> | Call<"POST /3.0/admin/ticket/{id}/smartlink">;

const decidable = (call: Call, id: number, type: Ticket["type"]): Ticket => {
  const ticket = existing(call, id);
  if (ticket.type !== type) throw refused("Ticket has another type");
  if (ticket.status === "closed") throw refused("Ticket is already closed");
  return ticket;
};

/** Closes a request, having done what it asks for where it is approved. */
const decide = (call: Decision, ticket: Ticket, noun: string, grant: () => void): unknown => {
  const isApproved = call.body.do === "approve";
  if (isApproved) grant();
  ticket.status = "closed";
  ticket.updated = call.state.now();
  return { status: 1, message: `${noun} ${isApproved ? "approved" : "rejected"}` };
};

export const ticket: Routes = {
  "GET /3.0/admin/tickets": (call) => {
    const { state, query } = call;
    const found = [...state.tickets.values()].filter(
      (one) =>
        reaches(call, one) &&
        among(query.status, one.status) &&
        among(query.type, one.type) &&
        among(query.pid, one.affiliate) &&
        (!query.search || includesText(`${one.title} ${one.description}`, query.search)) &&
        among<number | null>(query.offer_id, one.offer) &&
        among(query.manager_id, state.affiliates.get(one.affiliate)?.manager ?? ""),
    );
    const newest = sorted(found, (one) => one.created, "desc");
    return listed("tickets", page(newest, query), (one) => ticketRow(state, one, false));
  },
  "GET /3.0/admin/ticket/{id}": (call) => {
    const found = existing(call, call.path.id);
    return { status: 1, ticket: ticketRow(call.state, found, true), id: String(found.id) };
  },
  "POST /3.0/admin/ticket/{id}/offer": (call) => {
    const found = decidable(call, call.path.id, "offer_request");
    return decide(call, found, "Offer", () => call.state.offers.get(found.offer ?? 0)?.enabled.add(found.affiliate));
  },
  "POST /3.0/admin/ticket/{id}/smartlink": (call) => {
    const found = decidable(call, call.path.id, "smartlink_request");
    return decide(call, found, "SmartLink", () => {
      call.state.smartlinks.get(found.smartlink ?? "")?.included_affiliates.push(found.affiliate);
    });
  },
};
