import { wavHead } from '../../../src/dialects/protocols/wavHead.ts';
import { SpokenWords } from './dialectServer.ts';
import type { DialectServerKind, ServerConnection, ServerProtocol } from './dialectServer.ts';

/** How a WhisperLiveKit server may be set up. */
export interface WhisperLiveKitBehaviour {
  /** Decodes a file that comes as a stream, instead of taking raw samples. */
  takesFile?: boolean;
  /** Cannot decode files. */
  lacksDecoder?: boolean;
  /** In diff mode, forgets the lines before the last ones. */
  keepsLines?: number;
}

interface Line {
  speaker: number;
  text: string;
  start: string;
  end: string;
}

interface State {
  status: string;
  lines: Line[];
  buffer_transcription: string;
  buffer_diarization: string;
  buffer_translation: string;
  remaining_time_transcription: number;
  remaining_time_transcription_processing: number;
  remaining_time_transcription_policy: number;
  remaining_time_diarization: number;
  error?: string;
}

function clock(seconds: number): string {
  return `0:00:${seconds.toFixed(2).padStart(5, '0')}`;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Words become a line by twos; the last word is a guess until the next one comes. */
function stateOf(words: readonly string[], isEnd: boolean, remaining: number): State {
  const committed = isEnd ? words : words.slice(0, -1);
  const lines: Line[] = [];
  for (let at = 0; at < committed.length; at += 2) {
    const pair = committed.slice(at, at + 2);
    const text = ` ${pair.join(' ')}`;
    const end = clock((at + pair.length) / 10);
    lines.push({ speaker: 1, text, start: clock(at / 10), end });
  }
  return {
    status: words.length === 0 ? 'no_audio_detected' : 'active_transcription',
    lines,
    buffer_transcription: isEnd ? '' : (words.at(-1) ?? ''),
    buffer_diarization: '',
    buffer_translation: '',
    remaining_time_transcription: remaining,
    remaining_time_transcription_processing: 0,
    remaining_time_transcription_policy: remaining,
    remaining_time_diarization: 0,
  };
}

class WhisperLiveKitProtocol implements ServerProtocol {
  readonly #connection: ServerConnection;
  readonly #behaviour: WhisperLiveKitBehaviour;
  readonly #spoken: SpokenWords;
  readonly #mode: string;
  readonly #language: string | null;
  #messages = 0;
  #hasHead = false;
  #isStopping = false;
  #seq = 0;
  #sentLines: Line[] = [];

  constructor(connection: ServerConnection, behaviour: WhisperLiveKitBehaviour) {
    this.#connection = connection;
    this.#behaviour = behaviour;
    this.#spoken = new SpokenWords(connection.script);
    const { searchParams } = new URL(connection.request.url ?? '', 'ws://host');
    this.#mode = searchParams.get('mode') ?? 'full';
    this.#language = searchParams.get('language');
  }

  opened(): void {
    const isKnown = this.#language === null || /^(en|de|fr)$/.test(this.#language);
    if (!isKnown) {
      this.#connection.send({ type: 'error', error: `Unsupported language: ${this.#language}` });
      this.#connection.close(4400, 'invalid session parameters');
      return;
    }
    if (this.#mode !== 'full' && this.#mode !== 'diff') this.#connection.violation('unknown mode');
    const useAudioWorklet = !this.#behaviour.takesFile;
    this.#connection.send({ type: 'config', useAudioWorklet, mode: this.#mode });
    if (this.#behaviour.lacksDecoder) {
      this.#send({ ...stateOf([], true, 0), status: 'error', error: 'FFmpeg failed to start.' });
      this.#connection.send({ type: 'ready_to_stop' });
      return;
    }
    // Before any audio the server says that it heard none.
    this.#send(stateOf([], false, 0));
  }

  text(): void {
    this.#connection.violation('a text frame');
    this.#connection.close(1011);
  }

  binary(bytes: Buffer): void {
    if (this.#isStopping) {
      this.#connection.violation('audio after the end');
    } else if (bytes.length === 0) {
      this.#stop();
    } else if (this.#behaviour.takesFile && !this.#hasHead) {
      this.#head(bytes);
    } else {
      this.#audio(bytes);
    }
  }

  fail(): void {
    this.#send({ ...stateOf([], true, 0), status: 'error', error: 'FFmpeg error: restart failed' });
  }

  /** The name and the format of a file, whatever its length. */
  #head(bytes: Buffer): void {
    this.#hasHead = true;
    const expected = Buffer.from(wavHead(16_000, 0));
    const format = (head: Buffer): Buffer => Buffer.concat([head.subarray(8, 40)]);
    const isHead = bytes.length === expected.length && format(bytes).equals(format(expected));
    if (!isHead) this.#connection.violation('audio that no decoder knows');
  }

  #audio(pcm: Buffer): void {
    this.#messages += 1;
    if (pcm.length % 2 === 1) this.#connection.violation('half a sample');
    if (!this.#connection.heard(pcm)) return;
    if (this.#spoken.advance()) {
      const words = this.#spoken.words;
      // What was heard of a word is not always the word.
      this.#send(stateOf([...words.slice(0, -1), `${words.at(-1) ?? ''}s`], false, 0.4));
      this.#send(stateOf(words, false, 0.4));
    }
    this.#send(stateOf(this.#spoken.words, false, this.#messages / 10));
  }

  #stop(): void {
    this.#isStopping = true;
    if (this.#connection.script.neverDone) return;
    this.#send(stateOf(this.#spoken.finish(), true, 0));
    this.#connection.later(10, () => {
      this.#connection.send({ type: 'ready_to_stop' });
    });
  }

  #send(state: State): void {
    if (this.#mode === 'full') {
      this.#connection.send(state);
      return;
    }
    this.#seq += 1;
    const lines = state.lines.slice(-(this.#behaviour.keepsLines ?? Infinity));
    const before = this.#sentLines;
    this.#sentLines = lines;
    if (this.#seq === 1) {
      this.#connection.send({ type: 'snapshot', seq: 1, ...state, lines });
    } else {
      this.#connection.send({ type: 'diff', seq: this.#seq, ...difference(state, lines, before) });
    }
  }
}

/** Where the first line is not one of those before, all of them count as forgotten. */
function difference(state: State, lines: readonly Line[], before: readonly Line[]): object {
  const found = before.findIndex((line) => isSame(line, lines[0]));
  const pruned = found < 0 ? before.length : found;
  let same = 0;
  while (same < lines.length && isSame(lines[same], before[pruned + same])) same += 1;
  return {
    ...state,
    lines: undefined,
    n_lines: lines.length,
    ...(pruned > 0 ? { lines_pruned: pruned } : {}),
    ...(same < lines.length ? { new_lines: lines.slice(same) } : {}),
  };
}

export function whisperLiveKitServerThat(behaviour: WhisperLiveKitBehaviour): DialectServerKind {
  return {
    dialect: 'whisperlivekit',
    paths: ['/asr'],
    protocol: (connection) => new WhisperLiveKitProtocol(connection, behaviour),
  };
}

/** A WhisperLiveKit server that takes raw samples. */
export const whisperLiveKitServer = whisperLiveKitServerThat({});
