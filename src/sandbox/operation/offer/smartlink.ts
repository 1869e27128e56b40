import type { Caller } from "../../model/caller.js";
import { spaced } from "../../model/clock.js";
import { objectId } from "../../model/random.js";
import type { BodyInput, Routes } from "../../model/route.js";
import { type Row, take, withTimes } from "../../model/row.js";
import type { Smartlink } from "../../model/smartlink.js";
import { nextNumber, type State } from "../../model/state.js";
import { denied, orNotFound } from "../../rule/failure.js";
import { among, includesText } from "../../rule/paging.js";

const row = ({ id, ...one }: Smartlink): Row => ({ _id: id, ...withTimes(one, spaced) });

const rowForAffiliate = ({ id, name, domain, use_https, description, created_at }: Smartlink): Row => ({
  ...{ _id: id, name, domain, use_https, description, created_at: spaced(created_at) },
});

const isOpenTo = (smartlink: Smartlink, caller: Caller): boolean => {
  if (caller.kind !== "affiliate") return caller.kind === "admin";
  const { id } = caller.affiliate;
  if (smartlink.excluded_affiliates.includes(id)) return false;
  return smartlink.privacy_level !== "private" || smartlink.included_affiliates.includes(id);
};

const existing = (state: State, id: string): Smartlink => orNotFound(state.smartlinks.get(id));

const countOffers = (state: State, id: string): number =>
  [...state.offers.values()].filter((offer) => offer.status === "active" && offer.smartlink_categories.includes(id)).length;

const write = (state: State, smartlink: Smartlink, body: BodyInput<"POST /3.0/admin/smartlink/category/{id}">): Smartlink => {
  take(smartlink, body, ["name", "description", "privacy_level", "excluded_affiliates", "included_affiliates"]);
  smartlink.domain = body.tracking_domain ?? smartlink.domain;
  smartlink.updated_at = state.now();
  return smartlink;
};

export const smartlink: Routes = {
  "GET /3.0/admin/smartlink/categories": ({ state, query }) => {
    const found = [...state.smartlinks.values()].filter(
      (one) => among(query.id, one.id) && includesText(one.name, query.name ?? ""),
    );
    return { status: 1, data: found.map(row) };
  },
  "GET /3.0/admin/smartlink/category/{id}/offers-count": ({ state, path }) => ({
    status: 1,
    data: { count: countOffers(state, existing(state, path.id).id) },
  }),
  "POST /3.0/admin/smartlink/category": ({ state, body }) => {
    const now = state.now();
    const made: Smartlink = {
      ...{ id: objectId("smartlink", nextNumber(state, "smartlink")), name: body.name, domain: "smart.sandbox.example" },
      ...{ description: null, use_https: true, privacy_level: "public", excluded_affiliates: [], included_affiliates: [] },
      ...{ created_at: now, updated_at: now },
    };
    state.smartlinks.set(made.id, made);
    return { status: 1, data: row(write(state, made, body)) };
  },
  "POST /3.0/admin/smartlink/category/{id}": ({ state, path, body }) => ({
    status: 1,
    data: row(write(state, existing(state, path.id), body)),
  }),
  "POST /3.0/admin/smartlink/category/{id}/remove": ({ state, path }) => {
    const found = existing(state, path.id);
    state.smartlinks.delete(found.id);
    return { status: 1, data: row(found) };
  },
  "GET /3.0/partner/smartlink/categories": ({ state, caller, query }) => {
    const found = [...state.smartlinks.values()].filter(
      (one) => isOpenTo(one, caller) && among(query.id, one.id) && includesText(one.name, query.name ?? ""),
    );
    return { status: 1, data: found.map(rowForAffiliate) };
  },
  "GET /3.0/partner/smartlink/category/{id}/offers-count": ({ state, caller, path }) => {
    const found = existing(state, path.id);
    if (!isOpenTo(found, caller)) throw denied();
    return { status: 1, data: { count: countOffers(state, found.id) } };
  },
};
