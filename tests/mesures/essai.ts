/** What a computed measure must and must not count, written from the indicator's words; and how such records enter, by the ordinary path. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../src/core/base/database.ts';
import { appliquerFaits, type FormulaireDeContrat } from '../../src/modules/indicateurs/index.ts';
import { creerInstance, creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { createRegistres } from '../../src/modules/registres/registres.contexte.ts';
import { definitionsDecouvertes } from '../../src/modules/registres/registres.definitions.ts';
import { liens } from '../../src/modules/registres/registres.liens.ts';
import type { Repertoire } from '../../src/modules/registres/registres.repertoire.ts';
import { pourContrat } from '../../src/modules/registres/registres.rules.ts';
import { buildCreation, normaliser } from '../../src/modules/registres/registres.schema.ts';
import { createDemande, type NouvelleDemande, tirerNumero, updateDemande } from '../../src/modules/signalements/demandes/demandes.queries.ts';
import { idDe } from '../../src/modules/signalements/demandes/identifiants.ts';
import { createActivite, getActivite, updateActivite } from '../../src/modules/registres/saisie/saisie.queries.ts';

export const ICI = '7511801';
export const AILLEURS = '7510101';
export const ANNEE = '2025';
/** The year looked at is over. */
export const AUJOURDHUI = '2027-03-01';

export interface Fait {
  source: string;
  jour: string;
  fin: string | null;
  territoire: string;
  organisation: string;
  donnees: Readonly<Record<string, unknown>>;
  /** Later versions: what changed, on which day it was written. */
  suites: readonly { le: string; donnees: Readonly<Record<string, unknown>> }[];
}
type Donnees = Readonly<Record<string, unknown>>;
type Reste = Partial<Omit<Fait, 'source' | 'donnees'>>;

/** Fields that a register asks for and that the case at hand says nothing of. */
const COMMUNS: Readonly<Record<string, Donnees>> = {
  formations: { type: 'continue', theme: 'autre', employeur: 'association', public: 'associations-elus', participants: 10 },
  interventions: { nature: 'sensibilisation', theme: 'autre', service: 'association', cadre: 'espace-public', public: 'habitants' },
  evenements: { type: 'autre', theme: 'autre', porteur: 'association', echelon: 'local' },
  campagnes: { theme: 'autre', type: 'campagne', cible: 'grand-public', cadre: 'ordinaire' },
  operations: { type: 'autre', service: 'police-municipale', cadre: 'ordinaire' },
  audits: { type: 'audit', theme: 'autre', institution: 'bailleur', type_site: 'espace-public' },
  marches: { creneau: 'diurne', public: 'habitants', objectif: 'prevention-situationnelle' },
  placements: { dispositif: 'autre', categorie_structure: 'association', majorite: 'majeurs', personnes: 1 },
  postes: { type: 'moyen', domaine: 'autre', categorie_structure: 'association', creneau: 'journee', etat: 'ouvert' },
  accompagnements: { service: 'action-sociale-ville', destination: 'demarche', public: 'autre', personnes: 1 },
  etablissements: { type: 'bar', suivi: 'controle' },
  sites: { type: 'autre', etat: 'actif' },
  crises: { type: 'cyber', exercice: false, centre: null, personnes: 0, victimes: 0 },
  alertes: { palier: 'alerte', genre: 'rixe', issue: 'evitee', survenue: false, exercice: false },
  demandes: { circuit: 'tranquillite-publique', canal: 'web', categorie: 'bruit', theme: 'autre', service: 'DT', etat: 'recu', reponses: {} },
  doleances: { canal: 'dmr', perimetre: 'autre', theme: 'incivilites', type: 'divers', service: 'divers' },
};
const depuis =
  (source: string) =>
  (donnees: Donnees = {}, reste: Reste = {}): Fait => ({
    source,
    jour: `${ANNEE}-06-10`,
    fin: null,
    territoire: ICI,
    organisation: 'VILLE',
    suites: [],
    ...reste,
    donnees: { ...COMMUNS[source], ...donnees },
  });
export const formation = depuis('formations');
export const intervention = depuis('interventions');
export const evenement = depuis('evenements');
export const campagne = depuis('campagnes');
export const operation = depuis('operations');
export const audit = depuis('audits');
export const marche = depuis('marches');
export const placement = depuis('placements');
export const poste = depuis('postes');
export const accompagnement = depuis('accompagnements');
export const etablissement = depuis('etablissements');
export const site = depuis('sites');
export const doleance = depuis('doleances');
export const crise = depuis('crises');
export const alerte = depuis('alertes');
export const demande = depuis('demandes');
export const reunion = depuis('reunions');
export const instance = depuis('instances');
/** A recommendation, done on that day or in another state; one that is set aside says why. */
export const preconisation = (etat: string, fait_le?: string) => ({
  libelle: 'Éclairer',
  etat,
  ...(fait_le ? { fait_le } : {}),
  ...(etat === 'ecartee' ? { motif: 'Le site ferme' } : {}),
});

