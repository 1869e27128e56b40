import type { OperationInfo } from "../../contract/operation.js";
import { denied, Failure } from "../rule/failure.js";
import type { Violation } from "./validation.js";

/**
 * Where the text of a failed validation stands. Most areas use `message`; those named here differ, as they do upstream:
 * `error` has the text under that name, `fields` has an object of texts by field under `message`.
 */
const placeOfText: Record<string, "error" | "fields"> = {
  conversion: "error",
  payment: "error",
  "POST /3.0/admin/partner": "fields",
  "POST /3.0/admin/user": "fields",
  "POST /3.0/admin/offer": "fields",
  "POST /3.0/admin/advertiser": "fields",
  "POST /3.1/advertiser/registration": "fields",
};

/** The refusal of names that an operation does not know, in the words of Affise's form binder. */
export const unknownFields = (names: readonly string[]): Failure => {
  const text = `Method does not allow extra fields: ${names.map((name) => `'${name}'`).join(", ")}`;
  return new Failure(400, { status: 2, error: text });
};

/** The failure for input that breaks the contract. */
export const invalid = (info: OperationInfo, faults: readonly Violation[]): Failure => {
  const isForbidden = (name: string | undefined): boolean =>
    info.parameters.some((parameter) => parameter.name === name && parameter["x-refusal"] === 403);
  if (faults.some(({ field }) => isForbidden(field.split("[")[0]))) return denied();
  const place = placeOfText[info.operation] ?? placeOfText[info.tag];
  const text = faults.map((fault) => `${fault.field || "The body"} ${fault.words}`).join("; ");
  if (place === "error") return new Failure(400, { status: 2, error: text });
  if (place === "fields") {
    const message = Object.fromEntries(faults.map((fault) => [fault.field, `${fault.field} ${fault.words}`]));
    return new Failure(400, { status: 2, message });
  }
  return new Failure(400, { status: 2, message: text });
};
