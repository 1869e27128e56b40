import { type FormEvent, useState } from "react";
import { session, takeKey } from "./session.js";
import { useStore } from "./store.js";
import { askViewer, standing } from "./viewer.js";

/** Takes a key, and keeps it beyond this tab only where the box is ticked. */
export const KeyForm = ({ done }: { done: () => void }) => {
  const { remembered } = useStore(session);
  const { now } = useStore(standing);
  const [text, setText] = useState("");
  const [keep, setKeep] = useState(remembered);
  const refused = now.state === "refused" && text.trim() === "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = text.trim();
    if (!key) return;
    takeKey(key, keep);
    setText("");
    done();
    void askViewer();
  };

  return (
    <form className="key-form" onSubmit={submit}>
      <label className="field">
        <span>API key</span>
        <span className="key-line">
          <input
            type="password"
            name="affise-api-key"
            autoComplete="off"
            spellCheck={false}
            placeholder="Paste it here"
            aria-invalid={refused || undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" className="button" disabled={!text.trim()}>
            Use key
          </button>
        </span>
      </label>
      <label className="check">
        <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
        <span>Remember it in this browser</span>
      </label>
    </form>
  );
};
