/** What goes by a way of its own and never comes here: who holds it, what is kept of it, what counts it. */
import { enSuite } from '../../../ui/enSuite.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import type { Demarche } from '../guide/guide.schema.ts';

export const HORS_DICI = '/aide/hors-concorde';
export type Mesures = ReadonlyMap<string, { court: string }>;

type Nommer = (acteur: string) => string;
type Dehors = NonNullable<Demarche['dehors']>;

/** Its steps and its clock are on the page of the circuit, which keeps them. */
export const Garde = ({ d }: { d: Pick<Demarche, 'dehors' | 'titre'> }) =>
  d.dehors?.garde === undefined ? (
    <>Rien.</>
  ) : (
    <>
      Des dates, des étapes et des réponses de listes, sans un mot :{' '}
      <a className="govuk-link" href={`/signaler/${d.dehors.garde}/parcours`}>
        étapes et délais<span className="govuk-visually-hidden"> : {d.titre}</span>
      </a>
      .
    </>
  );
export const Chiffres = ({ dehors, mesures }: { dehors: Dehors; mesures: Mesures }) =>
  dehors.compte.length === 0 ? (
    <>Aucun chiffre.</>
  ) : (
    enSuite(dehors.compte, (id, rang) => (
      <>
        {rang > 0 && ', '}
        <a className="govuk-link" href={`/chiffres/${id}`}>
          {mesures.get(id)?.court ?? id}
        </a>
      </>
    ))
  );
export const Tenants = ({ d, nommer }: { d: Pick<Demarche, 'tenu_par'>; nommer: Nommer }) => (
  <>
    {enSuite(d.tenu_par, (a, rang) => (
      <>
        {rang > 0 && ', '}
        <a className="govuk-link" href={`/acteurs/${a}`}>
          {nommer(a)}
        </a>
      </>
    ))}
  </>
);

export const HorsDiciPage = ({ demarches, nommer, mesures }: { demarches: readonly Demarche[]; nommer: Nommer; mesures: Mesures }) => (
  <>
    <PageHeader
      titre="Ce qui passe hors de Concorde"
      chapo="Ces circuits ont leur propre voie, fixée par la loi ou par qui les tient. Aucun nom, aucune pièce, aucun récit n’en vient ici."
    />
    <Table
      legende="Les circuits tenus ailleurs"
      legendeMasquee
      colonnes={[
        {
          cle: 'quoi',
          titre: 'Démarche',
          entete: true,
          cellule: (d) => (
            <a className="govuk-link" href={`/aide/demarches/${d.code}`}>
              {d.titre}
            </a>
          ),
        },
        { cle: 'qui', titre: 'À qui s’adresser', cellule: (d) => <Tenants d={d} nommer={nommer} /> },
        { cle: 'garde', titre: 'Gardé ici', cellule: (d) => <Garde d={d} /> },
        { cle: 'compte', titre: 'Compté', cellule: (d) => (d.dehors ? <Chiffres dehors={d.dehors} mesures={mesures} /> : null) },
      ]}
      lignes={demarches}
      cle={(d) => d.code}
    />
  </>
);
