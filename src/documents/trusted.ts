import type { DocumentNode } from "graphql";
import { type AssessedDocument, type Assessor, titleOf } from "./assess.js";
import { sha256 } from "./entry.js";
import { ManifestError, readManifests } from "./manifest.js";
import type { DocumentMode, DocumentModes } from "./mode.js";

/** A document as people may choose it. */
export interface SavedDocument {
  name: string;
  query: string;
}

/** A document is everybody's, or of one client. */
const keyOf = (client: string | undefined, what: string) => (client === undefined ? what : `${client}\n${what}`);

const sentences = (one: AssessedDocument): string[] => one.faults.map((fault) => `${one.entry.file}: ${titleOf(one)}: ${fault}`);

/** The documents of the operator's manifests, parsed and valid: by their ids, by the SHA-256 of their texts, and by their texts. */
export class TrustedDocuments {
  /** By text. */
  readonly documents: ReadonlyMap<string, DocumentNode>;
  private readonly texts = new Map<string, string>();
  private readonly known = new Set<string>();
  /** What a caller without a client's name may choose from, where it may run nothing else; undefined where it may. */
  readonly offered: readonly SavedDocument[] | undefined;

  /** Throws ManifestError, naming file, document and reason, where one cannot be run. */
  constructor(
    assessed: readonly AssessedDocument[],
    private readonly modes: DocumentModes,
  ) {
    const faults = assessed.flatMap(sentences);
    if (faults.length) throw new ManifestError(faults);
    this.documents = new Map(assessed.flatMap(({ entry, document }) => (document ? [[entry.text, document] as const] : [])));
    const everybodys = assessed.filter(({ entry }) => entry.client === undefined);
    const offered = everybodys.map((one) => ({ name: titleOf(one), query: one.entry.text }));
    this.offered = modes.usual === "enforce" ? offered : undefined;
    for (const { entry } of assessed) {
      const { id, text, client } = entry;
      this.known.add(keyOf(client, text));
      for (const name of [sha256(text), `sha256:${sha256(text)}`, id]) this.texts.set(keyOf(client, name), text);
    }
  }

  /** The text of a document by its id. */
  find(id: string, client: string | undefined): string | undefined {
    return this.texts.get(keyOf(client, id)) ?? this.texts.get(id);
  }

  /** Whether the client may send this text. */
  has(text: string, client: string | undefined): boolean {
    return this.known.has(text) || (client !== undefined && this.known.has(keyOf(client, text)));
  }

  modeOf(client: string | undefined): DocumentMode {
    const { usual, ofClients } = this.modes;
    return client !== undefined && Object.hasOwn(ofClients, client) ? (ofClients[client] ?? usual) : usual;
  }
}

/** Reads and looks at the documents of a file or folder. Throws ManifestError; `warn` is told of those that the limits would refuse. */
export const openTrustedDocuments = (
  path: string,
  modes: DocumentModes,
  assessor: Assessor,
  warn: (sentence: string) => void,
): TrustedDocuments => {
  const assessed = readManifests([path]).map((entry) => assessor.assess(entry));
  const trusted = new TrustedDocuments(assessed, modes);
  for (const one of assessed) {
    for (const { operation, over, sizes } of one.operations) {
      if (over && sizes.fits === 0) warn(`${one.entry.file}: ${titleOf(one, operation)} will be refused: ${over}`);
    }
  }
  return trusted;
};
