import type { TranscriptEvent } from '../trace/transcriptEvent.ts';

const replacement = '[redacted]';

/** Stands where a long text was shortened. */
const cutMark = '…';
const shortestCutKey = 3;

/** A shorter "key" is a placeholder such as `test`, which speech may contain as a word. */
const shortestKeyInSpeech = 12;

/** Keeps an API key out of a trace, also where the server repeats it. */
export class Redactor {
  #forms: string[];
  #redactsSpeech: boolean;

  constructor(apiKey: string | null) {
    const key = apiKey ?? '';
    this.#forms = formsOf(key);
    this.#redactsSpeech = key.length >= shortestKeyInSpeech;
  }

  /** Further secrets, such as a token that stands for the key. */
  add(secrets: readonly string[]): void {
    this.#forms = [...new Set([...this.#forms, ...secrets.flatMap(formsOf)])];
    this.#redactsSpeech ||= secrets.some(({ length }) => length >= shortestKeyInSpeech);
  }

  text(text: string): string {
    let result = text;
    for (const form of this.#forms) {
      if (result.includes(form)) {
        result = result.replaceAll(form, replacement);
      }
    }
    return result.includes(cutMark) ? this.#withoutCutKey(result) : result;
  }

  /** Where a message was shortened in the middle of the key, its beginning is left. */
  #withoutCutKey(text: string): string {
    let result = text;
    for (const form of this.#forms) {
      for (let length = form.length - 1; length >= shortestCutKey; length--) {
        result = result.replaceAll(form.slice(0, length) + cutMark, replacement + cutMark);
      }
    }
    return result;
  }

  /** The raw text of a frame that means `events`. */
  raw(raw: string, events: TranscriptEvent[]): string {
    const speech = events.some((event) => ['final', 'text', 'words'].includes(event.type));
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
      case 'words':
        return this.#redactsSpeech
          ? { ...event, words: event.words.map((w) => ({ ...w, text: this.text(w.text) })) }
          : event;
      case 'ready':
      case 'unit':
      case 'usage':
      case 'speech':
      case 'done':
        return event;
    }
  }
}

/** A secret as it is, and as it stands in JSON and in addresses. */
function formsOf(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return [...new Set(forms)].filter((form) => form !== '');
}
