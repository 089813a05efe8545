import type { ValueControl } from '../shared/controls.ts';

/** So long after the last key, what was typed goes to the document. */
const settleMs = 400;

/** The numbers of a page's edits, one row for all its fields. */
export class EditNumbers {
  #last = 0;

  next(): number {
    return ++this.#last;
  }
}

/**
 * A field whose text lives in the document. What the document says replaces what the field shows,
 * unless the user typed something since that the document does not have yet.
 */
export class EditableText {
  readonly #field: ValueControl;
  readonly #send: (text: string, edit: number) => void;
  readonly #numbers: EditNumbers;
  #lastEdit = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsent = false;

  constructor(
    field: ValueControl,
    numbers: EditNumbers,
    send: (text: string, edit: number) => void,
  ) {
    this.#field = field;
    this.#numbers = numbers;
    this.#send = send;
    field.addEventListener('input', () => {
      this.#unsent = true;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.flush();
      }, settleMs);
    });
    field.addEventListener('change', () => {
      this.flush();
    });
  }

  /** Sends at once what was typed, for example before saving. */
  flush(): void {
    clearTimeout(this.#timer);
    if (!this.#unsent) return;
    this.#unsent = false;
    this.#lastEdit = this.#numbers.next();
    this.#send(this.#field.value, this.#lastEdit);
  }

  /** @param lastEdit number of the last edit that `text` contains */
  show(text: string, lastEdit: number): void {
    if (this.#unsent || lastEdit < this.#lastEdit || this.#field.value === text) return;
    this.#field.value = text;
  }
}
