import type { AlignedTexts } from './alignTexts.ts';
import type { AlignmentChunk } from './alignment.ts';
import { displayWidth } from './displayWidth.ts';

const labels = { reference: 'REF: ', hypothesis: 'HYP: ', operation: '     ' };

/** One column of the picture: what stands on each row. */
interface Cell {
  reference: string;
  hypothesis: string;
  operation: '' | 'S' | 'D' | 'I';
  width: number;
}

/**
 * An alignment to print: the two texts above each other, `*` where one has no word, and below
 * them S, D or I under every error. Lines are broken at `maxColumns`; blocks of three lines are
 * parted by an empty one. Empty texts give an empty string.
 */
export function formatAlignment(texts: AlignedTexts, maxColumns = 100): string {
  const cells = texts.alignment.chunks.flatMap((chunk) => chunkCells(texts, chunk));
  const blocks: string[] = [];
  let row: Cell[] = [];
  let columns = labels.reference.length;
  for (const cell of cells) {
    if (row.length > 0 && columns + cell.width > maxColumns) {
      blocks.push(formatBlock(row));
      row = [];
      columns = labels.reference.length;
    }
    row.push(cell);
    columns += cell.width + 1;
  }
  if (row.length > 0) blocks.push(formatBlock(row));
  return blocks.join('\n\n');
}

function chunkCells(texts: AlignedTexts, chunk: AlignmentChunk): Cell[] {
  const references = texts.reference.tokens.slice(chunk.refStart, chunk.refEnd);
  const hypotheses = texts.hypothesis.tokens.slice(chunk.hypStart, chunk.hypEnd);
  const operation = operationLetter[chunk.type];
  const length = Math.max(references.length, hypotheses.length);
  return Array.from({ length }, (_, index) =>
    makeCell(references[index] ?? null, hypotheses[index] ?? null, operation),
  );
}

const operationLetter = { equal: '', substitute: 'S', delete: 'D', insert: 'I' } as const;

function makeCell(
  reference: string | null,
  hypothesis: string | null,
  operation: Cell['operation'],
): Cell {
  const width = Math.max(displayWidth(reference ?? ''), displayWidth(hypothesis ?? ''));
  const gap = '*'.repeat(width);
  return { reference: reference ?? gap, hypothesis: hypothesis ?? gap, operation, width };
}

function formatBlock(cells: readonly Cell[]): string {
  const rows = (['reference', 'hypothesis', 'operation'] as const).map((side) => {
    const padded = cells.map(
      (cell) => cell[side] + ' '.repeat(cell.width - displayWidth(cell[side])),
    );
    return (labels[side] + padded.join(' ')).trimEnd();
  });
  return rows.join('\n');
}
