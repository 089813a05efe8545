import { errorText } from '../../common/benchError.ts';
import type { ProbeResult } from '../../runner/probeMessages.ts';
import { askItem, type ChoiceItem } from '../quickSteps/askItem.ts';
import type { StepAnswer, StepPlace } from '../quickSteps/stepAnswer.ts';
import type { EndpointDraft } from './endpointDraft.ts';

/**
 * Offers the models that the server lists; any other name can be typed. Null: the first that the
 * server lists, each time.
 */
export function askModel(
  place: StepPlace,
  draft: EndpointDraft,
  apiKey: string | null,
): Promise<StepAnswer<string | null>> {
  return askItem<string | null>(place, {
    placeholder: 'Asking the server for its models…',
    load: async (signal) => {
      const { models, problem } = await listModels(draft, apiKey, signal);
      return {
        placeholder: models === null ? "Type the model's name" : 'Choose a model, or type a name',
        items: modelItems(models, problem, draft.model),
      };
    },
    typed: (text) =>
      text === '' ? null : { label: text, description: 'as typed', alwaysShow: true, value: text },
  });
}

async function listModels(
  { url, dialect, language, options = {} }: EndpointDraft,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<{ models: string[] | null; problem: string }> {
  try {
    const { runProbe } = await import('./runProbe.ts');
    const request = {
      url,
      dialect,
      language,
      options,
      model: null,
      apiKey,
      ask: 'models',
    } as const;
    const result = await runProbe(request, signal);
    return { models: result.models, problem: listProblem(result) };
  } catch (error) {
    return { models: null, problem: errorText(error) };
  }
}

function listProblem({ modelsProblem, connectionProblem }: ProbeResult): string {
  return (modelsProblem ?? connectionProblem)?.message ?? 'The server lists no models.';
}

function modelItems(
  models: readonly string[] | null,
  problem: string,
  current: string | null,
): ChoiceItem<string | null>[] {
  const first = {
    label: 'First model that the server lists',
    description: models?.[0] ?? 'asked for at each run',
    ...(models === null ? { detail: `$(warning) ${problem}` } : {}),
    alwaysShow: true,
    picked: current === null,
    value: null,
  };
  const listed = (models ?? []).map((id) => ({ label: id, picked: id === current, value: id }));
  const isUnlisted = current !== null && !listed.some(({ value }) => value === current);
  const kept = { label: current ?? '', description: 'as it is', picked: true, value: current };
  return isUnlisted ? [kept, first, ...listed] : [first, ...listed];
}
