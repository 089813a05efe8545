import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLoopback } from '../../../src/common/loopback.ts';
import { checkedProxy, proxyFor } from '../../../src/common/proxyAddress.ts';

describe('the address of a proxy', () => {
  test('is its origin, null for none', () => {
    assert.equal(checkedProxy(null), null);
    assert.equal(checkedProxy('http://proxy:3128'), 'http://proxy:3128');
    assert.equal(checkedProxy('HTTPS://Proxy.Example:8443/'), 'https://proxy.example:8443');
    assert.equal(checkedProxy('http://proxy:80'), 'http://proxy');
    assert.equal(checkedProxy('http://[::1]:3128'), 'http://[::1]:3128');
  });

  for (const address of [
    'http://user:hidden@proxy:3128',
    'http://hidden@proxy:3128',
    'user:hidden@proxy:3128',
    'http://user:hidden@',
  ]) {
    test(`${address} is refused for its login, which is not repeated`, () => {
      assert.throws(() => checkedProxy(address), {
        reason: 'proxy_invalid',
        message: /^(?!.*hidden).*must not hold a user name or password.*rtbench\.proxy.*--proxy/,
      });
    });
  }

  for (const address of ['', ' ', 'proxy', 'proxy:3128', 'http:', 'http:proxy:3128', 'http://']) {
    test(`"${address}" is none`, () => {
      assert.throws(() => checkedProxy(address), { reason: 'proxy_invalid', message: /usable/ });
    });
  }

  for (const scheme of ['socks5', 'socks', 'ftp', 'ws', 'file']) {
    test(`${scheme}: is no scheme of a proxy here`, () => {
      assert.throws(() => checkedProxy(`${scheme}://proxy:1080`), { message: /usable/ });
    });
  }

  for (const rest of ['/proxy.pac', '?a=b', '/#hash']) {
    test(`"${rest}" after the port is refused`, () => {
      assert.throws(() => checkedProxy(`http://proxy:1${rest}`), {
        reason: 'proxy_invalid',
        message: /: write http:\/\/proxy:1 /,
      });
    });
  }
});

const local = [
  'ws://localhost:8000',
  'ws://LOCALHOST.',
  'http://asr.localhost',
  'ws://127.0.0.1:8000',
  'wss://127.255.3.4',
  'ws://127.1',
  'ws://2130706433',
  'https://[::1]:8000',
  'https://[0:0::1]',
  'ws://[::ffff:127.0.0.1]',
];
const remote = [
  'ws://asr.test:8000',
  'ws://localhost.example.com',
  'ws://notlocalhost',
  'ws://127.example.com',
  'ws://128.0.0.1',
  'ws://10.0.0.1',
  'https://[::2]',
  'https://[fe80::1]',
  'ws://[::ffff:10.0.0.1]',
];

test('this computer is known by each of its names and addresses', () => {
  for (const url of local) assert.equal(isLoopback(new URL(url).hostname), true, url);
  for (const url of remote) assert.equal(isLoopback(new URL(url).hostname), false, url);
});

test('the proxy is for what is not on this computer', () => {
  const proxy = 'http://proxy:3128';
  for (const url of remote) {
    assert.equal(proxyFor(url, proxy), proxy, url);
    assert.equal(proxyFor(url, null), null, url);
  }
  for (const url of [...local, 'embedded', '', 'no address']) {
    assert.equal(proxyFor(url, proxy), null, url);
  }
});
