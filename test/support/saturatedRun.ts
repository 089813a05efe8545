import { parseThreshold } from '../../src/plan/threshold.ts';
import type { Run } from '../../src/runfile/run.ts';
import { exampleRun, exampleSession } from './exampleRun.ts';
import { goldenSession, us } from './goldenSession.ts';

const startEveryMs = 500;
const laterEachMs = 300;

/**
 * Twelve sessions of an open load, each with its texts 300 ms later than those of the one before
 * and started 20 ms late: two have a time to first text of at most 800 ms.
 */
export function saturatedRun(): Run {
  const { info, plan } = exampleRun();
  const { connection, received } = goldenSession();
  const sessions = Array.from({ length: 12 }, (_, at) => {
    const afterFirstMs = at * startEveryMs;
    const trace = {
      ...goldenSession(),
      scheduledStartUs: connection.startUs + us(afterFirstMs - 20),
      connection: {
        ...connection,
        startUs: connection.startUs + us(afterFirstMs),
        openUs: connection.openUs! + us(afterFirstMs),
        readyUs: connection.readyUs! + us(afterFirstMs),
        closeUs: connection.closeUs! + us(afterFirstMs + at * laterEachMs),
      },
      audio: { ...goldenSession().audio, originUs: us(1000 + afterFirstMs) },
      chunks: goldenSession().chunks.map((chunk) => ({
        ...chunk,
        dueUs: chunk.dueUs + us(afterFirstMs),
        sentUs: chunk.sentUs + us(afterFirstMs),
      })),
      controls: goldenSession().controls.map((control) => ({
        ...control,
        sentUs: control.sentUs + us(afterFirstMs),
      })),
      received: received.map((message) => ({
        ...message,
        atUs: message.atUs + us(afterFirstMs + at * laterEachMs),
      })),
    };
    return exampleSession({ id: `s${String(at + 1).padStart(5, '0')}`, repeat: at, trace });
  });
  return exampleRun({
    info: { ...info, plannedSessions: sessions.length },
    plan: {
      ...plan,
      load: { kind: 'constant', perSecond: 1000 / startEveryMs },
      repeats: sessions.length,
      thresholds: [parseThreshold('ttft.p95<=800')],
    },
    sessions,
  });
}
