import type { SessionJob } from '../bench/sessionJob.ts';
import { withoutModelHeaders } from '../metrics/modelHeaders.ts';
import { TranscriptUnits } from '../metrics/transcriptUnits.ts';
import type { SessionUpdate } from '../session/sessionOptions.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import type { LiveText } from './runnerMessages.ts';

/** 25 a second: more than people can read, little for the loop that measures. */
const reportEveryMs = 40;

interface LiveSession {
  job: SessionJob;
  units: TranscriptUnits;
  chunks: number;
}

/**
 * The text of running sessions as it grows. However many sessions run, at most one report is made
 * per interval, for the session that has waited longest, and one more when a session ends.
 */
export class LiveTexts {
  readonly #chunkMs: number;
  readonly #report: (text: LiveText) => void;
  readonly #sessions = new Map<string, LiveSession>();
  /** Those with news, the oldest first. */
  readonly #changed = new Set<LiveSession>();
  readonly #timer: NodeJS.Timeout;

  /** @param chunkMs audio per chunk, which is how `audioMs` advances */
  constructor(chunkMs: number, report: (text: LiveText) => void) {
    this.#chunkMs = chunkMs;
    this.#report = report;
    this.#timer = setInterval(() => {
      const [oldest] = this.#changed;
      if (oldest) this.#flush(oldest);
    }, reportEveryMs);
  }

  update(job: SessionJob, update: SessionUpdate): void {
    const session = this.#sessionOf(job);
    if (update.type === 'chunk') session.chunks += 1;
    else if (update.type === 'message') applyAll(session.units, update.message.events);
    else return;
    this.#changed.add(session);
  }

  /** Reports what has not been reported of a session that ended. */
  end({ id }: SessionJob): void {
    const session = this.#sessions.get(id);
    if (session && this.#changed.has(session)) this.#flush(session);
    this.#sessions.delete(id);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sessionOf(job: SessionJob): LiveSession {
    const known = this.#sessions.get(job.id);
    if (known) return known;
    const session = { job, units: new TranscriptUnits(), chunks: 0 };
    this.#sessions.set(job.id, session);
    return session;
  }

  #flush(session: LiveSession): void {
    this.#changed.delete(session);
    const { endpointId, utteranceId } = session.job;
    const audioMs = session.chunks * this.#chunkMs;
    const text = withoutModelHeaders(session.units.text());
    this.#report({ type: 'text', endpointId, utteranceId, text, audioMs });
  }
}

function applyAll(units: TranscriptUnits, events: readonly TranscriptEvent[]): void {
  for (const event of events) {
    if (event.type === 'final') units.finalise(event.unit, event.text);
    if (event.type !== 'text' || units.isFinal(event.unit)) continue;
    if (event.mode === 'append') units.append(event.unit, event.text);
    else units.replace(event.unit, event.text);
  }
}
