import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comparabilityGate,
  hardDifferences,
  type ComparabilityGate,
} from '../../../src/comparison/comparabilityGate.ts';
import { pairSessions } from '../../../src/comparison/pairSessions.ts';
import { runSide } from '../../../src/comparison/runSide.ts';
import { parseThreshold } from '../../../src/plan/threshold.ts';
import type { Run } from '../../../src/runfile/run.ts';
import { reportRun, type RunReport } from '../../../src/runfile/runReport.ts';
import { comparedRun } from '../../support/comparedRuns.ts';

const base = comparedRun({ utterances: 6 });

function gateOf(b: Run, change: Partial<RunReport> = {}): ComparabilityGate {
  const sideA = runSide(reportRun(base), 'local');
  const sideB = runSide({ ...reportRun(b), ...change }, 'local');
  return comparabilityGate(sideA, sideB, pairSessions(sideA, sideB));
}

function found(gate: ComparabilityGate): string[] {
  return gate.differences.map(({ severity, id }) => `${severity} ${id}`);
}

function withPacing(pacing: Partial<Run['plan']['pacing']>): Run {
  return { ...base, plan: { ...base.plan, pacing: { ...base.plan.pacing, ...pacing } } };
}

test('a run does not differ from itself', () => {
  const gate = gateOf(base);
  assert.deepEqual(gate.differences, []);
  assert.ok(gate.conditions.length > 15);
});

test('pacing, chunks, sample rate and definitions forbid every metric', () => {
  assert.deepEqual(found(gateOf(withPacing({ mode: 'lead' }))), ['hard pacing_mode']);
  assert.deepEqual(found(gateOf(withPacing({ speed: 2 }))), ['hard pacing_speed']);
  assert.deepEqual(found(gateOf(base, { metricsSpec: 'rtbench-metrics/0' })), [
    'hard metrics_spec',
  ]);
  const resampled = base.sessions.map((session) => ({
    ...session,
    trace: { ...session.trace, audio: { ...session.trace.audio, sampleRateHz: 24_000 } },
  }));
  assert.ok(found(gateOf({ ...base, sessions: resampled })).includes('hard sample_rate'));

  const chunks = gateOf(withPacing({ chunkMs: 200 }));
  assert.deepEqual(found(chunks), ['hard chunk_length']);
  assert.equal(hardDifferences(chunks, 'ttft').length, 1);
  assert.equal(hardDifferences(chunks, 'wer').length, 1);
  assert.equal(
    chunks.differences[0]!.message,
    'Chunk length: 100 ms → 200 ms. Not compared: every metric.',
  );
});

test('a sample rate that no trace tells is no difference', () => {
  const stored = reportRun(base);
  const thinned = gateOf(base, {
    run: { ...base, sessions: [] },
    sessions: stored.sessions.map((session) => ({ ...session, trace: null })),
  });
  assert.deepEqual(thinned.differences, []);
  const rate = thinned.conditions.find(({ id }) => id === 'sample_rate');
  assert.deepEqual([rate?.a, rate?.b], ['16000 Hz', 'not known']);
});

test('the speed of bursts does not matter', () => {
  const burst = (speed: number) => withPacing({ mode: 'burst', speed });
  const a = runSide(reportRun(burst(1)), 'local');
  const b = runSide(reportRun(burst(2)), 'local');
  assert.deepEqual(found(comparabilityGate(a, b, pairSessions(a, b))), []);
});

test('another text profile forbids text metrics only', () => {
  const gate = gateOf({ ...base, plan: { ...base.plan, textProfile: 'none@1' } });
  assert.deepEqual(found(gate), ['hard text_profile']);
  assert.equal(hardDifferences(gate, 'wer').length, 1);
  assert.equal(hardDifferences(gate, 'wer_at_500').length, 1);
  assert.deepEqual(hardDifferences(gate, 'ttft'), []);
  assert.deepEqual(hardDifferences(gate, 'error_rate'), []);
});

