import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jour, jourDuMoment } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cellule } from '../cellule/cellule.queries.ts';
import type { Charte } from '../charte/charte.schema.ts';

interface Props {
  charte: Charte;
  catalogue: Catalogue;
  cellules: readonly (Cellule & { nom: string; membre: boolean; reglement: string | null })[];
  compose: boolean;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export function CellulesPage({ charte, catalogue, cellules, compose, champs, erreurs }: Props) {
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurs.find((e) => e.champ === nom)?.message });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Cellules"
        chapo="Ce qui se dit dans une cellule n’est lu que par ses membres, après signature de sa charte."
        actions={
          <LinkButton href="/cellules/tableau" variante="secondaire" petit>
            Tableau d’activité
          </LinkButton>
        }
      />
      {cellules.length === 0 ? (
        <EmptyState titre={compose ? 'Aucune cellule' : 'Aucune cellule pour vous'}>
          {compose ? 'Créez la première ci-dessous.' : 'On entre dans une cellule quand la coordination y désigne.'}
        </EmptyState>
      ) : (
        <Table
          legende="Cellules"
          legendeMasquee
          lignes={cellules}
          cle={(c) => c.id}
          colonnes={[
            {
              cle: 'nom',
              titre: 'Cellule',
              entete: true,
              cellule: (c) => (
                <a className="govuk-link" href={`/cellules/${c.id}`}>
                  {c.nom}
                </a>
              ),
            },
            { cle: 'membre', titre: 'Vous', cellule: (c) => (c.membre ? <Tag ton="bleu">Membre</Tag> : 'Pas membre') },
            { cle: 'reglement', titre: 'Règlement intérieur', cellule: (c) => (c.reglement ? `du ${jour(c.reglement)}` : <Tag ton="laiton">À joindre</Tag>) },
            { cle: 'durees', titre: 'Durées', cellule: (c) => (c.dureesLe ? `fixées le ${jourDuMoment(c.dureesLe)}` : <Tag ton="laiton">À fixer</Tag>) },
          ]}
        />
      )}
      {compose && (
        <Section titre="Créer une cellule">
          <Form action="/cellules/creer">
            <Select {...champ('genre')} libelle="Genre" vide="Choisir" options={charte.genres.map((g) => ({ valeur: g.code, libelle: g.libelle }))} />
            <Select
              {...champ('territoire')}
              libelle="Territoire"
              vide="Choisir"
              options={[...catalogue.territoires.values()]
                .filter((t) => t.id === catalogue.racine.id || t.parent === catalogue.racine.id)
                .map((t) => ({ valeur: t.id, libelle: t.nom }))}
            />
            <Button>Créer la cellule</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
