import { monotonicClock } from '../common/clock.ts';
import { DialectError } from '../dialects/dialectError.ts';
import type {
  Dialect,
  DialectSession,
  DialectSettings,
  Interpretation,
  OutgoingFrame,
} from '../dialects/dialect.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import { TransportError } from '../transport/transportError.ts';
import { transportFor } from '../transport/transportFor.ts';
import type { ReceivedFrame } from '../transport/transport.ts';
import { readyTimeoutText, serverErrorText } from './failureText.ts';

export interface ProbeLimits {
  connectMs: number;
  readyMs: number;
  /** Origin of the proxy to go through, except to this computer itself; null for none. */
  proxy: string | null;
}

/** How long an endpoint took to let a session begin. */
export interface ConnectionProbe {
  /** From the call to an open WebSocket: name resolution, TCP, proxy, TLS and the upgrade. */
  connectMs: number;
  /** From the call to the server's greeting or answer; equal to `connectMs` where it sends none. */
  readyMs: number;
}

/**
 * Connects as a session does, waits until the server is ready, and closes without sending audio.
 * Where a session is an upload, an empty one is sent: only its answer tells of the path and the key.
 * @throws BenchError, mostly a TransportError, that says what is wrong and what to do.
 */
export function probeConnection(
  dialect: Dialect,
  settings: DialectSettings,
  apiKey: string | null,
  { proxy, ...deadlines }: ProbeLimits,
): Promise<ConnectionProbe> {
  const session = dialect.start(settings, { totalSamples: 0 }, apiKey);
  const request = dialect.request(settings, apiKey);
  const isUpload = request.transport === 'upload';
  const { host } = new URL(request.url);
  const clock = monotonicClock();
  const elapsedMs = (): number => clock.nowUs() / 1000;

  return new Promise((resolve, reject) => {
    let connectMs = 0;
    let readyTimer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(readyTimer);
      settle();
      transport.close();
    };
    const send = (frames: readonly OutgoingFrame[]): void => {
      for (const { data } of frames) transport.send(data);
    };
    const fail = (error: unknown): void => {
      end(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    };
    const ready = (): void => {
      end(() => {
        resolve({ connectMs, readyMs: elapsedMs() });
      });
    };
    const observer = {
      opened: () => {
        connectMs = elapsedMs();
        if (isUpload) transport.endInput();
        else {
          send(session.greet?.() ?? []);
          if (!(dialect.forSettings?.(settings) ?? dialect).awaitsReady) {
            ready();
            return;
          }
        }
        readyTimer = setTimeout(() => {
          const message = readyTimeoutText(host, { ...deadlines, idleMs: 0, finalMs: 0 });
          fail(new TransportError('connect_timeout', null, message));
        }, deadlines.readyMs);
      },
      received: ({ data }: ReceivedFrame) => {
        try {
          const { events, replies = [] } = receive(session, host, data);
          send(replies);
          if (saysReady(dialect, host, events) || isUpload) ready();
        } catch (error) {
          fail(error);
        }
      },
      failed: (error: TransportError) => {
        if (isUpload && missesOnlyAudio(error)) ready();
        else fail(error);
      },
      closed: ({ code, reason }: { code: number; reason: string }) => {
        const because = reason === '' ? `code ${code}` : `code ${code}: ${sanitiseText(reason)}`;
        const message = `${host} closed the connection (${because}) before it greeted.`;
        fail(new TransportError('closed_early', String(code), message));
      },
    };
    const transport = transportFor(
      request,
      { clock, connectTimeoutMs: deadlines.connectMs, proxy },
      observer,
    );
    transport.open();
  });
}

/** Statuses that say of the path, the key or the server that no upload would be taken there. */
const refusals = new Set(['401', '403', '404', '405', '407', '429', '502', '503', '504']);

/** Whether a server took an empty upload for what it is: any other would have been answered. */
function missesOnlyAudio({ reason, code }: TransportError): boolean {
  const isStatus = reason === 'upgrade_refused' && code !== null && /^[45]\d\d$/.test(code);
  return isStatus && !refusals.has(code);
}

function saysReady(dialect: Dialect, host: string, events: readonly TranscriptEvent[]): boolean {
  for (const event of events) {
    if (event.type === 'error') {
      throw new TransportError(
        'invalid_message',
        event.code,
        serverErrorText(host, dialect, event),
      );
    }
    if (event.type === 'ready') return true;
  }
  return false;
}

function receive(session: DialectSession, host: string, data: string | Uint8Array): Interpretation {
  try {
    return session.receive(data);
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    const message = `${host} does not speak this protocol: ${sanitiseText(error.message)}`;
    throw new TransportError('invalid_message', null, message, { cause: error });
  }
}
