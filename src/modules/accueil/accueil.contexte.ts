/** What every page of the module starts from. */
import { jourDe } from '../../core/clock.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { introuvable } from '../../core/errors.ts';
import { type Contexte, texte } from '../../core/http/http.ts';
import { getFormulaire } from '../indicateurs/index.ts';
import { type Cadre, getAppuisDe, getSuivi } from './accueil.queries.ts';
import { choisirAnnee, etatDeFiche } from './accueil.rules.ts';

/** Contract, year and territory of the address. 404 for a territory that the contract does not have. */
export async function cadrer(c: Contexte, territoire = texte(c.requete.territoire)): Promise<Cadre> {
  const f = await getFormulaire(c.db, c.contrat.id);
  const cat = f.catalogue;
  const territoireId = territoire || cat.racine.id;
  if (!cat.territoires.has(territoireId)) throw introuvable('Ce territoire');
  return { db: c.db, contratId: c.contrat.id, f, annee: choisirAnnee(texte(c.requete.annee), cat, jourDe(c.maintenant)), territoireId };
}

/** State of every fiche of the contract in two reads of figures and one of evidence. */
export async function etats(k: Cadre) {
  const cat = k.f.catalogue;
  const [suivi, appuis] = await lireEnsemble(k.db, [() => getSuivi(k, [...cat.mesures.values()]), () => getAppuisDe(k, [...cat.fiches.keys()])]);
  return { suivi, etats: [...cat.fiches.values()].map((f) => etatDeFiche(f, suivi, appuis)) };
}
