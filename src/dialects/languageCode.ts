/** The code of a language, without a region or script: `de` of `de-CH`. */
export function languageCode(language: string): string {
  return language.split('-')[0]!;
}
