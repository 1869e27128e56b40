import { useState } from "react";
import { house } from "./house.js";
import { Identity } from "./identity.js";
import { KeyForm } from "./key-form.js";
import { roleInWords } from "./permission.js";
import { Refusal, WhereKeysAre } from "./refusal.js";
import { chooseTenant, session, takeKey } from "./session.js";
import { useStore } from "./store.js";
import { askViewer, standing } from "./viewer.js";

const TenantChoice = () => {
  const { tenants } = useStore(house);
  const { tenant } = useStore(session);
  if (tenants.length < 2) return null;
  return (
    <label className="field">
      <span>Network</span>
      <select
        value={tenant !== undefined && tenants.includes(tenant) ? tenant : tenants[0]}
        onChange={(event) => {
          chooseTenant(event.currentTarget.value);
          void askViewer();
        }}
      >
        {tenants.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
};

const SampleKeys = () => {
  const { sampleKeys } = useStore(house);
  const { key } = useStore(session);
  if (!sampleKeys.length) return null;
  return (
    <fieldset className="sample-keys">
      <legend>Sample keys</legend>
      {sampleKeys.map((sample) => (
        <button
          key={sample.key}
          type="button"
          aria-pressed={sample.key === key}
          title={`${sample.about} (${sample.key})`}
          onClick={() => {
            takeKey(sample.key, false);
            void askViewer();
          }}
        >
          {roleInWords(sample.role)}
        </button>
      ))}
    </fieldset>
  );
};

/** The key, and who it belongs to: where everybody starts. */
export const StartPanel = () => {
  const { sandbox } = useStore(house);
  const { now } = useStore(standing);
  const [entering, setEntering] = useState(false);
  const asksForKey = now.state === "nobody" || now.state === "refused" || entering;

  return (
    <section className="start" aria-label="Your key">
      {now.state === "nobody" && (
        <div className="welcome">
          <h2>Who is asking?</h2>
          <p>
            {sandbox
              ? "This is the sandbox: invented data, nothing can break. Take one of its keys, or enter one."
              : "Enter your Affise API key. You see at once who it belongs to and what it may do."}
          </p>
        </div>
      )}
      <TenantChoice />
      {sandbox && <SampleKeys />}
      <div aria-live="polite">
        {now.state === "asking" && <p className="asking">Asking who the key belongs to …</p>}
        {now.state === "known" && <Identity viewer={now.viewer} />}
        {now.state === "refused" && <Refusal code={now.code} message={now.message} />}
      </div>
      {asksForKey && <KeyForm done={() => setEntering(false)} />}
      {now.state === "nobody" && !sandbox && <WhereKeysAre />}
      {now.state === "known" && (
        <div className="key-actions">
          {!entering && (
            <button type="button" className="link-button" onClick={() => setEntering(true)}>
              Use another key
            </button>
          )}
          <button
            type="button"
            className="link-button"
            onClick={() => {
              setEntering(false);
              takeKey("", false);
              void askViewer();
            }}
          >
            Forget this key
          </button>
        </div>
      )}
    </section>
  );
};
