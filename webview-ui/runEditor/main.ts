import * as z from 'zod/mini';
import { toRunEditorSchema } from '../../src/runview/runEditorMessages.ts';
import { registerControls } from '../shared/controls.ts';
import { VsCodeApi } from '../shared/vscodeApi.ts';
import { RunPage, type RunEditorApi } from './runPage.ts';
import 'uplot/dist/uPlot.min.css';
import '../shared/page.css';
import '../shared/grid.css';
import './runEditor.css';

// The page's content security policy forbids code from strings.
z.config({ jitless: true });
registerControls();

const api: RunEditorApi = new VsCodeApi(toRunEditorSchema);
const page = new RunPage(document.getElementById('run')!, api);
api.onMessage((message) => {
  page.receive(message);
});
api.post({ type: 'ready' });
