import type { FromRunEditor, RunPlace, ToRunEditor } from '../../src/runview/runEditorMessages.ts';
import type { RunView, SessionDetail, SessionRow } from '../../src/runview/runView.ts';
import { element } from '../shared/element.ts';
import { onThemeChange } from '../shared/theme.ts';
import type { VsCodeApi } from '../shared/vscodeApi.ts';
import { endpointSection, type EndpointSection } from './endpointSection.ts';
import { EndpointTabs } from './endpointTabs.ts';
import { pageStateOf, type PageState } from './pageState.ts';
import { problemBanner, problemPage, type RunProblem } from './problemView.ts';
import { RunHeader } from './runHeader.ts';
import { SessionPane } from './sessionPane.ts';
import { SessionTable } from './sessionTable.ts';
import { versionsBanner } from './versionsBanner.ts';

export type RunEditorApi = VsCodeApi<FromRunEditor, ToRunEditor>;

type RunMessage = Extract<ToRunEditor, { type: 'run' }>;

/** Nobody should see a message that flashes by. */
const patienceMs = 200;

/** The whole page: shows what the extension says, and tells it what the user does. */
export class RunPage {
  readonly #root: HTMLElement;
  readonly #api: RunEditorApi;
  readonly #header: RunHeader;
  readonly #tabs: EndpointTabs;
  readonly #pane: SessionPane;
  readonly #banner = element('div', {});
  readonly #versions = element('div', {});
  readonly #panel = element('div', { id: 'endpoint-panel' });
  #state: PageState;
  #view: RunView | null = null;
  #endpoint: EndpointSection | null = null;
  #table: SessionTable | null = null;
  /** Whether another version of the run is shown beside. */
  #isLinked = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement, api: RunEditorApi) {
    this.#root = root;
    this.#api = api;
    this.#state = pageStateOf(api.savedState());
    this.#header = new RunHeader({
      editTitle: (title, edit) => {
        api.post({ type: 'editTitle', title, edit });
      },
      editNotes: (notes, edit) => {
        api.post({ type: 'editNotes', notes, edit });
      },
      runAgain: () => {
        api.post({ type: 'runAgain' });
      },
    });
    this.#tabs = new EndpointTabs((endpointId) => {
      this.#chooseEndpoint(endpointId);
    });
    this.#pane = new SessionPane({
      hideBlank: (hideBlank) => {
        this.#remember({ hideBlank });
      },
      copy: (text) => {
        api.post({ type: 'copy', text });
      },
      openTimeline: (session, message) => {
        this.#openTimeline(session, message);
      },
      openTranscript: ({ id }) => {
        this.#api.post({ type: 'openTranscript', sessionId: id });
      },
    });
    onThemeChange(() => this.#endpoint?.redraw());
    window.addEventListener('keydown', (event) => {
      // Before VS Code saves: the workbench gets the key after the page.
      if ((event.ctrlKey || event.metaKey) && event.key === 's') this.#header.flush();
    });
  }

  receive(message: ToRunEditor): void {
    if (message.type === 'versions') {
      this.#link(message.isLinked);
      return;
    }
    clearTimeout(this.#waiting);
    switch (message.type) {
      case 'loading':
        this.#waiting = setTimeout(() => {
          this.#root.replaceChildren(element('h1', { class: 'loading hint' }, 'Reading the run…'));
        }, patienceMs);
        return;
      case 'run':
        this.#showRun(message);
        return;
      case 'problem':
        this.#showProblem(message);
        return;
      case 'detail':
        this.#showDetail(message.detail);
        return;
      case 'follow':
        this.#follow(message.place);
    }
  }

  #link(isLinked: boolean): void {
    this.#isLinked = isLinked;
    const open = () => {
      this.#api.post({ type: 'openComparison' });
    };
    this.#versions.replaceChildren(...(isLinked ? [versionsBanner(open)] : []));
  }

  /** Goes where the reader of the other version is, as far as this one has the same. */
  #follow({ endpointId, ...place }: RunPlace): void {
    const isKnown = this.#view?.endpoints.some(({ id }) => id === endpointId) === true;
    const isOther = isKnown && endpointId !== this.#state.endpointId;
    const { sessionId } = this.#state;
    this.#keep({ ...place, ...(isKnown && { endpointId }) });
    if (isOther) this.#showEndpoint();
    else this.#table?.update(this.#state);
    if (place.sessionId === sessionId) return;
    this.#restoreSelection();
    if (place.sessionId !== null) this.#table?.root.scrollIntoView({ block: 'nearest' });
  }

  #showRun(message: RunMessage): void {
    const { view } = message;
    const before = this.#view;
    this.#view = view;
    this.#banner.replaceChildren();
    this.#header.update(message);
    if (before && this.#header.root.isConnected && sameFigures(before, view)) return;
    this.#root.replaceChildren(
      this.#versions,
      this.#banner,
      this.#header.root,
      ...this.#body(view),
    );
    this.#table?.update(this.#state);
    this.#restoreSelection();
  }

  #body(view: RunView): HTMLElement[] {
    this.#endpoint?.dispose();
    this.#endpoint = null;
    this.#table = null;
    if (view.sessions.length === 0) return [emptyRun()];
    const { endpointId } = this.#state;
    const known = view.endpoints.some(({ id }) => id === endpointId);
    const chosen = known ? endpointId : (view.endpoints[0]?.id ?? null);
    this.#state = { ...this.#state, endpointId: chosen };
    this.#tabs.update(view.endpoints, chosen);
    this.#fillPanel();
    this.#table = new SessionTable(view, this.#state, {
      select: (session) => {
        this.#select(session);
      },
      open: (session) => {
        this.#openTimeline(session, null);
      },
      copy: (text) => {
        this.#api.post({ type: 'copy', text });
      },
      change: (change) => {
        this.#remember(change);
        this.#table?.update(this.#state);
      },
    });
    const explorer = element('div', { class: 'explorer' }, [this.#table.root, this.#pane.root]);
    return [this.#tabs.root, this.#panel, explorer];
  }

  #fillPanel(): void {
    this.#endpoint?.dispose();
    const endpoints = this.#view?.endpoints ?? [];
    const chosen = endpoints.find(({ id }) => id === this.#state.endpointId);
    this.#endpoint = chosen ? endpointSection(chosen) : null;
    if (endpoints.length > 1) this.#panel.setAttribute('role', 'tabpanel');
    else this.#panel.removeAttribute('role');
    if (endpoints.length > 1) this.#panel.setAttribute('aria-label', chosen?.id ?? '');
    else this.#panel.removeAttribute('aria-label');
    this.#panel.replaceChildren(...(this.#endpoint ? [this.#endpoint.root] : []));
  }

  #chooseEndpoint(endpointId: string): void {
    this.#remember({ endpointId, sessionId: null });
    this.#showEndpoint();
    this.#restoreSelection();
  }

  #showEndpoint(): void {
    this.#tabs.update(this.#view?.endpoints ?? [], this.#state.endpointId);
    this.#fillPanel();
    this.#table?.update(this.#state);
  }

  #openTimeline({ id }: SessionRow, message: number | null): void {
    this.#api.post({ type: 'openTimeline', sessionId: id, message });
  }

  #select(session: SessionRow): void {
    this.#remember({ sessionId: session.id });
    this.#showSession(session);
  }

  #showSession(session: SessionRow): void {
    this.#table?.select(session);
    this.#pane.wait(session);
    this.#api.post({ type: 'select', sessionId: session.id });
  }

  #restoreSelection(): void {
    const session = this.#sessionOf(this.#state.sessionId);
    if (!session) {
      this.#table?.select(null);
      this.#pane.clear();
      return;
    }
    this.#showSession(session);
    this.#table?.reveal();
  }

  #showDetail(detail: SessionDetail): void {
    const session = this.#sessionOf(detail.id);
    // Another one may have been chosen meanwhile.
    if (!session || detail.id !== this.#state.sessionId) return;
    this.#pane.show(session, detail, this.#state.hideBlank);
  }

  #sessionOf(id: string | null): SessionRow | undefined {
    return this.#view?.sessions.find((session) => session.id === id);
  }

  #showProblem(problem: RunProblem): void {
    const openAsText = () => {
      this.#api.post({ type: 'openAsText' });
    };
    if (this.#view) this.#banner.replaceChildren(problemBanner(problem, openAsText));
    else this.#root.replaceChildren(problemPage(problem, openAsText));
  }

  /** What the reader did: the pane of the other version follows. */
  #remember(change: Partial<PageState>): void {
    this.#keep(change);
    if (!this.#isLinked) return;
    const { endpointId, sessionId, sort, query } = this.#state;
    this.#api.post({ type: 'place', place: { endpointId, sessionId, sort, query } });
  }

  #keep(change: Partial<PageState>): void {
    this.#state = { ...this.#state, ...change };
    this.#api.saveState(this.#state);
  }
}

function emptyRun(): HTMLElement {
  return element('section', { class: 'empty' }, [
    element('h2', {}, 'No session has ended'),
    element('p', { class: 'hint' }, 'The run was stopped before its first result.'),
  ]);
}

/** Whether two views differ at most in title, notes and warnings. */
function sameFigures(a: RunView, b: RunView): boolean {
  return (
    JSON.stringify([a.endpoints, a.columns, a.sessions]) ===
    JSON.stringify([b.endpoints, b.columns, b.sessions])
  );
}
