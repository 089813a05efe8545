import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainMessage } from '../../../src/extension/plainMessage.ts';

test('what a server says makes no link, least of all one that runs a command', () => {
  const said = '[ok](command:workbench.action.terminal.new) and ![x](http://host) [y]((z)';
  assert.doesNotMatch(plainMessage(said), /\]\(/);
  assert.equal(plainMessage('list [1] (see above)'), 'list [1] (see above)');
});
