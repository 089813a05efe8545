import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { BenchError } from '../../common/benchError.ts';
import type { PlanSettings } from './buildPlan.ts';

/** The plan's settings as they hold for a file or folder. The plan's schema checks them. */
export function planSettings(resource: vscode.Uri): PlanSettings {
  const settings = vscode.workspace.getConfiguration('rtbench', resource);
  return {
    chunkMs: settings.get('chunkMs', 100),
    textProfile: settings.get('textProfile', 'auto'),
  };
}

/**
 * Absolute path of the folder for results about a file or folder; null where none is open.
 * @throws BenchError `setting_invalid` where the setting is no path.
 */
export function resultsFolder(resource?: vscode.Uri): string | null {
  const setting = resultsFolderSetting(resource);
  if (path.isAbsolute(setting)) return setting;
  const own = resource && vscode.workspace.getWorkspaceFolder(resource);
  const folder = own ?? localFolders()[0];
  return folder ? path.join(folder.uri.fsPath, setting) : null;
}

/** The folders for results of all that is open; what is no path is left to those who save there. */
export function openResultsFolders(): string[] {
  const open = localFolders().map(({ uri }) => uri);
  const folders = (open.length === 0 ? [undefined] : open).map(resultsFolderIfAny);
  return [...new Set(folders.filter((folder) => folder !== null))];
}

function resultsFolderIfAny(resource?: vscode.Uri): string | null {
  try {
    return resultsFolder(resource);
  } catch {
    return null;
  }
}

/** The open folders that processes can reach. */
export function localFolders(): vscode.WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file');
}

/** A path; `~` is spelled out, which would be a folder of that name otherwise. */
function resultsFolderSetting(resource?: vscode.Uri): string {
  const setting = vscode.workspace
    .getConfiguration('rtbench', resource)
    .get<unknown>('resultsFolder');
  if (typeof setting !== 'string') {
    const message =
      'The setting "rtbench.resultsFolder" is no text. Write the path of a folder, for example "benchmarks".';
    throw new BenchError('setting_invalid', message);
  }
  return setting.trim().replace(/^~(?=$|[\\/])/, () => os.homedir());
}
