import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as z from 'zod';
import { alignTexts } from '../../../../src/metrics/text/alignTexts.ts';
import type { AlignmentChunk } from '../../../../src/metrics/text/alignment.ts';
import { scoreAlignedTexts } from '../../../../src/metrics/text/scorePair.ts';
import type { TextRateId } from '../../../../src/metrics/text/textRates.ts';
import { textProfile } from '../../../../src/metrics/text/textProfiles.ts';

// What jiwer, RapidFuzz and whisper-normalizer answered: see makeVectors.py beside the files.

const vectorFile = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))).min(1000),
});

type Row = Map<string, string | number | null>;

function readVectors(name: string): { columns: string[]; rows: Row[] } {
  const file = new URL(`../../../fixtures/text/${name}.json`, import.meta.url);
  const { columns, rows } = vectorFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    columns,
    rows: rows.map((row) => new Map(columns.map((column, index) => [column, row[index]!]))),
  };
}

function text(row: Row, column: string): string {
  const value = row.get(column);
  assert.ok(typeof value === 'string', `${column} is not a text`);
  return value;
}

const letters = { equal: '=', substitute: 'S', delete: 'D', insert: 'I' } as const;

/** Chunks as the vectors write them. */
function operations(chunks: readonly AlignmentChunk[]): string {
  return chunks
    .map((c) => letters[c.type] + String(Math.max(c.refEnd - c.refStart, c.hypEnd - c.hypStart)))
    .join(' ');
}

/** jiwer divides the insertions over an empty reference by one; here the rate is then null. */
const nullOverEmptyReference: ReadonlySet<string> = new Set<TextRateId>(['wer', 'cer']);

function checkScore(row: Row, profileId: string): void {
  const reference = text(row, 'reference');
  const hypothesis = text(row, 'hypothesis');
  const where = JSON.stringify([reference, hypothesis]);
  const texts = alignTexts(reference, hypothesis, textProfile(profileId));
  assert.equal(operations(texts.alignment.chunks), text(row, 'operations'), where);
  const score = scoreAlignedTexts(texts);
  for (const id of ['wer', 'mer', 'wip', 'wil', 'cer'] as const) {
    const expected = row.get(id);
    if (typeof expected !== 'number') continue;
    const actual = score.rates[id];
    if (score.nullReason === 'empty_reference' && nullOverEmptyReference.has(id)) {
      assert.equal(actual, null, where);
      const errors = id === 'wer' ? score.words.insertions : score.characters.errors;
      assert.equal(errors, expected, where);
    } else {
      assert.ok(actual !== null, `${id} ${where}`);
      assert.ok(Math.abs(actual - expected) < 1e-8, `${id} ${where}: ${actual}, not ${expected}`);
    }
  }
}

test('random words: operations and rates as jiwer and RapidFuzz', () => {
  for (const row of readVectors('alignment').rows) checkScore(row, 'none@1');
});

test('sentences and what became of them: as the normalisers followed by jiwer', () => {
  for (const row of readVectors('sentences').rows) checkScore(row, text(row, 'profile'));
});

describe('normalised texts as whisper-normalizer', () => {
  const { columns, rows } = readVectors('normalisers');
  for (const profileId of columns.slice(1)) {
    test(profileId, () => {
      const { normalise } = textProfile(profileId);
      for (const row of rows) {
        const input = text(row, 'input');
        assert.equal(normalise(input), text(row, profileId), JSON.stringify(input));
      }
    });
  }
});
