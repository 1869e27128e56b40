import type { SandboxOptions } from "../../src/sandbox/index.js";
import type { ServerOptions } from "../../src/server.js";
import { openProxy, type Proxy } from "./proxy.js";
import { openWorld, type World } from "./world.js";

/** A world whose server asks the sandbox by way of a proxy, which can change what is asked and answered. Close the world after use. */
export const openProxied = async (
  options: SandboxOptions,
  server: Partial<ServerOptions> = {},
): Promise<{ world: World; proxy: Proxy }> => {
  const proxy = await openProxy();
  const world = await openWorld(options, { tenants: [{ name: "sandbox", url: proxy.url }], ...server });
  proxy.upstream = world.upstream;
  const close = async () => {
    await world.close();
    await proxy.close();
  };
  return { world: { ...world, close }, proxy };
};
