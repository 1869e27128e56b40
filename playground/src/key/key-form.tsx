import { type FormEvent, useId, useState } from "react";
import { useOpened } from "../opened.js";
import { useStore } from "../store.js";
import { keyFault } from "./key-fault.js";
import { isRemembered, takeKey, useNetwork } from "./session.js";
import { askViewer, standing } from "./viewer.js";

/** Takes a key for the network that is chosen, and keeps it beyond this tab only where the box is ticked. */
export const KeyForm = ({ done, close }: { done: () => void; close: (() => void) | undefined }) => {
  const opened = useOpened<HTMLFormElement>(close);
  const network = useNetwork();
  const { now } = useStore(standing);
  const [text, setText] = useState("");
  const [keep, setKeep] = useState(isRemembered(network));
  const [fault, setFault] = useState<string>();
  const faultId = useId();
  const refused = now.state === "refused" && text.trim() === "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = text.trim();
    if (!key) return;
    const found = keyFault(key);
    setFault(found);
    if (found) return;
    takeKey(key, keep);
    setText("");
    done();
    void askViewer();
  };

  return (
    <form className="key-form" onSubmit={submit} {...opened}>
      <label className="field">
        <span>API key</span>
        <span className="key-line">
          <input
            type="password"
            name="affise-api-key"
            autoComplete="off"
            spellCheck={false}
            placeholder="Paste it here"
            aria-invalid={refused || fault !== undefined || undefined}
            aria-describedby={fault && faultId}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setFault(undefined);
            }}
          />
          <button type="submit" className="button" disabled={!text.trim() || !network}>
            Use key
          </button>
        </span>
      </label>
      {fault && (
        <p id={faultId} className="key-fault" role="alert">
          <strong>This is not a key as Affise gives them.</strong> {fault}
        </p>
      )}
      <label className="check">
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        <span>Remember it in this browser</span>
      </label>
    </form>
  );
};
