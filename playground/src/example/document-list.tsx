import { useId } from "react";
import type { SavedDocument } from "../house.js";
import { useStore } from "../store.js";
import { openSheet, workbench } from "../workbench.js";
import { isMutation } from "./example.js";

/** The documents of a server that runs no others, to choose from instead of examples. */
export const DocumentList = ({ documents }: { documents: readonly SavedDocument[] }) => {
  const id = useId();
  const { editor } = useStore(workbench);
  return (
    <section className="examples" aria-labelledby={id}>
      <div className="examples-head">
        <h2 id={id}>Saved documents</h2>
        <p className="faint">
          This server runs these documents and no others, each to the letter; their variables are yours to choose. Its operator
          adds documents to its manifest (TRUSTED_DOCUMENTS).
        </p>
      </div>
      {documents.length === 0 && <p>There is none that this page may run: all of them are kept for named clients.</p>}
      <ul>
        {documents.map(({ name, query }) => (
          <li key={query}>
            <button type="button" className="example" disabled={!editor} onClick={() => openSheet({ query, variables: "" })}>
              <span className="example-title">
                <span>{name}</span>
                {isMutation({ query }) && <span className="changes">changes data</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
