/** Every route that changes something recorded through a form, with what two people may write in it at once. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { creerMembre } from '../../src/modules/instances/instances.fixtures.ts';
import type { Mesure } from '../../src/modules/contrats/index.ts';
import type { AppDeTest, Qui } from './app.ts';
import { AU_18E, colonne, decisionDe, instance, type MiseAJour, suivant } from './scenes.ts';
import { ALERTES } from './scenes-alertes.ts';
import { ANNUAIRE } from './scenes-annuaire.ts';
import { SEANCES } from './scenes-seances.ts';

const ETUDE = {
  jour: '2026-03-14',
  titre: 'Diagnostic',
  territoire_id: 'mairie-18',
  organisation_id: 'DPMP',
  'donnees.type': 'diagnostic-local',
  'donnees.theme': 'citoyennete',
  'donnees.etat': 'remise',
  fiches: '1.6',
};
let saisies = 0;
/** A count that one debtor gives for the whole contract, without breakdown: one box on its form. */
export const estSimple = (app: Pick<AppDeTest, 'catalogue'>, m: Mesure): boolean =>
  m.obtention === 'collecte' &&
  m.nature === 'compte' &&
  m.aupres.length === 1 &&
  m.grain.ventilations.length === 0 &&
  !m.grain.territoires &&
  !app.catalogue.acteurs.get(m.aupres[0] ?? '')?.local;
const estAnnuelle = (m: Mesure): boolean => m.periodicite.join() === 'annuel';

const un =
  (app: AppDeTest) =>
  async (q: ReturnType<typeof sql<{ id: string }>>): Promise<string> =>
    (await q.execute(app.base.owner)).rows[0]?.id ?? '';
const probleme = async (app: AppDeTest): Promise<string> =>
  un(app)(sql`insert into problemes (contrat_id, instance_id, confidentialite, titre, territoire_id, constat, auteur, cree_le, modifie_par, modifie_le)
    values (${app.contratId}, ${await instance(app)}::uuid, 'partenaires', 'Un problème disputé', 'mairie-18', 'Un constat disputé.', 'x', now(), 'x', now())
    returning id`);
