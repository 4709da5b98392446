import { LinkButton } from '../../../../ui/Button.tsx';
import { ChartFigure } from '../../../../ui/charts/ChartFigure.tsx';
import { LineChart } from '../../../../ui/charts/LineChart.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SubNavigation } from '../../../../ui/SubNavigation.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { accorder, capitale, de, formatPeriode, mois, nombre, pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, optionsDeFiches } from '../../../contrats/index.ts';
import { additionnerAvancement, arrives, type Avancement, dus, type LigneDAvancement } from '../../../echeances/index.ts';
import { Part } from './Part.tsx';
import { adresse, type Champs, filtreDe } from '../completude.cadre.ts';
import { AXES, type AxeDuTableau, direTendance, type PointDeTendance, type Resume } from '../completude.rules.ts';

export interface CompletudePageProps {
  catalogue: Catalogue;
  champs: Champs;
  lignes: readonly LigneDAvancement[];
  resume: Resume;
  tendance: readonly PointDeTendance[];
}

export const nommer = (c: Catalogue, axe: AxeDuTableau, l: Pick<LigneDAvancement, 'cle' | 'lieu'>): string => {
  if (axe === 'fiche') return l.cle === '' ? 'Sans fiche' : `${l.cle} ${c.fiches.get(l.cle)?.titre ?? ''}`.trim();
  if (axe === 'territoire') return c.territoires.get(l.cle)?.nom ?? l.cle;
  if (axe === 'periode') return capitale(formatPeriode(l.cle));
  return c.nomActeurA(l.cle, l.lieu);
};

/** Headings of the six counts. */
const TITRES: Record<Avancement, string> = {
  attendu: 'Pas encore dus',
  en_retard: 'En retard',
  a_valider: 'À valider',
  valide: 'Validés',
  conteste: 'Contestés',
  sans_objet: 'Sans objet',
};

export function CompletudePage(p: CompletudePageProps) {
  const { champs } = p;
  const total = additionnerAvancement(p.lignes);
  const lien = (changes: Partial<Champs>) => adresse('/collecte', { ...champs, etat: '', ...changes });
  const compte = (n: number, etat: Avancement, plus: Partial<Champs>) =>
    n === 0 ? (
      <span className="c-nul">0</span>
    ) : (
      <a className="govuk-link govuk-link--no-visited-state" href={adresse('/collecte/liste', { ...champs, ...plus, etat })}>
        {nombre(n)}
        <span className="govuk-visually-hidden">{` ${TITRES[etat].toLowerCase()}`}</span>
      </a>
    );
  return (
    <>
      <PageHeader
        titre="Qui doit quoi"
        chapo={<Phrase {...p} />}
        actions={
          <LinkButton variante="secondaire" href={lien({}).replace('/collecte', '/collecte.csv')}>
            Exporter (CSV)
          </LinkButton>
        }
      />
      <Pires {...p} />
      <Tendance points={p.tendance} enRetard={total.en_retard} />
      <SubNavigation
        libelle="Voir par"
        entrees={(Object.keys(AXES) as AxeDuTableau[]).map((axe) => ({ libelle: AXES[axe], href: lien({ axe }), actif: axe === champs.axe }))}
      />
      <FilterLayout filtres={<Filtres {...p} lien={lien} />}>
        <Table<LigneDAvancement>
          legende={`Chiffres dus, par ${AXES[champs.axe].toLowerCase()}`}
          dense
          forme="large"
          lignes={p.lignes}
          cle={(l) => `${l.cle}|${l.lieu ?? ''}`}
          vide={
            <EmptyState titre="Rien n’est attendu" actions={[{ libelle: 'Tout effacer', href: adresse('/collecte', { axe: champs.axe }) }]}>
              Aucun chiffre n’est attendu avec ces filtres.
            </EmptyState>
          }
          colonnes={[
            { cle: 'nom', titre: AXES[champs.axe], entete: true, cellule: (l) => <Nom l={l} p={p} lien={lien} /> },
            { cle: 'part', titre: 'Arrivés', cellule: (l) => <Part comptes={l.comptes} nom={nommer(p.catalogue, champs.axe, l)} /> },
            ...(['en_retard', 'a_valider', 'conteste', 'valide', 'sans_objet', 'attendu'] as const).map((etat) => ({
              cle: etat,
              titre: TITRES[etat],
              numerique: true,
              cellule: (l: LigneDAvancement) => compte(l.comptes[etat], etat, filtreDe(champs, l)),
            })),
          ]}
          pied={[
            'Ensemble',
            <Part key="part" comptes={total} nom="ensemble" />,
            ...(['en_retard', 'a_valider', 'conteste', 'valide', 'sans_objet', 'attendu'] as const).map((etat) => compte(total[etat], etat, {})),
          ]}
        />
        <p className="govuk-body-s">
          La part compte ce qui est arrivé, validé ou non, sur ce qui est arrivé ou en retard. Ce qui n’est pas encore dû et ce qui est sans objet n’y entrent
          jamais.{' '}
          <a className="govuk-link" href="/chiffres-attendus">
            Ce que le public en lit
          </a>
        </p>
      </FilterLayout>
    </>
  );
}

