type Listener<State> = (state: State, before: State) => void;

/** A page's one state. Views listen; whoever the user talks to changes it. */
export class Store<State extends object> {
  readonly #listeners = new Set<Listener<State>>();
  #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  /** Tells listeners only where something is another value than before. */
  update(change: Partial<State>): void {
    const before = this.#state;
    const after = { ...before, ...change };
    const names = Object.keys(change) as (keyof State)[];
    if (names.every((name) => before[name] === after[name])) return;
    this.#state = after;
    for (const listener of this.#listeners) listener(after, before);
  }

  /** Returns what ends it. */
  subscribe(listener: Listener<State>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
