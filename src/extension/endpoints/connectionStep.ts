import { errorText } from '../../common/benchError.ts';
import { askItem, type LoadedItems } from '../quickSteps/askItem.ts';
import { explainingItems } from '../quickSteps/explainingItems.ts';
import type { StepPlace } from '../quickSteps/stepAnswer.ts';
import { endpointOf, type EndpointDraft } from './endpointDraft.ts';
import { testConnection } from './testConnection.ts';

type Decision = 'save' | 'again';

/** Tests the connection. A good one needs no answer; with a bad one the user decides. */
export async function askConnection(
  place: StepPlace,
  draft: EndpointDraft,
  apiKey: string | null,
): Promise<'next' | 'back' | 'cancel'> {
  for (;;) {
    const answer = await askItem<Decision>(place, {
      placeholder: 'Testing the connection…',
      load: (signal) => decide(draft, apiKey, signal),
    });
    if (answer.kind !== 'answer') return answer.kind;
    if (answer.value === 'save') return 'next';
  }
}

async function decide(
  draft: EndpointDraft,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<LoadedItems<Decision>> {
  const problem = await problemOf(draft, apiKey, signal);
  return {
    placeholder: problem ?? '',
    items: [
      { label: '$(refresh) Test again', value: 'again' },
      { label: '$(save) Save anyway', value: 'save' },
      ...explainingItems('what is wrong', problem ?? '', 'again' as const),
    ],
    ...(problem === null ? { accept: 'save' as const } : {}),
  };
}

async function problemOf(
  draft: EndpointDraft,
  apiKey: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { state, warning } = await testConnection(endpointOf(draft), apiKey, signal);
    draft.tested = state;
    return 'message' in state ? state.message : warning;
  } catch (error) {
    return errorText(error);
  }
}
