import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Tenant } from "./affise/transport/tenant.js";
import type { SavedDocument } from "./documents/trusted.js";

/** What the playground says of this server beside the names of its networks. */
export interface Playground {
  sandbox: boolean;
  sampleKeys: readonly { key: string; role: string; about: string }[];
  version?: string;
  /** True where this server refuses every change: the page says so before anybody tries. */
  readOnly?: boolean;
  /** True where `X-Affise-Dry-Run` is understood. The page sends no dry run without it: a server that knows none would carry it out. */
  dryRun?: boolean;
  /** True where `X-Affise-Cost: plan` is understood; a server that knows it not would run what is only asked about. */
  costPlan?: boolean;
  /** The documents that this server runs where it runs no others. */
  documents?: readonly SavedDocument[];
}

/** Built beside the server; run from its sources, the server finds it in dist/. Looked for when it is to be served: it may be built by then. */
const builtPage = (): string | undefined =>
  ["./playground/", "../dist/playground/"]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));

/** Scripts, workers and requests of our own origin and nothing else. Monaco draws by style elements, and may wrap its workers in blobs. */
const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", "data:"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", "blob:"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
  scriptSrcAttr: ["'none'"],
  // The page is served over plain HTTP too, on a developer's machine.
  upgradeInsecureRequests: null,
};

/** The docs are plain pages: they need no style but their files, and ask for nothing but the index of their search. */
const docsPolicy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** A network's API URL as it may be shown: without a name and password that somebody may have put into it. */
const apiOf = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, "")}`;
};

/** Serves the playground with the headers that a page needs and an API does not. */
export const servePage = async (http: FastifyInstance, tenants: readonly Tenant[], about: Playground): Promise<void> => {
  await http.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives },
      referrerPolicy: { policy: "no-referrer" },
      // TLS is the proxy's, and so is the word on whether a host will always have it: this one would bind the company's other hosts too.
      strictTransportSecurity: false,
    });
    const networks = tenants.map(({ name, url }) => ({ name, api: apiOf(url) }));
    const root = builtPage();
    const hasDocs = root !== undefined && existsSync(join(root, "docs"));
    scope.get("/playground.json", () => ({ networks, dryRun: true, costPlan: true, docs: hasDocs, ...about }));
    // Relative, as every address of the page: a proxy may serve it under any path.
    if (hasDocs) {
      scope.get("/docs", (_, reply) => reply.redirect("docs/", 302));
      scope.get("/docs/reference", (_, reply) => reply.redirect("reference/", 302));
    }
    if (root)
      await scope.register(fastifyStatic, {
        root,
        preCompressed: true,
        cacheControl: false,
        // What has its hash in its name never changes.
        setHeaders: (reply, path) => {
          const place = relative(root, path).replaceAll(sep, "/");
          const isHashed = place.startsWith("assets/");
          if (place.startsWith("docs/")) reply.setHeader("content-security-policy", docsPolicy);
          reply.setHeader("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
          reply.setHeader("vary", "Accept-Encoding");
        },
      });
  });
};
