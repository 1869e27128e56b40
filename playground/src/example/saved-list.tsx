import { type FormEvent, useId, useRef, useState } from "react";
import { useOpened } from "../opened.js";
import { useStore } from "../store.js";
import { openSheet, workbench } from "../workbench.js";
import { Deleted } from "./deleted.js";
import { dropQuery, exported, importFile, keeping, type SavedQuery, saved, saveQuery } from "./saved.js";

const download = (): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = "affise-graphql-queries.json";
  link.click();
  URL.revokeObjectURL(link.href);
};

const nameIn = (query: string): string => query.match(/\b(?:query|mutation)\s+(\w+)/)?.[1] ?? "";

const SaveForm = ({ done }: { done: () => void }) => {
  const sheet = workbench.get().editor?.sheet();
  const [name, setName] = useState(nameIn(sheet?.query ?? ""));
  const [note, setNote] = useState("");
  const opened = useOpened<HTMLFormElement>(done);
  const isTaken = useStore(saved).queries.some((one) => one.name === name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!sheet || !name.trim()) return;
    saveQuery({ name: name.trim(), note: note.trim(), ...sheet });
    done();
  };
  return (
    <form className="save-form" onSubmit={submit} {...opened}>
      <label className="field">
        <span>Name</span>
        <input value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <label className="field">
        <span>Note</span>
        <input value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </label>
      {isTaken && <p role="status">There is a query of this name; this one would take its place.</p>}
      <div className="key-line">
        <button type="submit" className="button" disabled={!name.trim()}>
          {isTaken ? "Replace it" : "Save"}
        </button>
        <button type="button" className="button quiet" onClick={done}>
          Leave it
        </button>
      </div>
    </form>
  );
};

const Item = ({ one, drop }: { one: SavedQuery; drop(): void }) => (
  <li className="saved-item">
    <button type="button" className="example" onClick={() => openSheet({ query: one.query, variables: one.variables })}>
      <span className="example-title">{one.name}</span>
      {one.note && <span className="example-about">{one.note}</span>}
    </button>
    <button type="button" className="link-button" aria-label={`Delete ${one.name}`} onClick={drop}>
      Delete
    </button>
  </li>
);

const Queries = () => {
  const { queries } = useStore(saved);
  const [dropped, setDropped] = useState<SavedQuery>();
  return (
    <>
      {queries.length > 0 && (
        <ul>
          {queries.map((one) => (
            <Item
              key={one.name}
              one={one}
              drop={() => {
                dropQuery(one.name);
                setDropped(one);
              }}
            />
          ))}
        </ul>
      )}
      {dropped && !queries.some(({ name }) => name === dropped.name) && (
        <Deleted name={dropped.name} undo={() => saveQuery(dropped)} />
      )}
    </>
  );
};

/** The queries that somebody saved, and the file they go into and come from. */
export const SavedList = () => {
  const { queries, environments } = useStore(saved);
  const { works } = useStore(keeping);
  const { editor } = useStore(workbench);
  const [saving, setSaving] = useState(false);
  const [said, setSaid] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const id = useId();
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      setSaid(`${importFile(await chosen.text())} taken in.`);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <section className="saved" aria-labelledby={id}>
      <h2 id={id}>Saved queries</h2>
      {saving && <SaveForm done={() => setSaving(false)} />}
      <Queries />
      {!works && (
        <p className="fault" role="alert">
          This browser does not keep it: its storage is full or closed to this page. Export it before you leave.
        </p>
      )}
      <div className="saved-actions">
        <button
          type="button"
          className="link-button"
          aria-expanded={saving}
          disabled={!editor}
          onClick={() => setSaving(!saving)}
        >
          Save this query
        </button>
        <button type="button" className="link-button" disabled={!queries.length && !environments.length} onClick={download}>
          Export
        </button>
        <button type="button" className="link-button" onClick={() => file.current?.click()}>
          Import
        </button>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          className="unseen"
          tabIndex={-1}
          aria-label="File with saved queries"
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            // Else the same file, mended, would be no change.
            currentTarget.value = "";
          }}
        />
        <output>{said}</output>
      </div>
    </section>
  );
};
