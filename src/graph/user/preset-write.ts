import { withFieldNames } from "../../affise/error/caller-words.js";
import { InputError } from "../../affise/error/error.js";
import type { Input } from "../../contract/operation.js";
import type { Resolvers } from "../../generated/schema.js";
import { deleting } from "../mutation/single.js";
import { hex, present } from "../mutation/write.js";
import { permissionChanges } from "./permission.js";
import { presetOf } from "./preset.js";
import { givenRole } from "./user.js";

type Tree = Input<"POST /3.1/presets">["body"]["permissions"];

export const Mutation = {
  createPreset: async (_, { input: { name, role, permissions } }, { call }) => {
    const tree = permissionChanges(permissions, "input.permissions")({}) as Tree;
    const { preset } = await call("POST /3.1/presets", {
      body: withFieldNames({ name, type: givenRole(role, "input.role"), permissions: tree }, { type: "input.role" }),
    });
    return { preset };
  },

  updatePreset: async (_, { input: { id, name, permissions } }, { call, load }) => {
    const path = { preset_id: hex(id, "input.id") };
    const changed = permissionChanges(permissions ?? [], "input.permissions");
    const known = await presetOf(load, path.preset_id);
    if (!known) throw new InputError("NOT_FOUND", `There is no preset ${id}.`, { arguments: ["input.id"] });
    const tree = present(known, "permissions", changed) as Tree;
    const { preset } = await call("POST /3.1/presets/{preset_id}", {
      path,
      body: { name: name, permissions: tree },
    });
    return { preset };
  },

  deletePreset: deleting(hex, (call, { id }) => call("DELETE /3.1/presets/{preset_id}", { path: { preset_id: id } })),
} satisfies Resolvers["Mutation"];
