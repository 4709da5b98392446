/**
 * Process entry. What needs the owner of the database (migrations, the contract, roles) runs in a process of its own, which
 * ends; this one loads the application meanwhile, and only ever receives what serving signs in with.
 */
import { setFlagsFromString } from 'node:v8';
import { preparerAPart } from './preparation-a-part.ts';

// Pages leave much behind them and little alive (70 MB): left to itself, V8 lets the heap grow to four times that before it looks.
setFlagsFromString('--heap-growing-percent=60');

const debut = Date.now();
const preparation = preparerAPart(debut);
// Loading the application keeps this process busy, and the embedded server is its child: started first.
await preparation.lancee;
// A bundle of its own: what it imports would otherwise be loaded before the preparation is started.
const { servir } = (await import(new URL('./src-servir.mjs', import.meta.url).href)) as typeof import('./servir.ts');
await servir(preparation, debut);
