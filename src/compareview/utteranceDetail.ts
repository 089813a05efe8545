import type { PreparedPair } from '../comparison/preparePair.ts';
import type { Letters } from '../report/sideNames.ts';
import { comparedUtterance, type UtteranceSide } from './comparedUtterance.ts';
import type { UtteranceDetail } from './compareView.ts';
import { sideTimeline, type SideNames } from './sideTimeline.ts';
import { threeTexts } from './threeTexts.ts';
import { utteranceFigures } from './utteranceFigures.ts';

export interface DetailOptions {
  /** 0-based, of each run. */
  repeat: number;
  letters: Letters;
  /** What names a session and its audio; null where it has no trace. */
  namesOf: (side: UtteranceSide) => SideNames | null;
}

/** An utterance in both runs; null where they have none of that id, or not that many of it. */
export function utteranceDetail(
  pair: PreparedPair,
  id: string,
  { repeat, letters, namesOf }: DetailOptions,
): UtteranceDetail | null {
  const compared = comparedUtterance(pair, id, repeat);
  if (!compared) return null;
  const { item, a, b, choice } = compared;
  const sessions = {
    a: sideTimeline(a, choice, namesOf(a)),
    b: sideTimeline(b, choice, namesOf(b)),
  };
  const problems = [...problemOf(a, letters[0]), ...problemOf(b, letters[1])];
  return {
    id,
    repeat,
    repeats: Math.max(item.a.sessions.length, item.b.sessions.length),
    language: a.utterance.language,
    reference: a.utterance.reference,
    texts: { a: a.session?.figures.text ?? null, b: b.session?.figures.text ?? null },
    alignment: threeTexts(compared, sessions),
    figures: utteranceFigures(pair, compared),
    sessions,
    problem: problems.length === 0 ? null : problems.join(' '),
  };
}

/** Why a side cannot be drawn. */
function problemOf({ session, trace }: UtteranceSide, letter: string): string[] {
  if (!session) return [`${letter} sent this utterance less often.`];
  if (trace) return [];
  return [`The file of ${letter} holds no trace of this session: its text and figures are all.`];
}
