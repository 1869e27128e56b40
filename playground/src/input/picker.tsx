import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Isolated } from "../isolated-text.js";
import { type Named, type Noun, namesOf, searchNames } from "../noun.js";

interface Props {
  id: string;
  noun: Noun;
  many: boolean;
  value: unknown;
  change(value: unknown): void;
}

const idsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null || value === "" ? [] : [value]).map(String);

/** The value when one of its ids is taken out. */
const without = (ids: readonly string[], one: string, many: boolean): string[] | undefined => {
  const rest = ids.filter((other) => other !== one);
  return many && rest.length ? rest : undefined;
};

/** The names of ids that are picked already; what was found meanwhile is not asked for again. */
const useNames = (noun: Noun, ids: readonly string[]) => {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const unnamed = ids.filter((id) => !names.has(id)).join();
  useEffect(() => {
    if (!unnamed) return;
    const asked = unnamed.split(",");
    void namesOf(noun, asked).then((found) =>
      setNames((known) => new Map([...known, ...asked.map((id) => [id, found.get(id) ?? ""] as const)])),
    );
  }, [noun, unnamed]);
  const learn = ({ id, name }: Named) => setNames((known) => new Map([...known, [id, name]]));
  return { names, learn };
};

/** What the API finds for a text, a moment after somebody has stopped typing; undefined until it has answered. */
const useFound = (noun: Noun, text: string | undefined) => {
  const [found, setFound] = useState<Named[]>();
  useEffect(() => {
    if (text === undefined) return setFound(undefined);
    let stale = false;
    const timer = setTimeout(() => {
      searchNames(noun, text).then(
        (rows) => stale || setFound(rows),
        () => stale || setFound([]),
      );
    }, 250);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [noun, text]);
  return found;
};

interface PickedProps {
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
  drop(id: string): void;
}

const Picked = ({ ids, names, drop }: PickedProps) =>
  ids.map((one) => (
    <span key={one} className="picked">
      <Isolated text={names.get(one) || one} />
      {names.get(one) && <span className="faint">{one}</span>}
      <button type="button" aria-label={`Take out ${names.get(one) || one}`} onClick={() => drop(one)}>
        ×
      </button>
    </span>
  ));

interface FoundProps {
  id: string;
  found: readonly Named[] | undefined;
  /** The place of the one that Enter picks. */
  at: number;
  pick(one: Named): void;
}

const Found = ({ id, found, at, pick }: FoundProps) => (
  <div className="found" id={`${id}-found`} role="listbox" aria-label="Found">
    {found?.map((one, index) => (
      <button
        key={one.id}
        id={`${id}-${index}`}
        type="button"
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => pick(one)}
      >
        <Isolated text={one.name} /> <span className="faint">{one.id}</span>
      </button>
    ))}
    {!found && <span className="faint">Looking …</span>}
    {found?.length === 0 && <span className="faint">Nothing found that this key may see.</span>}
  </div>
);

/** Picks offers, affiliates, advertisers or users by their names: one, or several. Numbers do as well. */
export const NounPicker = ({ id, noun, many, value, change }: Props) => {
  const ids = idsIn(value);
  const [text, setText] = useState<string>();
  const [at, setAt] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const { names, learn } = useNames(noun, ids);
  const found = useFound(noun, text)?.filter((one) => !ids.includes(one.id));

  const pick = (one: Named) => {
    learn(one);
    change(many ? [...ids, one.id] : one.id);
    setText(many ? "" : undefined);
    setAt(0);
    box.current?.focus();
  };
  const drop = (one: string) => change(without(ids, one, many));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text !== undefined) event.stopPropagation();
    if (event.key === "Escape") setText(undefined);
    if (text === undefined && /^Arrow(Up|Down)$/.test(event.key)) return setText("");
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, (found?.length ?? 1) - 1));
    if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    if (event.key === "Backspace" && !text && ids.length) drop(ids.at(-1) ?? "");
    if (event.key === "Enter" && text !== undefined) {
      event.preventDefault();
      const chosen = found?.[at] ?? (/^\S+$/.test(text) ? { id: text, name: "" } : undefined);
      if (chosen) pick(chosen);
    }
  };

  return (
    <fieldset
      className="picker"
      aria-label={`${noun.title} by name`}
      onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || setText(undefined)}
    >
      <Picked ids={ids} names={names} drop={drop} />
      <input
        ref={box}
        id={id}
        role="combobox"
        aria-expanded={text !== undefined}
        aria-controls={`${id}-found`}
        aria-activedescendant={found?.length ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={ids.length ? "" : `Name or number of the ${noun.title}`}
        value={text ?? ""}
        onFocus={() => setText("")}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {text !== undefined && <Found id={id} found={found} at={at} pick={pick} />}
    </fieldset>
  );
};
