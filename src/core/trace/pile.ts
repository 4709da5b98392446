/** What is logged of an unexpected error. */
import { readFileSync } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { traduirePile } from './pile.rules.ts';

// A base that does not answer fails each request at the same few places.
const connues = new LRUCache<string, string>({ max: 1000 });

function lireCarte(fichier: string) {
  try {
    return JSON.parse(readFileSync(`${fichier}.map`, 'utf8')) as { sources: string[]; mappings: string };
  } catch {
    // Sources run as they are (tests), or a bundle without its maps.
    return null;
  }
}

/** The trace of an error and of its causes, with the files and lines of the sources. */
export function direPile(e: Error): string {
  const pile = traduirePile(e.stack ?? e.message, lireCarte, connues);
  return e.cause instanceof Error ? `${pile}\ncausée par : ${direPile(e.cause)}` : pile;
}

/** As a line of the log. */
export const erreurEnClair = (e: Error & { code?: unknown }) => ({ type: e.name, message: e.message, code: e.code, stack: direPile(e) });

/** An error that ends the process is told by Node itself, with the positions of the bundle: with those of the sources too. */
export function direLesFatales(): void {
  process.on('uncaughtExceptionMonitor', (e) => process.stderr.write(`${e instanceof Error ? direPile(e) : String(e)}\n`));
}
