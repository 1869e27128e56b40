import { ApolloProvider } from "@apollo/client/react";
import { StrictMode, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { clientFor } from "./client";
import { Monitor } from "./monitor";

/** The key stays in this page's memory: everyone types their own. */
const App = () => {
  const [key, setKey] = useState("");
  const client = useMemo(() => clientFor(key), [key]);
  return (
    <main style={{ fontFamily: "system-ui", maxWidth: "60rem", margin: "2rem auto", padding: "0 1rem" }}>
      <h1>Caps</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setKey(String(new FormData(event.currentTarget).get("key") ?? "").trim());
        }}
      >
        <label>
          API key <input name="key" type="password" autoComplete="off" required />
        </label>{" "}
        <button type="submit">Show</button>
      </form>
      {key && (
        <ApolloProvider client={client}>
          <Monitor key={key} />
        </ApolloProvider>
      )}
    </main>
  );
};

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
