import { house } from "./house.js";
import { useStore } from "./store.js";

/** What else there is: docs where the server has them, the schema, and the notices of what the page is made of. */
export const PageFoot = () => {
  const { docs, version } = useStore(house);
  return (
    <footer className="page-foot">
      {docs && <a href="./docs/">Docs</a>}
      <a href="./schema.graphql">Schema</a>
      <a href="./licenses.md">Licences</a>
      {version && <span className="faint">affise-graphql {version}</span>}
    </footer>
  );
};