export interface Cas {
  /** Records that count, all together, for `vaut`. */
  oui: readonly Fait[];
  /** Near ones that the indicator's words leave out. */
  non: readonly Fait[];
  vaut: number;
}

const auteur = { id: null, nom: 'Essai' };
const registres = createRegistres(definitionsDecouvertes, liens);

export interface Base {
  f: FormulaireDeContrat;
  rep: Repertoire;
  contratId: number;
}

/** Written as a person or a file would: read by the register's schema, created, then changed version after version. */
export async function ecrire(tx: Db, { f, rep, contratId }: Base, fait: Fait): Promise<void> {
  if (fait.source === 'crises') return ecrireCrise(tx, contratId, fait);
  if (fait.source === 'alertes') return ecrireAlerte(tx, contratId, fait);
  if (fait.source === 'doleances') return ecrireDoleance(tx, contratId, fait);
  if (fait.source === 'demandes') return ecrireDemande(tx, contratId, fait);
  if (fait.source === 'reunions' || fait.source === 'instances') return ecrireInstance(tx, contratId, fait);
  const declare = definitionsDecouvertes.find((d) => d.code === fait.source);
  if (!declare) throw new Error(`Registre inconnu : ${fait.source}`);
  const schema = buildCreation(pourContrat(declare, f.catalogue), rep);
  const contenu = (donnees: Donnees) =>
    normaliser(
      schema.parse({
        jour: fait.jour,
        ...(declare.fin ? { fin: fait.fin } : {}),
        titre: 'Essai',
        territoire_id: fait.territoire,
        organisation_id: fait.organisation,
        donnees,
      }),
      rep,
    );
  const ou = { contratId, registre: fait.source };
  const id = await createActivite(tx, registres, ou, { contenu: contenu(fait.donnees), idExterne: null, auteur, quand: new Date(`${fait.jour}T10:00:00Z`) });
  if (!id) throw new Error('Non créé');
  let donnees = fait.donnees;
  for (const suite of fait.suites) {
    donnees = { ...donnees, ...suite.donnees };
    await getActivite(tx, contratId, fait.source, id, true);
    await updateActivite(
      tx,
      registres,
      { ...ou, id },
      { contenu: contenu(donnees), statut: 'publie', acte: 'correction', motif: 'suite', auteur, quand: new Date(`${suite.le}T10:00:00Z`) },
    );
  }
}

/** A room that was closed, with at most one centre and those who were counted there, one line at a time. */
async function ecrireCrise(tx: Db, contratId: number, f: Fait): Promise<void> {
  const d = f.donnees as { type: string; exercice: boolean; centre: string | null; personnes: number; victimes: number };
  const { rows } = await sql<{ id: string }>`
    insert into crises (contrat_id, type, titre, territoire_id, fiche, exercice, etat, commandement, commandement_le, ouverte_le, close_le)
    values (${contratId}, ${d.type}, 'Essai', ${f.territoire}, '3.13', ${d.exercice}, 'close', 'pp', ${f.jour}::date + time '10:00',
      ${f.jour}::date + time '10:00', ${f.jour}::date + time '20:00') returning id`.execute(tx);
  const [salle] = rows;
  if (!salle) throw new Error('Non créée');
  if (d.centre !== null) {
    const { rows: centres } = await sql<{ id: string }>`
      insert into crise_centres (contrat_id, crise_id, genre, nom, adresse, territoire_id, capacite, etat, ouvert_le, ferme_le, cree_par, cree_le)
      values (${contratId}, ${salle.id}::uuid, ${d.centre}, 'Centre', '1 rue des Essais', ${f.territoire}, 500, 'ferme', ${f.jour}::date + time '11:00',
        ${f.jour}::date + time '19:00', 'x', ${f.jour}::date + time '11:00') returning id`.execute(tx);
    for (const [code, nombre] of [
      ['implique', d.personnes],
      ['victime', d.victimes],
    ] as const)
      if (nombre > 0)
        await sql`
          insert into crise_comptages (contrat_id, id, centre_id, guichet, quoi, code, nombre, dit_le, recu_le, par_id)
          values (${contratId}, gen_random_uuid(), ${centres[0]?.id}::uuid, 'A', 'arrivee', ${code}, ${nombre}, now(), now(), gen_random_uuid())`.execute(tx);
  }
  await appliquerFaits(tx, contratId, 'crises', { ids: [salle.id] }, 1);
}

