import type { Utterance } from '../../src/dataset/utterance.ts';
import { randomGenerator } from '../../src/metrics/statistics/randomGenerator.ts';
import type { ReceivedMessage, SentChunk, SessionTrace } from '../../src/trace/sessionTrace.ts';
import { soleUnit, type TimedWord } from '../../src/trace/transcriptEvent.ts';

const sampleRateHz = 16_000;
const chunkMs = 80;
const originUs = 1_000_000;
const deltasPerWord = 5;
const syllables = [
  'a',
  'be',
  'co',
  'di',
  'e',
  'fu',
  'ga',
  'hi',
  'jo',
  'ka',
  'lu',
  'mi',
  'no',
  'os',
];

export interface LongSessionOptions {
  durationMs?: number;
  /** Deltas with text, rounded down to whole words of five. */
  deltas?: number;
  /** Revisable partials in sentences of twelve words, instead of text that is only appended. */
  revisable?: boolean;
}

/** A session and the utterance it was sent. */
export interface LongSession {
  trace: SessionTrace;
  utterance: Utterance;
  durationMs: number;
}

/**
 * Speech in real time, by default an hour with 50,000 deltas: words every few hundred
 * milliseconds with a lag that wanders, now and then wrong, missing or too many, and a stall
 * every 500 words. The same options give the same session.
 */
export function longSession(options: LongSessionOptions = {}): LongSession {
  const { durationMs = 3_600_000, deltas = 50_000, revisable = false } = options;
  const random = randomGenerator(11);
  const wordCount = Math.floor(deltas / deltasPerWord);
  const slotMs = durationMs / wordCount;
  const shown = Array.from({ length: wordCount }, () => aWord(random));
  const received = revisable ? revisedMessages(shown, slotMs) : appendedMessages(shown, slotMs);
  const endUs = Math.max(received.at(-1)!.atUs, originUs + durationMs * 1000) + 250_000;
  const text = shown.map((pieces) => pieces.join('')).join(' ');
  if (!revisable) received.push(message(endUs, { type: 'final', unit: soleUnit, text }));
  received.push(message(endUs, { type: 'done' }));
  const words = referenceWords(shown, slotMs, random);
  return {
    trace: traceOf(durationMs, received, endUs),
    utterance: utteranceOf(words, durationMs),
    durationMs,
  };
}

/** The pieces of a word, one for each of its deltas. */
function aWord(random: () => number): string[] {
  return Array.from(
    { length: deltasPerWord },
    () => syllables[Math.floor(random() * syllables.length)]!,
  );
}

/** When piece `piece` of word `index` arrives, were it not for the pieces before it. */
function arrivalUs(index: number, piece: number, slotMs: number): number {
  const lagMs = 450 + 250 * Math.sin(index / 40) + (index % 500 === 250 ? 2000 : 0);
  return originUs + Math.round(((index + 0.2 + piece * 0.12) * slotMs + lagMs) * 1000);
}

function appendedMessages(shown: readonly string[][], slotMs: number): ReceivedMessage[] {
  let lastUs = 0;
  return shown.flatMap((pieces, index) =>
    pieces.map((piece, at) => {
      lastUs = Math.max(lastUs + 200, arrivalUs(index, at, slotMs));
      const text = at === 0 ? ` ${piece}` : piece;
      return message(lastUs, { type: 'text', mode: 'append', unit: soleUnit, text });
    }),
  );
}

const wordsPerSentence = 12;

/** Every delta gives the sentence so far, first with a guess at its last word; then its final. */
function revisedMessages(shown: readonly string[][], slotMs: number): ReceivedMessage[] {
  let lastUs = 0;
  return shown.flatMap((pieces, index) => {
    const unit = `s${Math.floor(index / wordsPerSentence)}`;
    const first = index - (index % wordsPerSentence);
    const before = shown.slice(first, index).map((word) => word.join(''));
    const messages = pieces.map((_, at) => {
      lastUs = Math.max(lastUs + 200, arrivalUs(index, at, slotMs));
      const guess = pieces.slice(0, at + 1).join('') + (at === 2 ? 'x' : '');
      const text = [...before, guess].join(' ');
      return message(lastUs, { type: 'text', mode: 'replace', unit, text });
    });
    if (index % wordsPerSentence === wordsPerSentence - 1 || index === shown.length - 1) {
      const text = [...before, pieces.join('')].join(' ');
      messages.push(message(lastUs + 100, { type: 'final', unit, text }));
    }
    return messages;
  });
}

function message(atUs: number, event: ReceivedMessage['events'][number]): ReceivedMessage {
  return { atUs, bytes: 90, events: [event], raw: null };
}

/** What was said: what is shown, but for one word in twenty. */
function referenceWords(
  shown: readonly string[][],
  slotMs: number,
  random: () => number,
): TimedWord[] {
  return shown.flatMap((pieces, index) => {
    const startMs = index * slotMs;
    const word = { text: pieces.join(''), startMs, endMs: startMs + slotMs * 0.9 };
    const middleMs = startMs + slotMs * 0.45;
    const chance = random();
    if (chance < 0.03) return [{ ...word, text: 'wrong' }];
    if (chance < 0.04) return [];
    if (chance < 0.05) {
      return [
        { text: 'lost', startMs, endMs: middleMs },
        { ...word, startMs: middleMs },
      ];
    }
    return [word];
  });
}

function utteranceOf(words: TimedWord[], durationMs: number): Utterance {
  return {
    id: 'long',
    audioPath: '/nowhere/long.wav',
    reference: words.map((word) => word.text).join(' '),
    language: 'en',
    declaredDurationMs: durationMs,
    words,
    speaker: null,
    tags: [],
  };
}

function traceOf(durationMs: number, received: ReceivedMessage[], endUs: number): SessionTrace {
  const chunks = sentChunks(durationMs);
  return {
    scheduledStartUs: 900_000,
    connection: {
      startUs: 900_000,
      openUs: 940_000,
      readyUs: 960_000,
      closeUs: endUs + 1000,
      closeCode: 1000,
      closeReason: '',
    },
    audio: {
      sampleRateHz,
      totalSamples: chunks.at(-1)!.endSample,
      originUs,
      pacing: { mode: 'capture', speed: 1, chunkMs },
    },
    chunks,
    controls: [{ sentUs: chunks.at(-1)!.sentUs + 100, commit: 'final', raw: '{}' }],
    received,
    pings: [],
    failure: null,
  };
}

function sentChunks(durationMs: number): SentChunk[] {
  const samplesPerChunk = (sampleRateHz * chunkMs) / 1000;
  const totalSamples = Math.round((durationMs * sampleRateHz) / 1000);
  return Array.from({ length: Math.ceil(totalSamples / samplesPerChunk) }, (_, index) => {
    const startSample = index * samplesPerChunk;
    const endSample = Math.min(totalSamples, startSample + samplesPerChunk);
    const dueUs = originUs + Math.round((endSample / sampleRateHz) * 1_000_000);
    return { dueUs, sentUs: dueUs + 300, startSample, endSample, queuedBytes: 0 };
  });
}
