import {
  alignThreeWays,
  type MarkedToken,
  type ThreeWayColumn,
} from '../comparison/alignThreeWays.ts';
import { knownTextProfile } from '../metrics/text/textProfiles.ts';
import type { TimelineSession } from '../timeline/timelineSession.ts';
import type { ComparedUtterance, UtteranceSide } from './comparedUtterance.ts';
import type { UtteranceDetail } from './compareView.ts';
import { wordTimes } from './wordTimes.ts';

/**
 * Reference and both texts above each other, with times; null without a common reference, and where
 * this version does not know how texts are compared.
 */
export function threeTexts(
  { a, b, choice, reference }: ComparedUtterance,
  sessions: { a: TimelineSession | null; b: TimelineSession | null },
): UtteranceDetail['alignment'] {
  if (reference === null || knownTextProfile(choice.profileId) === null) return null;
  const texts = { a: alignedText(a), b: alignedText(b) };
  const hypotheses = { a: texts.a ?? '', b: texts.b ?? '' };
  const { profileId, unit, columns } = alignThreeWays(reference, hypotheses, choice);
  const times = wordTimes(columns, {
    reference,
    words: a.utterance.words,
    choice,
    a: { text: hypotheses.a, session: sessions.a },
    b: { text: hypotheses.b, session: sessions.b },
  });
  return {
    profileId,
    unit,
    columns: columns.map((column, at) => ({
      reference: column.reference,
      a: tokenOf(column, 'a', texts.a),
      b: tokenOf(column, 'b', texts.b),
      times: times[at]!,
    })),
  };
}

/** Null where there is none to compare: words of a session that failed are not left out. */
function alignedText({ session }: UtteranceSide): string | null {
  if (!session || session.figures.status === 'failed') return null;
  return session.figures.text;
}

function tokenOf(column: ThreeWayColumn, side: 'a' | 'b', text: string | null): MarkedToken {
  return text === null ? { mark: null, text: null } : column[side];
}
