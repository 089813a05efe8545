import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import { bundledDataset } from '../../planfile/bundledDataset.ts';
import { newDraft } from '../benchmark/benchmarkDraft.ts';
import { localFolders } from '../benchmark/benchmarkSettings.ts';
import { datasetStep, endpointsStep } from '../benchmark/benchmarkSteps.ts';
import { DatasetAmounts } from '../benchmark/datasetAmounts.ts';
import { askItem } from '../quickSteps/askItem.ts';
import { askText } from '../quickSteps/askText.ts';
import { runSteps, type QuickStep } from '../quickSteps/runSteps.ts';
import { takeAnswer } from '../quickSteps/takeAnswer.ts';
import { requireTrust } from '../requireTrust.ts';
import type { Services } from '../services.ts';
import { planFileName, planTemplate } from './planTemplate.ts';

/** *Create Plan…*: asks for the essentials, and opens a plan that explains the rest. */
export async function createPlan(services: Services): Promise<void> {
  if (!(await requireTrust('Creating a plan'))) return;
  const folders = localFolders();
  const [first] = folders;
  if (!first) throw new BenchError('no_folder', 'Open a folder first: the plan is saved in it.');
  const configured = await services.endpoints.list();
  const draft = newDraft(services, configured);
  const named = { name: '', folder: first };
  const steps = [
    nameStep(named),
    folderStep(named, folders),
    endpointsStep(draft, configured),
    datasetStep(services, draft, new DatasetAmounts(services)),
  ];
  if (!(await runSteps('Create Plan', steps))) return;
  const endpoints = draft.endpoints.map(({ name }) => name);
  const text = planTemplate({
    name: named.name,
    endpoints: endpoints.length > 0 ? endpoints : ['embedded'],
    dataset: written(draft.dataset, named.folder.uri.fsPath),
  });
  const uri = await freeUri(named.folder.uri, planFileName(named.name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}

function nameStep(named: { name: string }): QuickStep {
  return {
    isNeeded: () => true,
    async ask(place) {
      const answer = await askText(place, {
        prompt: 'What the runs of the plan are called',
        placeholder: 'For example Nightly',
        value: named.name,
        problem: (text) => (text === '' ? 'A plan needs a name.' : null),
      });
      return takeAnswer(answer, (name) => {
        named.name = name.slice(0, 200);
      });
    },
  };
}

function folderStep(
  named: { folder: vscode.WorkspaceFolder },
  folders: readonly vscode.WorkspaceFolder[],
): QuickStep {
  const placeholder = 'Folder to save the plan in';
  return {
    isNeeded: () => folders.length > 1,
    async ask(place) {
      const items = folders.map((folder) => ({
        label: folder.name,
        description: folder.uri.fsPath,
        picked: folder === named.folder,
        value: folder,
      }));
      const load = () => Promise.resolve({ placeholder, items });
      return takeAnswer(await askItem(place, { placeholder, load }), (folder) => {
        named.folder = folder;
      });
    },
  };
}

/** As a plan names a dataset: with slashes, from the plan's folder. */
function written(dataset: string, folder: string): string {
  if (dataset === bundledDataset) return dataset;
  const relative = path.relative(folder, dataset);
  return (relative === '' ? '.' : relative).split(path.sep).join('/');
}

/** Another plan is never written over. */
async function freeUri(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : name.replace('.rtplan', `-${number}.rtplan`);
    const uri = vscode.Uri.joinPath(folder, numbered);
    const isTaken = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!isTaken) return uri;
  }
}
