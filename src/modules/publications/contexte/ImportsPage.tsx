import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jourEtHeure, nombre } from '../../../ui/typographie.ts';
import type { listImports } from './contexte.queries.ts';
import { FORMATS } from './importer.ts';
import type { Serie } from './serie.schema.ts';

interface Props {
  series: readonly Serie[];
  choisie: string;
  imports: EnPages<Awaited<ReturnType<typeof listImports>>[number]>;
  erreurs: readonly ErreurDeChamp[];
}

export function ImportsPage(p: Props) {
  const titres = new Map(p.series.map((s) => [s.code, s.titre]));
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Importer une série de contexte"
        chapo="Un fichier est une version : ce qu’il change s’ajoute, rien n’est réécrit. Une ligne refusée n’arrête pas les autres ; un fichier coupé ou étranger ne laisse rien."
      />
      <Form action="/observatoire/imports" fichiers>
        <Radios
          nom="serie"
          legende="Quelle série ?"
          valeur={p.choisie}
          erreur={erreurDe(p.erreurs, 'serie')}
          options={p.series.map((s) => ({
            valeur: s.code,
            libelle: s.titre,
            aide: `${s.source.nom}. ${FORMATS[s.format].fichiers.map((f) => f.libelle).join(', puis ')}.`,
          }))}
        />
        <FileUpload
          nom="fichier"
          libelle="Fichier"
          accepte=".csv,.gz,text/csv"
          aide="CSV, compressé (.gz) ou non, 200 Mo au plus."
          erreur={erreurDe(p.erreurs, 'fichier')}
        />
        <FileUpload nom="usagers" libelle="Second fichier, si la série en demande un" accepte=".csv,.gz,text/csv" erreur={erreurDe(p.erreurs, 'usagers')} />
        <Button>Importer</Button>
      </Form>
      <Section titre="Versions importées">
        <Table
          legende="Versions importées"
          vide={<EmptyState titre="Aucun import">Le premier fichier importé apparaîtra ici, avec le compte de ses lignes.</EmptyState>}
          lignes={p.imports.lignes}
          cle={(l) => `${l.serie} ${l.version}`}
          colonnes={[
            { cle: 'serie', titre: 'Série', entete: true, cellule: (l) => `${titres.get(l.serie) ?? l.serie}, version ${l.version}` },
            { cle: 'fichiers', titre: 'Fichiers', cellule: (l) => l.fichiers },
            { cle: 'le', titre: 'Importée', cellule: (l) => [jourEtHeure(l.le), l.par].filter(Boolean).join(', ') },
            { cle: 'lus', titre: 'Lignes lues', numerique: true, cellule: (l) => nombre(l.lus) },
            { cle: 'nouveaux', titre: 'Valeurs changées', numerique: true, cellule: (l) => nombre(l.nouveaux) },
            { cle: 'connus', titre: 'Inchangées', numerique: true, cellule: (l) => nombre(l.connus) },
            { cle: 'rejetes', titre: 'Lignes écartées', numerique: true, cellule: (l) => nombre(l.rejetes) },
            {
              cle: 'motifs',
              titre: 'Pourquoi',
              cellule: (l) => l.motifs.map((m) => `${nombre(m.nombre)} × ${m.motif} (lignes ${m.lignes.join(', ')})`).join(' ; ') || 'rien d’écarté',
            },
          ]}
        />
        {p.imports.pages && <Pagination {...p.imports.pages} objet="import" />}
      </Section>
    </>
  );
}