test('other word times forbid what is counted from them', () => {
  const moved = (place: number, by: number): Run => ({
    ...base,
    utterances: base.utterances.map((utterance) => ({
      ...utterance,
      words: utterance.words!.map((word, at) =>
        at === place ? { ...word, endMs: word.endMs + by } : word,
      ),
    })),
  });
  const inside = gateOf(moved(1, 5));
  assert.deepEqual(found(inside), ['hard word_times']);
  assert.equal(hardDifferences(inside, 'wel').length, 1);
  assert.deepEqual(hardDifferences(inside, 'ttfs'), []);
  assert.deepEqual(hardDifferences(inside, 'ttft'), []);

  const end = gateOf(moved(2, 5));
  assert.deepEqual(found(end), ['hard speech_end', 'hard word_times']);
  assert.equal(hardDifferences(end, 'ttfs').length, 1);
  assert.match(end.differences[0]!.message, /other in 6 utterances/);
});

test('no common utterance forbids everything; some are a warning', () => {
  const renamed = (from: number): Run => {
    const name = (id: string, number: number) => (number < from ? id : `other-${id}`);
    const utterances = base.utterances.map((utterance, number) => ({
      ...utterance,
      id: name(utterance.id, number),
      sha256: number < from ? utterance.sha256 : 'e'.repeat(60) + String(number).padStart(4, '0'),
    }));
    const sessions = base.sessions.map((session, number) => ({
      ...session,
      utteranceId: name(session.utteranceId, number),
    }));
    return { ...base, utterances, sessions };
  };
  assert.deepEqual(found(gateOf(renamed(0))), ['hard utterances']);
  const gate = gateOf(renamed(5));
  assert.deepEqual(found(gate), ['soft utterances']);
  assert.match(gate.differences[0]!.message, /6, 1 of them not in the other run/);
});

test('the load forbids load metrics and warns of the others', () => {
  const gate = gateOf({
    ...base,
    plan: { ...base.plan, load: { kind: 'concurrent', sessions: 8 } },
  });
  assert.deepEqual(found(gate), ['hard arrival', 'soft sessions_at_once']);
  for (const id of ['audio_throughput', 'goodput', 'ttft_sched', 'saturation'] as const) {
    assert.equal(hardDifferences(gate, id).length, 1, id);
  }
  assert.deepEqual(hardDifferences(gate, 'ttft'), []);
});

test('other thresholds on sessions forbid goodput, those on runs and texts nothing', () => {
  const withThresholds = (...limits: string[]): Run => ({
    ...base,
    plan: { ...base.plan, thresholds: limits.map(parseThreshold) },
  });
  const gate = gateOf(withThresholds('wel.p95<=900', 'ttft.p95<=800', 'wer<=0.1'));
  assert.deepEqual(found(gate), ['hard limits']);
  assert.match(
    gate.differences[0]!.message,
    /^Thresholds on sessions: none → ttft\.p95<=800, wel\.p95<=900\. Not compared: goodput\.$/,
  );
  assert.equal(hardDifferences(gate, 'goodput_ratio').length, 1);
  assert.deepEqual(hardDifferences(gate, 'sessions_per_s'), []);
  assert.deepEqual(found(gateOf(withThresholds('wer<=0.1', 'error_rate<=0.01'))), []);
});

test('connections that were reused on one side are a warning', () => {
  const load = { ...base.plan.load, reuseConnections: true };
  const gate = gateOf({ ...base, plan: { ...base.plan, load } });
  assert.deepEqual(found(gate), ['soft connections']);
});

test('a proxy on one side is a warning, where this endpoint was reached through it', () => {
  const through = (url: string, proxy: string | null): Run => ({
    ...base,
    endpoints: [{ ...base.endpoints[0]!, url }],
    environment: { ...base.environment, proxy },
  });
  const between = (one: Run, other: Run) => {
    const [a, b] = [runSide(reportRun(one), 'local'), runSide(reportRun(other), 'local')];
    return comparabilityGate(a, b, pairSessions(a, b));
  };
  const far = 'wss://far.example/v1/realtime';
  const gate = between(through(far, null), through(far, 'http://proxy:3128'));
  assert.deepEqual(found(gate), ['soft proxy']);
  assert.match(gate.differences[0]!.message, /^Proxy: none → http:\/\/proxy:3128\. It may be/);
  const near = 'ws://127.0.0.1:8000/v1/realtime';
  assert.deepEqual(found(between(through(near, null), through(near, 'http://proxy:3128'))), []);
});

