import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { dialects } from '../../../src/dialects/registry.ts';
import { dialectList } from '../../../src/dialects/dialectList.ts';
import {
  parseEndpointSettings,
  withEndpoint,
  withoutEndpoint,
} from '../../../src/settings/endpointSettings.ts';
import type { ConfiguredEndpoint } from '../../../src/extension/services.ts';

const local = { name: 'local', url: 'ws://localhost:8000' };
const localParsed: ConfiguredEndpoint = {
  ...local,
  dialect: 'vllm-realtime',
  model: null,
  language: null,
};

function onlyProblem(raw: unknown): string {
  const { endpoints, problems } = parseEndpointSettings(raw);
  assert.deepEqual(endpoints, []);
  assert.equal(problems.length, 1);
  return problems[0]!.message;
}

test('the default setting of package.json is usable', async () => {
  const file = new URL('../../../package.json', import.meta.url);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as {
    contributes: { configuration: { properties: Record<string, { default: unknown }> } };
  };
  const setting = manifest.contributes.configuration.properties['rtbench.endpoints']!;
  const { endpoints, problems } = parseEndpointSettings(setting.default);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    endpoints.map(({ url }) => url),
    ['embedded'],
  );
});

test('the dialects that settings may name are those of the registry and of package.json', async () => {
  const file = new URL('../../../package.json', import.meta.url);
  const registered = dialects.map(({ id }) => id);
  assert.deepEqual(
    dialectList.map(({ id }) => id),
    registered,
  );
  const text = await readFile(file, 'utf8');
  const manifest = JSON.parse(text) as {
    contributes: {
      configuration: {
        properties: {
          'rtbench.endpoints': { items: { properties: { dialect: { enum: string[] } } } };
        };
      };
    };
  };
  const { dialect } =
    manifest.contributes.configuration.properties['rtbench.endpoints'].items.properties;
  assert.deepEqual(dialect.enum, registered);
});

test('an entry gets the defaults for what it leaves out, and loses outer white space', () => {
  const { endpoints, problems } = parseEndpointSettings([
    local,
    { ...local, name: ' remote ', model: ' m ', language: 'de', dialect: 'vllm-realtime' },
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(endpoints, [
    localParsed,
    { ...localParsed, name: 'remote', model: 'm', language: 'de' },
  ]);
});

test('a bad entry is named with what is wrong, and does not hide the good ones', () => {
  const { endpoints, problems } = parseEndpointSettings([{ name: 'broken' }, local, 7]);
  assert.deepEqual(endpoints, [localParsed]);
  assert.deepEqual(
    problems.map(({ index }) => index),
    [0, 2],
  );
  assert.match(problems[0]!.message, /^Entry 1 \("broken"\) of "rtbench\.endpoints": "url" must/);
  assert.match(problems[1]!.message, /^Entry 3 of "rtbench\.endpoints": must be an object/);
});

for (const [what, entry, expected] of [
  ['an unknown key', { ...local, apikey: 'x' }, /unknown key "apikey"; the keys are name, url/],
  ['an unknown dialect', { ...local, dialect: 'morse' }, /"dialect" must be one of: vllm-realtime/],
  ['an empty name', { ...local, name: ' ' }, /"name" must not be empty/],
  ['a number for a model', { ...local, model: 3 }, /"model" must be a text/],
  ['a URL of another scheme', { ...local, url: 'ftp://host' }, /write it as ws:\/\//],
  ['no URL at all', { ...local, url: 'localhost' }, /Endpoint URL "localhost" is not usable/],
] as const) {
  test(`${what} is refused with the remedy`, () => {
    assert.match(onlyProblem([entry]), expected);
  });
}

test('the second of two endpoints of one name is refused', () => {
  const { endpoints, problems } = parseEndpointSettings([local, { ...local, url: 'ws://other' }]);
  assert.deepEqual(endpoints, [localParsed]);
  assert.match(problems[0]!.message, /another endpoint has this name/);
});

test('a setting that is no list is one problem', () => {
  assert.match(onlyProblem({ local }), /no list/);
});

test('a secret in a URL is refused and not repeated', () => {
  for (const url of [
    'wss://user:hunter2secret@host/v1/realtime',
    'wss://host/v1/realtime?api_key=hunter2secret',
  ]) {
    const message = onlyProblem([{ ...local, url }]);
    assert.match(message, /Set API Key/);
    assert.doesNotMatch(message, /hunter2secret/);
  }
});

test('whatever the setting holds, reading it gives endpoints and problems, one per entry', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(local))), (raw) => {
      const { endpoints, problems } = parseEndpointSettings(raw);
      assert.equal(endpoints.length + problems.length, raw.length);
    }),
  );
});

const someEndpoint = fc.record(
  {
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    url: fc.constantFrom('ws://a:1', 'https://b/v1/realtime', 'embedded'),
    dialect: fc.constant('vllm-realtime'),
    model: fc.option(fc.stringMatching(/^[a-z]{1,8}$/)),
    language: fc.option(fc.constantFrom('en', 'de')),
  },
  { noNullPrototype: true },
);

test('what is added is read back, beside what was there, and removing it restores that', () => {
  const others = [{ name: 'broken' }, { name: 'UPPER', url: 'ws://c' }];
  fc.assert(
    fc.property(someEndpoint, (endpoint) => {
      const added = withEndpoint(others, endpoint, null);
      assert.deepEqual(parseEndpointSettings(added).endpoints.at(-1), endpoint);
      assert.deepEqual(added.slice(0, 2), others);
      assert.deepEqual(withoutEndpoint(added, endpoint.name), others);
    }),
  );
});

test('an edited endpoint takes the place of the one it replaces', () => {
  const raw = [{ name: 'local' }, local, { name: 'last', url: 'ws://z' }];
  const edited = withEndpoint(raw, { ...localParsed, name: 'new' }, 'local');
  assert.deepEqual(edited, [raw[0], { ...local, name: 'new', dialect: 'vllm-realtime' }, raw[2]]);
});
