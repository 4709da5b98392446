/** Files sent with a form that did not come in yet: kept a while, under a mark that only their form carries, so that none is sent twice. */
import { readFile } from 'node:fs/promises';
import { addFichier, garderFichier } from '../../../core/base/files.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { sontEgaux } from '../../../core/lien-signe.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { DocumentRecu } from '../saisie/document.ts';
import type { Piece } from './pieces.queries.ts';
import type { Place } from './recits.queries.ts';

type Recu = Extract<DocumentRecu, { ok: true }>;
type Jointe = Pick<Piece, 'fichierId' | 'nom'>;
/** What a form carries of a deposited file: its mark, and its name as people read it. */
export interface Depot {
  marque: string;
  nom: string;
}

const signer = (coffre: Coffre, p: Place, qui: string, id: string, nom: string): string =>
  coffre.signer(['piece', id, nom, p.mesureId, p.periode, p.debiteur, p.territoireId, qui].join('\n'));

export async function deposer(c: Pick<Contexte, 'db' | 'contrat'>, coffre: Coffre, p: Place, qui: string, f: Recu, garde: boolean): Promise<Depot & Jointe> {
  const fichierId = await addFichier(c.db, c.contrat.id, { nom: f.nom, type: f.type, contenu: await readFile(f.chemin), garde });
  return { fichierId, nom: f.nom, marque: `${fichierId}.${signer(coffre, p, qui, fichierId, f.nom)}.${f.nom}` };
}

/** Those that this very person deposited for this very form; anything else is none. */
export function lireDepots(coffre: Coffre, p: Place, qui: string, marques: readonly string[]): (Depot & Jointe)[] {
  return marques.flatMap((marque) => {
    const [, id = '', recue = '', nom = ''] = /^([\da-f-]{36})\.([\w-]{32})\.(.+)$/s.exec(marque) ?? [];
    return id !== '' && sontEgaux(signer(coffre, p, qui, id, nom), recue) ? [{ fichierId: id, nom, marque }] : [];
  });
}

/** Kept for good; null for one whose time is over. */
export async function garderDepot(c: Pick<Contexte, 'db' | 'contrat'>, d: Jointe): Promise<Jointe | null> {
  const garde = await garderFichier(c.db, c.contrat.id, d.fichierId);
  return garde && { fichierId: garde.id, nom: garde.nom };
}
