import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { direAuteur, genreDe, lireMethode, type Methode, methodeDe, type Signature, type ValeurCollectee } from '../../indicateurs/index.ts';
import type { LigneAnnexe } from './bilan.modele.ts';
import { typographier } from './bilan.rules.ts';

/** Where figures come from: who gave them, how they count, whether what is told is signed. */
export type Provenance = Pick<LigneAnnexe, 'source' | 'methode' | 'limites'>;
/** Of what was given here and validated: each said once, whoever gave it. */
export function provenances(c: Catalogue, valeurs: readonly ValeurCollectee[], methodes: readonly Methode[]): Map<string, Provenance> {
  const dites = new Map<string, Record<keyof Provenance, Set<string>>>();
  for (const v of valeurs) {
    const ici = dites.get(v.mesureId) ?? { source: new Set(), methode: new Set(), limites: new Set() };
    const lue = v.etat === 'valeur' ? lireMethode(c, methodeDe(c, methodes, v), false) : null;
    const auteur = direAuteur(v, c);
    ici.source.add(auteur ? `${v.source} (${c.nomActeurA(v.debiteur, v.territoireId)}, ${auteur})` : v.source);
    if (lue?.methode) ici.methode.add(lue.methode);
    if (lue?.limites) ici.limites.add(lue.limites);
    dites.set(v.mesureId, ici);
  }
  const ensemble = (s: ReadonlySet<string>) => [...s].join(' ');
  return new Map([...dites].map(([id, d]) => [id, { source: [...d.source].join(' ; '), methode: ensemble(d.methode), limites: ensemble(d.limites) }]));
}
/** Of each narrative that is shown: one that several gave is signed when each of them is. */
export function direSignatures(c: Catalogue, valeurs: readonly ValeurCollectee[], signatures: readonly Signature[]): Map<string, string> {
  const par = new Map(signatures.map((s) => [s.valeurId, s]));
  const recits = valeurs.filter((v) => {
    const m = c.mesures.get(v.mesureId);
    return m !== undefined && genreDe(m) === 'texte' && v.etat === 'valeur' && v.texte !== null;
  });
  return new Map(
    [...new Set(recits.map((v) => v.mesureId))].map((id) => {
      const siennes = recits.filter((v) => v.mesureId === id).map((v) => par.get(v.id));
      const dites = siennes.flatMap((s) => (s ? [`${s.fonction}, ${c.nomActeur(s.organisationId)}, le ${jourDuMoment(s.le)}`] : []));
      // Signed by its institution, it is its own word; until then, who gave it in its name is said.
      const auteurs = [
        ...new Set(
          recits
            .filter((v) => v.mesureId === id && !par.has(v.id))
            .map((v) => direAuteur(v, c))
            .filter(Boolean),
        ),
      ];
      const dit =
        dites.length === 0
          ? `Pas encore signé${auteurs.length > 0 ? `, ${auteurs.join(', ')}` : ''}.`
          : `${dites.length < siennes.length ? 'Signé en partie' : 'Signé'} : ${dites.join(' ; ')}.`;
      return [id, typographier(dit)];
    }),
  );
}
