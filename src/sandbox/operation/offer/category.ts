import type { Category } from "../../model/category.js";
import { objectId } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import { nextNumber, type State } from "../../model/state.js";
import { orNotFound, refused } from "../../rule/failure.js";
import { among, listed, pageWithNext, sorted } from "../../rule/paging.js";

const refuseTakenTitle = (state: State, title: string, own?: Category): void => {
  const taken = [...state.categories.values()].some((one) => one !== own && one.title.toLowerCase() === title.toLowerCase());
  if (taken) throw refused("Category with this title already exists");
};

export const category: Routes = {
  "GET /3.0/offer/categories": ({ state, query }) => {
    const found = [...state.categories.values()].filter((one) => among(query.ids, one.id));
    const ordered = sorted(found, (one) => one[query.order ?? "id"], query.orderType ?? "asc");
    return listed("categories", pageWithNext(ordered, { limit: 99999, ...query }));
  },
  "POST /3.0/admin/category": ({ state, body }) => {
    refuseTakenTitle(state, body.title);
    const category: Category = { id: objectId("category", nextNumber(state, "category")), title: body.title };
    state.categories.set(category.id, category);
    return { status: 1, category };
  },
  "POST /3.0/admin/category/{id}": ({ state, path, body }) => {
    const category = orNotFound(state.categories.get(path.id));
    refuseTakenTitle(state, body.title, category);
    category.title = body.title;
    return { status: 1, category };
  },
};
