import { jourDe } from '../../core/clock.ts';
import { introuvable } from '../../core/errors.ts';
import { type Contexte, texte } from '../../core/http/http.ts';
import type { Mesure } from '../contrats/index.ts';
import { peutVoirSaisie } from './indicateurs.policy.ts';
import { type FormulaireDeContrat, getFormulaire } from './formulaires.ts';
import { lireEtendue, lirePeriode } from './periode.rules.ts';

export interface Cadre {
  f: FormulaireDeContrat;
  mesure: Mesure;
  periode: string;
  territoireId: string;
}

/** Measure, period and territory of the address; 404 for what the contract does not have. */
export async function cadrer(c: Contexte): Promise<Cadre> {
  const f = await getFormulaire(c.db, c.contrat.id);
  const mesure = f.mesures.get(c.params.mesure ?? '');
  // What is followed beside the measures is for those who work on the contract.
  if (!mesure || (f.catalogue.suivis.has(mesure.id) && !peutVoirSaisie(c.utilisateur))) throw introuvable('Ce chiffre');
  const demandee = texte(c.requete.periode) || texte(c.corps.periode);
  const periode = demandee || jourDe(c.maintenant).slice(0, 4);
  const territoireId = texte(c.requete.territoire) || texte(c.corps.territoire) || f.catalogue.racine.id;
  if (!lirePeriode(periode) && !lireEtendue(periode)) throw introuvable('Cette période');
  if (!f.catalogue.territoires.has(territoireId)) throw introuvable('Ce territoire');
  return { f, mesure, periode, territoireId };
}
