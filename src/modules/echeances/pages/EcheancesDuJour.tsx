import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { GroupeDuJour } from '../echeances.journee.ts';
import { etatDe, pressantes } from '../echeances.rules.ts';
import type { Echeance, Genre } from '../echeances.types.ts';
import { objetDit } from '../genres.ts';
import { DateDue, EtatTag, ouDit } from './EcheanceDite.tsx';

/** Lines shown, and of one kind at most: forty late figures hide neither a session nor a decision. */
const LIMITES = { lignes: 20, parGenre: 5 };

const acteDe = (g: Genre, e: Echeance) => (g.acte ? { libelle: g.acte.libelle, href: g.acte.chemin(e) } : { libelle: 'Ouvrir', href: e.chemin });

function direNombre(total: number, retards: number): string {
  if (retards === total) return `${pluriel(total, 'échéance')} en retard.`;
  return `${pluriel(total, 'échéance')} d’ici un mois${retards > 0 ? `, dont ${retards} en retard` : ''}.`;
}

/** What waits for this person, the most urgent first whatever its kind, each with what to do. */
export function EcheancesDuJour({ groupes, catalogue, aujourdhui }: { groupes: readonly GroupeDuJour[]; catalogue: Catalogue; aujourdhui: string }) {
  const toutes = groupes.flatMap((g) => g.echeances);
  const retards = toutes.filter((e) => etatDe(e, aujourdhui) === 'en_retard').length;
  const lignes = pressantes(groupes, LIMITES);
  // The same thing asked of several services of one house: each says whose it is.
  const direObjet = (e: Echeance) => `${e.genre} ${objetDit(e)} ${e.territoireId}`;
  const deuxFois = new Set(lignes.map(({ e }) => direObjet(e)).filter((x, i, tous) => tous.indexOf(x) !== i));
  return (
    <Section
      titre="À faire"
      id="a-faire"
      actions={
        toutes.length > 0 ? (
          <a className="govuk-link" href="/echeances?qui=moi">
            Toutes vos échéances
          </a>
        ) : undefined
      }
    >
      {toutes.length === 0 ? (
        <EmptyState titre="Aucune échéance" actions={[{ libelle: 'Les échéances de tous', href: '/echeances' }]}>
          Rien n’est dû par vous dans le mois qui vient.
        </EmptyState>
      ) : (
        <div className="c-a-faire">
          <Table
            legende={direNombre(toutes.length, retards)}
            dense
            lignes={lignes}
            cle={({ e }) => e.id}
            colonnes={[
              {
                cle: 'due',
                titre: 'Pour le',
                cellule: ({ e }) => (
                  <>
                    <DateDue e={e} /> {etatDe(e, aujourdhui) === 'en_retard' && <EtatTag e={e} aujourdhui={aujourdhui} />}
                  </>
                ),
              },
              {
                cle: 'objet',
                titre: 'Quoi',
                entete: true,
                cellule: ({ genre, e }) => (
                  <>
                    <span className="c-genre">{genre.libelle}</span>
                    <a className="govuk-link" href={e.chemin}>
                      {objetDit(e)}
                    </a>
                    {deuxFois.has(direObjet(e)) && e.organisationId && <span className="c-genre">{catalogue.nomActeur(e.organisationId)}</span>}
                  </>
                ),
              },
              { cle: 'ou', titre: 'Où', cellule: ({ e }) => ouDit(e, catalogue) },
              {
                cle: 'acte',
                titre: 'Que faire',
                cellule: ({ genre, e }) => (
                  <a className="govuk-link" href={acteDe(genre, e).href}>
                    {acteDe(genre, e).libelle}
                    <span className="govuk-visually-hidden">, {objetDit(e)}</span>
                  </a>
                ),
              },
            ]}
          />
          <Autres groupes={groupes} montrees={lignes.map(({ e }) => e)} />
        </div>
      )}
    </Section>
  );
}

/** What the list leaves out, kind by kind. */
function Autres({ groupes, montrees }: { groupes: readonly GroupeDuJour[]; montrees: readonly Echeance[] }) {
  const restes = groupes
    .map(({ genre, echeances }) => ({ genre, n: echeances.length - montrees.filter((e) => e.genre === genre.code).length }))
    .filter((x) => x.n > 0);
  if (restes.length === 0) return null;
  return (
    <p className="govuk-body-s">
      {`${pluriel(
        restes.reduce((t, x) => t + x.n, 0),
        'autre',
      )}, moins pressées : `}
      {enSuite(restes, ({ genre, n }, rang) => (
        <>
          {rang > 0 && ', '}
          <a className="govuk-link" href={`/echeances?qui=moi&genre=${genre.code}`}>
            {`${genre.libelle} (${nombre(n)})`}
          </a>
        </>
      ))}
      .
    </p>
  );
}
