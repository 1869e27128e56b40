import type { World } from "./world.js";

/** Lets the General manager see statistics by browser, which Affise denies to all managers of its kind until somebody allows it. */
export const allowBrowsers = async (world: World): Promise<void> => {
  const { data } = await world.ask("{ viewer { ... on User { id } } }");
  const input = {
    userId: (data.viewer as { id: string }).id,
    changes: [{ section: "stats", name: "slice-browser", level: "READ" }],
  };
  const change =
    "mutation ($input: SetUserPermissionsInput!) { setUserPermissions(input: $input) { outcome error { message } } }";
  const { data: changed } = await world.ask(change, { variables: { input } });
  const { outcome, error } = changed.setUserPermissions as { outcome: string; error: { message: string } | null };
  if (outcome !== "DONE") throw new Error(error?.message);
};
