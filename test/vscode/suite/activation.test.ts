import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('activation', () => {
  it('runs', () => {
    assert.ok(vscode.version.startsWith('1.'));
  });
});
