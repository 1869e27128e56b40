import type { DeviceType } from "../../generated/schema.js";
import { text } from "./decode.js";

const kinds: Readonly<Record<string, DeviceType>> = {
  ...{ mediahub: "mediahub", mobile: "mobile", ereader: "ereader", console: "console" },
  ...{ tv: "tv", tablet: "tablet", desktop: "desktop", smartwatch: "smartwatch" },
};

/** The kind of a device that traffic came from. Affise promises no list of what it prints there: a word outside of it is OTHER. */
export const deviceTypeIn = (value: unknown): never => {
  const word = text(value)?.toLowerCase();
  return (word ? (kinds[word] ?? "Other") : null) as never;
};
