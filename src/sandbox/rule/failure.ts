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
