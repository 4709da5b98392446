/**
 * One of everything, in the 12e and kept by the Préfecture de police: what people whose mandate is limited to somewhere or
 * something else try to write, and a second body, restricted, that they may not even know of. Written as the owner.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Promesse } from '../../src/modules/comptes/gestion/invitations.ts';
import { creerDecision, creerInstance, creerMembre, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { creerDoublon, creerReferent, creerService, creerStructure } from '../../src/modules/annuaire/annuaire.fixtures.ts';
import { creerActe } from '../../src/modules/conventions/conventions.fixtures.ts';
import { creerVague } from '../../src/modules/enquetes/enquetes.fixtures.ts';
import { creerAlerte, creerCreneau, creerEnvoi, creerInscrit } from '../../src/modules/alertes/alertes.fixtures.ts';
import { creerDemandeAvecPhoto, creerOperationSuivie, creerPeriodeDeCircuit, creerRecurrence } from '../../src/modules/signalements/signalements.fixtures.ts';
import type { AppDeTest } from './app.ts';

/** Words that only what is reserved holds. */
export const RESERVE = 'Bergamote';
const MESURE = '1.8-01';
/** A month that no other world of this file has, before the contract. */
let mondes = 0;
const moisNeuf = (): string => `${1900 + Math.floor(mondes / 12)}-${String((mondes++ % 12) + 1).padStart(2, '0')}`;
const LIEU = { territoire: 'mairie-12', porteur: 'PP', fiches: ['2.1'] };
const PROMESSE: Promesse = {
  nom: RESERVE,
  fonction: 'x',
  organisation: 'PP',
  mandat: { role: 'agent', territoireId: null, fiche: null, registre: null, debut: '2026-01-01', fin: null },
  accordePar: 'x',
};

export type Ids = Record<
  | 'instance'
  | 'membre'
  | 'seance'
  | 'point'
  | 'demande'
  | 'document'
  | 'participant'
  | 'amendement'
  | 'vote'
  | 'decision'
  | 'brouillon'
  | 'rattachement'
  | 'remontee'
  | 'autreInstance'
  | 'probleme'
  | 'lienObjet'
  | 'recurrent'
  | 'lienDeSeance',
  string
>;
export interface Monde {
  /** Where all of it is, whose it is, and the fiche that it serves. */
  lieu: string;
  racine: string;
  organisation: string;
  fiche: string;
  /** Open to partners: readable, so that only the right to write is asked. */
  ouvert: Ids;
  /** Restricted: nobody outside may know of it. */
  reserve: Ids;
  activite: string;
  lot: string;
  importDeLieux: string;
  valeur: string;
  documentDiffuse: string;
  instanceOuverte: string;
  contributionDHabitant: string;
  /** A figure that is late, and owed by that very institution. */
  dette: string;
  compte: string;
  mandat: string;
  lien: string;
  travail: string;
  flux: string;
  jeton: string;
  droits: string;
  signalement: string;
  /** Entrusted to the Préfecture, in that place. */
  demandeSuivie: string;
  operationSuivie: string;
  photoSuivie: string;
  recurrenceSuivie: string;
  periodeDeCircuit: string;
  proposition: string;
  /** Of an alert, which its signs propose. */
  propositionDAlerte: string;
  vague: string;
  campagne: string;
  /** A link by which someone of the Préfecture answers it. */
  accesDeCampagne: string;
  verrou: string;
  exception: string;
  contre: string;
  /** A place of help, what it offers, another that may be the same, a file that brought some. */
  structure: string;
  serviceDeStructure: string;
  doublon: string;
  importDAnnuaire: string;
  /** The link by which its correspondent confirms it. */
  verification: string;
  referent: string;
  /** A convention of the Préfecture in that place, one of its parties, texts and promises. */
  convention: string;
  partieDActe: string;
  versionDActe: string;
  engagementDActe: string;
  paroleDActe: string;
  /** Of the Préfecture, in that place; told to one of its lines. */
  alerte: string;
  envoiDAlerte: string;
  inscrit: string;
  creneau: string;
  /** A day to come, `YYYY-MM-DD`. */
  demain: string;
}

