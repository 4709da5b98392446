/** What the form asks while it is typed: what it would count for, and where the device is. Nothing is written. */
import { renderToStaticMarkup } from 'react-dom/server';
import { accesRegistres } from '../../../core/authorize.ts';
import { interdit } from '../../../core/errors.ts';
import { json, post, type Route, texte } from '../../../core/http/http.ts';
import { buildLocaliser, getCatalogue } from '../../contrats/index.ts';
import type { Brut } from '../brut.rules.ts';
import { avecCiblesDuBrut, quiDe } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutCreer, territoiresDe } from '../registres.policy.ts';
import { enCodes, nomsDeLieux } from '../saisie/noms.rules.ts';
import { ComptePour, enBref } from './pages/ComptePour.tsx';
import { contenuEnCours, proposerPour } from './proposition.ts';

export const compteRoutes = (r: Registres): Route[] => [
  /** 200 the same words as the form, for what it says so far · 403 · 404 */
  post('/registres/:registre/compte-pour', accesRegistres, async (c) => {
    const { d, rep } = await ouvrir(r, c);
    if (!peutCreer(c.utilisateur, d)) throw interdit();
    const brut = enCodes(d, rep, c.corps as Brut);
    const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, brut);
    const proposition = await proposerPour(c.db, r, { contratId: c.contrat.id, d, rep: lie, contenu: contenuEnCours(d, lie, brut) });
    const corps = renderToStaticMarkup(<ComptePour d={d} rep={lie} brut={brut} proposition={proposition} />);
    return json({ bref: enBref(d, brut, proposition), corps });
  }),

  /** 200 names that a field of an organisation may hold, as the public directory has them · 403 · 404 */
  post(
    '/registres/:registre/organisations',
    accesRegistres,
    async (c) => {
      const { d, rep } = await ouvrir(r, c);
      if (!peutCreer(c.utilisateur, d)) throw interdit();
      return json({ noms: [...rep.acteurs.values()].map((a) => a.nom) });
    },
    { sansEffetPublic: true },
  ),

  /** 200 the territory of this point, or none where it lies in none that the person may record for · 403 · 404. The point is not kept. */
  post('/registres/:registre/ici', accesRegistres, async (c) => {
    const { d, rep } = await ouvrir(r, c);
    if (!peutCreer(c.utilisateur, d)) throw interdit();
    const localiser = await buildLocaliser(c.db, await getCatalogue(c.db, c.contrat.id));
    const id = localiser?.(Number(texte(c.corps.lon)), Number(texte(c.corps.lat))) ?? null;
    const permis = territoiresDe(c.utilisateur, d, rep.descendants);
    const nom = id !== null && (permis === null || permis.includes(id)) ? nomsDeLieux(rep).get(id) : undefined;
    return json({ territoire: nom ?? null });
  }),
];
