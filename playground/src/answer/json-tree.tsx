import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef, useState } from "react";
import { useCopied } from "../copied.js";
import { CopyIcon } from "../icon.js";
import { jsonText } from "../isolated.js";
import { useSliced } from "../sliced.js";
import { type Folds, type JsonLine, linesOf, previewOf } from "./json-lines.js";

const lineHeight = 21;

const Value = ({ value }: { value: unknown }) => {
  const kind = value === null ? "null" : typeof value;
  return <span className={`json-${kind}`}>{typeof value === "object" && value ? previewOf(value) : jsonText(value)}</span>;
};

const Line = ({ line, toggle }: { line: JsonLine; toggle: (line: JsonLine) => void }) => (
  <>
    {line.open === undefined ? (
      <span className="fold" />
    ) : (
      <button
        type="button"
        className="fold"
        aria-expanded={line.open}
        aria-label={`${line.open ? "Fold" : "Open"} ${line.path}`}
        onClick={() => toggle(line)}
      >
        {line.open ? "▾" : "▸"}
      </button>
    )}
    <span className="json-name">{line.name}</span>
    <span className="json-colon">: </span>
    {line.open ? (
      <span className="json-count">{Array.isArray(line.value) ? `${line.value.length}` : ""}</span>
    ) : (
      <Value value={line.value} />
    )}
  </>
);

const nothingByHand: Folds = { byHand: new Map(), all: undefined };

/** A value as a tree that folds. Only the lines in the window are drawn. */
export const JsonTree = ({ value }: { value: object }) => {
  const box = useRef<HTMLElement>(null);
  const [folds, setFolds] = useState(nothingByHand);
  const { said, copy } = useCopied();
  const lines = useSliced(useCallback(() => linesOf(value, folds), [value, folds])) ?? [];
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const toggle = ({ path, open }: JsonLine) => setFolds({ ...folds, byHand: new Map(folds.byHand).set(path, !open) });
  return (
    <div className="answer-body">
      <div className="list-tools">
        <button type="button" className="link-button" onClick={() => setFolds({ byHand: new Map(), all: true })}>
          Open all
        </button>
        <button type="button" className="link-button" onClick={() => setFolds({ byHand: new Map([["data", true]]), all: false })}>
          Fold all
        </button>
        <span className="gap" />
        <output className="copied">{said}</output>
        <button type="button" className="action" onClick={() => void copy(JSON.stringify(value, null, 2))}>
          <CopyIcon />
          Copy JSON
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <section className="json-tree" aria-label="Answer as JSON" tabIndex={0} ref={box}>
        <div className="json-all" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            return (
              <div
                key={line.path}
                className="json-line"
                style={{ transform: `translateY(${start}px)`, paddingLeft: 10 + line.depth * 16 }}
              >
                <Line line={line} toggle={toggle} />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
};
