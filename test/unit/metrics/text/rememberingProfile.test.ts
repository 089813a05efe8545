import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rememberingProfile } from '../../../../src/metrics/text/rememberingProfile.ts';
import type { TextProfile } from '../../../../src/metrics/text/textProfile.ts';

describe('a profile that remembers', () => {
  test('says what the profile says, and asks it once for each text', () => {
    const asked: string[] = [];
    const profile = rememberingProfile(upperCase(asked));
    assert.equal(profile.id, 'upper@1');
    for (const text of ['a b', '', 'a b', 'c', '']) {
      assert.equal(profile.normalise(text), text.toUpperCase());
      assert.deepEqual(profile.tokens(text), text.split(' '));
    }
    assert.deepEqual(asked, ['a b', '', 'c']);
  });

  test('forgets long texts instead of filling the memory', () => {
    const asked: string[] = [];
    const profile = rememberingProfile(upperCase(asked));
    const texts = Array.from('abc', (letter) => letter.repeat(1_000_000));
    for (const text of [...texts, ...texts]) {
      assert.equal(profile.normalise(text), text.toUpperCase());
    }
    assert.deepEqual(asked, [...texts, ...texts]);
  });
});

function upperCase(asked: string[]): TextProfile {
  return {
    id: 'upper@1',
    description: 'Capitals',
    spellingEntries: null,
    normalise: (text) => {
      asked.push(text);
      return text.toUpperCase();
    },
    tokens: (text) => text.split(' '),
  };
}
