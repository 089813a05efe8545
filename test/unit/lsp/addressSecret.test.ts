import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressSecret } from '../../../src/lsp/plan/addressSecret.ts';

for (const [url, secret, rest] of [
  ['wss://me:p%40w@asr.example/v1', 'p@w', 'wss://asr.example/v1'],
  ['wss://token@asr.example', 'token', 'wss://asr.example'],
  ['wss://asr.example?api_key=12345', '12345', 'wss://asr.example'],
  ['wss://asr.example?api_key=12345&a=1', '12345', 'wss://asr.example?a=1'],
  ['wss://asr.example?a=1&api_key=12345&b=2', '12345', 'wss://asr.example?a=1&b=2'],
  ['wss://asr.example?a=1&token=%zz%zz#x', '%zz%zz', 'wss://asr.example?a=1#x'],
] as const) {
  test(`takes the secret out of ${url}`, () => {
    const found = addressSecret(url);
    assert.deepEqual([found?.secret, found?.rest], [secret, rest]);
  });
}

test('finds none in an address without one', () => {
  for (const url of ['wss://asr.example/v1?model=a', 'ws://localhost:8000', '@', '']) {
    assert.equal(addressSecret(url), null);
  }
});
