/** Following a fiche, a place or the whole contract from elsewhere: feeds of what changed, calendars of what meets. GET 200, 404. */
import { JOUR_MS } from '../../../core/jours.ts';
import { acces } from '../../../core/authorize.ts';
import { ecrireAtom, TYPE_ATOM } from '../../../core/atom.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { newsOf } from '../../../core/house.ts';
import type { House, Services } from '../../../core/module.ts';
import { capitale } from '../../../ui/typographie.ts';
import { buildAbonnesRoutes } from './abonnes/abonnes.routes.tsx';
import { sujetDe } from './abonnes/abonnes.rules.ts';
import { lireSuivi, type Voulu } from './suivre.contexte.ts';
import { SuivrePage } from './SuivrePage.tsx';

const DANS_LE_FLUX = 60;
/** A feed goes back that far. */
const JOURS = 400;

export const buildSuivreRoutes = (house: House, services: Pick<Services, 'coffre' | 'adresse'>): Route[] => {
  const { adresse } = services;
  const flux = async (c: Contexte, voulu: Voulu) => {
    const [cat, s] = await lireSuivi(c, voulu);
    const depuis = new Date(c.maintenant.getTime() - JOURS * JOUR_MS);
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
  const montrer = async (
    c: Contexte,
    voulu: Voulu,
    saisie: Readonly<Record<string, string>> = {},
    erreurs: readonly ErreurDeChamp[] = [],
    statut = 200,
  ): Promise<Reponse> => {
    const [cat, s] = await lireSuivi(c, voulu);
    const depuis = new Date(c.maintenant.getTime() - JOURS * JOUR_MS);
    const sujet = sujetDe({ fiche: s.fiche, territoire: voulu.territoire === cat.racine.id ? undefined : voulu.territoire });
    const dernieres = await newsOf(house, c, { fiche: s.fiche, territoires: s.territoires, depuis, max: 5 });
    return page({
      titre: `Suivre : ${s.nom}`,
      statut,
      description: `${s.nom} : être prévenu des chiffres publiés, des rectificatifs, des réunions publiques et des relevés de décisions, sans créer de compte.`,
      fil: s.page === '/' ? [] : [{ libelle: s.court, href: s.page }],
      flux: [{ titre: `Nouveautés : ${s.nom}`, href: s.atom, type: 'application/atom+xml' }],
      corps: <SuivrePage suivi={s} {...{ adresse, dernieres, sujet, saisie, erreurs }} demande={texte(c.requete.fait) === 'demande'} />,
    });
  };
  return [
    get('/nouvelles.xml', acces.public, (c) => flux(c, {}), { parMinute: 60 }),
    get('/fiches/:numero/nouvelles.xml', acces.public, (c) => flux(c, { fiche: c.params.numero ?? '' }), { parMinute: 60 }),
    get('/territoires/:id/nouvelles.xml', acces.public, (c) => flux(c, { territoire: c.params.id ?? '' }), { parMinute: 60 }),
    get('/suivre', acces.public, (c) => montrer(c, { fiche: texte(c.requete.fiche) || undefined, territoire: texte(c.requete.territoire) || undefined })),
    ...buildAbonnesRoutes(services, montrer),
  ];
};
