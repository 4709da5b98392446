/**
 * The search box over the contract, a million records, decisions and sessions: its statements, against the bare reads of the same indexes,
 * as the owner. A rare word, a frequent one, and one mistyped.
 */
import { sql } from 'kysely';
import { HOUSE } from '../src/modules.ts';
import { apprendreMots, lireRequete, rechercher } from '../src/modules/contrats/index.ts';
import { type Contexte, COORDINATRICE, lirePage, mediane, tourATour } from './contexte.ts';

const MOTS = [
  ['', 'rixes'],
  ['-frequente', 'session'],
  ['-rare', 'radicalisation'],
  ['-faute', 'mediaton'],
] as const;

export async function mesurerRecherche(c: Contexte): Promise<void> {
  const e = await c.etabli(c.echelle);
  const { db, owner, contratId } = e;
  const registres = HOUSE.registres.map((r) => r.code);
  const t = performance.now();
  await apprendreMots(db, registres);
  c.noter('recherche-mots-appris', performance.now() - t, 'ms');
  await sql`vacuum analyze recherche_mots`.execute(owner);
  const temoin = await e.temoin(COORDINATRICE);
  for (const [suffixe, mot] of MOTS) {
    const lue = await lireRequete(db, mot);
    const requete = lue.stricte;
    const nue = () =>
      Promise.all([
        sql`select genre, id, titre from recherche where contrat_id = ${contratId} and vecteur @@ to_tsquery('concorde_fr', ${requete}) limit 30`.execute(
          owner,
        ),
        sql`select id, titre from activites where contrat_id = ${contratId} and recherche @@ to_tsquery('concorde_fr', ${requete}) limit 7`.execute(owner),
        sql`select id, libelle from decisions where contrat_id = ${contratId} and recherche @@ to_tsquery('concorde_fr', ${requete}) limit 7`.execute(owner),
        sql`select id, titre from seances where contrat_id = ${contratId} and recherche @@ to_tsquery('concorde_fr', ${requete}) limit 7`.execute(owner),
      ]);
    const ours = async () => {
      const lue = await lireRequete(db, mot);
      const mots = lue.stricte;
      await Promise.all([
        rechercher(db, contratId, mot, { parPage: 30, page: 1, genre: null, lue }),
        sql`select a.id, a.titre from chercher_activites(${mots}, ${registres}::text[], 7) t join activites a on a.contrat_id = ${contratId} and a.id = t.id`.execute(
          db,
        ),
        sql`select d.id, d.libelle from chercher_decisions(${mots}, 300) t join decisions d on d.contrat_id = ${contratId} and d.id = t.id limit 7`.execute(db),
        sql`select s.id, s.titre from chercher_seances(${mots}, 300) t join seances s on s.contrat_id = ${contratId} and s.id = t.id limit 7`.execute(db),
      ]);
    };
    const [siens = [], nus = []] = await tourATour(40, [ours, nue]);
    c.noter(`recherche${suffixe}-p50`, mediane(siens), 'ms');
    c.noter(`recherche${suffixe}`, mediane(siens) / mediane(nus), 'ratio');
    const [page = []] = await tourATour(20, [() => lirePage(`${e.adresse}/recherche?q=${mot}`, temoin)]);
    c.noter(`recherche${suffixe}-page-p50`, mediane(page), 'ms');
  }
}
