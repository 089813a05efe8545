import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BenchError } from '../../../../src/common/benchError.ts';
import { textProfile, textProfiles } from '../../../../src/metrics/text/textProfiles.ts';

test('an unknown profile is refused with the ids there are', () => {
  assert.throws(
    () => textProfile('en-whisper'),
    (error) =>
      error instanceof BenchError &&
      error.reason === 'unknown_text_profile' &&
      error.message.includes('"en-whisper"') &&
      textProfiles.every(({ id }) => error.message.includes(id)),
  );
});

test('ids are name@version and unique', () => {
  const ids = textProfiles.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[a-z-]+@\d+$/);
  for (const id of ['none@1', 'basic@1', 'basic-whisper@1', 'en-whisper@1', 'cjk-char@1']) {
    assert.equal(textProfile(id).id, id);
  }
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Also broken surrogate pairs, which strings of servers may hold.
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('[', ']', '(', '<', '>', "'", '.', '$', '%', '1', 'a', ' ', '-', 'ß'))
    .map((characters) => characters.join('')),
);

for (const profile of textProfiles) {
  test(`${profile.id} takes any text and leaves single spaces only`, () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const normalised = profile.normalise(raw);
        assert.doesNotMatch(
          normalised,
          /^\p{White_Space}|\p{White_Space}$|[^\S ]|\p{White_Space}{2}/u,
        );
        const tokens = profile.tokens(normalised);
        assert.ok(tokens.every((token) => token !== '' && !token.includes(' ')));
        assert.equal(tokens.join(''), normalised.replaceAll(' ', ''));
      }),
    );
  });
}

describe('none@1', () => {
  const { normalise } = textProfile('none@1');
  test('composes and collapses, and nothing else', () => {
    assert.equal(normalise('  Cafe\u0301,\u00a0“OK” \u3000 ½!\n'), 'Café, “OK” ½!');
  });
});

describe('basic profiles', () => {
  const cases: [profile: string, input: string, output: string][] = [
    ['basic@1', 'Größe & Übermut — 50 %!', 'größe übermut 50'],
    ['basic-whisper@1', 'Größe & Übermut — 50 %!', 'größe übermut 50'],
    ['basic-whisper-plain@1', 'Größe & Übermut — 50 %!', 'grosse ubermut 50'],
    ['basic@1', 'Él dijo: ¿qué?', 'él dijo qué'],
    ['basic-whisper@1', 'Él dijo: ¿qué?', 'él dijo qué'],
    ['basic@1', '甚至出现交易几乎停滞的情况。', '甚至出现交易几乎停滞的情况'],
    ['basic-whisper@1', '甚至出现交易几乎停滞的情况。', '甚至出现交易几乎停滞的情况'],
    ['basic@1', 'मिर्ची में कितने', 'मिर्ची में कितने'],
    ['basic-whisper@1', 'मिर्ची में कितने', 'म र च म क तन'],
    ['basic@1', '[noise] Well <unk> (laughs) yes', 'well yes'],
    ['basic@1', 'Ｆｕｌｌ（ｗｉｄｔｈ）２', 'full2'],
    ['basic@1', 'Snow\u2028fell\u0085here', 'snow fell here'],
    ['cjk-char@1', '「甚至」， OK！', '甚至 ok'],
  ];
  for (const [profile, input, output] of cases) {
    test(`${profile}: ${JSON.stringify(input)}`, () => {
      assert.equal(textProfile(profile).normalise(input), output);
    });
  }
});

describe('cjk-char@1 tokens', () => {
  const cases: [input: string, tokens: string[]][] = [
    ['我用iPhone打电话', ['我', '用', 'iphone', '打', '电', '话']],
    ['東京タワーへ', ['東', '京', 'タ', 'ワ', 'ー', 'へ']],
    ['人々とガラス', ['人', '々', 'と', 'ガ', 'ラ', 'ス']],
    ['か\u3099き', ['が', 'き']],
    ['あ\u3099葛\u{e0100}城', ['あ\u3099', '葛\u{e0100}', '城']],
    ['오늘은 날씨', ['오늘은', '날씨']],
    ['𠮷野家 2024年', ['𠮷', '野', '家', '2024', '年']],
    ['', []],
  ];
  for (const [input, tokens] of cases) {
    test(JSON.stringify(input), () => {
      const profile = textProfile('cjk-char@1');
      assert.deepEqual(profile.tokens(profile.normalise(input)), tokens);
    });
  }
});
