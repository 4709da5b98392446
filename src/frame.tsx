/** The frame around every page: contract, navigation, what each person may open; and the page of an error. */
import { LRUCache } from 'lru-cache';
import { acces } from './core/authorize.ts';
import type { Db } from './core/base/database.ts';
import type { Coffre } from './core/coffre.ts';
import { jourDe } from './core/clock.ts';
import type { ErreurConcorde } from './core/errors.ts';
import { couper } from './core/couper.ts';
import { announcedOf, headerOf, helpOf, keysOf, menuOf } from './core/house.ts';
import type { House } from './core/module.ts';
import { type Contexte, get, liste, type Page, page } from './core/http/http.ts';
import { estSecrete } from './core/http/public-page.ts';
import type { Dessin } from './core/http/reading.ts';
import { CHAMP_CLE } from './core/http/submissions.ts';
import { deviner, enMots } from './devine.rules.ts';
import { type Catalogue, deplier, getCatalogue } from './modules/contrats/index.ts';
import { chapoDe, precise } from './titre.rules.ts';
import { assetUrl } from './ui/assets.ts';
import { ErreurPage, type Renvoi } from './ui/ErreurPage.tsx';
import { Gallery } from './ui/Gallery.tsx';
import { renderBody, renderFrame } from './ui/Layout.tsx';
import { jour } from './ui/typographie.ts';

const HORS_PERIMETRE = 'Concorde ne tient aucun fichier de police, de justice ou de santé, ne prédit rien et ne note personne.';
/** Frames that are the same for everybody, drawn once: several times the work of what stands in them. */
const CADRES_MAX = 32;
const RECHERCHER = { touche: '/', libelle: 'Rechercher' };

/** Scripts of pages that keep on the device what was typed and not sent (ui/islands/parts/depot.ts). */
export const AVEC_DEPOT: ReadonlySet<string> = new Set(['main-courante.js', 'seance.js', 'terrain.js']);

interface Reglages {
  contratId: number;
  demonstration: boolean;
  /** Public address, which a shared link says whole. */
  adresse: string;
  horloge: () => Date;
  coffre: Pick<Coffre, 'cleDe'>;
}

