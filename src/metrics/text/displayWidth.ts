const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/gu;
const doubleWidth =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu;

/** Columns a text takes in a terminal: Chinese, Japanese and Korean characters take two. */
export function displayWidth(text: string): number {
  const visible = text.replace(zeroWidth, '');
  return Array.from(visible).length + (visible.match(doubleWidth)?.length ?? 0);
}
