import type { PreparedPair } from '../comparison/preparePair.ts';
import { unknownProfileProblem } from '../metrics/text/unknownProfile.ts';
import type { Letters } from '../report/sideNames.ts';
import type { ComparedUtterance, UtteranceSide } from './comparedUtterance.ts';
import type { UtteranceDetail } from './compareView.ts';
import { sideTimeline, type SideNames } from './sideTimeline.ts';
import { threeTexts } from './threeTexts.ts';
import { utteranceFigures } from './utteranceFigures.ts';

export interface DetailOptions {
  letters: Letters;
  /** What names a session and its audio; null where it has no trace. */
  namesOf: (side: UtteranceSide) => SideNames | null;
}

/** An utterance in both runs, in full. */
export function utteranceDetail(
  pair: PreparedPair,
  compared: ComparedUtterance,
  { letters, namesOf }: DetailOptions,
): UtteranceDetail {
  const { item, repeat, a, b, choice } = compared;
  const sessions = {
    a: sideTimeline(a, choice, namesOf(a)),
    b: sideTimeline(b, choice, namesOf(b)),
  };
  const problems = [
    ...problemOf(a, letters[0]),
    ...problemOf(b, letters[1]),
    ...profileProblem(compared),
  ];
  return {
    id: item.id,
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

/** Texts are compared by the baseline's profile. */
function profileProblem({ reference, a }: ComparedUtterance): string[] {
  const problem = reference === null ? null : unknownProfileProblem(a.side.run.plan);
  return problem === null ? [] : [problem];
}

/** Why a side cannot be drawn. */
function problemOf({ session, trace }: UtteranceSide, letter: string): string[] {
  if (!session) return [`${letter} sent this utterance less often.`];
  if (trace) return [];
  return [`The file of ${letter} holds no trace of this session: its text and figures are all.`];
}
