import {
  type ArgumentNode,
  type ASTNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** One replacement in a text: what stands from `start` to `end` becomes `text`. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

type WithSelections = FieldNode | InlineFragmentNode | OperationDefinitionNode;

const indented = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

/** The blanks that the line of a place begins with. */
const indentAt = (source: string, at: number): string => {
  const line = source.slice(source.lastIndexOf("\n", at - 1) + 1, at);
  return line.match(/^\s*/)?.[0] ?? "";
};

const nameOf = (node: SelectionNode): string => {
  if (node.kind === Kind.FIELD) return `${node.alias?.value ?? ""}:${node.name.value}`;
  return node.kind === Kind.FRAGMENT_SPREAD ? `...${node.name.value}` : `... on ${node.typeCondition?.name.value}`;
};

/** From the end of what stands before on the same line, so that no empty line is left behind. */
const removal = (source: string, { loc }: ASTNode): Edit[] => {
  if (!loc) return [];
  const before = source.slice(0, loc.start).match(/(\n[ \t]*|[ \t,]+)$/)?.[0] ?? "";
  return [{ start: loc.start - before.length, end: loc.end, text: "" }];
};

const argumentEdits = (source: string, old: FieldNode, now: FieldNode): Edit[] => {
  const before = old.arguments ?? [];
  const after = now.arguments ?? [];
  if (before === after) return [];
  const list = (nodes: readonly ArgumentNode[]) => nodes.map((one) => print(one)).join(", ");
  const [first] = before;
  const last = before.at(-1);
  if (!first?.loc || !last?.loc) {
    const at = old.name.loc?.end ?? 0;
    return after.length ? [{ start: at, end: at, text: `(${list(after)})` }] : [];
  }
  if (!after.length) {
    const start = source.lastIndexOf("(", first.loc.start);
    return [{ start, end: source.indexOf(")", last.loc.end) + 1, text: "" }];
  }
  const kept = before.flatMap((one) => {
    const same = after.find((other) => other.name.value === one.name.value);
    if (!same) return removal(source, one);
    const { loc } = one.value;
    return same.value === one.value || !loc ? [] : [{ start: loc.start, end: loc.end, text: print(same.value) }];
  });
  const added = after.filter((one) => before.every((other) => other.name.value !== one.name.value));
  return added.length ? [...kept, { start: last.loc.end, end: last.loc.end, text: `, ${list(added)}` }] : kept;
};

const selectionEdits = (source: string, old: SelectionSetNode, now: SelectionSetNode): Edit[] => {
  if (old === now || !old.loc) return [];
  const partner = (one: SelectionNode) =>
    now.selections.includes(one)
      ? one
      : now.selections.find((other) => !old.selections.includes(other) && nameOf(other) === nameOf(one));
  const partners = new Set<SelectionNode | undefined>();
  const kept = old.selections.flatMap((one) => {
    const same = partner(one);
    partners.add(same);
    return same ? nodeEdits(source, one, same) : removal(source, one);
  });
  const added = now.selections.filter((one) => !partners.has(one));
  if (!added.length) return kept;
  const lines = source.slice(old.loc.start, old.loc.end).includes("\n");
  const outer = indentAt(source, old.loc.start);
  const [first] = old.selections;
  const inner = first?.loc && lines ? indentAt(source, first.loc.start) : `${outer}  `;
  const text = added.map((one) => (lines ? `\n${inner}${indented(print(one), inner)}` : ` ${print(one)}`)).join("");
  const end = old.selections.at(-1)?.loc?.end ?? old.loc.start + 1;
  return [...kept, { start: end, end, text }];
};

const nodeEdits = (source: string, old: SelectionNode, now: SelectionNode): Edit[] => {
  if (old === now || old.kind === Kind.FRAGMENT_SPREAD || now.kind === Kind.FRAGMENT_SPREAD) return [];
  const own = old.kind === Kind.FIELD && now.kind === Kind.FIELD ? argumentEdits(source, old, now) : [];
  return [...own, ...belowEdits(source, old, now)];
};

const belowEdits = (source: string, old: WithSelections, now: WithSelections): Edit[] => {
  if (!now.selectionSet) return [];
  if (old.selectionSet) return selectionEdits(source, old.selectionSet, now.selectionSet);
  const at = old.loc?.end ?? 0;
  return [{ start: at, end: at, text: ` ${indented(print(now.selectionSet), indentAt(source, at))}` }];
};

/** The text of a query with one operation changed: comments, order and layout of all the rest stay as somebody wrote them. */
export const rewritten = (source: string, old: OperationDefinitionNode, now: OperationDefinitionNode): string =>
  belowEdits(source, old, now)
    .sort((left, right) => right.start - left.start || right.end - left.end)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);
