/** What a session makes owed: its convocation, answers, holding, minutes, publication; the day to choose when it has none. */
import { sql } from 'kysely';
import { adressesDuSiege, AVEC_INSTANCE, type EtatSeance, parSiegeOuRessort, siege, vueDe, vueDeLecture } from '../instances/index.ts';
import { estTenue } from './seances.rules.ts';
import { cheminInvitation, finDuLien } from './preparation/lien.rules.ts';
import { approbationsDues, approbationsNotees, type Notee } from './cloture/approbation.dus.ts';
import { getApprobationNotee } from './cloture/approbation.queries.ts';
import { cheminDeParole } from './paroles/lien.rules.ts';
import { estFermee, estJoignable, estLue } from './adresses.sql.ts';
import { seanceVisible } from './seances.vue.ts';
import { jourDe } from '../../core/clock.ts';
import type { Db, Ligne } from '../../core/base/database.ts';
import { direQuiARepondu } from './preparation/reponses.rules.ts';
import type { Participant } from './seances.queries.ts';
import { uuid, uuids } from '../../core/base/id.ts';
import { heure, jour } from '../../ui/typographie.ts';
import { type Adresses, type Attendue, plusJours, type Prevenir, type Source } from '../echeances/index.ts';
import { auTravail } from '../../core/authorize.ts';

/** Days before the session by which the convocation leaves and answers are in; days after, for the minutes and their publication. */
const CONVOQUER_AVANT = 10;
const REPONDRE_AVANT = 1;
const CHOISIR_APRES = 3;
const ARRETER_APRES = 7;
const PUBLIER_APRES = 15;

interface SeanceDue {
  id: string;
  titre: string;
  instance: string;
  jour: string | null;
  etat: EtatSeance;
  publique: boolean;
  nommee: boolean;
  porteurId: string;
  territoireId: string;
  fiche: string | null;
  relectureJusqua: string | null;
  convoqueeLe: Date | null;
  ouverteLe: Date | null;
  leveeLe: Date | null;
  leveePar: string;
  figeeLe: Date | null;
  creeLe: Date;
  publieeLe: Date | null;
  publieePar: string;
  retiree: boolean;
  sondage: boolean;
  notees: Notee[];
  participants: {
    id: string;
    organisationId: string;
    nom: string;
    suppleantNom: string;
    /** The holder left: their substitute is asked, by name. */
    parti: boolean;
    courriel: string;
    convoque: boolean;
    repondueLe: string | null;
    /** Who answered: the holder, somebody for them, their substitute. */
    voie: Participant['reponseVoie'] | 'suppleant';
    par: string;
    /** The answer to the poll that counts. */
    sondage: { le: string; voie: Ligne<'seanceDatesReponses'>['voie']; par: string } | null;
  }[];
}
const ANNULEE = 'séance annulée';

function attendues(s: SeanceDue, aujourdhui: string): Attendue[] {
  if (s.etat === 'declaree') return [];
  const chemin = `/seances/${s.id}`;
  const commun = {
    sujet: s.id,
    objetId: s.id,
    titre: `${s.titre}, ${s.instance}`,
    chemin,
    territoireId: s.territoireId,
    fiche: s.fiche,
    ouverteLe: jourDe(s.creeLe),
  };
  const porteur = { ...commun, organisationId: s.porteurId };
  const [annulee, tenue] = [s.etat === 'annulee' ? ANNULEE : null, estTenue(s.etat)];
  const solde = (le: Date | null, par = '') => ({ le: le ?? s.creeLe, par, chemin });
  const a: Attendue[] = [];
  if (s.jour !== null) {
    const convoquee = s.etat !== 'preparation' && !annulee;
    a.push({
      ...porteur,
      genre: 'convocation',
      dueLe: plusJours(s.jour, -CONVOQUER_AVANT),
      soldee: convoquee ? solde(s.convoqueeLe) : null,
      sansObjet: annulee,
    });
    a.push({ ...porteur, genre: 'tenue', dueLe: s.jour, soldee: tenue ? solde(s.leveeLe, s.leveePar) : null, sansObjet: annulee });
  }
  if (tenue) {
    const arretee = s.etat === 'figee';
    a.push({
      ...porteur,
      genre: 'releve',
      dueLe: s.relectureJusqua ? plusJours(s.relectureJusqua, ARRETER_APRES) : null,
      ouverteLe: s.leveeLe ? jourDe(s.leveeLe) : commun.ouverteLe,
      soldee: arretee ? solde(s.figeeLe) : null,
    });
    if (arretee && s.publique && s.figeeLe)
      a.push({
        ...porteur,
        genre: 'publication',
        ouverteLe: jourDe(s.figeeLe),
        dueLe: plusJours(jourDe(s.figeeLe), PUBLIER_APRES),
        soldee: s.publieeLe ? { le: s.publieeLe, par: s.publieePar, chemin } : null,
        sansObjet: !s.publieeLe && s.retiree ? 'publication retirée' : null,
      });
  }
  if (s.etat === 'figee') a.push(...approbationsDues(s.notees, commun, s.porteurId));
  return [...a, ...s.participants.flatMap((p) => reponses(s, p, commun, annulee ?? (tenue ? 'séance tenue' : null), aujourdhui))];
}

