import { isCompleted } from '../metrics/sessionStatus.ts';
import { editTotal, type EditCounts } from '../metrics/text/alignment.ts';
import type { HeadlineRate, ProfileChoice } from '../metrics/text/chooseProfile.ts';
import { scorePair } from '../metrics/text/scorePair.ts';
import { knownTextProfile, textProfile } from '../metrics/text/textProfiles.ts';
import type { FileSession } from '../runfile/runSchema.ts';
import { countAbsence, type AbsenceCounts } from './absence.ts';
import type { ItemSide, PairedItem } from './pairSessions.ts';
import type { RunSide } from './runSide.ts';

/** What one run made of an utterance's words; averages over its repeats. */
export interface TextSide {
  errors: number;
  /** Null where characters are counted. */
  edits: EditCounts | null;
  /** The sessions that were scored. */
  sessions: FileSession[];
}

/** An utterance that both runs have a text of, and the same reference. */
export interface TextItem {
  item: PairedItem;
  /** Words, or characters, of the reference. */
  length: number;
  a: TextSide;
  b: TextSide;
}

/** The utterances that one profile and rate apply to, in both runs. */
export interface TextGroup extends Pick<ProfileChoice, 'profileId' | 'headline'> {
  items: TextItem[];
}

export interface TextItems {
  /** The largest first. */
  groups: TextGroup[];
  absent: { a: AbsenceCounts; b: AbsenceCounts };
}

/**
 * The texts that can be compared: completed sessions of utterances with the same reference, under
 * the baseline's profiles.
 */
export function textItems({ profiles }: RunSide, shared: readonly PairedItem[]): TextItems {
  const groups = new Map<string, TextGroup>();
  const absent: TextItems['absent'] = { a: {}, b: {} };
  for (const item of shared) {
    const choice = profiles.get(item.a.utterance.language)!;
    const scored = textItem(item, choice, absent);
    if (!scored) continue;
    const key = `${choice.profileId} ${choice.headline}`;
    const { profileId, headline } = choice;
    const group = groups.get(key) ?? { profileId, headline, items: [] };
    group.items.push(scored);
    groups.set(key, group);
  }
  const largestFirst = [...groups.values()].toSorted(
    (one, other) => other.items.length - one.items.length,
  );
  return { groups: largestFirst, absent };
}

function textItem(
  item: PairedItem,
  choice: ProfileChoice,
  absent: TextItems['absent'],
): TextItem | null {
  const { reference } = item.a.utterance;
  const reason = absenceInBoth(item, choice);
  if (reference === null || reason !== null) {
    item.a.sessions.forEach(() => {
      countAbsence(absent.a, reason ?? 'no_reference');
    });
    item.b.sessions.forEach(() => {
      countAbsence(absent.b, reason ?? 'no_reference');
    });
    return null;
  }
  const sideA = textSide(item.a, reference, choice, absent.a);
  const sideB = textSide(item.b, reference, choice, absent.b);
  if (!sideA || !sideB) return null;
  return { item, length: sideA.length, a: sideA, b: sideB };
}

/** Why an utterance is scored in neither run, beyond that it has no reference. */
function absenceInBoth({ a, b }: PairedItem, { profileId }: ProfileChoice): string | null {
  if (a.utterance.reference !== b.utterance.reference) return 'reference_differs';
  return knownTextProfile(profileId) === null ? 'unknown_text_profile' : null;
}

function textSide(
  { sessions }: ItemSide,
  reference: string,
  choice: ProfileChoice,
  absent: AbsenceCounts,
): (TextSide & { length: number }) | null {
  const scored = sessions.filter(({ figures: { status } }) => {
    if (isCompleted(status)) return true;
    countAbsence(absent, status);
    return false;
  });
  if (scored.length === 0) return null;
  const counts = scored.map((session) => countErrors(session, reference, choice));
  const mean = (of: (count: Counted) => number) =>
    counts.reduce((sum, count) => sum + of(count), 0) / counts.length;
  const edit = (id: keyof EditCounts) => mean(({ edits }) => edits?.[id] ?? 0);
  return {
    errors: mean(({ errors }) => errors),
    length: counts[0]!.length,
    edits: counts[0]!.edits && {
      hits: edit('hits'),
      substitutions: edit('substitutions'),
      deletions: edit('deletions'),
      insertions: edit('insertions'),
    },
    sessions: scored,
  };
}

interface Counted {
  errors: number;
  length: number;
  edits: EditCounts | null;
}

/** Files keep the counts of words; characters are counted here. */
function countErrors(
  { figures }: FileSession,
  reference: string,
  { profileId, headline }: ProfileChoice,
): Counted {
  const { words } = figures;
  if (headline === 'wer' && words?.profile === profileId) {
    const { hits, substitutions, deletions } = words;
    return { errors: editTotal(words), length: hits + substitutions + deletions, edits: words };
  }
  const score = scorePair(reference, figures.text, textProfile(profileId));
  if (headline === 'wer') {
    const { hits, substitutions, deletions } = score.words;
    const length = hits + substitutions + deletions;
    return { errors: editTotal(score.words), length, edits: score.words };
  }
  const { errors, referenceLength } = headline === 'mixer' ? score.mixed : score.charactersNoSpace;
  return { errors, length: referenceLength, edits: null };
}

/** What the errors of a rate are counted on. */
export function unitOf(headline: HeadlineRate): 'words' | 'characters' | 'words and characters' {
  if (headline === 'wer') return 'words';
  return headline === 'mixer' ? 'words and characters' : 'characters';
}
