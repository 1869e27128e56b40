import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  type InlineFragmentNode,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  Kind,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";
import { useState } from "react";
import { InputField } from "../input/field.js";
import {
  fieldsOf,
  findField,
  hasVariables,
  newArgument,
  newField,
  nodeFor,
  replaced,
  textOf,
  valueFrom,
  withSelections,
} from "./explorer-edit.js";

interface Change {
  node: FieldNode;
  change(node: FieldNode): void;
}

/** What somebody typed for an argument that holds variables: those stay as they are written. */
const WrittenValue = ({ argument, value, put }: { argument: GraphQLArgument; value: ValueNode; put(value: ValueNode): void }) => {
  const [draft, setDraft] = useState<string>();
  return (
    <input
      aria-label={`Value of ${argument.name}`}
      aria-invalid={draft !== undefined && !valueFrom(draft, argument.type)}
      value={draft ?? textOf(value)}
      spellCheck={false}
      onChange={({ currentTarget: { value: text } }) => {
        const now = valueFrom(text, argument.type);
        if (now) put(now);
        setDraft(now ? undefined : text);
      }}
      onBlur={() => setDraft(undefined)}
    />
  );
};

const ArgumentValue = ({ field, argument, node, change }: Change & { field: string; argument: GraphQLArgument }) => {
  const set = node.arguments?.find((one) => one.name.value === argument.name);
  if (!set) return null;
  const put = (value: ValueNode) =>
    change({ ...node, arguments: node.arguments?.map((one) => (one === set ? { ...set, value } : one)) });
  if (hasVariables(set.value)) return <WrittenValue argument={argument} value={set.value} put={put} />;
  return (
    <InputField
      input={{
        name: argument.name,
        type: argument.type,
        about: argument.description ?? "",
        known: { name: argument.name, parent: field },
        hasDefault: argument.defaultValue !== undefined,
      }}
      value={valueFromASTUntyped(set.value)}
      change={(value) => put(nodeFor(value ?? null, argument.type))}
    />
  );
};

const Arguments = ({ field, node, change }: Change & { field: GraphQLField<unknown, unknown> }) => (
  <ul className="explorer-arguments" aria-label={`Arguments of ${field.name}`}>
    {field.args.map((argument) => {
      const set = node.arguments?.find((one) => one.name.value === argument.name);
      const others = (node.arguments ?? []).filter((one) => one !== set);
      return (
        <li key={argument.name} title={argument.description ?? undefined}>
          <label>
            <input
              type="checkbox"
              checked={set !== undefined}
              disabled={set !== undefined && isRequiredArgument(argument)}
              onChange={() => change({ ...node, arguments: set ? others : [...others, newArgument(argument)] })}
            />
            <span className="explorer-argument">{argument.name}</span>
          </label>
          <ArgumentValue field={field.name} argument={argument} node={node} change={change} />
        </li>
      );
    })}
  </ul>
);

interface LevelProps {
  type: GraphQLNamedType;
  selections: readonly SelectionNode[];
  change(selections: SelectionNode[]): void;
  filter?: string;
}

const FieldLine = ({ field, selections, change }: Omit<LevelProps, "type"> & { field: GraphQLField<unknown, unknown> }) => {
  const node = findField(selections, field.name);
  const type = getNamedType(field.type);
  const leaf = isLeafType(type);
  const [opened, setOpened] = useState(false);
  const open = !leaf && (opened || node !== undefined);
  const put = (now: FieldNode | undefined) => change(replaced(selections, node, now));
  return (
    <li>
      <div className="explorer-line" title={field.description ?? undefined}>
        {leaf ? (
          <span className="explorer-twist" />
        ) : (
          <button
            type="button"
            className="explorer-twist"
            aria-expanded={open}
            aria-label={`Fields of ${field.name}`}
            disabled={node !== undefined}
            onClick={() => setOpened(!opened)}
          >
            ▸
          </button>
        )}
        <label>
          <input type="checkbox" checked={node !== undefined} onChange={() => put(node ? undefined : newField(field))} />
          <span className={leaf ? "explorer-leaf" : "explorer-branch"}>{field.name}</span>
        </label>
      </div>
      {node && field.args.length > 0 && <Arguments field={field} node={node} change={put} />}
      {open && (
        <Level
          type={type}
          selections={node?.selectionSet?.selections ?? []}
          change={(below) => put(withSelections(node ?? { ...newField(field), selectionSet: undefined }, below))}
        />
      )}
    </li>
  );
};

const KindLine = ({ type, selections, change }: Omit<LevelProps, "filter">) => {
  const node = selections.find(
    (one): one is InlineFragmentNode => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === type.name,
  );
  const [opened, setOpened] = useState(false);
  const put = (below: SelectionNode[]) => {
    const now: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: below },
    };
    change(replaced(selections, node, below.length ? now : undefined));
  };
  return (
    <li>
      <div className="explorer-line">
        <button
          type="button"
          className="explorer-twist"
          aria-expanded={opened || node !== undefined}
          aria-label={`Fields on ${type.name}`}
          onClick={() => setOpened(!opened)}
        >
          ▸
        </button>
        <span className="explorer-kind">on {type.name}</span>
      </div>
      {(opened || node) && <Level type={type} selections={node?.selectionSet.selections ?? []} change={put} />}
    </li>
  );
};

/** The fields of a type, each with a box to ask for it; what is below a field shows once it is opened. */
export const Level = ({ type, selections, change, filter = "" }: LevelProps) => {
  const wanted = filter.trim().toLowerCase();
  const kinds = isUnionType(type) ? type.getTypes().filter(isObjectType) : [];
  return (
    <ul className="explorer-level">
      {fieldsOf(type)
        .filter((field) => field.name.toLowerCase().includes(wanted))
        .map((field) => (
          <FieldLine key={field.name} field={field} selections={selections} change={change} />
        ))}
      {kinds.map((kind) => (
        <KindLine key={kind.name} type={kind} selections={selections} change={change} />
      ))}
    </ul>
  );
};
