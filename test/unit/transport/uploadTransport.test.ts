import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { monotonicClock } from '../../../src/common/clock.ts';
import type { ReceivedFrame, TransportObserver } from '../../../src/transport/transport.ts';
import type { TransportError } from '../../../src/transport/transportError.ts';
import { UploadTransport } from '../../../src/transport/uploadTransport.ts';

const tls = {
  cert: readFileSync(new URL('../../fixtures/tls/selfSigned.cert.pem', import.meta.url), 'utf8'),
  key: readFileSync(new URL('../../fixtures/tls/selfSigned.key.pem', import.meta.url), 'utf8'),
};

/** A connection and all that it told, in order. */
class Recorded {
  readonly log: string[] = [];
  readonly frames: ReceivedFrame[] = [];
  readonly transport: UploadTransport;
  error: TransportError | null = null;
  readonly closed: Promise<void>;

  constructor(
    url: string,
    { connectTimeoutMs = 3_000, headers = {}, ...handlers }: RecordedOptions = {},
  ) {
    let end: () => void;
    this.closed = new Promise((resolve) => {
      end = resolve;
    });
    const observer: TransportObserver = {
      opened: () => {
        this.log.push('opened');
        handlers.opened?.(this.transport);
      },
      received: (frame) => {
        this.log.push(String(frame.data).slice(0, 40));
        this.frames.push(frame);
        handlers.received?.(this.transport);
      },
      failed: (error) => {
        this.log.push(error.reason);
        this.error = error;
      },
      closed: ({ code }) => {
        this.log.push(`closed ${code}`);
        end();
      },
    };
    const request = { transport: 'upload', url, headers } as const;
    this.transport = new UploadTransport(
      request,
      { clock: monotonicClock(), connectTimeoutMs, proxy: null },
      observer,
    );
    this.transport.open();
  }
}

interface RecordedOptions {
  connectTimeoutMs?: number;
  headers?: Record<string, string>;
  opened?: (transport: UploadTransport) => void;
  received?: (transport: UploadTransport) => void;
}

function sendAll(transport: UploadTransport): void {
  transport.send('head ');
  transport.send(Buffer.from('body'));
  transport.endInput();
}

async function withServer<Result>(
  server: Server,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {
      // The client may cut its connection at any time.
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Lets a client talk to `listener` until its connection is closed. */
async function talk(listener: RequestListener, options: RecordedOptions = {}): Promise<Recorded> {
  return withServer(createHttpServer(listener), async (port) => {
    const client = new Recorded(`http://127.0.0.1:${port}/x`, { opened: sendAll, ...options });
    await client.closed;
    // Nothing may come after the end.
    await sleep(20);
    return client;
  });
}

/** Answers a connection with these bytes, each piece some time after the one before. */
async function answerRaw(pieces: readonly (string | Buffer)[], options: RecordedOptions = {}) {
  const server = createTcpServer((socket) => {
    void (async () => {
      await once(socket, 'data');
      for (const piece of pieces) {
        socket.write(piece);
        await sleep(5);
      }
      socket.destroy();
    })();
  });
  return withServer(server, async (port) => {
    const client = new Recorded(`http://127.0.0.1:${port}/x`, { opened: sendAll, ...options });
    await client.closed;
    await sleep(20);
    return client;
  });
}

const eventHead = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n';

describe('an upload', { concurrency: 4 }, () => {
  test('sends its body in chunks, as it goes', async () => {
    const bodies: string[] = [];
    const client = await talk(
      (request, response) => {
        assert.equal(request.method, 'POST');
        assert.equal(request.headers['transfer-encoding'], 'chunked');
        assert.equal(request.headers['x-key'], 'k');
        request.on('data', (part: Buffer) => bodies.push(part.toString()));
        request.on('end', () => response.end('{"text":"é"}'));
      },
      { headers: { 'X-Key': 'k' } },
    );
    assert.equal(bodies.join(''), 'head body');
    assert.deepEqual(client.log, ['opened', '{"text":"é"}', 'closed 1000']);
    assert.equal(client.frames[0]?.bytes, 13);
  });

  test('stamps each event when its last bytes came', async () => {
    const client = await answerRaw([eventHead, 'data: a\n', '\ndata: \xc3', 'x\n\ndata: c\n\n']);
    assert.deepEqual(client.log.slice(0, 1), ['opened']);
    const [a, b, c] = client.frames.map(({ atUs }) => atUs);
    assert.ok(b! - a! >= 3_000, `${b! - a!} µs`);
    assert.equal(b, c);
  });

  test('reads events that are cut inside a character', async () => {
    const bytes = Buffer.from('data: schöne 日本\r\n\r\ndata: [DONE]\r\n\r\n');
    const pieces = [bytes.subarray(0, 11), bytes.subarray(11, 17), bytes.subarray(17, 24)];
    const client = await answerRaw([eventHead, ...pieces, bytes.subarray(24)]);
    assert.deepEqual(client.log, ['opened', 'schöne 日本', '[DONE]', 'closed 1000']);
  });

  test('a body is one frame, stamped when its last bytes came', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const client = await answerRaw([head, '4\r\n{"a"\r\n', '3\r\n:1}\r\n', '0\r\n\r\n']);
    assert.deepEqual(client.log, ['opened', '{"a":1}', 'closed 1000']);
  });

  test('is answered before it has sent all', async () => {
    let accepted = 0;
    const client = await talk(
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.end('data: early\n\n');
      },
      {
        opened: (transport) => {
          transport.send('first');
        },
        received: (transport) => {
          setTimeout(() => {
            transport.send('late', () => (accepted += 1));
          }, 10);
        },
      },
    );
    assert.deepEqual(client.log, ['opened', 'early', 'closed 1000']);
    assert.equal(accepted, 1);
  });

  test('tells how much the system has not taken yet', async () => {
    const server = createTcpServer((socket) => socket.pause());
    await withServer(server, async (port) => {
      let accepted = 0;
      const client = new Recorded(`http://127.0.0.1:${port}/`, {
        opened: (transport) => {
          transport.send(Buffer.alloc(64 * 1024 * 1024), () => (accepted += 1));
        },
      });
      await sleep(100);
      assert.ok(client.transport.queuedBytes > 1024 * 1024);
      assert.equal(accepted, 0);
      client.transport.terminate();
      await client.closed;
      assert.deepEqual(client.log, ['opened', 'closed 1006']);
    });
  });
});

