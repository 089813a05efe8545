import { embeddedUrl } from '../plan/embeddedUrl.ts';
import type { RunEndpoint } from '../runfile/run.ts';

type Metadata = RunEndpoint['metadata'];
type MetadataValue = Metadata[string];

/** What RTBench's own endpoint says of itself, in words; null: said elsewhere, or for nobody. */
const metadataInWords: Readonly<Record<string, ((value: MetadataValue) => string) | null>> = {
  model: null,
  modelSha256: null,
  language: null,
  runtime: (value) => (value === 'wasm' ? 'WebAssembly' : `${String(value)} runtime`),
  threads: (value) => counted(value, 'thread'),
  modelLoadMs: (value) => `model loaded in ${(Number(value) / 1000).toFixed(1)} s`,
  maxSessions: (value) => `at most ${counted(value, 'session')} at once`,
};

/**
 * Which endpoint was measured, for example `Embedded recogniser, moonshine-tiny, WebAssembly,
 * 2 threads`. What other servers say of themselves stands under its own name.
 */
export function endpointFact({ id, url, model, metadata }: RunEndpoint): string {
  const told = Object.entries(metadata).map(metadataText);
  return [...nameAndPlace(id, url), model ?? '', ...told].filter(Boolean).join(', ');
}

function nameAndPlace(id: string, url: string): string[] {
  if (url !== embeddedUrl) return url === id ? [id] : [id, url];
  const what = 'Embedded recogniser';
  return id.toLowerCase() === embeddedUrl ? [what] : [id, what.toLowerCase()];
}

function metadataText([name, value]: [string, MetadataValue]): string {
  const inWords = Object.hasOwn(metadataInWords, name) ? metadataInWords[name] : undefined;
  if (inWords === null || value === null) return '';
  return inWords ? inWords(value) : `${spaced(name)}: ${String(value)}`;
}

/** `1 thread`, `2 threads`. */
function counted(value: MetadataValue, noun: string): string {
  return `${String(value)} ${noun}${Number(value) === 1 ? '' : 's'}`;
}

/** `kvCacheBlocks` and `kv_cache_blocks` as `kv cache blocks`; abbreviations stay as they are. */
function spaced(name: string): string {
  return name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])(?=[a-z])/g, (_, before: string, after: string) => {
      return `${before} ${after.toLowerCase()}`;
    });
}
