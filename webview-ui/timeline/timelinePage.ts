import type { TimelineActionId } from '../../src/timeline/timelineActions.ts';
import type { FromTimeline, ToTimeline } from '../../src/timeline/timelineMessages.ts';
import { element } from '../shared/element.ts';
import type { VsCodeApi } from '../shared/vscodeApi.ts';
import { AudioPictures } from './canvas/audioPictures.ts';
import { DeltaTableView } from './deltaTableView.ts';
import { DetailDrawer } from './detailDrawer.ts';
import { Follower, isLive } from './follower.ts';
import { LaneList } from './laneList.ts';
import { LiveRegion } from '../shared/liveRegion.ts';
import { deltaStep, goTo, goToDelta, playableRange, selectedLane } from './navigation.ts';
import { PageFrame } from './pageFrame.ts';
import { actionOfEvent } from './pageKeys.ts';
import { Playback } from './playback.ts';
import { PlayheadReporter } from './playheadReporter.ts';
import { ReplayPane } from './replayPane.ts';
import { ShortcutSheet } from './shortcutSheet.ts';
import { ShownLanes } from './shownLanes.ts';
import { SoundSource } from './soundSource.ts';
import { spokenChange } from './speaker.ts';
import { Stage } from './stage.ts';
import { StateKeeper } from './stateKeeper.ts';
import { StatusLine } from './statusLine.ts';
import { timelineCommands, type TimelineCommands } from './timelineCommands.ts';
import { firstState, TimelineStore, type TimelineState } from './timelineState.ts';
import { TimelineToolbar } from './timelineToolbar.ts';

export type TimelineApi = VsCodeApi<FromTimeline, ToTimeline>;

const isMac = navigator.platform.includes('Mac');

/** The whole page: shows what the extension says, and tells it what the user does. */
export class TimelinePage {
  readonly #api: TimelineApi;
  readonly #store = new TimelineStore(firstState());
  readonly #keeper: StateKeeper;
  readonly #playback: Playback;
  readonly #sound: SoundSource;
  readonly #follower: Follower;
  readonly #reporter: PlayheadReporter;
  readonly #pictures: AudioPictures;
  readonly #shown: ShownLanes;
  readonly #lanes: LaneList;
  readonly #toolbar: TimelineToolbar;
  readonly #status: StatusLine;
  readonly #table: DeltaTableView;
  readonly #stage: Stage;
  readonly #replay: ReplayPane;
  readonly #drawer: DetailDrawer;
  readonly #sheet = new ShortcutSheet(isMac);
  readonly #voice = new LiveRegion();
  readonly #commands: TimelineCommands;
  readonly #frame: PageFrame;

