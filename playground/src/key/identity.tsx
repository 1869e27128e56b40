import { fixedWords, permissionsInWords, type SectionWords } from "../../../src/doctor/permission-word.js";
import { networkInWords } from "../house.js";
import { roleInWords } from "./permission.js";
import { useNetwork } from "./session.js";
import { nameOf, type Viewer } from "./viewer.js";

const Words = ({ kind, title, words }: { kind: "change" | "look" | "not"; title: string; words: string[] }) =>
  words.length ? (
    <p className={`may ${kind}`}>
      <span className="may-title">{title}</span> {words.join(", ")}
    </p>
  ) : null;

const Section = ({ section }: { section: SectionWords }) => (
  <section className="may-section">
    <h3>{section.title}</h3>
    <Words kind="change" title="May change" words={section.change} />
    <Words kind="look" title="May see" words={section.look} />
    <Words kind="not" title="May not see" words={section.not} />
  </section>
);

const summaries: Record<string, string> = {
  GENERAL_MANAGER: "All sections of the panel, all statistics, and the other users.",
  AFFILIATE_MANAGER: "Affiliates, their tickets, billing and statistics.",
  ACCOUNT_MANAGER: "The advertisers assigned to this user, and their offers.",
  Affiliate: "The offers open to this affiliate, and its own figures.",
  Advertiser: "This advertiser's own offers and their figures.",
};

const initials = (name: string): string =>
  name
    .split(/[\s@._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join("");

/** Who the key belongs to, and what it may and may not do. */
export const Identity = ({ viewer }: { viewer: Viewer }) => {
  const name = nameOf(viewer);
  const network = useNetwork();
  const sections = viewer.kind === "User" ? permissionsInWords(viewer.permissions) : fixedWords[viewer.kind];
  return (
    <div className="identity">
      <div className="identity-head">
        <span className="face" aria-hidden="true">
          {initials(name)}
        </span>
        <div>
          <h2>{name}</h2>
          {viewer.email && viewer.email !== name && <p>{viewer.email}</p>}
        </div>
      </div>
      <dl>
        <dt>Role</dt>
        <dd>{roleInWords(viewer.role ?? viewer.kind)}</dd>
        {network && (
          <>
            <dt>Network</dt>
            <dd>{networkInWords(network)}</dd>
          </>
        )}
        <dt>{viewer.kind === "Affiliate" ? "Number" : "Id"}</dt>
        <dd className="mono">{viewer.id}</dd>
      </dl>
      <p className="identity-sum">{summaries[viewer.role ?? viewer.kind] ?? ""}</p>
      {sections.length > 0 && (
        <details className="may-list">
          <summary>What this key may and may not do</summary>
          {sections.map((section) => (
            <Section key={section.title} section={section} />
          ))}
        </details>
      )}
    </div>
  );
};
