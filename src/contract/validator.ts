import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats, { type FormatName } from "ajv-formats";
import { contract, type Schema } from "./schema.js";

/** A validator that knows the contract's components; client and sandbox open one each, with what each wants of types and defaults. */
export const openValidator = (options: Options, formats?: FormatName[]): Ajv2020 => {
  // The contract itself is looked at by its own tests; here it is taken as good.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false, ...options });
  addFormats.default(ajv, formats);
  ajv.addSchema({ $id: "contract", components: contract.components });
  return ajv;
};

/** A schema of the contract to stand by itself: its references point into the registered components. */
export const anchored = (schema: unknown): Schema =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "$ref" && typeof value === "string" && value.startsWith("#") ? `contract${value}` : value,
  ) as Schema;
