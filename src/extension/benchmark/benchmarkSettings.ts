import path from 'node:path';
import * as vscode from 'vscode';
import type { PlanSettings } from './buildPlan.ts';

/** The plan's settings as they hold for a file or folder. The plan's schema checks them. */
export function planSettings(resource: vscode.Uri): PlanSettings {
  const settings = vscode.workspace.getConfiguration('rtbench', resource);
  return {
    chunkMs: settings.get('chunkMs', 100),
    textProfile: settings.get('textProfile', 'auto'),
  };
}

/** Absolute path of the folder for results about a file or folder; null where none is open. */
export function resultsFolder(resource: vscode.Uri): string | null {
  const setting = vscode.workspace
    .getConfiguration('rtbench', resource)
    .get('resultsFolder', 'benchmarks');
  if (path.isAbsolute(setting)) return setting;
  const folder = vscode.workspace.getWorkspaceFolder(resource) ?? localFolders()[0];
  return folder ? path.join(folder.uri.fsPath, setting) : null;
}

/** The open folders that processes can reach. */
export function localFolders(): vscode.WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file');
}
