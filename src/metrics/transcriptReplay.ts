import type { Micros, ReceivedMessage } from '../trace/sessionTrace.ts';
import type { TranscriptEvent } from '../trace/transcriptEvent.ts';
import { joinEdits, type TextEdit } from './displayedText.ts';
import { messagesWithoutModelHeaders } from './modelHeaders.ts';
import { TranscriptUnits } from './transcriptUnits.ts';

/** A message that carried transcript text ahead of the final. */
export interface Delta {
  atUs: Micros;
  /** Nothing but white space: an event, but not a text event. */
  blank: boolean;
  /** Null where the protocol does not count them. */
  tokens: number | null;
}

export interface FinalText {
  atUs: Micros;
  blank: boolean;
  /** It gave or confirmed text: not a blank final of a unit that showed nothing. */
  hasText: boolean;
}

/** What the messages of a session say about its transcript. */
export interface TranscriptReplay {
  /** Every change of the displayed text, one per message at most. */
  edits: TextEdit[];
  /** Place of the message that made each edit. */
  editMessages: number[];
  deltas: Delta[];
  /** Messages whose text came after the final of its unit and was left out. */
  lateDeltas: number;
  finals: FinalText[];
  /** The server said that no more text will come. */
  doneUs: Micros | null;
  /** Sum over usage events; null where none reported tokens. */
  outputTokens: number | null;
  /** The text displayed at the end: finals, and deltas where no final has text. */
  text: string;
  /** Where each unit with text begins in it. */
  unitStarts: number[];
  /** What the deltas alone said. */
  streamedText: string;
}

/** Replays what a session received. Append protocols and revisable partials alike. */
export function replayTranscript(received: readonly ReceivedMessage[]): TranscriptReplay {
  const units = new TranscriptUnits();
  const replay: TranscriptReplay = {
    edits: [],
    editMessages: [],
    deltas: [],
    lateDeltas: 0,
    finals: [],
    doneUs: null,
    outputTokens: null,
    text: '',
    unitStarts: [],
    streamedText: '',
  };
  messagesWithoutModelHeaders(received).forEach((message, index) => {
    const edit = replayMessage(message, units, replay);
    if (!edit) return;
    replay.edits.push(edit);
    replay.editMessages.push(index);
  });
  replay.text = units.text();
  replay.unitStarts = units.starts();
  replay.streamedText = units.streamedText();
  return replay;
}

/** Adds what a message says; the change of the displayed text it made, if any. */
function replayMessage(
  message: ReceivedMessage,
  units: TranscriptUnits,
  replay: TranscriptReplay,
): TextEdit | null {
  const { atUs } = message;
  const texts: TextDelta[] = [];
  let late = false;
  let shown: TextEdit | null = null;
  for (const event of message.events) {
    if (event.type === 'text' && units.isFinal(event.unit)) {
      late = true;
      continue;
    }
    const edit = applyEvent(event, atUs, units, replay);
    if (event.type === 'text') texts.push(event);
    if (edit) shown = shown ? joinEdits(shown, edit) : edit;
  }
  if (texts.length > 0) replay.deltas.push(deltaOf(atUs, texts));
  else if (late) replay.lateDeltas++;
  return shown;
}

type TextDelta = Extract<TranscriptEvent, { type: 'text' }>;

/** Applies one event; the change of the displayed text, if it made any. */
function applyEvent(
  event: TranscriptEvent,
  atUs: Micros,
  units: TranscriptUnits,
  replay: TranscriptReplay,
): TextEdit | null {
  switch (event.type) {
    case 'text': {
      const { mode, unit, text } = event;
      const edit = mode === 'append' ? units.append(unit, text) : units.replace(unit, text);
      return edit && { atUs, ...edit, byFinal: false };
    }
    case 'final': {
      const edit = units.finalise(event.unit, event.text);
      const hasText = units.hasText(event.unit);
      replay.finals.push({ atUs, blank: event.text.trim() === '', hasText });
      return edit && { atUs, ...edit, byFinal: true };
    }
    case 'unit':
      units.place(event.unit);
      return null;
    case 'usage':
      countTokens(event.outputTokens, replay);
      return null;
    case 'done':
      replay.doneUs = atUs;
      return null;
    case 'ready':
    case 'words':
    case 'speech':
    case 'error':
    case 'other':
      return null;
  }
}

function countTokens(tokens: number | null, replay: TranscriptReplay): void {
  if (tokens !== null) replay.outputTokens = (replay.outputTokens ?? 0) + tokens;
}

function deltaOf(atUs: Micros, texts: readonly TextDelta[]): Delta {
  const counts = texts.map((event) => event.tokens);
  return {
    atUs,
    blank: texts.every((event) => event.text.trim() === ''),
    tokens: counts.every((count) => count !== undefined)
      ? counts.reduce((sum, count) => sum + count, 0)
      : null,
  };
}
