import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { checkedProxy } from '../../../src/common/proxyAddress.ts';
import { proxyInSetting } from '../../../src/extension/proxyInSetting.ts';

test('an empty setting is no proxy; anything else is for the process that connects to check', () => {
  for (const none of [undefined, null, '', '  ']) assert.equal(proxyInSetting(none), null);
  assert.equal(proxyInSetting(' http://proxy:3128 '), 'http://proxy:3128');
  for (const wrong of [7, true, {}, ['http://proxy']]) {
    assert.throws(() => checkedProxy(proxyInSetting(wrong)), { reason: 'proxy_invalid' });
  }
});

test('the setting is the machine’s, and no workspace can send audio elsewhere by it', () => {
  const {
    scope,
    type,
    default: none,
  } = manifest.contributes.configuration.properties['rtbench.proxy'];
  assert.deepEqual([scope, type, none], ['machine', 'string', '']);
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.ok(restrictedConfigurations.includes('rtbench.proxy'));
});

test('the settings editor refuses what the run would refuse', () => {
  const { pattern } = manifest.contributes.configuration.properties['rtbench.proxy'];
  const fits = (address: string) => new RegExp(pattern).test(address);
  for (const address of ['', 'http://proxy:3128', 'https://proxy.example/', 'http://[::1]:8080']) {
    assert.ok(fits(address), address);
    checkedProxy(proxyInSetting(address));
  }
  for (const address of ['proxy:3128', 'socks5://proxy', 'http://me:pw@proxy', 'http://p/x.pac']) {
    assert.ok(!fits(address), address);
    assert.throws(() => checkedProxy(address));
  }
});
