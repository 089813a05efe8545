import { timelineActions, type TimelineActionId } from '../../src/timeline/timelineActions.ts';
import { button, dropdown, setPressed, type ValueControl } from '../shared/controls.ts';
import { element, icon } from '../shared/element.ts';
import { keyLabels } from '../shared/keyLabels.ts';
import { makeRoving } from '../shared/roving.ts';
import { clockTime } from '../../src/timeline/formatTime.ts';
import { speeds } from './playback.ts';
import type { TimelineState } from './timelineState.ts';

export interface ToolbarOptions {
  run: (action: TimelineActionId) => void;
  setSpeed: (speed: number) => void;
  addLane: () => void;
  isMac: boolean;
}

type Shows = (state: TimelineState) => boolean;

interface Tool {
  action: TimelineActionId;
  icon: string;
  /** For buttons that stay pressed. */
  isOn?: Shows;
}

const playTools: readonly Tool[] = [
  { action: 'playPause', icon: 'play' },
  { action: 'loop', icon: 'sync', isOn: ({ isLooping }) => isLooping },
];

const zoomTools: readonly Tool[] = [
  { action: 'zoomAll', icon: 'screen-full' },
  { action: 'zoomSelection', icon: 'arrow-both' },
  { action: 'zoomOut', icon: 'zoom-out' },
  { action: 'zoomIn', icon: 'zoom-in' },
];

const showTools: readonly Tool[] = [
  { action: 'toggleTable', icon: 'table', isOn: ({ showsTable }) => showsTable },
  { action: 'toggleOverlay', icon: 'layers', isOn: ({ layout }) => layout === 'overlaid' },
  {
    action: 'toggleConnectors',
    icon: 'type-hierarchy-sub',
    isOn: ({ showsConnectors }) => showsConnectors,
  },
  {
    action: 'toggleSpectrogram',
    icon: 'graph',
    isOn: ({ showsSpectrogram }) => showsSpectrogram,
  },
];

/** What can be done, for the pointer; one tab stop. */
export class TimelineToolbar {
  readonly root: HTMLElement;
  readonly #options: ToolbarOptions;
  readonly #toggles: { made: HTMLElement; isOn: Shows }[] = [];
  readonly #play: HTMLElement;
  readonly #overlay: HTMLElement;
  readonly #speed: ValueControl;
  readonly #time = element('span', { class: 'time-now' }, clockTime(0));
  readonly #length = element('span', { class: 'time-length' });

  constructor(options: ToolbarOptions) {
    this.#options = options;
    const made = (tools: readonly Tool[]) => tools.map((tool) => this.#tool(tool));
    const play = made(playTools);
    const zoom = made(zoomTools);
    const show = made(showTools);
    this.#play = play[0]!;
    this.#overlay = show[1]!;
    this.#speed = this.#speedControl();
    const addLane = button(icon('add'), {
      appearance: 'icon',
      ...named('Add a lane: another session on the same axis'),
      on: { click: options.addLane },
    });
    const sheet = this.#tool({ action: 'shortcuts', icon: 'keyboard' });
    this.root = element('div', { class: 'tools', role: 'toolbar', aria: { label: 'Timeline' } }, [
      group([...play, this.#speed]),
      element('span', { class: 'time' }, [this.#time, this.#length]),
      group(zoom),
      group(show),
      group([addLane, sheet]),
    ]);
    makeRoving(this.root, [...play, this.#speed, ...zoom, ...show, addLane, sheet]);
  }

  /** @param endMs of everything that is shown */
  update(state: TimelineState, endMs: number): void {
    setText(this.#time, clockTime(state.playheadMs));
    setText(this.#length, ` / ${clockTime(endMs)}`);
    for (const { made, isOn } of this.#toggles) {
      setPressed(made, isOn(state));
    }
    const label = state.isPlaying ? 'Pause' : 'Play';
    if (this.#play.getAttribute('aria-label') !== label) {
      this.#play.setAttribute('aria-label', label);
      this.#play.title = `${label} (${keysOf('playPause', this.#options.isMac)})`;
      this.#play.firstElementChild!.className = `codicon codicon-${state.isPlaying ? 'debug-pause' : 'play'}`;
    }
    this.#overlay.hidden = state.lanes.length < 2;
    if (this.#speed.value !== String(state.speed)) this.#speed.value = String(state.speed);
  }

  focus(): void {
    this.root.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  #tool({ action, icon: name, isOn }: Tool): HTMLElement {
    const { title } = timelineActions.find(({ id }) => id === action)!;
    const made = button(icon(name), {
      appearance: 'icon',
      title: `${title} (${keysOf(action, this.#options.isMac)})`,
      aria: { label: title },
      data: { action },
      on: {
        click: () => {
          this.#options.run(action);
        },
      },
    });
    if (isOn) this.#toggles.push({ made, isOn });
    return made;
  }

  #speedControl(): ValueControl {
    const options = speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }));
    const made = dropdown(options, '1', {
      class: 'speed',
      title: `Speed of the sound (${keysOf('slower', false)} ${keysOf('faster', false)})`,
      aria: { label: 'Speed' },
      on: {
        change: () => {
          this.#options.setSpeed(Number(made.value));
        },
      },
    });
    return made;
  }
}

function named(label: string) {
  return { title: label, aria: { label } };
}

function group(items: readonly HTMLElement[]): HTMLElement {
  return element('span', { class: 'tool-group' }, items);
}

function keysOf(action: TimelineActionId, isMac: boolean): string {
  const { keys } = timelineActions.find(({ id }) => id === action)!;
  return keyLabels(keys[0], isMac).join('+');
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
