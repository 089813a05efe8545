import { shortId } from './openaiEvent.ts';

/** Where the items of a session get their audio from, and when they end. */
export interface AudioItems {
  /** Seconds of audio that are in no item yet. */
  readonly bufferedSeconds: number;
  append(samples: Int16Array<ArrayBuffer>, rateHz: number): void;
  /** Makes an item of the audio that is in none yet. */
  commit(): void;
  /** Forgets the audio that is in no item yet. */
  clear(): void;
  /** The connection is gone. */
  close(): void;
}

/** What an item's text cost. */
export interface ItemUsage {
  tokens: number;
  audioFrames: number;
}

const transcription = 'conversation.item.input_audio_transcription';

/** Writes the events about items, of which the client learns in this order. */
export class ItemEvents {
  readonly #send: (event: object) => void;
  #previousId: string | null = null;

  constructor(send: (event: object) => void) {
    this.#send = send;
  }

  speech(state: 'started' | 'stopped', itemId: string, atMs: number): void {
    const at = state === 'started' ? { audio_start_ms: atMs } : { audio_end_ms: atMs };
    this.#send({ type: `input_audio_buffer.speech_${state}`, ...at, item_id: itemId });
  }

  committed(itemId: string): void {
    const previous = { previous_item_id: this.#previousId };
    this.#previousId = itemId;
    this.#send({ type: 'input_audio_buffer.committed', ...previous, item_id: itemId });
    const item = {
      id: itemId,
      object: 'realtime.item',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    };
    this.#send({ type: 'conversation.item.added', ...previous, item });
    this.#send({ type: 'conversation.item.done', ...previous, item });
  }

  delta(itemId: string, delta: string): void {
    this.#send({ type: `${transcription}.delta`, item_id: itemId, content_index: 0, delta });
  }

  completed(itemId: string, transcript: string, { tokens, audioFrames }: ItemUsage): void {
    this.#send({
      type: `${transcription}.completed`,
      item_id: itemId,
      content_index: 0,
      transcript,
      usage: {
        type: 'tokens',
        input_tokens: audioFrames,
        output_tokens: tokens,
        total_tokens: audioFrames + tokens,
        input_token_details: { audio_tokens: audioFrames, text_tokens: 0 },
      },
    });
  }

  failed(itemId: string, message: string): void {
    const error = { type: 'server_error', code: 'transcription_failed', message, param: null };
    this.#send({ type: `${transcription}.failed`, item_id: itemId, content_index: 0, error });
  }
}

/** An item's text as it grows. What goes before the first word belongs to no item. */
export class GrowingItem {
  readonly id = `item_${shortId()}`;
  readonly usage: ItemUsage = { tokens: 0, audioFrames: 0 };
  #text = '';

  get text(): string {
    return this.#text;
  }

  /** Gives what to append for the client, possibly nothing. */
  add(said: string): string {
    const delta = this.#text === '' ? said.trimStart() : said;
    this.#text += delta;
    return delta;
  }

  cost({ tokens, audioFrames }: ItemUsage): void {
    this.usage.tokens += tokens;
    this.usage.audioFrames += audioFrames;
  }
}
