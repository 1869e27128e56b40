/** A JSON object on its way out. */
export type Row = Record<string, unknown>;

/** Takes over those of the fields that a body has; what it leaves out stays. */
export const take = <T, K extends keyof T>(
  one: T,
  body: { readonly [P in K]?: T[P] | undefined },
  fields: readonly K[],
): void => {
  for (const field of fields) if (body[field] !== undefined) one[field] = body[field];
};
