import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apiKeyProblem } from '../../../../src/extension/endpoints/apiKeyProblem.ts';
import { ApiKeyStore, secretName } from '../../../../src/extension/endpoints/apiKeyStore.ts';
import { endpointOrigin } from '../../../../src/settings/endpointOrigin.ts';

function emptyStore() {
  const secrets = new Map<string, string>();
  const memory = new Map<string, unknown>();
  const store = new ApiKeyStore(
    {
      get: (name) => Promise.resolve(secrets.get(name)),
      store: (name, value) => {
        secrets.set(name, value);
        return Promise.resolve();
      },
      delete: (name) => {
        secrets.delete(name);
        return Promise.resolve();
      },
    },
    {
      get: (name) => memory.get(name),
      update: (name, value) => {
        // As VS Code keeps it: JSON.
        memory.set(name, JSON.parse(JSON.stringify(value)));
        return Promise.resolve();
      },
    },
  );
  return { store, secrets, memory };
}

const local = { name: 'local', url: 'ws://host:8000' };

test('ws and http are one origin, encrypted ones another, and the default port is left out', () => {
  assert.equal(endpointOrigin('ws://host:8000/v1/realtime'), 'ws://host:8000');
  assert.equal(endpointOrigin('http://host:8000/other'), 'ws://host:8000');
  assert.equal(endpointOrigin('https://HOST:443'), 'wss://host');
  assert.equal(endpointOrigin('embedded'), null);
  assert.equal(endpointOrigin('ftp://host'), null);
});

test('a key is found for its endpoint, also under another path or spelling of the scheme', async () => {
  const { store, secrets } = emptyStore();
  await store.set(local, 'key-1');
  assert.deepEqual([...secrets], [['rtbench.key.ws://host:8000.local', 'key-1']]);
  assert.equal(await store.get(local), 'key-1');
  assert.equal(await store.get({ ...local, url: 'http://host:8000/v1/realtime' }), 'key-1');
});

for (const url of [
  'ws://other:8000',
  'ws://host:8001',
  'wss://host:8000',
  'ws://host.evil.example:8000',
  'embedded',
  'not a url',
]) {
  test(`a key entered for ws://host:8000 is not given for ${url}`, async () => {
    const { store } = emptyStore();
    await store.set(local, 'key-1');
    assert.equal(await store.get({ ...local, url }), undefined);
    assert.equal(await store.isKeyElsewhere({ ...local, url }), true);
    assert.equal(await store.isKeyElsewhere(local), false);
  });
}

test('a key entered over an encrypted connection is not sent in the clear', async () => {
  const { store } = emptyStore();
  await store.set({ name: 'a', url: 'https://host' }, 'key-1');
  assert.equal(await store.get({ name: 'a', url: 'wss://host' }), 'key-1');
  assert.equal(await store.get({ name: 'a', url: 'http://host:443' }), undefined);
});

test("removing an endpoint's key removes it at every origin, and no other endpoint's", async () => {
  const { store, secrets } = emptyStore();
  await store.set(local, 'key-1');
  await store.set({ ...local, url: 'ws://moved' }, 'key-2');
  await store.set({ ...local, name: 'other' }, 'key-3');
  await store.remove({ ...local, url: 'ws://moved' });
  assert.deepEqual([...secrets.values()], ['key-3']);
  assert.equal(await store.isKeyElsewhere(local), false);
});

test('a renamed endpoint keeps its key, one that moves to another origin does not', async () => {
  const { store, secrets } = emptyStore();
  await store.set(local, 'key-1');
  await store.rename(local, { ...local, name: 'new' });
  assert.equal(await store.get({ ...local, name: 'new' }), 'key-1');
  assert.equal(await store.get(local), undefined);
  await store.rename({ ...local, name: 'new' }, { name: 'newer', url: 'ws://elsewhere' });
  assert.deepEqual([...secrets], []);
});

test('what is remembered beside the secret storage never holds a key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[A-Z0-9]{12,20}$/), async (key) => {
      const { store, memory } = emptyStore();
      await store.set(local, key);
      assert.equal(JSON.stringify([...memory]).includes(key), false);
      assert.equal(secretName('ws://host', 'local').includes(key), false);
    }),
  );
});

test('a damaged memory is taken for an empty one', async () => {
  const { store, memory } = emptyStore();
  memory.set('rtbench.keyPlaces', [{ origin: 1 }]);
  assert.equal(await store.isKeyElsewhere(local), false);
  await store.set(local, 'key-1');
  assert.equal(await store.get(local), 'key-1');
});

test('a text that cannot travel in a header is refused as a key, and not repeated', () => {
  assert.equal(apiKeyProblem('sk-abc_123'), null);
  assert.equal(apiKeyProblem(' pasted-with-spaces \n'), null);
  for (const text of ['two words', 'schlüssel', 'line\nbreak']) {
    assert.match(apiKeyProblem(text) ?? '', /cannot hold/);
    assert.equal(apiKeyProblem(text)!.includes(text), false);
  }
});
