import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCli, shortSpeech } from './runCli.ts';
import { startScriptedVllmServer } from './scriptedVllmServer.ts';
import type { VllmScript } from './vllmScript.ts';

/** Utterances of each measured run. */
export const measuredUtterances = 12;
/** In how many of them the server of `broken` gets words wrong. */
export const brokenUtterances = 9;
/** What the servers recognise. */
export const measuredWords = ['please', 'turn', 'off', 'the', 'lights'];

/** Run files of one dataset against servers that differ by what is said here, and by chance. */
export interface MeasuredRuns {
  first: string;
  again: string;
  /** Every delta comes 60 ms later. */
  later: string;
  /** Three of five words are wrong in the first {@link brokenUtterances}. */
  broken: string;
}

/** Measures all of them with the built command line, one after the other, into a folder. */
export async function measureRuns(directory: string): Promise<MeasuredRuns> {
  const data = path.join(directory, 'speech');
  await mkdir(data);
  const lines: string[] = [];
  for (let number = 1; number <= measuredUtterances; number++) {
    await copyFile(shortSpeech, path.join(data, `u${number}.flac`));
    const text = 'Please turn off the lights.';
    lines.push(
      JSON.stringify({ id: `u${number}`, audio: `u${number}.flac`, language: 'en', text }),
    );
  }
  await writeFile(path.join(data, 'manifest.jsonl'), lines.join('\n'));
  const out = (name: string) => path.join(directory, `${name}.rtbench.json`);
  const words = measuredWords;
  const wrong = ['please', 'burn', 'off', 'lights', 'now'];
  const delays = (stride: number, laterMs = 0) => {
    return (connection: number) => laterMs + variedDelayMs(connection, stride);
  };
  const [first, again, later, broken] = [delays(1), delays(5), delays(7, 60), delays(11)];
  await measure(out('first'), data, (at) => ({ words, textDelayMs: first(at) }));
  await measure(out('again'), data, (at) => ({ words, textDelayMs: again(at) }));
  await measure(out('later'), data, (at) => ({ words, textDelayMs: later(at) }));
  await measure(out('broken'), data, (at) => ({
    words: at < brokenUtterances ? wrong : words,
    textDelayMs: broken(at),
  }));
  return { first: out('first'), again: out('again'), later: out('later'), broken: out('broken') };
}

/**
 * What a server takes for an utterance: every run has the same delays, in another order. They vary
 * by more than what a busy machine adds to one run and not to the other, a part of a millisecond
 * that a comparison of runs without any variation would find, and rightly.
 *
 * @param stride has no divisor in common with the number of utterances
 */
function variedDelayMs(connection: number, stride: number): number {
  return 10 + ((connection * stride) % measuredUtterances) * 0.75;
}

async function measure(
  out: string,
  data: string,
  script: (connection: number) => Partial<VllmScript>,
): Promise<void> {
  const server = await startScriptedVllmServer(script);
  const title = path.basename(out, '.rtbench.json');
  const args = ['--endpoint', server.url, '--data', data, '--speed', '5', '--title', title];
  const { code, stderr } = await runCli(['run', ...args, '--out', out, '--quiet']).finally(() =>
    server.close(),
  );
  assert.equal(code, 0, stderr);
}
