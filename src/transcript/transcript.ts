import type { WordOperation } from '../timeline/alignWords.ts';
import type { ShownWord, TimelineSession } from '../timeline/timelineSession.ts';

/** A session's text as a document: its lines, its words, and what made each of them. */
export interface Transcript {
  endpoint: string;
  utterance: string;
  /** 0-based. */
  repeat: number;
  status: TimelineSession['status'];
  failure: string | null;
  /** The figures that a reader of the text asks for first, as the timeline has them. */
  figures: TimelineSession['figures'];
  /** Why no lag can be told; null where it can. */
  noLags: string | null;
  /** What readers must know of the session's clocks; null where nothing. */
  clockNote: string | null;
  lines: TranscriptLine[];
  /** In the order of the text. */
  words: TranscriptWord[];
  deltas: TranscriptDelta[];
  missing: MissingWords[];
  /** False where there is nothing to compare with, and where the session broke off. */
  isCompared: boolean;
}

/** A stretch of a text, UTF-16 units. */
export interface TextStretch {
  startChars: number;
  endChars: number;
}

/** A line of the document. Lines follow each other without a gap and hold the whole text. */
export interface TranscriptLine extends TextStretch {
  /** What is shown: without white space at the end; never with a control character. */
  text: string;
}

export interface TranscriptWord extends TextStretch, ShownWord {
  /** Where the playhead is when this word is meant, milliseconds on the axis. */
  atMs: number;
  /** What was said instead; null unless it is known and another word. */
  said: string | null;
  /** From its end in the audio to when it was first shown, real milliseconds. */
  lagMs: number | null;
  /** Place of the delta that showed it first. */
  firstDelta: number;
  /** Places of all deltas that made it what it is, ascending. */
  deltas: number[];
}

/** A message with text. */
export interface TranscriptDelta {
  atMs: number;
  /** Real milliseconds since the delta with text before; null where there is none. */
  gapMs: number | null;
  /** Place in the trace's received messages. */
  message: number;
  isFinal: boolean;
  /** First character of the text as it ended that it wrote; null where nothing is left of it. */
  wroteFrom: number | null;
}

/** Words of the reference that the text does not have, and where they belong. */
export interface MissingWords {
  atChars: number;
  text: string;
}

/** What a word is; null while words are not compared. */
export type { WordOperation };
