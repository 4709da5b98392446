/** Statements that leave as one and are answered as one: the server says it is ready once, after the last. The first that fails stops those behind it. */
import pg from 'pg';

/** What is asked of PostgreSQL, with the name under which the connection knows it, if any. One statement. */
export interface Demande {
  name?: string;
  text: string;
  values: unknown[];
}
export type Reponse = Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>;
type Erreur = Error | null | undefined;

/** Something that cannot be written for PostgreSQL: nothing behind it left, above all no commit. */
export class Inecrivable extends Error {}

class Paquet extends pg.Query {
  constructor(demandes: readonly Demande[], repondre: (erreur: Erreur, reponses: unknown) => void) {
    let refus: Error | undefined;
    super({ text: '' }, (e: Error | undefined, reponses: unknown) => repondre(refus ?? e, reponses));
    this.submit = (connexion) => {
      // Each writes itself as `pg` does it, but for the end of an exchange of its own.
      const ouverte: typeof connexion = Object.create(connexion, { sync: { value: () => {} } });
      for (const d of demandes) {
        const extended: pg.QueryConfig & Record<'queryMode', 'extended'> = { ...d, queryMode: 'extended' };
        const refuse: unknown = new pg.Query(extended, (e) => {
          refus = new Inecrivable(e?.message, { cause: e });
        }).submit(ouverte);
        if (refuse instanceof Error) refus = new Inecrivable(refuse.message, { cause: refuse });
        if (refus) break;
      }
      connexion.sync();
    };
  }
}

/** Names that a connection knows, and those that it is being told: kept by `pg`. */
export interface Noms {
  parsedStatements: Readonly<Record<string, string | undefined>>;
  submittedNamedStatements: Record<string, string | undefined>;
}
/** Tells a name to the connection, and does nothing of it. */
class Preparation extends pg.Query {
  constructor(name: string, text: string, dites: Noms['submittedNamedStatements'], repondre: (erreur: Erreur) => void) {
    super({ name, text }, repondre);
    this.submit = (connexion) => {
      connexion.parse({ name, text, types: [] }, false);
      dites[name] = text;
      connexion.sync();
    };
  }
}

const promettre = <T>(client: { query(p: pg.Query): unknown }, poser: (repondre: (e: Erreur, r?: unknown) => void) => pg.Query): Promise<T> =>
  new Promise((rendre, echouer) => {
    client.query(poser((e, r) => (e ? echouer(e) : rendre(r as T))));
  });

/** The answer of the last; throws what made the first of them fail. Names that the connection does not know leave ahead, none of them doing anything. */
export async function envoyerEnsemble(client: { query(p: pg.Query): unknown; connection: Noms }, demandes: readonly Demande[]): Promise<Reponse> {
  const { parsedStatements, submittedNamedStatements: dites } = client.connection;
  const preparees: Promise<void>[] = [];
  for (const { name, text } of demandes)
    if (name !== undefined && parsedStatements[name] === undefined && dites[name] === undefined)
      preparees.push(promettre(client, (repondre) => new Preparation(name, text, dites, repondre)));
  const reponse = promettre<Reponse | Reponse[]>(client, (repondre) => new Paquet(demandes, repondre));
  // Of several failures, the first is the cause.
  if (preparees.length > 0) for (const p of await Promise.allSettled([...preparees, reponse])) if (p.status === 'rejected') throw p.reason;
  const reponses = await reponse;
  return Array.isArray(reponses) ? (reponses.at(-1) as Reponse) : reponses;
}
