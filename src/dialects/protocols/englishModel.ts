import { BenchError } from '../../common/benchError.ts';

/** @throws BenchError `request_invalid` for another language with a model whose name says English. */
export function refuseOtherThanEnglish(
  label: string,
  model: string,
  language: string | null,
): void {
  if (language === null || /^en\b/i.test(language) || !isEnglishModel(model)) return;
  throw new BenchError(
    'request_invalid',
    `${label}'s model ${model} knows English only, not "${language}": choose another model.`,
  );
}

export function isEnglishModel(model: string): boolean {
  return /-(en|english)$/i.test(model);
}
