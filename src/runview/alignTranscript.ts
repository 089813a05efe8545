import type { AlignmentChunk } from '../metrics/text/alignment.ts';
import { alignTexts, type AlignedTexts } from '../metrics/text/alignTexts.ts';
import type { ProfileChoice } from '../metrics/text/chooseProfile.ts';
import type { TextProfile } from '../metrics/text/textProfile.ts';
import { textProfile } from '../metrics/text/textProfiles.ts';
import type { AlignedToken, TranscriptAlignment } from './runView.ts';

/**
 * A transcript beside its reference, token by token, in the units that the error rate counts:
 * words, or characters where `headline` is a character rate.
 */
export function alignTranscript(
  reference: string,
  hypothesis: string,
  { profileId, headline }: ProfileChoice,
): TranscriptAlignment {
  const profile = textProfile(profileId);
  const byCharacter = headline === 'cer_nospace';
  const texts = alignTexts(reference, hypothesis, byCharacter ? characters(profile) : profile);
  return {
    profileId,
    unit: byCharacter ? 'character' : 'word',
    tokens: texts.alignment.chunks.flatMap((chunk) => chunkTokens(texts, chunk)),
  };
}

function characters(profile: TextProfile): TextProfile {
  return { ...profile, tokens: (normalised) => Array.from(normalised.replaceAll(' ', '')) };
}

function chunkTokens(texts: AlignedTexts, chunk: AlignmentChunk): AlignedToken[] {
  const references = texts.reference.tokens.slice(chunk.refStart, chunk.refEnd);
  const hypotheses = texts.hypothesis.tokens.slice(chunk.hypStart, chunk.hypEnd);
  const length = Math.max(references.length, hypotheses.length);
  return Array.from({ length }, (_, i) => ({
    operation: chunk.type,
    reference: references[i] ?? null,
    hypothesis: hypotheses[i] ?? null,
  }));
}
