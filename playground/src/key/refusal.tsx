import { ErrorDocs } from "../docs-links.js";
import { house } from "../house.js";
import { Isolated } from "../isolated-text.js";
import { useStore } from "../store.js";
import { askViewer, nameOf, type Viewer } from "./viewer.js";

/** Where Affise's panel shows keys and the API URL. */
export const WhereKeysAre = () => (
  <details className="where">
    <summary>Where do I find my key?</summary>
    <dl>
      <dt>You work for the network</dt>
      <dd>In the panel: Users, then your user. A General manager sees everybody's key there.</dd>
      <dt>You are an affiliate</dt>
      <dd>In your panel: Settings, then Security.</dd>
      <dt>The API URL</dt>
      <dd>Settings, Tracking domains, Default URLs. This server was started with it.</dd>
    </dl>
  </details>
);

const titles: Record<string, string> = {
  UNAUTHENTICATED: "This network does not know the key",
  FORBIDDEN: "The key is good, but may not be used here",
  UPSTREAM_UNREACHABLE: "The network cannot be reached",
  UPSTREAM_TIMEOUT: "The network did not answer in time",
  UPSTREAM_RATE_LIMITED: "The network asks to slow down",
};

const advice: Record<string, string> = {
  UNAUTHENTICATED:
    "Check that the whole key was copied, without spaces. If it is right, it may belong to another network: a key works on its own network's API URL only.",
  FORBIDDEN: "Ask a General manager of the network to look at your user's permissions.",
  UPSTREAM_UNREACHABLE: "Check the API URL that this server was started with, and that it is still running.",
};

/** Somebody's own key, over the sandbox: there is nothing wrong with it, it is not for here. */
const NotForSandbox = () => (
  <div className="refusal" role="alert">
    <h2>The sandbox does not know the key</h2>
    <p>
      This server runs over the sandbox, which has no keys but the sample keys above. A key of your own works once the server runs
      over your network:
    </p>
    <p>
      <code>npm start -- --affise-api-url https://api-&lt;company&gt;.affise.com</code>
    </p>
    <dl>
      <dt>In the panel, the API URL stands at</dt>
      <dd>Settings → Tracking domains → Default URLs</dd>
    </dl>
  </div>
);

interface Props {
  code: string;
  message: string;
  /** Whose the key was when it was taken. */
  before?: Viewer;
}

const AskAgain = () => (
  <button type="button" className="link-button" onClick={() => void askViewer()}>
    Ask again
  </button>
);

/** A key that was good when the page took it, and is no more. */
const Lapsed = ({ before, message }: { before: Viewer; message: string }) => (
  <div className="refusal" role="alert">
    <h2>This network does not know the key any more</h2>
    <p>
      It was{" "}
      <strong>
        <Isolated text={nameOf(before)} />
      </strong>
      ’s when it was taken. It may have been made anew, or the user blocked: copy the key that the panel shows now, or ask a
      General manager of the network.
    </p>
    <p className="said">The server said: {message}</p>
    <AskAgain />
  </div>
);

/** Why a key was not taken, and what to do about it. */
const NotTaken = ({ code, message }: Props) => (
  <div className="refusal" role="alert">
    <h2>{titles[code] ?? "That did not work"}</h2>
    <p>{advice[code] ?? message}</p>
    {advice[code] && <p className="said">The server said: {message}</p>}
    <ErrorDocs code={code} />
    {code !== "UNAUTHENTICATED" && <AskAgain />}
    {code === "UNAUTHENTICATED" && (
      <dl>
        <dt>Users of the network find theirs at</dt>
        <dd>Users → the user</dd>
        <dt>Affiliates find theirs at</dt>
        <dd>Settings → Security</dd>
        <dt>The network's API URL stands at</dt>
        <dd>Settings → Tracking domains → Default URLs</dd>
      </dl>
    )}
  </div>
);

/** What is told of a key that was not taken. */
export const Refusal = (props: Props) => {
  const { sandbox } = useStore(house);
  if (props.before && props.code === "UNAUTHENTICATED") return <Lapsed before={props.before} message={props.message} />;
  return sandbox && props.code === "UNAUTHENTICATED" ? <NotForSandbox /> : <NotTaken {...props} />;
};
