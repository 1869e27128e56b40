import {
  type GraphiQLPlugin,
  useGraphiQL,
  useGraphiQLActions,
  useOperationsEditorState,
  useOptimisticState,
} from "@graphiql/react";
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
} from "graphql";
import { useMemo, useRef, useState } from "react";
import { TreeIcon } from "../icon.js";
import { Level } from "./explorer-field.js";
import { DeepSearch } from "./explorer-search.js";
import { rewritten } from "./explorer-text.js";

const empty = (kind: OperationTypeNode): OperationDefinitionNode => ({
  kind: Kind.OPERATION_DEFINITION,
  operation: kind,
  name: { kind: Kind.NAME, value: kind === OperationTypeNode.QUERY ? "MyQuery" : "MyChange" },
  selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
});

const read = (text: string): DocumentNode | undefined => {
  if (!text.replaceAll(/#.*$/gm, "").trim()) return { kind: Kind.DOCUMENT, definitions: [] };
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

const operationsIn = (document: DocumentNode | undefined): OperationDefinitionNode[] =>
  document?.definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION) ?? [];

const withoutRange = (text: string, { loc }: OperationDefinitionNode): string =>
  loc ? `${text.slice(0, loc.start).trimEnd()}\n\n${text.slice(loc.end).trimStart()}`.trim() : text;

const ExplorerHead = ({ begin }: { begin(kind: OperationTypeNode): void }) => (
  <div className="explorer-head">
    <h2>Explorer</h2>
    <div className="explorer-begin">
      <button type="button" className="action" onClick={() => begin(OperationTypeNode.QUERY)}>
        New query
      </button>
      <button type="button" className="action" onClick={() => begin(OperationTypeNode.MUTATION)}>
        New mutation
      </button>
    </div>
  </div>
);

interface ChoiceProps {
  operations: readonly OperationDefinitionNode[];
  /** The one that is shown: of these, or the first of a document that has none yet. */
  operation: OperationDefinitionNode;
  choose(index: number): void;
}

const OperationChoice = ({ operations, operation, choose }: ChoiceProps) =>
  operations.length > 1 ? (
    <div className="explorer-what">
      <select
        aria-label="Operation"
        value={operations.indexOf(operation)}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      >
        {operations.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: operations may have no name
          <option key={index} value={index}>
            {one.operation} {one.name?.value ?? `${index + 1}`}
          </option>
        ))}
      </select>
    </div>
  ) : (
    <p className="explorer-what">
      <span>{operation.operation}</span> {operation.name?.value}
    </p>
  );

/** Clicks a query together: the schema as a tree of boxes, beside the editor and in step with it. */
const Explorer = () => {
  const schema = useGraphiQL((state) => state.schema);
  const { addTab } = useGraphiQLActions();
  const [text, setText] = useOptimisticState(useOperationsEditorState());
  const [fresh, setFresh] = useState<OperationTypeNode>(OperationTypeNode.QUERY);
  const [filter, setFilter] = useState("");
  const document = useMemo(() => read(text), [text]);
  const last = useRef<DocumentNode>(undefined);
  // While somebody types, the text cannot be read for moments; the tree then stays as it was.
  if (document) last.current = document;
  const shown = document ?? last.current;
  const operations = operationsIn(shown);
  const [chosen, setChosen] = useState(0);
  const operation = operations[Math.min(chosen, operations.length - 1)] ?? empty(fresh);
  const root = schema?.getRootType(operation.operation);

  const change = (selections: SelectionNode[]) => {
    if (!document) return;
    const now = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
    if (!operations.includes(operation)) return setText(`${text.trimEnd()}${text.trim() ? "\n\n" : ""}${print(now)}\n`);
    setText(selections.length ? rewritten(text, operation, now) : withoutRange(text, operation));
  };

  const begin = (kind: OperationTypeNode) => {
    setFresh(kind);
    if (operations.length) addTab();
  };

  return (
    <div className="explorer">
      <ExplorerHead begin={begin} />
      <OperationChoice operations={operations} operation={operation} choose={setChosen} />
      <input
        type="search"
        className="explorer-filter"
        aria-label="Filter the fields"
        placeholder="Filter the fields"
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {!document && <p className="explorer-what">The query cannot be read right now; the editor shows where.</p>}
      {root ? (
        <>
          <Level
            key={operation.operation}
            type={root}
            selections={operation.selectionSet.selections}
            change={change}
            filter={filter}
          />
          <DeepSearch root={root} text={filter} selections={operation.selectionSet.selections} change={change} />
        </>
      ) : (
        <p className="explorer-what">Reading the schema …</p>
      )}
    </div>
  );
};

export const explorer: GraphiQLPlugin = { title: "Explorer", icon: TreeIcon, content: Explorer };
