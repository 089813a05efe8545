import { compareActions, type CompareAction } from '../../src/compareview/compareActions.ts';
import type { FromCompare, ToCompare } from '../../src/compareview/compareMessages.ts';
import { element, icon } from '../shared/element.ts';
import { KeySheet } from '../shared/keySheet.ts';
import { LiveRegion } from '../shared/liveRegion.ts';
import { onThemeChange } from '../shared/theme.ts';
import type { VsCodeApi } from '../shared/vscodeApi.ts';
import { AllRunsView } from './allRunsView.ts';
import { CompareHeader } from './compareHeader.ts';
import { actionOfKey, keySheetText } from './compareKeys.ts';
import type { ComparePart } from './comparePart.ts';
import {
  CompareStore,
  firstState,
  showsAllRuns,
  shownPair,
  type CompareState,
} from './compareState.ts';
import { PairTabs } from './pairTabs.ts';
import { PairView } from './pairView.ts';
import type { Picture } from './plots/distributionView.ts';
import { ProgressLine } from './progressLine.ts';
import { savedStateOf, stateToSave } from './savedState.ts';
import { spokenChange } from './speaker.ts';
import { UtterancePane } from './utterance/utterancePane.ts';
import { UtteranceList } from './utterances/utteranceList.ts';

export type CompareApi = VsCodeApi<FromCompare, ToCompare>;

const isMac = navigator.platform.includes('Mac');
/** Controls in which a typed character is text. */
const typing = 'input, textarea, select, vscode-text-field, vscode-dropdown';

/** The whole page: shows what the extension says, and tells it what the user does. */
export class ComparePage {
  readonly #root: HTMLElement;
  readonly #post: (message: FromCompare) => void;
  readonly #store: CompareStore;
  readonly #progress = new ProgressLine();
  readonly #header: CompareHeader;
  readonly #tabs: PairTabs;
  readonly #pair: PairView;
  readonly #allRuns: AllRunsView;
  readonly #list: ComparePart;
  readonly #utterance: ComparePart;
  readonly #method = element('p', { class: 'method hint', dir: 'auto' });
  readonly #sheet = new KeySheet(keySheetText, isMac);
  readonly #voice = new LiveRegion();
  readonly #panel: HTMLElement;

