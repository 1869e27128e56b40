import { parse } from "graphql";
import { useEffect, useState } from "react";
import type { Hit } from "./docs/search.js";
import { house } from "./house.js";
import { useStore } from "./store.js";

const folder = "./docs/";

/** The reference pages of what a query asks at its root. */
const pagesOf = (query: string): { name: string; page: string }[] => {
  const root = { query: "Query", mutation: "Mutation", subscription: "" };
  const fields = parse(query).definitions.flatMap((one) =>
    one.kind === "OperationDefinition"
      ? one.selectionSet.selections.flatMap((field) =>
          field.kind === "Field" ? [{ name: field.name.value, page: `${root[one.operation]}.${field.name.value}.html` }] : [],
        )
      : [],
  );
  return fields.filter(({ name }, index) => fields.findIndex((one) => one.name === name) === index);
};

/** Links to the reference of what an example asks. */
export const ExampleDocs = ({ query }: { query: string }) => {
  const { docs } = useStore(house);
  if (!docs) return null;
  return (
    <p className="example-docs">
      In the docs:
      {pagesOf(query).map(({ name, page }) => (
        <a key={name} href={`${folder}reference/${page}`}>
          {name}
        </a>
      ))}
    </p>
  );
};

const shownAtMost = 6;
const waitMs = 150;

/** What the docs have on the words that are looked for among the examples. The index is fetched when somebody looks for something. */
export const DocsHits = ({ text }: { text: string }) => {
  const { docs } = useStore(house);
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const wanted = docs && text.trim().length > 1 ? text : "";
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      const { searchDocs } = await import("./docs/search.js");
      const found = await searchDocs(folder, wanted, shownAtMost);
      if (!isOver) setHits(found);
    };
    const timer = setTimeout(() => (wanted ? void look().catch(() => setHits([])) : setHits([])), waitMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  if (!wanted || !hits.length) return null;
  return (
    <section className="docs-hits">
      <h3>In the docs</h3>
      <ul>
        {hits.map(({ id, title, url, kind, text: about }) => (
          <li key={id}>
            <a href={`${folder}${url}`}>
              <span className="docs-hit-title">
                <span>{title}</span>
                <span className="faint">{kind}</span>
              </span>
              <span className="docs-hit-about">{about}</span>
            </a>
          </li>
        ))}
      </ul>
      <a className="docs-more" href={`${folder}index.html?q=${encodeURIComponent(wanted)}`}>
        All that the docs have on it
      </a>
    </section>
  );
};

/** Codes of the page's own, of which the docs of the server know nothing. */
const ownCodes: readonly string[] = ["SERVER_UNREACHABLE", "NOT_SENT", "STOPPED"];

/** Leads to the words on an error's code. */
export const ErrorDocs = ({ code }: { code?: string }) => {
  const { docs } = useStore(house);
  if (!docs || !code || ownCodes.includes(code)) return null;
  return (
    <a className="hint-docs" href={`${folder}errors.html#${code}`}>
      {code} in the docs
    </a>
  );
};
