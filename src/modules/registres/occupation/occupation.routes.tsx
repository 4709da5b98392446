/** How full the offer is, at a date: 200 · 403. */
import { accesRegistres } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { interdit } from '../../../core/errors.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { peutLire } from '../registres.policy.ts';
import { lireDate } from '../valeurs.rules.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { filDe } from '../saisie/saisie.vues.tsx';
import { OccupationPage } from './Occupation.tsx';
import { listOccupationsParAxe } from './occupation.queries.ts';

export const occupationRoutes = (r: Registres): Route[] =>
  r.definitions.flatMap((base) => {
    const { capacite } = base;
    if (!capacite) return [];
    return [
      get(`/registres/${base.code}/occupation`, accesRegistres, async (c) => {
        const { d, rep } = await ouvrir(r, { ...c, params: { registre: base.code } });
        if (!peutLire(c.utilisateur, d)) throw interdit();
        const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), rep);
        const lu = lireDate(texte(c.requete.au));
        const au = (lu.ok && lu.valeur) || jourDe(c.maintenant);
        const ou = { contratId: c.contrat.id, d, capacite, au };
        const lignes = await listOccupationsParAxe(c.db, ou, capacite.axes, lieu.territoire ? rep.descendants(lieu.territoire) : null);
        return page({
          titre: 'Occupation de l’offre',
          largeur: 'travail',
          section: 'registres',
          fil: filDe(d),
          corps: <OccupationPage {...{ d, rep, au, lieu, lignes }} axes={capacite.axes} />,
        });
      }),
    ];
  });
