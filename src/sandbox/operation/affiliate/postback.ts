import { spaced } from "../../model/clock.js";
import type { Postback } from "../../model/postback.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { pick, type Row, take } from "../../model/row.js";
import { nextNumber } from "../../model/state.js";
import { denied, orNotFound, rejected } from "../../rule/failure.js";
import { among, listed, page } from "../../rule/paging.js";
import { existingAffiliate, reachesAffiliate } from "../../rule/reach.js";

const offerOf = ({ offer_id }: Postback): string | null => (offer_id === null ? null : String(offer_id));

const listRow = (one: Postback): Row => ({
  ...pick(one, "id", "url"),
  offer_id: offerOf(one),
  status: one.status,
  goal: one.goal ?? "",
  created: spaced(one.created),
  forced: String(one.forced),
  integration_method: one.integration_method,
});

const row = (one: Postback): Row => ({
  ...pick(one, "id", "url", "status", "goal"),
  created: spaced(one.created),
  updated_at: spaced(one.updated_at),
  forced: String(one.forced),
  pid: String(one.pid),
  integration_method: one.integration_method,
  offer_id: offerOf(one),
});

/** Whose postback or pixel a call is about: an affiliate's key acts for itself, a network user's for the one named. */
export const actingFor = (call: Call, pid: number | undefined): number => {
  if (call.caller.kind === "affiliate") {
    if (pid !== undefined && pid !== call.caller.affiliate.id) throw denied();
    return call.caller.affiliate.id;
  }
  const affiliate = pid === undefined ? undefined : call.state.affiliates.get(pid);
  if (!affiliate) throw rejected("pid is not the id of an affiliate");
  if (!reachesAffiliate(call.caller, affiliate, "write")) throw denied();
  return affiliate.id;
};

const existing = (call: Call, id: number): Postback => {
  const found = orNotFound(call.state.postbacks.get(id));
  actingFor(call, found.pid);
  return found;
};

type Input = BodyInput<"POST /3.0/partner/postback/{id}">;

const write = (call: Call, one: Postback, body: Input): Postback => {
  const { state } = call;
  const meta = Object.keys(body.meta ?? {});
  const missing = ["event_name", "meta_access_token", "meta_pixel_id"].find((name) => !meta.includes(name));
  if (meta.length && missing) throw rejected(`meta[${missing}] is required`);
  if (body.offer_id !== undefined && !state.offers.has(body.offer_id)) throw rejected("offer_id is not the id of an offer");
  take(one, body, ["url", "offer_id", "status", "goal", "integration_method", "forced"]);
  one.updated_at = state.now();
  return one;
};

const removeAll = (call: Call, isMeant: (one: Postback) => boolean): void => {
  const meant = [...call.state.postbacks.values()].filter(isMeant);
  const own = call.caller.kind === "affiliate" ? call.caller.affiliate.id : undefined;
  for (const one of meant) if (own === undefined || one.pid === own) call.state.postbacks.delete(existing(call, one.id).id);
};

export const postback: Routes = {
  "GET /3.0/admin/postbacks": (call) => {
    const { state, query } = call;
    const affiliate = existingAffiliate(call, query.partner_id, "read");
    const found = [...state.postbacks.values()].filter(
      (one) =>
        one.pid === affiliate.id &&
        one.id > (query.after_id ?? 0) &&
        among<number | null>(query.offer_ids, one.offer_id) &&
        (query.only_global !== 1 || one.offer_id === null),
    );
    return listed("postbacks", page(found, query), query.verbose === 1 ? row : listRow);
  },
  "POST /3.0/partner/postback": (call) => {
    const pid = actingFor(call, call.body.pid);
    const now = call.state.now();
    const made: Postback = {
      ...{ id: nextNumber(call.state, "postback"), url: "", pid, offer_id: null, status: "by_creating", goal: null },
      ...{ integration_method: "all", forced: 0, created: now, updated_at: now },
    };
    write(call, made, call.body);
    call.state.postbacks.set(made.id, made);
    return { status: 1, postback: row(made) };
  },
  "POST /3.0/partner/postback/{id}": (call) => ({
    status: 1,
    postback: row(write(call, existing(call, call.path.id), call.body)),
  }),
  "DELETE /3.0/partner/postback/{id}/remove": (call) => {
    const found = existing(call, call.path.id);
    call.state.postbacks.delete(found.id);
    return { status: 1, postback: row(found) };
  },
  "DELETE /3.0/partner/postbacks/by-offers": (call) => {
    const ids = call.query.ids;
    removeAll(call, ({ offer_id }) => offer_id !== null && ids.includes(offer_id));
    return { status: 1, message: "Postbacks deleted" };
  },
  "DELETE /3.0/partner/postbacks/by-affiliates": (call) => {
    const ids = call.query.ids;
    removeAll(call, ({ pid }) => ids.includes(pid));
    return { status: 1, message: "Postbacks deleted" };
  },
};
