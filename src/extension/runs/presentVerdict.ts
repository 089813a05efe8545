import type { RunVerdict } from '../compareEditor/compareReaderMessages.ts';
import type { RunIcon } from './presentRun.ts';

/** A verdict on a line: `regressed ▲ TTFS`. Of all primary metrics less is better. */
export function shortVerdict({ verdict, regressed, improved }: RunVerdict): string {
  const worse = regressed.length === 0 ? [] : [`▲ ${regressed.join(', ')}`];
  const better = improved.length === 0 ? [] : [`▼ ${improved.join(', ')}`];
  return [verdict, ...worse, ...better].join(' ');
}

/** The same in words alone: `mixed, regressed TTFS, improved WER`. */
export function plainVerdict({ verdict, regressed, improved }: RunVerdict): string {
  if (verdict !== 'mixed') return [verdict, ...regressed, ...improved].join(' ');
  return `mixed, regressed ${regressed.join(' ')}, improved ${improved.join(' ')}`;
}

/** The verdict for the eye; it is said in words beside. */
export function verdictIcon(verdict: RunVerdict['verdict']): RunIcon {
  switch (verdict) {
    case 'regressed':
      return { id: 'triangle-up', colour: 'charts.red' };
    case 'improved':
      return { id: 'triangle-down', colour: 'charts.green' };
    case 'mixed':
      return { id: 'arrow-swap', colour: 'charts.orange' };
    case 'no change':
      return { id: 'pass', colour: null };
    case 'undecided':
      return { id: 'question', colour: null };
    case 'not comparable':
      return { id: 'error', colour: null };
  }
}
