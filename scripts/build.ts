// `npm run build`; with `--production` as it ships.
import { buildProduct } from './buildProduct.ts';

await buildProduct({ production: process.argv.includes('--production') });
