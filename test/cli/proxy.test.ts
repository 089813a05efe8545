import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { readRunFile } from '../../src/runfile/readRunFile.ts';
import { proxied, proxiedName, startConnectProxy } from '../support/connectProxy.ts';
import type { ConnectProxyOptions } from '../support/connectProxy.ts';
import { runCli, shortSpeech } from '../support/runCli.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';

const words = ['please', 'turn', 'off', 'the', 'lights'];

let directory: string;
before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rtbench-proxy-'));
});
after(() => rm(directory, { recursive: true }));

async function start(context: TestContext, options: ConnectProxyOptions = {}) {
  const proxy = await startConnectProxy(options);
  context.after(() => proxy.close());
  const server = await startScriptedVllmServer({ words });
  context.after(() => server.close());
  return { proxy, server };
}

function runArgs(endpoint: string, proxy: string, ...more: string[]): string[] {
  const what = ['--endpoint', endpoint, '--data', shortSpeech, '--speed', '10', '--quiet'];
  return ['run', ...what, '--proxy', proxy, ...more];
}

describe('rtbench run --proxy', () => {
  test('measures through it, says so, and a comparison names it', async (context) => {
    const { proxy, server } = await start(context);
    const through = path.join(directory, 'through.rtbench.json');
    // No surprises from the environment: this would break every connection.
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' };
    const args = runArgs(proxied(server.url), `${proxy.url}/`, '--out', through);
    const { code, stdout, stderr } = await runCli(args, env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /1 sessions: 1 success/);
    assert.match(stdout, new RegExp(`^Proxy +${proxy.url}$`, 'm'));
    // The model was asked for, then the session came.
    const target = `${proxiedName}:${server.port}`;
    assert.deepEqual(proxy.asked, [target, target]);
    assert.deepEqual(proxy.violations, []);
    assert.equal((await readRunFile(through)).run.environment.proxy, proxy.url);
    const shown = await runCli(['show', through]);
    assert.match(shown.stdout, new RegExp(`^Proxy +${proxy.url}$`, 'm'));
    const json = await runCli(['show', through, '--json']);
    assert.match(json.stdout, new RegExp(`"proxy": "${proxy.url}"`));

    const straight = path.join(directory, 'straight.rtbench.json');
    const local = await runCli(runArgs(server.url, proxy.url, '--out', straight), env);
    assert.equal(local.code, 0, local.stderr);
    assert.doesNotMatch(local.stdout, /^Proxy/m);
    assert.equal(proxy.asked.length, 2, 'this computer is reached straight');
    assert.equal((await readRunFile(straight)).run.environment.proxy, null);
    const compared = await runCli(['compare', through, straight]);
    assert.match(compared.stdout, new RegExp(`Proxy: ${proxy.url} → none\\.`));
  });

  test('a plan that is run again knows of no proxy', async (context) => {
    const { proxy, server } = await start(context);
    const out = path.join(directory, 'again.rtbench.json');
    await runCli(runArgs(proxied(server.url), proxy.url, '--out', out));
    const again = await runCli(['run', out, '--quiet', '--out', `${out}.2`]);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /asr\.test:\d+ could not be found/);
  });

  test('a proxy that says no, or nothing, ends it with one message', async (context) => {
    const asked = runArgs(`ws://${proxiedName}:8000`, '');
    const refusing = await start(context, {
      refuse: { status: 407, reason: 'Proxy Authentication Required' },
    });
    const listed = await runCli([...asked.slice(0, -1), refusing.proxy.url]);
    assert.equal(listed.code, 2);
    assert.match(listed.stderr, /^rtbench: The proxy http:\S+ opened no way .*407.*login.*\n$/);
    const out = path.join(directory, 'silent.rtbench.json');
    const { proxy } = await start(context, { isSilent: true });
    const named = ['--model', 'm', '--connect-timeout', '0.3', '--out', out];
    const silent = await runCli([...asked.slice(0, -1), proxy.url, ...named]);
    assert.equal(silent.code, 1);
    assert.match(silent.stdout, /1 failed \(proxy_failed 1\)/);
    const { run } = await readRunFile(out);
    assert.match(run.sessions[0]?.trace.failure?.message ?? '', /^The proxy .* within 0\.3 s/);
  });

  test('an address that does not fit is refused before anything is sent, secrets unsaid', async (context) => {
    const { server } = await start(context);
    const cases: [address: string, message: RegExp][] = [
      ['http://me:hidden@proxy:3128', /must not hold a user name or password.*--proxy/],
      ['proxy:3128', /"proxy:3128" is not usable: write http:\/\/host:port/],
      ['socks5://proxy:1080', /is not usable/],
      ['', /is not usable/],
      ['http://proxy/proxy.pac', /more than scheme, host and port: write http:\/\/proxy/],
    ];
    for (const [address, message] of cases) {
      for (const args of [
        runArgs(server.url, address),
        ['detect', server.url, '--proxy', address],
      ]) {
        const { code, stdout, stderr } = await runCli(args);
        assert.equal(code, 2, address);
        assert.match(stderr, message);
        assert.doesNotMatch(stdout + stderr, /hidden/);
      }
    }
    assert.deepEqual(server.upgrades, []);
  });
});

test('rtbench detect --proxy listens through it', async (context) => {
  const { proxy, server } = await start(context);
  const { code, stdout } = await runCli(['detect', proxied(server.url), '--proxy', proxy.url]);
  assert.equal(code, 0);
  assert.match(stdout, /^vllm-realtime: /);
  assert.ok(proxy.asked.length > 0);
});
