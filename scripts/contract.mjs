// contract/ → src/generated/affise.ts (types) and src/generated/contract.ts (the same contract as data).
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";

const root = new URL("../contract/openapi.yaml", import.meta.url);
const out = new URL("../src/generated/", import.meta.url);
await mkdir(out, { recursive: true });

const { bundle: bundled, problems } = await bundle({ ref: fileURLToPath(root), config: await createConfig({}) });
const broken = problems.filter((problem) => problem.severity === "error");
if (broken.length) throw new Error(broken.map((problem) => `contract: ${problem.message}`).join("\n"));
const text = JSON.stringify(bundled.parsed);
await writeFile(
  new URL("contract.ts", out),
  `// Built from contract/ by npm run codegen.\nexport const contractText = ${JSON.stringify(text)};\n`,
);

if (!process.argv.includes("--data-only")) {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const types = astToString(await openapiTS(root, { rootTypes: true, rootTypesNoSchemaPrefix: true }));
  await writeFile(new URL("affise.ts", out), `// Built from contract/ by npm run codegen.\n${types}`);
}
