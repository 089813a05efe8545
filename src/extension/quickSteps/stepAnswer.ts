/** What came of one question of several. */
export type StepAnswer<Value> =
  { kind: 'answer'; value: Value } | { kind: 'back' } | { kind: 'cancel' };

/** Where a question stands among its siblings; 1-based. */
export interface StepPlace {
  title: string;
  step: number;
  totalSteps: number;
}
