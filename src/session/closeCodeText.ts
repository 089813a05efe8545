const meanings = new Map([
  [1000, 'normal closure'],
  [1001, 'server going away'],
  [1002, 'protocol error'],
  [1003, 'kind of data not accepted'],
  [1005, 'no code given'],
  [1006, 'connection lost without a closing frame: crash, proxy or network'],
  [1007, 'invalid text'],
  [1008, 'policy violation'],
  [1009, 'message too big: send shorter chunks'],
  [1011, 'server error'],
  [1012, 'server restarting'],
  [1013, 'server overloaded, try again later'],
]);

/** A WebSocket close code with what it means, for messages. */
export function closeCodeText(code: number): string {
  const meaning = meanings.get(code);
  return meaning === undefined ? `code ${code}` : `code ${code}, ${meaning}`;
}
