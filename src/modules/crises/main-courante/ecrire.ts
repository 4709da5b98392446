/** Writing in the main courante: people, devices that were alone, and the platform itself, by one way. */
import { randomUUID } from 'node:crypto';
import { emettre } from '../../../core/direct/direct.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { salleDe } from '../crises.contexte.ts';
import { CANAL_DE_LA_SALLE, type CLASSES_ECRITES } from '../crises.schema.ts';
import type { Phrase } from './phrase.rules.ts';
import type { Dite } from './preparer.rules.ts';
import { type Ecrite, ecrireEntrees, type NouvelleEntree } from './main-courante.queries.ts';

type Ou = Pick<Contexte, 'db' | 'contrat' | 'utilisateur' | 'maintenant' | 'auditer'>;
/** Device of what is written without a script, and of what the platform writes. */
const POSTE_DES_PAGES = 'page';
const POSTE_DE_LA_PLATEFORME = 'concorde';

export interface Origine {
  cle?: string;
  poste?: string;
  ordre?: number;
  /** Clock of the device when it was written; the server's when left out. */
  saisiLe?: Date;
  ecartMs?: number;
  confirme?: readonly string[];
}
/** Ready to be written by this person. */
export function entreeDe(c: Ou, dite: Dite, o: Origine = {}): NouvelleEntree {
  const u = c.utilisateur;
  return {
    ...dite,
    cle: o.cle ?? randomUUID(),
    poste: o.poste ?? POSTE_DES_PAGES,
    ordre: o.ordre ?? 0,
    arriveLe: c.maintenant,
    saisiLe: o.saisiLe ?? c.maintenant,
    ecartMs: o.ecartMs ?? 0,
    confirme: o.confirme ?? [],
    auteur: u?.nom ?? 'Concorde',
    auteurId: u?.id ?? null,
    organisationId: u?.organisationId ?? '',
    automatique: false,
  };
}

/** One transaction, its numbers given in order; told to the room when it commits. */
export async function ecrire(c: Ou, criseId: string, entrees: readonly NouvelleEntree[]): Promise<Ecrite[]> {
  const ecrites = await ecrireEntrees(c.db, criseId, entrees);
  const numeros = ecrites.filter((e) => e.nouvelle).map((e) => Number(e.numero));
  if (numeros.length === 0) return ecrites;
  await emettre(c.db, salleDe(c.contrat.id, criseId), { genre: 'entrees', a: Math.max(...numeros) });
  await c.auditer('main-courante.ecrite', `/crises/${criseId}`, { de: Math.min(...numeros), a: Math.max(...numeros) });
  return ecrites;
}

/** What the room does is in its main courante too: opened, commanded, done, closed. Returns its number. */
export async function noter(c: Ou, criseId: string, e: { contenu: Phrase; classe: (typeof CLASSES_ECRITES)[number]; source?: string }): Promise<number> {
  const dite = {
    survenuLe: c.maintenant,
    source: e.source ?? '',
    canal: CANAL_DE_LA_SALLE,
    vers: '',
    contenu: e.contenu.texte,
    classe: e.classe,
    decideur: '',
    duLe: null,
    renvoiGenre: null,
    renvoi: null,
  };
  const [ecrite] = await ecrire(c, criseId, [{ ...entreeDe(c, dite, { poste: POSTE_DE_LA_PLATEFORME, confirme: e.contenu.confirme }), automatique: true }]);
  return Number(ecrite?.numero ?? 0);
}
