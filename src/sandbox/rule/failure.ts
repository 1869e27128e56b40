/**
 * An answer that is an error: its HTTP status and its JSON body. The text stands under `error`, where Affise's PHP client
 * looks, and under `message`, where the reference has it; there some operations have texts by field.
 */
export class Failure extends Error {
  readonly body: Record<string, unknown>;

  constructor(
    readonly status: number,
    message: string | Record<string, string>,
  ) {
    const text = typeof message === "string" ? message : Object.values(message).join("; ");
    super(text);
    this.name = "Failure";
    this.body = { status: 2, message, error: text };
  }
}

export const unauthorized = (): Failure => new Failure(401, "Token is necessary");

export const denied = (): Failure => new Failure(403, "Auth Denied");

export const notFound = (): Failure => new Failure(404, "Resource Not Found");

/** What was looked up; 404 where it is not there. */
export const orNotFound = <T>(row: T | undefined): T => {
  if (row === undefined) throw notFound();
  return row;
};

export const pageNotFound = (): Failure => new Failure(404, "Page Not Found");

/** A refusal that travels in an answer of HTTP status 200, as Affise does with duplicates and wrong states. */
export const refused = (message: string): Failure => new Failure(200, message);

/** Input that the contract allows and the state of things does not. */
export const rejected = (message: string): Failure => new Failure(400, message);
