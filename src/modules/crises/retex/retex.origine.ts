/** Crises as what makes decisions: what their lessons ask for is followed by everybody who works on the contract, the room staying closed. */
import { sql } from 'kysely';
import { auTravail } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { getCompteOuvert } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Origine, RefOrigine } from '../../decisions/index.ts';
import { horloge } from '../../../core/clock.ts';
import { peutConduire } from '../crises.policy.ts';
import { getCrise, listActeurs, listCrises } from '../crises.queries.ts';
import { listOuvreurs } from './retex.queries.ts';

const GENRE = 'crise';
export const origineCrise = (criseId: string): RefOrigine => ({ genre: GENRE, id: criseId });
const nomDe = (c: { titre: string; exercice: boolean }): string => (c.exercice ? `${c.titre} (exercice)` : c.titre);

export const ORIGINE_CRISE: Origine = {
  genre: GENRE,
  mots: {
    le: 'la crise',
    garant: 'qui conduit la crise',
    auteurs: 'qui conduit la crise, dans son retour d’expérience',
    restreinte: 'd’une crise',
  },
  jointure: sql`crises cr on cr.contrat_id = d.contrat_id and cr.id = d.origine_id`,
  nom: sql`(cr.titre || case when cr.exercice then ' (exercice)' else '' end)`,
  confidentialite: sql`'partenaires'`,
  close: sql`false`,
  lisibles: ({ u }) => (auTravail(u) ? sql`true` : sql`false`),
  charger: async (c, id, { verrou } = {}) => {
    const crise = auTravail(c.utilisateur) ? await getCrise(c.db, c.contrat.id, id, verrou) : undefined;
    if (!crise) throw introuvable('Cette crise');
    const { contient } = await getCatalogue(c.db, c.contrat.id);
    const acteurs = await listActeurs(c.db, c.contrat.id, crise.id);
    const salle = { territoireId: crise.territoireId, fiche: crise.fiche, acteurs };
    return {
      ...origineCrise(crise.id),
      nom: nomDe(crise),
      territoireId: crise.territoireId,
      confidentialite: 'partenaires',
      tient: peutConduire(c.utilisateur, salle, contient),
    };
  },
  tenues: async (c) => {
    const { contient } = await getCatalogue(c.db, c.contrat.id);
    const toutes = await listCrises(c.db, c.contrat.id);
    return new Set(toutes.filter((x) => peutConduire(c.utilisateur, x, contient)).map((x) => x.id));
  },
  sieges: () => Promise.resolve([]),
  /** Who opened it, while their account is open. */
  adresses: async (db, o) => {
    const ouvreurs = await listOuvreurs(db, o.contratId, o.ids);
    const trouves = await Promise.all(
      ouvreurs.map(async (x) => [x.id, x.ouvertePar ? await getCompteOuvert(db, o.contratId, x.ouvertePar, horloge()) : null] as const),
    );
    return new Map(trouves.flatMap(([id, u]) => (u && o.qui === 'garant' ? [[id, [{ courriel: u.courriel, nom: u.nom }]] as const] : [])));
  },
};
