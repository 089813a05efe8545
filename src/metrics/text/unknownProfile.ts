import { missingReasons } from '../missingValue.ts';
import { textProfileList } from './textProfileList.ts';

interface AsksForProfile {
  /** `auto` goes by the language. */
  textProfile: string;
}

/** Whether a saved plan asks for a profile that this version does not have, as a newer one may. */
export function asksForUnknownProfile({ textProfile }: AsksForProfile): boolean {
  return textProfile !== 'auto' && !textProfileList.some(({ id }) => id === textProfile);
}

/** What that means for a saved run and what to do about it; null where the profile is known. */
export function unknownProfileProblem(plan: AsksForProfile): string | null {
  if (!asksForUnknownProfile(plan)) return null;
  const known = textProfileList.map(({ id }) => id).join(', ');
  return (
    `This version of RTBench does not know the text profile "${plan.textProfile}" of the plan: words are ` +
    'not compared with references, and figures of texts are those saved with the run. Update RTBench; ' +
    `if the name is a mistake, correct "textProfile" in the file to "auto" or one of ${known}.`
  );
}

/** Why a run has no figures of texts. */
export function unscoredBecause(plan: AsksForProfile): string {
  return asksForUnknownProfile(plan)
    ? missingReasons.unknown_text_profile
    : 'no completed session has a reference text';
}
