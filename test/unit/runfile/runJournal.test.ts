import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { JournalWriter, readJournalLines } from '../../../src/runfile/journal.ts';
import { journalPath, runFilePath } from '../../../src/runfile/runFileName.ts';
import { recoverRun, RunJournal } from '../../../src/runfile/runJournal.ts';
import { exampleRun, exampleSession } from '../../support/exampleRun.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-recover-'));
});
after(() => rm(directory, { recursive: true }));

test('a journal lies beside its run file', () => {
  assert.equal(journalPath('/x/demo.rtbench.json'), '/x/demo.rtbench.journal');
  assert.equal(runFilePath('/x/demo.rtbench.journal'), '/x/demo.rtbench.json');
});

test('the run comes back from the journal, marked as recovered', async () => {
  const file = path.join(directory, 'killed.rtbench.json');
  const run = exampleRun();
  run.info.plannedSessions = 3;
  const journal = await RunJournal.create(file, { ...run, sessions: [] });
  const second = exampleSession({ id: 's00002' });
  await journal.append(second);
  await journal.append(exampleSession());
  await journal.close();
  const recovered = await recoverRun(journalPath(file));
  assert.deepEqual(recovered.sessions, [exampleSession(), second]);
  assert.equal(recovered.info.completeness, 'partial');
  assert.equal(recovered.info.partialBecause, 'recovered');
  assert.equal(recovered.info.durationUs, 2_160_000);
  assert.deepEqual(recovered.utterances, run.utterances);
});

test('the journal says which process writes it', async () => {
  const file = path.join(directory, 'live.rtbench.json');
  const journal = await RunJournal.create(file, exampleRun());
  const [head] = await readJournalLines(journalPath(file));
  assert.equal((head as { processId: number }).processId, process.pid);
  await journal.remove();
});

test('a journal that is there already is not overwritten', async () => {
  const file = path.join(directory, 'held.rtbench.json');
  const journal = await RunJournal.create(file, exampleRun());
  await assert.rejects(RunJournal.create(file, exampleRun()), {
    reason: 'journal_exists',
    message: /rtbench recover/,
  });
  await journal.remove();
  await (await RunJournal.create(file, exampleRun())).remove();
});

test('of many that want one name each gets the next that is free, and no run is replaced', async () => {
  const file = path.join(directory, 'wanted.rtbench.json');
  const named = (name: string): string => path.join(directory, `${name}.rtbench.json`);
  await writeFile(named('wanted-3'), 'a run of before');
  const journals = await Promise.all(
    Array.from({ length: 5 }, () => RunJournal.createFree(file, exampleRun())),
  );
  assert.deepEqual(
    journals.map(({ runFile }) => runFile).sort(),
    ['wanted-2', 'wanted-4', 'wanted-5', 'wanted-6', 'wanted'].map(named),
  );
  for (const journal of journals) await journal.remove();
  const left = await readdir(directory);
  assert.deepEqual(
    left.filter((name) => name.startsWith('wanted')),
    ['wanted-3.rtbench.json'],
  );
});

test('names the line and field that are not of a journal', async () => {
  const file = path.join(directory, 'other.rtbench.journal');
  const writer = await JournalWriter.create(file, { journal: 1, processId: 7, plan: {} });
  await writer.close();
  await assert.rejects(recoverRun(file), { message: /other\.rtbench\.journal:1: .*run: / });
  await assert.rejects(recoverRun(path.join(directory, 'none')), /none/);
});
