import { LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { capitale, jourDuMoment, nombre } from '../../../../ui/typographie.ts';
import type { ValeurDeListe } from '../../../../core/faits.ts';
import type { RegistreDeclare } from '../../definition.ts';
import type { CompteDuLieu, EtatDeLieu } from '../lieux.queries.ts';
import { cleDe, direPeriode, direType, type Geometrie, type LieuConnu } from '../lieux.rules.ts';

interface LieuxPageProps {
  types: readonly ValeurDeListe[];
  lieux: readonly LieuConnu[];
  /** Type shown; the first that has places when it is none. */
  type: string;
  importer: boolean;
}

export function LieuxPage({ types, lieux, type, importer }: LieuxPageProps) {
  const presents = types.map((t) => ({ ...t, nombre: lieux.filter((l) => l.type === t.code).length })).filter((t) => t.nombre > 0);
  const choisi = presents.find((t) => t.code === type) ?? presents[0];
  const siens = lieux.filter((l) => l.type === choisi?.code);
  return (
    <>
      <PageHeader
        titre="Lieux"
        chapo="Quartiers prioritaires, écoles, gares, commissariats, parcs : les lieux que le contrat nomme, avec leurs dates, et ce qui s’y est fait."
        actions={importer && <LinkButton href="/lieux/imports">Importer des lieux</LinkButton>}
      />
      {!choisi ? (
        <EmptyState titre="Aucun lieu pour l’instant">
          <p className="govuk-body">Les lieux viennent de fichiers publics, importés par l’administration du contrat.</p>
        </EmptyState>
      ) : (
        <>
          <SubNavigation
            libelle="Lieux selon leur type"
            entrees={presents.map((t) => ({ libelle: t.libelle, href: `/lieux?type=${t.code}`, actif: t.code === choisi.code, compte: t.nombre }))}
          />
          <Table
            legende={choisi.libelle}
            legendeMasquee
            dense
            lignes={siens}
            cle={(l) => l.cle}
            colonnes={[
              {
                cle: 'nom',
                titre: 'Lieu',
                entete: true,
                cellule: (l) => (
                  <a className="govuk-link" href={`/lieux/${l.type}/${l.code}`}>
                    {l.nom}
                  </a>
                ),
              },
              { cle: 'code', titre: 'Code', cellule: (l) => l.code },
              { cle: 'dates', titre: 'Valable', cellule: (l) => l.periodes.map(direPeriode).join(', puis ') },
            ]}
          />
        </>
      )}
    </>
  );
}

const direForme = (g: Geometrie): string => {
  if (g.type === 'Point') return `un point (${nombre(g.coordinates[1] ?? 0, 5)} N, ${nombre(g.coordinates[0] ?? 0, 5)} E)`;
  const anneaux = g.type === 'Polygon' ? [g.coordinates] : g.coordinates;
  const sommets = anneaux.flat().reduce((n, a) => n + a.length, 0);
  return `un contour de ${nombre(sommets)} points${anneaux.length > 1 ? `, en ${anneaux.length} parties` : ''}`;
};

interface LieuPageProps {
  types: readonly ValeurDeListe[];
  /** The latest first. */
  etats: readonly EtatDeLieu[];
  comptes: readonly CompteDuLieu[];
  definitions: readonly RegistreDeclare[];
  /** Registers whose lists the reader may open. */
  lisibles: ReadonlySet<string>;
}

export function LieuPage({ types, etats, comptes, definitions, lisibles }: LieuPageProps) {
  const [dernier] = etats;
  if (!dernier) return null;
  const cle = encodeURIComponent(cleDe(dernier));
  const annees = [...new Set(comptes.map((x) => x.annee))].sort().reverse().slice(0, 4);
  const lignes = definitions.filter((d) => comptes.some((x) => x.registre === d.code));
  const compte = (registre: string, annee: string) => comptes.find((x) => x.registre === registre && x.annee === annee)?.nombre ?? 0;
  const autres = etats.slice(1);
  const surface = dernier.geometrie.type !== 'Point';
  return (
    <>
      <PageHeader titre={dernier.nom} surtitre={direType(types, dernier.type)} />
      <SummaryList
        lignes={[
          { cle: 'Code', valeur: dernier.code },
          { cle: 'Valable', valeur: capitale(direPeriode(dernier)) },
          { cle: 'Forme', valeur: direForme(dernier.geometrie) },
          { cle: 'Source', valeur: `${dernier.source}, ${dernier.licence}` },
        ]}
      />
      <Section titre="Ce qui s’y est fait">
        {lignes.length === 0 ? (
          <EmptyState titre="Rien d’enregistré ici">
            <p className="govuk-body">
              {surface
                ? 'Un enregistrement y est compté quand son point est dans ce contour au jour dit, ou quand son auteur a choisi ce lieu.'
                : 'Un enregistrement y est compté quand son auteur a choisi ce lieu.'}
            </p>
          </EmptyState>
        ) : (
          <Table
            legende="Enregistrements par registre et par année"
            legendeMasquee
            lignes={lignes}
            cle={(d) => d.code}
            colonnes={[
              {
                cle: 'registre',
                titre: 'Registre',
                entete: true,
                cellule: (d) =>
                  lisibles.has(d.code) ? (
                    <a className="govuk-link" href={`/registres/${d.code}?lieu_connu=${cle}&territoire=tous`}>
                      {d.libelle}
                    </a>
                  ) : (
                    d.libelle
                  ),
              },
              ...annees.map((a) => ({ cle: a, titre: a, numerique: true, cellule: (d: RegistreDeclare) => nombre(compte(d.code, a)) })),
            ]}
          />
        )}
      </Section>
      {autres.length > 0 && (
        <Section titre="Ce qu’il a été">
          <Table
            legende="États précédents"
            legendeMasquee
            dense
            lignes={autres}
            cle={(e) => e.id}
            colonnes={[
              { cle: 'nom', titre: 'Nom', entete: true, cellule: (e) => e.nom },
              { cle: 'dates', titre: 'Valable', cellule: (e) => (e.remplace ? 'corrigé depuis : ne compte plus' : direPeriode(e)) },
              { cle: 'forme', titre: 'Forme', cellule: (e) => direForme(e.geometrie) },
              { cle: 'source', titre: 'Source', cellule: (e) => `${e.source}, importé le ${jourDuMoment(e.importeLe)}` },
            ]}
          />
        </Section>
      )}
    </>
  );
}
