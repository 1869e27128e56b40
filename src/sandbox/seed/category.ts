import type { Category } from "../model/category.js";
import { objectId } from "../model/random.js";
import type { Source } from "../model/source.js";
import { categoryTitles, sourceTitles } from "./brand.js";

/** Offer categories; past the known titles they are numbered. */
export const seedCategories = (count: number): Category[] =>
  Array.from({ length: count }, (_, index) => ({
    id: objectId("category", index + 1),
    title:
      categoryTitles[index] ??
      `${categoryTitles[index % categoryTitles.length]} ${Math.floor(index / categoryTitles.length) + 1}`,
  }));

/** Traffic sources; some languages are an empty text. */
export const seedSources = (): Source[] =>
  sourceTitles.map(([en, ru], index) => ({
    id: objectId("source", index + 1),
    title: en,
    title_lang: { en, ru, es: "" },
    allowed: index === 5 ? 1 : 0,
  }));
