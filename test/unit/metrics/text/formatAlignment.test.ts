import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignTexts } from '../../../../src/metrics/text/alignTexts.ts';
import { formatAlignment } from '../../../../src/metrics/text/formatAlignment.ts';
import { textProfile } from '../../../../src/metrics/text/textProfiles.ts';

const align = (reference: string, hypothesis: string, profile = 'none@1') =>
  alignTexts(reference, hypothesis, textProfile(profile));

const lines = (...rows: string[]) => rows.join('\n');

test('errors stand under each other with their letter', () => {
  const texts = align(
    'quite a bit of longer sentence',
    'quite bit of an even longest sentence here',
  );
  assert.equal(
    formatAlignment(texts),
    lines(
      'REF: quite a bit of ** **** longer  sentence ****',
      'HYP: quite * bit of an even longest sentence here',
      '           D        I  I    S                I',
    ),
  );
});

test('a long alignment is broken into blocks within the width', () => {
  const text = formatAlignment(align('one two three four five', 'one too three five'), 20);
  assert.equal(
    text,
    lines(
      'REF: one two three',
      'HYP: one too three',
      '         S',
      '',
      'REF: four five',
      'HYP: **** five',
      '     D',
    ),
  );
  assert.ok(text.split('\n').every((line) => line.length <= 20));
});

test('wide characters take two columns', () => {
  assert.equal(
    formatAlignment(align('打电话 ok', '打脑 ok', 'cjk-char@1')),
    lines('REF: 打 电 话 ok', 'HYP: 打 脑 ** ok', '        S  D'),
  );
});

test('no words, no picture', () => {
  assert.equal(formatAlignment(align('', '')), '');
});
