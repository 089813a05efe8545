const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:\n]|[^\s"[\]{},:]+/g;

/**
 * The 1-based line on which each element of an array begins, in a text that is valid JSON. The array
 * is the whole text, or with `key` the value of that key of the outermost object.
 */
export function jsonElementLines(json: string, key: string | null): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let arrayDepth = 0;
  let lastText = '';
  let elementExpected = false;
  for (const [token] of json.matchAll(tokens)) {
    if (token === '\n') {
      line += 1;
      continue;
    }
    if (elementExpected && token !== ']') {
      lines.push(line);
      elementExpected = false;
    }
    if (token === '[' || token === '{') {
      depth += 1;
      if (arrayDepth === 0 && opensArray(token, depth, key, lastText)) {
        arrayDepth = depth;
        elementExpected = true;
      }
    } else if (token === ']' || token === '}') {
      if (depth === arrayDepth) break;
      depth -= 1;
    } else if (token === ',') {
      elementExpected = depth === arrayDepth;
    } else if (depth === 1 && token.startsWith('"')) {
      lastText = token;
    }
  }
  return lines;
}

function opensArray(token: string, depth: number, key: string | null, lastText: string): boolean {
  if (token !== '[') return false;
  return key === null ? depth === 1 : depth === 2 && lastText === JSON.stringify(key);
}
