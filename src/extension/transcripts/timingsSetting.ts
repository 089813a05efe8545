import * as vscode from 'vscode';
import { timingModes, type TimingMode } from '../../transcript/timingHints.ts';

const section = 'rtbench.transcript';
const name = 'timings';

/** As package.json names it. */
export const timingsSetting = `${section}.${name}`;

/** What is said beside words; another value than those offered counts as the default. */
export function timings(): TimingMode {
  const value = vscode.workspace.getConfiguration(section).get<unknown>(name);
  return timingModes.find((mode) => mode === value) ?? 'gaps';
}

/** Says the next thing beside words, in the settings that decide. */
export async function toggleTimings(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const next = timingModes[(timingModes.indexOf(timings()) + 1) % timingModes.length];
  const { workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const isOfWorkspace = workspaceValue !== undefined || workspaceFolderValue !== undefined;
  await configuration.update(name, next, isOfWorkspace ? Workspace : Global);
}
