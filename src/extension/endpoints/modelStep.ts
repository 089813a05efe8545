import type * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import type { ProbeResult } from '../../runner/probeMessages.ts';
import { proxySetting } from '../proxySetting.ts';
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
      const { models, problem, usual } = await listModels(draft, apiKey, signal);
      return {
        placeholder: models === null ? "Type the model's name" : 'Choose a model, or type a name',
        items: modelItems(models, firstItem(models, problem, usual), draft.model),
      };
    },
    typed: (text) =>
      text === '' ? null : { label: text, description: 'as typed', alwaysShow: true, value: text },
  });
}

interface ModelList {
  /** Null where there is no list. */
  models: string[] | null;
  /** Null where the protocol has no list. */
  problem: string | null;
  /** The model of a session for which none is chosen. */
  usual: string | null;
}

async function listModels(
  { url, dialect, language, options = {} }: EndpointDraft,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<ModelList> {
  try {
    const { runProbe } = await import('./runProbe.ts');
    const request = {
      url,
      dialect,
      language,
      options,
      model: null,
      apiKey,
      proxy: proxySetting(),
      ask: 'models',
    } as const;
    const result = await runProbe(request, signal);
    return { models: result.models, problem: listProblem(result), usual: result.model };
  } catch (error) {
    return { models: null, problem: errorText(error), usual: null };
  }
}

function listProblem({ modelsProblem, connectionProblem }: ProbeResult): string | null {
  return (modelsProblem ?? connectionProblem)?.message ?? null;
}

/** The choice of no model in particular. */
function firstItem(
  models: ModelList['models'],
  problem: ModelList['problem'],
  usual: ModelList['usual'],
): Pick<vscode.QuickPickItem, 'label' | 'description' | 'detail'> {
  if (models === null && problem === null) {
    return usual === null
      ? { label: 'No model', description: 'the server has one, or its address names it' }
      : { label: 'Usual model of the protocol', description: usual };
  }
  const warning = models === null ? { detail: `$(warning) ${problem ?? ''}` } : {};
  const description = models?.[0] ?? 'asked for at each run';
  return { label: 'First model that the server lists', description, ...warning };
}

function modelItems(
  models: readonly string[] | null,
  unspecific: ReturnType<typeof firstItem>,
  current: string | null,
): ChoiceItem<string | null>[] {
  const first = {
    ...unspecific,
    alwaysShow: true,
    picked: current === null,
    value: null,
  };
  const listed = (models ?? []).map((id) => ({ label: id, picked: id === current, value: id }));
  const isUnlisted = current !== null && !listed.some(({ value }) => value === current);
  const kept = { label: current ?? '', description: 'as it is', picked: true, value: current };
  return isUnlisted ? [kept, first, ...listed] : [first, ...listed];
}
