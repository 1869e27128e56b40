import { lazy, Suspense, useState } from "react";
import { DocumentList } from "./example/document-list.js";
import { ExampleList } from "./example/example-list.js";
import { SavedList } from "./example/saved-list.js";
import { Header } from "./header.js";
import { house, houseRead } from "./house.js";
import { PageFoot } from "./page-foot.js";
import { Shelter } from "./shelter.js";
import { StartPanel } from "./start-panel.js";
import { useStore } from "./store.js";
import { type Pane, workbench } from "./workbench.js";

/** When the page itself is there and can be used: the editor is many times its size, and may not stand in its way. */
const pageIsUsable = async (): Promise<void> => {
  await houseRead;
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
};

const Editor = lazy(async () => {
  await pageIsUsable();
  return { default: (await import("./editor/editor.js")).Editor };
});

const panes: readonly { pane: Pane; title: string }[] = [
  { pane: "start", title: "Start" },
  { pane: "query", title: "Query" },
  { pane: "answer", title: "Answer" },
];

/** Gives the editor the focus; one that is still loading gets it once it is there, unless it has gone elsewhere from `from` by then. */
const focusEditor = (from: Element) => {
  const { editor } = workbench.get();
  if (editor) return editor.focus();
  const end = workbench.subscribe(() => {
    if (!workbench.get().editor) return;
    end();
    if (document.activeElement === from) workbench.get().editor?.focus();
  });
};

export const App = () => {
  const { pane } = useStore(workbench);
  const { documents } = useStore(house);
  const [aside, setAside] = useState(true);
  return (
    <div className="page" data-pane={pane} data-aside={aside ? "open" : "closed"}>
      <button
        type="button"
        className="skip"
        onClick={({ currentTarget }) => {
          workbench.set({ pane: "query" });
          requestAnimationFrame(() => focusEditor(currentTarget));
        }}
      >
        Skip to the query
      </button>
      <Header aside={aside} toggleAside={() => setAside(!aside)} />
      <nav className="panes" aria-label="Parts of the page">
        {panes.map((one) => (
          <button
            key={one.pane}
            type="button"
            aria-current={pane === one.pane ? "page" : undefined}
            onClick={() => workbench.set({ pane: one.pane })}
          >
            {one.title}
          </button>
        ))}
      </nav>
      <main className="main">
        <section className="aside" aria-label="Key and examples">
          <StartPanel />
          <SavedList />
          {documents ? <DocumentList documents={documents} /> : <ExampleList />}
          <PageFoot />
        </section>
        <section className="workspace" aria-label="Query and answer">
          <Suspense fallback={<p className="loading">Loading the editor …</p>}>
            <Shelter
              of="editor"
              instead="The editor could not be loaded: the server is away, or runs another version by now. Load this page anew."
            >
              <Editor />
            </Shelter>
          </Suspense>
        </section>
      </main>
    </div>
  );
};
