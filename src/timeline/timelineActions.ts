/**
 * What can be done on the timeline: one list for the page's keys, the shortcut sheet, and the
 * commands `rtbench.timeline.<id>` of VS Code's palette.
 */
export interface TimelineAction {
  id: string;
  title: string;
  group: 'Play' | 'Move' | 'Select' | 'Zoom' | 'Show';
  /** Keys as the sheet shows them, the first being the usual one; letters are physical keys. */
  keys: readonly string[];
}

export const timelineActions = [
  { id: 'playPause', title: 'Play or Pause', group: 'Play', keys: ['Space'] },
  { id: 'playSelection', title: 'Play Selection', group: 'Play', keys: ['Shift+Space'] },
  { id: 'playToDelta', title: 'Play to This Delta', group: 'Play', keys: ['P'] },
  { id: 'loop', title: 'Loop Selection', group: 'Play', keys: ['L'] },
  { id: 'slower', title: 'Slower', group: 'Play', keys: ['<'] },
  { id: 'faster', title: 'Faster', group: 'Play', keys: ['>'] },
  {
    id: 'previousDelta',
    title: 'Previous Delta or Item of the Track',
    group: 'Move',
    keys: ['ArrowLeft'],
  },
  {
    id: 'nextDelta',
    title: 'Next Delta or Item of the Track',
    group: 'Move',
    keys: ['ArrowRight'],
  },
  { id: 'previousWord', title: 'Previous Word', group: 'Move', keys: ['Ctrl+ArrowLeft'] },
  { id: 'nextWord', title: 'Next Word', group: 'Move', keys: ['Ctrl+ArrowRight'] },
  { id: 'previousTrack', title: 'Track Above', group: 'Move', keys: ['ArrowUp'] },
  { id: 'nextTrack', title: 'Track Below', group: 'Move', keys: ['ArrowDown'] },
  { id: 'previousLane', title: 'Lane Above', group: 'Move', keys: ['Ctrl+ArrowUp'] },
  { id: 'nextLane', title: 'Lane Below', group: 'Move', keys: ['Ctrl+ArrowDown'] },
  { id: 'previousFinal', title: 'Previous Final', group: 'Move', keys: [','] },
  { id: 'nextFinal', title: 'Next Final', group: 'Move', keys: ['.'] },
  { id: 'previousProblem', title: 'Previous Problem', group: 'Move', keys: ['Shift+N'] },
  { id: 'nextProblem', title: 'Next Problem', group: 'Move', keys: ['N'] },
  { id: 'start', title: 'Go to Start', group: 'Move', keys: ['Home'] },
  { id: 'end', title: 'Go to End', group: 'Move', keys: ['End'] },
  { id: 'selectionStart', title: 'Set Start of Selection', group: 'Select', keys: ['['] },
  { id: 'selectionEnd', title: 'Set End of Selection', group: 'Select', keys: [']'] },
  { id: 'selectWord', title: 'Select Word', group: 'Select', keys: ['Enter'] },
  { id: 'escape', title: 'Clear, Then Show All', group: 'Select', keys: ['Escape'] },
  { id: 'zoomIn', title: 'Zoom In', group: 'Zoom', keys: ['W', '+'] },
  { id: 'zoomOut', title: 'Zoom Out', group: 'Zoom', keys: ['S', '-'] },
  { id: 'panLeft', title: 'Pan Left', group: 'Zoom', keys: ['A'] },
  { id: 'panRight', title: 'Pan Right', group: 'Zoom', keys: ['D'] },
  { id: 'zoomAll', title: 'Show All', group: 'Zoom', keys: ['0'] },
  { id: 'zoomSelection', title: 'Fit Selection', group: 'Zoom', keys: ['F'] },
  { id: 'toggleTable', title: 'Timeline or Table', group: 'Show', keys: ['T'] },
  { id: 'toggleOverlay', title: 'Stack or Overlay Lanes', group: 'Show', keys: ['O'] },
  { id: 'toggleConnectors', title: 'Lines from Word to Arrival', group: 'Show', keys: ['K'] },
  { id: 'toggleSpectrogram', title: 'Waveform or Spectrogram', group: 'Show', keys: ['G'] },
  { id: 'compare', title: 'Compare the Run with…', group: 'Show', keys: ['C'] },
  { id: 'shortcuts', title: 'Keyboard Shortcuts', group: 'Show', keys: ['?'] },
] as const satisfies readonly TimelineAction[];

export type TimelineActionId = (typeof timelineActions)[number]['id'];
