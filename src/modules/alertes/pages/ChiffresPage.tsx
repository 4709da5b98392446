import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { duree, formatMois, nombre } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Reponses } from '../bilan/bilan.queries.ts';
import type { Part } from '../bilan/bilan.rules.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { ISSUES, libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';

type Parts = { parts: readonly Part[]; total: number | null };
const SECRET = 'secret';
export const dire = (n: number | null): string => (n === null ? SECRET : nombre(n));

/** Counts of one axis, zeros of the map left out unless there is nothing else. */
function PartsTable({ legende, titre, x, nom }: { legende: string; titre: string; x: Parts; nom: (cle: string) => string }) {
  return (
    <Table
      legende={legende}
      dense
      lignes={x.parts.filter((p) => p.nombre !== 0)}
      cle={(p) => p.cle}
      vide={<EmptyState titre={legende}>Aucune alerte sur cette période.</EmptyState>}
      colonnes={[
        { cle: 'nom', titre, entete: true, cellule: (p) => nom(p.cle) },
        { cle: 'n', titre: 'Alertes', numerique: true, cellule: (p) => dire(p.nombre) },
      ]}
      pied={['Total', dire(x.total)]}
    />
  );
}

export function ReponsesTable({ reglement, reponses }: { reglement: Reglement; reponses: readonly Reponses[] }) {
  return (
    <Table
      legende="Réponses, par fonction"
      legendeMasquee
      dense
      lignes={reponses}
      cle={(r) => r.fonction}
      vide={<EmptyState titre="Aucun destinataire">Aucune alerte n’avait de destinataire sur cette période.</EmptyState>}
      colonnes={[
        { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (r) => libelleDeFonction(reglement, r.fonction) },
        { cle: 'destinataires', titre: 'Destinataires', numerique: true, cellule: (r) => nombre(r.destinataires) },
        { cle: 'prevenus', titre: 'Prévenus', numerique: true, cellule: (r) => nombre(r.prevenus) },
        { cle: 'repondus', titre: 'Ont répondu', numerique: true, cellule: (r) => nombre(r.repondus) },
        { cle: 'relayes', titre: 'Relayés', numerique: true, cellule: (r) => nombre(r.relayes) },
        { cle: 'suite', titre: 'Sans suite', numerique: true, cellule: (r) => nombre(r.sansSuite) },
        { cle: 'objet', titre: 'Levée avant', numerique: true, cellule: (r) => nombre(r.sansObjet) },
        { cle: 'mediane', titre: 'Temps médian', numerique: true, cellule: (r) => (r.mediane === null ? '–' : duree(r.mediane)) },
      ]}
    />
  );
}

export function ChiffresPage(p: {
  cat: Catalogue;
  reglement: Reglement;
  annee: number;
  parMois: Parts;
  parLieu: Parts;
  parPalier: Parts;
  parIssue: Parts;
  reponses: readonly Reponses[];
}) {
  const { cat } = p;
  const issue = (code: string) => (code === '' ? 'Pas encore levée' : (cat.listes.get(ISSUES)?.find((v) => v.code === code)?.libelle ?? code));
  return (
    <>
      <PageHeader
        titre={`Chiffres des alertes, ${p.annee}`}
        chapo="Alertes diffusées, sans les exercices. De un à quatre, un nombre est secret, et un autre avec lui."
        actions={
          <a className="govuk-link" href={`/alertes/chiffres.csv?annee=${p.annee}`}>
            CSV
          </a>
        }
      />
      <p className="govuk-body">
        <a className="govuk-link" href={`/alertes/chiffres?annee=${p.annee - 1}`}>
          {p.annee - 1}
        </a>
      </p>
      <PartsTable legende="Par mois" titre="Mois" x={p.parMois} nom={formatMois} />
      <PartsTable legende="Par territoire" titre="Territoire" x={p.parLieu} nom={(id) => direLieu(cat, id)} />
      <PartsTable legende="Par palier" titre="Palier" x={p.parPalier} nom={(code) => direPalier(cat, code)} />
      <PartsTable legende="Par issue" titre="Issue" x={p.parIssue} nom={issue} />
      <Section titre="Qui répond, et en combien de temps" id="reponses">
        <ReponsesTable reglement={p.reglement} reponses={p.reponses} />
        <p className="govuk-body-s">Temps médian : du départ du message à la première réponse. Sans suite : silence que personne n’a relayé.</p>
      </Section>
    </>
  );
}
