// How long the language server takes in a run file of 10 MB that is open as text: the time from
// asking to the answer, over its standard streams. Figures, no pass or fail.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { randomGenerator } from '../../../src/metrics/statistics/randomGenerator.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { reportRun } from '../../../src/runfile/runReport.ts';
import { runFileText } from '../../../src/runfile/writeRunFile.ts';
import { exampleRun, exampleSession, exampleUtterance } from '../../support/exampleRun.ts';
import { positionAt, TestLanguageClient } from '../../support/languageClient.ts';
import { longSession } from '../../support/longSession.ts';
import { AnswerTimes } from './figures.ts';

const rounds = 200;
const wantedCharacters = 10_000_000;
/** As many lines as a large screen shows. */
const shownSessions = 60;

function sessionsLike(count: number): Run {
  const { trace, utterance, durationMs } = longSession({ durationMs: 40_000, deltas: 200 });
  const sessions = Array.from({ length: count }, (_, index) =>
    exampleSession({ id: `s${String(index).padStart(5, '0')}`, utteranceId: 'long', trace }),
  );
  return exampleRun({ sessions, utterances: [exampleUtterance({ ...utterance, durationMs })] });
}

function textOf(run: Run): string {
  return Array.from(runFileText(reportRun(run), '/')).join('');
}

const sessionCharacters = textOf(sessionsLike(2)).length - textOf(sessionsLike(1)).length;
const text = textOf(sessionsLike(Math.ceil(wantedCharacters / sessionCharacters)));
const lines = text.split('\n');
const firstSession = lines.findIndex((line) => line.includes('"id":"s00000"'));
const sessions = lines.length - firstSession - 3;
const random = randomGenerator(7);
const anySession = () => firstSession + Math.floor(random() * sessions);

const folder = await mkdtemp(path.join(tmpdir(), 'rtbench-lsp-'));
const client = new TestLanguageClient();
const uri = pathToFileURL(path.join(folder, 'long.rtbench.json')).href;
const times = new AnswerTimes();

/** A place in a session's deltas. */
function delta(line: number): { line: number; character: number } {
  const start = lines[line]!.indexOf('"text":[', lines[line]!.indexOf('"received"'));
  return { line, character: start + 10 + Math.floor(random() * 500) };
}

async function ask(prefix: string): Promise<void> {
  const line = anySession();
  await times.take(`${prefix}hover`, () => client.at('textDocument/hover', uri, delta(line)));
  await times.take(`${prefix}completion`, () =>
    client.at('textDocument/completion', uri, { line, character: 20 }),
  );
}

try {
  await client.initialize(folder);
  await times.take('opening, until the first hover', async () => {
    await client.open(uri, text);
    await client.at('textDocument/hover', uri, delta(firstSession));
  });
  const findings = times.take('all findings', () => client.diagnostics(uri));
  for (let round = 0; round < rounds; round += 1) await ask('while findings are looked for, ');
  await findings;
  for (let round = 0; round < rounds; round += 1) await ask('');
  const at = positionAt(text, text.indexOf('"text":"', text.indexOf('"id":"s00100"')) + 8);
  for (let round = 0; round < rounds; round += 1) {
    await client.tell(uri, [{ range: { start: at, end: at }, newText: 'g' }]);
    await ask('after a letter, ');
  }
  for (let round = 0; round < rounds / 4; round += 1) {
    const start = { line: Math.min(anySession(), lines.length - shownSessions), character: 0 };
    const end = { line: start.line + shownSessions, character: 0 };
    const shown = { textDocument: { uri }, range: { start, end } };
    await times.take(`inlay hints of ${shownSessions} sessions`, () =>
      client.request('textDocument/inlayHint', shown),
    );
  }
  const size = (text.length / 1e6).toFixed(1);
  console.log(`A run of ${size} MB, ${sessions} sessions with 201 deltas each:`);
  times.print();
  await client.shutdown();
} finally {
  client.kill();
  await rm(folder, { recursive: true, force: true });
}
