import type { ConfiguredEndpoint } from '../services.ts';
import { defaultDialectId } from '../../settings/endpointSettings.ts';
import type { EndpointState } from './endpointState.ts';

/** An endpoint while it is being entered. Nothing of it is saved before the last step. */
export interface EndpointDraft extends ConfiguredEndpoint {
  /** The user does not know what the server speaks: it is found out. */
  detects: boolean;
  /** An address to show as an example. */
  exampleUrl: string;
  /** As entered now; empty: none, or keep the one there is. */
  enteredKey: string;
  /** What the last test of it gave; null before one. */
  tested: EndpointState | null;
}

export function draftOf(endpoint: ConfiguredEndpoint | null): EndpointDraft {
  const empty = { name: '', url: '', dialect: defaultDialectId, model: null, language: null };
  const exampleUrl = 'ws://localhost:8000';
  return { ...(endpoint ?? empty), detects: false, exampleUrl, enteredKey: '', tested: null };
}

/** The endpoint a draft describes, without the key. */
export function endpointOf(draft: EndpointDraft): ConfiguredEndpoint {
  const { name, url, dialect, model, language, options } = draft;
  return { name, url, dialect, model, language, ...(options && { options }) };
}

/** A name to offer for an endpoint at this URL: its host, numbered where that is taken. */
export function suggestName(url: string, taken: readonly string[]): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const base = host === '' ? 'endpoint' : host;
  let name = base;
  for (let number = 2; taken.includes(name); number++) name = `${base} (${number})`;
  return name;
}

/** What is wrong with a name, null where it can be taken. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'Enter a name: views and saved runs show it.';
  return taken.includes(name) ? `There is an endpoint "${name}" already.` : null;
}

/** What is wrong with a language, null where it can be taken; empty means none. */
export function languageProblem(language: string): string | null {
  if (language === '') return null;
  try {
    Intl.getCanonicalLocales(language);
    return null;
  } catch {
    return 'Write a BCP 47 language tag, for example en or de-AT, or leave it empty.';
  }
}
