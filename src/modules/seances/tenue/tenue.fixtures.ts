/** A session being held, with the people around it, over HTTP: for tests. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { LightMyRequestResponse } from 'fastify';
import { convoquer, creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { jourDe } from '../../../core/clock.ts';
import { COOKIE_SESSION } from '../../../core/http/cookies.ts';
import { createCompte, createSession } from '../../comptes/sessions.queries.ts';

const AUJOURDHUI = jourDe(new Date(), 'Europe/Paris');
const MAIRIE = 'mairie-18';

export interface Gens {
  id: string;
  nom: string;
  temoin: string;
}
export interface Salle {
  app: AppDeTest;
  anne: Gens;
  bruno: Gens;
  /** Signs in somebody whose account has this address. */
  personne(courriel: string): Promise<Gens>;
  /** The current session, replaced by `preparer`. */
  seance: string;
  points: string[];
  preparer(s?: Parameters<typeof creerSeance>[3], i?: object): Promise<void>;
  lire(q: Gens, chemin: string, json?: boolean): Promise<LightMyRequestResponse>;
  poster(q: Gens, chemin: string, champs: Record<string, string>, json?: boolean): Promise<LightMyRequestResponse>;
  /** The minutes are frozen by Anne, who has looked at who was there and says that the hours are exact, whatever the time of day. */
  figer(): Promise<LightMyRequestResponse>;
  /** A convocation left to the addresses that its lines have now. */
  convoquer(seuls?: Parameters<typeof convoquer>[2]): Promise<void>;
  /** Id of the participant who holds this seat. */
  siege(fonction: string): Promise<string>;
  un<T>(requete: ReturnType<typeof sql<T>>): Promise<T>;
  decision(plus?: Record<string, string>): Record<string, string>;
}

/** A named president, a named member, two seats that nobody holds, and a coordinator and the central desk who both write. */
export async function ouvrirSalle(): Promise<Salle> {
  const app = await ouvrirApp();
  const { owner } = app.base;
  async function creerGens(nom: string, role: string, territoire: string | null, courriel = `${randomUUID()}@exemple.fr`): Promise<Gens> {
    const id = await createCompte(owner, app.contratId, {
      courriel,
      nom,
      fonction: 'Essai',
      organisationId: 'DPMP',
      motDePasse: null,
      demonstration: false,
      ordre: 0,
      mandats: [{ role: role as never, territoireId: territoire, fiche: null }],
      accordePar: 'essai',
      debut: '2020-01-01',
    });
    const jeton = await createSession(owner, app.contratId, { compteId: id ?? '', moyen: 'totp', forte: true, adresse: null, agent: null }, new Date());
    return { id: id ?? '', nom, temoin: `${COOKIE_SESSION}=${jeton}` };
  }
  const entete = (q: Gens, json: boolean) => ({ cookie: q.temoin, accept: json ? 'application/json' : 'text/html' });
  const salle: Salle = {
    app,
    anne: await creerGens('Anne Essai', 'coordonnateur', MAIRIE),
    bruno: await creerGens('Bruno Essai', 'coordination', null),
    personne: (courriel) => creerGens(courriel.split('@')[0] ?? '', 'signataire', null, courriel),
    seance: '',
    points: [],
    preparer: async (s = {}, i = {}) => {
      const instance = await creerInstance(owner, app.contratId, { nom: `Conseil ${randomUUID()}`, territoire: MAIRIE, porteur: 'DPMP', ...i });
      await creerMembre(owner, app.contratId, instance, { qualite: 'president', fonction: 'Maire', organisation: 'VILLE', nom: 'Fatou Ndiaye' });
      await creerMembre(owner, app.contratId, instance, { fonction: 'Directrice du collège', organisation: 'RECTORAT', nom: 'Jeanne Essai' });
      await creerMembre(owner, app.contratId, instance, { fonction: 'Commissaire central', organisation: 'PP' });
      await creerMembre(owner, app.contratId, instance, { fonction: 'Procureur', organisation: 'PARQUET' });
      salle.seance = await creerSeance(owner, app.contratId, instance, { etat: 'ouverte', jour: AUJOURDHUI, points: ['Ouverture', 'Rixes', 'Suites'], ...s });
      const { rows } = await sql<{ id: string }>`select id from seance_points where seance_id = ${salle.seance}::uuid order by rang`.execute(owner);
      salle.points = rows.map((r) => r.id);
    },
    lire: (q, chemin, json = false) => app.serveur.inject({ method: 'GET', url: `/seances/${salle.seance}${chemin}`, headers: entete(q, json) }),
    poster: (q, chemin, champs, json = false) =>
      app.serveur.inject({
        method: 'POST',
        url: `/seances/${salle.seance}${chemin}`,
        headers: { ...entete(q, json), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(champs).toString(),
      }),
    figer: async () => {
      const demandees = /<input[^>]*name="confirme_heures"[^>]*>/.exec((await salle.lire(salle.anne, '/clore')).body)?.[0] ?? '';
      return salle.poster(salle.anne, '/figer', { confirme_presences: '9', confirme_heures: /value="([^"]*)"/.exec(demandees)?.[1] ?? '' });
    },
    convoquer: (seuls) => convoquer(owner, salle.seance, seuls),
    siege: async (fonction) =>
      (await salle.un(sql<{ id: string }>`select id from seance_participants where seance_id = ${salle.seance}::uuid and fonction = ${fonction}`)).id,
    un: async (requete) => {
      const { rows } = await requete.execute(owner);
      if (!rows[0]) throw new Error('Aucune ligne.');
      return rows[0];
    },
    decision: (plus = {}) => ({
      id: randomUUID(),
      nature: 'action',
      point: salle.points[0] ?? '',
      libelle: 'Renforcer la présence à la sortie du collège',
      responsable: 'PP',
      responsable_nom: '',
      responsable_courriel: '',
      echeance: '2027-03-01',
      engagement: '',
      ...plus,
    }),
  };
  return salle;
}

/** The words of a page, as people read them. */
export const dit = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replace(/[\s\u00a0\u202f]+/g, ' ');