function reponses(
  s: SeanceDue,
  p: SeanceDue['participants'][number],
  commun: Pick<Attendue, 'sujet' | 'objetId' | 'titre' | 'chemin' | 'territoireId' | 'fiche' | 'ouverteLe'>,
  finie: string | null,
  aujourdhui: string,
): Attendue[] {
  const debiteur = { ...commun, organisationId: p.organisationId, personne: (p.parti && p.suppleantNom) || p.nom, courriel: p.courriel, periode: p.id };
  const solde = (le: string, qui: Pick<typeof p, 'par'> & { voie: Parameters<typeof direQuiARepondu>[0]['voie'] }) => ({
    le: new Date(le),
    par: direQuiARepondu({ ...p, ...qui }),
    // Who answered in another's place is read there; what was noted waits for the holder's own word.
    chemin: qui.voie === 'titulaire' ? commun.chemin : `${commun.chemin}#participants`,
    ...(qui.voie === 'notee' ? { etat: 'a_valider' as const } : {}),
  });
  const a: Attendue[] = [];
  if (s.sondage)
    a.push({
      ...debiteur,
      genre: 'choix-date',
      dueLe: plusJours(commun.ouverteLe, CHOISIR_APRES),
      soldee: p.sondage ? solde(p.sondage.le, p.sondage) : null,
      sansObjet: p.sondage ? null : (finie ?? (s.jour === null ? null : 'date choisie')),
    });
  if (p.convoque && s.jour !== null && s.convoqueeLe)
    a.push({
      ...debiteur,
      genre: 'reponse',
      ouverteLe: jourDe(s.convoqueeLe),
      dueLe: plusJours(s.jour, -REPONDRE_AVANT),
      soldee: p.repondueLe ? solde(p.repondueLe, p) : null,
      sansObjet: p.repondueLe ? null : (finie ?? (s.jour < aujourdhui ? 'séance passée' : null)),
    });
  return a;
}

const PAR_LIEN = ['reponse', 'choix-date'];
const PARTICIPANTS = [...PAR_LIEN, 'approbation'];
const duParticipant = (e: { genre: string }): boolean => PARTICIPANTS.includes(e.genre);
/** What entry `e` asks of somebody who is away is for their substitute, that day. */
const deQuiRemplace = (jour: string, courriel: string) => sql`exists (
  select from seance_participants x
  where x.contrat_id = e.contrat_id and x.seance_id = e.objet and x.id::text = e.periode and x.absent_jusquau >= ${jour}::date
    and lower(x.suppleant_courriel) = ${courriel})`;
async function remplacantsDe(db: Db, p: Prevenir): Promise<Map<string, { courriel: string; nom: string }>> {
  const { rows } = await sql<{ id: string; courriel: string; nom: string }>`
    select x.id, x.suppleant_courriel as courriel, coalesce(nullif(x.suppleant_nom, ''), x.fonction) as nom from seance_participants x
    where x.contrat_id = ${p.contratId} and x.id = any(${uuids(p.echeances.filter(duParticipant).map((e) => e.periode))})
      and x.absent_jusquau >= ${p.aujourdhui}::date and ${estLue('x', 'suppleant_courriel')}`.execute(db);
  return new Map(rows.map(({ id, ...a }) => [id, a]));
}
/** By entry: the seats of the body that holds the session. */
async function seancesDe(p: Prevenir, qualite: 'secretaire' | 'president', db: Db): Promise<Adresses> {
  const { rows } = await sql<{ id: string; instance: string }>`
    select id, instance_id as instance from seances
    where contrat_id = ${p.contratId} and id = any(${uuids(p.echeances.map((e) => e.objetId))})`.execute(db);
  const instanceDe = new Map(rows.map((r) => [r.id, r.instance]));
  const parInstance = await adressesDuSiege(db, p.contratId, [...new Set(instanceDe.values())], qualite, p.aujourdhui);
  return new Map(p.echeances.map((e) => [e.id, parInstance.get(instanceDe.get(e.objetId) ?? '') ?? []]));
}

