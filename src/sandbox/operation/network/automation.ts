import type { Block, KpiChange, KpiRule } from "../../model/automation.js";
import { dateOnly, spaced } from "../../model/clock.js";
import { objectId } from "../../model/random.js";
import type { BodyInput, Call, Routes } from "../../model/route.js";
import { pick, type Row } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { orNotFound, rejected } from "../../rule/failure.js";
import { among, anyAmong, listed, page, sorted } from "../../rule/paging.js";
import { reachesAdvertiser, reachesOffer } from "../../rule/reach.js";

const row = (rule: KpiRule): Row => ({ ...rule, offers: rule.offers.map(String) });

const existing = (state: State, id: string): KpiRule => orNotFound(state.kpiRules.get(id));

const asRule = (call: Call, id: string, body: BodyInput<"POST /3.1/automation/kpi">): KpiRule => {
  if (body.offers.length !== 1) throw rejected("offers must hold exactly one offer");
  if (body.offers.some((offer) => !call.state.offers.has(offer))) throw rejected("offers holds an id that does not exist");
  if (body.action_type === "block" && body.sub === undefined) throw rejected("sub is required when action_type is block");
  if (body.action_type === "block" && !body.affiliates?.length)
    throw rejected("affiliates is required when action_type is block");
  if (body.action_type === "conversion" && body.change_to === undefined) {
    throw rejected("change_to is required when action_type is conversion");
  }
  return {
    id,
    offers: [...body.offers],
    ...pick(body, "action_type", "period"),
    sub: body.sub ?? "",
    change_to: body.change_to ?? null,
    affiliates: [...(body.affiliates ?? [])],
    ...pick(body, "goal1", "goal2", "kpi", "notify_manager"),
  };
};

const note = ({ state, caller }: Call, rule: KpiRule, type: KpiChange["type"]): void => {
  state.kpiChanges.push({
    id: objectId("kpi-change", nextNumber(state, "kpi-change")),
    rule_id: rule.id,
    type,
    ...pick(rule, "offers", "affiliates"),
    user_id: caller.kind === "admin" ? caller.user.id : "",
    created_at: state.now(),
  });
};

const isWithin = (time: number, { date_from, date_to }: { date_from: string; date_to: string }): boolean => {
  const date = dateOnly(time);
  return date >= date_from && date <= date_to;
};

const changeRow = (one: KpiChange): Row => ({ ...one, offers: one.offers.map(String), created_at: spaced(one.created_at) });

const visibleBlocks = (
  { state, caller }: Call,
  filter: { date_from: string; date_to: string; offers?: number[]; affiliates?: number[] },
): Block[] =>
  sorted(
    state.blocks.filter((one) => {
      const offer = state.offers.get(one.offer);
      return (
        offer !== undefined &&
        reachesOffer(state, caller, offer) &&
        isWithin(one.time, filter) &&
        among(filter.offers, one.offer) &&
        among(filter.affiliates, one.affiliate)
      );
    }),
    ({ time }) => time,
    "desc",
  );

const kpiBlock = (one: Block): Row => ({
  ...{ created_at: spaced(one.time), offer_id: one.offer, affiliate_id: one.affiliate, sub_index: one.sub, sub_value: one.value },
  ...{ action: "block", additional_data: one.number % 3 ? null : JSON.stringify({ kpi: 12.5 }) },
});

const crBlock = (state: State, one: Block): Row => {
  const offer = state.offers.get(one.offer);
  const advertiser = offer && state.advertisers.get(offer.advertiser);
  return {
    advertiser: advertiser && { id: advertiser.id, title: advertiser.title },
    offer: { id: String(one.offer), title: offer?.title ?? "" },
    affiliate: { id: String(one.affiliate), title: state.affiliates.get(one.affiliate)?.login ?? "" },
    ...{ rule_id: objectId("cr-rule", one.number % 5), sub1: one.value, sub2: "", created_at: spaced(one.time) },
    current_cr: (one.number % 90) / 10,
    cr_thresholds_min: "10.000000",
    cr_thresholds_max: "50.000000",
    type: "disabled affiliate",
  };
};

export const automation: Routes = {
  "GET /3.1/automation/kpi": ({ state, query }) => {
    return listed("items", page([...state.kpiRules.values()], query), row);
  },
  "POST /3.1/automation/kpi": (call) => {
    const rule = asRule(call, objectId("kpi", nextNumber(call.state, "kpi")), call.body);
    call.state.kpiRules.set(rule.id, rule);
    note(call, rule, "add");
    return { status: 1, message: row(rule) };
  },
  "POST /3.1/automation/kpi/{id}": (call) => {
    const rule = asRule(call, existing(call.state, call.path.id).id, call.body);
    call.state.kpiRules.set(rule.id, rule);
    note(call, rule, "update");
    return { status: 1, message: row(rule) };
  },
  "DELETE /3.1/automation/kpi/{id}": (call) => {
    const rule = existing(call.state, call.path.id);
    call.state.kpiRules.delete(rule.id);
    note(call, rule, "delete");
    return { status: 1, message: { message: "success deleted" } };
  },
  "GET /3.1/automation/kpi/change-logs": ({ state, query }) => {
    const found = state.kpiChanges.filter(
      (one) =>
        isWithin(one.created_at, query.filter) &&
        anyAmong(query.offers, one.offers) &&
        anyAmong(query.affiliates, one.affiliates) &&
        among(query.type, one.type),
    );
    const newest = sorted(found, ({ created_at }) => created_at, "desc");
    return listed("items", page(newest, { limit: 10, ...query }), changeRow);
  },
  "GET /3.1/automation/kpi/block-logs": (call) => {
    const { filter } = call.query;
    const found = visibleBlocks(call, filter).filter(
      (one) =>
        one.number % 2 === 0 &&
        among(filter.sub_index, one.sub) &&
        among(filter.sub_value, one.value) &&
        among(filter.action, "block"),
    );
    return listed("items", page(found, call.query), kpiBlock);
  },
  "GET /3.1/automation/cr-and-sub/block-logs": (call) => {
    const { state, caller, query } = call;
    const { filter } = query;
    const found = visibleBlocks(call, filter).filter((one) => {
      const advertiser = state.offers.get(one.offer)?.advertiser ?? "";
      if (!reachesAdvertiser(caller, state.advertisers.get(advertiser), "read")) return false;
      return one.number % 2 === 1 && among(filter.advertisers, advertiser);
    });
    return listed("rules", page(found, query), (one) => crBlock(state, one));
  },
};
