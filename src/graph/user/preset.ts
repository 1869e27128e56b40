import { AffiseError } from "../../affise/error.js";
import type { Input } from "../../affise/operation.js";
import type { MutationResolvers, PresetResolvers, QueryResolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { connection, pagesOf } from "../column/connection.js";
import { hex } from "../mutation/write.js";
import { permissionChanges, permissionList } from "./permission.js";

type Tree = Input<"POST /3.1/presets">["body"]["permissions"];

/** The list is the only read of presets. */
const allPresets = async (load: Load) => (await load.presets.load("all")) ?? [];

const presetOf = async (load: Load, id: string) => (await allPresets(load)).find((preset) => preset.id === id) ?? null;

export const Query = {
  preset: (_, { id }, { load }) => presetOf(load, hex(id, "id")),

  presets: (_, args, { load }) =>
    connection(
      args,
      pagesOf(() => allPresets(load)),
    ),
} satisfies QueryResolvers;

export const Preset = {
  permissions: ({ permissions }) => permissionList(permissions),
} satisfies PresetResolvers;

export const Mutation = {
  createPreset: async (_, { input: { name, role, permissions } }, { call }) => {
    const tree = permissionChanges(permissions, "input.permissions")({}) as Tree;
    const { preset } = await call("POST /3.1/presets", { body: { name, type: role, permissions: tree } });
    return { preset };
  },

  updatePreset: async (_, { input: { id, name, permissions } }, { call, load }) => {
    const path = { preset_id: hex(id, "input.id") };
    const changed = permissionChanges(permissions ?? [], "input.permissions");
    const present = await presetOf(load, path.preset_id);
    if (!present) throw new AffiseError("NOT_FOUND", `There is no preset ${id}.`, { arguments: ["input.id"] });
    const tree = changed(present.permissions) as Tree;
    const { preset } = await call("POST /3.1/presets/{preset_id}", {
      path,
      body: { name: name ?? undefined, permissions: tree },
    });
    return { preset };
  },

  deletePreset: async (_, { input: { id } }, { call }) => {
    await call("DELETE /3.1/presets/{preset_id}", { path: { preset_id: hex(id, "input.id") } });
    return { deletedPresetId: id };
  },
} satisfies MutationResolvers;
