import { house } from "../house.js";
import { useNetwork } from "../key/session.js";
import { numberText } from "../number.js";
import { useStore } from "../store.js";
import { callsToRead, isSameAsker, type KeptAnswer, readOn } from "./kept-answer.js";
import type { FoundList, List } from "./list.js";
import { pageOf } from "./page-info.js";

interface Props {
  tab: string;
  list: FoundList;
  /** The same list once its columns are known. */
  known?: List;
  /** How many rows the table shows, where a filter leaves some out. */
  matching?: number;
  /** The answer as the page got it; undefined for one that it only finds in the editor, such as after a reload. */
  kept: KeptAnswer | undefined;
}

const counted = (count: number, noun: string) => `${numberText(count)} ${noun}`;

const Extent = ({ list }: { list: FoundList }) => {
  const read = list.items.length;
  const noun = list.path.at(-1) ?? "rows";
  const page = list.connection && pageOf(list.connection);
  if (!page) return <strong>{counted(read, noun)}</strong>;
  const { totalCount, hasNextPage } = page;
  if (!hasNextPage && (totalCount === undefined || totalCount <= read)) return <strong>All {counted(read, noun)}</strong>;
  return (
    <strong className="partial">
      {totalCount === undefined ? `The first ${counted(read, noun)}` : `${numberText(read)} of ${counted(totalCount, noun)}`}
    </strong>
  );
};

const ReadOn = ({ tab, list, kept }: { tab: string; list: FoundList; kept: KeptAnswer }) => {
  useNetwork();
  const { documents } = useStore(house);
  const page = list.connection && pageOf(list.connection);
  if (!page?.hasNextPage) return null;
  if (documents)
    return <span className="faint">This server runs saved documents only: one with a variable for “after” reads on.</span>;
  if (kept.reading)
    return (
      <>
        <progress max={page.totalCount ?? undefined} value={page.totalCount ? list.items.length : undefined}>
          Reading
        </progress>
        <button type="button" className="link-button" onClick={() => kept.reading?.stop.abort()}>
          Cancel
        </button>
      </>
    );
  if (!isSameAsker(kept))
    return <span className="faint">To read on, run the query again: the network or key is another now.</span>;
  const left = page.totalCount === undefined ? undefined : page.totalCount - list.items.length;
  const calls = left === undefined ? undefined : callsToRead(kept, list.items.length, left);
  return (
    <>
      <button type="button" className="link-button" onClick={() => void readOn(tab, list.path, false)}>
        Next page
      </button>
      <button type="button" className="link-button" onClick={() => void readOn(tab, list.path, true)}>
        Load all{calls === undefined ? "" : ` (about ${calls} REST ${calls === 1 ? "call" : "calls"})`}
      </button>
    </>
  );
};

/** How much of a list is there, and the way to the rest of it. */
export const Completeness = ({ tab, list, known, matching, kept }: Props) => {
  const reading = kept?.reading?.path === list.path.join(".");
  return (
    <div className="completeness">
      <span aria-live={reading ? "off" : "polite"}>
        <Extent list={list} />
        {matching !== undefined && <span> · {counted(matching, matching === 1 ? "row fits" : "rows fit")} the filter</span>}
      </span>
      {kept && <ReadOn tab={tab} list={list} kept={kept} />}
      {kept?.fault && (
        <span className="fault" role="alert">
          {kept.fault}
        </span>
      )}
      {[...(known?.cut ?? [])].map(([nest, count]) => (
        <span key={nest} className="partial">
          {nest} goes on in {counted(count, count === 1 ? "row" : "rows")}: ask for more of it with <code>first</code>
        </span>
      ))}
    </div>
  );
};
