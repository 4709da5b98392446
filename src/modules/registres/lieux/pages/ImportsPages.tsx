import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourCourt, jourEtHeure, nombre } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { ValeurDeListe } from '../../../../core/faits.ts';
import type { Bilan, ImportDeLieux } from '../lieux.queries.ts';
import { direType } from '../lieux.rules.ts';
import type { PlanDImport } from '../plan.rules.ts';

export interface SaisieDImport {
  type: string;
  depuis: string;
  fermer: boolean;
  source: string;
  licence: string;
}
interface ImportsDeLieuxPageProps {
  types: readonly ValeurDeListe[];
  saisie: SaisieDImport;
  erreurs: readonly ErreurDeChamp[];
  /** What is wrong in the file, row by row. */
  fautes: readonly { ligne: number; message: string }[];
  imports: EnPages<Omit<ImportDeLieux, 'lus'> & { nombre: number }>;
}

const direBilan = (b: Bilan): string => `${nombre(b.nouveaux)} nouveaux, ${nombre(b.changes)} changés, ${nombre(b.fermes)} terminés`;

export function ImportsDeLieuxPage({ types, saisie, erreurs, fautes, imports }: ImportsDeLieuxPageProps) {
  const champ = (nom: keyof SaisieDImport) => ({ nom, valeur: String(saisie[nom]), erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Importer des lieux" chapo="Le fichier est d’abord lu et comparé à ce qui est connu. Rien n’est écrit avant que vous ne l’ayez relu." />
      {fautes.length > 0 && (
        <Section titre="À corriger dans le fichier">
          <Table
            legende="Lignes à corriger"
            legendeMasquee
            dense
            lignes={fautes}
            cle={(f) => `${f.ligne} ${f.message}`}
            colonnes={[
              { cle: 'ligne', titre: 'Ligne', entete: true, cellule: (f) => nombre(f.ligne) },
              { cle: 'faute', titre: 'Ce qui ne va pas', cellule: (f) => f.message },
            ]}
          />
        </Section>
      )}
      <Form action="/lieux/imports" fichiers>
        <FileUpload
          nom="fichier"
          libelle="Fichier GeoJSON, CSV ou classeur"
          accepte=".geojson,.json,.csv,.txt,.xlsx,.ods"
          aide="Un tableau a une colonne « nom », et « lon » et « lat » (ou « geo_point_2d ») ; « code », « depuis » et « jusqu’au » si vous les avez. 50 Mo au plus."
          erreur={erreurDe(erreurs, 'fichier')}
        />
        <Select
          {...champ('type')}
          libelle="Type de lieu"
          options={types.filter((t) => !t.retiree).map((t) => ({ valeur: t.code, libelle: t.libelle }))}
          vide="Choisir"
        />
        <DateInput
          {...champ('depuis')}
          libelle="Les lieux sont ainsi depuis le"
          aide="Ce qui a changé garde son état d’avant jusqu’à la veille. Vide : le fichier corrige ce que l’on savait, pour toutes les dates."
          facultatif
        />
        <Checkbox
          nom="fermer"
          libelle="Les lieux de ce type absents du fichier n’existent plus à cette date"
          coche={saisie.fermer}
          aide="Ils gardent ce qui s’y est fait avant."
        />
        <TextInput {...champ('source')} libelle="Source" aide="Par exemple « Ville de Paris, opendata.paris.fr, collèges, 2021-2022 »." />
        <TextInput {...champ('licence')} libelle="Licence" aide="Par exemple « ODbL 1.0 » ou « Licence Ouverte 2.0 »." />
        <Button>Lire le fichier</Button>
      </Form>
      <Section titre="Imports précédents">
        {imports.lignes.length === 0 ? (
          <EmptyState titre="Aucun import pour l’instant">
            <p className="govuk-body">Les fichiers lus apparaîtront ici, avec ce qu’ils ont changé.</p>
          </EmptyState>
        ) : (
          <Table
            legende="Imports précédents"
            legendeMasquee
            dense
            lignes={imports.lignes}
            cle={(i) => i.id}
            colonnes={[
              {
                cle: 'fichier',
                titre: 'Fichier',
                entete: true,
                cellule: (i) => (
                  <a className="govuk-link" href={`/lieux/imports/${i.id}`}>
                    {i.fichier}
                  </a>
                ),
              },
              { cle: 'type', titre: 'Type', cellule: (i) => direType(types, i.type) },
              { cle: 'quand', titre: 'Lu le', cellule: (i) => `${jourEtHeure(i.creeLe)}, ${i.auteur}` },
              { cle: 'bilan', titre: 'Ce qu’il a fait', cellule: (i) => (i.bilan ? direBilan(i.bilan) : `à relire (${nombre(i.nombre)} lieux)`) },
            ]}
          />
        )}
        {imports.pages && <Pagination {...imports.pages} objet="import" />}
      </Section>
    </>
  );
}

interface ImportDeLieuxPageProps {
  i: ImportDeLieux;
  /** Null once it is published. */
  plan: PlanDImport | null;
  empreinte: string;
  types: readonly ValeurDeListe[];
  /** Something else was imported while this was being read. */
  change: boolean;
}
const MONTRES = 200;

export function ImportDeLieuxPage({ i, plan, empreinte, types, change }: ImportDeLieuxPageProps) {
  const jour = (iso: string | null) => (iso ? jourCourt(iso) : 'sans date');
  const rien = plan !== null && plan.nouveaux.length + plan.changes.length + plan.fermes.length === 0;
  const lignes = plan
    ? [
        ...plan.nouveaux.map((l) => ({ cle: `n${l.ligne}`, quoi: 'Nouveau', nom: l.nom, code: l.code, detail: l.depuis ? `depuis le ${jour(l.depuis)}` : '' })),
        ...plan.changes.map((x) => ({
          cle: `c${x.lu.ligne}`,
          quoi: x.depuis ? `Change le ${jour(x.depuis)}` : 'Corrigé pour toutes les dates',
          nom: x.lu.nom,
          code: x.lu.code,
          detail: x.quoi,
        })),
        ...plan.fermes.map((f) => ({ cle: `f${f.tenu.id}`, quoi: `Se termine le ${jour(f.jusquAu)}`, nom: f.tenu.nom, code: f.tenu.code, detail: '' })),
      ]
    : [];
  return (
    <>
      <PageHeader titre={`Import de « ${i.fichier} »`} surtitre={direType(types, i.type)} />
      {change && (
        <NotificationBanner titre="Les lieux ont changé entre-temps">
          Un autre import est passé pendant que vous lisiez : voici ce que le vôtre ferait maintenant.
        </NotificationBanner>
      )}
      {i.publieLe && (
        <NotificationBanner titre="Import publié">
          {i.bilan ? `${direBilan(i.bilan)}. ` : ''}Les enregistrements sont rattachés en tâche de fond ; les chiffres suivent.
        </NotificationBanner>
      )}
      <SummaryList
        lignes={[
          { cle: 'Lieux lus', valeur: nombre(i.lus.length) },
          ...(plan
            ? [
                {
                  cle: 'Ce qu’il ferait',
                  valeur: `${direBilan({ nouveaux: plan.nouveaux.length, changes: plan.changes.length, fermes: plan.fermes.length, connus: plan.connus })}, ${nombre(plan.connus)} déjà connus`,
                },
              ]
            : []),
          { cle: 'Depuis', valeur: i.depuis ? jour(i.depuis) : 'pour toutes les dates' },
          { cle: 'Source', valeur: `${i.source}, ${i.licence}` },
          { cle: 'Lu', valeur: `${jourEtHeure(i.creeLe)}, ${i.auteur}` },
        ]}
      />
      {i.avertissements.map((a) => (
        <p key={a} className="govuk-inset-text">
          {a}
        </p>
      ))}
      {plan && plan.fautes.length > 0 && (
        <Section titre="À corriger avant de publier">
          <ul className="govuk-list govuk-list--bullet">
            {plan.fautes.map((f) => (
              <li key={`${f.ligne} ${f.message}`}>{f.ligne > 0 ? `Ligne ${f.ligne} : ${f.message}` : f.message}</li>
            ))}
          </ul>
        </Section>
      )}
      {lignes.length > 0 && (
        <Section titre="Ce qui change">
          <Table
            legende="Lieux nouveaux, changés et terminés"
            legendeMasquee
            dense
            lignes={lignes.slice(0, MONTRES)}
            cle={(l) => l.cle}
            colonnes={[
              { cle: 'nom', titre: 'Lieu', entete: true, cellule: (l) => l.nom },
              { cle: 'code', titre: 'Code', cellule: (l) => l.code },
              { cle: 'quoi', titre: 'Ce qui se passe', cellule: (l) => l.quoi },
              { cle: 'detail', titre: 'Ce qui diffère', cellule: (l) => l.detail || '–' },
            ]}
          />
          {lignes.length > MONTRES && <p className="govuk-hint">{`Et ${nombre(lignes.length - MONTRES)} autres.`}</p>}
        </Section>
      )}
      {rien && <p className="govuk-body">Tout ce que dit ce fichier est déjà connu : il n’y a rien à publier.</p>}
      {plan && plan.fautes.length === 0 && !rien && (
        <Form action={`/lieux/imports/${i.id}/publier`} masques={{ empreinte }}>
          <ButtonGroup>
            <Button>Publier ces lieux</Button>
            <a className="govuk-link" href="/lieux/imports">
              Revenir aux imports
            </a>
          </ButtonGroup>
        </Form>
      )}
    </>
  );
}
