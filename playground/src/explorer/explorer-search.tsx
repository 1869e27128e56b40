import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isRequiredArgument,
  type SelectionNode,
} from "graphql";
import { useMemo } from "react";
import { fieldsOf, findField, newField, replaced, withSelections } from "./explorer-edit.js";

type Field = GraphQLField<unknown, unknown>;

const deepest = 6;
const shownAtMost = 30;

const needsArguments = (field: Field): boolean => field.args.some(isRequiredArgument);

/** Fields below the first level whose name or description has the text, each by its shortest way; where one can be, by one without arguments. */
const findBelow = (root: GraphQLObjectType, text: string): Field[][] => {
  const free = findBy(root, text, (field) => !needsArguments(field));
  return free.length ? free : findBy(root, text, () => true);
};

const findBy = (root: GraphQLObjectType, text: string, mayPass: (field: Field) => boolean): Field[][] => {
  const wanted = text.trim().toLowerCase();
  if (wanted.length < 2) return [];
  const found: Field[][] = [];
  const seen = new Set<GraphQLNamedType>([root]);
  let level: Field[][] = fieldsOf(root)
    .filter(mayPass)
    .map((field) => [field]);
  for (let depth = 1; depth < deepest && level.length && found.length < shownAtMost; depth += 1) {
    const next: Field[][] = [];
    for (const way of level) {
      const last = way.at(-1);
      const type = last && getNamedType(last.type);
      if (!type || seen.has(type)) continue;
      seen.add(type);
      for (const field of fieldsOf(type).filter(mayPass)) {
        const longer = [...way, field];
        if (`${field.name} ${field.description ?? ""}`.toLowerCase().includes(wanted)) found.push(longer);
        next.push(longer);
      }
    }
    level = next;
  }
  const byName = (way: Field[]) => (way.at(-1)?.name.toLowerCase().includes(wanted) ? 0 : 1);
  return found.sort((left, right) => byName(left) - byName(right)).slice(0, shownAtMost);
};

/** The selections with everything on the way to a field asked for, as far as it is not yet. */
const withWay = (selections: readonly SelectionNode[], [field, ...rest]: readonly Field[]): SelectionNode[] => {
  if (!field) return [...selections];
  const old = findField(selections, field.name);
  const fresh = old ?? newField(field);
  if (!rest.length) return old ? [...selections] : [...selections, fresh];
  const below = old?.selectionSet?.selections ?? [];
  return replaced(selections, old, withSelections(fresh, withWay(below, rest)));
};

const isAsked = (selections: readonly SelectionNode[], [field, ...rest]: readonly Field[]): boolean => {
  if (!field) return true;
  const node = findField(selections, field.name);
  return node !== undefined && isAsked(node.selectionSet?.selections ?? [], rest);
};

interface Props {
  root: GraphQLObjectType;
  text: string;
  selections: readonly SelectionNode[];
  change(selections: SelectionNode[]): void;
}

/** What the filter finds further down: one press asks for it, with all that leads to it. */
export const DeepSearch = ({ root, text, selections, change }: Props) => {
  const found = useMemo(() => findBelow(root, text), [root, text]);
  if (!found.length) return null;
  return (
    <section className="explorer-found" aria-label="Found further down">
      <h3>Further down</h3>
      <ul>
        {found.map((way) => {
          const path = way.map(({ name }) => name).join(" › ");
          const needs = way.some(needsArguments);
          return (
            <li key={path}>
              <button
                type="button"
                title={way.at(-1)?.description ?? undefined}
                disabled={isAsked(selections, way)}
                onClick={() => change(withWay(selections, way))}
              >
                {path}
                {needs && <span className="faint"> needs arguments</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
