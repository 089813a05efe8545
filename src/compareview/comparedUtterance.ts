import type { PairedItem } from '../comparison/pairSessions.ts';
import type { PreparedPair } from '../comparison/preparePair.ts';
import type { RunSide } from '../comparison/runSide.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import type { RunUtterance } from '../runfile/run.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import type { SessionTrace } from '../trace/sessionTrace.ts';

/** What one run made of an utterance, one time. */
export interface UtteranceSide {
  side: RunSide;
  utterance: RunUtterance;
  /** Null where the run sent the utterance less often. */
  session: FileSession | null;
  /** Null where the file holds none. */
  trace: SessionTrace | null;
}

/** One time that both runs sent an utterance. */
export interface ComparedUtterance {
  /** 0-based. */
  repeat: number;
  item: PairedItem;
  a: UtteranceSide;
  b: UtteranceSide;
  /** How its text is scored: by the baseline's choice. */
  choice: ProfileChoice;
  /** Null without one, and where the runs have different ones. */
  reference: string | null;
}

/**
 * An utterance that both runs hold; null where there is none of that id, or neither run sent it
 * that often.
 *
 * @param repeat 0-based
 */
export function comparedUtterance(
  pair: PreparedPair,
  id: string,
  repeat: number,
): ComparedUtterance | null {
  const item = pair.pairing.shared.find((one) => one.id === id);
  if (!item) return null;
  const a = utteranceSide(pair.a, item.a, repeat);
  const b = utteranceSide(pair.b, item.b, repeat);
  if (!a.session && !b.session) return null;
  const { reference, language } = a.utterance;
  return {
    repeat,
    item,
    a,
    b,
    choice: pair.a.profiles.get(language)!,
    reference: reference === b.utterance.reference ? reference : null,
  };
}

function utteranceSide(
  side: RunSide,
  { utterance, sessions }: PairedItem['a'],
  repeat: number,
): UtteranceSide {
  const session = sessions[repeat] ?? null;
  return { side, utterance, session, trace: (session && side.traces.get(session.id)) ?? null };
}
