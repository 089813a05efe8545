import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { planFileEnding } from '../planfile/planFileEnding.ts';
import { localPath } from './clientSettings.ts';
import type { Finding } from './remarks/finding.ts';
import { planFindings } from './plan/findings/planFindings.ts';
import {
  completionPlace,
  planCompletions,
  type Completion,
  type FolderEntry,
} from './plan/completion.ts';
import { readPlanDocument, type PlanDocument } from './plan/planDocument.ts';
import { noFacts, type PlanFacts } from './plan/planFacts.ts';
import type { PlanFactsSource } from './planFactsSource.ts';
import type { ServerOptions } from './serverOptions.ts';

const mostEntries = 500;

interface Parsed {
  version: number;
  plan: PlanDocument;
  findings: Promise<Finding[]> | null;
}

/** Plans that are open, each version read once. */
export class PlanService {
  readonly #source: PlanFactsSource;
  readonly #options: ServerOptions;
  readonly #parsed = new Map<string, Parsed>();

  constructor(source: PlanFactsSource, options: ServerOptions) {
    this.#source = source;
    this.#options = options;
  }

  isPlan({ uri }: Pick<TextDocument, 'uri'>): boolean {
    return uri.endsWith(planFileEnding);
  }

  /** Whether somebody else tells what the schema says. */
  get schemaIsTold(): boolean {
    return this.#options.jsonService;
  }

  read(document: TextDocument): PlanDocument {
    return this.#entry(document).plan;
  }

  facts(document: TextDocument): Promise<PlanFacts> {
    const folder = this.#folderOf(document);
    return this.#source.of(this.read(document), document.uri, folder);
  }

  findings(document: TextDocument): Promise<Finding[]> {
    const entry = this.#entry(document);
    return (entry.findings ??= this.#find(document, entry.plan));
  }

  async completions(document: TextDocument, offset: number): Promise<Completion[]> {
    const plan = this.read(document);
    const options = { schemaIsCompleted: this.#options.jsonService };
    const place = completionPlace(plan, offset, options);
    if (!place) return [];
    const folder = this.#folderOf(document);
    const entries = 'folder' in place ? await entriesOf(folder, place.folder) : [];
    const endpoints = place.kind === 'endpoint' ? await this.#source.endpoints(document.uri) : [];
    return planCompletions(plan, place, { ...noFacts, endpoints }, entries);
  }

  /** What lies beyond the texts has changed. */
  refresh(): void {
    this.#source.forget();
    for (const entry of this.#parsed.values()) entry.findings = null;
  }

  forget({ uri }: TextDocument): void {
    this.#parsed.delete(uri);
  }

  async #find(document: TextDocument, plan: PlanDocument): Promise<Finding[]> {
    const { jsonService, commands } = this.#options;
    const found = planFindings(plan, await this.facts(document), { schemaIsChecked: jsonService });
    return commands ? found : found.map(withoutCommands);
  }

  /** The folder that a plan's paths start from; null where its files are not looked at. */
  #folderOf({ uri }: TextDocument): string | null {
    const file = this.#options.trusted ? localPath(uri) : null;
    return file === null ? null : path.dirname(file);
  }

  #entry(document: TextDocument): Parsed {
    const { uri, version } = document;
    const known = this.#parsed.get(uri);
    if (known?.version === version) return known;
    const entry = { version, plan: readPlanDocument(document.getText()), findings: null };
    this.#parsed.set(uri, entry);
    return entry;
  }
}

/** For a client that could not do what a fix asks of it. */
function withoutCommands(finding: Finding): Finding {
  return { ...finding, fixes: finding.fixes.filter(({ command }) => !command) };
}

/** What a folder holds that may be speech, or lead to it. */
async function entriesOf(folder: string | null, written: string): Promise<FolderEntry[]> {
  if (folder === null) return [];
  const place = path.resolve(folder, written);
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .filter(({ name, isFolder }) => isFolder || isSpeech(name))
    .slice(0, mostEntries);
}

function isSpeech(name: string): boolean {
  const isOwn = /\.(rtplan|rtbench)\.json$/.test(name);
  return !isOwn && /\.(jsonl?|ndjson|csv|tsv|txt|wave?|flac|mp3|og[ga]|opus)$/i.test(name);
}
