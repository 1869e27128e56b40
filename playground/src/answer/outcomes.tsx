import { Isolated } from "../isolated-text.js";
import { isJsonObject } from "../json-object.js";

/** How one item of a mutation fared, in the words that every mutation answers in. */
type Outcome = "DONE" | "NOT_SENT" | "REFUSED" | "UNKNOWN";

export interface Item {
  mutation: string;
  id: string;
  outcome: Outcome;
  message: string | undefined;
}

const words: Record<Outcome, { title: string; about: string }> = {
  DONE: { title: "done", about: "Carried out." },
  REFUSED: { title: "refused", about: "Affise refused it; nothing was changed." },
  NOT_SENT: { title: "not sent", about: "Never left this server; nothing was changed." },
  UNKNOWN: { title: "unknown", about: "May have been carried out. Look at it before you repeat it." },
};

/** What a result is about: the id that was given (`offerId`, `deletedId`), else that of the thing beside it, a promocode's code, a place in the input. */
const idOf = ({ error: _, ...row }: Record<string, unknown>): unknown => {
  const own = Object.keys(row).find((name) => /^id$|Id$/.test(name) && row[name] != null);
  return (own && row[own]) ?? Object.values(row).find(isJsonObject)?.id ?? row.code ?? row.index ?? "";
};

const itemOf = (mutation: string, row: Record<string, unknown>): Item[] => {
  const outcome = Object.keys(words).find((one) => one === row.outcome) as Outcome | undefined;
  if (!outcome) return [];
  const message = isJsonObject(row.error) && typeof row.error.message === "string" ? row.error.message : undefined;
  return [{ mutation, id: String(idOf(row)), outcome, message }];
};

/** Every item below a mutation's answer that says how it fared. */
export const outcomesIn = (data: unknown): Item[] => {
  const walk = (mutation: string, value: unknown): Item[] => {
    if (Array.isArray(value)) return value.flatMap((one) => walk(mutation, one));
    if (!isJsonObject(value)) return [];
    const own = itemOf(mutation, value);
    return own.length ? own : Object.values(value).flatMap((one) => walk(mutation, one));
  };
  return isJsonObject(data) ? Object.entries(data).flatMap(([mutation, value]) => walk(mutation, value)) : [];
};

/** What became of each item of a mutation: first those of which nobody knows, then what failed. */
export const Outcomes = ({ items }: { items: readonly Item[] }) => {
  const groups = (["UNKNOWN", "REFUSED", "NOT_SENT", "DONE"] as const).flatMap((outcome) => {
    const found = items.filter((item) => item.outcome === outcome);
    return found.length ? [{ outcome, found }] : [];
  });
  return (
    <section className="outcomes" aria-label="What became of each item">
      {groups.map(({ outcome, found }) => (
        <details key={outcome} className={`outcome ${outcome.toLowerCase()}`} open={outcome !== "DONE"}>
          <summary>
            <strong>
              {found.length} {words[outcome].title}
            </strong>{" "}
            {words[outcome].about}
          </summary>
          <ul>
            {found.map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same item may come twice
              <li key={index}>
                <Isolated className="mono" text={item.id || item.mutation} /> <Isolated text={item.message} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
};
