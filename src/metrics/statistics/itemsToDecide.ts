import { normalQuantile } from './normal.ts';

export interface UndecidedEffect {
  /** Items behind the interval. */
  items: number;
  /** B minus A. */
  effect: number;
  /** 95 % interval of the effect. */
  low: number;
  high: number;
  /** Effects up to this size do not matter (τ). */
  noise: number;
  /** The level that the test must reach; with Holm, α divided by the number of tests. */
  alpha?: number;
}

export interface ItemsToDecide {
  /** Items in all, those at hand included. */
  items: number;
  /** What they would show if the effect is what it seems: that it is real, or too small to matter. */
  toShow: 'change' | 'equivalence';
}

/** How likely the answer should be, if the effect is what it seems. */
const power = 0.8;

/** Beyond, no one would measure. */
const mostItems = 1_000_000;

/**
 * How many items would settle an undecided comparison with 80 % probability, if the effect is what
 * it seems: intervals shrink with the square root of the items, and the end that is in the way has
 * to come within the effect's distance from 0 (to show a change) or from τ (to show that it is too
 * small to matter). A plan, not a promise: the effect itself is only estimated.
 *
 * @returns null when more than a million would be needed, or the interval has no width
 */
export function itemsToDecide(undecided: UndecidedEffect): ItemsToDecide | null {
  const { items, effect, low, high, noise, alpha = 0.05 } = undecided;
  const below = effect - low;
  const above = high - effect;
  const seen = normalQuantile(0.975);
  const safety = normalQuantile(power);
  if (Math.abs(effect) > noise) {
    const inTheWay = effect > 0 ? below : above;
    const shrink =
      (inTheWay / Math.abs(effect)) * ((normalQuantile(1 - alpha / 2) + safety) / seen);
    return planned(items, shrink, 'change');
  }
  const widest = Math.max(below / (noise + effect), above / (noise - effect));
  return planned(items, widest * ((seen + safety) / seen), 'equivalence');
}

function planned(
  items: number,
  shrink: number,
  toShow: ItemsToDecide['toShow'],
): ItemsToDecide | null {
  const needed = Math.ceil(items * shrink ** 2);
  if (!(needed > 0 && needed <= mostItems)) return null;
  return { items: Math.max(items + 1, needed), toShow };
}

/** Items that halve the interval: its width falls with the square root of their number. */
export function itemsToHalve(items: number): number {
  return 4 * items;
}
