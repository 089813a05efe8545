import { getLocation, type JSONPath, type Node } from 'jsonc-parser';
import { dialectList } from '../../dialects/dialectList.ts';
import { textProfileList } from '../../metrics/text/textProfileList.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { bundledDataset } from '../../planfile/bundledDataset.ts';
import type { PlanDocument } from './planDocument.ts';
import type { PlanFacts } from './planFacts.ts';
import type { Place } from '../remarks/place.ts';
import { keyCompletions, valueCompletions } from './schemaCompletion.ts';
import { stringPart } from './stringPart.ts';
import { thresholdCompletions } from './thresholdCompletion.ts';

export type CompletionKind =
  'endpoint' | 'value' | 'metric' | 'statistic' | 'file' | 'folder' | 'key';

/** Something that may stand at a place. */
export interface Completion {
  label: string;
  kind: CompletionKind;
  /** Short, on the line. */
  detail: string;
  /** Sentences, plain text. */
  documentation: string;
  replace: Place;
  newText: string;
}

/** A name in a folder. */
export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

type PathKind = 'dataset' | 'recording' | 'outputFolder';

/** Where a caret stands in a plan, as far as something can be completed there. */
export type CompletionPlace =
  | { kind: 'endpoint' | 'dialect' | 'textProfile'; replace: Place; isQuoted: boolean }
  | { kind: 'threshold'; value: string; caret: number; replace: Place; isQuoted: boolean }
  | { kind: PathKind; folder: string; replace: Place; isQuoted: boolean }
  | { kind: 'schemaKey' | 'schemaValue'; path: JSONPath; replace: Place };

type WordPlace = Exclude<CompletionPlace, { kind: 'schemaKey' | 'schemaValue' }>;

export interface CompletionOptions {
  /** Whether somebody else completes from the schema. */
  schemaIsCompleted: boolean;
}

/** Where a caret stands; null where nothing is known that could stand there. */
export function completionPlace(
  { text }: PlanDocument,
  offset: number,
  { schemaIsCompleted }: CompletionOptions,
): CompletionPlace | null {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const kind = isAtPropertyKey ? null : kindAt(path);
  if (kind === null) {
    return schemaIsCompleted
      ? null
      : schemaPlace({ text, offset, path, isAtPropertyKey, previousNode });
  }
  if (kind === 'dialect' && schemaIsCompleted) return null;
  const part = stringAt(text, previousNode, offset);
  const isQuoted = part !== null;
  const replace = part ?? { offset, length: 0 };
  const value = part?.value ?? '';
  const caret = offset - replace.offset;
  if (kind === 'threshold') return { kind, value, caret, replace, isQuoted };
  if (!isPathKind(kind)) return { kind, replace, isQuoted };
  return { kind, ...folderPart(value, caret, replace, part?.isPlain ?? true), isQuoted };
}

interface SchemaCaret {
  text: string;
  offset: number;
  path: JSONPath;
  isAtPropertyKey: boolean;
  previousNode: Node | undefined;
}

/** Where the schema says what may stand. What is written so far is replaced with its quotes. */
function schemaPlace(caret: SchemaCaret): CompletionPlace | null {
  const { text, offset, path, isAtPropertyKey, previousNode } = caret;
  const end = previousNode ? previousNode.offset + previousNode.length : 0;
  const isAtNode = previousNode && previousNode.offset <= offset && offset <= end;
  // Behind a value, what follows is not it.
  if (isAtNode && offset === end && text[end - 1] === '"' && previousNode.length > 1) return null;
  const replace = isAtNode
    ? { offset: previousNode.offset, length: previousNode.length }
    : { offset, length: 0 };
  return { kind: isAtPropertyKey ? 'schemaKey' : 'schemaValue', path, replace };
}

/** What may stand at a place. `entries` are those of the folder that a path has so far. */
export function planCompletions(
  document: PlanDocument,
  place: CompletionPlace,
  facts: PlanFacts,
  entries: readonly FolderEntry[] = [],
): Completion[] {
  if ('path' in place) {
    const { kind, path, replace } = place;
    return kind === 'schemaKey'
      ? keyCompletions(document, path, replace)
      : valueCompletions(document, path, replace);
  }
  const found = unquoted(document, place, facts, entries);
  if (place.isQuoted) return found;
  return found.map((each) => ({ ...each, newText: JSON.stringify(each.newText) }));
}

