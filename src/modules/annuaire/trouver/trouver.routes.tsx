/**
 * Finding help: a list and a map, a card, the card for a telephone. Anyone, without JavaScript, on the public plane: nothing of who asked
 * or of what was asked is written anywhere. GET 200; 404.
 */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { geoCentroid } from 'd3-geo';
import { horaire } from '../../../ui/maps/ChoroplethMap.tsx';
import { type Catalogue, contoursSous, douterDuPoint, getCatalogue, getContours } from '../../contrats/index.ts';
import { direHoraires, momentDe, semaineDe } from '../horaires.ts';
import { getStructure, listPermanences, listServices, type Structure } from '../structures/structures.queries.ts';
import { LieuPage } from './pages/LieuPage.tsx';
import { TrouverPage } from './pages/TrouverPage.tsx';
import { chercherStructures, existeUneFiche } from './trouver.queries.ts';
import { lireRecherche, parProximite, type Point } from './trouver.rules.ts';
import { ecrireVcard } from './vcard.ts';

const PAR_PAGE = 15;
const CHEMIN_TROUVER = '/aide/trouver';
const FIL = [{ libelle: 'Trouver un lieu d’aide', href: CHEMIN_TROUVER }];
/** Neutral: what a screen, a tab or a history shows says nothing of why. */
const TITRE = 'Trouver un lieu';

/** First-level territories, the nearest to the place asked first, as their tiles are on the map. */
function proches(catalogue: Catalogue, lieu: string): string[] {
  const secteur = catalogue.ascendants(lieu).find((t) => t.parent === catalogue.racine.id)?.id;
  return secteur ? parProximite(catalogue.enfants(catalogue.racine.id), secteur) : [];
}

/** The middle of a place, when its boundary is known. */
async function milieuDe(c: Contexte, catalogue: Catalogue, lieu: string): Promise<Point | null> {
  const contour = (await getContours(c.db, catalogue, [lieu])).get(lieu);
  const [lon, lat] = contour ? geoCentroid(horaire(contour)) : [Number.NaN, Number.NaN];
  return Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : null;
}

/** The card asked for, or the one that it was joined to. 404 for what is not published. */
async function chargerCarte(c: Contexte): Promise<Structure> {
  const s = await getStructure(c.db, c.contrat.id, c.params.structure ?? '');
  const carte = s?.jointeA ? await getStructure(c.db, c.contrat.id, s.jointeA) : s;
  if (carte?.etat !== 'publiee' || carte.jointeA) throw introuvable('Ce lieu');
  return carte;
}

export function buildTrouverRoutes(services: Pick<Services, 'adresse'>): Route[] {
  return [
    get(
      CHEMIN_TROUVER,
      acces.public,
      async (c) => {
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const recherche = lireRecherche(
          (nom) => texte(c.requete[nom]),
          (t) => t !== catalogue.racine.id && catalogue.territoires.has(t),
          (lon, lat) => douterDuPoint(catalogue.contrat.emprise, lon, lat) === null,
        );
        const contours = await contoursSous(c, catalogue, '');
        const repere = recherche.ici ?? (recherche.lieu ? await milieuDe(c, catalogue, recherche.lieu) : null);
        const n = numeroDePage(c);
        const trouvees = await chercherStructures(c.db, c.contrat.id, recherche, {
          maintenant: c.maintenant,
          territoires: recherche.lieu ? catalogue.descendants(recherche.lieu) : null,
          proches: recherche.lieu ? proches(catalogue, recherche.lieu) : [],
          repere,
          page: n,
          parPage: PAR_PAGE,
        });
        const lieux = await Promise.all(trouvees.lignes.map(async (s) => ({ ...s, moment: await momentDe(s.horaires, c.maintenant) })));
        const services = await listServices(
          c.db,
          c.contrat.id,
          trouvees.lignes.map((s) => s.id),
        );
        return page({
          titre: TITRE,
          section: 'trouver',
          quitter: true,
          scripts: ['trouver.js'],
          corps: (
            <TrouverPage
              catalogue={catalogue}
              recherche={recherche}
              lieux={lieux}
              services={services}
              total={trouvees.total}
              parSecteur={trouvees.parSecteur}
              repere={repere}
              contours={contours}
              vide={trouvees.total === 0 && !(await existeUneFiche(c.db, c.contrat.id))}
              page={n}
              parPage={PAR_PAGE}
              maintenant={c.maintenant}
            />
          ),
        });
      },
      { instant: true, discrete: true },
    ),
    get(
      '/aide/lieux/:structure',
      acces.public,
      async (c) => {
        const s = await chargerCarte(c);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const parente = s.parenteId ? await getStructure(c.db, c.contrat.id, s.parenteId) : null;
        return page({
          titre: `Un lieu, ${catalogue.territoires.get(s.territoireId)?.nom ?? ''}`,
          scripts: ['imprimer.js'],
          section: 'trouver',
          quitter: true,
          fil: FIL,
          corps: (
            <LieuPage
              structure={s}
              parente={parente?.etat === 'publiee' ? parente : null}
              permanences={await listPermanences(c.db, c.contrat.id, s.id)}
              services={await listServices(c.db, c.contrat.id, [s.id])}
              catalogue={catalogue}
              moment={await momentDe(s.horaires, c.maintenant)}
              horaires={await direHoraires(s.horaires)}
              semaine={await semaineDe(s.horaires, c.maintenant)}
              adresse={`${services.adresse}/aide/lieux/${s.id}`}
              aujourdhui={jourDe(c.maintenant)}
              maintenant={c.maintenant}
            />
          ),
        });
      },
      { instant: true, discrete: true },
    ),
    get('/aide/lieux/:structure/carte.vcf', acces.public, async (c) => {
      const s = await chargerCarte(c);
      return fichier(ecrireVcard(s, { adresse: `${services.adresse}/aide/lieux/${s.id}`, horaires: await direHoraires(s.horaires) }), {
        nom: `${s.nom}.vcf`,
        type: 'text/vcard; charset=utf-8',
      });
    }),
  ];
}