test('computer, endpoint, version, hour and an incomplete run are warnings', () => {
  const { info, environment, endpoints, plan } = base;
  const gate = gateOf({
    ...base,
    info: {
      ...info,
      startedAt: '2026-01-02T14:04:05.678Z',
      rtbenchVersion: '0.2.0',
      completeness: 'partial',
      partialBecause: 'cancelled',
    },
    environment: { ...environment, cpuModel: 'Other' },
    endpoints: [
      {
        ...endpoints[0]!,
        url: 'wss://far.example/v1/realtime',
        model: 'new-model',
        metadata: { threads: 4, modelLoadMs: 912 },
      },
    ],
    plan: { ...plan, repeats: 2 },
  });
  assert.deepEqual(found(gate).toSorted(), [
    'soft completeness',
    'soft endpoint.threads',
    'soft host',
    'soft location',
    'soft model',
    'soft repeats',
    'soft rtbench',
    'soft time_of_day',
    'soft url',
  ]);
  assert.match(
    gate.differences.find(({ id }) => id === 'model')!.message,
    /^Model: test-model → new-model\. It may be the reason/,
  );
});

test('what an endpoint took long for is no condition; what is only called like it is', () => {
  const metadata = (value: number): Run => ({
    ...base,
    endpoints: [
      {
        ...base.endpoints[0]!,
        metadata: Object.fromEntries(
          ['ms', 'loadMs', 'load_ms', 'warmupSeconds', 'params', 'streams', 'programs'].map(
            (name) => [name, value],
          ),
        ),
      },
    ],
  });
  const sides = [metadata(1), metadata(2)].map((run) => runSide(reportRun(run), 'local'));
  const [a, b] = [sides[0]!, sides[1]!];
  assert.deepEqual(found(comparabilityGate(a, b, pairSessions(a, b))), [
    'soft endpoint.params',
    'soft endpoint.streams',
    'soft endpoint.programs',
  ]);
});

test('options of the protocol are warnings, each by its name', () => {
  type Options = Run['plan']['endpoints'][number]['options'] & object;
  const asked = (options: Options) =>
    runSide(
      reportRun({
        ...base,
        plan: { ...base.plan, endpoints: [{ ...base.plan.endpoints[0]!, options }] },
      }),
      'local',
    );
  const a = asked({ vad: true, delay: 'low', config: { one: 1, two: [{ x: 1, y: 2 }] } });
  const b = asked({ vad: false, beams: 4, config: { two: [{ y: 2, x: 1 }], one: 1 } });
  const gate = comparabilityGate(a, b, pairSessions(a, b));
  assert.deepEqual(
    gate.differences.map(({ id, severity, a: inA, b: inB }) => [id, severity, inA, inB]),
    [
      ['option.vad', 'soft', 'true', 'false'],
      ['option.delay', 'soft', 'low', 'not set'],
      ['option.beams', 'soft', 'not set', '4'],
    ],
  );
});

test('midnight is not far from the evening', () => {
  const at = (startedAt: string): Run => ({ ...base, info: { ...base.info, startedAt } });
  const a = runSide(reportRun(at('2026-01-02T23:30:00.000Z')), 'local');
  const b = runSide(reportRun(at('2026-01-04T00:30:00.000Z')), 'local');
  assert.deepEqual(found(comparabilityGate(a, b, pairSessions(a, b))), []);
});

test('audio that was sent late is a warning, whichever run it is', () => {
  const late = base.sessions.map((session) => ({
    ...session,
    trace: {
      ...session.trace,
      chunks: session.trace.chunks.map((chunk) => ({ ...chunk, sentUs: chunk.dueUs + 30_000 })),
    },
  }));
  const gate = gateOf({ ...base, sessions: late });
  assert.deepEqual(found(gate), ['soft pacing_quality']);
  assert.match(gate.differences[0]!.message, /ok → degraded: this computer sent audio late/);
});
