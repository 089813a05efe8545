import type { StepAnswer } from './stepAnswer.ts';

/** Keeps an answer and says where to go on. */
export function takeAnswer<Value>(
  answer: StepAnswer<Value>,
  keep: (value: Value) => void,
): 'next' | 'back' | 'cancel' {
  if (answer.kind !== 'answer') return answer.kind;
  keep(answer.value);
  return 'next';
}
