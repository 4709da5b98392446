import { Details } from '../../../ui/Details.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { formatPeriode, jourEtHeure, nombre } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { cleDe, genreDe, libelleDeCle } from '../saisie/grain.rules.ts';

/** Everything that was entered: nothing is erased. */
export function VersionsTable(p: { mesure: Mesure; versions: readonly ValeurCollectee[]; catalogue: Catalogue; voirSaisie: boolean }) {
  const { catalogue: c, mesure: m } = p;
  const genre = genreDe(m);
  // A number typed where a document is asked is no figure: it is not shown as one.
  const direValeur = (v: ValeurCollectee) => (genre === 'nombre' && v.valeur !== null ? nombre(v.valeur) : v.texte === null ? `${genre} attendu` : genre);
  return (
    <Details resume="Toutes les versions" id="versions">
      <Table
        legende="Toutes les versions, la plus récente d’abord : rien n’est effacé"
        dense
        colonnes={[
          {
            cle: 'quoi',
            titre: 'Contribution',
            entete: true,
            cellule: (v) =>
              [c.nomActeurA(v.debiteur, v.territoireId), formatPeriode(v.periode), cleDe(v.ventilation) === '' ? '' : libelleDeCle(m, cleDe(v.ventilation))]
                .filter(Boolean)
                .join(', '),
          },
          {
            cle: 'valeur',
            titre: 'Valeur',
            numerique: true,
            cellule: (v) => (v.etat === 'secret' ? 'secret' : v.etat === 'sans_objet' ? 'sans objet' : direValeur(v)),
          },
          {
            cle: 'source',
            titre: 'Source',
            cellule: (v) => (
              <>
                {v.source}
                {p.voirSaisie && v.commentaire && <div className="govuk-hint govuk-!-margin-bottom-0">{v.commentaire}</div>}
              </>
            ),
          },
          { cle: 'qui', titre: 'Saisie', cellule: (v) => (p.voirSaisie ? `${v.saisiPar}, ${jourEtHeure(v.saisiLe)}` : jourEtHeure(v.saisiLe)) },
          {
            cle: 'validation',
            titre: 'Validation',
            cellule: (v) => (v.valideLe ? `${p.voirSaisie ? `${v.validePar}, ` : ''}${jourEtHeure(v.valideLe)}` : 'non validé'),
          },
          {
            cle: 'version',
            titre: 'Version',
            cellule: (v) => (
              <>
                {v.version} {v.courante && <Tag ton="vert">en vigueur</Tag>}
              </>
            ),
          },
        ]}
        lignes={p.versions}
        cle={(v) => v.id}
      />
    </Details>
  );
}
