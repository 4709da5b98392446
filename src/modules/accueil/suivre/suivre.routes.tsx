/** Following a fiche, a place or the whole contract from elsewhere: feeds of what changed, calendars of what meets. GET 200, 404. */
import { acces } from '../../../core/authorize.ts';
import { ecrireAtom, TYPE_ATOM } from '../../../core/atom.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import { newsOf } from '../../../core/house.ts';
import type { House } from '../../../core/module.ts';
import { capitale } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Suivi, suivi } from './suivre.rules.ts';
import { SuivrePage } from './SuivrePage.tsx';

const DANS_LE_FLUX = 60;
/** A feed goes back that far. */
const JOURS = 400;

const lire = async (c: Contexte, voulu: { fiche?: string | undefined; territoire?: string | undefined }): Promise<[Catalogue, Suivi]> => {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const s = suivi(cat, voulu);
  if (!s) throw introuvable(voulu.fiche ? 'Cette fiche' : 'Ce territoire');
  return [cat, s];
};

export const buildSuivreRoutes = (house: House, adresse: string): Route[] => {
  const flux = async (c: Contexte, voulu: { fiche?: string | undefined; territoire?: string | undefined }) => {
    const [cat, s] = await lire(c, voulu);
    const depuis = new Date(c.maintenant.getTime() - JOURS * 86_400_000);
    const nouvelles = await newsOf(house, c, { fiche: s.fiche, territoires: s.territoires, depuis, max: DANS_LE_FLUX });
    const contenu = ecrireAtom({
      page: adresse + s.page,
      adresse: adresse + s.atom,
      titre: `${capitale(s.nom)}, ${cat.contrat.titre}`,
      sousTitre: 'Chiffres validés, rectificatifs, réunions publiques annoncées, relevés de décisions publiés.',
      auteur: cat.contrat.titre,
      debut: new Date(`${cat.contrat.debut}T00:00:00Z`),
      licence: cat.contrat.licence,
      entrees: nouvelles.map((n) => ({ id: `${adresse}${s.page}#${n.id}`, titre: n.titre, le: n.le, page: adresse + n.chemin, resume: n.resume })),
    });
    return fichier(contenu, { nom: 'nouvelles.xml', type: TYPE_ATOM, affiche: true, licence: cat.contrat.licence });
  };
  return [
    get('/nouvelles.xml', acces.public, (c) => flux(c, {}), { parMinute: 60 }),
    get('/fiches/:numero/nouvelles.xml', acces.public, (c) => flux(c, { fiche: c.params.numero ?? '' }), { parMinute: 60 }),
    get('/territoires/:id/nouvelles.xml', acces.public, (c) => flux(c, { territoire: c.params.id ?? '' }), { parMinute: 60 }),
    get('/suivre', acces.public, async (c) => {
      const [, s] = await lire(c, { fiche: texte(c.requete.fiche) || undefined, territoire: texte(c.requete.territoire) || undefined });
      const depuis = new Date(c.maintenant.getTime() - JOURS * 86_400_000);
      return page({
        titre: `Suivre : ${s.nom}`,
        description: `${s.nom} : être prévenu des chiffres publiés, des rectificatifs, des réunions publiques et des relevés de décisions, sans créer de compte.`,
        fil: s.page === '/' ? [] : [{ libelle: s.court, href: s.page }],
        flux: [{ titre: `Nouveautés : ${s.nom}`, href: s.atom, type: 'application/atom+xml' }],
        corps: <SuivrePage suivi={s} adresse={adresse} dernieres={await newsOf(house, c, { fiche: s.fiche, territoires: s.territoires, depuis, max: 5 })} />,
      });
    }),
  ];
};
