/**
 * Runs one session against a server and prints what went over the wire and what became of it, in
 * the notation of test/fixtures/dialects: `C` and `S` for text of client and server, `C!` and `S!`
 * for binary frames, `=` for the events of a frame. README.md shows how to use it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { decode } from '@msgpack/msgpack';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { dialectById } from '../../src/dialects/registry.ts';
import type { DialectOptions } from '../../src/dialects/dialect.ts';
import { replayTranscript } from '../../src/metrics/transcriptReplay.ts';
import { runSession } from '../../src/session/runSession.ts';
import { assertTraceHolds } from '../support/dialects/describeDialect.ts';
import { testAudio, testSession } from '../support/testSession.ts';

const { values } = parseArgs({
  options: {
    dialect: { type: 'string' },
    url: { type: 'string' },
    model: { type: 'string' },
    language: { type: 'string' },
    'api-key': { type: 'string' },
    option: { type: 'string', multiple: true, default: [] },
    ms: { type: 'string', default: '3000' },
    'chunk-ms': { type: 'string', default: '100' },
    speed: { type: 'string', default: '1' },
    'cancel-after-ms': { type: 'string' },
  },
});
if (!values.dialect || !values.url) throw new Error('--dialect and --url are needed');

/** As on the command line of RTBench: JSON where it is JSON, else text. */
function optionsOf(pairs: readonly string[]): DialectOptions {
  const entries = pairs.map((pair): [string, DialectOptions[string]] => {
    const at = pair.indexOf('=');
    const text = pair.slice(at + 1);
    try {
      return [pair.slice(0, at), JSON.parse(text) as DialectOptions[string]];
    } catch {
      return [pair.slice(0, at), text];
    }
  });
  return Object.fromEntries(entries);
}

function shownBinary(bytes: Buffer): string {
  try {
    const text = JSON.stringify(decode(bytes));
    // A frame of samples may begin with a byte that is MessagePack by chance.
    if (text.startsWith('{')) return text.length > 300 ? `${text.slice(0, 100)}…` : text;
  } catch {
    // Not MessagePack.
  }
  return `${bytes.length} bytes`;
}

/** Prints lines that repeat once, with their number. */
class Printer {
  #last = '';
  #times = 0;

  print(line: string): void {
    if (line === this.#last) {
      this.#times += 1;
      return;
    }
    this.flush();
    this.#last = line;
    this.#times = 1;
  }

  flush(): void {
    if (this.#times > 0)
      console.log(this.#times > 1 ? `${this.#last} × ${this.#times}` : this.#last);
    this.#times = 0;
  }
}

const printer = new Printer();

function printFrame(from: 'C' | 'S', data: Buffer, isBinary: boolean): void {
  // JSON over several lines is shown on one.
  const text = data
    .toString('utf8')
    .replaceAll(/\s*\n\s*/g, ' ')
    // Of samples in base64 only the length is of interest.
    .replaceAll(/[\w+/]{200,}={0,2}/g, (samples) => `${samples.length} characters`);
  printer.print(isBinary ? `${from}! ${shownBinary(data)}` : `${from} ${text}`);
}

/** Closes alike, as far as a code may be sent. */
function closeWith(socket: WebSocket, code: number, reason: Buffer): void {
  if (socket.readyState === WebSocket.CONNECTING || code === 1006) socket.terminate();
  else if (code === 1005) socket.close();
  else socket.close(code, reason);
}

const handshakeHeaders = /^(host|connection|upgrade|sec-websocket-.*)$/;

/** Stands between client and server: what one sends reaches the other, and is printed. */
async function startTap(serverUrl: URL): Promise<URL> {
  const http = createServer();
  const taps = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on('upgrade', (request, socket, head) => {
    const target = new URL(request.url ?? '/', serverUrl);
    printer.print(`C GET ${target.pathname}${target.search}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !handshakeHeaders.test(name)),
    );
    const server = new WebSocket(target, { headers, perMessageDeflate: false });
    server.on('unexpected-response', (_, response) => {
      printer.print(`S HTTP ${response.statusCode ?? ''}`);
      socket.end(`HTTP/1.1 ${response.statusCode ?? 502} Refused\r\nContent-Length: 0\r\n\r\n`);
    });
    server.on('error', (error) => {
      printer.print(`S error ${error.message}`);
      socket.destroy();
    });
    // Frames may come together with the answer to the upgrade.
    const early: [RawData, boolean][] = [];
    const keep = (data: RawData, isBinary: boolean): void => void early.push([data, isBinary]);
    server.on('message', keep);
    server.on('open', () => {
      taps.handleUpgrade(request, socket, head, (client) => {
        server.off('message', keep);
        join(client, server, early);
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  http.unref();
  const { port } = http.address() as AddressInfo;
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${port}`;
  return url;
}

function join(client: WebSocket, server: WebSocket, early: [RawData, boolean][]): void {
  const toClient = (data: RawData, isBinary: boolean): void => {
    printFrame('S', data as Buffer, isBinary);
    client.send(data, { binary: isBinary });
  };
  for (const frame of early) toClient(...frame);
  server.on('message', toClient);
  client.on('message', (data: Buffer, isBinary) => {
    printFrame('C', data, isBinary);
    if (server.readyState === WebSocket.OPEN) server.send(data, { binary: isBinary });
  });
  client.on('close', (code, reason) => {
    printer.print(`C close ${code} ${reason.toString('utf8')}`);
    closeWith(server, code, reason);
  });
  server.on('close', (code, reason) => {
    printer.print(`S close ${code} ${reason.toString('utf8')}`);
    closeWith(client, code, reason);
  });
}

const dialect = dialectById(values.dialect);
const url = await startTap(new URL(values.url));
const settings = {
  url: url.href,
  model: values.model ?? null,
  language: values.language ?? null,
  options: optionsOf(values.option),
};
const cancelAfterMs = values['cancel-after-ms'];
const trace = await runSession(
  testSession(url.href, {
    dialect,
    settings,
    apiKey: values['api-key'] ?? null,
    audio: testAudio(Number(values.ms), dialect.audioFormat(settings).sampleRateHz),
    pacing: { mode: 'capture', speed: Number(values.speed), chunkMs: Number(values['chunk-ms']) },
    ...(cancelAfterMs ? { signal: AbortSignal.timeout(Number(cancelAfterMs)) } : {}),
    onUpdate(update) {
      if (update.type !== 'message') return;
      for (const event of update.message.events) printer.print(`= ${JSON.stringify(event)}`);
    },
    deadlines: { connectMs: 5_000, readyMs: 10_000, idleMs: 20_000, finalMs: 15_000 },
  }),
);
printer.flush();
assertTraceHolds(trace);
const failure = trace.failure ? `${trace.failure.reason}: ${trace.failure.message}` : 'none';
console.log(`\nfailure: ${failure}`);
console.log(`closed:  ${trace.connection.closeCode ?? '-'} ${trace.connection.closeReason ?? ''}`);
console.log(`text:    ${JSON.stringify(replayTranscript(trace.received).text)}`);
process.exit(0);
