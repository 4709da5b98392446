import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { enumerer, jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Doublon } from '../doublons.queries.ts';
import type { ImportFait } from '../importer.queries.ts';
import { type Bilan, direOu } from '../bilan.ts';

const RAISONS: Readonly<Record<string, string>> = {
  siret: 'même SIRET',
  adresse: 'même adresse',
  telephone: 'même téléphone',
  nom: 'même nom',
  'nom proche': 'nom proche',
};
const ETATS = [
  { code: 'propose', libelle: 'À décider' },
  { code: 'joint', libelle: 'Réunies' },
  { code: 'separe', libelle: 'Séparées' },
];
const direBilan = (b: Bilan): string =>
  enumerer([
    pluriel(b.structures.nouvelles, 'lieu nouveau', 'lieux nouveaux'),
    pluriel(b.structures.changees, 'lieu changé', 'lieux changés'),
    pluriel(b.services.ecrits, 'service'),
    pluriel(b.refusees, 'ligne refusée', 'lignes refusées'),
  ]);

export function EchangesPage(p: {
  imports: EnPages<Omit<ImportFait, 'fautes'>>;
  doublons: { lignes: readonly Doublon[]; total: number };
  etat: string;
  page: number;
  parPage: number;
  erreurs: readonly ErreurDeChamp[];
}) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Importer, exporter, réunir"
        chapo="Le format est celui de l’État, data·inclusion v1 : un fichier JSON (structures et services), ou deux tableaux, les structures d’abord."
      />
      <Section titre="Importer">
        <Form action="/annuaire/echanges" fichiers>
          <FileUpload
            nom="fichier"
            libelle="Fichier"
            accepte=".json,.gz,.csv,.xlsx,.ods"
            aide="Une fiche déjà connue par sa source et son identifiant est mise à jour, si le fichier est plus récent qu’elle. Ce qu’il laisse vide ne change pas."
            erreur={erreurDe(p.erreurs, 'fichier')}
          />
          <Button>Importer</Button>
        </Form>
        {p.imports.lignes.length > 0 && (
          <ul className="govuk-list govuk-list--bullet" id="imports">
            {p.imports.lignes.map((i) => (
              <li key={i.id}>
                <a className="govuk-link" href={`/annuaire/echanges/${i.id}`}>
                  {i.fichier}
                </a>
                {`, par ${i.par}, le ${jourEtHeure(i.le)} : ${direBilan(i.bilan)}`}
              </li>
            ))}
          </ul>
        )}
        {p.imports.pages && <Pagination {...p.imports.pages} objet="import" />}
      </Section>
      <Section titre="Exporter">
        <p className="govuk-body">Ce que le public trouve, sans rien de personnel, sous la licence du contrat.</p>
        <LinkButton href="/aide/annuaire.json" variante="secondaire" telecharger>
          Tout, en JSON
        </LinkButton>{' '}
        <LinkButton href="/aide/structures.csv" variante="secondaire" telecharger>
          Structures, en CSV
        </LinkButton>{' '}
        <LinkButton href="/aide/services.csv" variante="secondaire" telecharger>
          Services, en CSV
        </LinkButton>
      </Section>
      <Section titre="Fiches qui sont peut-être la même" id="doublons">
        <p className="govuk-body">
          {ETATS.map((e, i) => (
            <span key={e.code}>
              {i > 0 && ' · '}
              {e.code === p.etat ? (
                <strong>{e.libelle}</strong>
              ) : (
                <a className="govuk-link" href={`/annuaire/echanges?etat=${e.code}#doublons`}>
                  {e.libelle}
                </a>
              )}
            </span>
          ))}
        </p>
        <Table
          legende="Fiches qui sont peut-être la même"
          legendeMasquee
          dense
          vide={<EmptyState titre="Rien ici">Aucune paire de fiches dans cet état.</EmptyState>}
          colonnes={[
            { cle: 'garde', titre: 'Fiche gardée', entete: true, cellule: (d) => <Fiche id={d.gardeId} nom={d.garde} adresse={d.gardeAdresse} /> },
            { cle: 'double', titre: 'Autre fiche', cellule: (d) => <Fiche id={d.doubleId} nom={d.double} adresse={d.doubleAdresse} /> },
            { cle: 'raisons', titre: 'Pourquoi', cellule: (d) => enumerer(d.raisons.map((r) => RAISONS[r] ?? r)) },
            { cle: 'par', titre: 'Décidé par', cellule: (d) => (d.decideLe ? `${d.decidePar}, le ${jourEtHeure(d.decideLe)}` : 'personne encore') },
            { cle: 'acte', titre: 'Décider', titreMasque: true, cellule: (d) => <Decider d={d} /> },
          ]}
          lignes={p.doublons.lignes}
          cle={(d) => d.id}
        />
        <Pagination
          page={p.page}
          total={p.doublons.total}
          parPage={p.parPage}
          href={(n) => `/annuaire/echanges?etat=${p.etat}&page=${n}#doublons`}
          objet="paire"
        />
      </Section>
    </>
  );
}

