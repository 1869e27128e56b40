import { iso } from "../../model/clock.js";
import { defaultPermissions, mergePermissions } from "../../model/permission.js";
import type { Preset } from "../../model/preset.js";
import { objectId } from "../../model/random.js";
import type { Routes } from "../../model/route.js";
import { type Row, withTimes } from "../../model/row.js";
import { nextNumber, type State } from "../../model/state.js";
import { orNotFound } from "../../rule/failure.js";
import { page } from "../../rule/paging.js";

const row = (one: Preset): Row => withTimes(one, iso);

const existing = (state: State, id: string): Preset => orNotFound(state.presets.get(id));

export const preset: Routes = {
  "GET /3.1/presets": ({ state, query }) => ({
    status: 1,
    presets: page([...state.presets.values()], { limit: 50, ...query }).rows.map(row),
  }),
  "POST /3.1/presets": ({ state, body }) => {
    const now = state.now();
    const permissions = mergePermissions(defaultPermissions(body.type ?? "common_manager"), body.permissions as Row);
    const id = objectId("preset", nextNumber(state, "preset"));
    const made: Preset = { id, name: body.name, permissions, created_at: now, updated_at: now };
    state.presets.set(id, made);
    return { status: 1, preset: row(made) };
  },
  "POST /3.1/presets/{preset_id}": ({ state, path, body }) => {
    const found = existing(state, path.preset_id);
    found.name = body.name ?? found.name;
    found.permissions = mergePermissions(found.permissions, body.permissions as Row);
    found.updated_at = state.now();
    return { status: 1, preset: row(found) };
  },
  "DELETE /3.1/presets/{preset_id}": ({ state, path }) => {
    state.presets.delete(existing(state, path.preset_id).id);
    return { status: 1 };
  },
};
