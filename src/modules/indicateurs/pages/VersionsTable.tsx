import { Details } from '../../../ui/Details.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { formatPeriode, jourEtHeure, nombre } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { cleDe, genreDe, libelleDeCle } from '../saisie/grain.rules.ts';
import { direContestation, direDonneur, direEtatDeParole, direUneContestation } from '../saisie/parole.rules.ts';

/** Everything that was entered: nothing is erased. */
export function VersionsTable(p: { mesure: Mesure; versions: readonly ValeurCollectee[]; catalogue: Catalogue; voirSaisie: boolean }) {
  const { catalogue: c, mesure: m } = p;
  const genre = genreDe(m);
  // A number typed where a document is asked is no figure: it is not shown as one.
  const direValeur = (v: ValeurCollectee) => (genre === 'nombre' && v.valeur !== null ? nombre(v.valeur) : v.texte === null ? `${genre} attendu` : genre);
  const valideur = (v: ValeurCollectee) => [v.validePar, v.valideOrganisation === null ? '' : c.nomActeur(v.valideOrganisation)].filter(Boolean).join(', ');
  const lieux = new Set(p.versions.map((v) => v.territoireId));
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
              [
                direDonneur(v, c),
                lieux.size > 1 ? (c.territoires.get(v.territoireId)?.nom ?? v.territoireId) : '',
                formatPeriode(v.periode),
                cleDe(v.ventilation) === '' ? '' : libelleDeCle(m, cleDe(v.ventilation)),
              ]
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
          {
            cle: 'qui',
            titre: 'Saisie',
            cellule: (v) => (p.voirSaisie ? `${v.saisiPar}, ${c.nomActeur(v.saisiParOrganisation)}, ${jourEtHeure(v.saisiLe)}` : jourEtHeure(v.saisiLe)),
          },
          {
            cle: 'validation',
            titre: 'Validation',
            cellule: (v) => (
              <>
                {v.courante || v.validee ? direEtatDeParole(v, c) : ['remplacé', direContestation(v, c)].filter(Boolean).join(', ')}
                {v.valideLe && (
                  <div className="govuk-hint govuk-!-margin-bottom-0">{`validé ${p.voirSaisie ? `par ${valideur(v)}, ` : ''}le ${jourEtHeure(v.valideLe)}`}</div>
                )}
                {p.voirSaisie &&
                  v.contestations.map((k) => (
                    <div key={`${k.organisationId}${k.le}${k.retireeLe}`} className="govuk-hint govuk-!-margin-bottom-0">
                      {direUneContestation(k, c)}
                    </div>
                  ))}
              </>
            ),
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
