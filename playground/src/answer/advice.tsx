import { useOperationsEditorState, useVariablesEditorState } from "@graphiql/react";
import { ErrorDocs } from "../docs-links.js";
import { type OddCharacter, oddInQuery, oddInVariables } from "../editor/odd-character.js";
import { Isolated } from "../isolated-text.js";
import type { Hint } from "./hint.js";

const Mend = ({ odd: { mended }, where, put }: { odd: OddCharacter; where: string; put(text: string): void }) =>
  mended === undefined ? null : (
    <button type="button" className="link-button" onClick={() => put(mended)}>
      Mend it in the {where}
    </button>
  );

/** What is wrong with an answer and what to do about it; where a character of the text is why, the way to mend that. */
export const Advice = ({ hint }: { hint: Hint }) => {
  const [query, setQuery] = useOperationsEditorState();
  const [variables, setVariables] = useVariablesEditorState();
  const inQuery = hint.code === "GRAPHQL_PARSE_FAILED" ? oddInQuery(query) : undefined;
  const inVariables = /Variables are invalid JSON/.test(hint.title) ? oddInVariables(variables) : undefined;
  const odd = inQuery ?? inVariables;
  return (
    <div className="hint" role="alert">
      <strong>
        <Isolated text={odd?.said ?? hint.title} />
      </strong>
      <span>{hint.advice}</span>
      {inQuery && <Mend odd={inQuery} where="query" put={setQuery} />}
      {inVariables && <Mend odd={inVariables} where="variables" put={setVariables} />}
      <ErrorDocs code={hint.code} />
    </div>
  );
};
