import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import { listesDe } from '../../registres.rules.ts';

interface ListsPageProps {
  d: DefinitionRegistre;
  /** `champ/code` of the values that were added. */
  ajoutees: ReadonlySet<string>;
  saisie: { champ: string; libelle: string; code: string };
  erreurs: readonly ErreurDeChamp[];
}

/** The closed lists of a register; a value is added, never removed, since records use it. */
export function ListsPage({ d, ajoutees, saisie, erreurs }: ListsPageProps) {
  const listes = listesDe(d);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Listes de valeurs"
        surtitre={d.libelle}
        chapo="Une valeur ajoutée apparaît aussitôt dans les formulaires, les filtres et les imports. Elle ne peut plus être retirée."
      />
      <Form action={`/registres/${d.code}/listes`}>
        <Select
          nom="champ"
          libelle="Liste à compléter"
          valeur={saisie.champ}
          erreur={erreurDe(erreurs, 'champ')}
          options={listes.map((l) => ({ valeur: l.chemin, libelle: l.libelle }))}
          vide="Choisir"
        />
        <TextInput nom="libelle" libelle="Libellé" valeur={saisie.libelle} erreur={erreurDe(erreurs, 'libelle')} />
        <TextInput
          nom="code"
          libelle="Code"
          aide="Sans accent ni espace, par exemple « agents-de-quai ». Laissez vide pour le tirer du libellé."
          facultatif
          valeur={saisie.code}
          erreur={erreurDe(erreurs, 'code')}
        />
        <Button>Ajouter la valeur</Button>
      </Form>
      {listes.map((l) => (
        <Section key={l.chemin} titre={l.libelle} niveau={3}>
          <Table
            legende={l.libelle}
            legendeMasquee
            dense
            lignes={l.options}
            cle={(o) => o.code}
            colonnes={[
              { cle: 'libelle', titre: 'Libellé', entete: true, cellule: (o) => o.libelle },
              { cle: 'code', titre: 'Code', cellule: (o) => <code>{o.code}</code> },
              {
                cle: 'origine',
                titre: 'Origine',
                cellule: (o) => (ajoutees.has(`${l.chemin}/${o.code}`) ? 'ajoutée' : o.retiree ? 'retirée : encore lue, plus proposée' : 'contrat'),
              },
            ]}
          />
        </Section>
      ))}
    </>
  );
}
