import { useDeferredValue, useId, useState } from "react";
import { DocsHits, ExampleDocs } from "../docs-links.js";
import { wordsFor } from "../glossary.js";
import { SearchIcon } from "../icon.js";
import { standing } from "../key/viewer.js";
import { useStore } from "../store.js";
import { isOutOfReach, openExample, workbench } from "../workbench.js";
import { exampleGroups, isMutation } from "./example.js";
import type { Example } from "./shape.js";

const matches = (text: string) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).map(wordsFor);
  return (example: Example) => {
    const all = `${example.title} ${example.about} ${example.query}`.toLowerCase();
    return words.every((meanings) => meanings.some((word) => all.includes(word)));
  };
};

const Item = ({ example }: { example: Example }) => {
  const { now } = useStore(standing);
  const { example: open, editor } = useStore(workbench);
  const isOpen = open === example;
  const outOfReach = isOutOfReach(example, now);
  return (
    <li>
      <button
        type="button"
        className="example"
        aria-current={isOpen || undefined}
        disabled={!editor}
        onClick={() => void openExample(example)}
      >
        <span className="example-title">
          <span>{example.title}</span>
          {isMutation(example) && <span className="changes">changes data</span>}
        </span>
        <span className="example-about">{example.about}</span>
        <span className={outOfReach ? "example-who out" : "example-who"}>
          {outOfReach ? `Not with this key: for ${example.who}` : `For ${example.who}`}
        </span>
      </button>
      {isOpen && <ExampleDocs query={example.query} />}
    </li>
  );
};

/** Ready examples by task, with search. */
export const ExampleList = () => {
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const id = useId();
  const { now } = useStore(standing);
  const [mine, setMine] = useState(false);
  const matching = matches(wanted);
  const isListed = (example: Example) => matching(example) && !(mine && isOutOfReach(example, now));
  const found = exampleGroups
    .map((group) => ({ ...group, examples: group.examples.filter(isListed) }))
    .filter((group) => group.examples.length);
  return (
    <section className="examples" aria-labelledby={id}>
      <div className="examples-head">
        <h2 id={id}>Examples</h2>
        <label className="search">
          <SearchIcon />
          <span className="unseen">Search the examples</span>
          <input
            type="search"
            placeholder="What do you want to do?"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label className="check only-mine">
          <input type="checkbox" checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
          <span>Only mine: what this key may run</span>
        </label>
      </div>
      {found.map((group) => (
        <section key={group.title} className="example-group">
          <h3>{group.title}</h3>
          <ul>
            {group.examples.map((example) => (
              <Item key={example.title} example={example} />
            ))}
          </ul>
        </section>
      ))}
      {!found.length && <p className="faint">No example has these words.</p>}
      <DocsHits text={wanted} />
    </section>
  );
};
