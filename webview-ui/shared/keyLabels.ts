/** How a key of the list is written for the reader's computer. */
export function keyLabels(key: string, isMac: boolean): string[] {
  return key.split(/\+(?=.)/).map((part) => writtenKeys(isMac)[part] ?? part);
}

function writtenKeys(isMac: boolean): Readonly<Record<string, string>> {
  return {
    Ctrl: isMac ? '⌘' : 'Ctrl',
    Shift: isMac ? '⇧' : 'Shift',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
  };
}
