import * as vscode from 'vscode';
import { proxyInSetting } from './proxyInSetting.ts';

/** The proxy that the user set, as written; null for none. The process that connects checks it. */
export function proxySetting(): string | null {
  return proxyInSetting(vscode.workspace.getConfiguration('rtbench').get<unknown>('proxy'));
}
