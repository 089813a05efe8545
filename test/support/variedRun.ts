import type { SessionFailure } from '../../src/trace/sessionFailure.ts';
import type { SessionTrace } from '../../src/trace/sessionTrace.ts';
import type { Run, RunSession, RunUtterance } from '../../src/runfile/run.ts';
import { randomGenerator } from '../../src/metrics/statistics/randomGenerator.ts';
import { exampleRun, exampleUtterance } from './exampleRun.ts';
import { delta, done, goldenSession, us } from './goldenSession.ts';

/** What is said, in several scripts, and what is recognised of it. */
const spoken: { id: string; language: string; reference: string; recognised: string[] }[] = [
  {
    id: 'clip-en-the-quick-brown-fox',
    language: 'en',
    reference: 'The quick brown fox jumps over the lazy dog near the river bank.',
    recognised: [
      'The quick',
      ' brown box',
      ' jumps over',
      ' the dog',
      ' near the the river',
      ' bank.',
    ],
  },
  {
    id: 'clip-en-exact',
    language: 'en',
    reference: 'All of it is right.',
    recognised: ['All of it', ' is right.'],
  },
  {
    id: 'clip-he-שלום',
    language: 'he',
    reference: 'שלום לכולם ותודה שבאתם',
    recognised: ['שלום לכולם', ' תודה', ' שבאתם'],
  },
  {
    id: 'clip-ja-天気',
    language: 'ja',
    reference: '今日はとても天気がいいです',
    recognised: ['今日は', 'とても', '電気が', 'いいです'],
  },
];

const hostile = '<img src=x onerror="document.title=\'broken\'">';

/**
 * A run whose sessions differ: several languages, delays spread by a seeded generator, and a
 * failed, a broken-off, an empty and a hostile session in every twenty.
 */
export function variedRun(sessions: number, endpointIds: readonly string[] = ['local']): Run {
  const base = exampleRun();
  const random = randomGenerator(7);
  return {
    ...base,
    info: { ...base.info, title: 'Varied speech', plannedSessions: sessions },
    plan: {
      ...base.plan,
      endpoints: endpointIds.map((id) => ({ ...base.plan.endpoints[0]!, id })),
    },
    endpoints: endpointIds.map((id) => ({ ...base.endpoints[0]!, id })),
    utterances: spoken.map(utterance),
    sessions: Array.from({ length: sessions }, (_, i): RunSession => {
      const { id, recognised } = spoken[i % spoken.length]!;
      return {
        id: `s${String(i + 1).padStart(5, '0')}`,
        endpointId: endpointIds[i % endpointIds.length]!,
        utteranceId: id,
        repeat: Math.floor(i / spoken.length),
        trace: trace(i, recognised, random),
      };
    }),
  };
}

function utterance({ id, language, reference }: (typeof spoken)[number]): RunUtterance {
  return exampleUtterance({ id, language, reference, words: null });
}

function trace(index: number, recognised: readonly string[], random: () => number): SessionTrace {
  const base = goldenSession();
  const texts = index % 20 === 17 ? [hostile] : recognised;
  let atMs = 1350 + random() ** 2 * 900;
  const received = [delta(atMs - 60, '')];
  for (const text of texts) {
    received.push(delta(atMs, text));
    atMs += 60 + random() * 180;
  }
  const final = done(atMs, texts.join(''), texts.length + 1);
  switch (index % 20) {
    case 7:
      return { ...base, received: [], failure: failure('final_timeout') };
    case 12:
      return { ...base, received: received.slice(0, 2), failure: failure('closed_early') };
    case 15:
      return { ...base, received: [done(atMs, '', 0)] };
    default:
      return { ...base, received: [...received, final] };
  }
}

function failure(reason: 'final_timeout' | 'closed_early'): SessionFailure {
  const message =
    reason === 'final_timeout'
      ? 'No final text came within 30 s of the end of the audio. Is the server overloaded?'
      : `The server closed the connection (1011 "${hostile}").`;
  return { atUs: us(2500), reason, code: null, message };
}
