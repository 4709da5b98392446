import { Fragment } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { GroupeDuJour } from '../echeances.journee.ts';
import { etatDe } from '../echeances.rules.ts';
import type { Echeance, Genre } from '../echeances.types.ts';
import { objetDit } from '../genres.ts';
import { DateDue, EtatTag, ouDit } from './EcheanceDite.tsx';

/** Lines shown of each kind. */
const PAR_GENRE = 5;

/** « Décisions à suivre »: the kind's noun comes first, and takes an s. */
const auNombre = (libelle: string, n: number): string => (n > 1 ? libelle.replace(/^\S+/, (nom) => `${nom}s`) : libelle);

const acteDe = (g: Genre, e: Echeance) => (g.acte ? { libelle: g.acte.libelle, href: g.acte.chemin(e) } : { libelle: 'Ouvrir', href: e.chemin });

function direNombre(total: number, retards: number): string {
  if (retards === total) return `${pluriel(total, 'échéance')} en retard.`;
  return `${pluriel(total, 'échéance')} d’ici un mois${retards > 0 ? `, dont ${retards} en retard` : ''}.`;
}

/** What waits for this person, kind by kind, each with what to do. */
export function EcheancesDuJour({ groupes, catalogue, aujourdhui }: { groupes: readonly GroupeDuJour[]; catalogue: Catalogue; aujourdhui: string }) {
  const toutes = groupes.flatMap((g) => g.echeances);
  const retards = toutes.filter((e) => etatDe(e, aujourdhui) === 'en_retard').length;
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
        <EmptyState titre="Rien à faire" actions={[{ libelle: 'Les échéances de tous', href: '/echeances' }]}>
          Aucune échéance ne vous attend dans le mois qui vient.
        </EmptyState>
      ) : (
        <p className="govuk-body">{direNombre(toutes.length, retards)}</p>
      )}
      <div className="c-a-faire">
        {groupes.map(({ genre, echeances }) => (
          <Fragment key={genre.code}>
            <Table
              legende={`${auNombre(genre.libelle, echeances.length)} (${echeances.length})`}
              dense
              lignes={echeances.slice(0, PAR_GENRE)}
              cle={(e) => e.id}
              colonnes={[
                {
                  cle: 'due',
                  titre: 'Pour le',
                  cellule: (e) => (
                    <>
                      <DateDue e={e} /> {etatDe(e, aujourdhui) === 'en_retard' && <EtatTag e={e} aujourdhui={aujourdhui} />}
                    </>
                  ),
                },
                {
                  cle: 'objet',
                  titre: 'Quoi',
                  entete: true,
                  cellule: (e) => (
                    <a className="govuk-link" href={e.chemin}>
                      {objetDit(e)}
                    </a>
                  ),
                },
                {
                  cle: 'ou',
                  titre: 'Où',
                  cellule: (e) => ouDit(e, catalogue),
                },
                {
                  cle: 'acte',
                  titre: 'Que faire',
                  cellule: (e) => (
                    <a className="govuk-link" href={acteDe(genre, e).href}>
                      {acteDe(genre, e).libelle}
                      <span className="govuk-visually-hidden">, {objetDit(e)}</span>
                    </a>
                  ),
                },
              ]}
            />
            {echeances.length > PAR_GENRE && (
              <p className="govuk-body-s">
                <a className="govuk-link" href={`/echeances?qui=moi&genre=${genre.code}`}>
                  {`Voir les ${echeances.length}`}
                  <span className="govuk-visually-hidden"> : {genre.libelle}</span>
                </a>
              </p>
            )}
          </Fragment>
        ))}
      </div>
    </Section>
  );
}
