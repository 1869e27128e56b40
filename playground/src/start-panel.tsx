import { useId, useRef, useState } from "react";
import { house, networkInWords } from "./house.js";
import { EnvironmentChoice } from "./key/environment-choice.js";
import { Identity } from "./key/identity.js";
import { KeyForm } from "./key/key-form.js";
import { roleInWords } from "./key/permission.js";
import { Refusal, WhereKeysAre } from "./key/refusal.js";
import { chooseNetwork, keyFor, session, takeKey, useNetwork } from "./key/session.js";
import { askViewer, standing } from "./key/viewer.js";
import { useStore } from "./store.js";

const NetworkChoice = () => {
  const { networks } = useStore(house);
  const network = useNetwork();
  const id = useId();
  if (networks.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>Network</label>
      <select
        id={id}
        value={network?.name}
        onChange={(event) => {
          chooseNetwork(event.currentTarget.value);
          void askViewer();
        }}
      >
        {networks.map((one) => (
          <option key={one.name} value={one.name}>
            {networkInWords(one)}
          </option>
        ))}
      </select>
    </div>
  );
};

const SampleKeys = () => {
  const { sampleKeys } = useStore(house);
  const key = keyFor(useNetwork());
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

const KeyActions = ({ entering, setEntering }: { entering: boolean; setEntering(now: boolean): void }) => (
  <div className="key-actions">
    <button type="button" className="link-button" aria-expanded={entering} onClick={() => setEntering(!entering)}>
      Use another key
    </button>
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
);

/** The key, and who it belongs to: where everybody starts. */
export const StartPanel = () => {
  const { sandbox } = useStore(house);
  const { now } = useStore(standing);
  const network = useNetwork();
  const { unkept } = useStore(session);
  const [entering, setEntering] = useState(false);
  const asks = now.state === "nobody" || now.state === "refused" || entering;
  const asked = useRef(asks);
  if (now.state !== "asking") asked.current = asks;
  // While it is asked whose a key is, what stood there stays: what is taken away takes the focus along.
  const asksForKey = now.state === "asking" ? asked.current : asks;

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
      <NetworkChoice />
      {now.state === "known" && <EnvironmentChoice />}
      {sandbox && <SampleKeys />}
      <div aria-live="polite">
        {now.state === "asking" && <p className="asking">Asking who the key belongs to …</p>}
        {now.state === "known" && <Identity viewer={now.viewer} />}
        {now.state === "unasked" && (
          <p className="asking">The key is in use. Whose it is cannot be asked here: this server runs saved documents only.</p>
        )}
        {now.state === "refused" && <Refusal {...now} />}
      </div>
      {unkept && (
        <p className="key-fault" role="alert">
          <strong>{unkept} could not be remembered.</strong> This browser’s storage is full or closed to this page: it is kept
          until this page is closed.
        </p>
      )}
      {asksForKey && (
        <KeyForm
          key={network?.name}
          done={() => setEntering(false)}
          close={entering && now.state !== "nobody" && now.state !== "refused" ? () => setEntering(false) : undefined}
        />
      )}
      {now.state === "nobody" && !sandbox && <WhereKeysAre />}
      {(now.state === "known" || now.state === "unasked") && <KeyActions entering={entering} setEntering={setEntering} />}
    </section>
  );
};