describe('an upload that fails', { concurrency: 4 }, () => {
  const json = { 'Content-Type': 'application/json' };
  const refusals: [string, number, string, RegExp][] = [
    [
      'OpenAI',
      401,
      '{"error":{"message":"Bad key.","code":"x"}}',
      /HTTP 401: Bad key\. Check the API/,
    ],
    ['FastAPI', 404, '{"detail":"Not Found"}', /HTTP 404: Not Found\. Check the path.*supports tr/],
    ['bare', 429, '{"object":"error","message":"slow"}', /HTTP 429: slow\. The server limits/],
    ['text', 413, '{"error":"too\\nbig"}', /HTTP 413: too big\. The audio exceeds/],
    [
      'a list',
      422,
      '{"detail":[{"msg":"x"}]}',
      /HTTP 422: \{"detail":\[\{"msg":"x"\}\]\}\. Check the/,
    ],
    ['nothing', 503, '', /HTTP 503: Service Unavailable\. The server is full/],
    ['HTML', 502, '<html>Bad</html>', /HTTP 502: <html>Bad<\/html>\. The server's own log/],
  ];
  for (const [name, status, body, message] of refusals) {
    test(`a refusal in the manner of ${name}`, async () => {
      const client = await talk((_, response) => response.writeHead(status, json).end(body));
      assert.deepEqual(client.log, ['opened', 'upgrade_refused', 'closed 1000']);
      assert.equal(client.error?.code, String(status));
      assert.match(client.error.message, message);
    });
  }

  test('a refusal without end is read to 64 KiB', async () => {
    const client = await talk((_, response) => {
      response.writeHead(500).write('x'.repeat(70_000));
    });
    assert.deepEqual(client.log, ['opened', 'upgrade_refused', 'closed 1006']);
  });

  test('a refusal that stops half-way is told after a while', async () => {
    const client = await talk((_, response) => {
      response.writeHead(500).write('half');
    });
    assert.deepEqual(client.log, ['opened', 'upgrade_refused', 'closed 1006']);
    assert.match(client.error?.message ?? '', /HTTP 500: half\./);
  });

  test('a refusal that is cut', async () => {
    const client = await answerRaw(['HTTP/1.1 500 Oh\r\nContent-Length: 10\r\n\r\nhalf']);
    assert.deepEqual(client.log, ['opened', 'upgrade_refused', 'closed 1006']);
    assert.match(client.error?.message ?? '', /HTTP 500: half\./);
  });

  test('an answer that is cut', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\n';
    const client = await answerRaw([head, 'data: a\n\n']);
    assert.deepEqual(client.log, ['opened', 'a', 'closed_early', 'closed 1006']);
  });

  test('no answer', async () => {
    const client = await answerRaw([]);
    assert.deepEqual(client.log, ['opened', 'closed_early', 'closed 1006']);
    assert.match(client.error?.message ?? '', /The connection to 127\.0\.0\.1:\d+ broke: /);
  });

  test('an answer that is not HTTP', async () => {
    const client = await answerRaw(['SSH-2.0-OpenSSH\r\n']);
    assert.deepEqual(client.log, ['opened', 'upgrade_refused', 'closed 1006']);
    assert.match(client.error?.message ?? '', /did not answer in HTTP \(Parse Error/);
  });

  test('an answer without end', async () => {
    const client = await talk((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    assert.deepEqual(client.log, ['opened', 'invalid_message', 'closed 1006']);
    assert.match(client.error?.message ?? '', /more than 16777216 bytes/);
  });

  test('nobody listens', async () => {
    const port = await withServer(createTcpServer(), (free) => Promise.resolve(free));
    const client = new Recorded(`http://127.0.0.1:${port}/`);
    await client.closed;
    assert.deepEqual(client.log, ['refused', 'closed 1006']);
  });

  test('a host that does not exist', async () => {
    const client = new Recorded('http://nowhere.invalid/');
    await client.closed;
    assert.deepEqual(client.log, ['dns', 'closed 1006']);
  });

  test('a header that cannot be sent', () => {
    const headers = { 'X-Key': 'a\nb' };
    assert.throws(() => new Recorded('http://127.0.0.1:1/', { headers }), {
      reason: 'request_invalid',
    });
  });
});

describe('an upload over TLS', () => {
  const answer: RequestListener = (_, response) => response.end('{}');

  test('is open when the handshake is done', async () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, tls.cert]);
    try {
      await withServer(createHttpsServer(tls, answer), async (port) => {
        const client = new Recorded(`https://localhost:${port}/`, { opened: sendAll });
        await client.closed;
        assert.deepEqual(client.log, ['opened', '{}', 'closed 1000'], client.error?.message ?? '');
      });
    } finally {
      setDefaultCACertificates(before);
    }
  });

  test('does not trust just anybody', async () => {
    await withServer(createHttpsServer(tls, answer), async (port) => {
      const client = new Recorded(`https://127.0.0.1:${port}/`);
      await client.closed;
      assert.deepEqual(client.log, ['tls', 'closed 1006']);
    });
  });

  test('at a port without it, and the other way round', async () => {
    await withServer(createHttpServer(answer), async (port) => {
      const client = new Recorded(`https://127.0.0.1:${port}/`);
      await client.closed;
      assert.deepEqual(client.log, ['tls', 'closed 1006']);
    });
    await withServer(createHttpsServer(tls, answer), async (port) => {
      const client = new Recorded(`http://127.0.0.1:${port}/`, { opened: sendAll });
      await client.closed;
      assert.match(client.log.join(), /^opened,(upgrade_refused|closed_early),closed 1006$/);
    });
  });

  test('has a deadline for all of it', async () => {
    await withServer(createTcpServer(), async (port) => {
      const client = new Recorded(`https://127.0.0.1:${port}/`, { connectTimeoutMs: 100 });
      await client.closed;
      assert.deepEqual(client.log, ['connect_timeout', 'closed 1006']);
      assert.match(client.error?.message ?? '', /did not accept a connection within 0\.1 s/);
    });
  });
});

