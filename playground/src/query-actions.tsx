import { DropdownMenu } from "@graphiql/react";
import { useEffect, useState } from "react";
import { gate } from "./change-gate.js";
import { copyText } from "./clipboard.js";
import { type CopyForm, copyAs } from "./copy-as.js";
import { house } from "./house.js";
import { CopyIcon, LinkIcon } from "./icon.js";
import { linkTo } from "./share.js";
import { useStore } from "./store.js";
import { workbench } from "./workbench.js";

const forms: readonly CopyForm[] = ["cURL", "fetch", "TypeScript"];

/** Copies the query as a program or as a link. */
export const QueryActions = () => {
  const [said, setSaid] = useState("");
  const { dryRun: canDryRun } = useStore(house);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(""), 2_500);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async (text: string, name: string) =>
    setSaid((await copyText(text)) ? `${name} copied` : "The browser does not let us copy");
  const sheet = () => workbench.get().editor?.sheet();

  const copyForm = (form: CopyForm) => {
    const now = sheet();
    if (now) void copy(copyAs(form, now), form);
  };
  const share = () => {
    const now = sheet();
    if (!now) return;
    const link = linkTo(now);
    history.replaceState(null, "", link);
    void copy(link, "Link");
  };

  const dryRun = () => {
    gate.set({ dryRun: true });
    workbench.get().editor?.run();
  };

  return (
    <div className="query-actions">
      <output className="copied">{said}</output>
      {canDryRun && (
        <button type="button" className="action" onClick={dryRun} title="Says what a mutation would send, and changes nothing">
          <span>Dry run</span>
        </button>
      )}
      <DropdownMenu>
        <DropdownMenu.Button className="action" title="The key is left out: it is read from AFFISE_API_KEY">
          <CopyIcon />
          <span>Copy as</span>
        </DropdownMenu.Button>
        <DropdownMenu.Content align="end">
          {forms.map((form) => (
            <DropdownMenu.Item key={form} onSelect={() => copyForm(form)}>
              {form}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu>
      <button type="button" className="action" onClick={share} title="Copies a link to this query, without the key">
        <LinkIcon />
        <span>Share</span>
      </button>
    </div>
  );
};
