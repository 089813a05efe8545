import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import {
  fromCompareSchema,
  type FromCompare,
  type ToCompare,
} from '../../compareview/compareMessages.ts';
import { reportError } from '../reportError.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import { audioPlaces } from '../timeline/audioPlaces.ts';
import { locateAudio } from '../timeline/locateAudio.ts';
import type { WantedAudio } from '../timeline/timelineReaderMessages.ts';
import { replaceComparison, withAnotherRun, withBaseline, withoutRun } from './changeRuns.ts';
import type { CompareDocument, ComparePage as ShownPage } from './compareDocument.ts';
import type { ComparedTexts } from './comparedTexts.ts';
import { comparePage } from './comparePage.ts';
import type { CompareNews } from './compareReaderMessages.ts';
import { openNoiseSettings } from './noiseSetting.ts';
import { pickComparedSession } from './pickComparedSession.ts';
import { savePicture, saveReport } from './saveExport.ts';

/** What comparisons need of the extension. */
export type CompareServices = Pick<Services, 'context' | 'log' | 'runs' | 'baselines'>;

type Message<Type extends FromCompare['type']> = Extract<FromCompare, { type: Type }>;
type UtterancePlace = Pick<Message<'utterance'>, 'pair' | 'id' | 'repeat'>;

/** One page of a comparison: shows what the document says, does what the page asks. */
export class ComparePanel implements ShownPage {
  readonly view: vscode.WebviewPanel;
  readonly #services: CompareServices;
  readonly #document: CompareDocument;
  readonly #texts: ComparedTexts;
  readonly #cacheFolder: vscode.Uri;
  /** Of the utterance that the page looks at. */
  #audio: readonly WantedAudio[] = [];
  #isClosed = false;
  /** What is done at each message of the page. */
  readonly #answers: {
    [Type in FromCompare['type']]: (message: Message<Type>) => Promise<void> | void;
  } = {
    ready: () => {
      this.#document.show(this);
    },
    utterances: (message) => this.#showUtterances(message),
    utterance: (message) => this.#showUtterance(message),
    samples: (message) => this.#showSamples(message),
    openTimeline: (message) => this.#openTimeline(message),
    openTranscript: (message) => this.#openTranscript(message),
    diffTexts: (message) => this.#diffTexts(message),
    locateAudio: ({ audioKey }) => this.#locate(audioKey),
    export: (message) => this.#export(message),
    savePicture: ({ name, picture }) => savePicture(name, picture, this.#beside),
    copy: async ({ text }) => vscode.env.clipboard.writeText(text),
    openNoiseSettings: () => openNoiseSettings(),
    addRun: () => this.#addRun(),
    removeRun: ({ run }) => this.#replace(withoutRun(this.#document.runs, run)),
    makeBaseline: ({ run }) => this.#replace(withBaseline(this.#document.runs, run)),
    openRun: ({ run }) => this.#withRun(run, openRun),
    toggleStar: ({ run }) =>
      this.#withRun(run, (uri) => vscode.commands.executeCommand('rtbench.toggleBaseline', uri)),
  };

  constructor(
    services: CompareServices,
    view: vscode.WebviewPanel,
    { document, texts }: { document: CompareDocument; texts: ComparedTexts },
  ) {
    this.view = view;
    this.#services = services;
    this.#document = document;
    this.#texts = texts;
    const { storageUri, globalStorageUri } = services.context;
    this.#cacheFolder = vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'timeline');
    view.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message).catch((error: unknown) => {
        if (!this.#isClosed) reportError(services.log, 'Comparison', error);
      });
    });
    view.onDidDispose(() => {
      this.#isClosed = true;
      document.remove(this);
    });
    document.add(this);
    this.#fill();
  }

  post(message: ToCompare): void {
    void this.view.webview.postMessage(message);
  }

  tell(news: Extract<CompareNews, { type: 'peaks' | 'audio' }>): void {
    const { audioKey } = news.type === 'peaks' ? news.peaks : news;
    if (!this.#audio.some((wanted) => wanted.audioKey === audioKey)) return;
    if (news.type === 'peaks') {
      this.post(news.peaks);
      return;
    }
    const { file, ...rest } = news;
    const uri = file === null ? null : this.view.webview.asWebviewUri(vscode.Uri.file(file));
    this.post({ ...rest, playUri: uri?.toString() ?? null });
  }

  #fill(): void {
    const { webview } = this.view;
    const { extensionUri } = this.#services.context;
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const uriOf = (file: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder, this.#cacheFolder] };
    webview.html = comparePage({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: uriOf('compare.js'),
      styleUris: [uriOf('codicon.css'), uriOf('compare.css')],
    });
  }

  async #receive(received: unknown): Promise<void> {
    const parsed = fromCompareSchema.safeParse(received);
    if (!parsed.success) throw new Error('The compare editor sent a message that is not known.');
    await this.#answer(parsed.data);
  }

  #answer<Type extends FromCompare['type']>(message: Message<Type>): Promise<void> | void {
    return this.#answers[message.type](message);
  }

  async #showUtterances({ pair, key }: Message<'utterances'>): Promise<void> {
    const rows = await this.#document.thread.ask({ type: 'utterances', pair, key });
    if (rows) this.post({ type: 'utterances', pair, key, rows });
  }

  async #showUtterance(place: UtterancePlace): Promise<void> {
    const found = await this.#ask(place);
    if (!found) return;
    this.#audio = found.audio;
    this.post({ type: 'utterance', pair: place.pair, detail: found.detail });
    for (const wanted of found.audio) await this.#announce(wanted);
  }

  #ask({ pair, id, repeat }: UtterancePlace) {
    return this.#document.thread.ask({ type: 'utterance', pair, id, repeat });
  }

  async #announce(wanted: WantedAudio): Promise<void> {
    const places = audioPlaces(this.#services.context, wanted);
    const folder = this.#cacheFolder.fsPath;
    await this.#document.thread.ask({ type: 'audio', wanted, places, gently: false, folder });
  }

  async #showSamples(message: Message<'samples'>): Promise<void> {
    const samples = await this.#document.thread.ask(message);
    if (samples) this.post(samples);
  }

  async #openTimeline(place: UtterancePlace): Promise<void> {
    const found = await this.#ask(place);
    const sessions = found?.sessions.map(({ run, sessionId }) => ({
      run: vscode.Uri.parse(run, true),
      sessionId,
    }));
    if (sessions && sessions.length > 0) {
      await vscode.commands.executeCommand('rtbench.openTimeline', sessions);
    }
  }

  async #openTranscript(place: UtterancePlace): Promise<void> {
    const found = await this.#ask(place);
    const chosen = found && (await pickComparedSession(found.sessions));
    if (!chosen) return;
    const session = { run: vscode.Uri.parse(chosen.run, true), sessionId: chosen.sessionId };
    await vscode.commands.executeCommand('rtbench.openTranscript', session);
  }

  async #diffTexts({ pair, id, repeat }: UtterancePlace): Promise<void> {
    const texts = await this.#document.thread.ask({ type: 'texts', pair, id, repeat });
    const letters = this.#document.lettersOf(pair);
    if (texts && letters) await this.#texts.open(id, letters, texts);
  }

  async #locate(audioKey: string): Promise<void> {
    const wanted = this.#audio.find((one) => one.audioKey === audioKey);
    if (!wanted) return;
    const check = (file: string) =>
      this.#document.thread.ask({ type: 'checkAudio', file, sha256: wanted.sha256 });
    if (await locateAudio(this.#services.context, wanted, check)) await this.#announce(wanted);
  }

  async #export({ format }: Message<'export'>): Promise<void> {
    const text = await this.#document.thread.ask({ type: 'export', format });
    if (text !== null) await saveReport(format, text, this.#beside);
  }

  /** Exports go to the folder of the run that is compared with the baseline. */
  get #beside(): vscode.Uri {
    return this.#document.runs.at(-1) ?? this.#document.uri;
  }

  async #addRun(): Promise<void> {
    const more = await withAnotherRun(this.#services.runs, this.#document.runs);
    if (more) await this.#replace(more);
  }

  /** Does something with the run at a place, if there is one. */
  async #withRun(place: number, use: (run: vscode.Uri) => Thenable<void>): Promise<void> {
    const run = this.#document.runs[place];
    if (run) await use(run);
  }

  #replace(runs: readonly vscode.Uri[]): Promise<void> {
    const tab = { comparison: this.#document.uri, group: this.view.viewColumn };
    return replaceComparison(this.#services.runs, tab, runs);
  }
}
