import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  draftOf,
  endpointOf,
  languageProblem,
  nameProblem,
  suggestName,
} from '../../../../src/extension/endpoints/endpointDraft.ts';

test('an endpoint made from a draft holds no key', () => {
  const draft = { ...draftOf(null), name: 'a', url: 'ws://a', enteredKey: 'secret-key' };
  assert.deepEqual(Object.keys(endpointOf(draft)).sort(), [
    'dialect',
    'language',
    'model',
    'name',
    'url',
  ]);
  assert.equal(JSON.stringify(endpointOf(draft)).includes('secret-key'), false);
});

test('the offered name is the host, and one that is free', () => {
  assert.equal(suggestName('ws://host:8000/x', []), 'host:8000');
  assert.equal(suggestName('ws://h', ['h', 'h (2)']), 'h (3)');
  assert.equal(suggestName('rubbish', []), 'endpoint');
});

test('a name must be there and free', () => {
  assert.equal(nameProblem('a', ['b']), null);
  assert.match(nameProblem('', []) ?? '', /Enter a name/);
  assert.match(nameProblem('b', ['b']) ?? '', /already/);
});

test('a language is a BCP 47 tag or nothing', () => {
  assert.equal(languageProblem(''), null);
  assert.equal(languageProblem('de-AT'), null);
  assert.match(languageProblem('not a language') ?? '', /BCP 47/);
});
