import { alignTexts } from '../metrics/text/alignTexts.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import type { TextProfile } from '../metrics/text/textProfile.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';

/** `null`: nothing to mark, because only the other run put a word in here. */
export type TokenMark = 'equal' | 'substitute' | 'delete' | 'insert' | null;

export interface MarkedToken {
  mark: TokenMark;
  /** Null where the run has no token. */
  text: string | null;
}

/** One place of the text: what was said, and what either run made of it. */
export interface ThreeWayColumn {
  /** Null between the words of the reference. */
  reference: string | null;
  a: MarkedToken;
  b: MarkedToken;
}

export interface ThreeWayAlignment {
  profileId: string;
  unit: 'word' | 'character';
  columns: ThreeWayColumn[];
}

/**
 * Two transcripts above each other on their common reference, in the units that the error rate
 * counts. What both put in at the same place stands in the same column.
 */
export function alignThreeWays(
  reference: string,
  hypotheses: { a: string; b: string },
  { profileId, headline }: ProfileChoice,
): ThreeWayAlignment {
  const byCharacter = headline === 'cer_nospace';
  const plain = textProfile(profileId);
  const profile = byCharacter ? charactersOf(plain) : plain;
  const a = onReference(reference, hypotheses.a, profile);
  const b = onReference(reference, hypotheses.b, profile);
  const columns: ThreeWayColumn[] = [];
  a.reference.forEach((token, at) => {
    columns.push(...insertionColumns(a.inserted[at]!, b.inserted[at]!));
    columns.push({ reference: token, a: a.tokens[at]!, b: b.tokens[at]! });
  });
  const end = a.reference.length;
  columns.push(...insertionColumns(a.inserted[end]!, b.inserted[end]!));
  return { profileId, unit: byCharacter ? 'character' : 'word', columns };
}

function charactersOf(profile: TextProfile): TextProfile {
  return { ...profile, tokens: (normalised) => Array.from(normalised.replaceAll(' ', '')) };
}

interface OnReference {
  reference: string[];
  /** One per token of the reference. */
  tokens: MarkedToken[];
  /** Tokens put in before each token of the reference, and after the last. */
  inserted: string[][];
}

function onReference(reference: string, hypothesis: string, profile: TextProfile): OnReference {
  const texts = alignTexts(reference, hypothesis, profile);
  const tokens: MarkedToken[] = [];
  const inserted = Array.from({ length: texts.reference.tokens.length + 1 }, (): string[] => []);
  for (const { type, refStart, refEnd, hypStart, hypEnd } of texts.alignment.chunks) {
    const said = texts.hypothesis.tokens.slice(hypStart, hypEnd);
    if (type === 'insert') {
      inserted[refStart]!.push(...said);
      continue;
    }
    for (let at = refStart; at < refEnd; at++) {
      tokens.push({ mark: type, text: said[at - refStart] ?? null });
    }
  }
  return { reference: texts.reference.tokens, tokens, inserted };
}

function insertionColumns(a: readonly string[], b: readonly string[]): ThreeWayColumn[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => ({
    reference: null,
    a: insertedToken(a[at]),
    b: insertedToken(b[at]),
  }));
}

function insertedToken(text: string | undefined): MarkedToken {
  return text === undefined ? { mark: null, text: null } : { mark: 'insert', text };
}
