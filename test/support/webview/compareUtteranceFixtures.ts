import type { Browser } from 'playwright-core';
import { alignThreeWays } from '../../../src/comparison/alignThreeWays.ts';
import type { FromCompare, ToCompare } from '../../../src/compareview/compareMessages.ts';
import type {
  CompareView,
  UtteranceDetail,
  UtteranceRow,
} from '../../../src/compareview/compareView.ts';
import { wordTimes } from '../../../src/compareview/wordTimes.ts';
import { chooseProfile } from '../../../src/metrics/text/chooseProfile.ts';
import { randomGenerator } from '../../../src/metrics/statistics/randomGenerator.ts';
import type { TimelineSession } from '../../../src/timeline/timelineSession.ts';
import type { LongSession } from '../longSession.ts';
import { slower } from './compareFixtures.ts';
import { comparisonOf, openComparePage, type ComparePageDriver } from './comparePageDriver.ts';
import { checkPage, type PageOptions } from './pageDriver.ts';
import type { PageHost } from './pageHost.ts';
import { audioMessages, laneOf, revisableSpeech, spokenSamples } from './timelineFixtures.ts';

/** Rows of utterances, worst first: the first ends worse, a tenth has no value in B. */
export function utteranceRows(count: number): UtteranceRow[] {
  const random = randomGenerator(5);
  const rows = Array.from({ length: count }, (_, at): UtteranceRow => {
    const a = 300 + 900 * random() ** 3;
    const b = at % 10 === 9 ? null : a + 60 + 120 * (random() - 0.6) + (at % 40 === 1 ? 500 : 0);
    return {
      id: `utt-${String(at).padStart(5, '0')}`,
      a,
      b,
      delta: b === null ? null : b - a,
      statusA: 'success',
      statusB: b === null ? 'empty' : 'success',
      repeats: { a: 1, b: 1 },
    };
  });
  rows.sort((one, other) => (other.delta ?? -Infinity) - (one.delta ?? -Infinity));
  rows.unshift({
    id: 'utt-broken',
    a: 512,
    b: null,
    delta: null,
    statusA: 'success',
    statusB: 'failed',
    repeats: { a: 2, b: 1 },
  });
  return rows;
}

const speech = revisableSpeech(6000);
export const speechSamples = spokenSamples(speech);
const laneA = laneOf(speech, { endpoint: 'local', key: 'before#s1' });
const shownWords = laneA.words.map(({ text }) => text);

/** A word that B has wrong, one that it leaves out, and what it adds after a third. */
export const changedWords = { wrong: shownWords[3]!, out: shownWords[7]!, before: shownWords[10]! };

const laneB = laneOf(changedSpeech(speech, 140), { endpoint: 'local', key: 'after#s1' });

function changedSpeech(session: LongSession, laterMs: number): LongSession {
  const changed = (text: string) =>
    text
      .replace(changedWords.wrong, 'whirled')
      .replace(` ${changedWords.out}`, '')
      .replace(changedWords.before, `${changedWords.before} again`);
  const { trace } = session;
  return {
    ...session,
    trace: {
      ...trace,
      connection: { ...trace.connection, closeUs: (trace.connection.closeUs ?? 0) + 400_000 },
      received: trace.received.map((message, at) => ({
        ...message,
        // Now later, now earlier.
        atUs: message.atUs + Math.round((laterMs + 160 * Math.sin(at / 9)) * 1000),
        events: message.events.map((event) =>
          'text' in event ? { ...event, text: changed(event.text) } : event,
        ),
      })),
    },
  };
}

interface Texts {
  reference: string;
  a: string;
  b: string;
  language?: string;
}

/** Words above each other of texts alone, without sessions. */
export function textDetail({ reference, a, b, language = 'en' }: Texts): UtteranceDetail {
  const choice = chooseProfile(language, [reference]);
  const { columns, ...alignment } = alignThreeWays(reference, { a, b }, choice);
  return {
    id: 'utt-00001',
    repeat: 0,
    repeats: 1,
    language,
    reference,
    texts: { a, b },
    alignment: { ...alignment, columns: columns.map((column) => ({ ...column, times: null })) },
    figures: [{ label: 'WER', a: '0.0 %', b: '12.5 %', delta: '+12.5 pp' }],
    sessions: { a: null, b: null },
    problem: null,
  };
}

/** Both sessions of an utterance whose words have times; B is later, and has errors of each kind. */
export function spokenDetail(): UtteranceDetail {
  const reference = speech.utterance.words!.map(({ text }) => text).join(' ');
  const texts = { a: textOf(laneA), b: textOf(laneB) };
  const choice = chooseProfile('en', [reference]);
  const { columns, ...alignment } = alignThreeWays(reference, texts, choice);
  const times = wordTimes(columns, {
    reference,
    words: speech.utterance.words,
    choice,
    a: { text: texts.a, session: laneA },
    b: { text: texts.b, session: laneB },
  });
  return {
    ...textDetail({ reference, ...texts }),
    repeats: 2,
    alignment: {
      ...alignment,
      columns: columns.map((column, at) => ({ ...column, times: times[at]! })),
    },
    figures: [
      { label: 'TTFT speech', a: '512 ms', b: '640 ms', delta: '+128 ms' },
      { label: 'TTFS', a: '702 ms', b: '811 ms', delta: '+109 ms' },
      { label: 'WER', a: '4.2 %', b: '16.7 %', delta: '+12.5 pp' },
    ],
    sessions: { a: laneA, b: laneB },
  };
}

function textOf({ words }: TimelineSession): string {
  return words.map(({ text }) => text).join(' ');
}

export interface UtteranceOptions extends PageOptions {
  view?: CompareView;
  rows?: readonly UtteranceRow[];
  /** Given for every utterance that is asked for, under its id. */
  detail?: UtteranceDetail;
  /** Of the audio; null where it could not be found. */
  playUri?: string | null;
}

/** Opens the page as the extension would, checks with it, and that nothing went wrong in it. */
export async function checkUtterances(
  { browser, host }: { browser: Browser; host: PageHost },
  options: UtteranceOptions,
  check: (driver: ComparePageDriver) => Promise<void>,
): Promise<void> {
  const driver = await openComparePage(browser, host, {
    ...options,
    answer: (message) => answerOf(message, options),
  });
  await checkPage(driver, async () => {
    await driver.page.locator('.utterance-table .grid-row').first().waitFor();
    await check(driver);
  });
}

function answerOf(message: FromCompare, options: UtteranceOptions): readonly ToCompare[] {
  const { view = slower, rows = utteranceRows(40), detail = spokenDetail(), playUri } = options;
  if (message.type === 'ready') return [comparisonOf(view)];
  if (message.type === 'utterances') {
    return [{ type: 'utterances', pair: message.pair, key: message.key, rows: [...rows] }];
  }
  if (message.type !== 'utterance') return [];
  const { pair, id, repeat } = message;
  const audio = detail.sessions.a ? audioOf(playUri) : [];
  return [{ type: 'utterance', pair, detail: { ...detail, id, repeat } }, ...audio];
}

function audioOf(playUri: string | null = null): ToCompare[] {
  if (playUri === null) {
    return [
      {
        type: 'audio',
        audioKey: 'speech',
        playUri: null,
        sampleRateHz: 16_000,
        totalSamples: 0,
        problem: 'speech.wav could not be found. Locate it to hear it.',
      },
    ];
  }
  return audioMessages('speech', speechSamples, playUri) as ToCompare[];
}
