/** The frame around every page: contract, navigation, what each person may open; and the page of an error. */
import { acces } from './core/authorize.ts';
import type { Db } from './core/base/database.ts';
import type { ErreurConcorde } from './core/errors.ts';
import { headerOf, helpOf, keysOf, menuOf } from './core/house.ts';
import type { House } from './core/module.ts';
import { type Contexte, get, liste, type Page, page } from './core/http/http.ts';
import type { Dessin } from './core/http/reading.ts';
import { CHAMP_CLE } from './core/http/submissions.ts';
import { type Catalogue, deplier, getCatalogue } from './modules/contrats/index.ts';
import { ErreurPage, type Renvoi } from './ui/ErreurPage.tsx';
import { Gallery } from './ui/Gallery.tsx';
import { renderBody, renderFrame } from './ui/Layout.tsx';

const HORS_PERIMETRE = 'Concorde ne tient aucun fichier de police, de justice ou de santé, ne prédit rien et ne note personne.';
const MA_JOURNEE = { cle: 'ma-journee', libelle: 'Ma journée', href: '/ma-journee' };
const RECHERCHER = { touche: '/', libelle: 'Rechercher' };

export function buildFrame(house: House, db: Db, contratId: number, demonstration: boolean) {
  const entete = headerOf(house);
  const bandeau = helpOf(house);
  const touches = [RECHERCHER, ...keysOf(house)];
  let connu: Catalogue | null = null;
  const cadrer: Dessin['cadrer'] = async (c, p) => {
    // While the database does not answer, the page that says so still has its frame.
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const { titre = 'Contrat', sigle = '', debut = '', fin = '' } = connu?.contrat ?? {};
    const u = c.utilisateur;
    return renderFrame({
      titre: p.titre,
      contrat: { nom: titre, sigle, periode: `${debut.slice(0, 4)}-${fin.slice(0, 4)}`, licence: connu?.contrat.licence },
      demonstration,
      chemin: c.url.pathname + c.url.search,
      utilisateur: u,
      navigation: u ? [MA_JOURNEE, ...entete] : entete,
      menu: p.largeur === 'travail' && u !== null ? menuOf(house, u) : undefined,
      section: p.section,
      fil: p.fil,
      largeur: p.largeur,
      langue: p.langue,
      recherche: c.url.pathname === '/recherche' ? (c.url.searchParams.get('q') ?? '') : undefined,
      rafraichir: p.rafraichir,
      scripts: p.scripts,
      quitter: p.quitter,
      bandeau,
      sobre: p.sobre,
      horsPerimetre: HORS_PERIMETRE,
      raccourcis: [...(p.raccourcis ?? []), ...touches],
      enErreur: p.statut === 422,
    });
  };
  /** Acronyms of the contract are unfolded wherever its words are shown, in French. */
  const dessiner: Dessin['dessiner'] = async (corps, langue) => {
    connu = await getCatalogue(db, contratId).catch(() => connu);
    const html = renderBody(corps);
    return connu && langue === undefined ? deplier(html, connu.sigles) : html;
  };
  const rendre = async (c: Contexte, { corps, ...p }: Page): Promise<string> => {
    const [avant, apres] = await cadrer(c, p);
    return avant + (await dessiner(corps, p.langue)) + apres;
  };
  return { rendre, dessin: { cadrer, dessiner } satisfies Dessin };
}

export const errorPage = (erreur: ErreurConcorde, c: Contexte): Page => ({
  titre: erreur.titre,
  corps: <ErreurPage erreur={erreur} connecte={c.utilisateur !== null} renvoi={renvoiDe(erreur, c)} />,
});

/** Secrets are never written back in a page: a form that has one is typed again. */
const SECRET = /passe|code|secret|ferme|jeton/;
function renvoiDe(erreur: ErreurConcorde, c: Contexte): Renvoi | null {
  const { method } = c.brut.request;
  if (!erreur.aRenvoyer || method !== 'POST' || Object.keys(c.corps).some((nom) => SECRET.test(nom))) return null;
  const { [CHAMP_CLE]: cle, ...champs } = Object.fromEntries(Object.entries(c.corps).map(([nom, v]) => [nom, liste(v)]));
  return { action: c.url.pathname + c.url.search, champs, cle: cle?.[0], fichiers: c.brut.request.isMultipart() };
}

/** For those who build the platform: nothing of a contract, nor for its public. */
export const GALERIE = get('/composants', acces.public, () => page({ titre: 'Composants', corps: <Gallery /> }));
