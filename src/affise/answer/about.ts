import { isObject } from "../../contract/json.js";
import type { OperationInfo } from "../../contract/operation.js";

const kinds = [/^[1-9]\d{0,14}$/, /^[0-9a-f]{24}$/];

/** The id of a row, in whichever form Affise prints it. */
const idIn = (row: Readonly<Record<string, unknown>>): string => {
  const id = row.id ?? row._id;
  return String(isObject(id) ? id.$id : id).toLowerCase();
};

/**
 * What a write was asked about and what its answer is about, where the answer has a row of another id. An id of another kind says nothing:
 * some things have two.
 */
export const otherThing = (
  { parameters }: OperationInfo,
  path: Readonly<Record<string, unknown>>,
  answer: unknown,
): { asked: string; told: string } | undefined => {
  const [parameter, another] = parameters.filter((one) => one.in === "path");
  if (!parameter || another || !isObject(answer)) return undefined;
  const asked = String(path[parameter.name]).toLowerCase();
  const kind = kinds.find((one) => one.test(asked));
  const told = Object.values(answer)
    .filter((row) => isObject(row) && !Array.isArray(row))
    .map((row) => idIn(row as Record<string, unknown>))
    .find((id) => kind?.test(id) && id !== asked);
  return told === undefined ? undefined : { asked, told };
};
