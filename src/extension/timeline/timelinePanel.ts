import path from 'node:path';
import * as vscode from 'vscode';
import { errorText } from '../../common/benchError.ts';
import {
  fromTimelineSchema,
  type FromTimeline,
  type ToTimeline,
} from '../../timeline/timelineMessages.ts';
import type { LiveRun } from '../benchmark/liveRuns.ts';
import { reportError } from '../reportError.ts';
import { openRun } from '../runEditor/openRun.ts';
import type { Services } from '../services.ts';
import { fillTimelineView } from './fillTimelineView.ts';
import { GrowingLanes } from './growingLanes.ts';
import { keyOf, restoreText, type LaneRef } from './laneRef.ts';
import { readRun } from './readRun.ts';
import { ShownAudio } from './shownAudio.ts';
import type { LinkedTimeline } from './playheads.ts';
import type { Lane, TimelineNews } from './timelineReaderMessages.ts';
import type { TimelineThread } from './timelineThread.ts';
import { WatchedRun } from './watchedRun.ts';
import { tell } from '../tell.ts';

/** A timeline: its page, the thread that reads for it, and which sessions it shows. */
export class TimelinePanel implements LinkedTimeline {
  readonly thread: TimelineThread;
  readonly #services: Services;
  readonly #view: vscode.WebviewPanel;
  #refs: LaneRef[] = [];
  /** Those of `#refs` that could be read, as they were when they were last shown. */
  readonly #shown = new Map<string, Lane>();
  #watched: WatchedRun | null = null;
  /** A message to choose in a lane once that is shown. */
  #toReveal: { key: string; message: number } | null = null;
  /** Where to move the playhead in a lane once that is shown. */
  #toSeek: Extract<ToTimeline, { type: 'seek' }> | null = null;
  /** The page is there and has said so. */
  #isReady = false;
  readonly #audio: ShownAudio;
  /** Lanes that grow, as fast as the page takes them in. */
  readonly #growing = new GrowingLanes((session) => {
    this.#post({ type: 'lane', session });
  });
  #isClosed = false;
  #work: Promise<void> = Promise.resolve();

  constructor(services: Services, view: vscode.WebviewPanel, thread: TimelineThread) {
    this.#services = services;
    this.#view = view;
    this.thread = thread;
    const { context } = services;
    const storage = context.storageUri ?? context.globalStorageUri;
    const cacheFolder = vscode.Uri.joinPath(storage, 'timeline');
    this.#audio = new ShownAudio({
      context,
      thread,
      cacheFolder,
      onError: (error) => {
        if (!this.#isClosed) services.log.error(`Audio of the timeline: ${errorText(error)}`);
      },
    });
    thread.onNews = (news) => {
      this.#tell(news);
    };
    view.webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(message).catch((error: unknown) => {
        if (!this.#isClosed) reportError(services.log, 'Timeline', error);
      });
    });
    view.onDidChangeViewState(() => {
      if (!view.visible) this.#hide();
    });
    const link = services.playheads.add(this);
    view.onDidDispose(() => {
      this.#isClosed = true;
      link.dispose();
      this.#hide();
      this.#stopWatching();
      thread.dispose();
    });
    fillTimelineView(view, context.extensionUri, cacheFolder);
  }

  /** The run that it shows while it goes on. */
  get watchedRun(): LiveRun | null {
    return this.#watched?.run ?? null;
  }

  /** The lanes shown, as they were read. */
  get lanes(): Lane[] {
    return [...this.#shown.values()];
  }

  get isActive(): boolean {
    return this.#view.active;
  }

  get sessions(): readonly LaneRef[] {
    return this.#refs;
  }

  /** Later, where the session is not shown yet. */
  seek(session: LaneRef, ms: number): void {
    const seek = { type: 'seek', key: keyOf(session), ms } as const;
    if (this.#isReady && this.#shown.has(seek.key)) this.#post(seek);
    else this.#toSeek = seek;
  }

  watchPlayhead(isWanted: boolean): void {
    this.#post({ type: 'watchPlayhead', isWanted });
  }

  reveal(): void {
    this.#view.reveal();
  }

  /**
   * Shows these sessions instead of others.
   *
   * @param message of the first one, to choose and move into sight: its place among the received
   */
  show(lanes: readonly LaneRef[], message: number | null = null): void {
    this.#stopWatching();
    this.#refs = [...lanes];
    const [first] = lanes;
    this.#toReveal = first && message !== null ? { key: keyOf(first), message } : null;
    if (!this.#isReady) this.#prepare(lanes);
    this.#refresh();
  }

  /** Shows a session below the others. */
  add(lane: LaneRef): void {
    this.#refs.push(lane);
    this.#refresh();
  }

  /** Shows the sessions of a run while it goes on, and afterwards those shown last. */
  watch(run: LiveRun): void {
    this.show([]);
    this.#watched = new WatchedRun(run, {
      grew: (piece, isOther) => {
        const facts = { run: run.uri.toString(), title: run.title, pacing: run.plan.pacing };
        this.#do(async () => {
          await this.thread.ask({ type: 'live', piece, run: facts });
          if (isOther) await this.#showLanes();
        });
      },
      ended: (problem) => {
        this.#ended(problem);
      },
    });
    if (this.#isReady) this.#watched.show();
  }

  /** Does what a key of the page does. */
  perform(action: string): void {
    this.#post({ type: 'action', action });
  }

  #allRefs(): LaneRef[] {
    return [...(this.#watched?.lanes.refs ?? []), ...this.#refs];
  }

  #post(message: ToTimeline): void {
    if (this.#isReady) void this.#view.webview.postMessage(message);
  }

  /** One thing after the other. */
  #do(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#services.log.error(`Timeline: ${errorText(error)}`);
      this.#post({ type: 'problem', message: errorText(error) });
    });
  }

  /** Reads while the page loads. What goes wrong is said when the page asks. */
  #prepare(lanes: readonly LaneRef[]): void {
    this.#do(async () => {
      for (const lane of lanes) await this.#lane(lane).catch(() => null);
    });
  }

  #refresh(): void {
    this.#do(() => this.#showLanes());
  }

  /** The page is gone until it says `ready` again; nothing needs to be done for it. */
  #hide(): void {
    this.#isReady = false;
    this.#growing.forget();
    this.#watched?.hide();
  }

  #ready(): void {
    this.#isReady = true;
    this.#audio.forget();
    this.#growing.forget();
    this.#watched?.show();
    this.#refresh();
  }

  async #showLanes(): Promise<void> {
    if (!this.#isReady) return;
    const refs = this.#allRefs();
    if (refs.length === 0) {
      if (this.#watched) this.#post({ type: 'loading', label: 'Waiting for the first session…' });
      return;
    }
    if (this.#shown.size === 0) this.#post({ type: 'loading', label: 'Reading the session…' });
    this.#growing.supersede();
    const problems: string[] = [];
    const lanes: Lane[] = [];
    for (const ref of refs) {
      const lane = await this.#lane(ref).catch((error: unknown) => {
        problems.push(errorText(error));
        return null;
      });
      if (lane) lanes.push(lane);
    }
    this.#shown.clear();
    for (const lane of lanes) this.#shown.set(lane.session.key, lane);
    this.#say(lanes, problems);
    const audioKeys = lanes.map(({ audio }) => audio.audioKey);
    await this.thread.ask({ type: 'keep', keys: refs.map(keyOf), audioKeys });
    this.#audio.keep(audioKeys);
    for (const { audio } of lanes) this.#audio.announce(audio, this.#watched !== null);
  }

  #say(lanes: readonly Lane[], problems: readonly string[]): void {
    const [first] = lanes;
    if (!first) {
      this.#post({ type: 'problem', message: problems.join(' ') });
      return;
    }
    this.#view.title = `Timeline: ${first.session.utterance}`;
    this.#post({ type: 'lanes', sessions: lanes.map(({ session }) => session) });
    if (this.#services.playheads.isWatched) this.watchPlayhead(true);
    this.#post({ type: 'remember', restore: restoreText(this.#allRefs()) });
    this.#revealMessage(lanes);
    if (this.#toSeek && this.#shown.has(this.#toSeek.key)) {
      this.#post(this.#toSeek);
      this.#toSeek = null;
    }
    if (problems.length > 0) void tell.warning(problems.join(' '));
  }

  #revealMessage(lanes: readonly Lane[]): void {
    const wanted = this.#toReveal;
    if (!wanted) return;
    this.#toReveal = null;
    const lane = lanes.find(({ session }) => session.key === wanted.key);
    const delta = lane?.session.deltas.messages.indexOf(wanted.message) ?? -1;
    if (delta >= 0) this.#post({ type: 'reveal', key: wanted.key, delta });
  }

  /** Throws a BenchError where its run cannot be read. */
  async #lane({ run, sessionId }: LaneRef): Promise<Lane> {
    const request = { type: 'lane', run, sessionId } as const;
    const known = await this.thread.ask(request);
    if (known) return known;
    const uri = vscode.Uri.parse(run, true);
    await readRun(this.thread, uri);
    const lane = await this.thread.ask(request);
    if (lane) return lane;
    const name = path.posix.basename(uri.path);
    throw new Error(`${name} holds no trace of session ${sessionId}: there is nothing to draw.`);
  }

  #tell(news: TimelineNews): void {
    switch (news.type) {
      case 'lane': {
        const { session } = news.lane;
        if (this.#shown.has(session.key)) this.#growing.send(session);
        return;
      }
      case 'peaks':
        this.#post(news.peaks);
        return;
      case 'audio': {
        const { file, ...rest } = news;
        const uri = file === null ? null : vscode.Uri.file(file);
        const playUri = uri && this.#view.webview.asWebviewUri(uri).toString();
        this.#post({ ...rest, playUri });
      }
    }
  }

  /**
   * What is saved of the sessions shown is more than what was seen.
   *
   * @param problem why nothing is; null where something is
   */
  #ended(problem: string | null): void {
    if (!this.#watched) return;
    const { run, lanes } = this.#watched;
    this.#refs = [...lanes.refs, ...this.#refs];
    this.#stopWatching();
    this.#do(async () => {
      if (this.#refs.length === 0) {
        const message = `${run.title} has ended before any of its sessions could be shown.`;
        this.#post({ type: 'problem', message });
        return;
      }
      await this.#takeOver(run, problem);
      await this.#showLanes();
    });
  }

  /** Has the thread go on with what is saved, or else end what was seen. */
  async #takeOver({ uri }: LiveRun, problem: string | null): Promise<void> {
    const readProblem = async (): Promise<string | null> =>
      readRun(this.thread, uri).then(
        () => null,
        (error: unknown) => errorText(error),
      );
    // A file of an earlier run may lie where nothing was saved.
    const because = problem ?? (await readProblem());
    if (because === null) return;
    this.#services.log.warn(`Timeline: ${because}`);
    await this.thread.ask({ type: 'breakOff', run: uri.toString(), because });
  }

  #stopWatching(): void {
    this.#watched?.dispose();
    this.#watched = null;
  }

  async #receive(received: unknown): Promise<void> {
    const parsed = fromTimelineSchema.safeParse(received);
    if (!parsed.success) throw new Error('The timeline sent a message that is not known.');
    const message: FromTimeline = parsed.data;
    switch (message.type) {
      case 'ready':
        this.#ready();
        return;
      case 'samples':
      case 'spectrogram':
      case 'frame': {
        const answer = await this.thread.ask(message);
        if (answer) this.#post(answer);
        return;
      }
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'addLane':
        await vscode.commands.executeCommand('rtbench.addToTimeline');
        return;
      case 'removeLane':
        this.#remove(message.key);
        return;
      case 'laneShown':
        this.#growing.taken(message.key);
        return;
      case 'openRun':
        await this.#openRun(message.key);
        return;
      case 'compareRun':
        await this.#compareRun(message.key);
        return;
      case 'playhead':
        this.#services.playheads.tell({ sessions: this.#refs, ms: message.ms });
        return;
      case 'locateAudio':
        await this.#locate(message.audioKey);
    }
  }

  #remove(key: string): void {
    const removed = this.#allRefs().find((ref) => keyOf(ref) === key);
    if (!removed) return;
    this.#watched?.lanes.remove(removed);
    this.#refs = this.#refs.filter((ref) => ref !== removed);
    // Without a lane there is nothing to see.
    if (this.#allRefs().length === 0) this.#view.dispose();
    else this.#refresh();
  }

  async #openRun(key: string): Promise<void> {
    const ref = this.#allRefs().find((candidate) => keyOf(candidate) === key);
    if (ref) await openRun(vscode.Uri.parse(ref.run, true));
  }

  async #compareRun(key: string): Promise<void> {
    const ref = this.#allRefs().find((candidate) => keyOf(candidate) === key);
    if (!ref) return;
    await vscode.commands.executeCommand('rtbench.compareWith', vscode.Uri.parse(ref.run, true));
  }

  async #locate(audioKey: string): Promise<void> {
    const wanted = this.lanes.find(({ audio }) => audio.audioKey === audioKey)?.audio;
    if (wanted) await this.#audio.locate(wanted, this.#watched !== null);
  }
}
