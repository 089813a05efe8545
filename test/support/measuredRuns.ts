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

/** Run files of one dataset against servers that differ only by their script. */
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
  await measure(out('first'), data, { words });
  await measure(out('again'), data, { words });
  await measure(out('later'), data, { words, textDelayMs: 60 });
  await measure(out('broken'), data, (connection) => ({
    words: connection < brokenUtterances ? wrong : words,
  }));
  return { first: out('first'), again: out('again'), later: out('later'), broken: out('broken') };
}

async function measure(
  out: string,
  data: string,
  script: Partial<VllmScript> | ((connection: number) => Partial<VllmScript>),
): Promise<void> {
  const server = await startScriptedVllmServer(script);
  const title = path.basename(out, '.rtbench.json');
  const args = ['--endpoint', server.url, '--data', data, '--speed', '8', '--title', title];
  const { code, stderr } = await runCli(['run', ...args, '--out', out, '--quiet']).finally(() =>
    server.close(),
  );
  assert.equal(code, 0, stderr);
}
