import path from 'node:path';
import * as vscode from 'vscode';
import { redactUrl } from '../../common/redactUrl.ts';
import { embeddedUrl } from '../../plan/embeddedUrl.ts';
import { datasetLabel } from '../../runner/runName.ts';
import { askItem, type ChoiceItem } from '../quickSteps/askItem.ts';
import { askItems } from '../quickSteps/askItems.ts';
import type { QuickStep } from '../quickSteps/runSteps.ts';
import type { StepAnswer, StepPlace } from '../quickSteps/stepAnswer.ts';
import { takeAnswer } from '../quickSteps/takeAnswer.ts';
import type { ConfiguredEndpoint, Services } from '../services.ts';
import { bundledDataset } from './benchmarkChoices.ts';
import type { BenchmarkDraft } from './benchmarkDraft.ts';
import { datasetPath } from './bundledSpeech.ts';
import type { DatasetAmounts } from './datasetAmounts.ts';
import { pacingProfiles } from './pacingProfiles.ts';
import { workspaceDatasets } from './workspaceFiles.ts';

/** Which endpoints; not asked where there is no choice. */
export function endpointsStep(draft: BenchmarkDraft, configured: ConfiguredEndpoint[]): QuickStep {
  return {
    isNeeded: () => configured.length > 1,
    async ask(place) {
      const items = configured.map((endpoint) => ({
        ...endpointItem(endpoint),
        picked: draft.endpoints.some(({ name }) => name === endpoint.name),
      }));
      const answer = await askItems(place, 'Endpoints to measure', items);
      return takeAnswer(answer, (endpoints) => {
        draft.endpoints = endpoints;
      });
    },
  };
}

export function endpointItem(endpoint: ConfiguredEndpoint): ChoiceItem<ConfiguredEndpoint> {
  const { name, url, model } = endpoint;
  const address = url === embeddedUrl ? 'on this computer' : redactUrl(url);
  return { label: name, description: [address, model ?? []].flat().join(' · '), value: endpoint };
}

type DatasetChoice = { path: string } | 'chooseFolder' | 'chooseFile';

/** Which speech. The amount of it is looked up while the next question is asked. */
export function datasetStep(
  { context }: Services,
  draft: BenchmarkDraft,
  amounts: DatasetAmounts,
): QuickStep {
  const inWorkspace = workspaceDatasets();
  return {
    isNeeded: () => true,
    async ask(place) {
      for (;;) {
        const answer = await askDataset(place, draft, inWorkspace);
        if (answer.kind !== 'answer') return answer.kind;
        const chosen = await chosenPath(answer.value);
        if (chosen === null) continue;
        draft.dataset = chosen;
        amounts.prepare(datasetPath(context, chosen));
        return 'next';
      }
    },
  };
}

function askDataset(
  place: StepPlace,
  draft: BenchmarkDraft,
  inWorkspace: Promise<string[]>,
): Promise<StepAnswer<DatasetChoice>> {
  const placeholder = 'Speech to send';
  return askItem<DatasetChoice>(place, {
    placeholder,
    load: async () => ({ placeholder, items: datasetItems(draft, await inWorkspace) }),
  });
}

function datasetItems(
  { dataset, last }: BenchmarkDraft,
  inWorkspace: string[],
): ChoiceItem<DatasetChoice>[] {
  const found = inWorkspace.filter((folder) => !last.recentDatasets.includes(folder));
  const item = (file: string): ChoiceItem<DatasetChoice> => ({
    label: datasetLabel(file),
    description: vscode.workspace.asRelativePath(file),
    picked: file === dataset,
    value: { path: file },
  });
  return [
    {
      label: 'Sample speech',
      description: 'Comes with RTBench: short English recordings with their texts',
      picked: dataset === bundledDataset,
      value: { path: bundledDataset },
    },
    ...section('recently used', last.recentDatasets.map(item)),
    ...section('in this workspace', found.map(item)),
    ...section('elsewhere', [
      { label: '$(folder-opened) Choose Folder…', value: 'chooseFolder' },
      { label: '$(file) Choose Manifest or Audio File…', value: 'chooseFile' },
    ]),
  ];
}

function section(label: string, items: ChoiceItem<DatasetChoice>[]): ChoiceItem<DatasetChoice>[] {
  if (items.length === 0) return [];
  const kind = vscode.QuickPickItemKind.Separator;
  return [{ label, kind, value: 'chooseFolder' }, ...items];
}

/** Null where a dialog was closed. A dialog is for files or for folders, not on all systems both. */
async function chosenPath(choice: DatasetChoice): Promise<string | null> {
  if (typeof choice === 'object') return choice.path;
  const forFolder = choice === 'chooseFolder';
  const chosen = await vscode.window.showOpenDialog({
    title: forFolder ? 'Folder with Speech' : 'Manifest or Audio File',
    openLabel: 'Use This Speech',
    canSelectFolders: forFolder,
    canSelectFiles: !forFolder,
    filters: forFolder
      ? {}
      : {
          'Manifests and audio': [
            ...['jsonl', 'json', 'csv', 'tsv', 'ndjson', 'txt'],
            ...['wav', 'flac', 'mp3', 'ogg', 'oga', 'opus'],
          ],
        },
  });
  return chosen?.[0]?.fsPath ?? null;
}

/** How to send it. */
export function profileStep(draft: BenchmarkDraft): QuickStep {
  return {
    isNeeded: () => true,
    async ask(place) {
      const placeholder = 'How to send it';
      const items = pacingProfiles.map((profile) => ({
        label: profile.label,
        detail: profile.detail,
        picked: profile.id === draft.profile.id,
        value: profile,
      }));
      const load = () => Promise.resolve({ placeholder, items });
      return takeAnswer(await askItem(place, { placeholder, load }), (profile) => {
        draft.profile = profile;
      });
    },
  };
}

/** Where to save, asked for only where no folder is open. */
export function folderStep(isNeeded: () => boolean, keep: (folder: string) => void): QuickStep {
  return {
    isNeeded,
    async ask() {
      const chosen = await vscode.window.showOpenDialog({
        title: 'Folder to Save the Run in',
        openLabel: 'Save Here',
        canSelectFolders: true,
        canSelectFiles: false,
      });
      const folder = chosen?.[0]?.fsPath;
      if (folder === undefined) return 'back';
      keep(path.normalize(folder));
      return 'next';
    },
  };
}
