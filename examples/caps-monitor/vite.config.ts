import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page and the endpoint share an origin this way, in development and in `vite preview`; in production a proxy does the same.
const target = new URL(process.env.AFFISE_GRAPHQL_URL ?? "http://127.0.0.1:4000/graphql").origin;
const proxy = { "/graphql": { target } };

// biome-ignore lint/style/noDefaultExport: Vite wants one
export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy } });
