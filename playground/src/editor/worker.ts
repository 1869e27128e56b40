import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphQLWorker from "monaco-graphql/esm/graphql.worker.js?worker";

const jsonPlaces = ".graphiql-editor-tool, .result-window";

/** The first time somebody turns to an editor of JSON: until then its worker, a tenth of all that is loaded, has nothing to do. */
const jsonIsWanted = new Promise<void>((resolve) => {
  const look = ({ target }: Event) => {
    if (!(target instanceof Element) || !target.closest(jsonPlaces)) return;
    for (const kind of ["focusin", "pointerdown"]) document.removeEventListener(kind, look);
    resolve();
  };
  for (const kind of ["focusin", "pointerdown"]) document.addEventListener(kind, look);
});

window.MonacoEnvironment = {
  getWorker(_id, label) {
    if (label === "json") return jsonIsWanted.then(() => new JsonWorker());
    return label === "graphql" ? new GraphQLWorker() : new EditorWorker();
  },
};
