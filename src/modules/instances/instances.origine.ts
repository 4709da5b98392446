/** Bodies as what makes decisions: who sees them, who keeps them, who is written to. */
import { sql } from 'kysely';
import { adressesDuSiege, listSiegesCharges } from './sieges.queries.ts';
import { cadreDe, chargerInstance, lecteurDe, sousPromesse } from './instances.contexte.ts';
import { peutLireSeances, peutTenir } from './instances.policy.ts';
import { listInstancesOuvertes } from './instances.queries.ts';
import { visible, vueDe } from './instances.vue.ts';
import { introuvable } from '../../core/errors.ts';
import { getCatalogue } from '../contrats/index.ts';
import type { Origine, RefOrigine } from '../decisions/index.ts';

const GENRE = 'instance';
export const origineInstance = (instanceId: string): RefOrigine => ({ genre: GENRE, id: instanceId });

export const ORIGINE_INSTANCE: Origine = {
  genre: GENRE,
  mots: {
    le: 'l’instance',
    garant: 'le secrétariat de l’instance',
    auteurs: 'le secrétariat de l’instance, son coordonnateur ou la coordination',
    restreinte: 'd’une instance restreinte',
  },
  jointure: sql`instances i on i.contrat_id = d.contrat_id and i.id = d.origine_id`,
  nom: sql`i.nom`,
  confidentialite: sql`i.confidentialite`,
  close: sql`i.close_le is not null`,
  lisibles: ({ u, catalogue, aujourdhui }) => visible(vueDe(u, catalogue, aujourdhui), sql`d.confidentialite`),
  charger: async (c, id, { tenu, verrou } = {}) => {
    const { instance, catalogue, tient } = await chargerInstance(c, id, verrou);
    if (tenu && !peutLireSeances(c.utilisateur, cadreDe(sousPromesse(instance, { confidentialite: tenu })), catalogue.contient))
      throw introuvable('Cette instance');
    const { nom, territoireId, confidentialite } = instance;
    return { ...origineInstance(instance.id), nom, territoireId, confidentialite, tient };
  },
  tenues: async (c) => {
    const { contient } = await getCatalogue(c.db, c.contrat.id);
    const ouvertes = await listInstancesOuvertes(c.db, c.contrat.id, lecteurDe(c));
    const siennes = ouvertes.filter((i) => peutLireSeances(c.utilisateur, cadreDe(i), contient) && peutTenir(c.utilisateur, cadreDe(i), contient));
    return new Set(siennes.map((i) => i.id));
  },
  sieges: (db, o) => listSiegesCharges(db, o.contratId, o.id, o.aujourdhui),
  adresses: (db, o) => adressesDuSiege(db, o.contratId, o.ids, o.qui === 'garant' ? 'secretaire' : 'president', o.aujourdhui),
};
