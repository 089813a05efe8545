import { createReadStream } from 'node:fs';
import { RunHeadText } from './runHeadText.ts';

/**
 * JSON of a run file without its utterances and sessions; only the part before the sessions is read.
 * @throws BenchError `run_invalid` where it is not JSON, or the file system's own error.
 */
export async function readHeadFromDisk(file: string): Promise<unknown> {
  const head = new RunHeadText();
  const stream = createReadStream(file, { encoding: 'utf8' });
  for await (const text of stream as AsyncIterable<string>) {
    if (head.push(text)) break;
  }
  return head.finish();
}