export const sourceSeances: Source = {
  code: 'seances',
  module: 'seances',
  genres: [
    { code: 'convocation', libelle: 'Convocation à envoyer', acte: { libelle: 'Préparer', chemin: (e) => `${e.chemin}/preparer` } },
    { code: 'tenue', libelle: 'Séance à tenir', rappels: [7], acte: { libelle: 'Ouvrir la séance', chemin: (e) => e.chemin } },
    { code: 'reponse', libelle: 'Réponse à une convocation', rappels: [-2] },
    { code: 'choix-date', libelle: 'Date à choisir', rappels: [0] },
    { code: 'releve', libelle: 'Relevé à arrêter', acte: { libelle: 'Relire et arrêter', chemin: (e) => `${e.chemin}/clore` } },
    { code: 'approbation', libelle: 'Approbation en votre nom', acte: { libelle: 'Confirmer ou contester', chemin: (e) => `${e.chemin}#approbations` } },
    {
      code: 'approbation-a-pourvoir',
      libelle: 'Présidence à pourvoir, une approbation attend sa réponse',
      acte: { libelle: 'Désigner', chemin: (e) => `${e.chemin}#membres` },
    },
    { code: 'approbation-contestee', libelle: 'Approbation contestée', acte: { libelle: 'Régler', chemin: (e) => `${e.chemin}#approbations` } },
    { code: 'publication', libelle: 'Relevé à publier', acte: { libelle: 'Publier', chemin: (e) => `${e.chemin}/publier` } },
  ],
  sujets: async (db, o) => {
    const { rows } = await sql<Pick<SeanceDue, 'id'>>`
      select s.id from seances s
      where s.contrat_id = ${o.contratId} and s.etat <> 'declaree' ${o.apres ? sql`and s.id > ${uuid(o.apres)}` : sql``}
      order by s.id limit ${o.limite}`.execute(db);
    return rows.map((r) => r.id);
  },
  attendues: async (db, o) => {
    const { rows } = await sql<SeanceDue>`
      select s.id, s.titre, i.nom as instance, s.jour, s.etat, s.confidentialite = 'publique' and i.confidentialite = 'publique' as publique, i.porteur_id as "porteurId",
        i.territoire_id as "territoireId", i.fiches[1] as fiche, s.relecture_jusqu_a as "relectureJusqua", s.convoquee_le as "convoqueeLe",
        s.ouverte_le as "ouverteLe", s.levee_le as "leveeLe", s.levee_par as "leveePar", s.figee_le as "figeeLe", s.cree_le as "creeLe",
        b.publiee as "publieeLe", coalesce(b.par, '') as "publieePar", coalesce(b.retiree, false) as retiree, d.n > 0 as sondage,
        coalesce(p.participants, '[]') as participants, coalesce(n.notees, '[]') as notees
      from seances s
      ${AVEC_INSTANCE}
      left join lateral (
        select max(x.publie_le) filter (where x.retire_le is null) as publiee, max(x.publie_par) filter (where x.retire_le is null) as par,
          bool_or(x.retire_le is not null) as retiree
        from releve_publications x where x.contrat_id = s.contrat_id and x.seance_id = s.id) b on true
      left join lateral (select count(*) as n from seance_dates x where x.contrat_id = s.contrat_id and x.seance_id = s.id) d on true
      left join lateral (
        select jsonb_agg(jsonb_build_object('id', x.id, 'organisationId', x.organisation_id, 'nom', coalesce(nullif(x.nom, ''), x.fonction),
          'courriel', lower(case when ${estLue('x', 'courriel')} then x.courriel else x.suppleant_courriel end), 'parti', ${estFermee('x', 'courriel')}, 'convoque', x.convoque_le is not null,
          'suppleantNom', x.suppleant_nom, 'repondueLe', coalesce(x.reponse_le, x.suppleant_reponse_le),
          'voie', case when x.reponse is null and x.suppleant_reponse is not null then 'suppleant' else x.reponse_voie end,
          'par', case when x.reponse is null then x.suppleant_reponse_par else x.reponse_par end, 'sondage', (
            select jsonb_build_object('le', r.quand, 'voie', r.voie, 'par', r.par) from seance_dates_reponses r
            where r.contrat_id = x.contrat_id and r.participant_id = x.id
            order by array_position(array['titulaire', '', 'notee', 'suppleant'], r.voie), r.quand limit 1))) as participants
        from seance_participants x
        where x.contrat_id = s.contrat_id and x.seance_id = s.id and x.retire_le is null and ${estJoignable('x')}
          and (x.convoque_le is not null or d.n > 0)) p on true
      ${approbationsNotees(o.aujourdhui)}
      where s.contrat_id = ${o.contratId} and s.etat <> 'declaree' ${o.sujets ? sql`and s.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.flatMap((s) => attendues(s, o.aujourdhui));
  },
  lisibles: (_, l) => {
    const v = vueDeLecture(l.u, l.catalogue, l.aujourdhui);
    return v
      ? sql`exists (
          select from seances s ${AVEC_INSTANCE}
          where s.contrat_id = e.contrat_id and s.id = e.objet and ${seanceVisible(v)})`
      : sql`false`;
  },
  miennes: (_, l) => {
    const v = vueDe(l.u, l.catalogue, l.aujourdhui);
    const dans = sql`select from seances s ${AVEC_INSTANCE}
      where s.contrat_id = e.contrat_id and s.id = e.objet`;
    if (!auTravail(l.u)) return sql`false`;
    return sql`case when e.genre = any(${PARTICIPANTS}::text[]) then ${v.courriel} <> '' and (e.courriel = ${v.courriel} or ${deQuiRemplace(l.aujourdhui, v.courriel)})
      else exists (${dans} and (${parSiegeOuRessort(l)} or (e.genre = 'releve' and ${siege(v, 'president')}))) end`;
  },
  destinataires: async (db, p) => {
    const autres = { ...p, echeances: p.echeances.filter((e) => !duParticipant(e)) };
    const remplacants = await remplacantsDe(db, p);
    const secretariats = await seancesDe(autres, 'secretaire', db);
    const presidences = await seancesDe({ ...autres, echeances: autres.echeances.filter((e) => e.genre === 'releve') }, 'president', db);
    return new Map(
      p.echeances.map((e) => [
        e.id,
        duParticipant(e)
          ? [remplacants.get(e.periode) ?? { courriel: e.courriel, nom: e.personne }]
          : [...(secretariats.get(e.id) ?? []), ...(presidences.get(e.id) ?? [])],
      ]),
    );
  },
  /** A participant without account answers by a link of their own; a restricted body is not named. */
  ligne: async (tx, e, a, o) => {
    const { rows } = await sql<{
      titre: string;
      instance: string;
      restreinte: boolean;
      jour: string | null;
      heure: string | null;
      lieu: string;
      sequence: number;
      dernier: string | null;
    }>`
      select s.titre, i.nom as instance, 'restreinte' in (i.confidentialite, s.confidentialite) as restreinte, s.jour, to_char(s.heure, 'HH24:MI') as heure,
        s.lieu, s.sequence, coalesce(s.jour, (select max(x.jour) from seance_dates x where x.contrat_id = s.contrat_id and x.seance_id = s.id)) as dernier
      from seances s ${AVEC_INSTANCE}
      where s.contrat_id = ${o.contratId} and s.id = ${uuid(e.objetId)}`.execute(tx);
    const s = rows[0];
    const nom = !s || s.restreinte ? 'une séance' : `la séance « ${s.titre} » (${s.instance})`;
    const siege = { seanceId: e.objetId, participantId: e.periode };
    const notee =
      s && e.genre === 'approbation' ? await getApprobationNotee(tx, o.contratId, { ...siege, adresse: a.courriel, aujourdhui: o.aujourdhui }) : null;
    if (notee) {
      const chemin = cheminDeParole(o.coffre, siege, { genre: 'approbation', empreinte: notee.empreinte }, { adresse: a.courriel, aujourdhui: o.aujourdhui });
      return { phrase: `le relevé de ${nom} porte une approbation notée en votre nom : confirmez-la ou contestez-la, ${notee.par}`, chemin, secrete: true };
    }
    if (!s || !PAR_LIEN.includes(e.genre)) return { phrase: `${nom}${e.dueLe ? `, pour le ${jour(e.dueLe)}` : ''}` };
    const destination = { participantId: e.periode, seanceId: e.objetId, sequence: s.sequence, adresse: a.courriel };
    const chemin = cheminInvitation(o.coffre, destination, finDuLien([s.dernier], o.aujourdhui));
    const phrase =
      s.jour === null
        ? `la date d’${s.restreinte ? 'une séance' : `une séance de « ${s.instance} »`} se décide : dites quelles dates vous conviennent`
        : `${nom} a lieu le ${jour(s.jour)} à ${heure(s.heure ?? '')}${s.lieu && !s.restreinte ? `, ${s.lieu}` : ''} : dites si vous venez`;
    return { phrase, chemin, secrete: true };
  },
};
