import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import type { Lot } from '../../activite.ts';
import type { DefinitionRegistre } from '../../definition.ts';

export const ETATS = {
  prepare: { libelle: 'À vérifier', ton: 'laiton' },
  publie: { libelle: 'Publié', ton: 'vert' },
  annule: { libelle: 'Annulé', ton: 'neutre' },
} as const;

interface ImportPageProps {
  d: DefinitionRegistre;
  lots: readonly Lot[];
  erreurs: { fichier?: string; colle?: string };
  /** What was pasted, when it was refused. */
  colle: string;
  colleMax: number;
}

export function ImportPage({ d, lots, erreurs, colle, colleMax }: ImportPageProps) {
  const base = `/registres/${d.code}`;
  return (
    <>
      <ErrorSummary erreurs={Object.entries(erreurs).map(([champ, message]) => ({ champ, message }))} />
      <PageHeader
        titre="Importer un fichier"
        surtitre={d.libelle}
        chapo="Le fichier est d’abord vérifié, ligne par ligne. Rien n’est publié avant que vous ne l’ayez relu."
      />
      <Form action={`${base}/imports`} fichiers>
        <FileUpload
          nom="fichier"
          libelle="Fichier CSV ou classeur (XLSX, ODS, XLS)"
          accepte=".csv,.txt,.xlsx,.ods,.xls"
          aide="10 Mo au plus. Les titres des colonnes peuvent être les vôtres : vous direz une fois ce que chacun veut dire. D’un classeur, la première feuille visible est lue ; vous pourrez en choisir une autre. La colonne « Identifiant » évite les doublons si vous importez plusieurs fois."
          erreur={erreurs.fichier}
        />
        <ButtonGroup>
          <Button>Vérifier le fichier</Button>
          <LinkButton href={`${base}/modele.xlsx`} variante="secondaire" telecharger>
            Modèle XLSX
          </LinkButton>
          <LinkButton href={`${base}/modele.csv`} variante="secondaire" telecharger>
            Modèle CSV
          </LinkButton>
        </ButtonGroup>
      </Form>
      <Section titre="Coller depuis un tableur">
        <Form action={`${base}/imports`}>
          <Textarea
            nom="colle"
            libelle="Cellules copiées"
            aide="Copiez les lignes dans votre tableur, avec ou sans leurs titres, et collez-les ici. Sans titres, elles se lisent dans l’ordre du modèle."
            lignes={6}
            max={colleMax}
            valeur={colle}
            erreur={erreurs.colle}
            attributs={{ spellCheck: 'false', wrap: 'off' }}
          />
          <Button variante="secondaire">Vérifier le collage</Button>
        </Form>
      </Section>
      <Section titre="Imports précédents">
        {lots.length === 0 ? (
          <EmptyState titre="Aucun import pour l’instant">
            <p className="govuk-body">Vos imports apparaîtront ici ; un import publié peut être annulé.</p>
          </EmptyState>
        ) : (
          <Table
            legende="Imports précédents"
            legendeMasquee
            lignes={lots}
            cle={(l) => l.id}
            colonnes={[
              {
                cle: 'fichier',
                titre: 'Fichier',
                entete: true,
                cellule: (l) => (
                  <a className="govuk-link" href={`${base}/imports/${l.id}`}>
                    {l.fichier}
                  </a>
                ),
              },
              {
                cle: 'etat',
                titre: 'État',
                cellule: (l) => <Tag ton={ETATS[l.etat].ton}>{l.aApparier && l.etat === 'prepare' ? 'Colonnes à dire' : ETATS[l.etat].libelle}</Tag>,
              },
              { cle: 'lues', titre: 'Lignes', numerique: true, cellule: (l) => nombre(l.lues) },
              { cle: 'quand', titre: 'Déposé', cellule: (l) => `${jourEtHeure(l.creeLe)} par ${l.auteur}` },
            ]}
          />
        )}
      </Section>
    </>
  );
}
