import { useEffect } from "react";
import { hostOf, house, networkInWords } from "./house.js";
import { MoonIcon, PanelIcon, SunIcon, SystemIcon } from "./icon.js";
import { Isolated } from "./isolated-text.js";
import { roleInWords } from "./key/permission.js";
import { isReadOnly, session, setReadOnly, useNetwork } from "./key/session.js";
import { nameOf, standing } from "./key/viewer.js";
import { useStore } from "./store.js";
import { nextTheme, theme } from "./theme.js";
import { workbench } from "./workbench.js";

const themeIcons = { system: SystemIcon, light: SunIcon, dark: MoonIcon } as const;

const ThemeSwitch = () => {
  const { now } = useStore(theme);
  const Icon = themeIcons[now];
  const label = `Colours: ${now === "system" ? "as the system has them" : now}. Press to change.`;
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={nextTheme}>
      <Icon />
    </button>
  );
};

const Badge = () => {
  const { now } = useStore(standing);
  if (now.state !== "known") return null;
  const { viewer } = now;
  return (
    <button type="button" className="who" onClick={() => workbench.set({ pane: "start" })}>
      <Isolated className="who-name" text={nameOf(viewer)} />
      <span className="who-role">{roleInWords(viewer.role ?? viewer.kind)}</span>
    </button>
  );
};

/** The network that is asked, wherever one looks: a real one in another colour than the sandbox, with the switch that keeps the page from changing it. */
const NetworkTag = () => {
  const { sandbox, readOnly: never } = useStore(house);
  const { readOnly: places } = useStore(session);
  const network = useNetwork();
  const host = network && hostOf(network);
  useEffect(() => {
    document.title = host ? `${host} · affise-graphql` : "affise-graphql";
  }, [host]);
  if (!network) return null;
  const readOnly = never === true || (places.length > 0 && isReadOnly(network));
  return (
    <>
      <span
        className={sandbox ? "tag" : "tag real"}
        title={sandbox ? "Invented data; no network is touched." : `A real network: ${network.api}`}
      >
        {networkInWords(network)}
      </span>
      <label
        className="read-only"
        title={never ? "This server refuses every change." : "Keeps this page from changing anything here."}
      >
        <input
          type="checkbox"
          checked={readOnly}
          disabled={never}
          onChange={(event) => setReadOnly(network, event.currentTarget.checked)}
        />
        <span>Read-only</span>
      </label>
    </>
  );
};

export const Header = ({ aside, toggleAside }: { aside: boolean; toggleAside: () => void }) => {
  const { version, docs } = useStore(house);
  const label = aside ? "Hide key and examples" : "Show key and examples";
  return (
    <header className="header">
      <button
        type="button"
        className="icon-button aside-toggle"
        aria-label={label}
        title={label}
        aria-expanded={aside}
        onClick={toggleAside}
      >
        <PanelIcon />
      </button>
      <h1 className="brand" title={version && `Version ${version}`}>
        <img src="./icon.svg" alt="" width="24" height="24" />
        affise-graphql
      </h1>
      <NetworkTag />
      <span className="gap" />
      {docs && (
        <a className="docs-link" href="./docs/">
          Docs
        </a>
      )}
      <Badge />
      <ThemeSwitch />
    </header>
  );
};
