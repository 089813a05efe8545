/**
 * Makes a group of controls one tab stop: the arrow keys, Home and End walk within it, and Tab
 * comes back to where the reader was. Hidden and disabled ones are passed over.
 */
export function makeRoving(group: HTMLElement, items: readonly HTMLElement[]): void {
  let current = items[0];
  const choose = (item: HTMLElement) => {
    current = item;
    for (const other of items) other.tabIndex = other === item ? 0 : -1;
  };
  if (current) choose(current);
  group.addEventListener('focusin', (event) => {
    const item = items.find((candidate) => candidate.contains(event.target as Node));
    if (item) choose(item);
  });
  group.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const usable = items.filter((item) => !item.hidden && !item.hasAttribute('disabled'));
    const at = current ? usable.indexOf(current) : -1;
    const next = usable[placeAfterKey(event.key, at, usable.length)];
    if (!next) return;
    event.preventDefault();
    choose(next);
    next.focus();
  });
}

/** -1 where the key moves nowhere. */
function placeAfterKey(key: string, at: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
