import { stat } from 'node:fs/promises';

/** What is in a folder may change without a sign. */
const freshMs = 10_000;

interface Known<Fact> {
  version: string;
  atMs: number;
  fact: Promise<Fact>;
}

/** What is at places on disk; each is read again only when it may have changed. */
export class FileFacts<Fact> {
  readonly #known = new Map<string, Known<Fact>>();
  readonly #describe: (file: string) => Promise<Fact>;

  constructor(describe: (file: string) => Promise<Fact>) {
    this.#describe = describe;
  }

  /** @param file absolute path */
  async of(file: string): Promise<Fact> {
    const version = await versionOf(file);
    const known = this.#known.get(file);
    if (known?.version === version && performance.now() - known.atMs < freshMs) return known.fact;
    const fact = this.#describe(file);
    this.#known.set(file, { version, atMs: performance.now(), fact });
    return fact;
  }

  /** Files have changed. */
  forget(): void {
    this.#known.clear();
  }
}

async function versionOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found ? `${found.mtimeMs} ${found.size}` : 'missing';
}
