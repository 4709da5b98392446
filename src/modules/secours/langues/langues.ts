/** The languages of the pages of help, as their addresses name them. One file each. */
import { ar } from './ar.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { falc } from './falc.ts';
import type { Mots } from './mots.ts';
import { pt } from './pt.ts';
import { tr } from './tr.ts';
import { uk } from './uk.ts';
import { zh } from './zh.ts';

export const LANGUES: Readonly<Record<string, Mots>> = { falc, en, es, pt, ar, uk, zh, tr, bn };
