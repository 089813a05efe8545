import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import { tell } from '../tell.ts';

/** As package.json declares it. */
export const noiseSettingName = 'rtbench.compare.noise';

/** Changes that do not matter, by row key, in the metric's unit. What cannot be used is reported. */
export async function noiseSetting(): Promise<Record<string, number>> {
  const setting: unknown = vscode.workspace.getConfiguration().get(noiseSettingName);
  const entries = typeof setting === 'object' && setting !== null ? Object.entries(setting) : [];
  if (entries.length === 0) {
    reportOnce([]);
    return {};
  }
  // Loaded only when needed: it brings the metrics' names.
  const { noiseThreshold } = await import('../../comparison/noiseThreshold.ts');
  const sizes: Record<string, number> = {};
  const problems: string[] = [];
  for (const [key, text] of entries) {
    try {
      sizes[key] = noiseThreshold(key, String(text));
    } catch (error) {
      problems.push(errorText(error));
    }
  }
  reportOnce(problems);
  return sizes;
}

/** What was said last: every comparison reads the setting again when its files change. */
let reported = '';

function reportOnce(problems: readonly string[]): void {
  const text = problems.join(' ');
  if (text === reported) return;
  reported = text;
  if (text === '') return;
  const open = 'Open Settings';
  const message = `The setting ${noiseSettingName} is used without some entries. ${text}`;
  void tell.warning(message, open).then(async (choice) => {
    if (choice === open) await openNoiseSettings();
  });
}

export async function openNoiseSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', noiseSettingName);
}
