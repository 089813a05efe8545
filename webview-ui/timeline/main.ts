import * as z from 'zod/mini';
import { toTimelineSchema } from '../../src/timeline/timelineMessages.ts';
import { registerControls } from '../shared/controls.ts';
import { VsCodeApi } from '../shared/vscodeApi.ts';
import { TimelinePage, type TimelineApi } from './timelinePage.ts';
import '../shared/page.css';
import '../shared/grid.css';
import '../shared/sheet.css';
import './timeline.css';

// The page's content security policy forbids code from strings.
z.config({ jitless: true });
registerControls();

const api: TimelineApi = new VsCodeApi(toTimelineSchema);
const page = new TimelinePage(document.getElementById('timeline')!, api);
api.onMessage((message) => {
  page.receive(message);
});
api.post({ type: 'ready' });
