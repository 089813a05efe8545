import type { Frame, Moment, RecordedConversation } from './recordedConversation.ts';

/**
 * What a babbling server waits for before it does the next thing. `pause`: a few milliseconds;
 * `soon`: not longer than that for a message.
 */
export type Wait = Moment | 'pause' | 'soon';

export type Act =
  /** A whole frame of the protocol. */
  | { say: Frame }
  /** A whole frame, in as many pieces as the transport has a way of parting it. */
  | { inPieces: Frame; bytes: number }
  /** A frame that begins and never ends. */
  | { begin: Frame; share: number }
  /** Bytes that may be nothing at all to the transport. */
  | { write: Uint8Array };

export interface BabbleStep {
  after: Wait;
  act: Act;
}

/** How a server leaves off: says no more, stops reading too, cuts, ends one side, or closes. */
export type Ending =
  'silent' | 'deaf' | 'cut' | 'half-closed' | { code: number | null; reason: string };

/** How a server takes a connection; `open` as it should. */
export type Door =
  'open' | 'silent' | 'cut' | { status: number; body: string } | { bytes: Uint8Array };

/** All that one server does to one session. */
export interface Babble {
  conversation: RecordedConversation;
  /** Of the request before the connection: the body of its answer, or a door of its own. */
  answer: Door | { body: string };
  door: Door;
  /** Of an HTTP response that brings the text. */
  contentType: string | null;
  steps: BabbleStep[];
  ending: { after: Wait; how: Ending };
}

/** The conversation as it was recorded. The last close ends it. */
export function faithful(conversation: RecordedConversation): Babble {
  const steps = conversation.steps.flatMap((step): BabbleStep[] =>
    'say' in step ? [{ after: step.after, act: { say: step.say } }] : [],
  );
  const closing = conversation.steps.findLast((step) => 'close' in step);
  const needsEnd = !conversation.steps.some(({ after }) => after === 'end');
  return {
    conversation,
    answer: { body: conversation.answer ?? '{}' },
    door: 'open',
    contentType: 'text/event-stream',
    steps,
    ending: {
      after: needsEnd || closing?.after === 'end' ? 'end' : 'nothing',
      how: closing && 'close' in closing && closing.close.code !== 1006 ? closing.close : 'silent',
    },
  };
}
