const otherDecimalDigit = /(?![0-9])\p{Nd}/gu;
const decimalDigit = /^\p{Nd}$/u;

/** Decimal digits of any script written as `0` to `9`. */
export function asciiDigits(text: string): string {
  return text.replace(otherDecimalDigit, (digit) => String(digitValue(digit.codePointAt(0)!)));
}

/** Unicode lays decimal digits out in runs from zero to nine, one after the other. */
function digitValue(codePoint: number): number {
  let runStart = codePoint;
  while (decimalDigit.test(String.fromCodePoint(runStart - 1))) runStart--;
  return (codePoint - runStart) % 10;
}
