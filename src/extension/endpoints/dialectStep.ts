import { errorText } from '../../common/benchError.ts';
import type { Dialect } from '../../dialects/dialect.ts';
import type { DetectionResult } from '../../runner/probeMessages.ts';
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
      const { dialects } = await import('../../dialects/registry.ts');
      const found = await detect(draft, apiKey, signal);
      return typeof found === 'string' ? undecided(found, dialects) : decided(found, dialects);
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
    const about = { url, language, apiKey, model: null, dialect: '', options: {} };
    const result = await runProbe({ ...about, ask: 'dialect' }, signal);
    return result.detection ?? result.connectionProblem?.message ?? 'Nothing was found out.';
  } catch (error) {
    return errorText(error);
  }
}

function decided(
  { kind, dialects: ids, because }: DetectionResult,
  all: readonly Dialect[],
): LoadedItems<string> {
  const candidates = all.filter(({ id }) => ids.includes(id));
  const [first] = candidates;
  if (kind === 'recognised' && first) {
    return { placeholder: because, items: items(candidates), accept: first.id };
  }
  if (candidates.length === 0) return undecided(because, all);
  return { placeholder: `Not certain: ${because}. Which is it?`, items: items(candidates) };
}

function undecided(why: string, all: readonly Dialect[]): LoadedItems<string> {
  return { placeholder: `Not found out: ${why} Which is it?`, items: items(all) };
}

function items(dialects: readonly Dialect[]): ChoiceItem<string>[] {
  return dialects.map(({ id, label }) => ({ label, description: id, value: id }));
}
