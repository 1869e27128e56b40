import { DropdownMenu, useGraphiQL } from "@graphiql/react";
import { askedNow, endpoint, tenantToSend } from "../ask.js";
import { gate } from "../change/change-gate.js";
import { useCopied } from "../copied.js";
import { type CopyForm, copyAs, copyForms } from "../copy/copy-as.js";
import { type Snippet, variablesIn } from "../copy/snippet.js";
import { house } from "../house.js";
import { CopyIcon, LinkIcon } from "../icon.js";
import { withEnvironment } from "../key/environment-variables.js";
import { useStore } from "../store.js";
import { type Sheet, workbench } from "../workbench.js";
import { linkTo } from "./share.js";

/** What a program has to say to ask what the page would. */
const snippetOf = (sheet: Sheet, operationName: string | undefined): Snippet => {
  const { query, variables } = withEnvironment({ query: sheet.query, variables: variablesIn(sheet.variables) });
  const tenant = tenantToSend();
  const { sandbox, sampleKeys } = house.get();
  const { key } = askedNow();
  return {
    url: endpoint(),
    query,
    variables,
    operationName,
    headers: tenant === undefined ? {} : { "X-Affise-Tenant": tenant },
    sampleKey: sandbox ? sampleKeys.find((sample) => sample.key === key)?.key : undefined,
  };
};

const CopyMenu = ({ copy }: { copy(form: CopyForm): void }) => (
  <DropdownMenu>
    <DropdownMenu.Button
      className="action"
      title="A program that asks this. A key of your own is left out: it is read from AFFISE_API_KEY"
    >
      <CopyIcon />
      <span>Copy as</span>
    </DropdownMenu.Button>
    <DropdownMenu.Content align="end">
      {copyForms.map((form) => (
        <DropdownMenu.Item key={form} onSelect={() => copy(form)}>
          {form}
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Content>
  </DropdownMenu>
);

/** Copies the query as a program or as a link. */
export const QueryActions = () => {
  const { said, say, copy } = useCopied();
  const { dryRun: canDryRun } = useStore(house);
  const operationName = useGraphiQL((state) => state.operationName);
  const schema = useGraphiQL((state) => state.schema);

  const sheet = () => workbench.get().editor?.sheet();

  const copyForm = (form: CopyForm) => {
    const now = sheet();
    if (!now) return;
    try {
      void copy(copyAs(form, snippetOf(now, operationName), schema), `${form} copied`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  const share = () => {
    const now = sheet();
    if (!now) return;
    const link = linkTo(now);
    history.replaceState(null, "", link);
    void copy(link, "Link copied");
  };

  const dryRun = () => {
    gate.set({ dryRun: true });
    workbench.get().editor?.run();
    // What could not be sent at all has not passed the gate: the next run is no dry run for it.
    setTimeout(() => gate.set({ dryRun: false }));
  };

  return (
    <div className="query-actions">
      <output className="copied">{said}</output>
      {canDryRun && (
        <button type="button" className="action" onClick={dryRun} title="Says what a mutation would send, and changes nothing">
          <span>Dry run</span>
        </button>
      )}
      <CopyMenu copy={copyForm} />
      <button type="button" className="action" onClick={share} title="Copies a link to this query, without the key">
        <LinkIcon />
        <span>Share</span>
      </button>
    </div>
  );
};
