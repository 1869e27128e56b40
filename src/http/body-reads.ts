/** So many bodies may be on their way from one address; a body that takes longer than that is slow. */
const [mostOfAddress, slowMs] = [200, 1_000];

interface Read {
  since: number;
  cut(): void;
}

/**
 * The bodies on their way, by address. Where one address sends very many, the slowest of them are cut off, so that who sends drop by drop
 * holds a bounded number of connections, and who sends at once is never turned away for it.
 */
export class BodyReads {
  private readonly addresses = new Map<string, Set<Read>>();

  /** Notes a body on its way; `cut` ends its connection. Gives what to call once it is in, or its connection gone. */
  begin(address: string, cut: () => void): () => void {
    const reads = this.addresses.get(address) ?? new Set<Read>();
    this.addresses.set(address, reads);
    const [oldest] = reads;
    if (oldest && reads.size >= mostOfAddress && Date.now() - oldest.since > slowMs) {
      reads.delete(oldest);
      oldest.cut();
    }
    const read: Read = { since: Date.now(), cut };
    reads.add(read);
    return () => {
      reads.delete(read);
      if (reads.size === 0 && this.addresses.get(address) === reads) this.addresses.delete(address);
    };
  }
}
