import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where VS Code keeps a folder's settings, within it. */
export const folderSettingsFile = path.join('.vscode', 'settings.json');

/** The nearest folder upwards that has settings of VS Code; the topmost one where none has. */
export function nearestSettingsFolder(start: string): string {
  let nearest = start;
  while (!existsSync(path.join(nearest, folderSettingsFile)) && nearest !== path.dirname(nearest)) {
    nearest = path.dirname(nearest);
  }
  return nearest;
}
