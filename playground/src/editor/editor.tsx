import { GraphiQL, type GraphiQLProps, HISTORY_PLUGIN } from "graphiql";
import { buildSchema, type ExecutionResult, introspectionFromSchema } from "graphql";
import { Answer } from "../answer/answer.js";
import { answerFor } from "../answer/kept-answer.js";
import { ask, type Question } from "../ask.js";
import { isChange } from "../change/change.js";
import { ChangeDialog } from "../change/change-dialog.js";
import { notSent, passGate } from "../change/change-gate.js";
import { firstQuery } from "../example/example.js";
import { explorer } from "../explorer/explorer.js";
import { house, mayRun } from "../house.js";
import { VariablesForm } from "../input/variables-form.js";
import { withEnvironment } from "../key/environment-variables.js";
import { useStore } from "../store.js";
import { theme } from "../theme.js";
import { CostAhead } from "./cost-ahead.js";
import { EditorBridge } from "./editor-bridge.js";
import { editorStorage } from "./editor-storage.js";
import { nameToRun } from "./operation-name.js";
import { QueryActions } from "./query-actions.js";
import { sheetInLink } from "./share.js";
import { forOpenTab, openTab } from "./under-way.js";
import "./worker.js";
import "@graphiql/react/style.css";
import "graphiql/graphiql.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "../style/editor.css";
import "../style/answer.css";
import "../style/change.css";
import "../style/chart.css";
import "../style/explorer.css";
import "../style/cost.css";
import "../style/input.css";
import "../style/table.css";
import "../style/json.css";

const plugins = [explorer, HISTORY_PLUGIN];
const linked = sheetInLink();

type Fetcher = GraphiQLProps["fetcher"];

const carryOut = async (tab: string, question: Question, signal: AbortSignal): Promise<object> => {
  const decision = await passGate(question);
  if (typeof decision === "object") return notSent(decision.refused);
  if (decision === "leave") return notSent("Nothing was sent: the change was not confirmed.");
  return answerFor(tab, question, { dryRun: decision === "dry-run", signal });
};

/** The schema as introspection gives it. Where only saved documents run that is none of them: the schema is read from its own address then. */
const introspection = async (question: Question): Promise<object> => {
  if (mayRun(question.query)) return (await ask(question)).result;
  const response = await fetch("./schema.graphql");
  return { data: introspectionFromSchema(buildSchema(await response.text(), { assumeValid: true })) };
};

const orFault = async (answer: Promise<object>): Promise<ExecutionResult> => {
  const result = await answer.catch((error: Error) => ({
    errors: [{ message: error.message, extensions: { code: "SERVER_UNREACHABLE" } }],
  }));
  // GraphiQL types answers by the classes of graphql-js; over the wire they are plain JSON.
  return result as ExecutionResult;
};

const fetcher: Fetcher = (params) => {
  const question = params as Question;
  if (params.operationName === "IntrospectionQuery") return orFault(introspection(question));
  const named = withEnvironment({ ...question, operationName: nameToRun(question) });
  return forOpenTab(isChange(named), (tab, signal) => orFault(carryOut(tab, named, signal)));
};

const noteTab: GraphiQLProps["onTabChange"] = ({ tabs, activeTabIndex }) => {
  const id = tabs[activeTabIndex]?.id ?? "";
  if (id !== openTab.get().id) openTab.set({ id });
};

/** GraphiQL, with our answer pane under its answer. */
export const Editor = () => {
  const { shade } = useStore(theme);
  const { documents } = useStore(house);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultQuery={documents?.[0]?.query ?? firstQuery}
      initialQuery={linked?.query}
      initialVariables={linked?.variables}
      defaultEditorToolsVisibility
      isHeadersEditorEnabled={false}
      shouldPersistHeaders={false}
      storage={editorStorage}
      onTabChange={noteTab}
      dangerouslyAssumeSchemaIsValid
      forcedTheme={shade}
    >
      <GraphiQL.Logo>
        <QueryActions />
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <EditorBridge />
        <ChangeDialog />
        <VariablesForm />
        <CostAhead />
        <Answer />
      </GraphiQL.Footer>
    </GraphiQL>
  );
};
