import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Table } from '../../../ui/Table.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { type FauteDeLigne, LIGNES_MAX } from './lignes.rules.ts';

const FAUTES_MONTREES = 200;

/** One file for many reports of one organisation: all are received, or none. */
export function FichierPage(p: { circuit: Circuit; erreurs: readonly ErreurDeChamp[]; fautes: readonly FauteDeLigne[]; fichier: string }) {
  const { circuit: c, fautes } = p;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader surtitre={c.titre} titre="Envoyer un fichier" chapo={c.objet} />
      {fautes.length > 0 && (
        <Table
          legende={`« ${p.fichier} » : ${pluriel(fautes.length, 'case à corriger', 'cases à corriger')}${fautes.length > FAUTES_MONTREES ? `, les ${FAUTES_MONTREES} premières` : ''}. Rien n’a été envoyé.`}
          colonnes={[
            { cle: 'ligne', titre: 'Ligne', cellule: (f) => f.ligne, numerique: true, entete: true },
            { cle: 'colonne', titre: 'Colonne', cellule: (f) => f.colonne || 'toute la ligne' },
            { cle: 'message', titre: 'À corriger', cellule: (f) => f.message },
          ]}
          lignes={fautes.slice(0, FAUTES_MONTREES)}
          cle={(f) => `${f.ligne} ${f.colonne} ${f.message}`}
        />
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={`/signalements/saisir/${c.code}/modele.csv`}>
          Télécharger le modèle (CSV)
        </a>{' '}
        : une ligne par demande, {LIGNES_MAX} au plus. Plusieurs réponses dans une case se séparent par « ; ».
      </p>
      <Form action={`/signalements/saisir/${c.code}/fichier`} fichiers>
        <FileUpload
          nom="fichier"
          libelle="Fichier rempli"
          aide="CSV, XLSX, ODS ou XLS, 10 Mo au plus."
          accepte=".csv,.xlsx,.ods,.xls"
          erreur={erreurDe(p.erreurs, 'fichier')}
        />
        <Button>Vérifier et envoyer</Button>
      </Form>
    </>
  );
}

export function FichierRecuPage({ circuit: c, numeros }: { circuit: Circuit; numeros: readonly number[] }) {
  return (
    <>
      <Panel titre="C’est envoyé">{pluriel(numeros.length, 'demande reçue', 'demandes reçues')}</Panel>
      <p className="govuk-body">
        {numeros.length === 1 ? `Numéro ${numeros[0]}.` : `Numéros ${Math.min(...numeros)} à ${Math.max(...numeros)}.`} Chacune a son délai et sa réponse :{' '}
        <a className="govuk-link" href={`/signalements/boite?circuit=${c.code}&service=tous`}>
          voir les demandes de ce circuit
        </a>
        .
      </p>
    </>
  );
}
