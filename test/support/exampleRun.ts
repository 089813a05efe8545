import type { Run, RunSession, RunUtterance } from '../../src/runfile/run.ts';
import { defaultDeadlines, defaultPacing } from '../../src/plan/plan.ts';
import { goldenSession, goldenUtterance } from './goldenSession.ts';

/** An utterance of {@link exampleRun}: the golden one under another name. */
export function exampleUtterance(overrides: Partial<RunUtterance> = {}): RunUtterance {
  return {
    ...goldenUtterance,
    id: 'hello',
    audioPath: '/data/clips/hello.wav',
    durationMs: 1000,
    sha256: 'ab'.repeat(32),
    audioFormat: 'wav pcm_s16le',
    ...overrides,
  };
}

/** A session of {@link exampleRun} with the golden trace. */
export function exampleSession(overrides: Partial<RunSession> = {}): RunSession {
  return {
    id: 's00001',
    endpointId: 'local',
    utteranceId: 'hello',
    repeat: 0,
    trace: goldenSession(),
    ...overrides,
  };
}

/** A small run that has everything a run file can hold. */
export function exampleRun(overrides: Partial<Run> = {}): Run {
  return {
    info: {
      id: '11111111-2222-3333-4444-555555555555',
      title: 'An example "run"',
      notes: 'Two\nlines',
      startedAt: '2026-01-02T03:04:05.678Z',
      durationUs: 3_000_000,
      completeness: 'complete',
      partialBecause: null,
      plannedSessions: 1,
      rtbenchVersion: '0.1.0',
    },
    plan: {
      endpoints: [
        {
          id: 'local',
          dialect: 'vllm-realtime',
          url: 'ws://localhost:8000/v1/realtime',
          model: 'test-model',
          language: null,
          apiKeyEnv: null,
        },
      ],
      dataset: { path: '/data/clips', limit: null },
      load: { kind: 'concurrent', sessions: 1 },
      pacing: defaultPacing,
      deadlines: defaultDeadlines,
      repeats: 1,
      textProfile: 'auto',
      thresholds: [],
    },
    dataset: { name: 'clips', format: 'folder', problems: [] },
    endpoints: [
      { id: 'local', url: 'ws://localhost:8000/v1/realtime', model: 'test-model', metadata: {} },
    ],
    environment: {
      proxy: null,
      nodeVersion: '24.0.0',
      platform: 'linux',
      osRelease: '6.1',
      arch: 'x64',
      cpuModel: 'Example',
      cpuCores: 2,
      memoryBytes: 1024,
      loadAverage: 0.5,
      clock: { eventLoopDelayP50Us: 100, eventLoopDelayP99Us: 900, eventLoopDelayMaxUs: 2000 },
    },
    utterances: [exampleUtterance()],
    sessions: [exampleSession()],
    ...overrides,
  };
}
