import { useGraphiQL, useGraphiQLActions, useOperationsEditorState, useVariablesEditorState } from "@graphiql/react";
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from "graphql";
import { applyEdits, modify, type ParseError, parse as parseJson } from "jsonc-parser";
import { useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { isChanging } from "../editor/under-way.js";
import { InputField } from "./field.js";
import { InputForm } from "./form.js";
import { variablesOf } from "./usage.js";

const read = (text: string): DocumentNode | undefined => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

const layout = { formattingOptions: { insertSpaces: true, tabSize: 2 } };

/** The variables that a text holds; undefined where it cannot be read. Comments and trailing commas are fine, as the editor takes them. */
const valuesIn = (text: string): Record<string, unknown> | undefined => {
  if (!text.trim()) return {};
  const faults: ParseError[] = [];
  const values: unknown = parseJson(text, faults, { allowTrailingComma: true });
  const isReadable = !faults.length && typeof values === "object" && values !== null && !Array.isArray(values);
  return isReadable ? (values as Record<string, unknown>) : undefined;
};

/** The text with some variables changed, and everything else as somebody wrote it. */
const changed = (text: string, changes: Record<string, unknown>): string =>
  Object.entries(changes).reduce(
    (now, [name, value]) => applyEdits(now, modify(now, [name], value, layout)),
    text.trim() ? text : "{}",
  );

/** GraphiQL's box for the variables, once it is there: the form stands in it beside the JSON. */
const useBox = (): Element | undefined => {
  const [box, setBox] = useState<Element>();
  const editor = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    if (editor) setBox(editor.getContainerDomNode().closest(".graphiql-editor-tool") ?? undefined);
  }, [editor]);
  return box;
};

/** The variables of the query as a form, in step with their JSON. */
export const VariablesForm = () => {
  const box = useBox();
  const schema = useGraphiQL((state) => state.schema);
  const operationName = useGraphiQL((state) => state.operationName);
  const { run } = useGraphiQLActions();
  const [query] = useOperationsEditorState();
  const [text, setText] = useVariablesEditorState();
  const inputs = useMemo(() => {
    const document = schema && read(query);
    if (!document) return undefined;
    const operations = document.definitions.filter(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return operation && variablesOf(schema, document, operation);
  }, [schema, query, operationName]);
  const values = useMemo(() => valuesIn(text), [text]);
  if (!box || !inputs?.length) return null;
  return createPortal(
    <form
      className="variables-form"
      aria-label="Variables as a form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isChanging()) run();
      }}
    >
      {values ? (
        <>
          <InputForm
            inputs={inputs}
            values={values}
            change={(changes) => setText(changed(text, changes))}
            takeOut={(name) => setText(changed(text, { [name]: undefined }))}
            render={InputField}
          />
          <button type="submit" className="button">
            Run
          </button>
        </>
      ) : (
        <p className="faint">The JSON cannot be read right now; the editor shows where.</p>
      )}
    </form>,
    box,
  );
};
