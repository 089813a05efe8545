import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readLines, readText, readWholeText } from '../../../src/dataset/readText.ts';
import { tempDataset } from './tempDataset.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Node reads files in pieces of this many bytes. */
const pieceBytes = 65_536;

test('a line end and a character that lie across two pieces are read whole', async (t) => {
  const folder = await tempDataset(t, {
    'crlf.txt': `${'x'.repeat(pieceBytes - 1)}\r\nnext`,
    'char.txt': `${'x'.repeat(pieceBytes - 2)}😀\rnext\r`,
  });
  assert.equal(
    await readWholeText(join(folder, 'crlf.txt'), 1e6),
    `${'x'.repeat(pieceBytes - 1)}\nnext`,
  );
  assert.equal(
    await readWholeText(join(folder, 'char.txt'), 1e6),
    `${'x'.repeat(pieceBytes - 2)}😀\nnext\n`,
  );
});

test('property: lines are those of the text, in UTF-8 and UTF-16', async (t) => {
  const folder = await tempDataset(t, {});
  const path = join(folder, 'text');
  const character = fc.constantFrom('a', 'ß', '你', '😀', '\n', '\r', '\r\n', ' ');
  await fc.assert(
    fc.asyncProperty(fc.array(character), fc.boolean(), async (characters, wide) => {
      const text = characters.join('');
      await writeFile(path, wide ? Buffer.from(`\uFEFF${text}`, 'utf16le') : text);
      const expected = text.split(/\r\n|\r|\n/);
      if (expected.at(-1) === '') expected.pop();
      const lines = await collect(readLines(path));
      assert.deepEqual(
        lines,
        expected.map((line, i) => ({ line: i + 1, text: line })),
      );
    }),
    { numRuns: 150 },
  );
});

test('limits: a file read at once, and a line without end', async (t) => {
  const folder = await tempDataset(t, { 'long.jsonl': 'x'.repeat(9 * 1024 * 1024) });
  const path = join(folder, 'long.jsonl');
  await assert.rejects(readWholeText(path, 1000), { reason: 'too-large' });
  await assert.rejects(collect(readLines(path)), { reason: 'too-large' });
});

test('an incomplete character at the end is an encoding error', async (t) => {
  const folder = await tempDataset(t, { 'cut.txt': Buffer.from('abc😀').subarray(0, 5) });
  await assert.rejects(collect(readText(join(folder, 'cut.txt'))), { reason: 'encoding' });
});
