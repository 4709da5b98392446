/** What was learnt becomes actions of the module of decisions: an owner, a date, followed to their end. An alert is what makes them. */
import { code } from '../../../core/trace/details.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import { uuids } from '../../../core/base/id.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, lire, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { decider, listDecisionsDeLOrigine, type Origine, type RefOrigine } from '../../decisions/index.ts';
import { grouper } from '../../echeances/index.ts';
import type { Chargee } from '../alertes.contexte.ts';
import { peutConduire } from '../alertes.policy.ts';
import { sujetDe } from '../envois/lettres.rules.ts';
import { type Alerte, getAlerteLisible, lisibles } from './alertes.queries.ts';
import { texteSansPersonne } from './alertes.schema.ts';

const GENRE = 'alerte';
const origineDe = (id: string): RefOrigine => ({ genre: GENRE, id });

export const ORIGINE_ALERTE: Origine = {
  genre: GENRE,
  mots: {
    le: 'l’alerte',
    garant: 'la coordination',
    auteurs: 'l’astreinte, la coordination ou la salle de commandement',
    restreinte: 'd’une alerte',
  },
  jointure: sql`alertes alerte on alerte.contrat_id = d.contrat_id and alerte.id = d.origine_id`,
  nom: sql`'Alerte' || case when alerte.exercice then ' (exercice)' else '' end`,
  confidentialite: sql`'restreinte'::text`,
  close: sql`false`,
  lisibles: ({ u, catalogue }) => sql`exists (select from alertes a where a.contrat_id = d.contrat_id and a.id = d.origine_id and ${lisibles(u, catalogue)})`,
  charger: async (c, id, { verrou } = {}) => {
    const u = c.utilisateur;
    const cat = await getCatalogue(c.db, c.contrat.id);
    const a = u ? await getAlerteLisible(c.db, c.contrat.id, id, lisibles(u, cat), verrou) : null;
    if (!a) throw introuvable('Cette alerte');
    const { territoireId } = a;
    return { ...origineDe(id), nom: sujetDe(cat, a), territoireId, confidentialite: 'restreinte', tient: peutConduire(u, { territoireId }, cat.contient) };
  },
  tenues: async (c) => {
    const u = c.utilisateur;
    if (!u) return new Set();
    const cat = await getCatalogue(c.db, c.contrat.id);
    const { rows } = await sql<Pick<Alerte, 'id' | 'territoireId'>>`
      select a.id, a.territoire_id from alertes a where a.contrat_id = ${c.contrat.id} and a.levee_le is not null and ${lisibles(u, cat)}`.execute(c.db);
    return new Set(rows.filter((a) => peutConduire(u, a, cat.contient)).map((a) => a.id));
  },
  sieges: async () => [],
  adresses: async (db, o) => {
    const { rows } = await sql<Pick<Alerte, 'id'> & { courriel: string; nom: string }>`
      select distinct e.alerte_id as id, i.courriel, i.nom from alerte_envois e
        join alerte_inscrits i on i.contrat_id = e.contrat_id and i.id = e.inscrit_id
      where e.contrat_id = ${o.contratId} and e.alerte_id = any(${uuids(o.ids)}) and e.genre = 'validation' and i.courriel <> ''`.execute(db);
    const parAlerte = grouper(rows, (r) => r.id);
    return new Map([...parAlerte].map(([id, lus]) => [id, lus.map(({ courriel, nom }) => ({ courriel, nom }))]));
  },
};

export const listActions = (c: Contexte, alerteId: string) => listDecisionsDeLOrigine(c.db, c.contrat.id, origineDe(alerteId));

/** Errors of the form; none when it is written. */
export async function deciderDeLAction(c: Contexte, x: Chargee): Promise<readonly ErreurDeChamp[]> {
  const { alerte: a, cat } = x;
  if (a.retexLe === null) return [{ champ: 'retex', message: 'Écrivez d’abord le retour d’expérience : les actions en viennent.' }];
  const schema = z.object({
    libelle: texteSansPersonne(300, 'Écrivez ce qui est à faire.'),
    organisme: z.string().refine((v) => cat.acteurs.has(v), 'Choisissez qui le fait.'),
    echeance: z.iso.date('Choisissez un jour.').refine((j) => j >= jourDe(c.maintenant), 'Choisissez un jour à venir.'),
  });
  const lu = lire(schema, { libelle: texte(c.corps.libelle), organisme: texte(c.corps.organisme), echeance: texte(c.corps.echeance) });
  if (!lu.ok) return lu.erreurs;
  const { libelle, organisme, echeance } = lu.valeur;
  await decider(
    c,
    {
      origine: origineDe(a.id),
      confidentialite: 'restreinte',
      seanceId: null,
      pointId: null,
      nature: 'action',
      fiche: null,
      ligne: null,
      territoireId: a.territoireId,
      libelle,
      responsableId: organisme,
      responsableNom: '',
      responsableCourriel: '',
      echeance,
    },
    c.utilisateur?.nom ?? '',
    { details: { alerte: code(a.id) }, apres: lu.valeur },
  );
  return [];
}
