import type * as vscode from 'vscode';
import { audioPlaces } from './audioPlaces.ts';
import { locateAudio } from './locateAudio.ts';
import type { WantedAudio } from './timelineReaderMessages.ts';
import type { TimelineThread } from './timelineThread.ts';

interface ShownAudioOptions {
  context: vscode.ExtensionContext;
  thread: TimelineThread;
  cacheFolder: vscode.Uri;
  onError: (error: unknown) => void;
}

/** The audio of the lanes that a timeline shows: prepared once by the thread, which tells the page. */
export class ShownAudio {
  readonly #options: ShownAudioOptions;
  /** Audio that the page has been told of. */
  readonly #announced = new Set<string>();

  constructor(options: ShownAudioOptions) {
    this.#options = options;
  }

  /** The page is a new one, which has been told of nothing. */
  forget(): void {
    this.#announced.clear();
  }

  /** What is not kept has to be prepared anew when it is shown again. */
  keep(audioKeys: readonly string[]): void {
    for (const key of this.#announced) if (!audioKeys.includes(key)) this.#announced.delete(key);
  }

  /** @param gently beside a run that is measured */
  announce(wanted: WantedAudio, gently: boolean): void {
    if (this.#announced.has(wanted.audioKey)) return;
    this.#announced.add(wanted.audioKey);
    const { context, thread, cacheFolder, onError } = this.#options;
    const places = audioPlaces(context, wanted);
    const folder = cacheFolder.fsPath;
    thread.ask({ type: 'audio', wanted, places, gently, folder }).catch(onError);
  }

  /** Asks the user where audio is that is not where it was. */
  async locate(wanted: WantedAudio, gently: boolean): Promise<void> {
    const { context, thread } = this.#options;
    const { sha256 } = wanted;
    const check = (file: string) => thread.ask({ type: 'checkAudio', file, sha256 });
    if (!(await locateAudio(context, wanted, check))) return;
    this.#announced.delete(wanted.audioKey);
    this.announce(wanted, gently);
  }
}
