import type { Alignment, AlignmentChunk, AlignmentChunkType, EditCounts } from './alignment.ts';

/** Collects operations from the end of both texts to their beginning. */
export class ChunkBuilder {
  readonly #chunks: AlignmentChunk[] = [];
  /** The chunk added last, so the first in the texts. */
  #first: AlignmentChunk | null = null;
  #ref: number;
  #hyp: number;

  constructor(referenceLength: number, hypothesisLength: number) {
    this.#ref = referenceLength;
    this.#hyp = hypothesisLength;
  }

  /** Puts `length` operations of one type before those already there. */
  prepend(type: AlignmentChunkType, length: number): void {
    if (length === 0) return;
    const refEnd = this.#ref;
    const hypEnd = this.#hyp;
    if (type !== 'insert') this.#ref -= length;
    if (type !== 'delete') this.#hyp -= length;
    const later = this.#first;
    if (later !== null && later.type === type) {
      later.refStart = this.#ref;
      later.hypStart = this.#hyp;
      return;
    }
    this.#first = { type, refStart: this.#ref, refEnd, hypStart: this.#hyp, hypEnd };
    this.#chunks.push(this.#first);
  }

  /** The finished alignment; the builder must not be used after it. */
  finish(): Alignment {
    return { chunks: this.#chunks.reverse(), counts: countEdits(this.#chunks) };
  }
}

function countEdits(chunks: readonly AlignmentChunk[]): EditCounts {
  const counts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };
  for (const { type, refStart, refEnd, hypStart, hypEnd } of chunks) {
    if (type === 'equal') counts.hits += refEnd - refStart;
    else if (type === 'substitute') counts.substitutions += refEnd - refStart;
    else if (type === 'delete') counts.deletions += refEnd - refStart;
    else counts.insertions += hypEnd - hypStart;
  }
  return counts;
}