function unquoted(
  document: PlanDocument,
  place: WordPlace,
  facts: PlanFacts,
  entries: readonly FolderEntry[],
): Completion[] {
  switch (place.kind) {
    case 'endpoint':
      return endpointCompletions(document, place.replace, facts);
    case 'dialect':
      return dialectList.map(({ id, label, exampleUrl }) =>
        plain(id, label, `For example at ${exampleUrl}`, place.replace),
      );
    case 'textProfile':
      return textProfileCompletions(place.replace);
    case 'threshold':
      return thresholdCompletions(place);
    case 'dataset':
      return datasetCompletions(place.folder, place.replace, entries);
    case 'recording':
      return pathCompletions(place.replace, entries);
    case 'outputFolder':
      return pathCompletions(
        place.replace,
        entries.filter(({ isFolder }) => isFolder),
      );
  }
}

function kindAt(path: JSONPath): WordPlace['kind'] | null {
  const written = path.map((key) => (typeof key === 'number' ? '#' : key)).join('.');
  const kinds: Partial<Record<string, WordPlace['kind']>> = {
    'endpoints.#': 'endpoint',
    'endpoints.#.dialect': 'dialect',
    'datasets.#': 'dataset',
    'datasets.#.path': 'dataset',
    'profiles.#.path': 'recording',
    'thresholds.#': 'threshold',
    textProfile: 'textProfile',
    outputFolder: 'outputFolder',
  };
  return Object.hasOwn(kinds, written) ? (kinds[written] ?? null) : null;
}

function isPathKind(kind: WordPlace['kind']): kind is PathKind {
  return kind === 'dataset' || kind === 'recording' || kind === 'outputFolder';
}

function stringAt(text: string, node: Node | undefined, offset: number) {
  // Between the quotes, or behind an opening one that has no other.
  const part = stringPart(text, node);
  const isWithin = part && offset >= part.offset && offset <= part.offset + part.length;
  return isWithin ? part : null;
}

/** A path is completed folder by folder: what is behind the last slash is replaced. */
function folderPart(
  value: string,
  caret: number,
  replace: Place,
  isPlain: boolean,
): { folder: string; replace: Place } {
  if (!isPlain) return { folder: '', replace };
  const slash = value.slice(0, caret).lastIndexOf('/') + 1;
  return {
    folder: value.slice(0, slash),
    replace: { offset: replace.offset + slash, length: replace.length - slash },
  };
}

function endpointCompletions(
  { endpoints }: PlanDocument,
  replace: Place,
  facts: PlanFacts,
): Completion[] {
  const isOwn = (offset: number): boolean => offset === replace.offset;
  const used = new Set(endpoints.map(({ id }) => (id && !isOwn(id.offset) ? id.value : null)));
  const configured = facts.endpoints.map(({ name, dialect, url }) => ({ name, dialect, url }));
  const embedded = { name: embeddedUrl, dialect: 'on this computer', url: 'Comes with RTBench.' };
  return [...configured, embedded]
    .filter(({ name }) => !used.has(name))
    .map(({ name, dialect, url }) => ({
      ...plain(name, dialect, url, replace),
      kind: 'endpoint',
      newText: JSON.stringify(name).slice(1, -1),
    }));
}

function textProfileCompletions(replace: Place): Completion[] {
  const auto = { id: 'auto', description: 'By the language of the speech' };
  return [auto, ...textProfileList].map(({ id, description }) =>
    plain(id, '', description, replace),
  );
}

function datasetCompletions(
  folder: string,
  replace: Place,
  entries: readonly FolderEntry[],
): Completion[] {
  const bundled = plain(bundledDataset, 'comes with RTBench', 'Short English speech.', replace);
  const found = pathCompletions(replace, entries);
  return folder === '' ? [bundled, ...found] : found;
}

function pathCompletions(replace: Place, entries: readonly FolderEntry[]): Completion[] {
  return entries.map(({ name, isFolder }) => {
    const written = JSON.stringify(isFolder ? `${name}/` : name).slice(1, -1);
    return {
      ...plain(isFolder ? `${name}/` : name, '', '', replace),
      kind: isFolder ? 'folder' : 'file',
      newText: written,
    };
  });
}

function plain(label: string, detail: string, documentation: string, replace: Place): Completion {
  return { label, kind: 'value', detail, documentation, replace, newText: label };
}
