import type { Affiliate } from "../model/affiliate.js";
import { spaced } from "../model/clock.js";
import { goalTitles } from "../model/goal.js";
import type { Offer } from "../model/offer.js";
import { omit, pick, type Row } from "../model/row.js";
import type { State } from "../model/state.js";
import type { Ticket } from "../model/ticket.js";
import { affiliateRow } from "./affiliate.js";
import { affiliateOffer } from "./offer.js";

const partnerOf = (state: State, affiliate: Affiliate): Row => {
  const [row = {}] = affiliateRow(state, [affiliate]);
  return {
    ...omit(row, "lang"),
    // Here an affiliate without money shows an empty map, where other reads print an empty list.
    balance: Array.isArray(row.balance) ? {} : row.balance,
    name: affiliate.name ?? "",
    level: affiliate.level ?? 0,
    ref_percent: affiliate.ref_percent || null,
  };
};

/** The offer inside a ticket: the affiliate's view and, beside it, settings that only the single offer has elsewhere. */
const offerOf = (state: State, offer: Offer, affiliate: Affiliate): Row => {
  const row = affiliateOffer(state, offer, affiliate);
  const { columns, detail } = offer;
  return {
    ...row,
    cross_postback_url: columns.cross_postback_url ?? "",
    preview_url: row.preview_url ?? "",
    logo: row.logo ?? "",
    logo_source: row.logo_source ?? "",
    macro_url: row.macro_url ?? "",
    description: row.description ?? "",
    cr: Number(row.cr ?? 0),
    epc: Number(row.epc ?? 0),
    send_emails: false,
    goals: Object.fromEntries(offer.payments.map(({ goal }) => [goal, goalTitles[Number(goal) - 1] ?? "Goal"])),
    countries: offer.countries.map((code) => code.toLowerCase()),
    stop_at: row.stop_at || null,
    caps_timezone: offer.caps_timezone ?? "UTC",
    hide_caps: Number(detail.hide_caps ?? 0),
    strictly_country: null,
    strictly_os: null,
    strictly_brands: null,
    strictly_isp: [],
    restriction_isp: null,
    search_empty_sub: null,
    click_session: detail.click_session ?? "1y",
    minimal_click_session: detail.minimal_click_session ?? "0s",
    disabled_choice_postback_status: detail.disabled_choice_postback_status,
    schedule: detail.schedule ?? { enabled: false, date_start: "", date_to: "", timezone: offer.caps_timezone ?? "UTC" },
    io_document: detail.io_document ?? null,
    reject_not_unique_ip: Boolean(detail.reject_not_uniq_ip),
  };
};

/** A ticket in the list and alone: one that was never updated shows the dawn of time in the list and null alone. */
export const ticketRow = (state: State, ticket: Ticket, isDetail: boolean): Row => {
  const affiliate = state.affiliates.get(ticket.affiliate);
  const offer = ticket.offer === null ? undefined : state.offers.get(ticket.offer);
  return {
    id: String(ticket.id),
    ...pick(ticket, "status", "type", "title", "description"),
    created: spaced(ticket.created),
    updated: ticket.updated === null ? (isDetail ? null : "1970-01-01 03:00:00") : spaced(ticket.updated),
    attachments: ticket.attachments,
    comments: { answers: 0, unread: 0 },
    partner: affiliate && partnerOf(state, affiliate),
    offer: offer && affiliate && offerOf(state, offer, affiliate),
  };
};
