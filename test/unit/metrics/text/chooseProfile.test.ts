import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseProfile } from '../../../../src/metrics/text/chooseProfile.ts';

const cases: [
  name: string,
  language: string | null,
  texts: string[],
  profileId: string,
  headline: string,
][] = [
  ['English', 'en', ['Good morning.'], 'en-whisper@1', 'wer'],
  ['English of a region', 'en-GB', [], 'en-whisper@1', 'wer'],
  ['not English, though it begins so', 'enm', ['Whan that Aprill'], 'basic@1', 'wer'],
  ['German', 'de', ['Guten Morgen.'], 'basic@1', 'wer'],
  ['unknown language', null, ['Good morning.'], 'basic@1', 'wer'],
  ['no letters at all', null, ['123', ''], 'basic@1', 'wer'],
  ['Chinese', 'zh', ['今天天气很好。'], 'basic@1', 'cer_nospace'],
  ['Japanese without a declared language', null, ['コーヒーをください'], 'basic@1', 'cer_nospace'],
  ['Thai', 'th', ['วันนี้อากาศดีมาก'], 'basic@1', 'cer_nospace'],
  ['Burmese, Khmer, Lao', 'my', ['မြန်မာ', 'ភាសា', 'ລາວ'], 'basic@1', 'cer_nospace'],
  ['Chinese with a few English words', 'zh', ['我今天下午要去图书馆 ok'], 'basic@1', 'cer_nospace'],
  ['Chinese and English in equal parts', 'zh', ['我用 iphone 打电话'], 'cjk-char@1', 'mixer'],
  ['Korean', 'ko', ['오늘은 날씨가 좋다'], 'basic@1', 'wer'],
  [
    'one Chinese name in a Spanish corpus',
    'es',
    ['hola', 'vive en 北京 desde hace años'],
    'basic@1',
    'wer',
  ],
];

for (const [name, language, texts, profileId, headline] of cases) {
  test(name, () => {
    const choice = chooseProfile(language, texts);
    assert.deepEqual([choice.profileId, choice.headline], [profileId, headline]);
  });
}

test('a headline that is not the word error rate says why', () => {
  assert.equal(
    chooseProfile('zh', ['我们 abc']).reason,
    '40 % of the letters belong to scripts without spaces between words, the others to words: ' +
      'characters and words are counted together.',
  );
  assert.match(chooseProfile('th', ['วันนี้']).reason, /^100 % of the letters .* not words\.$/);
});
