import path from 'node:path';
import * as vscode from 'vscode';
import { rememberAudio } from './audioPlaces.ts';
import type { WantedAudio } from './timelineReaderMessages.ts';
import { tell } from '../tell.ts';

/**
 * Asks where the audio of a session is now, and remembers it. Returns whether it was found.
 *
 * @param check says what is wrong with a file that is not the audio; null where it is
 */
export async function locateAudio(
  context: vscode.ExtensionContext,
  { audioPath, sha256 }: WantedAudio,
  check: (file: string) => Promise<string | null>,
): Promise<boolean> {
  const name = path.basename(audioPath);
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: `Locate ${name}`,
      openLabel: 'Use This File',
      filters: { Audio: ['wav', 'flac', 'mp3', 'ogg', 'oga', 'opus'], 'All Files': ['*'] },
    })) ?? [];
  if (!chosen) return false;
  const problem = await check(chosen.fsPath);
  if (problem !== null) {
    void tell.warning(problem);
    return false;
  }
  if (sha256 !== null) await rememberAudio(context, sha256, chosen.fsPath);
  return true;
}
