import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { reportRun } from '../../../src/runfile/runReport.ts';
import type { RunPlace } from '../../../src/runview/runEditorMessages.ts';
import { launchChromium, skipWithoutChromium } from '../../support/launchChromium.ts';
import { screenshot } from '../../support/screenshot.ts';
import { until } from '../../support/until.ts';
import { variedRun } from '../../support/variedRun.ts';
import { checkPage } from '../../support/webview/pageDriver.ts';
import type { PageHost } from '../../support/webview/pageHost.ts';
import { startRunEditorHost } from '../../support/webview/runEditorHost.ts';
import {
  openRunEditorPage,
  type RunEditorPageDriver,
} from '../../support/webview/runEditorPageDriver.ts';
import { sentLast } from '../../support/webview/sentLast.ts';
import { themeKinds } from '../../support/webview/webviewTheme.ts';

const report = reportRun(variedRun(60, ['local', 'cloud']));
const anywhere: RunPlace = { endpointId: 'local', sessionId: null, sort: null, query: '' };

describe('run editor page in a diff', { skip: skipWithoutChromium(), concurrency: false }, () => {
  let host: PageHost;
  let browser: Browser;

  before(async () => {
    host = await startRunEditorHost();
    browser = await launchChromium();
  });

  after(async () => {
    await browser.close();
    await host.close();
  });

  /** A page that was told that another version is shown beside it. */
  async function linked(check: (driver: RunEditorPageDriver) => Promise<void>): Promise<void> {
    await checkPage(await openRunEditorPage(browser, host, report), async (driver) => {
      await driver.page.locator('.grid-row').first().waitFor();
      await driver.say({ type: 'versions', isLinked: true });
      await driver.page.locator('.versions-banner').waitFor();
      await check(driver);
    });
  }

  test('says that there are two versions, and leads to their comparison', () =>
    linked(async ({ page, sent, say }) => {
      await page.getByRole('button', { name: 'Open Comparison' }).click();
      await sentLast(sent, { type: 'openComparison' });
      await say({ type: 'versions', isLinked: false });
      await page.locator('.versions-banner').waitFor({ state: 'detached' });
    }));

  test('tells where the reader goes', () =>
    linked(async ({ page, sent }) => {
      const places = () => sent.flatMap((each) => (each.type === 'place' ? [each.place] : []));
      await page.locator('.grid-row').first().click();
      await page.locator('.pane-head').waitFor();
      assert.deepEqual(places(), [{ ...anywhere, sessionId: 's00001' }]);
      await page.getByRole('columnheader', { name: 'Utterance' }).click();
      const sort = { column: 'utterance', direction: 'ascending' } as const;
      await sentLast(sent, { type: 'place', place: { ...anywhere, sessionId: 's00001', sort } });
      await page.getByRole('tab', { name: /cloud/ }).click();
      await sentLast(sent, { type: 'place', place: { ...anywhere, endpointId: 'cloud', sort } });
    }));

  test('follows to a session out of sight, and does not say so', () =>
    linked(async ({ page, sent, say }) => {
      const sort = { column: 'utterance', direction: 'descending' } as const;
      const sessionId = report.run.sessions.find(
        (session) => session.endpointId === 'cloud' && session.utteranceId === 'clip-en-exact',
      )!.id;
      await say({
        type: 'follow',
        place: { endpointId: 'cloud', sessionId, sort, query: 'clip' },
      });
      await sentLast(sent, { type: 'select', sessionId });
      await page.locator(`.pane-head h2[title="Session ${sessionId}"]`).waitFor();
      const row = page.locator('.grid-row[aria-selected="true"]');
      const isInSight = async () => {
        const box = await row.boundingBox();
        return box !== null && box.y > 0 && box.y + box.height <= page.viewportSize()!.height;
      };
      await until(isInSight, 'the row in sight');
      assert.equal(await page.locator('.search input').inputValue(), 'clip');
      const header = page.getByRole('columnheader', { name: 'Utterance' });
      assert.equal(await header.getAttribute('aria-sort'), 'descending');
      await say({ type: 'follow', place: { ...anywhere, endpointId: 'cloud' } });
      await page.getByText('Choose a session').waitFor();
      assert.ok(!sent.some(({ type }) => type === 'place'));
    }));

  for (const theme of themeKinds) {
    test(`breaks no accessibility rule in ${theme}`, async () => {
      const driver = await openRunEditorPage(browser, host, report, { theme });
      await checkPage(driver, async ({ page, say, axe }) => {
        await page.locator('.grid-row').first().waitFor();
        await say({ type: 'versions', isLinked: true });
        await page.locator('.versions-banner').waitFor();
        assert.deepEqual(await axe(), []);
        await screenshot(page, `run-versions-${theme}`);
      });
    });
  }
});
