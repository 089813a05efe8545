import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { dialects } from '../../src/dialects/registry.ts';
import { detectDialect, type Detection } from '../../src/session/detectDialect.ts';
import { startDialectServer } from '../support/dialects/dialectServer.ts';
import { vllmOmniServer } from '../support/dialects/vllmOmniServer.ts';
import { voskServer } from '../support/dialects/voskServer.ts';
import { startScriptedVllmServer } from '../support/scriptedVllmServer.ts';
import type { VllmScript } from '../support/vllmScript.ts';

const limits = { apiKey: null, connectMs: 2000, helloMs: 300, proxy: null };

async function detectVllm(script: Partial<VllmScript>, apiKey: string | null = null) {
  const server = await startScriptedVllmServer(script);
  try {
    const found = await detectDialect(server.url, dialects, { ...limits, apiKey });
    return { found, server };
  } finally {
    await server.close();
  }
}

function idOf(found: Detection): string | null {
  return found.kind === 'recognised' ? found.dialect.id : null;
}

describe('detecting what a server speaks', () => {
  test('by its first words, without sending it any', async () => {
    const { found, server } = await detectVllm({ apiKey: 'the-api-key' }, 'the-api-key');
    assert.equal(idOf(found), 'vllm-realtime');
    assert.match(found.because, /session\.created/);
    assert.deepEqual(server.violations, []);
    assert.deepEqual(server.connections[0]?.pcm, []);
  });

  test('by its host, without connecting', async () => {
    for (const [url, id] of [
      ['wss://api.openai.com/v1/realtime', 'openai-realtime'],
      ['wss://api.openai.com', 'openai-realtime'],
      ['https://api.openai.com', 'openai-http'],
      ['https://api.openai.com/v1/audio/transcriptions', 'openai-http'],
      ['wss://api.deepgram.com', 'deepgram'],
      ['wss://api.deepgram.com/v2/listen?model=flux-general-en', 'deepgram-flux'],
      ['https://api.gladia.io', 'gladia'],
      ['wss://neu.rt.speechmatics.com/v2', 'speechmatics'],
      ['wss://stt-rt.eu.soniox.com/transcribe-websocket', 'soniox'],
      ['wss://streaming.eu.assemblyai.com/v3/ws', 'assemblyai'],
      ['wss://api.us.elevenlabs.io', 'elevenlabs'],
      ['https://runtime.sagemaker.eu-west-1.amazonaws.com:8443/endpoints/mine', 'sagemaker'],
      ['https://runtime-fips.sagemaker.us-gov-west-1.amazonaws.com/endpoints/mine', 'sagemaker'],
    ] as const) {
      assert.equal(idOf(await detectDialect(url, dialects, limits)), id);
    }
  });

  for (const variant of ['openai-style', 'full-duplex'] as const) {
    test(`by its first words also where it sends no transcripts: vLLM-Omni, ${variant}`, async () => {
      const server = await startDialectServer(vllmOmniServer({ variant }));
      try {
        assert.equal(idOf(await detectDialect(server.url, dialects, limits)), 'vllm-omni');
        assert.deepEqual(server.violations, []);
      } finally {
        await server.close();
      }
    });
  }

  test('not by a host that only looks like that of a service', async () => {
    for (const host of ['stt-rt.soniox.com.invalid', 'api.openai.com.invalid']) {
      const found = await detectDialect(`wss://${host}`, dialects, { ...limits, connectMs: 50 });
      assert.equal(idOf(found), null);
    }
  });

  test('not of one that waits for its client, but which it may be', async () => {
    const server = await startDialectServer(voskServer());
    try {
      const found = await detectDialect(server.url, dialects, limits);
      assert.equal(found.kind, 'silent');
      assert.ok(found.candidates.some(({ id }) => id === 'vosk'));
      assert.ok(found.candidates.every((each) => !each.recognises));
    } finally {
      await server.close();
    }
  });

  test('not of one that does not care for paths, but soon which it may be', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const startMs = performance.now();
      const found = await detectDialect(`ws://127.0.0.1:${port}`, dialects, limits);
      assert.ok(
        performance.now() - startMs < 5 * limits.helloMs,
        'listens at several paths at once',
      );
      assert.equal(found.kind, 'silent');
      assert.deepEqual(
        found.candidates.map(({ id }) => id),
        ['vosk', 'sherpa-onnx'],
      );
      assert.match(found.because, /any path/);
    } finally {
      server.close();
    }
  });

  test('also of one with few places, which are given back, and in three times its patience', async () => {
    const places = 4;
    const seen = { open: 0, most: 0, turnedAway: 0 };
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      verifyClient: (_: unknown, decide: (isTaken: boolean, status?: number) => void) => {
        const isTaken = seen.open < places;
        if (!isTaken) seen.turnedAway += 1;
        decide(isTaken, 503);
      },
    });
    server.on('connection', (socket) => {
      seen.open += 1;
      seen.most = Math.max(seen.most, seen.open);
      socket.on('close', () => {
        seen.open -= 1;
      });
    });
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const waits = { ...limits, helloMs: 1500 };
      const startMs = performance.now();
      const found = await detectDialect(`ws://127.0.0.1:${port}`, dialects, waits);
      const tookMs = performance.now() - startMs;
      assert.equal(found.kind, 'silent');
      assert.match(found.because, /any path/);
      assert.equal(seen.turnedAway, 0);
      assert.equal(seen.most, places);
      assert.ok(tookMs < 3 * waits.helloMs, `${Math.round(tookMs)} ms`);
    } finally {
      server.close();
    }
  });

  test('not of one whose words no protocol has', async () => {
    const { found } = await detectVllm({ helloInstead: '{"hello":"[x](command:evil)\\n"}' });
    assert.equal(found.kind, 'unknown');
    assert.doesNotMatch(found.because, /\n/);
  });

  test('says why where nothing is, and stops when told', async () => {
    const { found } = await detectVllm({ refuse: { status: 401, body: '{}' } });
    assert.equal(found.kind, 'unreachable');
    assert.match(found.because, /401/);
    const server = await startScriptedVllmServer({ neverAccept: true });
    try {
      const signal = AbortSignal.timeout(200);
      const detecting = detectDialect(server.url, dialects, { ...limits, signal });
      await assert.rejects(detecting, { reason: 'cancelled' });
    } finally {
      await server.close();
    }
    await assert.rejects(detectDialect('morse:', dialects, limits), { reason: 'request_invalid' });
  });

  test('waits once, not at every path, for one that never answers or never speaks', async () => {
    const waits = { ...limits, connectMs: 1000, helloMs: 1000 };
    const silent = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(silent, 'listening');
    const stuck = await startScriptedVllmServer({ neverAccept: true });
    try {
      const { port } = silent.address() as AddressInfo;
      for (const [url, kind] of [
        [`ws://127.0.0.1:${port}`, 'silent'],
        [stuck.url, 'unreachable'],
      ] as const) {
        const startMs = performance.now();
        assert.equal((await detectDialect(url, dialects, waits)).kind, kind);
        // There are more than ten paths.
        assert.ok(performance.now() - startMs < 8000, url);
      }
    } finally {
      silent.close();
      await stuck.close();
    }
  });
});
