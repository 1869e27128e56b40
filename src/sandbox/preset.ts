import { iso } from "./clock.js";
import { notFound } from "./failure.js";
import type { Row } from "./offer.js";
import { page } from "./paging.js";
import { defaultPermissions, mergePermissions, type PermissionTree, type UserType } from "./permission.js";
import { objectId } from "./random.js";
import type { Routes } from "./route.js";
import { nextNumber, type State } from "./state.js";

/** A permission tree to give to users. */
export interface Preset {
  id: string;
  name: string;
  type: UserType;
  permissions: PermissionTree;
  created: number;
  updated: number;
}

const row = ({ id, name, permissions, created, updated }: Preset): Row => ({
  ...{ id, name, permissions, created_at: iso(created), updated_at: iso(updated) },
});

const existing = (state: State, id: string): Preset => {
  const preset = state.presets.get(id);
  if (!preset) throw notFound();
  return preset;
};

export const preset: Routes = {
  "GET /3.1/presets": ({ state, query }) => ({
    status: 1,
    presets: page([...state.presets.values()], { page: query.page ?? 1, limit: query.limit ?? 50 }).rows.map(row),
  }),
  "POST /3.1/presets": ({ state, body }) => {
    const now = state.now().getTime();
    const permissions = mergePermissions(defaultPermissions(body.type), body.permissions as Row);
    const id = objectId("preset", nextNumber(state, "preset"));
    const made: Preset = { id, name: body.name, type: body.type, permissions, created: now, updated: now };
    state.presets.set(id, made);
    return { status: 1, preset: row(made) };
  },
  "POST /3.1/presets/{preset_id}": ({ state, path, body }) => {
    const found = existing(state, path.preset_id);
    found.name = body.name ?? found.name;
    found.permissions = mergePermissions(found.permissions, body.permissions as Row);
    found.updated = state.now().getTime();
    return { status: 1, preset: row(found) };
  },
  "DELETE /3.1/presets/{preset_id}": ({ state, path }) => {
    state.presets.delete(existing(state, path.preset_id).id);
    return { status: 1 };
  },
};
