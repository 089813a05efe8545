import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorPlaces, placeFrom } from '../../../src/transcript/errorPlaces.ts';
import { transcriptOf } from '../../support/transcriptOf.ts';

test('errors are where wrong words begin and where words are missing', () => {
  const transcript = transcriptOf();
  const [first, second, third] = transcript.words;
  const places = errorPlaces({
    words: [
      { ...third!, operation: 'insert' },
      { ...first!, operation: 'substitute' },
      { ...second!, operation: 'equal' },
    ],
    missing: [
      { atChars: 0, text: 'a' },
      { atChars: second!.endChars, text: 'b' },
    ],
  });
  assert.deepEqual(places, [0, second!.endChars, third!.startChars]);
});

test('goes on behind the last and before the first', () => {
  const places = [4, 9];
  assert.deepEqual(
    [0, 4, 5, 9, 20].map((from) => placeFrom(places, from, 1)),
    [4, 9, 9, 4, 4],
  );
  assert.deepEqual(
    [0, 4, 5, 9, 20].map((from) => placeFrom(places, from, -1)),
    [9, 9, 4, 4, 9],
  );
  assert.equal(placeFrom([], 3, 1), undefined);
});