export const MISES_A_JOUR: Readonly<Record<string, MiseAJour>> = {
  ...SEANCES,
  ...ALERTES,
  ...ANNUAIRE,
  '/instances/:id/reglages': {
    preparer: async (app) => {
      const id = await instance(app);
      return { page: `/instances/${id}/reglages`, action: `/instances/${id}/reglages`, qui: AU_18E, lire: colonne(app, 'instances', id, {}) };
    },
    champ: 'lieu',
    valeurs: ['Mairie', 'Commissariat'],
    autre: ['cadence_mois', '4'],
  },
  '/instances/:id/membres/:membre': {
    preparer: async (app) => {
      const id = await instance(app);
      const membre = await creerMembre(app.base.owner, app.contratId, id, { organisation: 'PP', fonction: 'Commissaire' });
      const url = `/instances/${id}/membres/${membre}`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'instance_membres', membre, {}) };
    },
    champ: 'fonction',
    valeurs: ['Commissaire central', 'Commissaire adjoint'],
    autre: ['nom', 'Ada Fictive'],
  },
  '/instances/:id/rattachements/:rattachement': {
    preparer: async (app) => {
      const [id, parente] = [await instance(app), await instance(app)];
      const mandat = await un(app)(sql`insert into instance_rattachements (contrat_id, instance_id, parente_id, debut)
        values (${app.contratId}, ${id}::uuid, ${parente}::uuid, '2026-01-01') returning id`);
      const url = `/instances/${id}/rattachements/${mandat}`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'instance_rattachements', mandat, {}) };
    },
    champ: 'mission',
    valeurs: ['Étudier la gare', 'Étudier le square'],
    long: true,
    autre: ['fin', '2027-01-01'],
  },
  '/instances/:id/recurrents/:recurrent': {
    preparer: async (app) => {
      const id = await instance(app);
      const point = await un(app)(sql`insert into points_recurrents (contrat_id, instance_id, titre, modifie_par, modifie_le)
        values (${app.contratId}, ${id}::uuid, 'Point du jour', 'x', now()) returning id`);
      const url = `/instances/${id}/recurrents/${point}`;
      return { page: url, action: url, qui: AU_18E, lire: colonne(app, 'points_recurrents', point, {}) };
    },
    champ: 'titre',
    valeurs: ['Point du matin', 'Point du soir'],
    autre: ['tous_les', '3'],
  },
  '/collecte/retards/:dette': {
    preparer: async (app) => {
      const periode = `20${String(30 + (saisies % 60)).padStart(2, '0')}-0${(saisies++ % 9) + 1}`;
      const id = await un(app)(sql`insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, periode, ouverte_le,
        due_le) values (${app.contratId}, 'chiffre', 'indicateurs', '1.8-01', '1.8-01', 'Chiffre en retard', '/chiffres/1.8-01', 'PP', ${periode},
        '2020-01-01', '2020-02-01') returning id`);
      const lire = async (champ: string): Promise<string> => {
        const { rows } = await sql<{ motif: string; attenduLe: string | null }>`
          select motif, attendu_le as "attenduLe" from retard_raisons where contrat_id = ${app.contratId} and echeance_id = ${id}::uuid
          order by version desc limit 1`.execute(app.base.owner);
        return (champ === 'motif' ? rows[0]?.motif : rows[0]?.attenduLe) ?? '';
      };
      const url = `/collecte/retards/${id}`;
      return { page: url, action: url, qui: { comme: 'producteur', organisation: 'PP' }, lire };
    },
    champ: 'motif',
    valeurs: ['Le logiciel change en mars', 'Le service se réorganise'],
    long: true,
    autre: ['attendu_le', '2040-01-31'],
  },
  '/problemes/:id/modifier': {
    preparer: async (app) => {
      const id = await probleme(app);
      return { page: `/problemes/${id}/modifier`, action: `/problemes/${id}/modifier`, qui: AU_18E, lire: colonne(app, 'problemes', id, {}) };
    },
    champ: 'lieu',
    valeurs: ['Devant le gymnase', 'Devant la gare'],
    autre: ['qui', 'Le service de nuit'],
  },
  '/problemes/:id/public': {
    preparer: async (app) => {
      const id = await probleme(app);
      const lire = colonne(app, 'problemes', id, {});
      return { page: `/problemes/${id}`, action: `/problemes/${id}/public`, qui: AU_18E, lire };
    },
    champ: 'public_phrase',
    valeurs: ['Le parvis est propre', 'Le parvis est calme'],
    autre: null,
  },
  '/bilan/:annee/:territoire/rediger': {
    preparer: async (app) => {
      const url = '/bilan/2026/mairie-18/rediger';
      await sql`delete from bilan_textes where contrat_id = ${app.contratId}`.execute(app.base.owner);
      const lire = async (champ: string): Promise<string> => {
        const { rows } = await sql<{ texte: string }>`
          select texte from bilan_textes where contrat_id = ${app.contratId} and fiche = ${champ === 'essentiel' ? '' : champ.slice(1)}
          order by version desc limit 1`.execute(app.base.owner);
        return rows[0]?.texte ?? '';
      };
      return { page: url, action: url, qui: AU_18E, lire };
    },
    champ: 'essentiel',
    valeurs: ['Une annee de reprise', 'Une annee de partage'],
    long: true,
    autre: ['f1.6', 'Les formations ont repris'],
  },
  '/papiers/:organisation/:territoire': {
    preparer: async (app) => {
      const territoire = `mairie-${(suivant() % 16) + 5}`;
      const url = `/papiers/CCPSA/${territoire}`;
      const qui = { comme: 'coordination', organisation: 'DPMP' } as const;
      await sql`delete from entetes where contrat_id = ${app.contratId}`.execute(app.base.owner);
      await app.post(url, { nom: 'Mairie du 18e', adresse: '', telephone: '', courriel: '', lieu: '', logo_alt: '', version: '0' }, qui);
      const lire = async (champ: string) =>
        (
          await sql<{ v: string }>`
            select to_jsonb(e) ->> ${champ} as v from entetes e
            where contrat_id = ${app.contratId} and organisation_id = 'CCPSA' and territoire_id = ${territoire}`.execute(app.base.owner)
        ).rows[0]?.v ?? '';
      return { page: url, action: url, qui, lire };
    },
    champ: 'nom',
    valeurs: ['Mairie du dix-huit', 'Mairie de Montmartre'],
    autre: ['lieu', 'Paris'],
  },
  '/decisions/:id': {
    preparer: async (app) => {
      const decision = await decisionDe(app, await instance(app), {});
      return { page: `/decisions/${decision}`, action: `/decisions/${decision}`, qui: AU_18E, lire: colonne(app, 'decisions', decision, {}) };
    },
    champ: 'motif',
    valeurs: ['Attente du devis', 'Attente du marche'],
    long: true,
    autre: ['etat', 'en_cours'],
  },
  '/decisions/:id/charge': {
    preparer: async (app) => {
      const decision = await decisionDe(app, await instance(app), {});
      return {
        page: `/decisions/${decision}`,
        action: `/decisions/${decision}/charge`,
        qui: AU_18E,
        lire: colonne(app, 'decisions', decision, { responsable: 'responsable_id' }),
      };
    },
    champ: 'responsable',
    valeurs: ['PP', 'VILLE'],
    dits: ['Préfecture de Police', 'Ville de Paris'],
    autre: ['responsable_nom', 'Le chef de projet'],
  },
  '/dpo/demandes/:id': {
    preparer: async (app) => {
      const { rows } = await sql<{ id: string }>`
        insert into demandes_droits (contrat_id, recue_le, nature, demandeur, moyen, objet, cree_par, cree_le, modifie_par, modifie_le)
        values (${app.contratId}, current_date, 'acces', 'A. B.', 'courriel', 'Copie', gen_random_uuid(), now(), gen_random_uuid(), now())
        returning id`.execute(app.base.owner);
      const url = `/dpo/demandes/${rows[0]?.id}`;
      return { page: url, action: url, qui: { comme: 'dpo' }, lire: colonne(app, 'demandes_droits', rows[0]?.id ?? '', {}) };
    },
    champ: 'motif',
    valeurs: ['Trois services saisis', 'Dossier ancien'],
    long: true,
    // The act itself is asked for each time.
    autre: null,
    plus: { etat: 'prolongee' },
  },
  '/chiffres/:mesure/saisir': {
    preparer: async (app) => {
      const mesures = [...app.catalogue.mesures.values()].filter((m) => estSimple(app, m) && estAnnuelle(m));
      // One of its own for each scene: a figure given by another scene would already be what this one writes.
      const mesure = mesures[saisies++];
      expect(mesure).toBeDefined();
      return {
        page: `/chiffres/${mesure?.id}/saisir?periode=2025&debiteur=${mesure?.aupres[0]}`,
        action: `/chiffres/${mesure?.id}/saisir`,
        qui: { comme: 'producteur', organisation: mesure?.aupres[0] ?? '' },
        lire: async (champ) => {
          const { rows } = await sql<{ v: string }>`
            select ${sql.ref(champ)}::text as v from valeurs where contrat_id = ${app.contratId} and mesure_id = ${mesure?.id} and courante`.execute(
            app.base.owner,
          );
          return rows[0]?.v ?? '';
        },
      };
    },
    champ: 'valeur',
    valeurs: ['1250', '1300'],
    autre: ['commentaire', 'Hors le mois de mai'],
    plus: { source: 'Comptage du service' },
  },
  '/registres/:registre/:id/corriger': {
    preparer: async (app) => {
      const qui: Qui = { comme: 'coordination' };
      const cree = await app.post('/registres/etudes/nouveau', ETUDE, qui);
      const url = String(cree.headers.location);
      return { page: `${url}/corriger`, action: `${url}/corriger`, qui, lire: colonne(app, 'activites', url.split('/').at(-1) ?? '', {}) };
    },
    champ: 'titre',
    valeurs: ['Diagnostic du nord', 'Diagnostic du sud'],
    autre: ['adresse', 'Rue des Essais'],
    plus: { motif: 'Erreur de saisie' },
  },
  '/registres/:registre/imports/:lot/lignes/:rangee': {
    preparer: async (app) => {
      const titres = ['Identifiant', 'Date de la session', 'Titre', 'Territoire', 'Organisme formateur', 'Type de session', 'Thème principal'];
      const suite = ['Employeur des personnes formées', 'Public formé', 'Personnes formées', 'Commentaire'];
      const cellules = [randomUUID(), '14/03/2026', 'Formation', 'Mairie du 18e', 'DPMP', 'Formation continue', 'Rixes, bandes et violences en réunion'];
      const reste = ['Police municipale et prévention (DPMP)', 'Agents de police municipale', '12', ''];
      const colle = [
        [...titres, ...suite],
        [...cellules, ...reste],
      ]
        .map((l) => l.join('\t'))
        .join('\n');
      const lot = String((await app.post('/registres/formations/imports', { colle }, AU_18E)).headers.location);
      const url = `${lot}/lignes/2`;
      const lire = async (champ: string): Promise<string> => {
        const { rows } = await sql<{ v: string | null }>`
          select cellules ->> ${Number(champ.slice(1))}::int as v from lot_lignes where lot_id = ${lot.split('/').at(-1)}::uuid and numero = 2`.execute(
          app.base.owner,
        );
        return rows[0]?.v ?? '';
      };
      return { page: url, action: url, qui: { comme: 'coordination' }, lire };
    },
    champ: 'c2',
    valeurs: ['Formation du nord', 'Formation du sud'],
    autre: ['c10', 'Un mot de plus'],
  },
  '/comptes/organisations/:organisation': {
    preparer: async (app) => {
      const organisation = [...app.catalogue.acteurs.keys()][suivant() % app.catalogue.acteurs.size] ?? '';
      return {
        page: `/comptes?organisation=${organisation}`,
        action: `/comptes/organisations/${organisation}`,
        qui: { comme: 'coordination' },
        lire: async () => {
          const { rows } = await sql<{ siret: string }>`
            select siret from organisations where contrat_id = ${app.contratId} and acteur_id = ${organisation}`.execute(app.base.owner);
          return rows[0]?.siret ?? '';
        },
      };
    },
    champ: 'siret',
    valeurs: ['21750001600019', '17750002500017'],
    autre: null,
  },
};
