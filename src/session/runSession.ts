import { BenchError } from '../common/benchError.ts';
import { DialectError } from '../dialects/dialectError.ts';
import type { DialectSession, Interpretation, OutgoingFrame } from '../dialects/dialect.ts';
import type { FailureReason } from '../trace/sessionFailure.ts';
import type { Micros, SessionTrace } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import { sanitiseText } from '../transport/sanitiseText.ts';
import type {
  ReceivedFrame,
  SocketClose,
  Transport,
  TransportObserver,
} from '../transport/transport.ts';
import { AudioSender } from './audioSender.ts';
import { chunkFrames } from './chunkFrames.ts';
import { closeTimeoutMs, Connection } from './connection.ts';
import {
  closedEarlyText,
  doneEarlyText,
  finalTimeoutText,
  idleTimeoutText,
  readyTimeoutText,
  serverErrorText,
} from './failureText.ts';
import { IdleWatch } from './idleWatch.ts';
import { wakeAt } from './preciseTimer.ts';
import { Redactor } from './redactor.ts';
import { refuseUnusablePacing } from './refuseUnusablePacing.ts';
import { refuseUnusableAudio } from './refuseUnusableAudio.ts';
import { SendSchedule } from './sendSchedule.ts';
import type { SessionOptions } from './sessionOptions.ts';
import { TraceRecorder } from './traceRecorder.ts';

/** Longer delays overflow Node's timers, which then fire at once. */
const longestTimerMs = 2 ** 31 - 1;

type Phase = 'connecting' | 'greeting' | 'sending' | 'finishing' | 'closing';

/**
 * Sends one utterance to one endpoint and records all that happens, from connect to close.
 * Whatever the endpoint, the network, the settings or the audio do, the promise resolves: how
 * the session ended is in the trace's `failure`, null where it ran to its end. It rejects for
 * defects of this program only.
 */
export async function runSession(options: SessionOptions): Promise<SessionTrace> {
  const dialect = options.dialect.forSettings?.(options.settings) ?? options.dialect;
  const trace = await new LiveSession({ ...options, dialect }).run();
  options.onUpdate?.({ type: 'ended', trace });
  return trace;
}

class LiveSession {
  readonly #options: SessionOptions;
  readonly #recorder: TraceRecorder;
  readonly #redactor: Redactor;
  readonly #host: string;
  readonly #idle: IdleWatch;
  readonly #ended: Promise<void>;
  #end!: () => void;
  #endAsDefect!: (error: Error) => void;
  #phase: Phase = 'connecting';
  #connection: Connection | null = null;
  /** Earlier pings on the connection belong to earlier sessions. */
  #firstPing = 0;
  #sender: AudioSender | null = null;
  /** Limits the current phase. */
  #deadline: NodeJS.Timeout | undefined;
  /** Runs while the server may have said all there is. */
  #quiet: NodeJS.Timeout | undefined;