const Fiche = ({ id, nom, adresse }: { id: string; nom: string; adresse: string }) => (
  <>
    <a className="govuk-link" href={`/annuaire/structures/${id}`}>
      {nom}
    </a>
    {adresse && `, ${adresse}`}
  </>
);
const Decider = ({ d }: { d: Doublon }) => (
  <>
    {d.etat !== 'joint' && (
      <Form action={`/annuaire/doublons/${d.id}`} masques={{ acte: 'joindre' }}>
        <Button variante="discret" petit>
          Réunir
        </Button>
      </Form>
    )}
    {d.etat !== 'separe' && (
      <Form action={`/annuaire/doublons/${d.id}`} masques={{ acte: 'separer' }}>
        <Button variante="discret" petit>
          {d.etat === 'joint' ? 'Séparer' : 'Ce sont deux lieux'}
        </Button>
      </Form>
    )}
  </>
);

export function ImportPage({ i }: { i: ImportFait }) {
  const b = i.bilan;
  return (
    <>
      <PageHeader titre={`Import de « ${i.fichier} »`} chapo={`Par ${i.par}, le ${jourEtHeure(i.le)} : ${direBilan(b)}.`} />
      <SummaryList
        lignes={[
          { cle: 'Lieux nouveaux', valeur: String(b.structures.nouvelles) },
          { cle: 'Lieux changés', valeur: String(b.structures.changees) },
          { cle: 'Lieux inchangés', valeur: String(b.structures.inchangees) },
          { cle: 'Aussi récents ou plus récents ici, laissés', valeur: String(b.structures.plusRecentesIci) },
          { cle: 'Services écrits', valeur: String(b.services.ecrits) },
          { cle: 'Lignes refusées', valeur: String(b.refusees) },
          { cle: 'Horaires non compris, laissés de côté', valeur: String(b.horairesIllisibles) },
          { cle: 'Numéros non compris, laissés dans la présentation', valeur: String(b.telephonesIllisibles ?? 0) },
          { cle: 'Courriels peut-être personnels, laissés de côté', valeur: String(b.courrielsNominatifs) },
          { cle: 'Sans territoire reconnu', valeur: String(b.sansTerritoire) },
          {
            cle: 'Doublons',
            valeur: `${pluriel(b.doublons.joints, 'fiche réunie', 'fiches réunies')}, ${pluriel(b.doublons.proposes, 'paire à décider', 'paires à décider')}`,
          },
        ]}
      />
      {i.fautes.length > 0 && (
        <Section titre="Ce qui n’est pas entré, et où">
          <Table
            legende="Fautes du fichier"
            legendeMasquee
            dense
            colonnes={[
              { cle: 'ou', titre: 'Où', entete: true, cellule: (f) => direOu(f) },
              { cle: 'colonne', titre: 'Champ', cellule: (f) => f.colonne || 'tout' },
              { cle: 'message', titre: 'Motif', cellule: (f) => f.message },
            ]}
            lignes={i.fautes}
            cle={(f) => `${direOu(f)} ${f.colonne} ${f.message}`}
          />
        </Section>
      )}
    </>
  );
}
