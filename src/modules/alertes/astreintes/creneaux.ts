/** Adding and giving up a duty, by whoever keeps the list or by the person herself through her link. */
import { code } from '../../../core/trace/details.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { type Contexte, lire } from '../../../core/http/http.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import * as q from './astreintes.queries.ts';
import { CRENEAU_VIDE, creneauSchema } from './astreintes.schema.ts';

/** Errors of the form; none when it is written. Two duties of one person do not meet: who is relieved would not be known. */
export async function ajouterCreneau(c: Contexte, i: q.Inscrit, champs: Record<string, string>, par: string): Promise<readonly ErreurDeChamp[]> {
  const lu = lire(creneauSchema, { ...CRENEAU_VIDE, ...champs });
  if (!lu.ok) return lu.erreurs;
  const { debut, fin, suppleantId } = lu.valeur;
  if (fin <= c.maintenant) return [{ champ: 'jour_fin', message: 'Ce créneau est déjà passé.' }];
  const [meme] = await q.listCreneaux(c.db, c.contrat.id, { debut, fin }, i.id);
  if (meme)
    return [{ champ: 'jour_debut', message: `Un créneau est déjà là, du ${jourEtHeure(meme.debut)} au ${jourEtHeure(meme.fin)} : retirez-le d’abord.` }];
  if (suppleantId !== null) {
    const s = await q.getInscrit(c.db, c.contrat.id, suppleantId);
    if (!s || s.retireLe || s.id === i.id || s.fonction !== i.fonction || s.territoire !== i.territoire)
      return [{ champ: 'suppleant', message: 'Choisissez un suppléant de la même fonction, au même endroit.' }];
  }
  const id = await q.addCreneau(c.db, c.contrat.id, { inscritId: i.id, suppleantId, debut, fin }, { par, quand: c.maintenant });
  await c.auditer('astreinte.ajoutee', `/alertes/astreintes/inscrits/${i.id}`, { creneau: code(id) });
  return [];
}
export async function retirerCreneau(c: Contexte, i: q.Inscrit, creneauId: string, par: string): Promise<boolean> {
  const x = await q.getCreneau(c.db, c.contrat.id, creneauId, true);
  if (!x || x.inscritId !== i.id || x.fin <= c.maintenant) return false;
  const fait = await q.annulerCreneau(c.db, c.contrat.id, x.id, { par, quand: c.maintenant });
  if (fait) await c.auditer('astreinte.annulee', `/alertes/astreintes/inscrits/${i.id}`, { creneau: code(x.id) });
  return fait;
}

/** Dies with the address it was sent to, and when the person leaves the list. */
const USAGE = 'astreinte';
const parties = (i: Pick<q.Inscrit, 'id' | 'courriel'>) => [i.id, i.courriel];
export const lienPersonnel = (coffre: Coffre, i: Pick<q.Inscrit, 'id' | 'courriel'>): string => `/alertes/moi/${i.id}/${signerLien(coffre, USAGE, parties(i))}`;
export const estSonLien = (coffre: Coffre, i: Pick<q.Inscrit, 'id' | 'courriel'>, recu: string): boolean => estLienSigne(coffre, USAGE, parties(i), recu);
