import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = path.join('samples', 'speech');

/** The speech that comes with RTBench: works from the bundle and from the source. */
export function bundledSpeech(): string {
  let directory = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(directory, samples)) && directory !== path.dirname(directory)) {
    directory = path.dirname(directory);
  }
  return path.join(directory, samples);
}
