import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BenchError } from '../../../src/common/benchError.ts';
import { modelsUrl, webSocketUrl } from '../../../src/dialects/endpointUrl.ts';

const usable = [
  ['http://host:8000', 'ws://host:8000/v1/realtime', 'http://host:8000/v1/models'],
  ['http://host:8000/', 'ws://host:8000/v1/realtime', 'http://host:8000/v1/models'],
  ['https://host', 'wss://host/v1/realtime', 'https://host/v1/models'],
  ['ws://[::1]:9', 'ws://[::1]:9/v1/realtime', 'http://[::1]:9/v1/models'],
  ['wss://host/proxy/v1/realtime', 'wss://host/proxy/v1/realtime', 'https://host/proxy/v1/models'],
  ['wss://host/asr?x=1', 'wss://host/asr?x=1', 'https://host/v1/models?x=1'],
  ['HTTP://Host:80/a#part', 'ws://host/a', 'http://host/v1/models'],
] as const;

const unusable = ['', 'localhost:8000', 'host', 'ftp://host/', 'http://', 'ws://host:99999', '/a'];

describe('endpoint URLs', () => {
  for (const [url, webSocket, models] of usable) {
    test(`${url} opens ${webSocket}`, () => {
      assert.equal(webSocketUrl(url, '/v1/realtime'), webSocket);
      assert.equal(modelsUrl(url), models);
    });
  }

  for (const url of unusable) {
    test(`"${url}" is refused by name, with the remedy`, () => {
      for (const use of [() => webSocketUrl(url, '/'), () => modelsUrl(url)]) {
        assert.throws(
          use,
          (thrown) =>
            thrown instanceof BenchError &&
            thrown.reason === 'request_invalid' &&
            thrown.message.includes(`"${url}"`) &&
            thrown.message.includes('ws://localhost:8000'),
        );
      }
    });
  }
});
