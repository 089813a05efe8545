/**
 * The items that a server makes of the audio, and whether each has its result. Each commit by the
 * client makes an item too, unless the server has ended the turn before and nothing is left.
 */
export class CommittedItems {
  readonly #open = new Set<string>();
  readonly #settled = new Set<string>();
  readonly #placed = new Set<string>();
  /** Items that the server ended by itself, with no commit of the client to answer. */
  readonly #ownTurns = new Set<string>();
  /** Items that answer the client's commits. */
  readonly #answers = new Set<string>();
  /** Commits of the client, and those that made no item. */
  #commits = 0;
  #emptyCommits = 0;
  #isEnded = false;

  /** How many items there are. */
  get count(): number {
    return this.#open.size + this.#settled.size;
  }

  /** The client's last commit was sent and not each of them is answered yet. */
  get awaitsAnswer(): boolean {
    return this.#isEnded && this.#isUnanswered;
  }

  /** No more results will come. */
  get isComplete(): boolean {
    return this.#isEnded && !this.#isUnanswered && this.#open.size === 0;
  }

  get #isUnanswered(): boolean {
    return this.#answers.size + this.#emptyCommits < this.#commits;
  }

  isSettled(item: string): boolean {
    return this.#settled.has(item);
  }

  /** The client commits what came so far. */
  commit(): void {
    this.#commits += 1;
  }

  /** The client commits what is left. */
  end(): void {
    this.commit();
    this.#isEnded = true;
  }

  /** There is text of the item. */
  heard(item: string): void {
    if (!this.isSettled(item)) this.#open.add(item);
  }

  /** The server heard the end of a turn; the commit of its item is the server's own. */
  turnEnded(item: string): void {
    if (!this.#isUnanswered && !this.#answers.has(item)) this.#ownTurns.add(item);
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

  /** The client's last commit made no item. */
  nothingLeft(): void {
    if (this.awaitsAnswer) this.#emptyCommits += 1;
  }

  /** Servers that announce no commits answer with the result. */
  #answer(item: string): void {
    if (this.#isUnanswered && !this.#ownTurns.has(item)) this.#answers.add(item);
  }
}
