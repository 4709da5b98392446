import type { Geometry } from 'geojson';
import { LinkButton } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { buildPresence } from '../../../../ui/maps/scale.tsx';
import { PlanDeLieux } from '../../../../ui/maps/PlanDeLieux.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { enumerer, heureDuMoment, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Moment } from '../../horaires.ts';
import { CarteDePresence } from '../../pages/CarteDePresence.tsx';
import { direAccessibilite, direLangue, OPTIONS_ACCESSIBILITE, OPTIONS_LANGUES } from '../../referentiel/accueil.ts';
import { BESOINS_CHERCHES, cleDuBesoin, direBesoin } from '../../referentiel/besoins.ts';
import type { Service } from '../../structures/structures.queries.ts';
import type { Trouvee } from '../trouver.queries.ts';
import { adresseDe, direDistance, distance, ditsDesServices, OUI_NON, type Point, RIEN, type Recherche } from '../trouver.rules.ts';
import { direManques, EtatDuMoment, Joindre, lieuConnu } from './parts.tsx';

const MOTS: Readonly<Record<(typeof OUI_NON)[number], string>> = {
  ouvert: 'Ouvert maintenant',
  sans_rdv: 'Sans rendez-vous',
  anonyme: 'Anonyme',
  gratuit: 'Gratuit',
  lieu_sur: 'Lieu où se réfugier',
};

const PRESENCE = buildPresence('aucun lieu', 'un lieu ou plus');

interface Props {
  catalogue: Catalogue;
  recherche: Recherche;
  lieux: readonly (Trouvee & { moment: Moment })[];
  services: readonly Service[];
  total: number;
  parSecteur: ReadonlyMap<string, number>;
  /** From where distances are counted: the person, or the middle of the place asked. */
  repere: Point | null;
  contours: ReadonlyMap<string, Geometry>;
  /** Nothing at all in the directory. */
  vide: boolean;
  page: number;
  parPage: number;
  maintenant: Date;
}

export function TrouverPage(p: Props) {
  const r = p.recherche;
  const sans = (o: Partial<Recherche>) => adresseDe({ ...r, ...o });
  const actifs = [
    ...(r.besoin ? [{ libelle: direBesoin(r.besoin), href: sans({ besoin: '' }) }] : []),
    ...(r.lieu ? [{ libelle: p.catalogue.territoires.get(r.lieu)?.nom ?? r.lieu, href: sans({ lieu: '' }) }] : []),
    ...(r.ici ? [{ libelle: 'Près d’ici', href: sans({ ici: null }) }] : []),
    ...(r.langue ? [{ libelle: direLangue(r.langue), href: sans({ langue: '' }) }] : []),
    ...(r.accessible ? [{ libelle: direAccessibilite(r.accessible), href: sans({ accessible: '' }) }] : []),
    ...OUI_NON.filter((n) => r[n]).map((n) => ({ libelle: MOTS[n], href: sans({ [n]: false }) })),
  ];
  return (
    <>
      <PageHeader
        titre="Trouver un lieu"
        chapo={`Qui reçoit, où et quand, à l’heure qu’il est : ${heureDuMoment(p.maintenant)}. Rien n’est gardé de ce que vous cherchez.`}
        actions={
          <>
            {!r.ouvert && <LinkButton href={sans({ ouvert: true })}>Ouvert maintenant</LinkButton>}
            {!r.ici && (
              <button type="button" className="govuk-button govuk-button--secondary" data-ici={sans({ lieu: '', ici: null })} hidden>
                Près d’ici
              </button>
            )}
          </>
        }
      />
      <FilterLayout
        filtres={
          <FilterPanel action="/aide/trouver" actifs={actifs} effacer="/aide/trouver" titre="Choisir">
            <Select nom="besoin" libelle="Pour quoi" vide="tout" valeur={cleDuBesoin(r.besoin)} options={BESOINS_CHERCHES} />
            <Select
              nom="lieu"
              libelle="Près de"
              vide="partout"
              valeur={r.lieu}
              options={[...p.catalogue.territoires.values()]
                .filter((t) => t.id !== p.catalogue.racine.id && t.type !== 'quartier')
                .map((t) => ({ valeur: t.id, libelle: t.nom }))}
            />
            <Select nom="langue" libelle="On y parle" vide="toute langue" valeur={r.langue} options={OPTIONS_LANGUES} />
            <Select nom="accessible" libelle="Accessible" vide="indifférent" valeur={r.accessible} options={OPTIONS_ACCESSIBILITE} />
            {r.ici && <input type="hidden" name="ici" value={`${r.ici.lat},${r.ici.lon}`} />}
            {OUI_NON.map((n) => (
              <Checkbox key={n} nom={n} libelle={MOTS[n]} valeur="1" coche={r[n]} />
            ))}
          </FilterPanel>
        }
      >
        <Liste {...p} sans={sans} />
      </FilterLayout>
      <Plan {...p} />
      <Carte {...p} />
    </>
  );
}

