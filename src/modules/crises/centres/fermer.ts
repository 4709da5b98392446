/** Centres that close with their crisis. */
import type { Contexte } from '../../../core/http/http.ts';
import type { Salle } from '../conduite/salle.ts';
import { noter } from '../main-courante/ecrire.ts';
import { dejaEcrit, type Phrase, phrase, su } from '../main-courante/phrase.rules.ts';
import { court, type Soutien } from '../soutien.schema.ts';
import { type Centre, setEtatDeCentre, tenirCentres } from './centres.queries.ts';

/** « C.A.RE fermé : Gymnase des Essais, 2 rue des Essais. » */
export function direCentre(k: Pick<Salle, 'cat'>, soutien: Pick<Soutien, 'centres'>, c: Centre, vers: 'ouvert' | 'ferme'): Phrase {
  const g = soutien.centres.find((x) => x.code === c.genre);
  const quoi = su(`${g ? court(g) : c.genre} ${vers === 'ouvert' ? 'ouvert' : 'fermé'}`);
  return phrase`${quoi} : ${dejaEcrit(c.nom, k.cat.sigles)}, ${dejaEcrit(c.adresse, k.cat.sigles)}.`;
}

/**
 * To be called when a crisis is closed, inside `surCrise`. Every centre is held: what a desk is sending at this moment is waited for, and what
 * comes after finds the crisis closed. Returns those that were open.
 */
export async function fermerCentres(c: Contexte, k: Pick<Salle, 'cat' | 'crise'>, soutien: Pick<Soutien, 'centres'>): Promise<Centre[]> {
  const ouverts = (await tenirCentres(c.db, c.contrat.id, k.crise.id)).filter((x) => x.etat === 'ouvert');
  for (const x of ouverts) {
    await setEtatDeCentre(c.db, c.contrat.id, x.id, 'ferme', c.maintenant);
    await noter(c, k.crise.id, { classe: 'decision', contenu: direCentre(k, soutien, x, 'ferme') });
  }
  return ouverts;
}
