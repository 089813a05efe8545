import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { JournalWriter, readJournalLines } from '../../../src/runfile/journal.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-journal-'));
});
after(() => rm(directory, { recursive: true }));

test('keeps lines in the order of the calls', async () => {
  const file = path.join(directory, 'order.journal');
  const journal = await JournalWriter.create(file, { head: true });
  await Promise.all(Array.from({ length: 50 }, (_, n) => journal.append({ n })));
  await journal.close();
  const lines = await readJournalLines(file);
  assert.deepEqual(lines, [{ head: true }, ...Array.from({ length: 50 }, (_, n) => ({ n }))]);
});

test('leaves out a last line that was cut short', async () => {
  const file = path.join(directory, 'cut.journal');
  await writeFile(file, '{"n":1}\n{"n":2}\n');
  await appendFile(file, '{"n":3,"te');
  assert.deepEqual(await readJournalLines(file), [{ n: 1 }, { n: 2 }]);
});

test('names the line that is damaged in the middle', async () => {
  const file = path.join(directory, 'damaged.journal');
  await writeFile(file, '{"n":1}\nrubbish\n{"n":3}\n');
  await assert.rejects(readJournalLines(file), {
    reason: 'journal_invalid',
    message: /damaged\.journal:2:/,
  });
});
