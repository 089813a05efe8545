import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { fetchModels } from '../../../src/transport/fetchModels.ts';

async function fetchFrom(listener: RequestListener, timeoutMs = 2_000): Promise<string[]> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    const url = `http://127.0.0.1:${port}/v1/models?token=hidden`;
    return await fetchModels(url, { Authorization: 'Bearer k' }, { timeoutMs, proxy: null });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function answering(status: number, body: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status).end(body);
  };
}

describe('the list of models', () => {
  test('comes in the order of the server, asked for with the key', async () => {
    const models = await fetchFrom((request, response) => {
      const id = request.headers.authorization ?? 'nobody';
      response.end(JSON.stringify({ object: 'list', data: [{ id, x: 1 }, { id: 'b' }] }));
    });
    assert.deepEqual(models, ['Bearer k', 'b']);
  });

  for (const body of ['', '<html>', '[]', '{"data":[]}', '{"data":[{"id":7}]}']) {
    test(`${JSON.stringify(body)} names no model`, async () => {
      await assert.rejects(fetchFrom(answering(200, body)), {
        reason: 'models_unknown',
        message: /token=redacted lists no models; set the model by name/,
      });
    });
  }

  test('a refusal is told with its status and body', async () => {
    await assert.rejects(fetchFrom(answering(403, 'not\nyours')), {
      reason: 'upgrade_refused',
      code: '403',
      message: /HTTP 403: not yours\. Check the URL and the API key/,
    });
  });

  test('a redirect is not followed, so the key stays here', async () => {
    await assert.rejects(
      fetchFrom((_request, response) => {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      }),
      { reason: 'upgrade_refused', code: '302' },
    );
  });

  test('silence ends in a timeout', async () => {
    const silent: RequestListener = () => undefined;
    await assert.rejects(fetchFrom(silent, 100), {
      reason: 'connect_timeout',
      message: /within 0.1 s/,
    });
  });

  test('an answer that is cut or never ends is an error too', async () => {
    await assert.rejects(
      fetchFrom((_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
        setTimeout(() => response.destroy(), 20);
      }),
      { reason: 'upgrade_refused', code: 'ECONNRESET' },
    );
    await assert.rejects(
      fetchFrom((_request, response) => response.writeHead(200).write('{'), 100),
      { reason: 'connect_timeout' },
    );
  });

  test('whoever asks can give up', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    const limits = { timeoutMs: 2_000, proxy: null, signal };
    await assert.rejects(fetchModels('http://127.0.0.1:9/v1/models', {}, limits), reason);
  });

  test('nobody there is told as such', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(
      fetchModels(`http://127.0.0.1:${port}/v1/models`, {}, { timeoutMs: 2_000, proxy: null }),
      {
        reason: 'refused',
        code: 'ECONNREFUSED',
      },
    );
  });
});
