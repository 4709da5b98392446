import type { Geometry } from 'geojson';
import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { capitale, mois, nombre, pluriel, pourcents } from '../../../../ui/typographie.ts';
import { optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import { PlanEtListe, type PointDuPlan, surLePlan } from '../../../../ui/maps/Plan.tsx';
import type { Circuits } from '../../circuits/circuits.ts';
import { type Biais, type Chaud, type Demandee, direCategorie, direOrigine, direSelection, type Resultat } from '../chauds.ts';
import { direPeriode, JOURS, MOMENTS, PERIODES } from '../periode.rules.ts';
import { CELLULES_MIN, centreDe, coinsDe, NOMBRE_MIN } from '../statistique.rules.ts';
import { BiaisNote } from './BiaisNote.tsx';

export interface ChaudsPageProps {
  d: Demandee;
  r: Resultat;
  /** Of each place; empty for who does not read it. */
  adresses: readonly string[];
  biais: Biais;
  circuits: Circuits;
  contours: ReadonlyMap<string, Geometry>;
  tuiles: string | null;
  lien: (chemin: string, changes?: Record<string, string>) => string;
}

export const nommer = (d: Demandee, x: Chaud, adresse = ''): string => {
  const lieu = d.catalogue.territoires.get(x.territoireId)?.nom ?? x.territoireId;
  return adresse ? `${adresse}, ${lieu}` : lieu;
};
/** A year before, in numbers under twenty. */
export function direAvant(x: Chaud): string {
  if (x.avant === 0) return 'aucun un an plus tôt';
  const ecart = x.zone.nombre - x.avant;
  const dit = `${nombre(x.avant)} un an plus tôt`;
  return Math.min(x.avant, x.zone.nombre) < 20 ? dit : `${dit}, ${ecart >= 0 ? '+' : ''}${pourcents((100 * ecart) / x.avant)}`;
}
/** Expected by chance: one decimal under ten. */
/** Of a place, in the address of its list. */
const MAILLES_MAX = 40;
const direAttendu = (v: number): string => nombre(v, v < 10 ? 1 : 0);
const direPreuve = (x: Chaud): string => `${nombre(x.zone.autour)} autour du centre, où le hasard en mettrait ${direAttendu(x.zone.attendu)}`;

export function ChaudsPage(p: ChaudsPageProps) {
  const { d, r, circuits } = p;
  const f = d.champs;
  const origines = [...new Set(d.genres.map((g) => g.origine))];
  const actifs = [
    ...(f.origine ? [{ libelle: direOrigine(d, circuits, f.origine), href: p.lien('', { origine: '', categorie: '' }) }] : []),
    ...(f.categorie ? [{ libelle: direCategorie(circuits, f), href: p.lien('', { categorie: '' }) }] : []),
    ...JOURS.filter((j) => j.code === f.jours).map((j) => ({ libelle: j.libelle, href: p.lien('', { jours: '' }) })),
    ...MOMENTS.filter((m) => m.code === f.moment).map((m) => ({ libelle: m.libelle, href: p.lien('', { moment: '' }) })),
    ...(d.lieu.nom ? [{ libelle: d.lieu.nom, href: p.lien('', { territoire: d.lieu.sans }) }] : []),
    ...PERIODES.filter((x) => x.code === f.periode).map((x) => ({ libelle: x.libelle, href: p.lien('', { periode: '' }) })),
    ...(f.fin ? [{ libelle: `jusqu’à ${mois(f.fin)}`, href: p.lien('', { fin: '' }) }] : []),
    ...(f.reference ? [{ libelle: 'parmi les signalements', href: p.lien('', { reference: '' }) }] : []),
  ];
  const points = (r.chauds ?? []).map(
    (x, i): PointDuPlan => ({
      id: `lieu-${i + 1}`,
      ...centreDe(x.zone.cellules[0]?.maille ?? 0),
      libelle: `${i + 1}. ${nommer(d, x, p.adresses[i])} : ${pluriel(x.zone.nombre, 'signalement')}`,
      href: `#lieu-${i + 1}`,
      ton: x.zone.net ? 'fort' : 'moyen',
      emprises: x.zone.cellules.map((k) => coinsDe(k.maille)),
    }),
  );
  // With nothing behind them, one or two points are a white sheet: the list says where they are.
  const dessines = p.contours.size > 0 || p.tuiles !== null || points.length > 2 ? points : [];
  return (
    <>
      <PageHeader
        titre="Points chauds"
        chapo={`${direSelection(d, circuits)}, ${direPeriode(d.periode)} : ${pluriel(r.nombre, 'signalement situé', 'signalements situés')}. Un point chaud est un lieu où il y en a plus que le hasard n’en mettrait.`}
      />
      <ButtonGroup>
        <LinkButton href={p.lien('/fiche')}>La fiche en une page</LinkButton>
        <LinkButton variante="secondaire" href={p.lien('/moyens')}>
          Opérations et signalements
        </LinkButton>
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FilterPanel
            action="/signalements/points-chauds"
            actifs={actifs}
            effacer={`/signalements/points-chauds${d.lieu.effacer}`}
            bascule={d.lieu.bascule && { libelle: d.lieu.bascule.libelle, href: p.lien('', { territoire: d.lieu.bascule.champ }) }}
          >
            <Select
              nom="origine"
              libelle="Circuit ou canal"
              vide="tous"
              valeur={f.origine}
              options={origines.map((o) => ({ valeur: o, libelle: direOrigine(d, circuits, o) }))}
            />
            {f.origine && (
              <Select
                nom="categorie"
                libelle="Objet"
                vide="tous"
                valeur={f.categorie}
                options={d.genres.filter((g) => g.origine === f.origine).map((g) => ({ valeur: g.categorie, libelle: direCategorie(circuits, g) }))}
              />
            )}
            <Select nom="jours" libelle="Jours" vide="tous" valeur={f.jours} options={JOURS.map((j) => ({ valeur: j.code, libelle: j.libelle }))} />
            <Select nom="moment" libelle="Heures" vide="toutes" valeur={f.moment} options={MOMENTS.map((m) => ({ valeur: m.code, libelle: m.libelle }))} />
            <Select nom="periode" libelle="Période" valeur={f.periode || '3'} options={PERIODES.map((x) => ({ valeur: x.code, libelle: x.libelle }))} />
            {f.periode !== 'en-cours' && (
              <Select
                nom="fin"
                libelle="Jusqu’au mois de"
                vide="dernier mois complet"
                valeur={f.fin}
                options={d.mois.map((m) => ({ valeur: m, libelle: mois(m) }))}
              />
            )}
            <Select
              nom="territoire"
              libelle="Territoire"
              valeur={d.lieu.territoire || TOUT}
              options={optionsDeLieu(d.catalogue.territoires.values(), d.catalogue)}
            />
            <Select
              nom="reference"
              libelle="Plus que…"
              valeur={f.reference || 'partout'}
              options={[
                { valeur: 'partout', libelle: 'dans les autres lieux' },
                { valeur: 'signalements', libelle: 'dans les autres signalements du lieu' },
              ]}
            />
          </FilterPanel>
        }
      >
        <BiaisNote catalogue={d.catalogue} biais={p.biais} />
        <PlanEtListe titre="Plan des points chauds" contours={p.contours} points={dessines} tuiles={p.tuiles}>
          <ListeDesChauds {...p} points={points} />
        </PlanEtListe>
        <Methode d={d} r={r} />
      </FilterLayout>
    </>
  );
}

