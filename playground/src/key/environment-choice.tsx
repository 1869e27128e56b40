import { type FormEvent, useState } from "react";
import { Deleted } from "../example/deleted.js";
import { dropEnvironment, type Environment, saved, saveEnvironment } from "../example/saved.js";
import { useOpened } from "../opened.js";
import { createStore, useStore } from "../store.js";
import { workbench } from "../workbench.js";
import { chooseNetwork, networkNow } from "./session.js";
import { askViewer } from "./viewer.js";

/** The environment that fills in what a query's variables leave open. */
export const environment = createStore<{ now: Environment | undefined }>({ now: undefined });

const choose = (now: Environment | undefined): void => {
  environment.set({ now });
  if (!now || now.network === networkNow()?.name) return;
  chooseNetwork(now.network);
  void askViewer();
};

const variablesNow = (): Record<string, unknown> => {
  try {
    return JSON.parse(workbench.get().editor?.sheet().variables || "{}") as Record<string, unknown>;
  } catch {
    return {};
  }
};

/** Asks for the name of a new environment and keeps it, with the variables that stand in the editor now. */
const NameForm = ({ done }: { done(): void }) => {
  const [name, setName] = useState("");
  const opened = useOpened<HTMLFormElement>(done);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const network = networkNow();
    if (!name.trim() || !network) return;
    const made = { name: name.trim(), network: network.name, variables: variablesNow() };
    saveEnvironment(made);
    environment.set({ now: made });
    done();
  };
  return (
    <form className="key-line" onSubmit={save} {...opened}>
      <label className="field">
        <span className="unseen">Name of the environment</span>
        <input placeholder="Its name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="submit" className="button">
        Save
      </button>
    </form>
  );
};

/** Sets of variables with the network they are for: chosen, made from what stands in the editor, and let go. */
export const EnvironmentChoice = () => {
  const { environments } = useStore(saved);
  const { now } = useStore(environment);
  const [naming, setNaming] = useState(false);
  const [dropped, setDropped] = useState<Environment>();
  return (
    <details className="environments">
      <summary>Environment{now ? `: ${now.name}` : "s"}</summary>
      <p className="faint">
        A network with values for variables; they fill in what a query leaves open. Keys are never part of it.
      </p>
      {environments.length > 0 && (
        <label className="field">
          <span>Use</span>
          <select
            value={now?.name ?? ""}
            onChange={({ currentTarget }) => choose(environments.find((one) => one.name === currentTarget.value))}
          >
            <option value="">none</option>
            {environments.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        </label>
      )}
      {dropped && !environments.some(({ name }) => name === dropped.name) && (
        <Deleted
          name={dropped.name}
          undo={() => {
            saveEnvironment(dropped);
            choose(dropped);
          }}
        />
      )}
      {now && <p className="mono">{JSON.stringify(now.variables)}</p>}
      {naming && <NameForm done={() => setNaming(false)} />}
      <div className="saved-actions">
        <button type="button" className="link-button" aria-expanded={naming} onClick={() => setNaming(!naming)}>
          Make one of the variables now
        </button>
        {now && (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              dropEnvironment(now.name);
              environment.set({ now: undefined });
              setDropped(now);
            }}
          >
            Delete {now.name}
          </button>
        )}
      </div>
    </details>
  );
};