export function buildFrame(house: House, db: Db, { contratId, demonstration, adresse, horloge, coffre }: Reglages) {
  const entete = headerOf(house);
  const bandeau = helpOf(house);
  const touches = keysOf(house);
  let connu: Catalogue | null = null;
  let cadres: { de: Catalogue | null; faits: LRUCache<string, ReturnType<typeof renderFrame>> } | null = null;
  const cadresDe = (catalogue: Catalogue | null) => {
    if (cadres?.de !== catalogue) cadres = { de: catalogue, faits: new LRUCache({ max: CADRES_MAX }) };
    return cadres.faits;
  };
  const cadrer: Dessin['cadrer'] = async (c, p) => {
    // While the database does not answer, the page that says so still has its frame.
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const { titre = 'Contrat', sigle = '', debut = '', fin = '' } = connu?.contrat ?? {};
    const u = c.utilisateur;
    const chemin = c.url.pathname + c.url.search;
    const secrete = estSecrete(c.brut.request);
    // Work screens are for work; a page that says an outage is drawn without asking anything.
    const annonces = p.largeur === 'travail' || (p.statut ?? 200) >= 500 ? [] : await announcedOf(house, db, { id: contratId }, lieuDe(c, connu));
    // All that it is made of, but for what never changes while a process serves; a contract loaded again is another one.
    const cle = p.cadreDeTous && u === null ? JSON.stringify([jourDe(horloge()), chemin, secrete, annonces, p]) : null;
    const siens = cadresDe(connu);
    const deja = cle === null ? undefined : siens.get(cle);
    if (deja) return deja;
    const fait = renderFrame({
      annonces,
      // In another language, the title is all in it.
      titre: precise(p.titre, c.url, connu, p.langue !== undefined || (p.quitter !== undefined && p.quitter !== false)),
      description: p.description,
      partage: u || secrete ? undefined : { adresse: adresse + chemin, image: adresse + assetUrl('partage.png') },
      flux: p.flux,
      imprime: { adresse: secrete ? null : adresse + chemin, jour: jour(jourDe(horloge())) },
      contrat: { nom: titre, sigle, periode: `${debut.slice(0, 4)}-${fin.slice(0, 4)}`, licence: connu?.contrat.licence },
      demonstration,
      chemin,
      utilisateur: u,
      navigation: entete,
      menu: u === null ? undefined : menuOf(house, u),
      section: p.section,
      fil: p.fil,
      largeur: p.largeur,
      langue: p.langue,
      recherche: c.url.pathname === '/recherche' ? (c.url.searchParams.get('q') ?? '') : undefined,
      rafraichir: p.rafraichir,
      scripts: p.scripts,
      depot: u && p.scripts?.some((s) => AVEC_DEPOT.has(s)) ? coffre.cleDe(`${contratId} ${u.id}`) : undefined,
      quitter: p.quitter,
      bandeau,
      sobre: p.sobre,
      horsPerimetre: HORS_PERIMETRE,
      raccourcis: u?.raccourcis ? [...(p.raccourcis ?? []), RECHERCHER, ...touches] : undefined,
      enErreur: p.statut === 422,
    });
    if (cle !== null) siens.set(cle, fait);
    return fait;
  };
  /** Acronyms of the contract are unfolded wherever its words are shown, in French. */
  const deplierEn = async (html: string, langue: string | undefined): Promise<string> => {
    connu = await getCatalogue(db, contratId).catch(() => connu);
    return connu && langue === undefined ? deplier(html, connu.sigles) : html;
  };
  const dessiner: Dessin['dessiner'] = (corps, langue) => deplierEn(renderBody(corps), langue);
  const rendre = async (c: Contexte, { corps, ...p }: Page): Promise<string> => {
    const html = renderBody(corps);
    // Read by who is shown a link to the page: nobody is signed in there. The first page of a process says the contract too.
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const description = p.description ?? (c.utilisateur ? undefined : (chapoDe(html) ?? decrire(p.titre)));
    const [avant, apres] = await cadrer(c, { ...p, description });
    return avant + (await deplierEn(html, p.langue)) + apres;
  };
  /** Of what says nothing under its title. */
  const decrire = (titre: string): string => `${titre}${connu ? ` : ${connu.contrat.titre}` : ''}. Sur Concorde, la plateforme des partenaires du contrat.`;
  const pageErreur = async (erreur: ErreurConcorde, c: Contexte): Promise<Page> => {
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const perdue = erreur.id === 'introuvable' && c.brut.request.method === 'GET';
    const { pathname } = c.url;
    return {
      titre: perdue ? `${erreur.titre} (${lisible(pathname)})` : erreur.titre,
      description: erreur.message,
      corps: (
        <ErreurPage
          erreur={erreur}
          connecte={c.utilisateur !== null}
          renvoi={renvoiDe(erreur, c)}
          recherche={perdue ? { mots: enMots(pathname), pistes: deviner(pathname, connu, pagesDe(house, c.utilisateur)) } : undefined}
          acces={
            erreur.id === 'interdit' && c.utilisateur
              ? { roles: erreur.ouvertA, organisation: connu?.nomActeur(c.utilisateur.organisationId) ?? 'votre organisation', adresse: adresse + pathname }
              : undefined
          }
        />
      ),
    };
  };
  return { rendre, dessin: { cadrer, dessiner } satisfies Dessin, pageErreur };
}

/** The territory that an address is about, named by its path or chosen in its form. */
const lieuDe = (c: Pick<Contexte, 'url' | 'brut'>, catalogue: Catalogue | null): string | null =>
  [...Object.values((c.brut.request.params ?? {}) as Record<string, string>), c.url.searchParams.get('territoire') ?? ''].find((v) =>
    catalogue?.territoires.has(v),
  ) ?? null;

/** What this person finds in the navigation: never more. */
const pagesDe = (house: House, u: Contexte['utilisateur']) => (u ? menuOf(house, u).flatMap((s) => s.entrees) : headerOf(house));
const lisible = (chemin: string): string => {
  try {
    return couper(decodeURIComponent(chemin), 60);
  } catch {
    return couper(chemin, 60);
  }
};

/** Secrets are never written back in a page: a form that has one is typed again. */
const SECRET = /passe|code|secret|ferme|jeton/;
function renvoiDe(erreur: ErreurConcorde, c: Contexte): Renvoi | null {
  const { method, routeOptions } = c.brut.request;
  if ((routeOptions.config as { sansRenvoi?: boolean }).sansRenvoi) return null;
  if (!erreur.aRenvoyer || method !== 'POST' || Object.keys(c.corps).some((nom) => SECRET.test(nom))) return null;
  const { [CHAMP_CLE]: cle, ...champs } = Object.fromEntries(Object.entries(c.corps).map(([nom, v]) => [nom, liste(v)]));
  return { action: c.url.pathname + c.url.search, champs, cle: cle?.[0], fichiers: c.brut.request.isMultipart() };
}

/** For those who build the platform: nothing of a contract, nor for its public. */
export const GALERIE = get('/composants', acces.public, () => page({ titre: 'Composants', corps: <Gallery /> }));
