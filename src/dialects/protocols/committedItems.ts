/**
 * The items that a server makes of the audio, and whether each has its result. A commit by the
 * client makes an item too, unless the server has ended the turn before and nothing is left.
 */
export class CommittedItems {
  readonly #open = new Set<string>();
  readonly #settled = new Set<string>();
  readonly #placed = new Set<string>();
  /** Items that the server ended by itself, before the client's commit. */
  readonly #ownTurns = new Set<string>();
  #isEnded = false;
  #isAnswered = false;

  /** How many items there are. */
  get count(): number {
    return this.#open.size + this.#settled.size;
  }

  /** The client's commit was sent and nothing has answered it yet. */
  get awaitsAnswer(): boolean {
    return this.#isEnded && !this.#isAnswered;
  }

  /** No more results will come. */
  get isComplete(): boolean {
    return this.#isAnswered && this.#open.size === 0;
  }

  isSettled(item: string): boolean {
    return this.#settled.has(item);
  }

  /** The client commits what is left. */
  end(): void {
    this.#isEnded = true;
  }

  /** There is text of the item. */
  heard(item: string): void {
    if (!this.isSettled(item)) this.#open.add(item);
  }

  /** The server heard the end of a turn; the commit of its item is the server's own. */
  turnEnded(item: string): void {
    if (!this.#isEnded) this.#ownTurns.add(item);
  }

  /** @returns whether this is the first commit of the item, which gives it its place. */
  committed(item: string): boolean {
    this.heard(item);
    this.turnEnded(item);
    this.#answer(item);
    if (this.#placed.has(item)) return false;
    this.#placed.add(item);
    return true;
  }

  /** The item has its text or never will. */
  settled(item: string): void {
    this.#open.delete(item);
    this.#settled.add(item);
    this.turnEnded(item);
    this.#answer(item);
  }

  /** The client's commit made no item. */
  nothingLeft(): void {
    this.#isAnswered = this.#isEnded;
  }

  /** Servers that announce no commits answer with the result. */
  #answer(item: string): void {
    if (this.#isEnded && !this.#ownTurns.has(item)) this.#isAnswered = true;
  }
}
