import { objectId } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import type { Source } from "../../model/source.js";
import { nextNumber, type State } from "../../model/state.js";
import { orNotFound } from "../../rule/failure.js";

const existing = (state: State, id: string): Source => orNotFound(state.sources.get(id));

const written = ({ id, title, title_lang }: Source): Record<string, unknown> => ({ id, title, title_lang });

export const source: Routes = {
  "GET /3.0/admin/offer/sources": ({ state }) => ({ status: 1, sources: [...state.sources.values()] }),
  "POST /3.0/admin/offer/source": ({ state, body }) => {
    const title_lang = { ...body.title_lang };
    const id = objectId("source", nextNumber(state, "source"));
    const source: Source = { id, title: title_lang.en, title_lang, allowed: 0 };
    state.sources.set(id, source);
    return { status: 1, source: written(source) };
  },
  "POST /3.0/admin/offer/source/{id}": ({ state, path, body }) => {
    const source = existing(state, path.id);
    source.title_lang = { ...source.title_lang, ...body.title_lang };
    source.title = body.title_lang.en;
    return { status: 1, source: written(source) };
  },
  "DELETE /3.0/admin/offer/source/{id}": ({ state, path }) => {
    const source = existing(state, path.id);
    state.sources.delete(source.id);
    for (const offer of state.offers.values()) offer.sources = offer.sources.filter((one) => one.id !== source.id);
    return { status: 1, source: written(source) };
  },
};
