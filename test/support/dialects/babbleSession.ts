import assert from 'node:assert/strict';
import type { Dialect } from '../../../src/dialects/dialect.ts';
import { runSession } from '../../../src/session/runSession.ts';
import type { SessionDeadlines } from '../../../src/session/sessionOptions.ts';
import type { SessionTrace } from '../../../src/trace/sessionTrace.ts';
import { testAudio, testSession } from '../testSession.ts';
import type { Babble } from './babble.ts';
import { startBabblingServer } from './babblingServer.ts';
import type { BabblingServer } from './babblingServer.ts';
import type { Transport } from './babblingLines.ts';
import type { Frame } from './recordedConversation.ts';
import { spyOn } from './spiedDialect.ts';
import type { SeenFrame, Spied } from './spiedDialect.ts';
import { assertTraceIsSound } from './traceChecks.ts';

const apiKey = 'a-key-for-babblers';
const fewestChunks = 2;
const shortestChunkMs = 20;
/** Far beyond all deadlines of a session: it hangs. */
const hangMs = 20_000;

export interface BabbledSession {
  trace: SessionTrace;
  /** How many frames came before the audio was over; null where it was never over. */
  seenBeforeEnd: number | null;
}

export interface Patience {
  /** Of the audio, in times of real time. */
  speed: number;
  deadlines: SessionDeadlines;
}

const hasty: Patience = {
  speed: 10,
  deadlines: { connectMs: 400, readyMs: 120, idleMs: 100, finalMs: 200 },
};

/** Runs a session of a dialect with a server that babbles, and checks what always holds. */
export async function babbleWith(
  dialect: Dialect,
  babble: Babble,
  patience = hasty,
): Promise<BabbledSession> {
  const { settings } = babble.conversation;
  const { transport } = dialect.request(settings, apiKey);
  const server = await startBabblingServer(babble, transport);
  try {
    const spied = spyOn(dialect, settings, server.host, () => {
      server.moments.end();
    });
    const trace = await withoutHanging(spied.dialect, babble, patience, () => {
      server.moments.audio();
    });
    assertTraceIsSound(trace);
    assertNothingLost(trace, spied);
    if (hasFrames(babble, transport)) assertReceived(server, spied.seen);
    if (endsInOrder(babble, transport, trace)) assertAllReceived(server, spied.seen);
    return { trace, seenBeforeEnd: spied.seenBeforeEnd };
  } finally {
    await server.close();
  }
}

async function withoutHanging(
  dialect: Dialect,
  babble: Babble,
  { speed, deadlines }: Patience,
  onChunk: () => void,
): Promise<SessionTrace> {
  const { settings, audioMessages } = babble.conversation;
  const chunks = Math.max(fewestChunks, audioMessages);
  const chunkMs = Math.max(shortestChunkMs, dialect.chunkMs?.min ?? 0);
  const { sampleRateHz } = dialect.audioFormat(settings);
  const session = runSession(
    testSession(settings.url, {
      dialect,
      settings,
      apiKey,
      audio: testAudio(chunks * chunkMs, sampleRateHz),
      pacing: { mode: 'lead', speed, chunkMs },
      onUpdate: ({ type }) => {
        if (type === 'chunk') onChunk();
      },
      deadlines,
    }),
  );
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the session hangs'));
    }, hangMs);
  });
  try {
    return await Promise.race([session, hangs]);
  } finally {
    clearTimeout(timer);
  }
}

/** All that the dialect made of what came is in the trace, in order, and nothing else. */
function assertNothingLost({ received }: SessionTrace, { seen, atClose }: Spied): void {
  const meant = [...seen.map(({ events }) => events), ...(atClose?.length ? [atClose] : [])];
  assert.deepEqual(
    received.map(({ events }) => events),
    meant,
  );
}

/** A response that is no stream of events is one frame, whatever it is made of. */
function hasFrames({ contentType, door }: Babble, transport: Transport): boolean {
  const isStream = contentType?.toLowerCase().startsWith('text/event-stream') === true;
  return transport !== 'upload' || (isStream && door === 'open');
}

/** What the dialect got is what was sent, from its beginning on. */
function assertReceived(server: BabblingServer, seen: readonly SeenFrame[]): void {
  const certain = server.certain() ?? undefined;
  const got = seen.slice(0, certain).map(({ frame }) => plain(frame));
  const sent = server.sent.slice(0, got.length).map(plain);
  assert.deepEqual(got, sent, 'what was sent is received in its order');
  assert.ok(got.length >= server.acknowledged(), 'what reached the client is received');
}

/**
 * Both sides of a WebSocket say that they close, so that all that was sent before arrives. A session
 * on a busy machine may have given up before it heard that it is let in.
 */
function endsInOrder(
  { ending }: Babble,
  transport: Transport,
  { connection }: SessionTrace,
): boolean {
  const isWebSocket = transport === 'websocket' || transport === 'exchange';
  return isWebSocket && typeof ending.how === 'object' && connection.openUs !== null;
}

function assertAllReceived(server: BabblingServer, seen: readonly SeenFrame[]): void {
  if (server.certain() === null) assert.equal(seen.length, server.sent.length, 'all is received');
}

function plain(frame: Frame): string {
  return typeof frame === 'string' ? frame : `(bytes) ${Buffer.from(frame).toString('hex')}`;
}
