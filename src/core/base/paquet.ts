/** Statements that leave as one and are answered as one: the server says it is ready once, after the last. The first that fails stops those behind it. */
import pg from 'pg';

/** What is asked of PostgreSQL, with the name under which the connection knows it, if any. */
export interface Demande {
  name?: string;
  text: string;
  values: unknown[];
}
export type Reponse = Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>;

class Paquet extends pg.Query {
  constructor(demandes: readonly Demande[], repondre: (erreur: Error | null | undefined, reponses: unknown) => void) {
    let refus: Error | undefined;
    super({ text: '' }, (e: Error | undefined, reponses: unknown) => repondre(refus ?? e, reponses));
    this.submit = (connexion) => {
      // Each writes itself as `pg` does it, but for the end of an exchange of its own.
      const ouverte: typeof connexion = Object.create(connexion, { sync: { value: () => {} } });
      for (const d of demandes) {
        new pg.Query(d, (e) => {
          refus = e;
        }).submit(ouverte);
        // A value that cannot be written: nothing behind it leaves, above all no commit.
        if (refus) break;
      }
      connexion.sync();
    };
  }
}

/** The answer of the last; throws what made the first of them fail. None may be of several statements, nor be unknown to the connection by its name. */
export function envoyerEnsemble(client: { query(p: pg.Query): unknown }, demandes: readonly Demande[]): Promise<Reponse> {
  return new Promise((rendre, echouer) => {
    client.query(
      new Paquet(demandes, (e, reponses) => {
        if (e) echouer(e);
        else rendre((Array.isArray(reponses) ? reponses.at(-1) : reponses) as Reponse);
      }),
    );
  });
}