async function ecrireAlerte(tx: Db, contratId: number, f: Fait): Promise<void> {
  const d = f.donnees as { palier: string; genre: string; issue: string; survenue: boolean; exercice: boolean };
  const { rows } = await sql<{ id: string }>`
    insert into alertes (contrat_id, palier, genre, territoire_id, debut, exercice, etat, auteur, auteur_organisation, ecrite_le, diffusee_le, levee_le, issue, survenue)
    values (${contratId}, ${d.palier}, ${d.genre}, ${f.territoire}, ${f.jour}::date + time '20:00', ${d.exercice}, 'close', 'x', ${f.organisation},
      ${f.jour}::date + time '20:00', ${f.jour}::date + time '20:05', ${f.jour}::date + time '22:00', ${d.issue}, ${d.survenue}) returning id`.execute(tx);
  if (!d.exercice) await appliquerFaits(tx, contratId, 'alertes', { ids: rows.map((r) => r.id) }, 1);
}

async function ecrireDoleance(tx: Db, contratId: number, f: Fait): Promise<void> {
  const d = f.donnees as Record<'canal' | 'perimetre' | 'theme' | 'type' | 'service', string>;
  const { rows } = await sql<{ id: string }>`
    insert into signalements (contrat_id, canal, id_externe, jour, type, sous_type, service, perimetre, theme, territoire_id, lot_id)
    values (${contratId}, ${d.canal}, gen_random_uuid()::text, ${f.jour}, ${d.type}, ${d.type}, ${d.service}, ${d.perimetre}, ${d.theme}, ${f.territoire},
      gen_random_uuid())
    returning id`.execute(tx);
  await appliquerFaits(tx, contratId, 'doleances', { ids: rows.map((r) => String(r.id)) }, 1);
}

/** As the engine writes it, whose tests are its own. */
async function ecrireDemande(tx: Db, contratId: number, f: Fait): Promise<void> {
  const d = f.donnees as Record<'circuit' | 'canal' | 'categorie' | 'theme' | 'service' | 'etat', string> & {
    fait?: boolean;
    /** The day when it was closed. */
    clos?: string;
    reponses: NouvelleDemande['reponses'];
  };
  const recuLe = new Date(`${f.jour}T10:00:00Z`);
  const id = idDe(recuLe);
  await createDemande(
    tx,
    contratId,
    {
      ...{ id, recuLe, circuit: d.circuit, canal: d.canal, categorie: d.categorie, titre: 'Essai', theme: d.theme, reponses: d.reponses, texte: '' },
      ...{ textePublic: '', jour: f.jour, heure: null, territoireId: f.territoire, adresse: '', lon: null, lat: null, serviceId: d.service, roleReferent: '' },
      ...{ auteurOrganisation: null, auteurId: null, lecteurs: null, etat: d.etat, duLe: null },
    },
    await tirerNumero(tx),
    'Essai',
  );
  if (d.fait) await updateDemande(tx, contratId, { id, version: 1, lieuCle: null }, { faitLe: recuLe }, { nom: 'Essai', quand: recuLe });
  if (d.clos)
    await updateDemande(tx, contratId, { id, version: 1, lieuCle: null }, { closLe: new Date(`${d.clos}T10:00:00Z`) }, { nom: 'Essai', quand: recuLe });
  await appliquerFaits(tx, contratId, 'demandes', { ids: [id] }, 1);
}

async function ecrireInstance(tx: Db, contratId: number, f: Fait): Promise<void> {
  const id = await creerInstance(tx, contratId, {
    type: String(f.donnees.type),
    nom: `Instance ${randomUUID()}`,
    territoire: f.territoire,
    porteur: f.organisation,
  });
  if (f.source === 'reunions') {
    await creerSeance(tx, contratId, id, { jour: f.jour, etat: f.donnees.etat === 'preparation' ? 'preparation' : 'declaree' });
    return;
  }
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, -1);
  await sql`update instances set cree_le = ${f.jour}::date + time '12:00', close_le = ${f.fin}::date where contrat_id = ${contratId} and id = ${id}::uuid`.execute(
    tx,
  );
  await appliquerFaits(tx, contratId, 'instances', { ids: [id] }, 1);
}

const lAnDernier = (jour: string): string => `${Number(jour.slice(0, 4)) - 1}${jour.slice(4)}`;
/** The same record a year before, over before the year looked at; dates inside its lines and its versions with it. */
export function unAnAvant(f: Fait): Fait {
  const reculer = (d: Donnees): Donnees => JSON.parse(JSON.stringify(d).replace(/\b20\d\d-\d\d-\d\d\b/g, lAnDernier)) as Donnees;
  const lasts = ['postes', 'sites', 'etablissements', 'instances'].includes(f.source);
  const jour = lasts ? `${Number(ANNEE) - 2}-02-01` : lAnDernier(f.jour);
  return {
    ...f,
    jour,
    fin: lasts ? `${Number(ANNEE) - 1}-12-31` : f.fin === null ? null : lAnDernier(f.fin),
    donnees: reculer(f.donnees),
    suites: lasts ? [] : f.suites.map((s) => ({ le: lAnDernier(s.le), donnees: reculer(s.donnees) })),
  };
}
