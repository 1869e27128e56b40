import type { PermissionRow } from "../../../src/doctor/permission-word.js";
import { type Answer, ask } from "../ask.js";
import { houseRead, mayRun } from "../house.js";
import { createStore } from "../store.js";
import { keyFor, networkNow } from "./session.js";

type ViewerKind = "User" | "Affiliate" | "Advertiser";

/** Whoever the key belongs to. */
export interface Viewer {
  kind: ViewerKind;
  id: string;
  name: string | null;
  email: string | null;
  role: string | null;
  status: string | null;
  permissions: PermissionRow[];
}

export type Standing =
  | { state: "nobody" }
  | { state: "asking" }
  /** The server runs saved documents only, and the page's question is none of them. */
  | { state: "unasked" }
  | { state: "known"; viewer: Viewer }
  | { state: "refused"; code: string; message: string; before?: Viewer };

export const standing = createStore<{ now: Standing }>({ now: { state: "nobody" } });

/** Somebody as people call them. */
export const nameOf = ({ name, email, id }: Viewer): string => name ?? email ?? id;

const viewerQuery = `query PlaygroundViewer {
  viewer {
    __typename
    ... on User { id name email role permissions { section name level hasExceptions } }
    ... on Affiliate { id companyName affiliateName: name email status }
    ... on Advertiser { id companyName email }
  }
}`;

interface ViewerRow {
  __typename: ViewerKind;
  id: string;
  email?: string | null;
  name?: string | null;
  companyName?: string | null;
  affiliateName?: string | null;
  role?: string | null;
  status?: string | null;
  permissions?: PermissionRow[] | null;
}

const readViewer = (row: ViewerRow): Viewer => ({
  kind: row.__typename,
  id: row.id,
  name: row.name || row.companyName || row.affiliateName || null,
  email: row.email ?? null,
  role: row.role ?? null,
  status: row.status ?? null,
  permissions: row.permissions ?? [],
});

const readAnswer = ({ result }: Answer): Standing => {
  const row = (result.data as { viewer?: ViewerRow | null } | null | undefined)?.viewer;
  if (row) return { state: "known", viewer: readViewer(row) };
  const fault = result.errors?.[0];
  return {
    state: "refused",
    code: fault?.extensions?.code ?? "UNKNOWN",
    message: fault?.message ?? "The server gave no reason.",
  };
};

let asked = 0;

const lookWho = async (mine: number): Promise<void> => {
  const before = standing.get().now;
  const now = await ask({ query: viewerQuery }).then(
    readAnswer,
    (error: Error): Standing => ({ state: "refused", code: "UPSTREAM_UNREACHABLE", message: error.message }),
  );
  if (mine !== asked) return;
  standing.set({ now: now.state === "refused" && before.state === "known" ? { ...now, before: before.viewer } : now });
};

/** Finds out who the session's key belongs to. The last one asked for wins. */
export const askViewer = async (): Promise<void> => {
  const mine = ++asked;
  if (!keyFor(networkNow())) return standing.set({ now: { state: "nobody" } });
  await houseRead;
  if (!mayRun(viewerQuery)) return standing.set({ now: { state: "unasked" } });
  standing.set({ now: { state: "asking" } });
  await lookWho(mine);
};

/** Looks again whose the key is where an answer does not go with what is known of it: it was let go meanwhile, or is taken again. */
export const lookAgainAfter = ({ asked: { key, network }, result }: Answer): void => {
  const { now } = standing.get();
  const place = networkNow();
  if (!key || key !== keyFor(place) || network?.api !== place?.api) return;
  const isUnknown = result.errors?.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED") ?? false;
  if (now.state === "known" ? isUnknown : now.state === "refused" && !isUnknown && result.data) void lookWho(++asked);
};