  constructor(root: HTMLElement, api: CompareApi) {
    this.#root = root;
    this.#post = (message) => {
      api.post(message);
    };
    this.#store = new CompareStore({ ...firstState(), ...savedStateOf(api.savedState()) });
    this.#list = new UtteranceList(this.#store, this.#post);
    this.#utterance = new UtterancePane(this.#store, this.#post);
    const savePicture = () => {
      this.#savePicture(this.#shownPicture());
    };
    this.#header = this.#makeHeader(savePicture);
    this.#tabs = new PairTabs(this.#store);
    this.#pair = new PairView(this.#store, { post: this.#post, savePicture }, [
      this.#list.root,
      this.#utterance.root,
    ]);
    this.#allRuns = new AllRunsView(this.#store, {
      post: this.#post,
      savePicture: (picture) => {
        this.#savePicture(picture);
      },
    });
    this.#panel = element('div', { id: 'comparison-panel' }, [
      this.#allRuns.root,
      this.#pair.root,
      this.#method,
    ]);
    this.#store.subscribe((state, before) => {
      api.saveState(stateToSave(state));
      this.#update(state);
      const said = spokenChange(state, before);
      if (said !== null) this.#voice.say(said, false);
    });
    this.#listen();
  }

  receive(message: ToCompare): void {
    this.#list.receive(message);
    this.#utterance.receive(message);
    switch (message.type) {
      case 'comparison':
        this.#showContent();
        if (message.isOutdated) this.#showProgress('Comparing again', null);
        else this.#progress.done();
        this.#store.update({ view: message.view, isOutdated: message.isOutdated });
        return;
      case 'progress':
        this.#showProgress(message.label, message.share);
        return;
      case 'problem':
        this.#progress.done();
        this.#showProblem(message.message);
        return;
      case 'action': {
        const action = compareActions.find((known) => known === message.action);
        if (action) this.#perform(action);
        return;
      }
      // Theirs who asked.
      case 'utterances':
      case 'utterance':
      case 'audio':
      case 'peaks':
      case 'samples':
        return;
    }
  }

  #makeHeader(savePicture: () => void): CompareHeader {
    const actions = {
      swapSides: () => {
        this.#perform('swapSides');
      },
      savePicture,
      showKeys: () => {
        this.#sheet.open();
      },
    };
    return new CompareHeader(this.#post, actions);
  }

  #listen(): void {
    onThemeChange(() => {
      this.#pair.redraw();
      this.#allRuns.redraw();
    });
    document.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  #update(state: CompareState): void {
    this.#header.update(state);
    this.#tabs.update(state);
    const isTabbed = !this.#tabs.root.hidden;
    if (isTabbed) this.#panel.setAttribute('role', 'tabpanel');
    else this.#panel.removeAttribute('role');
    this.#pair.update(state);
    this.#allRuns.update(state);
    this.#list.update(state);
    this.#utterance.update(state);
    this.#method.textContent = state.view?.method ?? '';
  }

  #showContent(): void {
    if (this.#header.root.isConnected) return;
    this.#header.status.append(this.#progress.root);
    this.#root.replaceChildren(
      this.#progress.bar,
      this.#header.root,
      this.#tabs.root,
      this.#panel,
      this.#sheet.root,
      this.#voice.root,
    );
  }

  /** What is in sight stays, and is said to be older. */
  #showProgress(label: string, share: number | null): void {
    const isOlder = this.#header.root.isConnected;
    if (!isOlder) this.#showWaiting();
    this.#progress.show(isOlder ? `Outdated: ${label}` : label, share);
  }

  /** Before there is anything to show. */
  #showWaiting(): void {
    if (this.#progress.root.isConnected && !this.#header.root.isConnected) return;
    this.#root.replaceChildren(
      this.#progress.bar,
      element('section', { class: 'loading' }, [
        element('h1', { class: 'spoken' }, 'Comparison'),
        this.#progress.root,
      ]),
    );
  }

  #showProblem(message: string): void {
    this.#root.replaceChildren(
      element('section', { class: 'problem', role: 'alert' }, [
        icon('error', 'problem-icon'),
        element('h1', {}, 'The runs cannot be compared'),
        element('p', { class: 'problem-message', dir: 'auto' }, message),
      ]),
    );
  }

  #perform(action: CompareAction): void {
    const { state } = this.#store;
    const pair = shownPair(state);
    if (action === 'swapSides') {
      if (pair) this.#post({ type: 'makeBaseline', run: pair.b.run });
      return;
    }
    for (const part of [this.#utterance, this.#list]) {
      const hasFocus = part.root.contains(document.activeElement);
      if (hasFocus && (part.perform(action) || this.#list.perform(action))) return;
    }
    if (!showsAllRuns(state)) this.#pair.goToDifference(action);
  }

  #shownPicture(): Picture | null {
    const shown = showsAllRuns(this.#store.state) ? this.#allRuns : this.#pair;
    return shown.picture();
  }

  #savePicture(picture: Picture | null): void {
    if (picture) this.#post({ type: 'savePicture', ...picture });
    else this.#voice.say('There is no plot to save.', false);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || !this.#header.root.isConnected) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(typing)) return;
    if (event.key === '?' && !event.ctrlKey && !event.metaKey) this.#sheet.open();
    else {
      const action = this.#sheet.isOpen ? null : actionOfKey(event);
      if (!action) return;
      this.#perform(action);
      // VS Code hears keys at the window, and its key binding would do the same once more.
      event.stopPropagation();
    }
    event.preventDefault();
  }
}
