import { sanitiseText } from '../../transport/sanitiseText.ts';
import type { OutlineSymbol } from '../remarks/outlineSymbol.ts';
import type { RunDocument } from './runDocument.ts';
import type { SessionPlace } from './runOutline.ts';

/** A run's sessions, for an outline. */
export function runSymbols({ list, sessions }: RunDocument): OutlineSymbol[] {
  if (!list) return [];
  return [
    {
      ...list,
      name: 'sessions',
      detail: String(sessions.length),
      kind: 'list',
      selection: list,
      children: sessions.map(({ place }) => sessionSymbol(place)),
    },
  ];
}

function sessionSymbol({
  offset,
  length,
  id,
  utteranceId,
  endpointId,
}: SessionPlace): OutlineSymbol {
  return {
    offset,
    length,
    name: sanitiseText(id, 60) || '?',
    detail: sanitiseText(`${utteranceId} · ${endpointId}`, 120),
    kind: 'session',
    selection: { offset, length: 1 },
    children: [],
  };
}
