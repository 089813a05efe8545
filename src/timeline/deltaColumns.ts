import type { SessionTimeline } from '../metrics/sessionTimeline.ts';
import type { ReceivedMessage, SessionTrace } from '../trace/sessionTrace.ts';
import type { TimelineAxis } from './axis.ts';
import { deltaKinds, type TimelineDeltas } from './timelineSession.ts';

const append = deltaKinds.indexOf('append');
const replace = deltaKinds.indexOf('replace');
const final = deltaKinds.indexOf('final');
const late = deltaKinds.indexOf('late');

/** One row per message with text or finals: blank and late ones too. */
export function deltaColumns(timeline: SessionTimeline, axis: TimelineAxis): TimelineDeltas {
  const { received } = timeline.trace;
  const messages = textMessages(received);
  const deltas: TimelineDeltas = {
    atMs: new Float64Array(messages.length),
    ...kindColumns(received, messages),
    ...textColumns(timeline, messages),
    bytes: new Uint32Array(messages.length),
    audioSentMs: new Float64Array(messages.length),
    messages,
  };
  const sentMs = audioSentCursor(timeline.trace);
  for (let row = 0; row < messages.length; row++) {
    const { atUs, bytes } = received[messages[row]!]!;
    deltas.atMs[row] = axis.toMs(atUs);
    deltas.bytes[row] = bytes;
    deltas.audioSentMs[row] = sentMs(atUs);
  }
  return deltas;
}

/** Places of the messages with text or finals. */
function textMessages(received: readonly ReceivedMessage[]): TimelineDeltas['messages'] {
  const places: number[] = [];
  received.forEach(({ events }, place) => {
    if (events.some(({ type }) => type === 'text' || type === 'final')) places.push(place);
  });
  return new Uint32Array(places);
}

type KindColumns = Pick<TimelineDeltas, 'kinds' | 'hasText'>;

/** A final says most of a message, a late text least. */
function kindColumns(received: readonly ReceivedMessage[], messages: Uint32Array): KindColumns {
  const kinds = new Uint8Array(messages.length).fill(late);
  const hasText = new Uint8Array(messages.length);
  const finalUnits = new Set<string>();
  for (let row = 0; row < messages.length; row++) {
    for (const event of received[messages[row]!]!.events) {
      if (event.type === 'final') {
        finalUnits.add(event.unit);
        kinds[row] = final;
      } else if (event.type === 'text' && !finalUnits.has(event.unit)) {
        if (event.text.trim() !== '') hasText[row] = 1;
        if (kinds[row] === final) continue;
        if (event.mode === 'replace') kinds[row] = replace;
        else if (kinds[row] === late) kinds[row] = append;
      }
    }
  }
  return { kinds, hasText };
}

type TextColumns = Pick<TimelineDeltas, 'keptChars' | 'texts' | 'erasedWords'>;

/** What each message did to the displayed text: the edits of the replay, row by row. */
function textColumns({ replay, rawSteps }: SessionTimeline, messages: Uint32Array): TextColumns {
  const keptChars = new Uint32Array(messages.length);
  const erasedWords = new Uint32Array(messages.length);
  const erasedByEdit = new Uint32Array(replay.edits.length);
  for (const step of rawSteps) {
    if (!step.appends) erasedByEdit[step.editIndex] = step.removedWords;
  }
  const texts: string[] = [];
  let edits = 0;
  let length = 0;
  for (let row = 0; row < messages.length; row++) {
    const isEdited = replay.editMessages[edits] === messages[row];
    const { keptChars: kept, addedText } = isEdited
      ? replay.edits[edits]!
      : { keptChars: length, addedText: '' };
    keptChars[row] = kept;
    texts.push(addedText);
    length = kept + addedText.length;
    if (isEdited) erasedWords[row] = erasedByEdit[edits++]!;
  }
  return { keptChars, texts, erasedWords };
}

/** A(t) for ascending t: milliseconds of audio sent by then. */
function audioSentCursor({ chunks, audio }: SessionTrace): (atUs: number) => number {
  let sent = 0;
  return (atUs) => {
    while (sent < chunks.length && chunks[sent]!.sentUs <= atUs) sent++;
    return sent === 0 ? 0 : (chunks[sent - 1]!.endSample / audio.sampleRateHz) * 1000;
  };
}
