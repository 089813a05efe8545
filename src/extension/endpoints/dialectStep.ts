import { errorText } from '../../common/benchError.ts';
import { dialectList } from '../../dialects/dialectList.ts';
import type { DetectionResult } from '../../runner/probeMessages.ts';
import { proxySetting } from '../proxySetting.ts';
import { askItem, type ChoiceItem, type LoadedItems } from '../quickSteps/askItem.ts';
import type { StepAnswer, StepPlace } from '../quickSteps/stepAnswer.ts';
import type { EndpointDraft } from './endpointDraft.ts';

/** Finds out what speaks at the draft's address. Where that is not certain, the user decides. */
export function askDetectedDialect(
  place: StepPlace,
  draft: EndpointDraft,
  apiKey: string | null,
): Promise<StepAnswer<string>> {
  return askItem<string>(place, {
    placeholder: 'Finding out what speaks there…',
    load: async (signal) => {
      const found = await detect(draft, apiKey, signal);
      return typeof found === 'string' ? undecided(found) : decided(found);
    },
  });
}

/** What was found, or why nothing could be. */
async function detect(
  { url, language }: EndpointDraft,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<DetectionResult | string> {
  try {
    const { runProbe } = await import('./runProbe.ts');
    const way = { apiKey, proxy: proxySetting() };
    const about = { url, language, ...way, model: null, dialect: '', options: {} };
    const result = await runProbe({ ...about, ask: 'dialect' }, signal);
    return result.detection ?? result.connectionProblem?.message ?? 'Nothing was found out.';
  } catch (error) {
    return errorText(error);
  }
}

function decided({ kind, dialects, because }: DetectionResult): LoadedItems<string> {
  const candidates = dialectList.filter(({ id }) => dialects.includes(id));
  const [first] = candidates;
  if (kind === 'recognised' && first) {
    return { placeholder: because, items: items(candidates), accept: first.id };
  }
  if (candidates.length === 0) return undecided(because);
  return { placeholder: `Not certain: ${because}. Which is it?`, items: items(candidates) };
}

function undecided(why: string): LoadedItems<string> {
  return { placeholder: `Not found out: ${why} Which is it?`, items: items(dialectList) };
}

type Listed = (typeof dialectList)[number];

function items(dialects: readonly Listed[]): ChoiceItem<string>[] {
  return dialects.map(({ id, label }) => ({ label, description: id, value: id }));
}