function Liste({ sans, ...p }: Props & { sans: (o: Partial<Recherche>) => string }) {
  const r = p.recherche;
  if (p.total === 0)
    return (
      <EmptyState
        titre={p.vide ? 'Aucun lieu n’est encore dans l’annuaire' : 'Aucun lieu ne répond à tout cela'}
        actions={[
          ...(r.ouvert ? [{ libelle: 'Voir aussi ce qui est fermé maintenant', href: sans({ ouvert: false }) }] : []),
          { libelle: 'Tout effacer', href: adresseDe(RIEN) },
        ]}
      >
        {p.vide ? 'Les partenaires du contrat les y écrivent.' : 'Retirez un choix.'} En danger, appelez le 17, ou envoyez un SMS au 114.
      </EmptyState>
    );
  return (
    <>
      <ul className="c-lieux">
        {p.lieux.map((s, i) => (
          <li key={s.id} id={`lieu-${s.id}`} className="c-lieux__un">
            <h2 className="c-lieux__nom">
              {s.longitude !== null && <span className="c-lieux__rang">{i + 1}.</span>}
              <a className="govuk-link" href={`/aide/lieux/${s.id}`}>
                {s.nom}
              </a>
            </h2>
            {(s.moment.etat !== 'inconnu' || s.lieuSur || s.fictive) && (
              <p className="c-lieux__quoi">
                {s.moment.etat !== 'inconnu' && <EtatDuMoment moment={s.moment} maintenant={p.maintenant} />}
                {s.lieuSur && <span className="c-lieux__fait">lieu où se réfugier</span>}
                {s.fictive && <span className="c-lieux__fait">exemple fictif</span>}
              </p>
            )}
            <p className="c-lieux__quoi">{[lieuConnu(s, p.catalogue), loin(p, s)].filter(Boolean).join(', ')}</p>
            <Proposes services={p.services.filter((v) => v.carteId === s.id)} recherche={r} />
            {direManques(s) && <p className="c-lieux__quoi c-lieux__manque">{direManques(s)}</p>}
            <Joindre structure={s} />
          </li>
        ))}
      </ul>
      <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => adresseDe(r, n)} objet="lieu" objets="lieux" />
    </>
  );
}

function Proposes({ services, recherche }: { services: readonly Service[]; recherche: Recherche }) {
  const { besoins, faits, aussi } = ditsDesServices(services, recherche);
  const mots = (l: readonly string[]) => l.slice(0, 4).map(direBesoin).join(', ');
  return (
    <>
      {besoins.length + faits.length > 0 && <p className="c-lieux__quoi">{[mots(besoins), enumerer(faits)].filter(Boolean).join(' · ')}</p>}
      {aussi.length > 0 && <p className="c-lieux__quoi">Aussi : {mots(aussi)}</p>}
    </>
  );
}

const pointDe = (s: Trouvee): Point | null => (s.longitude === null || s.latitude === null ? null : { lon: s.longitude, lat: s.latitude });
/** How far, as the crow flies: from the person, or from the middle of the place asked, which it then says. */
function loin(p: Props, s: Trouvee): string {
  const la = pointDe(s);
  if (!la || !p.repere) return '';
  const court = p.catalogue.territoires.get(p.recherche.lieu)?.court;
  return `${direDistance(distance(p.repere, la))}${p.recherche.ici || !court ? '' : ` du milieu du ${court}`}`;
}

/** The places of this page, numbered as in the list. */
function Plan(p: Props) {
  const points = p.lieux.flatMap((s, i) => {
    const la = pointDe(s);
    const d = loin(p, s);
    return la ? [{ id: s.id, numero: i + 1, ...la, libelle: d ? `${s.nom}, ${d}` : s.nom, href: `#lieu-${s.id}` }] : [];
  });
  const sans = p.lieux.length - points.length;
  if (points.length === 0) return null;
  return (
    <Section titre="Sur le plan" id="plan">
      <p className="govuk-body-s">
        Les numéros sont ceux de la liste.
        {sans > 0 && ` ${pluriel(sans, 'lieu', 'lieux')} de cette liste ${sans > 1 ? 'n’ont' : 'n’a'} pas encore de point connu.`}
        {p.contours.size === 0 && ' Les limites des lieux ne sont pas importées : seuls les points sont dessinés.'}
      </p>
      <PlanDeLieux titre="Les lieux de cette page" contours={p.contours} points={points} ici={p.recherche.ici ?? undefined} />
    </Section>
  );
}

/** Where they are: one tile for each first-level territory, which leads to its list. */
function Carte(p: Props) {
  const nombres = p.catalogue.enfants(p.catalogue.racine.id).map((territoire) => ({
    territoire,
    n: p.parSecteur.get(territoire.id) ?? 0,
    href: adresseDe({ ...p.recherche, lieu: territoire.id }),
  }));
  if (p.total === 0 || !nombres.some((x) => x.territoire.tuile)) return null;
  const partout = p.parSecteur.get('') ?? 0;
  return (
    <Section titre="Sur la carte" id="carte">
      <p className="govuk-body-s">
        Nombre de lieux dans chaque territoire ; choisissez-en un pour commencer par ceux-là.
        {partout > 0 && ` ${pluriel(partout, 'lieu', 'lieux')} de plus sans adresse précise.`}
      </p>
      <CarteDePresence id="tuiles-lieux" titre="Nombre de lieux par territoire" unite="lieux" gamme={PRESENCE} nombres={nombres} />
    </Section>
  );
}
