/** So many bodies may be on their way from one address; a body that takes longer than that is slow. */
const [mostOfAddress, slowMs] = [200, 1_000];

/** So many may be on their way in all, and so many bytes may they have announced. */
const [mostInAll, mostBytes] = [1_000, 256_000_000];

interface Read {
  address: string;
  bytes: number;
  since: number;
  cut(): void;
}

/**
 * The bodies on their way. Where there are very many of one address, or in all, the slowest of them are cut off, so that who sends drop by
 * drop, from however many addresses, holds a bounded number of connections and bytes, and who sends at once is never turned away for it.
 */
export class BodyReads {
  /** The longest under way first. */
  private readonly all = new Set<Read>();
  private bytes = 0;

  /** Notes a body of so many bytes on its way; `cut` ends its connection. Gives what to call once it is in, or its connection gone. */
  begin(address: string, bytes: number, cut: () => void): () => void {
    while (this.all.size >= mostInAll || this.bytes + bytes > mostBytes) if (!this.cutSlowest(this.all)) break;
    if (this.all.size >= mostOfAddress) {
      const others = [...this.all].filter((one) => one.address === address);
      if (others.length >= mostOfAddress) this.cutSlowest(others);
    }
    const read: Read = { address, bytes, since: Date.now(), cut };
    this.all.add(read);
    this.bytes += bytes;
    return () => this.end(read);
  }

  /** Whether one of these was slow, and is cut off. */
  private cutSlowest(reads: Iterable<Read>): boolean {
    const [oldest] = reads;
    if (!oldest || Date.now() - oldest.since <= slowMs) return false;
    this.end(oldest);
    oldest.cut();
    return true;
  }

  private end(read: Read): void {
    if (this.all.delete(read)) this.bytes -= read.bytes;
  }
}