  constructor(options: SessionOptions) {
    const { settings, deadlines } = options;
    this.#options = options;
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#endAsDefect = reject;
    });
    this.#redactor = new Redactor(options.apiKey);
    this.#recorder = new TraceRecorder(options, this.#redactor);
    // The rest of the URL may hold secrets.
    this.#host = URL.canParse(settings.url) ? new URL(settings.url).host : 'The endpoint';
    const queuedBytes = (): number => this.#transport?.queuedBytes ?? 0;
    this.#idle = new IdleWatch(Math.min(deadlines.idleMs, longestTimerMs), queuedBytes, () => {
      this.#fail('idle_timeout', null, idleTimeoutText(this.#host, deadlines));
    });
  }

  async run(): Promise<SessionTrace> {
    const { signal, onStart } = this.#options;
    onStart?.(this.#recorder.trace);
    signal?.addEventListener('abort', this.#cancel);
    try {
      if (signal?.aborted) {
        this.#cancel();
      } else {
        this.#connect();
      }
      await this.#ended;
    } finally {
      signal?.removeEventListener('abort', this.#cancel);
      this.#stop();
    }
    return this.#recorder.finish(this.#transport?.pings.slice(this.#firstPing) ?? []);
  }

  get #transport(): Transport | null {
    return this.#connection?.transport ?? null;
  }

  get #dialectSession(): DialectSession | null {
    return this.#connection?.dialectSession ?? null;
  }

  readonly #cancel = (): void => {
    this.#fail('cancelled', null, 'The session was cancelled before its text was complete.');
  };

  #connect(): void {
    const { dialect, settings, audio, pacing, warm } = this.#options;
    try {
      refuseUnusableAudio(audio, dialect.label, dialect.audioFormat(settings));
      refuseUnusablePacing(pacing, dialect);
      const kept = warm?.take() ?? null;
      if (kept) {
        this.#guarded(() => {
          this.#takeOver(kept);
        })();
      } else {
        this.#open();
      }
    } catch (error) {
      if (!(error instanceof BenchError)) {
        throw error;
      }
      const reason = error.reason === 'audio_unusable' ? 'audio_unusable' : 'request_invalid';
      this.#fail(reason, null, error.message);
    }
  }

  #open(): void {
    const { dialect, settings, apiKey, audio, clock, deadlines, proxy } = this.#options;
    const speech = { totalSamples: audio.samples.length };
    const dialectSession = dialect.start(settings, speech, apiKey);
    const connection = new Connection(
      dialect.request(settings, apiKey),
      { clock, connectTimeoutMs: Math.min(deadlines.connectMs, longestTimerMs), proxy },
      dialectSession,
      this.#observer(),
    );
    connection.transport.open();
    this.#connection = connection;
  }

  /** The model is known and the server ready: the utterance begins at once. */
  #takeOver(connection: Connection): void {
    const { clock, onUpdate } = this.#options;
    connection.tell(this.#observer());
    this.#connection = connection;
    this.#firstPing = connection.transport.pings.length;
    const atUs = clock.nowUs();
    this.#recorder.tookOver(atUs);
    onUpdate?.({ type: 'open', atUs });
    this.#ready(atUs, connection.dialectSession.again!());
  }

  #observer(): TransportObserver {
    return {
      opened: this.#guarded(() => {
        this.#opened();
      }),
      received: this.#guarded((frame: ReceivedFrame) => {
        this.#received(frame);
      }),
      failed: (error) => {
        this.#fail(error.reason, error.code, error.message);
      },
      closed: this.#guarded((close: SocketClose) => {
        this.#closed(close);
      }),
      secrets: (secrets) => {
        this.#redactor.add(secrets);
      },
    };
  }

  /** A defect of ours inside a callback must end this session, not the process. */
  #guarded<Args extends unknown[]>(action: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      try {
        action(...args);
      } catch (error) {
        this.#transport?.terminate();
        this.#endAsDefect(error instanceof Error ? error : new Error(String(error)));
      }
    };
  }

  #opened(): void {
    const { clock, dialect, deadlines, onUpdate } = this.#options;
    const atUs = clock.nowUs();
    this.#recorder.opened(atUs);
    onUpdate?.({ type: 'open', atUs });
    if (this.#phase !== 'connecting') {
      return;
    }
    this.#sendControls(this.#dialectSession!.greet?.() ?? []);
    if (dialect.awaitsReady) {
      this.#phase = 'greeting';
      this.#limitPhase(deadlines.readyMs, () => {
        this.#fail('ready_timeout', null, readyTimeoutText(this.#host, deadlines));
      });
    } else {
      this.#ready(atUs, this.#dialectSession!.open());
    }
  }

  /** @param begin the frames that go before the audio. */
  #ready(atUs: Micros, begin: OutgoingFrame[]): void {
    const { audio, clock, originDelayUs = 0, onUpdate, pacing } = this.#options;
    const dialectSession = this.#dialectSession!;
    this.#recorder.ready(atUs);
    onUpdate?.({ type: 'ready', atUs });
    this.#phase = 'sending';
    clearTimeout(this.#deadline);
    this.#sendControls(begin);
    this.#sender = new AudioSender({
      clock,
      schedule: new SendSchedule(pacing, audio.sampleRateHz),
      totalSamples: audio.samples.length,
      frames: chunkFrames(audio, pacing.chunkMs, dialectSession),
      socket: this.#transport!,
      onChunk: (chunk) => {
        this.#recorder.chunk(chunk);
        this.#sendControls(dialectSession.afterAudio?.() ?? []);
        this.#idle.touch();
        onUpdate?.({ type: 'chunk', chunk });
      },
      wakeAt: (dueUs, callback) => wakeAt(clock, dueUs, this.#guarded(callback)),
      onEnd: () => {
        this.#audioEnded();
      },
    });
    if (pacing.mode === 'burst') {
      this.#idle.start();
    }
    const originUs = clock.nowUs() + originDelayUs;
    this.#recorder.origin(originUs);
    this.#sender.start(originUs);
  }

  #audioEnded(): void {
    const { deadlines } = this.#options;
    this.#sendControls(this.#dialectSession!.endOfAudio());
    this.#transport!.endInput();
    this.#phase = 'finishing';
    this.#idle.start();
    this.#idle.touch();
    this.#limitPhase(deadlines.finalMs, () => {
      this.#fail('final_timeout', null, finalTimeoutText(this.#host, deadlines));
    });
  }

  #sendControls(frames: OutgoingFrame[]): void {
    for (const { data, commit } of frames) {
      const sentUs = this.#options.clock.nowUs();
      this.#transport!.send(data);
      this.#recorder.control(sentUs, commit, data);
    }
  }

  #received(frame: ReceivedFrame): void {
    this.#idle.touch();
    clearTimeout(this.#quiet);
    const interpretation = this.#interpret(frame);
    const message = this.#recorder.message(frame, interpretation);
    this.#options.onUpdate?.({ type: 'message', message });
    this.#sendControls(interpretation.replies ?? []);
    for (const event of interpretation.events) {
      this.#react(event, frame.atUs);
    }
    if (interpretation.quietMs !== undefined && this.#phase === 'finishing') {
      this.#quiet = setTimeout(
        this.#guarded(() => {
          this.#note('nothing more was said', this.#dialectSession?.quiet?.() ?? []);
        }),
        interpretation.quietMs,
      );
    }
  }

  #interpret(frame: ReceivedFrame): Interpretation {
    try {
      return this.#dialectSession!.receive(frame.data);
    } catch (error) {
      if (!(error instanceof DialectError)) {
        throw error;
      }
      const remedy = ' Check the dialect and the path of the URL.';
      const what = sanitiseText(error.message);
      this.#fail('invalid_message', null, `${this.#host}: ${what}${remedy}`, frame.atUs);
      return { events: [], keepRaw: true };
    }
  }

  #react(event: TranscriptEvent, atUs: Micros): void {
    if (event.type === 'ready' && this.#phase === 'greeting') {
      this.#ready(atUs, this.#dialectSession!.open());
    } else if (event.type === 'error' && event.fatal) {
      const text = serverErrorText(this.#host, this.#options.dialect, event);
      const code = event.code === null ? null : sanitiseText(event.code);
      this.#fail('server_error', code, text, atUs);
    } else if (event.type === 'done') {
      if (this.#phase === 'finishing') {
        this.#complete();
      } else {
        this.#fail('closed_early', 'done_early', doneEarlyText(this.#host), atUs);
      }
    }
  }

  #fail(reason: FailureReason, code: string | null, message: string, atUs?: Micros): void {
    if (this.#phase !== 'closing') {
      this.#recorder.failed({ atUs: atUs ?? this.#options.clock.nowUs(), reason, code, message });
      this.#shutDown();
    }
  }

  /** Ends the session; the connection goes on where another utterance may follow on it. */
  #complete(): void {
    const { warm } = this.#options;
    const connection = this.#connection;
    if (!warm || connection?.isReusable !== true) {
      this.#shutDown();
      return;
    }
    this.#stop();
    this.#phase = 'closing';
    warm.park(connection);
    this.#end();
  }

  /** Ends the session; messages that still arrive until the connection is closed are recorded. */
  #shutDown(): void {
    this.#stop();
    const interrupted = this.#phase === 'sending' || this.#phase === 'finishing';
    this.#phase = 'closing';
    const transport = this.#transport;
    if (!transport) {
      this.#end();
      return;
    }
    if (interrupted && this.#recorder.failure) {
      this.#sendControls(this.#dialectSession!.close?.() ?? []);
    }
    transport.close();
    this.#limitPhase(closeTimeoutMs, () => {
      transport.terminate();
    });
  }

  #closed({ atUs, code, reason }: SocketClose): void {
    this.#recorder.closed(atUs, code, reason);
    this.#understandClose({ atUs, code, reason });
    this.#fail('closed_early', String(code), closedEarlyText(this.#host, code, reason), atUs);
    this.#stop();
    this.#end();
  }

  /** Some protocols end with the connection, or say in its close code what went wrong. */
  #understandClose({ atUs, code, reason }: SocketClose): void {
    if (this.#phase !== 'greeting' && this.#phase !== 'sending' && this.#phase !== 'finishing')
      return;
    const events = this.#dialectSession?.closed?.({ code, reason }) ?? [];
    const said = reason === '' ? '' : `: ${reason}`;
    this.#note(`connection closed, ${code}${said}`, events, atUs);
  }

  /** Takes what is no message for one. */
  #note(what: string, events: TranscriptEvent[], atUs = this.#options.clock.nowUs()): void {
    if (events.length === 0) return;
    const frame = { atUs, bytes: 0, data: `(${what})` };
    const message = this.#recorder.message(frame, { events, keepRaw: true });
    this.#options.onUpdate?.({ type: 'message', message });
    for (const event of events) {
      this.#react(event, atUs);
    }
  }

  #limitPhase(limitMs: number, onTimeout: () => void): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(onTimeout, Math.min(limitMs, longestTimerMs));
  }

  #stop(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    this.#idle.stop();
    this.#sender?.stop();
  }
}