/** `president`: address of who presides and was there, in both bodies. */
export async function creerMonde(app: AppDeTest, president = 'presidente@exemple.fr'): Promise<Monde> {
  const { owner: db } = app.base;
  const k = app.contratId;
  const un = async (q: ReturnType<typeof sql<{ id: string }>>): Promise<string> => String((await q.execute(db)).rows[0]?.id ?? '');
  const corps = async (confidentialite: 'partenaires' | 'restreinte', mot: string): Promise<Ids> => {
    const instance = await creerInstance(db, k, { ...LIEU, nom: `Cellule ${mot}`, confidentialite, vote: true });
    const membre = await creerMembre(db, k, instance, { organisation: 'PP', qualite: 'president', courriel: president, nom: `Madame ${mot}` });
    const seance = await creerSeance(db, k, instance, {
      titre: `Séance ${mot}`,
      etat: 'relecture',
      jour: '2027-05-12',
      points: [`Point ${mot}`, `Autre ${mot}`],
    });
    const s = sql`${k}, ${seance}::uuid`;
    await sql`update seances set relecture_jusqu_a = '2027-12-31' where id = ${seance}::uuid`.execute(db);
    await sql`update seance_participants set presence = 'present', convoque_le = now() where seance_id = ${seance}::uuid`.execute(db);
    const point = await un(sql`select id from seance_points where seance_id = ${seance}::uuid order by rang limit 1`);
    const participant = await un(sql`select id from seance_participants where seance_id = ${seance}::uuid`);
    const decision = await creerDecision(
      db,
      k,
      {
        instanceId: instance,
        seanceId: seance,
        pointId: point,
        nature: 'decision',
        libelle: `Décision ${mot}`,
        responsableId: 'PP',
        responsableNom: '',
        responsableCourriel: president,
        echeance: '2027-06-01',
        fiche: '2.1',
        ligne: null,
        territoireId: LIEU.territoire,
      },
      { auteur: 'x', quand: new Date() },
    );
    const autreInstance = await creerInstance(db, k, { ...LIEU, nom: `Conseil ${mot}`, confidentialite });
    await creerMembre(db, k, autreInstance, { organisation: 'PP', qualite: 'president', courriel: president, nom: `Madame ${mot}` });
    const probleme =
      await un(sql`insert into problemes (contrat_id, instance_id, confidentialite, titre, territoire_id, constat, auteur, cree_le, modifie_par, modifie_le)
      values (${k}, ${instance}::uuid, ${confidentialite}, ${`Problème ${mot}`}, ${LIEU.territoire}, 'x', 'x', now(), 'x', now()) returning id`);
    return {
      instance,
      membre,
      autreInstance,
      probleme,
      lienDeSeance: await un(sql`insert into instance_liens (contrat_id, porteur, porteur_id, registre, activite_id, par, quand)
        values (${k}, 'seance', ${seance}::uuid, 'marches', gen_random_uuid(), 'x', now()) returning id`),
      recurrent: await un(sql`insert into points_recurrents (contrat_id, instance_id, titre, modifie_par, modifie_le)
        values (${k}, ${instance}::uuid, ${`Récurrent ${mot}`}, 'x', now()) returning id`),
      lienObjet: await un(sql`insert into instance_liens (contrat_id, porteur, porteur_id, registre, activite_id, par, quand)
        values (${k}, 'probleme', ${probleme}::uuid, 'marches', gen_random_uuid(), 'x', now()) returning id`),
      rattachement: await un(sql`insert into instance_rattachements (contrat_id, instance_id, parente_id, debut)
        values (${k}, ${instance}::uuid, ${autreInstance}::uuid, '2026-01-01') returning id`),
      remontee:
        await un(sql`insert into instance_remontees (contrat_id, de_id, vers_id, de_confidentialite, vers_confidentialite, nature, titre, auteur, cree_le)
        values (${k}, ${instance}::uuid, ${autreInstance}::uuid, ${confidentialite}, ${confidentialite}, 'avis', ${`Avis ${mot}`}, 'x', now()) returning id`),
      seance,
      point,
      participant,
      decision: decision?.id ?? '',
      demande: await un(sql`insert into instance_demandes (contrat_id, instance_id, titre, auteur, organisation_id)
        values (${k}, ${instance}::uuid, ${`Demande ${mot}`}, 'x', 'PP') returning id`),
      document: await un(sql`insert into seance_documents (contrat_id, seance_id, titre, nom, type, contenu, octets, depose_par, depose_le)
        values (${s}, ${`Document ${mot}`}, ${`${mot}.txt`}, 'text/plain', ${mot}, 9, 'x', now()) returning id`),
      amendement: await un(sql`insert into seance_amendements (contrat_id, seance_id, participant_id, auteur, texte, quand)
        values (${s}, ${participant}::uuid, 'x', ${`Amendement ${mot}`}, now()) returning id`),
      brouillon: await un(sql`insert into seance_brouillons (contrat_id, id, seance_id, compte_id, par, formulaire, champs, quand)
        values (${k}, gen_random_uuid(), ${seance}::uuid, gen_random_uuid(), 'x', 'point', ${JSON.stringify({ titre: `Brouillon ${mot}` })}::jsonb, now()) returning id`),
      vote: await un(sql`insert into seance_votes (contrat_id, seance_id, point_id, objet, pour, contre, abstention, par, quand)
        values (${s}, ${point}::uuid, ${`Vote ${mot}`}, 1, 0, 0, 'x', now()) returning id`),
    };
  };
  const compte = await un(sql`insert into comptes (contrat_id, courriel, nom, fonction, organisation_id)
    values (${k}, ${`${randomBytes(6).toString('hex')}@exemple.fr`}, ${`Compte ${RESERVE}`}, 'Essai', 'PP') returning id`);
  const proposeur = await un(sql`insert into comptes (contrat_id, courriel, nom, fonction, organisation_id)
    values (${k}, ${`${randomBytes(6).toString('hex')}@exemple.fr`}, ${`Proposeur ${RESERVE}`}, 'Essai', 'PP') returning id`);
  const lot = await un(sql`insert into lots (contrat_id, registre, fichier, empreinte, cree_par, auteur, lues, en_erreur, classeur, entetes)
    values (${k}, 'marches', ${`${RESERVE}.csv`}, ${randomBytes(8).toString('hex')}, ${compte}::uuid, 'x', 1, 1, ${`Titre\n${RESERVE}`},
      ${JSON.stringify([{ titre: 'Titre', cle: 'titre', exemples: [RESERVE] }])}::jsonb) returning id`);
  await sql`insert into lot_lignes (contrat_id, lot_id, numero, etat, cellules) values (${k}, ${lot}::uuid, 2, 'erreur', ${JSON.stringify([RESERVE])}::jsonb)`.execute(
    db,
  );
  const campagne = await un(sql`insert into campagnes (contrat_id, titre, due_le, ouverte_le, ouverte_par)
    values (${k}, 'Bilan essayé', '2027-06-01', now(), 'x') returning id`);
  await sql`insert into campagne_demandes (contrat_id, campagne_id, organisation_id, mesure_id, periode, debiteur, territoire_id)
    values (${k}, ${campagne}::uuid, 'PP', ${MESURE}, '2025', 'PP', ${LIEU.territoire})`.execute(db);
  const structure = await creerStructure(db, k, {
    nom: 'Lieu partagé',
    organisation_id: 'PP',
    territoire_id: LIEU.territoire,
    correspondant_nom: 'Correspondance partagée',
    correspondant_courriel: 'correspondant@exemple.fr',
  });
  const verrou = await un(sql`insert into verrous (contrat_id, periode, fiche, motif, par, par_organisation, le)
    values (${k}, ${moisNeuf()}, ${LIEU.fiches[0] ?? ''}, 'Bilan publié', 'x', 'PP', now()) returning id`);
  const inscrit = await creerInscrit(db, k, { fonction: 'commissariat', organisation: 'PP', territoire: LIEU.territoire, nom: `Poste ${RESERVE}` });
  const alerte = await creerAlerte(db, k, { organisation: 'PP', territoire: LIEU.territoire, faits: RESERVE });
  const ouvert = await corps('partenaires', 'partagée');
  return {
    alerte,
    inscrit,
    envoiDAlerte: await creerEnvoi(db, k, alerte, inscrit),
    creneau: await creerCreneau(db, k, inscrit, new Date('2029-01-05T17:00:00Z'), new Date('2029-01-08T07:00:00Z')),
    structure,
    serviceDeStructure: await creerService(db, k, structure),
    doublon: await creerDoublon(db, k, structure, await creerStructure(db, k, { nom: 'Autre lieu', organisation_id: 'PP', territoire_id: LIEU.territoire })),
    importDAnnuaire: await un(sql`insert into structure_imports (contrat_id, fichier, par, le, bilan)
      values (${k}, ${`${RESERVE}.json`}, 'x', now(), '{"structures":{"nouvelles":0,"changees":0,"inchangees":0,"plusRecentesIci":0},"services":{"ecrits":0},"refusees":0,"horairesIllisibles":0,"courrielsNominatifs":0,"sansTerritoire":0,"doublons":{"proposes":0,"joints":0}}'::jsonb)
      returning id`),
    verification: await un(sql`select id from structure_acces where contrat_id = ${k} and structure_id = ${structure}::uuid`),
    referent: await creerReferent(db, k, { organisation: 'PP', territoire: LIEU.territoire, nom: 'Référent partagé' }),
    ...(await creerActe(db, k, { organisation: 'PP', territoire: LIEU.territoire, systemes: ['CONV-28'] })),
    verrou,
    exception: await un(sql`insert into verrou_exceptions (contrat_id, verrou_id, mesure_id, jusqu_au, motif, par, par_organisation, le)
      values (${k}, ${verrou}::uuid, '2.1-01a', current_date + 9, 'Compté deux fois', 'x', 'PP', now()) returning id`),
    contre: await un(sql`insert into contre_valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, valeur, motif, source, par, organisation, le)
      values (${k}, ${MESURE}, ${moisNeuf()}, ${LIEU.territoire}, 'PP', 9, 'Deux faits manquent', 'Comptage', 'x', 'PP', now()) returning id`),
    demain: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    lieu: LIEU.territoire,
    racine: app.catalogue.racine.id,
    campagne,
    accesDeCampagne: await un(sql`insert into campagne_acces (contrat_id, campagne_id, organisation_id, courriel, nom, cree_le, cree_par)
      values (${k}, ${campagne}::uuid, 'PP', 'statisticien@exemple.fr', ${RESERVE}, now(), 'x') returning id`),
    organisation: LIEU.porteur,
    fiche: LIEU.fiches[0] ?? '',
    ouvert,
    reserve: await corps('restreinte', RESERVE),
    compte,
    lot,
    importDeLieux: await un(sql`insert into lieu_imports (contrat_id, type, fichier, lus, avertissements, depuis, fermer, source, licence, cree_par, auteur)
      values (${k}, 'qpv', ${`${RESERVE}.geojson`}, '[]'::jsonb, '{}', null, false, 'x', 'x', ${compte}::uuid, 'x') returning id`),
    mandat: await un(
      sql`insert into mandats (contrat_id, compte_id, role, debut, accorde_par) values (${k}, ${compte}::uuid, 'agent', '2020-01-01', 'x') returning id`,
    ),
    activite: await un(sql`insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, fiches, donnees, auteur)
      values (${k}, 'marches', '2026-05-12', 'Marche du 12e', ${LIEU.territoire}, 'PP', '{2.1}',
        '{"creneau": "diurne", "public": "femmes", "objectif": "accessibilite"}', 'x') returning id`),
    valeur:
      await un(sql`insert into valeurs (contrat_id, mesure_id, periode, territoire_id, version, etat, valeur, source, saisi_par, saisi_par_organisation, debiteur)
      values (${k}, ${MESURE}, ${moisNeuf()}, ${LIEU.territoire}, 1, 'valeur', 7, 'x', 'x', 'PP', 'PP') returning id`),
    dette:
      await un(sql`insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, periode, territoire_id, fiche, ouverte_le, due_le)
      values (${k}, 'chiffre', 'indicateurs', ${MESURE}, ${MESURE}, 'Chiffre en retard', ${`/chiffres/${MESURE}`}, 'PP', ${moisNeuf()}, 'paris', '1.8',
        '2020-01-01', '2020-02-01') returning id`),
    instanceOuverte: ouvert.instance,
    contributionDHabitant: await un(sql`insert into instance_contributions (contrat_id, instance_id, objet, texte, recue_le)
      values (${k}, ${ouvert.instance}::uuid, 'Objet essayé', 'Un texte essayé', now()) returning id`),
    documentDiffuse:
      await un(sql`insert into documents_diffuses (contrat_id, titre, texte, version, liste, lire_avant, jusqu_au, organisation_id, diffuse_par, diffuse_le)
      values (${k}, ${`Note ${RESERVE}`}, ${RESERVE}, 1, 'pilotes', '2026-12-20', '2027-12-20', 'PP', 'x', now()) returning id`),
    lien: await un(sql`insert into liens (contrat_id, empreinte, genre, courriel, charge, expire_le)
      values (${k}, ${randomBytes(32)}, 'invitation', 'invitee@exemple.fr',
        ${JSON.stringify(PROMESSE)}::jsonb,
        now() + interval '3 days') returning id`),
    travail: await un(
      sql`insert into travaux (contrat_id, genre, libelle, demande_par) values (${k}, 'bilan', ${`Bilan ${RESERVE}`}, ${compte}::uuid) returning id`,
    ),
    flux: await un(sql`insert into calendrier_flux (contrat_id, compte_id, empreinte, cree_le, expire_le)
      values (${k}, ${compte}::uuid, ${createHash('sha256').update(randomBytes(8)).digest()}, now(), now() + interval '9 days') returning id`),
    jeton: await un(sql`insert into jetons_api (contrat_id, compte_id, empreinte, nom, portees, cree_le, expire_le)
      values (${k}, ${compte}::uuid, ${randomBytes(32)}, 'Outil', '{lire}', now(), now() + interval '9 days') returning id`),
    droits: await un(sql`insert into demandes_droits (contrat_id, recue_le, nature, demandeur, moyen, objet)
      values (${k}, current_date, 'acces', ${RESERVE}, 'courriel', ${`Objet ${RESERVE}`}) returning id`),
    proposition: await un(sql`insert into propositions (contrat_id, genre, compte_id, charge, motif, propose_par, expire_le)
      values (${k}, 'accorder', ${compte}::uuid, '{"role": "membre_cellule", "territoireId": null, "fiche": null, "registre": null, "debut": "2026-01-01", "fin": null}',
        ${RESERVE}, ${proposeur}::uuid, now() + interval '5 days') returning id`),
    propositionDAlerte: await un(sql`insert into tension_propositions (contrat_id, regle, territoire_id, signaux, depuis, ouverte_le)
      values (${k}, ${`essai-${randomBytes(4).toString('hex')}`}, ${LIEU.territoire}, 3, current_date, now()) returning id`),
    vague: await creerVague(db, k),
    operationSuivie: await creerOperationSuivie(db, k, { territoireId: LIEU.territoire, serviceId: 'COMM', texte: RESERVE, lecteurs: ['COMM'] }),
    periodeDeCircuit: await creerPeriodeDeCircuit(db, k),
    recurrenceSuivie: await creerRecurrence(db, k, {
      ...{ territoireId: LIEU.territoire, serviceId: 'COMM', texte: RESERVE, lecteurs: ['COMM'], decision: ouvert.decision },
    }),
    ...(await creerDemandeAvecPhoto(db, k, { territoireId: LIEU.territoire, serviceId: 'COMM', texte: RESERVE, lecteurs: ['COMM'] })),
    signalement: await un(sql`insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lot_id)
      values (${k}, 'dmr', ${randomBytes(6).toString('hex')}, '2026-05-12', 'x', 'x', 'x', 'autre', 'autre', ${LIEU.territoire}, gen_random_uuid()) returning id`),
  };
}
