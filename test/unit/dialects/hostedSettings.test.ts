import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gladia } from '../../../src/dialects/protocols/gladia.ts';
import { mergeConfig } from '../../../src/dialects/hostedSettings.ts';
import { withQuery } from '../../../src/dialects/withQuery.ts';
import { speechmatics } from '../../../src/dialects/protocols/speechmatics.ts';

describe('mergeConfig', () => {
  test('merges objects, replaces all else, and leaves out what is null', () => {
    const base = { model: 'a', hints: ['en'], format: { rate: 1, kind: 'raw' }, plain: 1 };
    const extra = {
      hints: ['de'],
      format: { rate: null, depth: 16 },
      plain: { x: null },
      model: null,
    };
    assert.deepEqual(mergeConfig(base, extra), {
      hints: ['de'],
      format: { kind: 'raw', depth: 16 },
      plain: {},
    });
    assert.deepEqual(base.format, { rate: 1, kind: 'raw' });
  });

  test('takes any name for a field', () => {
    const extra = JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, boolean>;
    const merged = mergeConfig({}, extra);
    assert.equal(JSON.stringify(merged), '{"__proto__":{"polluted":true}}');
    assert.ok(!('polluted' in {}));
  });
});

describe('withQuery', () => {
  test('keeps the query there is, repeats what is a list, and leaves out what is null', () => {
    assert.equal(
      withQuery('ws://host/p?a=1&b=2', { b: 'x y', c: ['3', '4 5'], d: null }),
      'ws://host/p?a=1&b=2&c=3&c=4+5',
    );
  });
});

describe('keys and addresses that cannot be used', () => {
  const reason = { reason: 'request_invalid' };
  const settings = { url: 'https://host', model: null, language: null, options: {} };

  test('a key that no header can hold', () => {
    for (const key of ['', 'two words', 'line\n', 'ключ']) {
      assert.throws(() => gladia.request(settings, key), reason);
      assert.throws(() => speechmatics.request(settings, key), reason);
    }
  });

  test('an address of keys that is none', () => {
    const options = { auth: 'exchange', tokenUrl: 'ftp://host/keys' };
    assert.throws(() => speechmatics.request({ ...settings, options }, 'key'), reason);
  });

  test('an answer without a temporary key', () => {
    const request = speechmatics.request({ ...settings, options: { auth: 'exchange' } }, 'key');
    assert.ok(request.transport === 'exchange');
    for (const body of ['', '{}', '{"key_value":""}', '{"key_value":1}', '[]']) {
      assert.throws(() => request.next(body), reason);
    }
  });

  test('only hosts of Speechmatics get their keys exchanged by default', () => {
    for (const [url, transport] of [
      ['wss://eu2.rt.speechmatics.com/v2', 'exchange'],
      ['wss://speechmatics.com.example.org/v2', 'websocket'],
      ['ws://notspeechmatics.com', 'websocket'],
    ] as const) {
      assert.equal(speechmatics.request({ ...settings, url }, 'key').transport, transport);
    }
  });
});
