import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, visit } from "graphql";
import { type ManifestEntry, sha256 } from "./entry.js";

/** A .graphql file; what is no GraphQL has no document, and whoever looks at it says so. */
interface PlainFile {
  file: string;
  text: string;
  document?: DocumentNode;
}

const read = (file: string, text: string): PlainFile => {
  try {
    return { file, text, document: parse(text) };
  } catch {
    return { file, text };
  }
};

const spreadsIn = (node: DocumentNode | FragmentDefinitionNode): string[] => {
  const names: string[] = [];
  visit(node, {
    FragmentSpread({ name }) {
      names.push(name.value);
    },
  });
  return names;
};

const fragmentsIn = ({ document }: PlainFile): FragmentDefinitionNode[] =>
  document?.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION) ?? [];

const hasOnlyFragments = (one: PlainFile) =>
  one.document !== undefined && fragmentsIn(one).length === one.document.definitions.length;

/**
 * The documents of plain files, under the SHA-256 of their texts. A fragment may stand in another of the files: then it is put behind, as build
 * tools do. Files of fragments alone are no documents where there are others.
 */
export const plainDocuments = (texts: readonly (readonly [file: string, text: string])[]): ManifestEntry[] => {
  const files = texts.map(([file, text]) => read(file, text));
  const fragments = new Map(files.flatMap((one) => fragmentsIn(one).map((fragment) => [fragment.name.value, fragment] as const)));

  const withFragments = (file: PlainFile): string => {
    if (!file.document) return file.text;
    const own = new Set(fragmentsIn(file).map(({ name }) => name.value));
    const needed = new Set(spreadsIn(file.document));
    const parts = [file.text];
    for (const name of needed) {
      const fragment = fragments.get(name);
      if (!fragment || own.has(name)) continue;
      for (const other of spreadsIn(fragment)) needed.add(other);
      parts.push(fragment.loc?.source.body.slice(fragment.loc.start, fragment.loc.end) ?? "");
    }
    return parts.join("\n");
  };

  const operations = files.filter((one) => !hasOnlyFragments(one));
  return (operations.length ? operations : files).map((one) => ({
    id: sha256(one.text),
    text: withFragments(one),
    file: one.file,
  }));
};
