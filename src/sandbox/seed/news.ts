import { day } from "../model/clock.js";
import type { NewsItem } from "../model/news.js";
import { createRandom, objectId } from "../model/random.js";

const titles = "New verticals,Payout calendar,Holiday caps,Tracking domain change,Top offers of the week,Policy update".split(
  ",",
);

/** News, the newest first; the first two are pinned. */
export const seedNews = (now: number): NewsItem[] => {
  const random = createRandom("news");
  return Array.from({ length: 24 }, (_, index) => {
    const title = `${titles[index % titles.length]} #${24 - index}`;
    const created = now - index * 5 * day - random.int(0, 80_000) * 1000;
    const text = `<p>${title}. Ask your manager for the details.</p>`;
    return { id: objectId("news", index + 1), title, summary: `${title}.`, text, isFixed: index < 2, created };
  });
};
