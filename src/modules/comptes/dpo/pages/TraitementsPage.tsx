import { Fragment } from 'react';
import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { enumerer, pluriel } from '../../../../ui/typographie.ts';
import { direManque, listCategories, type Manque, type Registre, type TableAnnotee, type Traitement } from '../traitements.rules.ts';
import { Onglets } from './Onglets.tsx';

export function TraitementsPage({ registre }: { registre: Registre }) {
  return (
    <>
      <Onglets ici="/dpo/traitements" />
      <PageHeader
        titre="Registre des traitements"
        chapo="Ce que la plateforme tient, pour quoi, sur quel fondement, combien de temps et pour qui (RGPD, art. 30). Il est lu dans la base elle-même : une table ajoutée y paraît le jour même."
      />
      <ButtonGroup>
        <LinkButton variante="secondaire" href="/dpo/traitements.csv" telecharger>
          Exporter le registre (CSV)
        </LinkButton>
      </ButtonGroup>
      <Manques manques={registre.manques} />
      {registre.traitements.length === 0 && (
        <EmptyState titre="Aucun traitement décrit">Les tables de cette base ne portent aucune annotation : lancez les migrations.</EmptyState>
      )}
      {registre.traitements.map((t) => (
        <Fiche key={t.code} traitement={t} />
      ))}
    </>
  );
}

function Manques({ manques }: { manques: readonly Manque[] }) {
  if (manques.length === 0) return null;
  return (
    <NotificationBanner ton="alerte" titre="Registre incomplet">
      <p className="govuk-body">{pluriel(manques.length, 'description')} à ajouter dans une migration.</p>
      <ul className="govuk-list govuk-list--bullet">
        {manques.map((m) => (
          <li key={direManque(m)}>{direManque(m)}</li>
        ))}
      </ul>
    </NotificationBanner>
  );
}

function Fiche({ traitement: t }: { traitement: Traitement }) {
  return (
    <Section titre={t.titre} id={t.code} actions={t.personnel ? undefined : <Tag>Sans donnée personnelle</Tag>}>
      <SummaryList
        serre
        lignes={[
          { cle: 'Finalité', valeur: t.finalite || 'à décrire' },
          { cle: 'Base légale', valeur: t.baseLegale || 'à décrire' },
          { cle: 'Personnes concernées', valeur: t.personnes || 'à décrire' },
          { cle: 'Destinataires', valeur: t.destinataires.length > 0 ? enumerer(t.destinataires) : 'à décrire' },
        ]}
      />
      <Table
        legende={`Données : ${t.titre}`}
        legendeMasquee
        dense
        lignes={t.tables}
        cle={(x) => x.nom}
        colonnes={[
          { cle: 'table', titre: 'Table', entete: true, cellule: (x) => <NomDeTable nom={x.nom} /> },
          { cle: 'categories', titre: 'Données', cellule: (x) => <Categories table={x} /> },
          { cle: 'duree', titre: 'Conservation', cellule: (x) => x.duree },
        ]}
      />
    </Section>
  );
}

function Categories({ table }: { table: TableAnnotee }) {
  const categories = listCategories(table);
  if (categories.length === 0) return 'Aucune donnée personnelle';
  const notes = table.colonnes.filter((c) => c.note !== null);
  return (
    <>
      {categories.map((c) => c.libelle).join(', ')}
      <Details resume="Colonnes">
        <ul className="govuk-list">
          {categories.map((c) => (
            <li key={c.categorie}>
              {c.libelle} : {c.colonnes.join(', ')}
            </li>
          ))}
          {notes.map((c) => (
            <li key={c.nom}>
              {c.nom} : {c.note}
            </li>
          ))}
        </ul>
      </Details>
    </>
  );
}

/** A long name breaks after an underscore, never within a word. */
const NomDeTable = ({ nom }: { nom: string }) => (
  <>
    {nom.split(/(?<=_)/).map((part, i) => (
      <Fragment key={part}>
        {i > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </>
);
