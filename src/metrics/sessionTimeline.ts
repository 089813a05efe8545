import type { Utterance } from '../dataset/utterance.ts';
import type { CommitKind, Micros, SessionTrace } from '../trace/sessionTrace.ts';
import type { TimedWord } from '../trace/transcriptEvent.ts';
import { audioClock, sentAudioMs, type AudioClock } from './audioClock.ts';
import { isMissing, missing, type Missing } from './missingValue.ts';
import { replayTranscript, type TranscriptReplay } from './transcriptReplay.ts';
import { lightForm, rawForm } from './wordForms.ts';
import { wordSteps, type WordStep } from './wordSteps.ts';

/** A session's trace, its reference, and the instants that most metrics need. */
export interface SessionTimeline {
  trace: SessionTrace;
  utterance: Utterance;
  replay: TranscriptReplay;
  rawSteps: WordStep[];
  lightSteps: WordStep[];
  /** The audio clock W; missing in burst pacing and before any audio. */
  clock: AudioClock | Missing;
  /** Deltas with text. */
  textDeltas: TranscriptReplay['deltas'];
  /** s_0 */
  firstSendUs: Micros | Missing;
  /** s_{m-1}; missing unless all audio was sent. */
  lastSendUs: Micros | Missing;
  /** t_f: first instant at which text was displayed. */
  firstTextUs: Micros | Missing;
  /** t_l: last change of the displayed words. */
  lastTextUs: Micros | Missing;
  /** z: last final event, or the end the server announced where it sends no finals. */
  doneUs: Micros | Missing;
  /** f_u: last final that gave or confirmed text. */
  finalUs: Micros | Missing;
  /** D in milliseconds. */
  sentMs: number;
  speech: SpeechSpan | Missing;
  spoken: SpeechTimes | Missing;
}

/** Where the utterance is spoken in its audio: sigma and epsilon. */
export interface SpeechSpan {
  startMs: number;
  endMs: number;
}

/** W(sigma) and W(epsilon): when it was spoken. */
export interface SpeechTimes {
  startUs: Micros;
  endUs: Micros;
}

/** Replays a session once for all metrics. */
export function sessionTimeline(trace: SessionTrace, utterance: Utterance): SessionTimeline {
  const replay = replayTranscript(trace.received);
  const rawSteps = wordSteps(replay.edits, rawForm);
  const clock = clockOf(trace);
  const speech = speechSpan(utterance.words);
  return {
    trace,
    utterance,
    replay,
    rawSteps,
    lightSteps: wordSteps(replay.edits, lightForm),
    clock,
    textDeltas: replay.deltas.filter((delta) => !delta.blank),
    firstSendUs: trace.chunks.at(0)?.sentUs ?? missing('no_audio_sent'),
    lastSendUs: lastSendUs(trace),
    firstTextUs: rawSteps.at(0)?.atUs ?? missing('no_text'),
    lastTextUs: rawSteps.at(-1)?.atUs ?? missing('no_text'),
    doneUs: replay.finals.at(-1)?.atUs ?? replay.doneUs ?? missing('no_final'),
    finalUs: finalUsOf(replay),
    sentMs: sentAudioMs(trace),
    speech,
    spoken: speechTimes(speech, clock),
  };
}

/** When the first commit of a kind was sent. */
export function commitUs(trace: SessionTrace, kind: CommitKind): Micros | null {
  return trace.controls.find((control) => control.commit === kind)?.sentUs ?? null;
}

function clockOf(trace: SessionTrace): AudioClock | Missing {
  if (trace.audio.pacing.mode === 'burst') return missing('burst_pacing');
  return audioClock(trace) ?? missing('no_audio_sent');
}

function finalUsOf(replay: TranscriptReplay): Micros | Missing {
  const last = replay.finals.findLast((final) => final.hasText);
  return last?.atUs ?? missing(replay.finals.length > 0 ? 'no_text' : 'no_final');
}

function lastSendUs({ audio, chunks }: SessionTrace): Micros | Missing {
  const last = chunks.at(-1);
  if (!last) return missing('no_audio_sent');
  return last.endSample >= audio.totalSamples ? last.sentUs : missing('audio_incomplete');
}

function speechSpan(words: TimedWord[] | null): SpeechSpan | Missing {
  if (words === null) return missing('no_word_times');
  const [first] = words;
  if (!first) return missing('no_speech');
  return words.reduce<SpeechSpan>(
    (span, word) => ({
      startMs: Math.min(span.startMs, word.startMs),
      endMs: Math.max(span.endMs, word.endMs),
    }),
    { startMs: first.startMs, endMs: first.endMs },
  );
}

/** What the data cannot give comes before what the session failed to give. */
function speechTimes(
  speech: SpeechSpan | Missing,
  clock: AudioClock | Missing,
): SpeechTimes | Missing {
  if (isMissing(clock) && clock.missing === 'burst_pacing') return clock;
  if (isMissing(speech)) return speech;
  if (isMissing(clock)) return clock;
  return { startUs: clock.wallUs(speech.startMs), endUs: clock.wallUs(speech.endMs) };
}
