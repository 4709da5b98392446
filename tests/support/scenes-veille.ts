/** Forms that make something in the thread of tensions, of relays and of instructions. */
import { sql } from 'kysely';
import type { AppDeTest } from './app.ts';
import { jourDans } from './jours.ts';

const CAP = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>essai-1</identifier><sender>essai@exemple.fr</sender><sent>2026-03-14T18:00:00+01:00</sent>
<status>Test</status><msgType>Alert</msgType><scope>Public</scope></alert>`;
/** What each route that makes something needs. */
export const creationsDeVeille = (app: () => AppDeTest) => ({
  '/alertes/tensions/nouvelle': () => ({
    url: '/alertes/tensions/nouvelle',
    champs: {
      nature: 'tension',
      jour: jourDans(0),
      creneau: 'soiree',
      territoire: '7511801',
      lieu: 'hall',
      fiabilite: 'rapporte',
      ailleurs: 'non',
      texte: '',
    },
    table: 'tensions',
  }),
  '/alertes/relais/nouveau': () => ({
    url: '/alertes/relais/nouveau',
    champs: {
      origine: 'PP',
      titre: 'Message essayé',
      texte: 'Un texte essayé.',
      origine_jour: jourDans(-1),
      origine_heure: '10:00',
      origine_lien: '',
      genre: 'meteo',
      territoire: 'mairie-18',
      jusqua_jour: jourDans(1),
      jusqua_heure: '10:00',
      exercice: 'oui',
    },
    table: 'messages_relayes',
  }),
  '/alertes/cap/deposer': () => ({
    url: '/alertes/cap/deposer',
    champs: {},
    table: 'cap_recus',
    fichier: { champ: 'fichier', nom: 'message.xml', contenu: CAP },
  }),
  '/alertes/consignes/diffuser/:consigne': async () => {
    await sql`insert into activites (contrat_id, registre, jour, titre, territoire_id, organisation_id, donnees, auteur)
      values (${app().contratId}, 'sites', '2026-01-10', 'Site essayé', 'mairie-18', 'PP', '{"type": "site-sensible", "etat": "actif"}', 'x')`.execute(
      app().base.owner,
    );
    return {
      url: '/alertes/consignes/diffuser/vigilance',
      champs: { autorite: 'PP', ordonnee_jour: jourDans(-1), ordonnee_heure: '10:00', territoire: 'mairie-18', precision: '', exercice: '' },
      table: 'consigne_diffusions',
    };
  },
});
