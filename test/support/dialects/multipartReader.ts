export interface FormPart {
  name: string;
  /** Null for a field that is not a file. */
  fileName: string | null;
  contentType: string | null;
}

export interface MultipartObserver {
  part(part: FormPart): void;
  data(bytes: Buffer): void;
  partEnd(): void;
  violation(what: string): void;
}

const blankLine = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');

type Place = 'start' | 'head' | 'content' | 'after' | 'end' | 'lost';

/** Reads a `multipart/form-data` body as it comes, and forgives nothing. */
export class MultipartReader {
  readonly #observer: MultipartObserver;
  /** The line that parts two parts, with the line end before it. */
  readonly #delimiter: Buffer;
  #buffer = Buffer.alloc(0);
  #place: Place = 'start';

  constructor(boundary: string, observer: MultipartObserver) {
    this.#observer = observer;
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  push(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    while (this.#step());
  }

  /** The body is over. */
  end(): void {
    if (this.#place === 'lost') return;
    if (this.#place !== 'end') this.#lose(`the body ends in a part's ${this.#place}`);
    else if (this.#buffer.length > 0) this.#observer.violation('bytes after the closing boundary');
  }

  /** @returns whether there may be more to read. */
  #step(): boolean {
    switch (this.#place) {
      case 'start':
        return this.#start();
      case 'head':
        return this.#head();
      case 'content':
        return this.#content();
      case 'after':
        return this.#after();
      case 'end':
      case 'lost':
        return false;
    }
  }

  #start(): boolean {
    const first = this.#delimiter.subarray(2);
    if (this.#buffer.length < first.length) return false;
    if (!this.#buffer.subarray(0, first.length).equals(first)) {
      return this.#lose('the body does not begin with its boundary');
    }
    this.#take(first.length);
    this.#place = 'after';
    return true;
  }

  #after(): boolean {
    if (this.#buffer.length < 2) return false;
    const mark = this.#take(2);
    if (mark.equals(lineEnd)) this.#place = 'head';
    else if (mark.toString() !== '--') return this.#lose('a boundary that does not end its line');
    else {
      this.#place = 'end';
      if (this.#buffer.subarray(0, 2).equals(lineEnd)) this.#take(2);
    }
    return true;
  }

  #head(): boolean {
    const length = this.#buffer.indexOf(blankLine);
    if (length < 0) return false;
    const lines = this.#take(length + blankLine.length)
      .toString('utf8', 0, length)
      .split('\r\n');
    const headers = new Map(
      lines.map((line): [string, string] => {
        const [name = '', ...value] = line.split(':');
        return [name.toLowerCase(), value.join(':').trim()];
      }),
    );
    const disposition = headers.get('content-disposition') ?? '';
    const match = /^form-data; name="([^"]+)"(?:; filename="([^"]+)")?$/.exec(disposition);
    if (!match) return this.#lose(`a part with the disposition "${disposition}"`);
    const contentType = headers.get('content-type') ?? null;
    this.#observer.part({ name: match[1] ?? '', fileName: match[2] ?? null, contentType });
    this.#place = 'content';
    return true;
  }

  #content(): boolean {
    const at = this.#buffer.indexOf(this.#delimiter);
    // The last bytes may be the beginning of a delimiter.
    const sure = at >= 0 ? at : Math.max(0, this.#buffer.length - this.#delimiter.length + 1);
    if (sure > 0) this.#observer.data(this.#take(sure));
    if (at < 0) return false;
    this.#take(this.#delimiter.length);
    this.#observer.partEnd();
    this.#place = 'after';
    return true;
  }

  #take(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  #lose(what: string): false {
    this.#place = 'lost';
    this.#observer.violation(what);
    return false;
  }
}
