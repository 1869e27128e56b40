const asText = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? Object.values(value).join("; ") : value;

/**
 * An answer that is an error: its HTTP status and its JSON body. The text stands under `error`, where Affise's PHP client
 * looks, and under `message`, where the reference has it.
 */
export class Failure extends Error {
  readonly body: Record<string, unknown>;

  constructor(
    readonly status: number,
    { message, error, ...rest }: Record<string, unknown>,
  ) {
    super(String(asText(message ?? error)));
    this.name = "Failure";
    this.body = { ...rest, message: message ?? error, error: error ?? asText(message) };
  }
}

export const unauthorized = (): Failure => new Failure(401, { status: 2, message: "Token is necessary" });

export const denied = (): Failure => new Failure(403, { status: 2, message: "Auth Denied" });

export const notFound = (): Failure => new Failure(404, { status: 2, message: "Resource Not Found" });

/** What was looked up; 404 where it is not there. */
export const orNotFound = <T>(row: T | undefined): T => {
  if (row === undefined) throw notFound();
  return row;
};

export const pageNotFound = (): Failure => new Failure(404, { status: 2, error: "Page Not Found" });

/** A refusal that travels in an answer of HTTP status 200, as Affise does with duplicates and wrong states. */
export const refused = (message: string): Failure => new Failure(200, { status: 2, message });

/** Input that the contract allows and the state of things does not. */
export const rejected = (message: string): Failure => new Failure(400, { status: 2, message });
