/** Records planned at once, every week or every month: each is then one like any other. */
import { randomUUID } from 'node:crypto';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Auteur } from '../activite.ts';
import { type Brut, un } from '../brut.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Registres } from '../registres.contexte.ts';
import type { Contenu } from '../registres.rules.ts';
import { createActivite } from '../saisie/saisie.queries.ts';
import { lireDate } from '../valeurs.rules.ts';
import { decaler, joursDeSerie, lireEtape, RYTHMES, type Rythme, SERIE_MAX } from './etapes.rules.ts';

const estRythme = (v: string): v is Rythme => Object.hasOwn(RYTHMES, v);

/** Days asked by a form; none when it plans one record only. */
export function lireSerie(d: DefinitionRegistre, brut: Brut): { jours: string[]; erreurs: ErreurDeChamp[] } {
  const rythme = un(brut, 'repetition');
  const etape = lireEtape(un(brut, 'etape'));
  const refuser = (champ: string, message: string) => ({ jours: [], erreurs: [{ champ, message }] });
  if (!d.etapes || !estRythme(rythme)) return { jours: [], erreurs: [] };
  if (!etape.ok || etape.valeur !== 'programmee')
    return refuser('repetition', 'Seul ce qui est programmé se répète : choisissez l’étape « Programmée », ou « Une seule fois ».');
  const jour = lireDate(un(brut, 'jour'));
  const fin = lireDate(un(brut, 'repetition_fin'));
  if (!fin.ok) return refuser('repetition_fin', fin.message);
  if (fin.valeur === null) return refuser('repetition_fin', 'Indiquez jusqu’à quel jour répéter.');
  if (!jour.ok || jour.valeur === null) return { jours: [], erreurs: [] };
  const jours = joursDeSerie(jour.valeur, rythme, fin.valeur);
  if (jours.length < 2) return refuser('repetition_fin', 'Avant ce jour, il n’y a rien à répéter. Choisissez un jour plus lointain, ou « Une seule fois ».');
  if (jours.length > SERIE_MAX)
    return refuser('repetition_fin', `Une série a ${SERIE_MAX} dates au plus. Choisissez un jour plus proche, puis une seconde série.`);
  return { jours, erreurs: [] };
}

/** Address of the series, once all its records are there. */
export async function creerSerie(
  r: Registres,
  c: Contexte,
  ou: { contratId: number; registre: string },
  s: { contenu: Contenu; jours: readonly string[]; auteur: Auteur; quand: Date },
): Promise<string> {
  const serie = randomUUID();
  const k = s.contenu;
  for (const jour of s.jours) {
    const contenu: Contenu = { ...k, jour, fin: k.fin === null ? null : decaler(k.fin, k.jour, jour) };
    const id = await createActivite(c.db, r, ou, { contenu, idExterne: null, auteur: s.auteur, quand: s.quand, serie });
    await c.auditer('activite.creee', `/registres/${ou.registre}/${id}`, { serie }, { apres: contenu });
  }
  return `/registres/${ou.registre}?territoire=tous&serie=${serie}&tri=ancien`;
}
