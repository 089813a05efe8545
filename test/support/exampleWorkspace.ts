import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Run } from '../../src/runfile/run.ts';
import { writeRunFile } from '../../src/runfile/writeRunFile.ts';
import { exampleFiles } from './exampleFiles.ts';
import { exampleRun, exampleSession, exampleUtterance } from './exampleRun.ts';

const shortSpeech = path.join(
  import.meta.dirname,
  '..',
  '..',
  'samples',
  'speech',
  'kitchen-lights.flac',
);

const spoken = 'Please turn off the lights in the kitchen.';

export interface ExampleWorkspace {
  dir: string;
  remove(): Promise<void>;
}

/** A folder as a user may have it: two seconds of speech, two runs, and files in every bad state. */
export async function makeExampleWorkspace(): Promise<ExampleWorkspace> {
  const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), 'rtbench-workspace-')));
  const file = (name: keyof typeof exampleFiles): string => path.join(dir, exampleFiles[name]);
  for (const folder of ['speech', 'runs', 'states']) await mkdir(path.join(dir, folder));
  await copyFile(shortSpeech, file('audio'));
  await writeFile(path.join(dir, 'speech', 'kitchen-lights.txt'), `${spoken}\n`);
  await writeFile(
    path.join(dir, 'speech', 'manifest.jsonl'),
    JSON.stringify({ id: 'lights', audio: 'kitchen-lights.flac', text: spoken, language: 'en' }),
  );
  await writeRunFile(file('run'), severalSessions('First', '2026-01-02T03:04:05.678Z'));
  await writeRunFile(file('secondRun'), severalSessions('Second', '2026-01-03T03:04:05.678Z'));
  await writeRunFile(file('emptyRun'), exampleRun({ utterances: [], sessions: [] }));
  const text = await readFile(file('run'), 'utf8');
  await writeFile(file('invalidJson'), text.replace('"run":', '<<<<<<< HEAD\n"run":'));
  await writeFile(file('newerFormat'), text.replace('"format": 1', '"format": 99'));
  await writeFile(file('notARun'), '{ "hello": "world" }\n');
  await writeFile(file('damaged'), text.replace(/"startedAt": "[^"]*"/, '"startedAt": 5'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }) };
}

function severalSessions(title: string, startedAt: string): Run {
  const ids = ['hello', 'goodbye', 'thanks', 'please'];
  const run = exampleRun();
  return {
    ...run,
    info: { ...run.info, title, startedAt, plannedSessions: ids.length },
    utterances: ids.map((id) => exampleUtterance({ id, audioPath: `/data/clips/${id}.wav` })),
    sessions: ids.map((utteranceId, index) =>
      exampleSession({ id: `s0000${index + 1}`, utteranceId }),
    ),
  };
}
