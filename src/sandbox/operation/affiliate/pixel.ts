import { spaced } from "../../model/clock.js";
import type { Pixel } from "../../model/pixel.js";
import type { Call, Routes } from "../../model/route.js";
import { pick, type Row, take, withTimes } from "../../model/row.js";
import { nextNumber } from "../../model/state.js";
import { orNotFound, rejected } from "../../rule/failure.js";
import { among } from "../../rule/paging.js";
import { existingAffiliate, reachesAffiliate } from "../../rule/reach.js";
import { actingFor } from "./postback.js";

/** A pixel as it is printed: its numbers are texts, but for the id. */
const row = (one: Pixel): Row => ({
  ...withTimes(one, spaced),
  offer_id: String(one.offer_id),
  pid: String(one.pid),
  is_active: String(one.is_active),
  moderation_status: String(one.moderation_status),
});

const existing = (call: Call, id: number): Pixel => {
  const found = orNotFound(call.state.pixels.get(id));
  actingFor(call, found.pid);
  return found;
};

const list = ({ state, caller }: Call, affiliates: readonly number[], moderation: number | undefined): unknown => {
  const found = [...state.pixels.values()].filter((one) => {
    const affiliate = state.affiliates.get(one.pid);
    return (
      affiliate !== undefined &&
      reachesAffiliate(caller, affiliate, "read") &&
      (caller.kind === "affiliate" || among(affiliates, one.pid)) &&
      among(moderation, one.moderation_status)
    );
  });
  return { status: 1, pixel: Object.fromEntries(found.map((one) => [one.id, row(one)])) };
};

export const pixel: Routes = {
  "GET /3.0/partner/pixels": (call) => list(call, call.query.pid ?? [], call.query.moderation_status),
  "GET /3.0/partner/pixels/{affiliate}": (call) => {
    const { id } = existingAffiliate(call, call.path.affiliate, "read");
    return list(call, [id], call.query.moderation_status);
  },
  "POST /3.0/partner/pixel": (call) => {
    const { state, body, caller } = call;
    // Only a network user names the affiliate and decides on the moderation.
    const { pid, moderation_status = 0, is_active = 1 } = caller.kind === "admin" ? body : {};
    const affiliate = actingFor(call, pid);
    if (!state.offers.has(body.offer_id)) throw rejected("offer_id is not the id of an offer");
    const now = state.now();
    const made: Pixel = {
      id: nextNumber(state, "pixel"),
      ...pick(body, "name", "code", "code_type", "offer_id"),
      ...{ pid: affiliate, is_active, moderation_status, created_at: now, updated_at: now },
    };
    state.pixels.set(made.id, made);
    return { status: 1, pixel: row(made) };
  },
  "POST /3.0/partner/pixel/{id}": (call) => {
    const { body, caller, state } = call;
    const found = existing(call, call.path.id);
    take(found, body, ["name", "code", "code_type"]);
    // An affiliate's edit goes back to moderation.
    found.moderation_status = caller.kind === "admin" ? (body.moderation_status ?? found.moderation_status) : 0;
    found.is_active = caller.kind === "admin" ? (body.is_active ?? found.is_active) : found.is_active;
    found.updated_at = state.now();
    return { status: 1, pixel: row(found) };
  },
  "DELETE /3.0/partner/pixel/{id}/remove": (call) => {
    const found = existing(call, call.path.id);
    call.state.pixels.delete(found.id);
    return { status: 1, pixel: row(found) };
  },
};
