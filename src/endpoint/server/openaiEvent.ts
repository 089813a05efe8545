import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { BenchError } from '../../common/benchError.ts';

/** A client's event of OpenAI's realtime protocol, before its fields are looked at. */
export interface OpenaiEvent {
  type: string;
  /** The client's own name for it, which an error about it repeats. */
  eventId: string | null;
  fields: Record<string, unknown>;
}

/** Answered with an `error` event in OpenAI's envelope; the connection goes on. */
export class OpenaiError extends BenchError {
  readonly param: string | null;
  readonly type: string;

  constructor(code: string, message: string, about: { param?: string; type?: string } = {}) {
    super(code, message);
    this.param = about.param ?? null;
    this.type = about.type ?? 'invalid_request_error';
  }
}

const eventSchema = z.looseObject({ type: z.string(), event_id: z.string().nullish().catch(null) });

/**
 * Reads a text frame.
 *
 * @param notAnEvent code for JSON that is no event.
 * @throws OpenaiError
 */
export function parseOpenaiEvent(frame: string, notAnEvent: string): OpenaiEvent {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    throw new OpenaiError('invalid_json', 'The message is not valid JSON.');
  }
  const event = eventSchema.safeParse(json);
  if (!event.success) {
    const message = 'An event must be a JSON object with a text in `type`.';
    throw new OpenaiError(notAnEvent, message, { param: 'type' });
  }
  const { type, event_id: eventId } = event.data;
  return { type, eventId: eventId ?? null, fields: event.data };
}

/** The `error` event for what was thrown while an event was handled. */
export function openaiErrorEvent(error: OpenaiError, eventId: string | null): object {
  const { type, reason: code, message, param } = error;
  return { type: 'error', error: { type, code, message, param, event_id: eventId } };
}

/** As text, with an `event_id` of its own. */
export function openaiFrame(event: object): string {
  return JSON.stringify({ event_id: `event_${shortId()}`, ...event });
}

export function shortId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 20);
}
