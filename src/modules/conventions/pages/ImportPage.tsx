import { Button, LinkButton } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { TITRES } from '../colonnes.rules.ts';
import type { Faute } from '../importer.ts';

export interface ImportPageProps {
  erreurs: readonly ErreurDeChamp[];
  fautes: readonly Faute[];
  faits: { crees: number; deja: number } | null;
}

export function ImportPage(p: ImportPageProps) {
  const erreurs =
    p.fautes.length > 0
      ? [{ champ: 'fichier', message: `Rien n’a été importé : ${pluriel(p.fautes.length, 'cellule est à corriger', 'cellules sont à corriger')}.` }]
      : p.erreurs;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {p.faits && (
        <NotificationBanner ton="succes">
          {`${pluriel(p.faits.crees, 'acte créé', 'actes créés')}${p.faits.deja > 0 ? `, ${pluriel(p.faits.deja, 'déjà là, laissé tel quel', 'déjà là, laissés tels quels')}` : ''}.`}
        </NotificationBanner>
      )}
      <PageHeader
        titre="Importer un tableau d’actes"
        chapo="Une ligne par acte. Tout entre, ou rien : une seule erreur, et le fichier reste à corriger sans que rien ne change ici."
        actions={
          <LinkButton variante="secondaire" href="/conventions/modele.xlsx">
            Télécharger le modèle
          </LinkButton>
        }
      />
      <Form action="/conventions/import" fichiers>
        <FileUpload
          nom="fichier"
          libelle="Le tableau"
          accepte=".csv,.xlsx,.ods,.xls"
          aide="CSV, XLSX ou ODS, 10 Mo au plus."
          erreur={erreurDe(erreurs, 'fichier')}
        />
        <Button>Importer</Button>
      </Form>
      {p.fautes.length > 0 && (
        <Section titre="À corriger dans votre fichier" id="fautes">
          <Table
            legende="Cellules à corriger"
            legendeMasquee
            dense
            lignes={p.fautes}
            cle={(f) => `${f.ligne} ${f.colonne} ${f.message}`}
            colonnes={[
              { cle: 'ligne', titre: 'Ligne', entete: true, cellule: (f) => `ligne ${f.ligne}` },
              { cle: 'colonne', titre: 'Colonne', cellule: (f) => f.colonne },
              { cle: 'message', titre: 'Quoi faire', cellule: (f) => f.message },
            ]}
          />
        </Section>
      )}
      <Section titre="Les colonnes" id="colonnes">
        <p className="govuk-body">
          « Nature », « Titre » et « Tenu par » sont nécessaires. Plusieurs parties, territoires ou dispositifs se séparent par des points-virgules.
        </p>
        <ul className="govuk-list govuk-list--bullet">
          {enSuite(TITRES, (t) => (
            <li>{t}</li>
          ))}
        </ul>
        <p className="govuk-body">Les dates s’écrivent jj/mm/aaaa. L’état ne s’écrit pas : il se lit des dates et des signatures.</p>
      </Section>
    </>
  );
}
