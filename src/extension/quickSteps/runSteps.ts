import type { StepPlace } from './stepAnswer.ts';

/** One question. What it learns it keeps in a draft that it shares with the others. */
export interface QuickStep {
  isNeeded(): boolean;
  ask(place: StepPlace): Promise<'next' | 'back' | 'cancel'>;
}

/**
 * Asks the needed steps in order, going back where the user does; which are needed may depend on
 * answers. False where the user gave up.
 */
export async function runSteps(title: string, steps: readonly QuickStep[]): Promise<boolean> {
  const asked: QuickStep[] = [];
  let at = 0;
  while (at < steps.length) {
    const step = steps[at]!;
    if (!step.isNeeded()) {
      at += 1;
      continue;
    }
    const upcoming = steps.slice(at).filter((candidate) => candidate.isNeeded()).length;
    const place = { title, step: asked.length + 1, totalSteps: asked.length + upcoming };
    const outcome = await step.ask(place);
    if (outcome === 'cancel') return false;
    if (outcome === 'next') {
      asked.push(step);
      at += 1;
    } else {
      const previous = asked.pop();
      if (previous === undefined) return false;
      at = steps.indexOf(previous);
    }
  }
  return true;
}
