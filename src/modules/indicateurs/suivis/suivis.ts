/** Following figures of a contract, with their state, for whoever works on it. */
import { lireEnsemble, type Db } from '../../../core/base/database.ts';
import type { Catalogue, Suivi } from '../../contrats/index.ts';
import type { Chiffre } from '../chiffres.rules.ts';
import { getFigures } from '../chiffres.ts';
import { getFormulaire } from '../formulaires.ts';
import { getContributions } from '../saisie/contributions.ts';
import { lireFigees } from '../signature/verrous.garde.ts';
import { lirePart } from './parts.rules.ts';

export interface SuiviLu {
  suivi: Suivi;
  annee: Chiffre;
  /** The year before. */
  avant: Chiffre;
}

/** The proof of a year: its own, or that of the measure of which it is a part. */
export const preuveDe = (s: Suivi, annee: number): string => `/chiffres/${s.partDe?.mesure ?? s.id}?periode=${annee}`;

/** Cells and totals for those that have a proof, contributions in force of the few measures that others are a part of. */
export async function getSuivis(db: Db, c: Catalogue, suivis: readonly Suivi[], q: { annee: number; aujourdhui: string }): Promise<SuiviLu[]> {
  const annees = [String(q.annee), String(q.annee - 1)] as const;
  const propres = suivis.filter((s) => s.partDe === null);
  const desParts = [...new Set(suivis.flatMap((s) => s.partDe?.mesure ?? []))].flatMap((id) => c.mesures.get(id) ?? []);
  const f = await getFormulaire(db, c.contratId);
  const racine = c.racine.id;
  const [figures, figees, parts] = await lireEnsemble(db, [
    () =>
      getFigures(db, c.contratId, f, {
        mesures: propres.map((s) => s.id),
        periodes: annees,
        territoireId: racine,
        aire: null,
        ensemble: 'recent',
        aujourdhui: q.aujourdhui,
      }),
    () => lireFigees(db, c, q.aujourdhui),
    () => lireContributions(db, c, desParts, annees),
  ]);
  return suivis.flatMap((s): SuiviLu[] => {
    const lire = (annee: string): Chiffre | undefined => {
      const m = s.partDe && c.mesures.get(s.partDe.mesure);
      if (!s.partDe || !m) return figures.get(annee)?.get(s.id);
      const figee = (debiteur: string) => figees({ mesureId: m.id, periode: annee, debiteur });
      return lirePart(m, s.partDe, parts.get(`${m.id}|${annee}`) ?? [], { annee, aujourdhui: q.aujourdhui, figee });
    };
    const [annee, avant] = [lire(annees[0]), lire(annees[1])];
    return annee && avant ? [{ suivi: s, annee, avant }] : [];
  });
}

type Contributions = NonNullable<Awaited<ReturnType<typeof getContributions>>>['lignes'];
async function lireContributions(db: Db, c: Catalogue, mesures: readonly Parameters<typeof getContributions>[2][], annees: readonly string[]) {
  const demandes = mesures.flatMap((m) => annees.map((periode) => ({ m, periode })));
  const lues = await lireEnsemble(
    db,
    demandes.map(
      ({ m, periode }) =>
        () =>
          getContributions(db, c, m, { periode, territoireId: c.racine.id, partenaire: true }),
    ),
  );
  return new Map<string, Contributions>(demandes.map(({ m, periode }, i) => [`${m.id}|${periode}`, lues[i]?.lignes ?? []]));
}
