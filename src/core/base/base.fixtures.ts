/** A base that is none: what reaches PostgreSQL, by connection, and what it does of it. */
import type pg from 'pg';
import { laisserPasser } from '../../../tests/support/attente.ts';
import type { OptionsConnexion } from './connexion.ts';
import { fromPool } from './database.ts';

/** `null`: done; a number: done after so many milliseconds. */
type Repondre = (texte: string, connexion: number) => Error | 'jamais' | number | null;
interface Question {
  text: string;
  submit?(connexion: object): void;
  callback?(e: Error | null, r?: unknown): void;
}
const reponseA = (texte: string) => ({ command: (texte.trim().split(/[\s;]/)[0] ?? '').toUpperCase(), rows: [], rowCount: 0 });

export function fausseBase(repondre: Repondre = () => null, o: OptionsConnexion = { nommees: true }) {
  const dits: string[] = [];
  /** Of what was said, what was done: the first that fails stops what is of the same exchange. */
  const faits: string[] = [];
  const compte = { prises: 0, rendues: 0, ouvertes: 0, auPlus: 0 };
  const libres: object[] = [];
  const ouvrir = (n: number): object => {
    const perdues: ((e: Error) => void)[] = [];
    /** Of this exchange. */
    let textes: string[] = [];
    const noms = new Map<string, string>();
    let dernier = '';
    const connection = {
      stream: { cork() {}, uncork() {}, destroy: (e = new Error('fermée')) => perdues.splice(0).forEach((perdre) => void perdre(e)) },
      parsedStatements: {},
      submittedNamedStatements: {},
      parse({ name, text }: { name?: string; text: string }) {
        dernier = text;
        if (name) noms.set(name, text);
      },
      bind(b: { statement?: string; values: unknown[]; valueMapper(v: unknown): unknown }) {
        b.values.map((v) => b.valueMapper(v));
        textes.push(b.statement ? (noms.get(b.statement) ?? '') : dernier);
      },
      describe() {},
      execute() {},
      close() {},
      sync() {},
    };
    const faire = async (exchange: readonly string[]): Promise<unknown[]> => {
      const reponses: unknown[] = [];
      dits.push(...exchange.map((texte) => `${n} ${texte.trim()}`));
      for (const texte of exchange) {
        const dite = repondre(texte, n);
        await new Promise<void>((passe, perdre) => {
          perdues.push(perdre);
          if (dite !== 'jamais') void laisserPasser(typeof dite === 'number' ? dite : 2).then(passe);
        });
        if (dite instanceof Error) throw dite;
        faits.push(`${n} ${texte.trim()}`);
        reponses.push(reponseA(texte));
      }
      return reponses;
    };
    const client = {
      connection,
      query(q: Question) {
        if (!q.submit) return faire([q.text]).then(([r]) => r);
        textes = [];
        q.submit(connection);
        return void faire(textes).then(
          (r) => q.callback?.(null, r),
          (e: Error) => q.callback?.(e),
        );
      },
      release(e?: Error | boolean) {
        compte.rendues += 1;
        if (!e) libres.push(client);
      },
    };
    return client;
  };
  const pool: Pick<pg.Pool, 'end'> & { connect(): Promise<unknown> } = {
    async connect() {
      compte.prises += 1;
      compte.auPlus = Math.max(compte.auPlus, compte.prises - compte.rendues);
      return libres.pop() ?? ouvrir(++compte.ouvertes);
    },
    end: async () => {},
  };
  return { db: fromPool(pool as pg.Pool, o), dits, faits, compte };
}
