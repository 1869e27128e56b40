import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from "graphiql";
import { type ExecutionResult, parse } from "graphql";
import { Answer } from "./answer.js";
import { ask, type Question } from "./ask.js";
import { EditorBridge } from "./editor-bridge.js";
import { firstQuery } from "./example.js";
import { explorer } from "./explorer.js";
import { QueryActions } from "./query-actions.js";
import { sheetInLink } from "./share.js";
import { useStore } from "./store.js";
import { theme } from "./theme.js";
import { keepTrace } from "./trace.js";
import { workbench } from "./workbench.js";
import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "graphiql/graphiql.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "./style/editor.css";
import "./style/answer.css";
import "./style/chart.css";
import "./style/explorer.css";
import "./style/table.css";

const plugins = [explorer, HISTORY_PLUGIN];
const linked = sheetInLink();

type Fetcher = GraphiQLProps["fetcher"];

// GraphiQL works out the operation's name a moment after the text has changed: it may still name the one before.
const nameToRun = ({ query, operationName }: Question): string | undefined => {
  try {
    const names = parse(query).definitions.flatMap((one) => (one.kind === "OperationDefinition" ? [one.name?.value] : []));
    return names.length < 2 ? undefined : names.find((name) => name === operationName);
  } catch {
    return undefined;
  }
};

const fetcher: Fetcher = async (params) => {
  const question = params as Question;
  const tab = workbench.get().editor?.tab();
  const answer = await ask({ ...question, operationName: nameToRun(question) });
  if (params.operationName !== "IntrospectionQuery" && tab !== undefined) keepTrace(tab, answer);
  // GraphiQL types answers by the classes of graphql-js; over the wire they are plain JSON.
  return answer.result as ExecutionResult;
};

/** GraphiQL, with our answer pane under its answer. */
export const Editor = () => {
  const { shade } = useStore(theme);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultQuery={firstQuery}
      initialQuery={linked?.query}
      initialVariables={linked?.variables}
      defaultEditorToolsVisibility
      isHeadersEditorEnabled={false}
      shouldPersistHeaders={false}
      forcedTheme={shade}
    >
      <GraphiQL.Logo>
        <QueryActions />
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <EditorBridge />
        <Answer />
      </GraphiQL.Footer>
    </GraphiQL>
  );
};
