import { chooseProfile, type ProfileChoice } from '../metrics/text/chooseProfile.ts';
import type { Run } from './run.ts';

/** By language; null is the language of utterances that name none. */
export type ProfileChoices = ReadonlyMap<string | null, ProfileChoice>;

/**
 * How the texts of a run are made comparable: by language, since one dataset may hold several;
 * a plan may fix one profile for all.
 */
export function chooseProfiles({
  plan,
  utterances,
}: Pick<Run, 'plan' | 'utterances'>): ProfileChoices {
  const languages = new Set(utterances.map(({ language }) => language));
  const choices = new Map<string | null, ProfileChoice>();
  for (const language of languages) {
    const own = utterances.filter((utterance) => utterance.language === language);
    const automatic = chooseProfile(
      language,
      own.flatMap(({ reference }) => reference ?? []),
    );
    choices.set(language, plan.textProfile === 'auto' ? automatic : fixedProfile(plan.textProfile));
  }
  return choices;
}

function fixedProfile(profileId: string): ProfileChoice {
  return { profileId, headline: 'wer', reason: 'The plan asks for it.' };
}