describe('an upload that is ended here', { concurrency: 4 }, () => {
  const silent: RequestListener = () => {
    // Says nothing.
  };
  for (const end of ['close', 'terminate'] as const) {
    test(`${end} before it is open`, async () => {
      await withServer(createHttpServer(silent), async (port) => {
        const client = new Recorded(`http://127.0.0.1:${port}/`);
        client.transport[end]();
        await client.closed;
        assert.deepEqual(client.log, ['closed 1006']);
      });
    });

    test(`${end} in the middle, and twice`, async () => {
      const client = await talk(silent, {
        opened: (transport) => {
          transport.send('x');
          setTimeout(() => {
            transport[end]();
            transport[end]();
          }, 20);
        },
      });
      assert.deepEqual(client.log, ['opened', 'closed 1006']);
    });
  }

  test('an answer that is all but over may end', async () => {
    const client = await talk(
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write('data: [DONE]\n\n');
        setTimeout(() => response.end('data: more\n\n'), 30);
      },
      {
        received: (transport) => {
          transport.close();
        },
      },
    );
    assert.deepEqual(client.log, ['opened', '[DONE]', 'more', 'closed 1000']);
  });

  test('an answer that goes on is cut', async () => {
    const client = await talk(
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write('data: [DONE]\n\n');
      },
      {
        received: (transport) => {
          transport.close();
        },
      },
    );
    assert.deepEqual(client.log, ['opened', '[DONE]', 'closed 1006']);
  });
});
