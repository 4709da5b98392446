import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { capitale, heure, jour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { EtatSeanceTag, type Instance } from '../../instances/index.ts';
import type { Seance } from '../seances.queries.ts';
import { finDe } from '../seances.rules.ts';

/** « le 15 décembre 2026, de 10 h 00 à 12 h 00 ». */
export function quand(s: Pick<Seance, 'jour' | 'heure' | 'dureeMinutes'>): string {
  if (!s.jour || !s.heure) return 'date à choisir';
  return `le ${jour(s.jour)}, de ${heure(s.heure)} à ${heure(finDe(s.heure, s.dureeMinutes))}`;
}

/** The body, with its territory where the name does not tell it. */
const dire = (i: Instance, c: Catalogue): string => {
  const t = c.territoires.get(i.territoireId);
  return !t || t.id === c.racine.id || i.nom.includes(t.court) ? i.nom : `${i.nom}, ${t.nom}`;
};

export interface EnteteSeanceProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  ici: 'resume' | 'preparer' | 'tenir' | 'clore';
  /** May prepare, hold and close. */
  tient: boolean;
}
/** Head of every page of a session: what, when, where, how far; and its pages. */
export function EnteteSeance({ seance: s, instance, catalogue, ici, tient }: EnteteSeanceProps) {
  const base = `/seances/${s.id}`;
  const avancee = { preparation: 0, annulee: 0, declaree: 0, convoquee: 1, ouverte: 1, relecture: 2, figee: 2 }[s.etat];
  const vivante = s.etat !== 'declaree' && s.etat !== 'annulee';
  return (
    <>
      <PageHeader
        titre={s.titre}
        surtitre={dire(instance, catalogue)}
        chapo={capitale(`${quand(s)}${s.lieu ? `, ${s.lieu}` : ''}.`)}
        etiquette={<EtatSeanceTag etat={s.etat} />}
      />
      {vivante && (
        <SubNavigation
          libelle="Pages de la séance"
          entrees={[
            { libelle: 'Résumé', href: base, actif: ici === 'resume' },
            ...(tient ? [{ libelle: 'Préparer', href: `${base}/preparer`, actif: ici === 'preparer' }] : []),
            ...(avancee >= 1 ? [{ libelle: 'Tenir', href: `${base}/tenir`, actif: ici === 'tenir' }] : []),
            ...(avancee >= 2 ? [{ libelle: 'Relevé', href: `${base}/clore`, actif: ici === 'clore' }] : []),
          ]}
        />
      )}
    </>
  );
}
