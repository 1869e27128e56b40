// Peers are downloads of the bench, no dependencies: they are installed beside the system's temporary files, once.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dependencies = { dataloader: "2.2.3", fastify: "5.12.8", graphql: "16.15.0", mercurius: "16.10.1", undici: "7.30.2" };

/** The folder in which `mercurius.mjs` can be started. */
export const installPeers = () => {
  const folder = join(tmpdir(), "affise-graphql-peers");
  mkdirSync(folder, { recursive: true });
  for (const name of ["schema.mjs", "mercurius.mjs"]) {
    copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  if (existsSync(join(folder, "node_modules", "mercurius"))) return folder;
  const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit", shell: true });
  if (status !== 0) throw new Error(`The peers could not be installed in ${folder}.`);
  return folder;
};
