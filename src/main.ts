/**
 * Process entry. What needs the owner of the database (migrations, the contract, roles) runs in a process of its own, which
 * ends; this one loads the application meanwhile, and only ever receives what serving signs in with.
 */
import { preparerAPart } from './preparation-a-part.ts';

const debut = Date.now();
const preparation = preparerAPart(debut);
// A bundle of its own: what it imports would otherwise be loaded before the preparation is started.
const { servir } = (await import(new URL('./src-servir.mjs', import.meta.url).href)) as typeof import('./servir.ts');
await servir(preparation, debut);
