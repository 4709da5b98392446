/** What becomes of a letter received: read outside any transaction, handled and noted in one, once whatever the number of jobs. */
import { createAudit, ecrireAudit, type Auditer, type EntreeAudit } from '../trace/audit.ts';
import type { Coffre } from '../coffre.ts';
import { horloge } from '../clock.ts';
import { type Db, inTransaction } from '../base/database.ts';
import type { ContratServi } from '../http/http.ts';
import type { Tache } from '../jobs/jobs.ts';
import type { Rendezvous } from '../jobs/rendezvous.ts';
import { lireAdresse, lireEntetes } from './enveloppe.rules.ts';
import { type Lettre, lireLettre } from './lettre.ts';
import { type CourrielRecu, finirRecu, getRecu, listAttente, noterEchec, prendreRecu } from './recus.queries.ts';

export const GENRE_RECU = 'courriel-recu';

export interface LettreRecue extends Lettre {
  id: string;
  /** What stands after `+`; empty without one. */
  etiquette: string;
  /** Signed by who sent it, as its envelope says: an answer goes to nobody else. */
  signee: boolean;
}
export interface OutilsDeReception {
  /** To read: what is written goes by the transaction. */
  db: Db;
  contrat: ContratServi;
  coffre: Coffre;
  /** Public address of the platform. */
  adresse: string;
  /** Folder of the contract served. */
  dossierContrat: string;
  /** What stands after `@` in the addresses that are received. */
  domaine: string;
  maintenant: Date;
}
/** Writes, answers, and says in a few words what became of the letter: nothing of what it says. */
export type Suite = (t: { tx: Db; auditer: Auditer }) => Promise<string>;
/** What a module receives by mail. */
export interface Reception {
  /** What stands before `+` or `@`: « collecte ». */
  boite: string;
  /** Whether this tag is of somebody: asked before anything of a letter is taken, so cheap, and its form first. */
  connait: (o: Pick<OutilsDeReception, 'db' | 'contrat' | 'coffre' | 'dossierContrat'>, etiquette: string) => Promise<boolean>;
  recevoir: (o: OutilsDeReception, l: LettreRecue) => Promise<Suite>;
}

export interface OptionsTraitement extends Omit<OutilsDeReception, 'db' | 'maintenant'> {
  receptions: readonly Reception[];
  horloge?: () => Date;
}

const ESSAIS_MAX = 5;
const maintenantDe = (o: OptionsTraitement): Date => (o.horloge ?? horloge)();

/** True when this letter was waiting and is now handled. */
async function traiter(db: Db, o: OptionsTraitement, id: string): Promise<boolean> {
  const { contrat } = o;
  const recu = await getRecu(db, contrat.id, id);
  if (!recu) return false;
  try {
    const suite = await lire(db, o, recu);
    return await inTransaction(db, { contratId: contrat.id }, async (tx) => {
      if (!(await prendreRecu(tx, contrat.id, id))) return false;
      const entrees: EntreeAudit[] = [];
      const issue = await suite({ tx, auditer: createAudit({ utilisateur: null, quand: maintenantDe(o), adresse: null }, entrees) });
      await finirRecu(tx, contrat.id, id, issue);
      await ecrireAudit(tx, contrat.id, entrees);
      return true;
    });
  } catch (e) {
    await inTransaction(db, { contratId: contrat.id }, (tx) => noterEchec(tx, contrat.id, id, ESSAIS_MAX));
    throw e;
  }
}

async function lire(db: Db, o: OptionsTraitement, recu: CourrielRecu): Promise<Suite> {
  const contenu = recu.contenu ?? Buffer.alloc(0);
  const a = lireAdresse(lireEntetes(contenu).get('delivered-to') ?? '', o.domaine);
  const reception = o.receptions.find((r) => r.boite === a?.boite);
  if (!a || !reception) return async () => 'adresse qui n’est plus reçue';
  const lue = await lireLettre(contenu, recu.expediteur);
  const lettre = { ...lue, id: recu.id, etiquette: a.etiquette, signee: lue.de !== '' && lue.de.toLowerCase() === recu.expediteur.toLowerCase() };
  return reception.recevoir({ ...o, db, maintenant: maintenantDe(o) }, lettre);
}

export const tacheDesRecus = (o: OptionsTraitement): Tache => ({
  genre: GENRE_RECU,
  executer: async ({ db, charge }) => ({ traite: await traiter(db, o, String(charge.id)) }),
});

/** What a job left behind: the process that had it was killed, or it failed. */
export const rendezvousDesRecus = (o: OptionsTraitement): Rendezvous => ({
  code: 'courriels-recus',
  libelle: 'Courriels reçus',
  quand: '*/10 * * * *',
  executer: async ({ db }) => {
    let [faits, echecs] = [0, 0];
    for (const id of await listAttente(db, o.contrat.id))
      await traiter(db, o, id).then(
        (fait) => {
          faits += fait ? 1 : 0;
        },
        (e: Error) => {
          echecs++;
          process.stderr.write(`courrier reçu : ${e.name} en traitant ${id}\n`);
        },
      );
    return echecs > 0 ? `${faits} traités, ${echecs} à reprendre` : faits > 0 ? `${faits} repris` : 'rien n’attendait';
  },
});