function ListeDesChauds({ d, r, adresses, lien, points }: ChaudsPageProps & { points: readonly PointDuPlan[] }) {
  if (r.chauds === null)
    return (
      <EmptyState titre="Trop peu pour le dire" actions={[{ libelle: 'Prendre douze mois', href: lien('', { periode: '12' }) }]}>
        {`Il faut ${pluriel(NOMBRE_MIN, 'signalement')} et ${CELLULES_MIN} lieux où l’on a déjà signalé : il y a ici ${pluriel(r.nombre, 'signalement')} et ${pluriel(r.cellules, 'lieu', 'lieux')}.`}
      </EmptyState>
    );
  if (r.chauds.length === 0)
    return <EmptyState titre="Aucun lieu ne se distingue">Les signalements se répartissent comme le hasard pourrait le faire.</EmptyState>;
  return (
    <>
      <ol className="govuk-list c-plan__lieux">
        {r.chauds.map((x, i) => {
          const point = points[i];
          return (
            <li key={point?.id} {...(point ? surLePlan(point) : {})}>
              <h2 className="govuk-heading-s c-plan__nom">
                {`${i + 1}. ${capitale(nommer(d, x, adresses[i]))}`} <Tag ton={x.zone.net ? 'garance' : 'laiton'}>{x.zone.net ? 'très net' : 'net'}</Tag>
              </h2>
              <p className="govuk-body-s">
                {pluriel(x.zone.nombre, 'signalement')} ({direAvant(x)}) ; {direPreuve(x)}.{' '}
                <a
                  className="govuk-link"
                  href={`/signalements/boite?etat=ouvertes&service=tous&territoire=tous&mailles=${x.zone.cellules
                    .slice(0, MAILLES_MAX)
                    .map((k) => k.maille)
                    .join('.')}`}
                >
                  Demandes ouvertes<span className="govuk-visually-hidden"> au lieu {i + 1}</span>
                </a>
              </p>
            </li>
          );
        })}
      </ol>
      {r.autres > 0 && (
        <p className="govuk-body">{`Et ${pluriel(r.autres, 'autre lieu', 'autres lieux')}, avec moins de signalements : précisez les filtres pour les voir.`}</p>
      )}
    </>
  );
}

const phrasesDeMethode = (d: Demandee, r: Resultat): string[] => [
  `On compte par carrés d’une centaine de mètres, parmi les ${nombre(r.cellules)} d’où quelque chose a déjà été signalé, chacun avec ses huit voisins.`,
  d.reference === 'partout'
    ? 'Un carré est retenu si ses signalements redistribués au hasard entre tous les carrés n’en donneraient presque jamais autant (Getis-Ord Gi*, loi des permutations).'
    : 'Un carré est retenu si l’objet, l’heure et le mois redistribués au hasard entre tous les signalements n’en donneraient presque jamais autant ici : un lieu qui signale plus de tout n’est pas retenu pour cela.',
  'Parmi les lieux retenus, un sur vingt au plus, en moyenne, l’est par erreur (Benjamini et Hochberg) ; un sur cent pour ceux qui sont dits très nets.',
  'Les demandes réservées à quelques services n’y sont pas, ni celles qui n’ont pas de point sur la carte. Ce n’est pas une prévision, et rien n’est dit d’aucune personne.',
];
const Methode = ({ d, r }: { d: Demandee; r: Resultat }) => (
  <Details resume="Comment c’est calculé">
    {phrasesDeMethode(d, r).map((x) => (
      <p key={x} className="govuk-body">
        {x}
      </p>
    ))}
  </Details>
);
