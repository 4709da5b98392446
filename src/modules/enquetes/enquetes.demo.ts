/**
 * Waves of the demonstration, from `contrats/<slug>/demonstration/enquetes.yaml`: answers drawn from a seed, read and counted as those of people
 * are, then the wave closed and its figure validated by the acts of a real one. Without the file, none is made.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { horloge, instantDe } from '../../core/clock.ts';
import type { Utilisateur } from '../../core/authorize.ts';
import type { Db } from '../../core/base/database.ts';
import { createAudit, ecrireAudit, type EntreeAudit } from '../../core/trace/audit.ts';
import type { Profils } from '../../core/module.ts';
import { listComptes } from '../comptes/index.ts';
import type { Catalogue } from '../contrats/index.ts';
import { listVersionsCourantes, tenirLesAns, validerContributions } from '../indicateurs/index.ts';
import { listEnquetes } from './definition/definitions.ts';
import { type Enquete, type Question, questionsDe, valeursDe } from './definition/definition.schema.ts';
import { lireReponse, type Saisie } from './repondre/reponse.rules.ts';
import { cloreVague } from './vagues/cloture.ts';
import { addVague, compterReponses, getVague } from './vagues/vagues.queries.ts';

const vaguesSchema = z.array(
  z.strictObject({
    enquete: z.string(),
    pour: z.string(),
    territoire: z.string(),
    periode: z.string(),
    debut: z.iso.date(),
    fin: z.iso.date(),
    close_le: z.iso.date(),
    validee_le: z.iso.date(),
    invites: z.number().int().positive(),
    reponses: z.number().int().positive(),
    /** Weights of the answers to a question, in their order; drawn where left out. */
    poids: z.record(z.string(), z.array(z.number().positive()).min(2)).default({}),
    /** Addresses of the demonstration's people: who led it, who validated its figure. */
    par: z.string(),
    validee_par: z.string(),
  }),
);
export const lireVaguesDemo = (profils: Profils) => profils.lire('enquetes', vaguesSchema) ?? [];

/** A number in [0, 1) that depends only on its words. */
const hasard = (...mots: readonly (string | number)[]): number => createHash('sha256').update(mots.join('|')).digest().readUInt32BE(0) / 2 ** 32;

/** What one invented person answers: each question has answers that are more often given than others; few leave one out. */
function repondre(e: Enquete, graine: number, qui: number, poids: Readonly<Record<string, readonly number[]>>): Saisie {
  const tirer = (q: Question): string[] => {
    if (q.type === 'texte' || (!q.obligatoire && hasard(graine, e.code, qui, q.code, 'sans') < 0.06)) return [];
    if (q.type === 'nombre') return [String(q.min + Math.floor((q.max - q.min + 1) * hasard(graine, e.code, qui, q.code) ** 3))];
    const options = valeursDe(q).map((o, i) => ({ code: o.code, poids: poids[q.code]?.[i] ?? 0.3 + hasard(graine, e.code, q.code, o.code) }));
    if (q.type === 'plusieurs') return options.filter((o) => hasard(graine, e.code, qui, q.code, o.code) < o.poids / 3).map((o) => o.code);
    const tire = hasard(graine, e.code, qui, q.code) * options.reduce((t, o) => t + o.poids, 0);
    const rang = options.findIndex((_, i) => options.slice(0, i + 1).reduce((t, o) => t + o.poids, 0) > tire);
    return [options[rang]?.code ?? ''];
  };
  return new Map(questionsDe(e).map((q) => [q.code, tirer(q)]));
}

interface Options {
  profils: Profils;
  dossier: string;
  graine: number;
  aujourdhui: string;
}
/** Returns how many waves were made; none that was validated on a day still to come. */
export async function genererVaguesDemo(tx: Db, c: Catalogue, o: Options): Promise<number> {
  const dites = lireVaguesDemo(o.profils).filter((v) => v.validee_le <= o.aujourdhui);
  if (dites.length === 0) return 0;
  const enquetes = await listEnquetes(o.dossier);
  const { ouverts: comptes } = await listComptes(tx, c.contratId, horloge());
  const moment = (jour: string): Date => instantDe(jour, '10:00', c.contrat.fuseau) ?? new Date(`${jour}T12:00:00Z`);
  for (const d of dites) {
    const [e, par, validePar] = [enquetes.get(d.enquete), ...[d.par, d.validee_par].map((x) => comptes.find((u) => u.courriel === x))] as const;
    if (!e || !par || !validePar) throw new Error(`enquetes.yaml : enquête ou personne inconnue (${d.enquete}, ${d.par}, ${d.validee_par}).`);
    const neuve = {
      periode: d.periode,
      debiteur: d.pour,
      territoireId: d.territoire,
      debut: d.debut,
      fin: d.fin,
      acces: 'ouvert',
      tirage: 'volontaires',
    } as const;
    const id = await addVague(tx, c.contratId, e, { ...neuve, invites: d.invites }, par, moment(d.debut));
    const lues = Array.from({ length: d.reponses }, (_, qui) => lireReponse(e, repondre(e, o.graine, qui, d.poids), 'fr'));
    await compterReponses(
      tx,
      c.contratId,
      id,
      lues.flatMap((r) => (r.ok ? [r.reponse] : [])),
    );
    const v = await getVague(tx, c.contratId, id, true);
    if (!v) continue;
    const entrees: EntreeAudit[] = [];
    const acte = (utilisateur: Utilisateur, jour: string) => {
      const maintenant = moment(jour);
      // Its journal is that of a real one, told as fictive.
      return { db: tx, contrat: { id: c.contratId, slug: '' }, maintenant, auditer: createAudit({ utilisateur, quand: maintenant, adresse: null }, entrees) };
    };
    const mesures = await cloreVague(acte(par, d.close_le), c, v, par, '');
    const courantes = await listVersionsCourantes(tx, c.contratId, { mesures, periodes: [d.periode] });
    for (const mesureId of mesures) {
      const siennes = [...courantes.values()].filter((x) => x.mesureId === mesureId && x.debiteur === d.pour && x.territoireId === d.territoire);
      await tenirLesAns(acte(validePar, d.validee_le), [{ mesureId, periode: d.periode }]);
      await validerContributions(acte(validePar, d.validee_le), c, mesureId, siennes, validePar);
    }
    await ecrireAudit(
      tx,
      c.contratId,
      entrees.map((x) => ({ ...x, details: { ...x.details, demonstration: true } })),
    );
  }
  return dites.length;
}
