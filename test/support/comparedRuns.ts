import type { Run, RunSession, RunUtterance } from '../../src/runfile/run.ts';
import { reportRun, type RunReport } from '../../src/runfile/runReport.ts';
import { randomGenerator } from '../../src/metrics/statistics/randomGenerator.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import { exampleRun, exampleUtterance } from './exampleRun.ts';
import { delta, done, goldenSession, message, us } from './goldenSession.ts';

export interface ComparedRunOptions {
  utterances?: number;
  repeats?: number;
  /** Of the delays' noise. */
  seed?: number;
  /** Added to every delta and final. */
  laterMs?: number;
  /** Utterances whose second word comes out wrong, by number. */
  broken?: readonly number[];
  /** Utterances whose sessions fail, by number. */
  failing?: readonly number[];
  title?: string;
  run?: (run: Run) => Run;
}

/** "utt-003". */
export function comparedUtteranceId(number: number): string {
  return `utt-${String(number).padStart(3, '0')}`;
}

/** A hash that only this utterance has. */
export function comparedHash(number: number): string {
  return String(number).padStart(64, '0');
}

/**
 * A run over utterances that say "hello world again", whose delays vary by utterance and, by the
 * seed, from run to run.
 */
export function comparedRun(options: ComparedRunOptions = {}): Run {
  const { utterances = 40, repeats = 1, title = 'Run' } = options;
  const numbers = Array.from({ length: utterances }, (_, number) => number);
  const random = randomGenerator(options.seed ?? 1);
  const base = exampleRun();
  const run: Run = {
    ...base,
    info: { ...base.info, title, plannedSessions: utterances * repeats },
    plan: { ...base.plan, repeats },
    utterances: numbers.map((number): RunUtterance =>
      exampleUtterance({ id: comparedUtteranceId(number), sha256: comparedHash(number) }),
    ),
    sessions: Array.from({ length: utterances * repeats }, (_, at): RunSession => {
      const number = at % utterances;
      return {
        id: `s${String(at + 1).padStart(5, '0')}`,
        endpointId: 'local',
        utteranceId: comparedUtteranceId(number),
        repeat: Math.floor(at / utterances),
        trace: trace(number, options, random),
      };
    }),
  };
  return options.run ? options.run(run) : run;
}

export function comparedReport(options: ComparedRunOptions = {}): RunReport {
  return reportRun(comparedRun(options));
}

function trace(number: number, options: ComparedRunOptions, random: () => number): SessionTrace {
  const base = goldenSession();
  const ofUtterance = (number * 37) % 90;
  const laterMs = ofUtterance + random() * 10 + (options.laterMs ?? 0);
  if (options.failing?.includes(number)) {
    const failure = {
      atUs: us(1900),
      reason: 'server_error' as const,
      code: null,
      message: 'The engine died.',
    };
    return { ...base, received: [message(790, { type: 'ready' })], failure };
  }
  const second = options.broken?.includes(number) ? ' whirled' : ' world';
  const text = `hello${second} again`;
  return {
    ...base,
    received: [
      message(790, { type: 'ready' }),
      delta(1530 + laterMs, ' hello'),
      delta(1750 + laterMs, second),
      delta(2120 + laterMs, ' again'),
      done(2150 + laterMs, text, 5),
    ],
  };
}
