import { useCallback, useMemo, useState } from "react";
import { Chart } from "../chart/chart.js";
import { useCopied } from "../copied.js";
import { DownloadIcon } from "../icon.js";
import { useSliced } from "../sliced.js";
import { useStore } from "../store.js";
import { Table } from "../table/table.js";
import { ColumnChoice } from "../table/table-columns.js";
import { downloadExtract, type Extract, extractText } from "../table/table-export.js";
import { firstLook, lookName, looks, type TableLook, visibleColumns } from "../table/table-look.js";
import { seenOf } from "../table/table-rows.js";
import { Completeness } from "./completeness.js";
import type { KeptAnswer } from "./kept-answer.js";
import { type FoundList, withColumns } from "./list.js";

interface Props {
  tab: string;
  lists: readonly FoundList[];
  kept: KeptAnswer | undefined;
  view: "table" | "chart";
  /** The column that the example sorts by. */
  sort: string | undefined;
  /** Told of a list that cannot be drawn, all of it. */
  cannotDraw(): void;
}

const ExportActions = ({ extract }: { extract: Extract }) => {
  const { said, copy } = useCopied();
  return (
    <div className="exports">
      <output className="copied">{said}</output>
      <button
        type="button"
        className="action"
        title="These rows and columns, for pasting into a spreadsheet"
        onClick={() => void copy(extractText(extract, "\t"))}
      >
        Copy rows
      </button>
      <button
        type="button"
        className="action"
        title="These rows and columns as CSV"
        onClick={() => downloadExtract(extract, ",")}
      >
        <DownloadIcon />
        CSV
      </button>
      <button
        type="button"
        className="action"
        title="CSV with semicolons and decimal commas: for Excel where it is set to German, French, Russian and the like"
        onClick={() => downloadExtract(extract, ";")}
      >
        CSV ;
      </button>
    </div>
  );
};

const ListChoice = ({ lists, path, choose }: { lists: Props["lists"]; path: string; choose(path: string): void }) => (
  <label>
    <span className="unseen">Which list</span>
    <select value={path} onChange={(event) => choose(event.currentTarget.value)}>
      {lists.map(({ path, items }) => (
        <option key={path.join(".")} value={path.join(".")}>
          {path.join(" › ")} ({items.length})
        </option>
      ))}
    </select>
  </label>
);

interface NestProps {
  list: { path: readonly (string | number)[]; nests: readonly string[] };
  open: string | undefined;
  choose(nest: string | undefined): void;
}

const NestChoice = ({ list, open, choose }: NestProps) => (
  <label>
    <span className="unseen">A row for each of</span>
    <select value={open ?? ""} onChange={(event) => choose(event.currentTarget.value || undefined)}>
      <option value="">A row for each of {list.path.at(-1)}</option>
      {list.nests.map((nest) => (
        <option key={nest} value={nest}>
          A row for each of {nest.split(".").slice(-2).join(" ")}
        </option>
      ))}
    </select>
  </label>
);

/** A list of an answer as table or chart, with what there is of it. */
export const ListView = ({ tab, lists, kept, view, sort, cannotDraw }: Props) => {
  const [chosen, setChosen] = useState<string>();
  const [open, setOpen] = useState<Readonly<Record<number, string>>>({});
  const found = lists.find(({ path }) => path.join(".") === chosen) ?? lists[0];
  const list = useSliced(useCallback(() => withColumns(found ?? { path: [], items: [], connection: undefined }), [found]));
  const name = list ? `${tab} ${lookName(list)}` : "";
  const touched = useStore(looks)[name];
  const look = useMemo(() => list && (touched ?? firstLook(list, sort)), [list, touched, sort]);
  const { sorting, filters, openAll } = look ?? {};
  const work = useCallback(
    () => seenOf(list as NonNullable<typeof list>, { sorting, filters: filters ?? {}, openAll, open }),
    [list, sorting, filters, openAll, open],
  );
  const seen = useSliced(list && work);
  if (!found || !list || !look) return <div className="answer-body" />;

  const change = (part: Partial<TableLook>) => looks.set({ [name]: { ...look, ...part } });
  const toggle = (item: number, nest: string) => {
    if (look.openAll !== undefined) return change({ openAll: look.openAll === nest ? undefined : nest });
    const { [item]: now, ...others } = open;
    setOpen(now === nest ? others : { ...others, [item]: nest });
  };
  const filtering = Object.values(look.filters).some((text) => text.trim());
  const current = seen?.list === list && seen.filters === look.filters ? seen : undefined;

  const isWhole = current && !filtering && list.items === found.items;

  return (
    <div className="answer-body">
      <Completeness tab={tab} list={found} known={list} matching={filtering ? current?.rows.length : undefined} kept={kept} />
      <div className="list-tools">
        {lists.length > 1 && <ListChoice lists={lists} path={found.path.join(".")} choose={setChosen} />}
        {list.nests.length > 0 && <NestChoice list={list} open={look.openAll} choose={(openAll) => change({ openAll })} />}
        {view === "table" && (
          <div className="list-actions">
            <ColumnChoice list={list} look={look} change={change} />
            {seen && <ExportActions extract={{ list: seen.list, columns: visibleColumns(seen.list, look), rows: seen.rows }} />}
          </div>
        )}
      </div>
      {seen && view === "table" && <Table seen={seen} look={look} change={change} toggle={toggle} />}
      {seen && view === "chart" && <Chart seen={seen} cannot={() => isWhole && cannotDraw()} />}
    </div>
  );
};
