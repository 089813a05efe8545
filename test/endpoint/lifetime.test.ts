import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { EndpointError } from '../../src/endpoint/endpointError.ts';
import { startEmbeddedEndpoint } from '../../src/endpoint/startEmbeddedEndpoint.ts';

const sourceDir = path.join(import.meta.dirname, '../../src/endpoint');

function isError(reason: string, about: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof EndpointError, String(error));
    assert.equal(error.reason, reason);
    assert.match(error.message, about);
    return true;
  };
}

async function isUp(url: string): Promise<boolean> {
  const health = url.replace('ws:', 'http:').replace('/v1/realtime', '/health');
  return fetch(health).then(
    (response) => response.ok,
    () => false,
  );
}

async function goesDown(url: string, withinMs: number): Promise<boolean> {
  const endMs = performance.now() + withinMs;
  while (performance.now() < endMs) {
    if (!(await isUp(url))) return true;
    await sleep(50);
  }
  return false;
}

describe('embedded endpoint: lifetime', () => {
  it('starts, says what it is, and stops, twice if asked', async () => {
    const endpoint = await startEmbeddedEndpoint();
    assert.equal(endpoint.model, 'moonshine-tiny-en');
    assert.equal(endpoint.metadata.language, 'en');
    assert.ok(endpoint.metadata.modelLoadMs > 0);
    assert.ok(await isUp(endpoint.url));
    await Promise.all([endpoint.stop(), endpoint.stop()]);
    await endpoint.exited;
    assert.equal(await isUp(endpoint.url), false);
  });

  it('ends when the process that started it is killed', async () => {
    const module = pathToFileURL(path.join(sourceDir, 'startEmbeddedEndpoint.ts')).href;
    const script = `
      import { startEmbeddedEndpoint } from ${JSON.stringify(module)};
      console.log((await startEmbeddedEndpoint()).url);
      setInterval(() => {}, 1000);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    assert.ok(await isUp(url));
    parent.kill('SIGKILL');
    assert.ok(await goesDown(url, 5000));
  });

  it('ends on SIGTERM and SIGINT with code 0', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const child = spawn(process.execPath, [path.join(sourceDir, 'main.ts')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(createInterface({ input: child.stdout }), 'line');
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    }
  });

  it('says that the model is missing, and where it looked', async () => {
    const modelDir = await mkdtemp(path.join(os.tmpdir(), 'rtbench-no-model-'));
    try {
      await assert.rejects(
        startEmbeddedEndpoint({ modelDir }),
        isError('model_missing', new RegExp(`${path.basename(modelDir)}.*npm run build`)),
      );
    } finally {
      await rm(modelDir, { recursive: true });
    }
  });

  it('says that the port is taken', async () => {
    const first = await startEmbeddedEndpoint();
    try {
      const port = Number(new URL(first.url).port);
      await assert.rejects(
        startEmbeddedEndpoint({ port }),
        isError('listen_failed', /EADDRINUSE.*another port/),
      );
    } finally {
      await first.stop();
    }
  });

  it('gives up after its deadline, or when cancelled', async () => {
    await assert.rejects(
      startEmbeddedEndpoint({ startTimeoutMs: 50 }),
      isError('start_timeout', /not ready within 0\.05 s/),
    );
    const cancel = new AbortController();
    const starting = startEmbeddedEndpoint({ signal: cancel.signal });
    cancel.abort();
    await assert.rejects(starting, isError('cancelled', /cancelled/));
    await assert.rejects(
      startEmbeddedEndpoint({ signal: cancel.signal }),
      isError('cancelled', /cancelled/),
    );
  });
});
