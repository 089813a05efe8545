const pageSteps = 10;

/** The step that a key leads to from another; null for keys that lead nowhere. */
export function stepAfterKey(key: string, from: number, count: number): number | null {
  const page = Math.max(1, Math.round(count / pageSteps));
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    PageUp: from + page,
    PageDown: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined ? null : Math.min(Math.max(target, 0), count - 1);
}
