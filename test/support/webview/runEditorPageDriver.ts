import type { Browser } from 'playwright-core';
import type { RunReport } from '../../../src/runfile/runReport.ts';
import { buildRunView } from '../../../src/runview/buildRunView.ts';
import { buildSessionDetail } from '../../../src/runview/buildSessionDetail.ts';
import {
  fromRunEditorSchema,
  type FromRunEditor,
  type ToRunEditor,
} from '../../../src/runview/runEditorMessages.ts';
import { openPage, type PageDriver, type PageOptions } from './pageDriver.ts';
import type { PageHost } from './pageHost.ts';

export interface RunEditorPageOptions extends PageOptions {
  editable?: boolean;
  /** The first answer to `ready`; by default the report's view. */
  first?: ToRunEditor[];
}

export type RunEditorPageDriver = PageDriver<FromRunEditor, ToRunEditor>;

/** Opens the page and answers it as the extension would, from a report. */
export function openRunEditorPage(
  browser: Browser,
  host: PageHost,
  report: RunReport,
  options: RunEditorPageOptions = {},
): Promise<RunEditorPageDriver> {
  const { editable = true } = options;
  const view = buildRunView(report);
  const first = options.first ?? [
    { type: 'run', view, editable, runnable: true, lastEdit: 0 } as const,
  ];
  const answer = (message: FromRunEditor): readonly ToRunEditor[] => {
    if (message.type === 'ready') return first;
    if (message.type !== 'select') return [];
    const detail = buildSessionDetail(report, message.sessionId);
    return detail ? [{ type: 'detail', detail }] : [];
  };
  return openPage(browser, host.url, { schema: fromRunEditorSchema, answer }, options);
}
