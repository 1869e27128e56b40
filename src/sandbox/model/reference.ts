import type { RowOf } from "./row.js";

export type PaymentSystem = RowOf<"PaymentSystem">;

export type CustomField = RowOf<"CustomField", { field_values: Record<string, string> | null }>;

const account = { id: 1, lang_label: "Account", required: true };

export const paymentSystems: readonly PaymentSystem[] = [
  { id: 1, lang_label: "PayPath", fields: [account], currency: "USD" },
  {
    id: 2,
    lang_label: "Wire Transfer",
    fields: [account, { id: 2, lang_label: "Bank name", required: true }, { id: 3, lang_label: "SWIFT", required: false }],
    currency: null,
  },
  { id: 3, lang_label: "Coinrail", fields: [{ id: 1, lang_label: "Wallet", required: true }], currency: "EUR" },
  { id: 4, lang_label: "Cardline", fields: [{ id: 1, lang_label: "Card number", required: true }], currency: "USD" },
];

export const customFields: readonly CustomField[] = [
  { id: 1, name: "Messenger", required: false, field_type: "text", field_values: null },
  {
    id: 2,
    name: "Main traffic source",
    required: false,
    field_type: "select",
    field_values: { "1": "Social", "2": "Search", "3": "Push" },
  },
  { id: 3, name: "I accept the terms", required: false, field_type: "checkbox", field_values: { "1": "Yes" } },
];

/** What was filled into a custom field, as people read it: names of options instead of their numbers. */
export const optionNames = (fieldId: number, value: string | readonly string[]): string | string[] => {
  const names = customFields.find(({ id }) => id === fieldId)?.field_values;
  const named = (one: string) => names?.[one] ?? one;
  return typeof value === "string" ? named(value) : value.map(named);
};

export const osNames: readonly string[] =
  "Android,iOS,iPadOS,macOS,Windows,webOS,Linux,Tizen,Firefox OS,3DS System Software".split(",");

/** Versions, in no numeric order, as upstream. */
export const osVersions: Readonly<Record<string, readonly string[]>> = {
  Android: ["11", "12", "13", "14", "9.0", "10"],
  iOS: ["17.5", "16.7", "18.1", "15.0"],
  iPadOS: ["17.5", "16.7"],
  macOS: ["11.0", "10.12", "10.13", "13.6", "14.5"],
  Windows: ["10", "11", "7", "8.1"],
  webOS: ["6", "5"],
  "Firefox OS": ["2.5", "1.3"],
};

export const browsers: readonly string[] = ["Chrome", "Safari", "Firefox", "Edge", "Opera", "Samsung Browser", "LG Browser"];

export const vendors: readonly string[] = ["Kando", "Mirela", "Orbi", "Tuvo", "Vela"];
