import path from 'node:path';
import type * as vscode from 'vscode';
import { bundledSpeech } from '../benchmark/bundledSpeech.ts';
import type { WantedAudio } from './timelineReaderMessages.ts';

const locatedKey = 'rtbench.timeline.audio';

/** Content of audio files → where the user found them. */
type LocatedAudio = Readonly<Record<string, string>>;

/**
 * Where the audio that a session heard may be, the likeliest first: where the user located it,
 * where it was, and in the speech of this version where it came with another one.
 */
export function audioPlaces(
  context: vscode.ExtensionContext,
  { audioPath, sha256 }: WantedAudio,
): string[] {
  const located = sha256 === null ? undefined : locatedAudio(context)[sha256];
  const bundled = bundledPath(bundledSpeech(context), audioPath);
  return [located, audioPath, bundled].filter((place) => place !== undefined);
}

/** Remembers where the user found the audio of that content. */
export async function rememberAudio(
  context: vscode.ExtensionContext,
  sha256: string,
  file: string,
): Promise<void> {
  await context.workspaceState.update(locatedKey, { ...locatedAudio(context), [sha256]: file });
}

/** The same file of this version's speech; undefined for all other files. */
export function bundledPath(bundled: string, audioPath: string): string | undefined {
  const [, rest] = /[\\/]samples[\\/]speech[\\/](.+)$/.exec(audioPath) ?? [];
  return rest === undefined ? undefined : path.join(bundled, ...rest.split(/[\\/]/));
}

function locatedAudio({ workspaceState }: vscode.ExtensionContext): LocatedAudio {
  const located: unknown = workspaceState.get(locatedKey);
  if (typeof located !== 'object' || located === null) return {};
  const entries = Object.entries(located).filter((entry) => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}
