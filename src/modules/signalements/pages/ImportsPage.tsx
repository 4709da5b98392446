import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import { Button } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jour, jourEtHeure, nombre } from '../../../ui/typographie.ts';
import { type Etendue, LIBELLES_DES_PORTEES, NUITS_D_ATTENTE, REJETES_POUR_MILLE, tropDeRejets } from '../import/couverture.rules.ts';
import type { LotSignalements } from '../signalements.queries.ts';

const direEtendue = ({ du, au }: Etendue): string => (du === au ? `le ${jour(du)}` : `du ${jour(du)} au ${jour(au)}`);
/** Why it covers nothing. */
const direSansJour = (l: LotSignalements): string =>
  tropDeRejets(l) ? 'aucun : trop de lignes refusées, à importer de nouveau' : l.portee === 'partie' ? 'aucun : une partie' : 'aucun';

function Jours({ lot: l }: { lot: LotSignalements }) {
  if (l.couvre.length === 0 && l.derniers.length === 0) return direSansJour(l);
  return (
    <>
      {l.couvre.map((e) => (
        <div key={e.du}>{direEtendue(e)}</div>
      ))}
      {l.derniers.map((d) => (
        <div key={d}>{`le ${jour(d)}, si un autre fichier le comprend et va plus loin`}</div>
      ))}
    </>
  );
}

export function ImportsPage(p: { lots: EnPages<LotSignalements>; portee: string; erreurs: readonly ErreurDeChamp[] }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Importer des signalements « Dans Ma Rue »"
        chapo="Un fichier déjà connu n’ajoute rien ; une ligne illisible n’arrête pas les autres ; un fichier coupé ou étranger est refusé et ne laisse rien."
      />
      <Form action="/signalements/imports" fichiers>
        <FileUpload
          nom="fichier"
          libelle="Fichier"
          accepte=".csv,.gz,text/csv"
          aide="Export CSV du portail de données ouvertes, éventuellement compressé (.gz), 200 Mo au plus."
          erreur={erreurDe(p.erreurs, 'fichier')}
        />
        <Radios
          nom="portee"
          legende="Ce fichier, sur les jours qu’il contient, c’est…"
          valeur={p.portee}
          erreur={erreurDe(p.erreurs, 'portee')}
          options={[
            { valeur: 'tout', libelle: 'Tout le canal', aide: 'Aucun filtre de lieu ni de type. Ses jours comptent pour publier par quartier.' },
            {
              valeur: 'partie',
              libelle: 'Une partie',
              aide: 'Un arrondissement, un type, une recherche, ou vous ne savez pas. Ses lignes sont importées ; il ne couvre aucun jour.',
            },
          ]}
        />
        <Button>Importer</Button>
      </Form>
      <Section titre="Imports">
        <p className="govuk-body">
          Un trimestre importé se publie par quartier, une fois, {NUITS_D_ATTENTE} nuits après que des fichiers de tout le canal en couvrent chaque jour.
        </p>
        <Details resume="Quels jours un fichier couvre">
          <ul className="govuk-list govuk-list--bullet">
            <li>Les siens, s’il est celui de tout le canal et que {REJETES_POUR_MILLE} lignes pour mille au plus sont refusées.</li>
            <li>Ni plus de six jours de suite sans ligne, ni le jour de l’import, ni les dates à venir.</li>
            <li>
              Son dernier jour, quand un autre fichier le comprend et va plus loin. Importé plus d’un mois après ce jour, il suffit qu’un autre fichier suive.
            </li>
            <li>Importer de nouveau un fichier complet n’ajoute aucun signalement deux fois, et couvre ses jours.</li>
          </ul>
        </Details>
        <Table
          legende="Imports de signalements"
          vide={
            <EmptyState titre="Aucun import">
              Rien n’a jamais été importé : ce que ces fichiers comptent est manquant, et non nul. Le premier import apparaîtra ici, avec le compte de ses
              lignes.
            </EmptyState>
          }
          colonnes={[
            { cle: 'fichier', titre: 'Fichier', entete: true, cellule: (l) => l.fichier },
            { cle: 'date', titre: 'Importé', cellule: (l) => `${jourEtHeure(l.importeLe)}, ${l.importePar}` },
            { cle: 'portee', titre: 'Ce que c’est', cellule: (l) => (l.portee === null ? 'non dit' : LIBELLES_DES_PORTEES[l.portee]) },
            { cle: 'couvre', titre: 'Jours couverts', cellule: (l) => <Jours lot={l} /> },
            { cle: 'lus', titre: 'Lus', numerique: true, cellule: (l) => nombre(l.lus) },
            { cle: 'nouveaux', titre: 'Nouveaux', numerique: true, cellule: (l) => nombre(l.nouveaux) },
            { cle: 'connus', titre: 'Déjà connus', numerique: true, cellule: (l) => nombre(l.connus) },
            { cle: 'avertis', titre: 'Avertis', numerique: true, cellule: (l) => nombre(l.avertis) },
            { cle: 'rejetes', titre: 'Rejetés', numerique: true, cellule: (l) => nombre(l.rejetes) },
            {
              cle: 'motifs',
              titre: 'Motifs',
              cellule: (l) =>
                l.motifs.length === 0 ? (
                  'aucun'
                ) : (
                  <Details resume="Lire les motifs">
                    <ul className="govuk-list">
                      {l.motifs.map((m) => (
                        <li key={m.motif}>
                          {nombre(m.nombre)} × {m.motif} (lignes {m.lignes.join(', ')}…)
                        </li>
                      ))}
                    </ul>
                  </Details>
                ),
            },
          ]}
          lignes={p.lots.lignes}
          cle={(l) => l.id}
        />
        {p.lots.pages && <Pagination {...p.lots.pages} objet="import" />}
      </Section>
    </>
  );
}
