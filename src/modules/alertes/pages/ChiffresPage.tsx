import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { duree, formatMois, nombre, ordinal, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Reponses } from '../bilan/bilan.queries.ts';
import { type Croise, ditDuLieu, HORS, type Parts, TRIMESTRES } from '../bilan/bilan.rules.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { ISSUES, libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';

/** Alerts of everywhere, or of places beyond the contract's. */
export const AILLEURS = 'Ailleurs, ou tout le contrat';
const SECRET = 'secret';
export const dire = (n: number | null): string => (n === null ? SECRET : nombre(n));

/** The year before, and the one after when it has begun to be told. */
export const Annees = ({ chemin, annee, derniere }: { chemin: string; annee: number; derniere: number }) => (
  <p className="govuk-body">
    <a className="govuk-link" href={`${chemin}?annee=${annee - 1}`}>
      Année {annee - 1}
    </a>
    {annee < derniere && (
      <>
        {' · '}
        <a className="govuk-link" href={`${chemin}?annee=${annee + 1}`}>
          Année {annee + 1}
        </a>
      </>
    )}
  </p>
);

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

/** One row for each place that had some: told whole, or secret. Rows of zeros are left out. */
function CroiseTable({
  legende,
  x,
  colonnes,
  totaux,
  nom,
}: {
  legende: string;
  x: Croise;
  colonnes: readonly string[];
  totaux: ReadonlyMap<string, number | null>;
  nom: (cle: string) => string;
}) {
  const lignes = (x ?? []).filter((l) => totaux.get(l.cle) !== 0);
  if (!lignes.some((l) => l.nombres !== null)) return null;
  return (
    <Table
      legende={legende}
      dense
      forme="defile"
      lignes={lignes}
      cle={(l) => l.cle}
      colonnes={[
        { cle: 'lieu', titre: 'Territoire', entete: true, cellule: (l) => nom(l.cle) },
        ...colonnes.map((titre, i) => ({
          cle: titre,
          titre,
          numerique: true,
          cellule: (l: { nombres: readonly number[] | null }) => dire(l.nombres ? (l.nombres[i] ?? 0) : null),
        })),
        { cle: 'total', titre: 'Total', numerique: true, cellule: (l) => dire(totaux.get(l.cle) ?? null) },
      ]}
    />
  );
}

const direTrimestre = (t: number): string => `${ordinal(t)} trimestre`;

export function ChiffresPage(p: {
  cat: Catalogue;
  reglement: Reglement;
  annee: number;
  derniere: number;
  /** The year is told as a whole: it may be cut by place and quarter. */
  finie: boolean;
  secteurs: readonly string[];
  parMois: Parts;
  parLieu: Parts;
  parPalier: Parts;
  parIssue: Parts;
  trimestres: Croise;
  mois: Croise;
  paliersDuLieu: Croise;
  issuesDuLieu: Croise;
  /** What is asked about; empty, 0: everywhere, the whole year. */
  territoire: string;
  trimestre: number;
  /** Alerts of what is asked about; null: not told. */
  combien: number | null;
  reponses: readonly Reponses[];
}) {
  const { cat } = p;
  const issue = (code: string) => (code === '' ? 'Pas encore levée' : (cat.listes.get(ISSUES)?.find((v) => v.code === code)?.libelle ?? code));
  const lieu = (id: string) => (id === HORS ? AILLEURS : direLieu(cat, id));
  const totaux = new Map(p.parLieu.parts.map((x) => [x.cle, x.nombre]));
  const coupe = p.trimestres?.some((l) => l.nombres !== null && totaux.get(l.cle) !== 0) ?? false;
  /** Parts of the place that is asked about; all hidden when its row is. */
  const duLieu = (x: Croise, parts: Parts): Parts => ({
    parts: parts.parts.map(({ cle }, i) => ({ cle, nombre: ditDuLieu(x, p.territoire)?.[i] ?? null })),
    total: totaux.get(p.territoire) ?? null,
  });
  const la = p.territoire ? `, ${lieu(p.territoire)}` : '';
  // Tier and outcome are cut by place alone.
  const deLAnnee = `${la}${p.trimestre ? `, toute l’année ${p.annee}` : ''}`;
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
      <Annees chemin="/alertes/chiffres" annee={p.annee} derniere={p.derniere} />
      <PartsTable legende="Par mois" titre="Mois" x={p.parMois} nom={formatMois} />
      <PartsTable legende="Par territoire" titre="Territoire" x={p.parLieu} nom={lieu} />
      <CroiseTable legende="Par territoire et par trimestre" x={p.trimestres} colonnes={TRIMESTRES.map(direTrimestre)} totaux={totaux} nom={lieu} />
      <CroiseTable legende="Par territoire et par mois" x={p.mois} colonnes={p.parMois.parts.map((x) => formatMois(x.cle))} totaux={totaux} nom={lieu} />
      <InsetText>
        {!p.finie
          ? `Par territoire et par trimestre : ${pluriel(p.reglement.bilan.recul_mois, 'mois', 'mois')} après la fin de l’année.`
          : coupe
            ? 'Un territoire se lit en entier ou pas du tout : rien de ce qui est secret ne se retrouve par différence.'
            : 'Par territoire et par trimestre, aucun nombre n’est assez grand pour être dit.'}
      </InsetText>
      {p.finie && (
        <Form action="/alertes/chiffres" methode="get" masques={{ annee: String(p.annee) }}>
          <Select
            nom="territoire"
            libelle="Territoire"
            vide="Tous"
            valeur={p.territoire}
            options={p.secteurs.map((valeur) => ({ valeur, libelle: lieu(valeur) }))}
          />
          <Select
            nom="trimestre"
            libelle="Trimestre"
            vide="Toute l’année"
            valeur={p.trimestre ? String(p.trimestre) : ''}
            options={TRIMESTRES.map((t) => ({ valeur: String(t), libelle: direTrimestre(t) }))}
          />
          <Button petit>Voir</Button>
        </Form>
      )}
      <PartsTable
        legende={`Par palier${deLAnnee}`}
        titre="Palier"
        x={p.territoire ? duLieu(p.paliersDuLieu, p.parPalier) : p.parPalier}
        nom={(code) => direPalier(cat, code)}
      />
      <PartsTable legende={`Par issue${deLAnnee}`} titre="Issue" x={p.territoire ? duLieu(p.issuesDuLieu, p.parIssue) : p.parIssue} nom={issue} />
      <Section titre={`Qui répond, et en combien de temps${la}${p.trimestre ? `, ${direTrimestre(p.trimestre)}` : ''}`} id="reponses">
        {p.combien === null ? (
          <p className="govuk-body">Secret, comme le nombre d’alertes.</p>
        ) : (
          <>
            <ReponsesTable reglement={p.reglement} reponses={p.reponses} />
            <p className="govuk-body-s">Temps médian : du départ du message à la première réponse. Sans suite : silence que personne n’a relayé.</p>
          </>
        )}
      </Section>
    </>
  );
}
