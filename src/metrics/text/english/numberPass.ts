import { asciiDigits } from './decimalDigits.ts';
import { numberWord, prefixSymbols, type NumberWord } from './numberWords.ts';

/**
 * A number in the making: an integer of any size while it can still grow by arithmetic, or its
 * digits as text once words have been strung together ("nineteen eighty", "point five").
 */
type PendingValue = bigint | string | null;

const digits = /^\p{Nd}+(?:\.\p{Nd}+)?$/u;
const decimal = /^(?=\d|\.\d)(\d*)(?:\.(\d*))?$/;

/**
 * Replaces spelled-out English numbers by digits: "two hundred dollars" becomes `$200`.
 * The rules, oddities included, are those of Whisper's English normaliser, which published
 * word error rates rest on.
 */
export function spokenNumbersToDigits(words: readonly string[]): string[] {
  const pass = new NumberPass(words);
  return pass.run();
}

class NumberPass {
  readonly #words: readonly string[];
  readonly #out: string[] = [];
  #index = 0;
  #value: PendingValue = null;
  #prefix: string | null = null;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  run(): string[] {
    while (this.#index < this.#words.length) {
      const word = this.#words[this.#index]!;
      const prefix = prefixSymbols.has(word.charAt(0)) ? word.charAt(0) : null;
      const unsigned = prefix === null ? word : word.slice(1);
      const meaning = numberWord(word);
      if (digits.test(unsigned)) this.#readDigits(word, unsigned, prefix);
      else if (meaning === null) this.#readPlainWord(word);
      else this.#readNumberWord(word, meaning);
      this.#index++;
    }
    this.#flush();
    return this.#out;
  }

  get #previous(): NumberWord | null {
    return numberWord(this.#words[this.#index - 1] ?? null);
  }

  get #nextWord(): string | null {
    return this.#words[this.#index + 1] ?? null;
  }

  /** Whether the next word is made of digits or is any of the words the pass knows. */
  get #numberFollows(): boolean {
    return this.#digitsFollow || numberWord(this.#nextWord) !== null;
  }

  get #digitsFollow(): boolean {
    return this.#nextWord !== null && digits.test(this.#nextWord);
  }

  /** Puts a word out; what was pending is done with. */
  #emit(text: string): void {
    this.#out.push((this.#prefix ?? '') + text);
    this.#value = null;
    this.#prefix = null;
  }

  #flush(): void {
    if (this.#value !== null) this.#emit(String(this.#value));
  }

  #readPlainWord(word: string): void {
    this.#flush();
    this.#emit(word);
  }

  #readDigits(word: string, unsigned: string, prefix: string | null): void {
    if (typeof this.#value === 'string' && this.#value.endsWith('.')) {
      this.#value += word;
      return;
    }
    this.#flush();
    this.#prefix = prefix ?? this.#prefix;
    this.#value = wholeProduct(unsigned, 1n) ?? unsigned;
  }

  #readNumberWord(word: string, meaning: NumberWord): void {
    switch (meaning.kind) {
      case 'zero':
        this.#value = this.#pendingDigits() + '0';
        return;
      case 'unit':
        this.#take(this.#joinUnit(meaning.value), meaning.suffix);
        return;
      case 'tens':
        this.#take(this.#joinWhere(100n, meaning.value), meaning.suffix);
        return;
      case 'multiplier':
        this.#take(this.#multiplied(meaning.value), meaning.suffix);
        return;
      case 'sign':
        this.#flush();
        if (this.#numberFollows) this.#prefix = meaning.symbol;
        else this.#emit(word);
        return;
      case 'currency':
        this.#readCurrency(word, meaning.symbol);
        return;
      case 'percent':
      case 'per':
        this.#readPercent(word, meaning.kind);
        return;
      case 'and':
      case 'repeat':
      case 'point':
        this.#readJoiningWord(word, meaning);
    }
  }

  /** A plural or ordinal ends its number. */
  #take(value: bigint | string, suffix: string | null): void {
    if (suffix === null) this.#value = value;
    else this.#emit(String(value) + suffix);
  }

  /** The pending value as digits to append to; a lone zero counts as nothing. */
  #pendingDigits(): string {
    return this.#value === null || this.#value === 0n ? '' : String(this.#value);
  }

  /** "twenty" + "one" is 21, "one" + "one" is 11. */
  #joinUnit(unit: bigint): bigint | string {
    const previous = this.#previous;
    const afterUnit = previous?.kind === 'unit' && previous.suffix === null;
    const afterTens = previous?.kind === 'tens' && previous.suffix === null;
    if (this.#value !== null && (typeof this.#value === 'string' || afterUnit)) {
      const text = String(this.#value);
      return afterTens && unit < 10n ? text.slice(0, -1) + String(unit) : text + String(unit);
    }
    return this.#joinWhere(unit < 10n ? 10n : 100n, unit);
  }

  /** Adds to an integer that has room (ends in the zeros of `room`), else strings together. */
  #joinWhere(room: bigint, addend: bigint): bigint | string {
    if (this.#value === null) return addend;
    if (typeof this.#value === 'bigint' && this.#value % room === 0n) return this.#value + addend;
    return String(this.#value) + String(addend);
  }

  /** Of an integer only the part below a thousand is multiplied: 2 000 + 5 hundred. */
  #multiplied(multiplier: bigint): bigint {
    if (this.#value === null) return multiplier;
    if (typeof this.#value === 'bigint' && this.#value !== 0n) {
      const below = this.#value % 1000n;
      return this.#value - below + below * multiplier;
    }
    const product = wholeProduct(String(this.#value), multiplier);
    if (product !== null) return product;
    this.#flush();
    return multiplier;
  }

  #readCurrency(word: string, symbol: string): void {
    if (this.#value === null) {
      this.#emit(word);
      return;
    }
    this.#prefix = symbol;
    this.#flush();
  }

  #readPercent(word: string, kind: 'percent' | 'per'): void {
    const isPercent = kind === 'percent' || this.#nextWord === 'cent';
    if (this.#value === null || !isPercent) {
      this.#readPlainWord(word);
      return;
    }
    this.#emit(`${this.#value}%`);
    if (kind === 'per') this.#index++;
  }

  #readJoiningWord(word: string, meaning: NumberWord): void {
    if (!this.#numberFollows) {
      this.#readPlainWord(word);
    } else if (meaning.kind === 'and') {
      const previous = this.#previous;
      const isWithinNumber = previous?.kind === 'multiplier' && previous.suffix === null;
      if (!isWithinNumber) this.#readPlainWord(word);
    } else if (meaning.kind === 'repeat') {
      this.#readRepeat(word, meaning.times);
    } else if (this.#digitsFollow || isDigitWord(numberWord(this.#nextWord))) {
      this.#value = this.#pendingDigits() + '.';
    }
  }

  /** "double seven" is 77. */
  #readRepeat(word: string, times: number): void {
    const next = numberWord(this.#nextWord);
    const isZero = next?.kind === 'zero';
    if (!isZero && !(next?.kind === 'unit' && next.suffix === null)) {
      this.#readPlainWord(word);
      return;
    }
    const repeated = isZero ? '0' : String(next.value);
    this.#value = this.#pendingDigits() + repeated.repeat(times);
    this.#index++;
  }
}

/** Whether a word can stand behind "point". */
export function isDigitWord(meaning: NumberWord | null): boolean {
  if (meaning === null) return false;
  if (meaning.kind === 'zero') return true;
  return (meaning.kind === 'unit' || meaning.kind === 'tens') && meaning.suffix === null;
}

/** The exact product of a decimal in digits and an integer; null if not whole or no decimal. */
function wholeProduct(text: string, multiplier: bigint): bigint | null {
  const match = decimal.exec(asciiDigits(text));
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * multiplier;
  return product % scale === 0n ? product / scale : null;
}
