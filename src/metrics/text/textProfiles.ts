import { BenchError } from '../../common/benchError.ts';
import { basicProfile } from './basicProfile.ts';
import { basicWhisperPlainProfile, basicWhisperProfile } from './basicWhisperProfiles.ts';
import { cjkCharProfile } from './cjkCharProfile.ts';
import { enWhisperProfile } from './english/enWhisperProfile.ts';
import { noneProfile } from './noneProfile.ts';
import type { TextProfile } from './textProfile.ts';

/** Every profile, in the order to show them. */
export const textProfiles: readonly TextProfile[] = [
  enWhisperProfile,
  basicProfile,
  cjkCharProfile,
  noneProfile,
  basicWhisperProfile,
  basicWhisperPlainProfile,
];

/** Null where this version has none of that id: runs may come from a newer one. */
export function knownTextProfile(id: string): TextProfile | null {
  return textProfiles.find((candidate) => candidate.id === id) ?? null;
}

/** @throws {BenchError} `unknown_text_profile`, naming the valid ids. */
export function textProfile(id: string): TextProfile {
  const profile = knownTextProfile(id);
  if (profile !== null) return profile;
  const ids = textProfiles.map((candidate) => candidate.id).join(', ');
  throw new BenchError('unknown_text_profile', `Unknown text profile "${id}". Use one of: ${ids}.`);
}
