import { day } from "../model/clock.js";
import { createRandom, objectId } from "../model/random.js";
import type { Smartlink } from "../model/smartlink.js";

const names = ["Mainstream", "Dating", "Games iOS", "Games Android", "Finance", "Nutra", "Sweepstakes", "VIP only"];

/** SmartLink categories; the last is private. */
export const seedSmartlinks = (affiliates: number, now: number): Smartlink[] => {
  const random = createRandom("smartlinks");
  return names.map((name, index) => {
    const created = now - random.int(90, 500) * day;
    return {
      id: objectId("smartlink", index + 1),
      name,
      domain: "smart.sandbox.example",
      description: index % 2 ? `Best converting ${name.toLowerCase()} offers` : null,
      use_https: true,
      privacy_level: index === 7 ? "private" : index === 4 ? "premoderated" : "public",
      excluded_affiliates: [],
      included_affiliates: index === 7 ? [1, 2, 3].filter((id) => id <= affiliates) : [],
      created_at: created,
      updated_at: created + random.int(1, 80) * day,
    };
  });
};
