/** A server whose clock is moved by hand, with what an alert needs around it: services that receive, letters read as their reader would. */
import { sql } from 'kysely';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { courriels } from '../../../tests/support/courriels.ts';
import { ouvrirRecepteur } from '../../../tests/support/recepteurs.ts';
import { PARIS } from '../../../tests/support/template.ts';
import { dansLeFuseau } from '../../core/fuseau.ts';
import { creerInscrit } from './alertes.fixtures.ts';
import { avancer } from './envois/horloge.ts';
import { expedierMessages } from './envois/passerelles.ts';
import { getReglement } from './reglement/reglement.ts';
import type { Reglement } from './reglement/reglement.schema.ts';

export const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
export const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
export const AU_12E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-12' };
export const PAV: Qui = { comme: 'association', organisation: 'PAV', territoire: 'mairie-18' };
export const AGENT_18: Qui = { comme: 'agent', organisation: 'VILLE', territoire: 'mairie-18' };
export const RIXE = { palier: 'rixe', genre: 'rixe', territoire: '7511801', lieu: 'Place Hébert', faits: 'Deux groupes d’une dizaine de jeunes' };
const ADRESSE = 'http://concorde.exemple';

export async function ouvrirMonde(debut: Date) {
  let maintenant = debut;
  const recepteur = await ouvrirRecepteur();
  const reglages = { smsUrl: `${recepteur.adresse}/sms`, pushHotes: ['127.0.0.1'], vapid: null };
  const app: AppDeTest = await ouvrirApp({ horloge: () => maintenant, services: { alertes: reglages } });
  const reglement = (await getReglement(PARIS)) as Reglement;
  const lire = async <L>(q: ReturnType<typeof sql<L>>): Promise<L[]> => (await q.execute(app.base.owner)).rows;
  const lettres = async (id: string) => (await courriels(app)).filter((c) => c.objet.startsWith(`/alertes/${id}`)).map((c) => ({ ...c, destinataire: c.pour }));
  return {
    app,
    recepteur,
    reglement,
    lire,
    /** In the order in which they were written. */
    lettres,
    maintenant: () => maintenant,
    aller: (quand: Date) => {
      maintenant = quand;
    },
    plus: (minutes: number) => {
      maintenant = new Date(maintenant.getTime() + minutes * 60_000);
    },
    inscrit: (o: Parameters<typeof creerInscrit>[2]) => creerInscrit(app.base.owner, app.contratId, o),
    vider: () => sql`update alerte_inscrits set retire_le = now() where retire_le is null`.execute(app.base.owner),
    /** The mail server takes what waits, now. */
    poster: () =>
      sql`update courriels set etat = 'envoye', envoye_le = ${maintenant} where etat = 'attente' and objet like '/alertes/%'`.execute(app.base.owner),
    refuser: (destinataire: string, id: string) =>
      lettres(id).then((l) =>
        sql`update courriels set etat = 'echec' where etat = 'attente' and objet = any(${l.filter((x) => x.destinataire === destinataire).map((x) => x.objet)}::text[])`.execute(
          app.base.owner,
        ),
      ),
    tic: () =>
      dansLeFuseau(app.catalogue.contrat.fuseau, () =>
        avancer({ db: app.db, contrat: { id: app.contratId, slug: 'paris-2023-2026' }, maintenant }, { reglement, coffre: app.coffre, adresse: ADRESSE }),
      ),
    expedier: () => expedierMessages(app.db, { contratId: app.contratId, coffre: app.coffre, adresse: ADRESSE, reglages, maintenant: () => maintenant }),
    /** Its id. */
    ecrire: async (champs: Record<string, string>, qui: Qui | string = AU_18E): Promise<string> => {
      const r = await app.post('/alertes/nouvelle', champs, qui);
      if (r.statusCode !== 303) throw new Error(`${r.statusCode} ${String(r.body.match(/govuk-error-message[^>]*>[^<]*/g))}`);
      return String(r.headers.location).split('/').pop() ?? '';
    },
    lienDe: (texte: string): string => /http:\/\/concorde\.exemple(\/\S+)/.exec(texte)?.[1] ?? '',
    etat: async (id: string) => (await lire(sql<{ etat: string; validation: string }>`select etat, validation from alertes where id = ${id}::uuid`))[0],
    fil: async (id: string) =>
      (await lire(sql<{ acte: string; texte: string }>`select acte, texte from alerte_evenements where alerte_id = ${id}::uuid order by rang`)).map(
        (e) => e.acte,
      ),
    /** What a page says, without its marks. */
    dit: (body: string): string =>
      body
        .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
        .replace(/<[^>]+>/g, ' ')
        .replace(/[\s\u00a0\u202f]+/g, ' '),
    close: async () => {
      await app.close();
      await recepteur.close();
    },
  };
}
export type Monde = Awaited<ReturnType<typeof ouvrirMonde>>;
