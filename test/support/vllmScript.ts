/** What a scripted vLLM server does to one connection. */
export interface VllmScript {
  models: string[];
  /** Null: no key is asked for. */
  apiKey: string | null;

  // The upgrade
  /** Accepts TCP but never answers the upgrade. */
  neverAccept: boolean;
  /** Cuts the connection instead of answering the upgrade. */
  cutUpgrade: boolean;
  refuse: { status: number; body: string; headers?: Record<string, string> } | null;

  // The greeting
  /** Null: never. */
  helloDelayMs: number | null;
  /** Sent instead of the greeting. */
  helloInstead: string | Uint8Array | null;
  /** Answers `session.update` with a `session.updated`, as some versions do. */
  sendSessionUpdated: boolean;
  /** Answers every start with this error, as if `session.update` had not been good. */
  modelNotValidated: boolean;
  unknownEvent: boolean;
  /** Reads but never answers a ping. */
  noPong: boolean;

  // The text
  /** Words of the text, given out evenly over the appends that come. */
  words: string[];
  /** A delta follows every so many appends. */
  appendsPerDelta: number;
  /** Blank deltas before each delta with text. */
  blankDeltas: number;
  doneWithoutDeltas: boolean;
  /** Every delta, and the final text, comes so much later. */
  textDelayMs: number;
  /** Every so often a delta whose text is the server's monotonic clock in nanoseconds. */
  stampEveryMs: number | null;

  // Faults while audio comes; the number says after how many appends. Null: never.
  cutAfterAppends: number | null;
  closeAfterAppends: { appends: number; code: number; reason: string } | null;
  errorAfterAppends: { appends: number; message: object } | null;
  /** Sends this frame as it is. */
  rubbishAfterAppends: { appends: number; frame: string | Uint8Array } | null;
  /** Stops reading and answering, pongs too, but keeps the connection. */
  freezeAfterAppends: number | null;
  doneAfterAppends: number | null;
  /** Reads this many bytes per second at most. */
  readBytesPerSecond: number | null;

  // The end
  neverDone: boolean;
  finalDelayMs: number;
  processingErrorInsteadOfDone: boolean;
  /** Generation never starts: a final commit then has no visible effect. */
  ignoreStart: boolean;
  usage: object | null;
  /** Lets another start commit after `done` begin a further utterance. */
  severalUtterances: boolean;
  /** Closes by itself after `done`. */
  closeAfterDone: boolean;
  /** Deltas sent after `done`. */
  lateDeltas: number;
  /** Never answers the client's close frame. */
  ignoreClose: boolean;
}

export const defaultVllmScript: VllmScript = {
  models: ['test-model'],
  apiKey: null,
  neverAccept: false,
  cutUpgrade: false,
  refuse: null,
  helloDelayMs: 0,
  helloInstead: null,
  sendSessionUpdated: false,
  modelNotValidated: false,
  unknownEvent: false,
  noPong: false,
  words: ['the', 'quick', 'brown', 'fox'],
  appendsPerDelta: 1,
  blankDeltas: 1,
  doneWithoutDeltas: false,
  textDelayMs: 0,
  stampEveryMs: null,
  cutAfterAppends: null,
  closeAfterAppends: null,
  errorAfterAppends: null,
  rubbishAfterAppends: null,
  freezeAfterAppends: null,
  doneAfterAppends: null,
  readBytesPerSecond: null,
  neverDone: false,
  finalDelayMs: 0,
  processingErrorInsteadOfDone: false,
  ignoreStart: false,
  usage: { prompt_tokens: 4, completion_tokens: 8, total_tokens: 12, prompt_tokens_details: null },
  severalUtterances: false,
  closeAfterDone: false,
  lateDeltas: 0,
  ignoreClose: false,
};
