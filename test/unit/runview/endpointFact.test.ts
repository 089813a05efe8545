import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endpointFact } from '../../../src/runview/endpointFact.ts';

const ownMetadata = {
  model: 'moonshine-tiny',
  language: 'en',
  runtime: 'wasm',
  threads: 2,
  modelSha256: 'ab'.repeat(32),
  modelLoadMs: 2593.4,
  maxSessions: 3,
};

describe('endpointFact', () => {
  test('tells of the embedded recogniser in words, and its name once', () => {
    const own = { url: 'embedded', model: 'moonshine-tiny', metadata: ownMetadata };
    const rest =
      'moonshine-tiny, WebAssembly, 2 threads, model loaded in 2.6 s, at most 3 sessions at once';
    assert.equal(endpointFact({ id: 'Embedded', ...own }), `Embedded recogniser, ${rest}`);
    assert.equal(endpointFact({ id: 'Laptop', ...own }), `Laptop, embedded recogniser, ${rest}`);
  });

  test('counts one of a thing as one', () => {
    const metadata = { runtime: 'native', threads: 1, maxSessions: 1 };
    const fact = endpointFact({ id: 'Embedded', url: 'embedded', model: null, metadata });
    assert.equal(fact, 'Embedded recogniser, native runtime, 1 thread, at most 1 session at once');
  });

  test('keeps what other servers say, under readable names', () => {
    const metadata = {
      kvCacheBlocks: 12,
      max_model_len: 448,
      GPU: 'L4',
      warm: true,
      toString: 'x',
      unknown: null,
    };
    const fact = endpointFact({ id: 'a', url: 'ws://h/v1', model: 'm', metadata });
    assert.equal(
      fact,
      'a, ws://h/v1, m, kv cache blocks: 12, max model len: 448, GPU: L4, warm: true, to string: x',
    );
  });

  test('says a name that is the address once', () => {
    const url = 'ws://h/v1';
    assert.equal(endpointFact({ id: url, url, model: null, metadata: {} }), url);
  });
});
