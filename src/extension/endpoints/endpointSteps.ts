import { dialectList } from '../../dialects/dialectList.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { askItem, type ChoiceItem } from '../quickSteps/askItem.ts';
import { askText } from '../quickSteps/askText.ts';
import type { QuickStep } from '../quickSteps/runSteps.ts';
import type { StepAnswer } from '../quickSteps/stepAnswer.ts';
import { apiKeyProblem } from './apiKeyProblem.ts';
import { askConnection } from './connectionStep.ts';
import { askDetectedDialect } from './dialectStep.ts';
import { languageProblem, nameProblem, suggestName, type EndpointDraft } from './endpointDraft.ts';
import { endpointUrlProblem } from '../../settings/endpointUrlProblem.ts';
import { askModel } from './modelStep.ts';

export interface StepContext {
  draft: EndpointDraft;
  /** Names of the other endpoints. */
  takenNames: string[];
  /** Whether the embedded endpoint may be chosen: it is not configured yet. */
  offerEmbedded: boolean;
  isNew: boolean;
  /** The key to use with the draft as it is: the entered one, or the one stored for its origin. */
  apiKey(): Promise<string | null>;
}

/** The questions that make an endpoint, in order. */
export function endpointSteps(context: StepContext): QuickStep[] {
  const { draft } = context;
  const isRemote = (): boolean => draft.url !== embeddedUrl;
  return [
    kindStep(context),
    { isNeeded: isRemote, ask: (place) => urlStep(context, place) },
    { isNeeded: isRemote, ask: (place) => keyStep(context, place) },
    {
      isNeeded: () => draft.detects && isRemote(),
      ask: async (place) =>
        take(await askDetectedDialect(place, draft, await context.apiKey()), (dialect) => {
          draft.dialect = dialect;
        }),
    },
    {
      isNeeded: isRemote,
      ask: async (place) =>
        take(await askModel(place, draft, await context.apiKey()), (model) => {
          draft.model = model;
        }),
    },
    { isNeeded: isRemote, ask: (place) => languageStep(context, place) },
    { isNeeded: () => true, ask: (place) => nameStep(context, place) },
    {
      isNeeded: isRemote,
      ask: async (place) => askConnection(place, draft, await context.apiKey()),
    },
  ];
}

function take<Value>(
  answer: StepAnswer<Value>,
  keep: (value: Value) => void,
): 'next' | 'back' | 'cancel' {
  if (answer.kind !== 'answer') return answer.kind;
  keep(answer.value);
  return 'next';
}

type Ask = QuickStep['ask'];
type AskWith = (context: StepContext, place: Parameters<Ask>[0]) => ReturnType<Ask>;

interface Kind {
  dialect: string;
  embedded: boolean;
  detects: boolean;
  exampleUrl: string;
}

function kindStep({ draft, offerEmbedded, isNew }: StepContext): QuickStep {
  return {
    isNeeded: () => isNew,
    ask: async (place) => {
      const answer = await askItem<Kind>(place, {
        placeholder: 'What does the server speak?',
        load: () =>
          Promise.resolve({
            placeholder: 'What does the server speak?',
            items: kinds(offerEmbedded),
          }),
      });
      return take(answer, ({ dialect, embedded, detects, exampleUrl }) => {
        Object.assign(draft, { dialect, detects, exampleUrl });
        if (embedded) draft.url = embeddedUrl;
        else if (draft.url === embeddedUrl) draft.url = '';
      });
    },
  };
}

function kinds(offerEmbedded: boolean): ChoiceItem<Kind>[] {
  const [first] = dialectList;
  const usual = { dialect: first.id, exampleUrl: first.exampleUrl };
  const detected = {
    label: 'Detect…',
    description: 'find it out from the address',
    value: { ...usual, embedded: false, detects: true },
  };
  const embedded = {
    label: 'Embedded recogniser',
    description: 'comes with RTBench, runs on this computer',
    value: { ...usual, embedded: true, detects: false },
  };
  const remote = dialectList.map(({ id, label, exampleUrl }) => ({
    label,
    description: id,
    value: { dialect: id, embedded: false, detects: false, exampleUrl },
  }));
  return [detected, ...(offerEmbedded ? [embedded] : []), ...remote];
}

const urlStep: AskWith = async ({ draft }, place) =>
  take(
    await askText(place, {
      prompt: 'Address of the server; without a path, the usual one of the protocol is meant',
      placeholder: draft.exampleUrl,
      // The address of a hosted service is known; that of a server of one's own is not.
      value: draft.url === '' && !isLocal(draft.exampleUrl) ? draft.exampleUrl : draft.url,
      problem: (text) =>
        text === '' ? `Enter an address, for example ${draft.exampleUrl}.` : urlProblem(text),
    }),
    (url) => {
      draft.url = url;
    },
  );

function isLocal(url: string): boolean {
  return new URL(url).hostname === 'localhost';
}

function urlProblem(text: string): string | null {
  return text === embeddedUrl
    ? 'That is the name of the recogniser that comes with RTBench; enter an address.'
    : endpointUrlProblem(text);
}

const keyStep: AskWith = async (context, place) => {
  const { draft } = context;
  draft.enteredKey = '';
  const isStored = (await context.apiKey()) !== null;
  const answer = await askText(place, {
    prompt: isStored
      ? 'API key: leave empty to keep the one that is stored'
      : 'API key: leave empty where the server asks for none',
    placeholder: isStored ? 'A key is stored for this address' : 'No API key',
    value: '',
    password: true,
    problem: apiKeyProblem,
  });
  return take(answer, (key) => {
    draft.enteredKey = key;
  });
};

const languageStep: AskWith = async ({ draft }, place) =>
  take(
    await askText(place, {
      prompt: 'Language to ask for, where the protocol takes one: leave empty for none',
      placeholder: 'en',
      value: draft.language ?? '',
      problem: languageProblem,
    }),
    (language) => {
      draft.language = language === '' ? null : language;
    },
  );

const nameStep: AskWith = async ({ draft, takenNames }, place) =>
  take(
    await askText(place, {
      prompt: 'Name shown in views and saved with runs',
      placeholder: 'Name of the endpoint',
      value: draft.name === '' ? nameFor(draft.url, takenNames) : draft.name,
      problem: (text) => nameProblem(text, takenNames),
    }),
    (name) => {
      draft.name = name;
    },
  );

function nameFor(url: string, taken: readonly string[]): string {
  return url === embeddedUrl && !taken.includes('Embedded') ? 'Embedded' : suggestName(url, taken);
}