/** What is read in ten seconds. */
function Phrase({ catalogue: c, champs, resume }: CompletudePageProps) {
  const { total: t, dus: n, pires } = resume;
  if (n === 0 && t.attendu === 0) return <>Aucun chiffre n’est dû.</>;
  const [pire] = pires;
  const lien = (etat: Avancement, texte: string) => (
    <a className="govuk-link" href={adresse('/collecte/liste', { ...champs, etat })}>
      {texte}
    </a>
  );
  return (
    <>
      <strong>{`${nombre(arrives(t))} ${accorder(arrives(t), 'chiffre')} sur ${nombre(n)} ${accorder(n, 'dû', 'dus')} ${arrives(t) > 1 ? 'sont arrivés' : 'est arrivé'}`}</strong>
      {' ; '}
      {t.en_retard === 0 ? 'aucun n’est en retard' : lien('en_retard', `${nombre(t.en_retard)} ${t.en_retard > 1 ? 'sont' : 'est'} en retard`)}
      {pire && pires.length > 0 && t.en_retard > pire.comptes.en_retard && `, dont ${nombre(pire.comptes.en_retard)} ${de(c.nomActeurA(pire.cle, pire.lieu))}`}
      {t.a_valider > 0 && <> ; {lien('a_valider', `${nombre(t.a_valider)} ${t.a_valider > 1 ? 'attendent' : 'attend'} une validation`)}</>}
      {t.conteste > 0 && <> ; {lien('conteste', `${nombre(t.conteste)} ${accorder(t.conteste, 'est contesté', 'sont contestés')}`)}</>}.
      {t.attendu > 0 && (
        <>
          {' '}
          {lien('attendu', `${nombre(t.attendu)} ${accorder(t.attendu, 'autre')}`)} {t.attendu > 1 ? 'ne sont pas encore dus' : 'n’est pas encore dû'}.
        </>
      )}
    </>
  );
}

/** The three institutions that owe most. */
function Pires({ catalogue: c, champs, resume }: CompletudePageProps) {
  if (resume.pires.length === 0) return null;
  return (
    <section className="c-pires" aria-labelledby="pires">
      <h2 className="govuk-heading-s" id="pires">
        Les plus en retard
      </h2>
      <ol className="govuk-list govuk-list--number">
        {resume.pires.map((l) => (
          <li key={`${l.cle}|${l.lieu ?? ''}`}>
            <a
              className="govuk-link"
              href={adresse('/collecte/liste', { ...champs, organisation: l.cle, ...(l.lieu ? { lieu: l.lieu } : {}), etat: 'en_retard' })}
            >
              {c.nomActeurA(l.cle, l.lieu)}
            </a>
            {` : ${pluriel(l.comptes.en_retard, 'chiffre')} en retard sur ${pluriel(dus(l.comptes), 'dû', 'dus')}`}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tendance({ points, enRetard }: { points: readonly PointDeTendance[]; enRetard: number }) {
  const dit = direTendance(points, enRetard);
  if (!dit) return null;
  const serie = points.map((x) => ({ x: x.jour.slice(0, 7), valeur: x.enRetard, etat: x.enRetard === 0 ? ('zero' as const) : ('valeur' as const) }));
  return (
    <ChartFigure
      titre="Chiffres en retard, le premier de chaque mois"
      description={`Aujourd’hui ${nombre(enRetard)} : ${dit}.`}
      tableau={{
        legende: 'Chiffres en retard et arrivés, le premier de chaque mois',
        colonnes: ['Mois', 'En retard', 'Arrivés'],
        lignes: points.map((x) => [capitale(mois(x.jour)), nombre(x.enRetard), nombre(x.arrives)]),
      }}
    >
      <LineChart titre="Chiffres en retard, le premier de chaque mois" unite="chiffres" hauteur={170} series={[{ nom: 'En retard', points: serie }]} />
    </ChartFigure>
  );
}

function Nom({ l, p, lien }: { l: LigneDAvancement; p: CompletudePageProps; lien: (changes: Partial<Champs>) => string }) {
  const nom = nommer(p.catalogue, p.champs.axe, l);
  if (p.champs.axe === 'periode' && l.cle.length > 4) return <>{nom}</>;
  // One step further in: the year by its periods, the rest by its periods or its fiches.
  const dedans =
    p.champs.axe === 'periode'
      ? { periode: l.cle }
      : { ...filtreDe(p.champs, l), axe: p.champs.axe === 'fiche' ? ('institution' as const) : ('fiche' as const) };
  return (
    <a className="govuk-link" href={lien(dedans)}>
      {nom}
    </a>
  );
}

function Filtres({ catalogue: c, champs: f, lien }: CompletudePageProps & { lien: (changes: Partial<Champs>) => string }) {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  const annees = Array.from({ length: derniere - premiere + 1 }, (_, i) => String(derniere - i));
  const debiteurs = [...new Set([...c.mesures.values()].filter((m) => m.obtention !== 'calcul').flatMap((m) => m.aupres))];
  const actifs = [
    ...(f.periode ? [{ libelle: formatPeriode(f.periode), href: lien({ periode: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: lien({ fiche: '' }) }] : []),
    ...(f.organisation ? [{ libelle: c.nomActeurA(f.organisation, f.lieu || null), href: lien({ organisation: '', lieu: '' }) }] : []),
    ...(f.lieu && !f.organisation ? [{ libelle: c.territoires.get(f.lieu)?.nom ?? f.lieu, href: lien({ lieu: '' }) }] : []),
  ];
  return (
    <FilterPanel action="/collecte" actifs={actifs} effacer={adresse('/collecte', { axe: f.axe })} masques={{ axe: f.axe, lieu: f.lieu }}>
      <Select nom="periode" libelle="Année" vide="toutes les années" valeur={f.periode.slice(0, 4)} options={annees.map((x) => ({ valeur: x, libelle: x }))} />
      <Select nom="fiche" libelle="Fiche" vide="toutes les fiches" valeur={f.fiche} options={optionsDeFiches(c)} />
      <Select
        nom="organisation"
        libelle="Institution"
        vide="toutes les institutions"
        valeur={f.organisation}
        options={debiteurs.map((a) => ({ valeur: a, libelle: c.nomActeur(a) })).sort((a, b) => a.libelle.localeCompare(b.libelle, 'fr'))}
      />
    </FilterPanel>
  );
}
