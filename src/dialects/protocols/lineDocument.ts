import type { Line } from './whisperLiveKitMessages.ts';

/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u;

/** Texts of which each begins a new stretch of speech, as one. */
export function joinSpeech(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .reduce((joined, text) => {
      const isUnspaced = unspaced.test(joined.slice(-1)) && unspaced.test(text.slice(0, 1));
      return joined === '' || isUnspaced ? joined + text : `${joined} ${text}`;
    }, '');
}

/** Seconds of `H:MM:SS` or `H:MM:SS.cc`; null for what is neither. */
function seconds(clock: string | null | undefined): number | null {
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(clock ?? '');
  return match ? Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]) : null;
}

function isBefore(line: Line, time: number): boolean {
  const start = seconds(line.start);
  const end = seconds(line.end);
  return start !== null && end !== null && start < time && end <= time;
}

/** The lines of a transcript that is revised and whose begin the server may forget. */
export class LineDocument {
  #forgotten = '';
  #lines: readonly Line[] = [];

  /** These are the server's lines now. Those that ended before the first of them are kept. */
  replace(lines: readonly Line[]): void {
    const begin = seconds(lines[0]?.start);
    const gone = this.#lines.filter((line) => begin !== null && isBefore(line, begin));
    this.#forgotten = joinSpeech([this.#forgotten, ...texts(gone)]);
    this.#lines = lines;
  }

  /**
   * Drops `pruned` lines in front, then makes `newLines` the last of `count` lines.
   * @returns whether there are `count` lines now.
   */
  change(pruned: number, newLines: readonly Line[], count: number): boolean {
    const kept = this.#lines.slice(pruned).slice(0, Math.max(count - newLines.length, 0));
    this.replace([...kept, ...newLines]);
    return this.#lines.length === count;
  }

  texts(): string[] {
    return [this.#forgotten, ...texts(this.#lines)];
  }
}

function texts(lines: readonly Line[]): string[] {
  return lines.map(({ text }) => text ?? '');
}
