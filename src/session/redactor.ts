import type { TranscriptEvent } from '../trace/transcriptEvent.ts';

const replacement = '[redacted]';

/** A shorter "key" is a placeholder such as `test`, which speech may contain as a word. */
const shortestKeyInSpeech = 12;

/** Keeps an API key out of a trace, also where the server repeats it. */
export class Redactor {
  readonly #forms: string[];
  readonly #redactsSpeech: boolean;

  constructor(apiKey: string | null) {
    const key = apiKey ?? '';
    const forms = [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)];
    this.#forms = [...new Set(forms)].filter((form) => form !== '');
    this.#redactsSpeech = key.length >= shortestKeyInSpeech;
  }

  text(text: string): string {
    let result = text;
    for (const form of this.#forms) {
      if (result.includes(form)) {
        result = result.replaceAll(form, replacement);
      }
    }
    return result;
  }

  /** The raw text of a frame that means `events`. */
  raw(raw: string, events: TranscriptEvent[]): string {
    const speech = events.some((event) => event.type === 'final' || event.type === 'text');
    return speech && !this.#redactsSpeech ? raw : this.text(raw);
  }

  event(event: TranscriptEvent): TranscriptEvent {
    switch (event.type) {
      case 'text':
      case 'final':
        return this.#redactsSpeech ? { ...event, text: this.text(event.text) } : event;
      case 'error':
        return {
          ...event,
          message: this.text(event.message),
          code: event.code === null ? null : this.text(event.code),
        };
      case 'other':
        return { ...event, name: this.text(event.name) };
      case 'ready':
      case 'words':
      case 'usage':
      case 'speech':
      case 'done':
        return event;
    }
  }
}
