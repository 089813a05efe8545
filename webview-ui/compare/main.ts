import * as z from 'zod/mini';
import { toCompareSchema } from '../../src/compareview/compareMessages.ts';
import { registerControls } from '../shared/controls.ts';
import { VsCodeApi } from '../shared/vscodeApi.ts';
import { ComparePage, type CompareApi } from './comparePage.ts';
import 'uplot/dist/uPlot.min.css';
import '../shared/page.css';
import '../shared/grid.css';
import '../shared/sheet.css';
import './compare.css';
import './utterances/utterances.css';
import './utterance/utterance.css';
import './loads/loads.css';

// The page's content security policy forbids code from strings.
z.config({ jitless: true });
registerControls();

const api: CompareApi = new VsCodeApi(toCompareSchema);
const page = new ComparePage(document.getElementById('compare')!, api);
api.onMessage((message) => {
  page.receive(message);
});
api.post({ type: 'ready' });
