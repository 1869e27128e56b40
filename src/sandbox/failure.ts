import type { OperationFacts } from "./contract.js";
import type { Fault } from "./validation.js";

/** An answer that is an error: its HTTP status and its JSON body. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {
    super(JSON.stringify(body));
    this.name = "Failure";
  }
}

export const unauthorized = (): Failure => new Failure(401, { status: 2, message: "Token is necessary" });
export const denied = (): Failure => new Failure(403, { status: 2, message: "Auth Denied" });
export const notFound = (): Failure => new Failure(404, { status: 2, message: "Resource Not Found" });
export const pageNotFound = (): Failure => new Failure(404, { status: 2, error: "Page Not Found" });

/** A refusal that travels in an answer of HTTP status 200, as Affise does with duplicates and wrong states. */
export const refused = (message: string): Failure => new Failure(200, { status: 2, message });

/** Input that the contract allows and the state of things does not. */
export const rejected = (message: string): Failure => new Failure(400, { status: 2, message });

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

/** The failure for input that breaks the contract. */
export const invalid = (facts: OperationFacts, faults: readonly Fault[]): Failure => {
  const place = placeOfText[facts.operation] ?? placeOfText[facts.noun];
  const text = faults.map((fault) => `${fault.field || "The body"} ${fault.words}`).join("; ");
  if (place === "error") return new Failure(400, { status: 2, error: text });
  if (place === "fields") {
    const message = Object.fromEntries(faults.map((fault) => [fault.field, `${fault.field} ${fault.words}`]));
    return new Failure(400, { status: 2, message });
  }
  return new Failure(400, { status: 2, message: text });
};
