import type { OperationInfo } from "../../contract/operation.js";
import { denied, Failure, rejected } from "../rule/failure.js";
import type { Violation } from "./validation.js";

/** Operations that tell a failed validation as texts by field, as they do upstream; all others as one text. */
const byField: ReadonlySet<string> = new Set([
  "POST /3.0/admin/partner",
  "POST /3.0/admin/user",
  "POST /3.0/admin/offer",
  "POST /3.0/admin/advertiser",
  "POST /3.1/advertiser/registration",
]);

/** The refusal of names that an operation does not know, in the words of Affise's form binder. */
export const unknownFields = (names: readonly string[]): Failure =>
  rejected(`Method does not allow extra fields: ${names.map((name) => `'${name}'`).join(", ")}`);

/** The failure for input that breaks the contract. */
export const invalid = (info: OperationInfo, faults: readonly Violation[]): Failure => {
  const isForbidden = (name: string | undefined): boolean =>
    info.parameters.some((parameter) => parameter.name === name && parameter["x-refusal"] === 403);
  if (faults.some(({ field }) => isForbidden(field.split("[")[0]))) return denied();
  if (!byField.has(info.operation)) {
    return rejected(faults.map((fault) => `${fault.field || "The body"} ${fault.words}`).join("; "));
  }
  return new Failure(400, Object.fromEntries(faults.map((fault) => [fault.field, `${fault.field} ${fault.words}`])));
};
