import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redactUrl } from '../../../src/common/redactUrl.ts';

const cases = [
  ['ws://host:1/a?model=m', 'ws://host:1/a?model=m'],
  ['wss://user:pass@host/a', 'wss://host/a'],
  ['wss://host/a?api_key=s3&x=1&token=s3', 'wss://host/a?api_key=redacted&x=1&token=redacted'],
  ['wss://host/a?X-Amz-Signature=s3', 'wss://host/a?X-Amz-Signature=redacted'],
  ['//user:s3@host:port/?key=s3', '//host:port/?…'],
] as const;

describe('redactUrl', () => {
  for (const [url, shown] of cases) {
    test(`shows ${url} as ${shown}`, () => {
      assert.equal(redactUrl(url), shown);
    });
  }
});
