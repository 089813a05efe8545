import type { Utterance } from '../../src/dataset/utterance.ts';
import type { Run } from '../../src/runfile/run.ts';
import type { ReceivedMessage, SentChunk, SessionTrace } from '../../src/trace/sessionTrace.ts';
import { exampleRun, exampleSession, exampleUtterance } from './exampleRun.ts';
import { delta, done, final, goldenSession, message, snapshot, us } from './goldenSession.ts';

const spoken = [
  'Please turn off the lights in the kitchen.',
  'The train to Lisbon leaves at a quarter past nine from platform four.',
  'Did you remember to water the orange trees on the balcony?',
];
const wordMs = 380;
const pauseMs = 900;
/** When the audio begins on the run's clock. */
const originMs = 1000;

interface SpokenWord {
  text: string;
  startMs: number;
  endMs: number;
  sentence: number;
}

function spokenWords(): SpokenWord[] {
  let startMs = 300;
  return spoken.flatMap((sentence, at) => {
    const words = sentence.split(' ').map((text) => {
      const word = { text, startMs, endMs: startMs + 320, sentence: at };
      startMs += wordMs;
      return word;
    });
    startMs += pauseMs;
    return words;
  });
}

const words = spokenWords();
const durationMs = words.at(-1)!.endMs + 500;

const utterance: Partial<Utterance> = {
  reference: spoken.join(' '),
  words: words.map(({ text, startMs, endMs }) => ({ text, startMs, endMs })),
  declaredDurationMs: durationMs,
};

/** What is recognised for some of the words; empty: nothing. */
const misheard: Readonly<Record<string, string>> = {
  kitchen: 'chicken',
  Lisbon: 'Lissabon',
  past: '',
  orange: 'orange orange',
};

function heard(text: string): string {
  const bare = text.replace(/\W+$/, '');
  const instead = misheard[bare];
  return instead === undefined ? text : instead + (instead && text.slice(bare.length));
}

/** Snapshots of each sentence, whose last word is a guess until the next one, and then a final. */
function revised(lagMs: number): ReceivedMessage[] {
  const received: ReceivedMessage[] = [message(790, { type: 'ready' })];
  spoken.forEach((_, sentence) => {
    const unit = `item_${sentence}`;
    const own = words.filter((word) => word.sentence === sentence);
    own.forEach(({ endMs }, at) => {
      const before = own.slice(0, at).map(({ text }) => heard(text));
      const atMs = originMs + endMs + lagMs + (at % 5) * 30;
      const guesses = guessesAt(at) ?? [heard(own[at]!.text)];
      guesses.forEach((guess, place) => {
        const text = [...before, guess].filter((word) => word !== '').join(' ');
        const guessMs = atMs - 20 * (guesses.length - 1 - place);
        received.push({ ...snapshot(guessMs, text, unit), raw: frame('partial', text) });
      });
    });
    const text = own.map((word) => heard(word.text)).filter((word) => word !== '');
    const atMs = originMs + own.at(-1)!.endMs + lagMs + 400;
    received.push({ ...final(atMs, text.join(' '), unit), raw: frame('final', text.join(' ')) });
  });
  received.push(message(originMs + durationMs + lagMs, { type: 'done' }));
  return received;
}

/** What is shown for some words of a sentence before the next one comes. */
function guessesAt(place: number): string[] | undefined {
  if (place === 4) return ['uh', 'oh', 'um'];
  if (place === 7) return ['uh', 'um'];
  return place % 3 === 1 ? ['um'] : undefined;
}

/** Words as they come, never taken back. */
function appended(lagMs: number): ReceivedMessage[] {
  const received = words.map(({ text, endMs }, at) =>
    delta(originMs + endMs + lagMs + (at % 4) * 40, ` ${text}`),
  );
  const endMs = originMs + durationMs + lagMs;
  return [message(790, { type: 'ready' }), ...received, done(endMs, spoken.join(' '), 40)];
}

/** As servers say it, beside what would like to be more than text. */
function frame(type: string, text: string): string {
  const json = JSON.stringify({ type, channel: { alternatives: [{ transcript: text }] } });
  return `${json}\n  \`\`\`\n[run](command:workbench.action.quit) <img src=x onerror=alert(1)>`;
}

function sessionOf(received: ReceivedMessage[]): SessionTrace {
  const chunkMs = 100;
  const count = Math.ceil(durationMs / chunkMs);
  const chunks = Array.from({ length: count }, (_, at): SentChunk => {
    const dueUs = us(originMs + (at + 1) * chunkMs);
    const startSample = at * 1600;
    return {
      dueUs,
      sentUs: dueUs + 300,
      startSample,
      endSample: startSample + 1600,
      queuedBytes: 0,
    };
  });
  const golden = goldenSession();
  const lastUs = Math.max(received.at(-1)!.atUs, chunks.at(-1)!.sentUs);
  return {
    ...golden,
    connection: { ...golden.connection, closeUs: lastUs + 10_000 },
    audio: { ...golden.audio, totalSamples: count * 1600 },
    chunks,
    controls: [{ sentUs: chunks.at(-1)!.sentUs + 100, commit: 'final', raw: '{}' }],
    received,
  };
}

/**
 * Two endpoints that heard three sentences: one revises and errs in every way, the other only
 * appends and is right.
 *
 * @param lagMs how far behind the words their text is
 */
export function transcriptRun(title: string, lagMs = 240): Run {
  const run = exampleRun();
  const [plan] = run.plan.endpoints;
  const [endpoint] = run.endpoints;
  return {
    ...run,
    info: { ...run.info, title, plannedSessions: 2 },
    plan: {
      ...run.plan,
      endpoints: [
        { ...plan!, id: 'revising' },
        { ...plan!, id: 'steady' },
      ],
    },
    endpoints: [
      { ...endpoint!, id: 'revising' },
      { ...endpoint!, id: 'steady' },
    ],
    utterances: [exampleUtterance({ ...utterance, id: 'three-sentences', durationMs })],
    sessions: [
      exampleSession({
        id: 's00001',
        endpointId: 'revising',
        utteranceId: 'three-sentences',
        trace: sessionOf(revised(lagMs)),
      }),
      exampleSession({
        id: 's00002',
        endpointId: 'steady',
        utteranceId: 'three-sentences',
        trace: sessionOf(appended(lagMs)),
      }),
    ],
  };
}
