import { useGraphiQL, useOperationsEditorState, useVariablesEditorState } from "@graphiql/react";
import { type GraphQLSchema, getOperationAST, getVariableValues, parse, validate } from "graphql";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { ask, type Cost, type Question } from "../ask.js";
import { isChange } from "../change/change.js";
import { variablesIn } from "../copy/snippet.js";
import { house, mayRun } from "../house.js";
import { withEnvironment } from "../key/environment-variables.js";
import { useNetwork } from "../key/session.js";
import { numberText } from "../number.js";
import { Popover } from "../popover.js";
import { useStore } from "../store.js";
import { nameToRun } from "./operation-name.js";

/** What is known of a query that nobody has run yet. */
interface Ahead {
  cost: Cost;
  /** Why the server would refuse it as it stands. */
  refusal: string | undefined;
  changes: boolean;
}

/** The text as a question that the server could run; undefined while it is being written. */
const questionIn = (schema: GraphQLSchema, query: string, variables: string, name: string | undefined): Question | undefined => {
  try {
    const operationName = nameToRun({ query, operationName: name });
    const question = withEnvironment({ query, variables: variablesIn(variables), operationName });
    const document = parse(query);
    const operation = getOperationAST(document, operationName);
    if (!operation || !mayRun(query) || validate(schema, document).length) return undefined;
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], question.variables ?? {});
    return errors ? undefined : question;
  } catch {
    return undefined;
  }
};

const pauseMs = 500;

/** What the server says of the text in the editor, a moment after the last key: it reckons, and runs nothing. */
const useAhead = (): Ahead | undefined => {
  const { costPlan } = useStore(house);
  const network = useNetwork();
  const schema = useGraphiQL((state) => state.schema);
  const operationName = useGraphiQL((state) => state.operationName);
  const [query] = useOperationsEditorState();
  const [variables] = useVariablesEditorState();
  const [ahead, setAhead] = useState<Ahead>();
  useEffect(() => {
    setAhead(undefined);
    if (!costPlan || !schema || !network) return;
    const stop = new AbortController();
    const look = async () => {
      const question = questionIn(schema, query, variables, operationName);
      if (!question) return;
      const { cost, result } = await ask(question, { plan: true, signal: stop.signal });
      if (!stop.signal.aborted && cost?.plan)
        setAhead({ cost, refusal: result.errors?.[0]?.message, changes: isChange(question) });
    };
    // Where the server is away the answer's place says so once the query is run.
    const timer = setTimeout(() => void look().catch(() => undefined), pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [costPlan, schema, network, query, variables, operationName]);
  return ahead;
};

const callsInWords = (calls: number): string => {
  if (!calls) return "No REST call";
  return calls === 1 ? "1 REST call" : `Up to ${numberText(calls)} REST calls`;
};

const CostBody = ({ cost: { requested, maximum, plan }, refusal, changes }: Ahead) => (
  <>
    {refusal && <p className="fault">{refusal}</p>}
    <p>
      Before it runs: {numberText(plan?.rows)} rows and {numberText(plan?.restCalls)} REST calls at the most. That is a cost of{" "}
      {numberText(requested ?? undefined)}; this server allows {numberText(maximum)}, and {numberText(plan?.maximumRestCalls)}{" "}
      REST calls.
    </p>
    <ol className="cost-calls">
      {plan?.operations.map(({ operation, calls }) => (
        <li key={operation}>
          <code>{operation}</code>
          <span>{numberText(calls)} ×</span>
        </li>
      ))}
    </ol>
    {changes && <p className="faint">The calls of the change itself are not listed: Dry run tells them.</p>}
  </>
);

/** What the query in the editor may cost, told in the bar under it before anybody runs it. */
export const CostAhead = () => {
  const ahead = useAhead();
  const editor = useGraphiQL((state) => state.variableEditor);
  const bar = editor?.getContainerDomNode().closest(".graphiql-editors")?.querySelector(".graphiql-editor-tools");
  if (!bar || !ahead) return null;
  const { restCalls = 0, maximumRestCalls = 0 } = ahead.cost.plan ?? {};
  const isTooMuch = ahead.refusal !== undefined || restCalls > maximumRestCalls;
  return createPortal(
    <Popover
      className={isTooMuch ? "cost-ahead too-much" : "cost-ahead"}
      title="What this query may cost, as the server reckons before it runs"
      words={ahead.refusal ? "Would be refused" : callsInWords(restCalls)}
    >
      <CostBody {...ahead} />
    </Popover>,
    bar,
  );
};
