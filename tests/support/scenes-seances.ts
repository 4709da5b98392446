/** Forms of a session that change something recorded, with what two people may write in them at once. */
import { sql } from 'kysely';
import { pointEcrit, releveContenu } from '../../src/modules/seances/releve/documents.fixtures.ts';
import { creerSeance } from '../../src/modules/instances/instances.fixtures.ts';
import { jour } from '../../src/ui/typographie.ts';
import type { AppDeTest } from './app.ts';
import { AU_18E, colonne, decisionDe, instance, type MiseAJour, premierPoint, seanceDe, suivant } from './scenes.ts';
import { jourDans } from './jours.ts';

const dans = jourDans;
const direDans = (jours: number): string => jour(dans(jours)).replace(/\s/g, ' ');
/** Frozen minutes with two passages that may be taken out of what the public reads. */
async function releveDEssai(app: AppDeTest, seance: string): Promise<[string, string]> {
  const passages: [string, string] = ['le square', 'la place'];
  const contenu = releveContenu({ points: [pointEcrit({ notes: `Deux lieux : ${passages.join(' et ')}.` })] });
  await sql`
    insert into releves (contrat_id, seance_id, version, numero, contenu, empreinte, fige_par, fige_le)
    values (${app.contratId}, ${seance}::uuid, 1, ${`ESSAI/${suivant()}`}, ${JSON.stringify(contenu)}::jsonb, 'essai', 'Essai', now())`.execute(app.base.owner);
  return passages;
}
export const SEANCES: Readonly<Record<string, MiseAJour>> = {
  '/seances/:id/cadre': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2027-01-14' });
      return { page: `/seances/${id}/preparer`, action: `/seances/${id}/cadre`, qui: AU_18E, lire: colonne(app, 'seances', id, {}) };
    },
    champ: 'lieu',
    valeurs: ['Salle des mariages', 'Salle du conseil'],
    autre: ['visio', 'https://visio.exemple.fr/salon'],
  },
  '/seances/:id/points/:point/modifier': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2027-01-14', points: ['Les abords'] });
      const point = await premierPoint(app, id);
      return {
        page: `/seances/${id}/preparer`,
        action: `/seances/${id}/points/${point}/modifier`,
        qui: AU_18E,
        lire: colonne(app, 'seance_points', point, {}),
      };
    },
    champ: 'expose',
    valeurs: ['Trois faits depuis septembre.', 'Le bailleur a repondu.'],
    long: true,
    autre: ['rapporteur', 'Le commissaire'],
  },
  '/seances/:id/date': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: null });
      const dates: string[] = [];
      for (const jour of ['2027-02-02', '2027-02-03']) {
        const { rows } = await sql<{ id: string }>`
          insert into seance_dates (contrat_id, seance_id, jour, heure) values (${app.contratId}, ${id}::uuid, ${jour}::date, '10:00') returning id`.execute(
          app.base.owner,
        );
        dates.push(rows[0]?.id ?? '');
      }
      const lire = colonne(app, 'seances', id, {});
      return {
        page: `/seances/${id}/preparer`,
        action: `/seances/${id}/date`,
        qui: AU_18E,
        valeurs: dates as [string, string],
        lire: async () => ((await lire('jour')) === '2027-02-02' ? dates[0] : (await lire('jour')) === '2027-02-03' ? dates[1] : '') ?? '',
      };
    },
    champ: 'date',
    valeurs: ['', ''],
    dits: ['2 février 2027', '3 février 2027'],
    autre: null,
    uneFois: true,
  },
  '/seances/:id/relecture': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2026-11-02', etat: 'relecture', points: ['Un point'] });
      return {
        page: `/seances/${id}/clore`,
        action: `/seances/${id}/relecture`,
        qui: AU_18E,
        lire: colonne(app, 'seances', id, { jusqu_a: 'relecture_jusqu_a' }),
      };
    },
    champ: 'jusqu_a',
    valeurs: [dans(20), dans(30)],
    dits: [direDans(20), direDans(30)],
    autre: null,
    plus: { acte: 'prolonger' },
  },
  '/seances/:id/heures': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2026-11-02', etat: 'relecture', points: ['Un point'] });
      await sql`update seances set ouverte_le = '2026-11-02 10:00 Europe/Paris', levee_le = '2026-11-02 12:00 Europe/Paris' where id = ${id}::uuid`.execute(
        app.base.owner,
      );
      return {
        page: `/seances/${id}/clore`,
        action: `/seances/${id}/heures`,
        qui: AU_18E,
        lire: async () =>
          (
            await sql<{ heure: string }>`select to_char(levee_le at time zone 'Europe/Paris', 'HH24:MI') as heure from seances where id = ${id}::uuid`.execute(
              app.base.owner,
            )
          ).rows[0]?.heure ?? '',
      };
    },
    champ: 'levee_heure',
    valeurs: ['11:40', '11:50'],
    autre: null,
  },
  '/seances/:id/points/:point/texte': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2026-11-02', etat: 'relecture', points: ['Un point'] });
      const point = await premierPoint(app, id);
      return {
        page: `/seances/${id}/clore`,
        action: `/seances/${id}/points/${point}/texte`,
        qui: AU_18E,
        lire: colonne(app, 'seance_points', point, { texte: 'notes' }),
      };
    },
    champ: 'texte',
    valeurs: ['Le bailleur pose des lampes.', 'La mairie finance les lampes.'],
    long: true,
    autre: null,
  },
  '/seances/:id/points/:point/notes': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2026-11-02', etat: 'ouverte', points: ['Un point'] });
      const point = await premierPoint(app, id);
      return {
        page: `/seances/${id}/tenir`,
        action: `/seances/${id}/points/${point}/notes`,
        qui: AU_18E,
        lire: colonne(app, 'seance_points', point, { texte: 'notes' }),
      };
    },
    champ: 'texte',
    valeurs: ['Le maire ouvre.', 'Le commissaire expose.'],
    long: true,
    autre: null,
  },
  '/seances/:id/publier': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2026-11-02', etat: 'figee', points: ['Un point'] }, { confidentialite: 'publique' });
      const contenu = await releveDEssai(app, id);
      return {
        page: `/seances/${id}/publier`,
        action: `/seances/${id}/publier`,
        qui: AU_18E,
        valeurs: contenu,
        lire: async () => {
          const { rows } = await sql<{ passages: string[] }>`
            select passages from releve_publications where contrat_id = ${app.contratId} and seance_id = ${id}::uuid`.execute(app.base.owner);
          return rows[0]?.passages.join(', ') ?? '';
        },
      };
    },
    champ: 'passages',
    compare: 'retires',
    valeurs: ['', ''],
    autre: null,
    plus: { acte: 'publier' },
  },
  '/seances/:id/decisions/:decision': {
    preparer: async (app) => {
      const instanceId = await instance(app);
      const id = await creerSeance(app.base.owner, app.contratId, instanceId, { jour: '2026-11-02', etat: 'ouverte', points: ['Un point'] });
      const decision = await decisionDe(app, instanceId, { seanceId: id, pointId: await premierPoint(app, id) });
      return {
        page: `/seances/${id}/tenir?corriger=${decision}`,
        action: `/seances/${id}/decisions/${decision}`,
        qui: AU_18E,
        lire: colonne(app, 'decisions', decision, {}),
      };
    },
    champ: 'libelle',
    valeurs: ['Poser trois lampes', 'Poser cinq lampes'],
    long: true,
    autre: ['responsable_nom', 'Le chef de projet'],
  },
  '/seances/:id/confidentialite': {
    preparer: async (app) => {
      const id = await seanceDe(app, { jour: '2027-01-14' }, { confidentialite: 'publique' });
      await sql`update seances set confidentialite = 'publique' where id = ${id}::uuid`.execute(app.base.owner);
      return { page: `/seances/${id}/confidentialite`, action: `/seances/${id}/confidentialite`, qui: AU_18E, lire: colonne(app, 'seances', id, {}) };
    },
    champ: 'confidentialite',
    valeurs: ['partenaires', 'restreinte'],
    autre: null,
    plus: { motif: 'Décidé par la coordination', confirme: 'oui' },
  },
};
