import { wavHeader } from '../../../src/audio/wavWriter.ts';
import { buildTimelineSession } from '../../../src/timeline/buildTimelineSession.ts';
import { samplesPerPeak, type ToTimeline } from '../../../src/timeline/timelineMessages.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import { goldenSession } from '../goldenSession.ts';
import { longSession, type LongSession } from '../longSession.ts';
import { variedRun } from '../variedRun.ts';

const sampleRateHz = 16_000;

/** A tone that swells with every word that is spoken, so that a picture shows where words are. */
export function spokenSamples({ utterance, durationMs }: LongSession): Int16Array {
  const samples = new Int16Array(Math.round((durationMs / 1000) * sampleRateHz));
  for (const [place, { startMs, endMs }] of (utterance.words ?? []).entries()) {
    const from = Math.round((startMs / 1000) * sampleRateHz);
    const count = Math.round(((endMs - startMs) / 1000) * sampleRateHz);
    const hz = 130 + 17 * (place % 11);
    for (let i = 0; i < count && from + i < samples.length; i++) {
      const swell = Math.sin((Math.PI * i) / count);
      const phase = (2 * Math.PI * hz * i) / sampleRateHz;
      const voice = Math.sin(phase) + 0.4 * Math.sin(3.1 * phase) + 0.2 * Math.sin(7.7 * phase);
      samples[from + i] = 9000 * swell * voice;
    }
  }
  return samples;
}

export function wavOf(samples: Int16Array): Uint8Array {
  const data = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(sampleRateHz, samples.length), data]);
}

/** What the extension says of audio that is ready. */
export function audioMessages(
  audioKey: string,
  samples: Int16Array,
  playUri: string | null,
): ToTimeline[] {
  const minMax = new Int16Array(2 * Math.ceil(samples.length / samplesPerPeak));
  for (let at = 0; at < minMax.length / 2; at++) {
    const block = samples.subarray(at * samplesPerPeak, (at + 1) * samplesPerPeak);
    minMax[2 * at] = Math.min(...block);
    minMax[2 * at + 1] = Math.max(...block);
  }
  return [
    {
      type: 'audio',
      audioKey,
      playUri,
      sampleRateHz,
      totalSamples: samples.length,
      problem: null,
    },
    { type: 'peaks', audioKey, from: 0, minMax },
  ];
}

export interface LaneOptions {
  endpoint?: string;
  key?: string;
  live?: boolean;
  audioKey?: string;
}

export function laneOf(session: LongSession, options: LaneOptions = {}): TimelineSession {
  const { endpoint = 'local', live = false, audioKey = 'speech' } = options;
  const { trace, utterance, durationMs } = session;
  return buildTimelineSession({
    identity: {
      key: options.key ?? endpoint,
      endpoint,
      utterance: utterance.id,
      repeat: 0,
      run: 'Two endpoints on the same speech',
      audioKey,
    },
    trace,
    utterance,
    durationMs,
    live,
  });
}

/** A few seconds of speech with revisable partials. */
export function revisableSpeech(durationMs = 12_000): LongSession {
  return longSession({ durationMs, deltas: Math.round(durationMs / 80), revisable: true });
}

/** A few seconds of speech whose text is only ever added to. */
export function appendedSpeech(durationMs = 12_000): LongSession {
  return longSession({ durationMs, deltas: Math.round(durationMs / 80) });
}

/** The session as it was when so much of its audio had been spoken. */
export function liveUntil({ trace, utterance, durationMs }: LongSession, ms: number): LongSession {
  const untilUs = (trace.audio.originUs ?? 0) + ms * 1000;
  return {
    utterance,
    durationMs,
    trace: {
      ...trace,
      connection: { ...trace.connection, closeUs: null, closeCode: null, closeReason: '' },
      chunks: trace.chunks.filter(({ sentUs }) => sentUs <= untilUs),
      controls: trace.controls.filter(({ sentUs }) => sentUs <= untilUs),
      received: trace.received.filter(({ atUs }) => atUs <= untilUs),
    },
  };
}

/** Sessions of a run with several scripts, a failure, an empty and a hostile one, as lanes. */
export function variedLanes(): TimelineSession[] {
  const run = variedRun(20);
  return run.sessions.map((session) => {
    const utterance = run.utterances.find(({ id }) => id === session.utteranceId)!;
    return buildTimelineSession({
      identity: {
        key: session.id,
        endpoint: session.endpointId,
        utterance: utterance.id,
        repeat: session.repeat,
        run: run.info.title,
        audioKey: utterance.id,
      },
      trace: session.trace,
      utterance,
      durationMs: utterance.durationMs,
      live: false,
    });
  });
}

/** A second of silence for the golden session, whose words it does not hold. */
export function goldenSamples(): Int16Array {
  return new Int16Array(goldenSession().audio.totalSamples);
}
