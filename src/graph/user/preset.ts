import { pagesOf } from "../../affise/list/whole-list.js";
import type { Resolvers } from "../../generated/schema.js";
import type { Load } from "../../loaders.js";
import { connection } from "../column/connection.js";
import { hex } from "../mutation/write.js";
import { permissionList } from "./permission.js";

/** The list is the only read of presets. */
const allPresets = async (load: Load) => (await load.presets.load("all")) ?? [];

/** One preset out of the list of all; null where there is none with this id. */
export const presetOf = async (load: Load, id: string) => (await allPresets(load)).find((preset) => preset.id === id) ?? null;

export const Query = {
  preset: (_, { id }, { load }) => presetOf(load, hex(id, "id")),

  presets: (_, args, { load }) =>
    connection(
      args,
      pagesOf(() => allPresets(load)),
    ),
} satisfies Resolvers["Query"];

export const Preset = {
  permissions: ({ permissions }) => permissionList(permissions),
} satisfies Resolvers["Preset"];
