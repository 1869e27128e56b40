import DataLoader from "dataloader";
import { chunks } from "../affise/list/chunks.js";
import type { Scope } from "../affise/scope.js";
import { type Batch, batcherFor, type CallSource, type Key, type SessionBatcher } from "./session-batcher.js";

/** A loader of one GraphQL request. What it has read it remembers until the request writes or ends; what it has not, its session's batcher reads. */
export class RequestLoader<K extends Key, Row> {
  private readonly batcher: SessionBatcher;
  private readonly max: number;
  private known: DataLoader<K, Row | null, string> | undefined;

  constructor(
    name: string,
    session: CallSource,
    private readonly scope: Scope,
    batch: Batch<K, Row>,
  ) {
    this.batcher = batcherFor(session, name, batch);
    this.max = batch.max;
    scope.own(this);
  }

  load(key: K): Promise<Row | null> {
    this.known ??= new DataLoader((keys) => this.read(keys), { cacheKeyFn: String });
    return this.known.load(key);
  }

  loadMany(keys: readonly K[]): Promise<(Row | null)[]> {
    return Promise.all(keys.map((key) => this.load(key)));
  }

  /** Forgets everything read so far. A DataLoader holds the rows of its last batch even when it is cleared, so it goes as a whole. */
  clear(): void {
    this.known = undefined;
  }

  private read(keys: readonly K[]): Promise<(Row | null | Error)[]> {
    if (keys.length <= this.max) return this.readPart(keys);
    return Promise.all(chunks(keys, this.max).map((part) => this.readPart(part))).then((parts) => parts.flat());
  }

  private async readPart(keys: readonly K[]): Promise<(Row | null | Error)[]> {
    try {
      const rows = await this.batcher.load(keys, this.scope);
      return keys.map((key) => (rows.get(String(key)) as Row | undefined) ?? null);
    } catch (error) {
      return keys.map(() => error as Error);
    }
  }
}
