/** How people write and read which record is meant. Pure. */
import { estUuid } from '../../../core/base/id.ts';
import { abrege, type Lu, lu, refus } from '../../../core/lu.ts';
import { cleTexte } from '../../../core/mots.ts';
import type { ChampLien } from '../definition.ts';
import type { CibleConnue } from './cible.ts';

const jourEcrit = (iso: string): string => iso.split('-').reverse().join('/');
/** The same title comes back every year: its day tells which. What a file holds, and takes back. */
export const ecrireCible = (c: Pick<CibleConnue, 'titre' | 'jour'>): string => `${c.titre} – ${jourEcrit(c.jour)}`;
const ILLISIBLE = 'Un enregistrement que vous ne pouvez pas lire';
export const direCible = (c: CibleConnue | undefined): string => (c?.lisible ? `${ecrireCible(c)}${c.statut === 'retire' ? ' (retiré)' : ''}` : ILLISIBLE);

const ecrits = new WeakMap<ReadonlyMap<string, CibleConnue>, Map<string, CibleConnue[]>>();
/** By everything that may be written for it; made once for a file, however many rows. */
function index(cibles: ReadonlyMap<string, CibleConnue>): Map<string, CibleConnue[]> {
  const deja = ecrits.get(cibles);
  if (deja) return deja;
  const par = new Map<string, CibleConnue[]>();
  for (const c of cibles.values()) {
    if (!c.lisible || c.statut === 'retire') continue;
    const cles = new Set([c.titre, ecrireCible(c), ...(c.idExterne ? [c.idExterne] : [])].map((t) => `${c.registre} ${cleTexte(t)}`));
    for (const cle of cles) par.set(cle, [...(par.get(cle) ?? []), c]);
  }
  ecrits.set(cibles, par);
  return par;
}

/** A record by its id, its number in the partner's tools, its title, or its title and its day. */
export function lireCible(c: ChampLien, texte: string, cibles: ReadonlyMap<string, CibleConnue>): Lu<string> {
  const t = texte.trim();
  if (t === '') return lu<string>(null);
  if (estUuid(t)) {
    const cible = cibles.get(t.toLowerCase());
    if (cible?.registre === c.vers) return lu(cible.id);
    return refus(`« ${c.libelle} » : cet enregistrement n’existe pas dans le registre « ${c.vers} », ou vous ne pouvez pas le lire. Choisissez-en un autre.`);
  }
  const trouves = index(cibles).get(`${c.vers} ${cleTexte(t)}`) ?? [];
  const [seule] = trouves;
  if (seule && trouves.length === 1) return lu(seule.id);
  if (!seule)
    return refus(
      `« ${abrege(t)} » n’est ni le titre ni le numéro d’un enregistrement du registre « ${c.vers} ». Écrivez son titre exact, enregistrez-le d’abord, ou laissez vide.`,
    );
  return refus(`${trouves.length} enregistrements s’appellent « ${abrege(t)} ». Ajoutez la date : « ${ecrireCible(seule)} », ou écrivez son numéro.`);
}

interface Repere {
  territoires: ReadonlySet<string>;
  jour: string;
}
/** The nearest first: the same place, then the nearest day. */
export function parProximite<C extends { territoireId: string; jour: string; fin: string | null }>(cibles: readonly C[], r: Repere): C[] {
  const t = Date.parse(r.jour);
  const pendant = (c: C) => c.jour <= r.jour && (c.fin ?? c.jour) >= r.jour;
  const ecart = (c: C) => (pendant(c) ? 0 : Math.abs(Date.parse(c.jour) - t));
  const ici = (c: C) => (r.territoires.has(c.territoireId) ? 0 : 1);
  return [...cibles].sort((a, b) => ici(a) - ici(b) || ecart(a) - ecart(b) || (a.jour < b.jour ? 1 : -1));
}
