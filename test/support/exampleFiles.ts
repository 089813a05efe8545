/** What is in the folder that `makeExampleWorkspace` makes; paths relative to it. */
export const exampleFiles = {
  audio: 'speech/kitchen-lights.flac',
  run: 'runs/first.rtbench.json',
  secondRun: 'runs/second.rtbench.json',
  invalidJson: 'states/invalid-json.rtbench.json',
  newerFormat: 'states/newer-format.rtbench.json',
  notARun: 'states/not-a-run.rtbench.json',
  damaged: 'states/damaged.rtbench.json',
  emptyRun: 'states/empty-run.rtbench.json',
} as const;
