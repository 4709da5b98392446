/** An alert in CAP 1.2, for those who read it: never public. 200; 404; 409 what was set aside was never said. */
import { conflit, introuvable } from '../../../core/errors.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { enTexte, get, type Route } from '../../../core/http/http.ts';
import { getAlerteLisible, lisibles } from '../alerte/alertes.queries.ts';
import { ouvrir } from '../alertes.contexte.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { ecrireCap, TYPE_CAP } from './cap.format.ts';
import { capDAlerte } from './cap.rules.ts';

export const capDesAlertes = (reglement: Reglement, adresse: string): Route[] => [
  get('/alertes/:alerte/cap.xml', accesMetier, async (c) => {
    const { cat, u } = await ouvrir(c);
    const a = await getAlerteLisible(c.db, c.contrat.id, c.params.alerte ?? '', lisibles(u, cat));
    if (!a) throw introuvable('Cette alerte');
    if (a.etat === 'ecartee') throw conflit('Cette alerte a été écartée avant d’être diffusée : elle n’a pas de message.');
    const palier = reglement.paliers.find((p) => p.code === a.palier);
    return enTexte(
      ecrireCap(capDAlerte(a, { catalogue: cat, adresse, contrat: c.contrat.slug, palier, maintenant: c.maintenant }), fuseauEnVigueur()),
      TYPE_CAP,
    );
  }),
];
