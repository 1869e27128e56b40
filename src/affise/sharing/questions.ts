/** Questions to other processes, known by numbers: answers come in any order, or never. */
export class Questions<Answer> {
  private count = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  /** Sends one under a new number. Rejects where no answer comes in so many milliseconds. */
  ask(patienceMs: number, send: (number: number) => void): Promise<Answer> {
    this.count += 1;
    const number = this.count;
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no answer came")), patienceMs);
      this.waiting.set(number, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send(number);
    }).finally(() => this.waiting.delete(number));
  }

  /** Gives an answer to who waits for it; false where nobody does any more. */
  answer(number: number, answer: Answer): boolean {
    const waiting = this.waiting.get(number);
    waiting?.(answer);
    return waiting !== undefined;
  }
}
