/** What a suite has opened and must close again, however far its opening came. */
export class Cleanup {
  readonly #tasks: (() => Promise<unknown>)[] = [];

  /** Gives the resource back, to be closed by `close` at the end. */
  add<Resource>(resource: Resource, close: (resource: Resource) => Promise<unknown>): Resource {
    this.#tasks.push(() => close(resource));
    return resource;
  }

  /** Closes all, the last one first, also where one cannot be closed; throws what went wrong. */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const task of this.#tasks.reverse()) {
      await task().catch((error: unknown) => errors.push(error));
    }
    this.#tasks.length = 0;
    if (errors.length > 0) throw new AggregateError(errors, 'Not all could be closed.');
  }
}
