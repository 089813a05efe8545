import type { Palette } from '../canvas/palette.ts';

export type FontName = keyof Palette['fonts'];

/** Longer texts are cut before they are measured: they come from servers. */
const longestText = 240;
const widthsKept = 4000;

/** Draws single lines of text, clipped to a width, and remembers how wide texts are. */
export class TextPen {
  readonly #context: CanvasRenderingContext2D;
  readonly #fonts: Palette['fonts'];
  readonly #widths = new Map<string, number>();

  constructor(context: CanvasRenderingContext2D, fonts: Palette['fonts']) {
    this.#context = context;
    this.#fonts = fonts;
  }

  /** Width of a text as it would be drawn, CSS pixels. */
  width(text: string, font: FontName): number {
    const line = oneLine(text);
    const key = `${font} ${line}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size >= widthsKept) this.#widths.clear();
    this.#context.font = this.#fonts[font];
    const { width } = this.#context.measureText(line);
    this.#widths.set(key, width);
    return width;
  }

  /** Draws in the current fill colour about a middle line, no wider than given. */
  draw(text: string, font: FontName, x: number, middle: number, most = Infinity): void {
    if (most < 5) return;
    const context = this.#context;
    const line = oneLine(text);
    const isClipped = this.width(line, font) > most;
    context.font = this.#fonts[font];
    context.textBaseline = 'middle';
    if (!isClipped) {
      context.fillText(line, x, middle);
      return;
    }
    context.save();
    context.beginPath();
    context.rect(x, middle - 14, most, 28);
    context.clip();
    context.fillText(line, x, middle);
    context.restore();
  }
}

/** A text as one line of bounded length. */
export function oneLine(text: string): string {
  const cut = text.length > longestText ? text.slice(0, longestText) : text;
  return cut.replace(/\s+/g, ' ');
}
