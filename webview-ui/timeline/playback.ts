import type { Stretch } from '../../src/timeline/timelineSession.ts';
import { element } from '../shared/element.ts';
import type { TimelineState, TimelineStore } from './timelineState.ts';

/** Speeds to choose from. Pitch stays as spoken. */
export const speeds = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const;

/** Why there is no sound though there should be. */
export type PlaybackProblem = 'unsupported' | 'unreadable' | 'refused';

export interface PlaybackOptions {
  store: TimelineStore;
  /** All that can be played, milliseconds on the axis. */
  range: () => Stretch;
  /** Null: there is sound again, or none is expected. */
  onProblem: (problem: PlaybackProblem | null) => void;
}

/** Further apart than this, the playhead was moved by someone else. */
const samePlaceMs = 0.001;

/** Closer to the end than this there is nothing left to hear. */
const shortestMs = 1;

/**
 * Moves the playhead: with the sound where there is sound, and by a silent clock before it, after
 * it and without it, so that what arrived outside the audio is replayed as well.
 */
export class Playback {
  /** Belongs in the page, out of sight. */
  readonly root: HTMLAudioElement;
  readonly #options: PlaybackOptions;
  #uri: string | null = null;
  /** The sound leads the clock. */
  #sounds = false;
  #broken = false;
  #stopMs: number | null = null;
  #ownMs = 0;
  #frame = 0;
  #frameMs = 0;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.root = element('audio', { hidden: true, attributes: { preload: 'auto' } });
    this.root.preservesPitch = true;
    this.root.addEventListener('error', () => {
      this.#breakDown('unreadable');
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.pause();
    });
    options.store.subscribe((state, before) => {
      this.#follow(state, before);
    });
  }

  /** @param uri of a WAV file; null where there is no audio */
  setAudio(uri: string | null): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#silence();
    this.#broken = false;
    this.#options.onProblem(null);
    if (uri === null) {
      this.root.removeAttribute('src');
      return;
    }
    if (this.root.canPlayType('audio/wav') === '') {
      this.#breakDown('unsupported');
      return;
    }
    this.root.src = uri;
    if (this.#options.store.state.isPlaying) this.#sound();
  }

  /** @param stopMs where to stop, once; null plays to the end, or round and round */
  play(stopMs: number | null = null): void {
    const { store, range } = this.#options;
    const { isPlaying, isLooping, selection } = store.state;
    const { startMs, endMs } = (isLooping && stopMs === null ? selection.area : null) ?? range();
    this.#stopMs = stopMs;
    if (isPlaying) return;
    const at = store.state.playheadMs;
    if (at < startMs || at >= endMs - shortestMs) this.#moveTo(startMs);
    store.update({ isPlaying: true });
    this.#frameMs = performance.now();
    this.#sound();
    this.#frame = requestAnimationFrame((now) => {
      this.#step(now);
    });
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#sounds) this.#moveTo(this.root.currentTime * 1000);
    this.#silence();
    this.#stopMs = null;
    this.#options.store.update({ isPlaying: false });
  }

  toggle(): void {
    if (this.#options.store.state.isPlaying) this.pause();
    else this.play();
  }

  #step(now: number): void {
    const { store } = this.#options;
    const { playheadMs, speed } = store.state;
    const elapsedMs = Math.max(0, now - this.#frameMs);
    this.#frameMs = Math.max(now, this.#frameMs);
    const silentMs = playheadMs + elapsedMs * speed;
    const at = this.#sounds ? this.root.currentTime * 1000 : silentMs;
    if (this.root.ended) this.#sounds = false;
    this.#advance(playheadMs, at);
    if (!store.state.isPlaying) return;
    this.#frame = requestAnimationFrame((next) => {
      this.#step(next);
    });
  }

  #advance(fromMs: number, toMs: number): void {
    const { store, range } = this.#options;
    const { isLooping, selection } = store.state;
    const whole = range();
    const loop = isLooping ? (selection.area ?? whole) : null;
    const stops = [loop?.endMs ?? Infinity, this.#stopMs ?? Infinity];
    const end = Math.min(whole.endMs, ...stops.filter((ms) => ms > fromMs));
    if (toMs < end) {
      this.#moveTo(toMs);
      this.#sound();
    } else if (loop && end !== this.#stopMs) {
      this.#seek(loop.startMs);
    } else {
      this.#silence();
      this.#moveTo(end);
      this.pause();
    }
  }

  /** Lets the sound lead from here on, if there is any here. */
  #sound(): void {
    if (this.#sounds || !this.#hasSoundAt(this.#options.store.state.playheadMs)) return;
    this.#sounds = true;
    this.root.currentTime = this.#options.store.state.playheadMs / 1000;
    this.root.playbackRate = this.#options.store.state.speed;
    this.root.play().then(
      () => {
        this.#options.onProblem(null);
      },
      (error: unknown) => {
        this.#onRejected(error instanceof DOMException ? error.name : '');
      },
    );
  }

  #onRejected(name: string): void {
    // Paused before it began: nothing is wrong.
    if (name === 'AbortError') return;
    if (name !== 'NotAllowedError') {
      this.#breakDown('unreadable');
      return;
    }
    // Browsers want a click or a key first; the next one will do.
    this.pause();
    this.#options.onProblem('refused');
  }

  #hasSoundAt(ms: number): boolean {
    if (this.#uri === null || this.#broken || ms < 0) return false;
    const { duration } = this.root;
    // Not known yet: it will be, or there will be an error.
    return Number.isNaN(duration) || ms < duration * 1000 - shortestMs;
  }

  #silence(): void {
    this.#sounds = false;
    this.root.pause();
  }

  #breakDown(problem: PlaybackProblem): void {
    if (this.#uri === null) return;
    this.#silence();
    this.#broken = true;
    // The clock goes on from here without sound.
    this.#frameMs = performance.now();
    this.#options.onProblem(problem);
  }

  #follow(state: TimelineState, before: TimelineState): void {
    if (state.speed !== before.speed) this.root.playbackRate = state.speed;
    if (state.playheadMs === before.playheadMs) return;
    if (Math.abs(state.playheadMs - this.#ownMs) > samePlaceMs) this.#seek(state.playheadMs);
  }

  #seek(ms: number): void {
    const { isPlaying } = this.#options.store.state;
    if (this.#stopMs !== null && ms >= this.#stopMs) this.#stopMs = null;
    this.#moveTo(ms);
    this.#frameMs = performance.now();
    if (!isPlaying) return;
    if (this.#sounds && this.#hasSoundAt(ms)) {
      this.root.currentTime = ms / 1000;
      return;
    }
    this.#silence();
    this.#sound();
  }

  #moveTo(ms: number): void {
    this.#ownMs = ms;
    this.#options.store.update({ playheadMs: ms });
  }
}