  constructor(root: HTMLElement, api: TimelineApi) {
    this.#api = api;
    const store = this.#store;
    this.#keeper = new StateKeeper(
      {
        savedState: () => api.savedState(),
        saveState: (state) => {
          api.saveState(state);
        },
      },
      store,
    );
    this.#playback = new Playback({
      store,
      range: () => playableRange(store.state.lanes),
      onProblem: (problem) => {
        this.#sound.setProblem(problem);
      },
    });
    this.#status = this.#makeStatus();
    this.#sound = new SoundSource(store, this.#playback, (note) => {
      this.#status.setAudio(note);
    });
    this.#follower = new Follower(store, () => {
      this.#showLive();
    });
    this.#reporter = new PlayheadReporter(store, (ms) => {
      api.post({ type: 'playhead', ms });
    });
    this.#shown = this.#makeShown();
    this.#pictures = this.#makePictures();
    this.#lanes = this.#makeLanes();
    this.#toolbar = this.#makeToolbar();
    this.#table = this.#makeTable();
    this.#stage = new Stage(store, this.#pictures, this.#table);
    this.#replay = new ReplayPane((ms) => {
      store.update(goTo(store.state, ms));
    });
    this.#drawer = this.#makeDrawer();
    this.#commands = this.#makeCommands();
    this.#frame = this.#makeFrame(root);
    this.#update(store.state, null);
    store.subscribe((state, before) => {
      this.#update(state, before);
    });
    document.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  receive(message: ToTimeline): void {
    this.#pictures.receive(message);
    this.#sound.receive(message);
    switch (message.type) {
      case 'lanes':
        this.#frame.showContent();
        this.#shown.replace(message.sessions);
        return;
      case 'lane':
        this.#frame.showContent();
        this.#shown.update(message.session);
        this.#api.post({ type: 'laneShown', key: message.session.key });
        return;
      case 'remember':
        this.#keeper.setRestore(message.restore);
        return;
      case 'loading':
        this.#frame.wait(message.label);
        return;
      case 'problem':
        this.#playback.pause();
        this.#frame.showProblem(message.message);
        return;
      case 'frame': {
        const { key, message: place, raw, isRebuilt } = message;
        this.#drawer.receiveFrame(key, place, { raw, isRebuilt });
        return;
      }
      case 'reveal':
        this.#reveal(message.key, message.delta);
        return;
      case 'seek':
        this.#seek(message.key, message.ms);
        return;
      case 'watchPlayhead':
        this.#reporter.setWanted(message.isWanted);
        return;
      case 'action':
        this.#run(message.action);
        return;
      case 'audio':
      case 'peaks':
      case 'samples':
      case 'spectrogram':
        return;
    }
  }

  #update(state: TimelineState, before: TimelineState | null): void {
    const { lanes, selection, focus } = state;
    const isChosenAnew = lanes !== before?.lanes || selection !== before.selection;
    if (isChosenAnew) this.#lanes.update(lanes, selection.lane);
    if (isChosenAnew || focus !== before.focus) this.#drawer.update(state);
    if (lanes !== before?.lanes) this.#showLive();
    this.#toolbar.update(state, playableRange(lanes).endMs);
    this.#stage.update(state, before);
    this.#replay.update(state, before);
    const words = lanes === before?.lanes ? spokenChange(state, before) : null;
    if (words !== null) this.#voice.say(words, state.isPlaying);
  }

  #showLive(): void {
    this.#status.setLive(isLive(this.#store.state), this.#follower.isFollowing);
  }

  #reveal(key: string, delta: number): void {
    const lane = this.#store.state.lanes.find((one) => one.key === key);
    if (!lane) return;
    this.#store.update(goToDelta(this.#store.state, lane, delta));
    this.#stage.reveal(key, delta);
  }

  #seek(key: string, ms: number): void {
    const { lanes, selection } = this.#store.state;
    if (!lanes.some((lane) => lane.key === key)) return;
    const isOther = selection.lane !== key;
    this.#store.update({
      ...goTo(this.#store.state, ms),
      ...(isOther && { selection: { ...selection, lane: key, delta: null } }),
    });
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#sheet.root.isConnected) return;
    const action = actionOfEvent(event, this.#stage.timeline, isMac);
    if (action === null) return;
    // Above the page, only what closes it again.
    if (this.#sheet.isOpen && action !== 'escape' && action !== 'shortcuts') return;
    if (this.#run(action)) event.preventDefault();
  }

  #run(action: string): boolean {
    if (!Object.hasOwn(this.#commands, action)) return false;
    return this.#commands[action as TimelineActionId]();
  }

  #makeCommands(): TimelineCommands {
    return timelineCommands({
      store: this.#store,
      playback: this.#playback,
      openShortcuts: () => {
        this.#sheet.open();
      },
      closePopup: () => {
        if (!this.#sheet.isOpen) return this.#stage.closeTooltip();
        this.#sheet.close();
        return true;
      },
      leave: () => {
        if (document.activeElement !== this.#stage.timeline) return false;
        this.#toolbar.focus();
        return true;
      },
      compare: () => {
        const lane = selectedLane(this.#store.state);
        if (lane) this.#api.post({ type: 'compareRun', key: lane.key });
      },
      say: (text) => {
        this.#voice.say(text, this.#store.state.isPlaying);
      },
    });
  }

  #makeFrame(root: HTMLElement): PageFrame {
    const content = [
      this.#lanes.root,
      element('div', { class: 'bar' }, [this.#toolbar.root, this.#status.root]),
      element('div', { class: 'body' }, [
        element('div', { class: 'left' }, [this.#stage.root, this.#replay.root]),
        this.#drawer.root,
      ]),
      this.#voice.root,
      this.#playback.root,
      this.#sheet.root,
    ];
    const showNote = (text: string | null) => {
      this.#stage.showNote(text);
    };
    return new PageFrame({ root, content, showNote });
  }

  #makeShown(): ShownLanes {
    return new ShownLanes({
      store: this.#store,
      keeper: this.#keeper,
      follower: this.#follower,
      began: () => {
        // So that the keys work at once, unless the user is elsewhere in the page or the window.
        if (!document.hasFocus() || document.activeElement !== document.body) return;
        this.#stage.focus(this.#store.state.showsTable);
      },
      ended: ({ endpoint, status }) => {
        this.#voice.say(`The session of ${endpoint} ended: ${status}.`, false);
      },
    });
  }

  #makeStatus(): StatusLine {
    return new StatusLine({
      follow: () => {
        this.#playback.pause();
        this.#follower.follow();
        this.#showLive();
      },
      locateAudio: () => {
        const { audioKey } = this.#sound;
        if (audioKey !== null) this.#api.post({ type: 'locateAudio', audioKey });
      },
    });
  }

  #makePictures(): AudioPictures {
    return new AudioPictures({
      requestSamples: (audioKey, fromSample, count) => {
        this.#api.post({ type: 'samples', audioKey, fromSample, count });
      },
      requestSpectrogram: (audioKey, fromMs, toMs, columns) => {
        this.#api.post({ type: 'spectrogram', audioKey, fromMs, toMs, columns });
      },
    });
  }

  #makeLanes(): LaneList {
    return new LaneList({
      select: (lane) => {
        const { selection } = this.#store.state;
        if (selection.lane === lane) return;
        this.#store.update({ selection: { ...selection, lane, delta: null } });
      },
      openRun: (key) => {
        this.#api.post({ type: 'openRun', key });
      },
      remove: (key) => {
        this.#api.post({ type: 'removeLane', key });
      },
    });
  }

  #makeToolbar(): TimelineToolbar {
    return new TimelineToolbar({
      run: (action) => {
        this.#run(action);
      },
      setSpeed: (speed) => {
        this.#store.update({ speed });
      },
      addLane: () => {
        this.#api.post({ type: 'addLane' });
      },
      isMac,
    });
  }

  #makeTable(): DeltaTableView {
    return new DeltaTableView(this.#keeper.sort, {
      select: (delta) => {
        const { lanes, selection } = this.#store.state;
        const lane = lanes.find(({ key }) => key === selection.lane);
        if (lane) this.#store.update(goToDelta(this.#store.state, lane, delta));
      },
      copy: (text) => {
        this.#api.post({ type: 'copy', text });
      },
      sorted: (sort) => {
        this.#keeper.setSort(sort);
      },
      stepLane: (step) => {
        this.#run(step > 0 ? 'nextLane' : 'previousLane');
      },
    });
  }

  #makeDrawer(): DetailDrawer {
    return new DetailDrawer({
      askFrame: (key, message) => {
        this.#api.post({ type: 'frame', key, message });
      },
      copy: (text) => {
        this.#api.post({ type: 'copy', text });
      },
      playToDelta: () => {
        this.#run('playToDelta');
      },
      playSelection: () => {
        this.#run('playSelection');
      },
      step: (step) => {
        this.#store.update(deltaStep(step)(this.#store.state));
      },
    });
  }
}
