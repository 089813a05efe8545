/** How many tokens an alignment kept, changed, lost and added. */
export interface EditCounts {
  hits: number;
  substitutions: number;
  deletions: number;
  insertions: number;
}

export type AlignmentChunkType = 'equal' | 'substitute' | 'delete' | 'insert';

/** A run of one operation. Spans are half-open token indices: `[start, end)`. */
export interface AlignmentChunk {
  type: AlignmentChunkType;
  refStart: number;
  refEnd: number;
  hypStart: number;
  hypEnd: number;
}

/** How a hypothesis differs from its reference. The chunks cover both sides without gaps. */
export interface Alignment {
  chunks: AlignmentChunk[];
  counts: EditCounts;
}

/** Errors of an alignment: the edit distance. */
export function editTotal(counts: EditCounts): number {
  return counts.substitutions + counts.deletions + counts.insertions;
}
