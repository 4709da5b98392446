/** Seats that follow the directory: whatever happens to terms, whoever should sit that day does, and what is past stays. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plusJours } from '../echeances/index.ts';
import { accorderLesSieges, surLesPlaces, type Tenue } from './sieges.rules.ts';

const jourDe = (n: number) => plusJours('2026-01-01', n);
const JOURS = 90;
const couvre = (s: { debut: string; fin: string | null }, k: number) => s.debut <= jourDe(k) && (s.fin === null || s.fin >= jourDe(k));

interface Nomme {
  id: string;
  role: string;
  /** Named for the place itself, or for one that holds it. */
  ici: boolean;
  debut: number;
  fin: number | null;
}
/** Who should sit that day by that role, read from the directory. */
function attendus(annuaire: readonly Nomme[], role: string, k: number): string[] {
  const la = annuaire.filter((r) => r.role === role && r.debut <= k && (r.fin === null || r.fin >= k));
  const siens = la.filter((r) => r.ici);
  return (siens.length > 0 ? siens : la).map((r) => r.id).sort();
}
/** The same as runs of days; who is there on the last day of the horizon stays. */
const enSuites = (annuaire: readonly Nomme[]): Tenue[] =>
  ['a', 'b'].flatMap((roleReferents) =>
    annuaire.flatMap(({ id }) => {
      const suites: Tenue[] = [];
      for (let k = 0; k <= JOURS; k++) {
        if (!attendus(annuaire, roleReferents, k).includes(id)) continue;
        const derniere = suites.at(-1);
        const fin = k === JOURS ? null : jourDe(k);
        if (derniere && derniere.fin === jourDe(k - 1)) derniere.fin = fin;
        else suites.push({ referentId: id, roleReferents, debut: jourDe(k), fin });
      }
      return suites;
    }),
  );

const terme = { debut: fc.integer({ min: 0, max: 50 }), duree: fc.option(fc.integer({ min: 0, max: 25 })) };
/** Of one of those named: named, corrected whole, or taken away. */
const evenement = fc.record({
  ...terme,
  dans: fc.integer({ min: 0, max: 6 }),
  qui: fc.integer({ min: 0, max: 3 }),
  role: fc.constantFrom('a', 'a', 'a', 'b'),
  ici: fc.boolean(),
  retire: fc.integer({ min: 0, max: 5 }).map((x) => x === 0),
});

test('quelle que soit la suite des successions, des trous et des corrections, siègent chaque jour ceux qui doivent, et rien de passé n’est récrit ni ôté', () => {
  fc.assert(
    fc.property(fc.array(evenement, { minLength: 1, maxLength: 9 }), (evenements) => {
      let sieges: (Tenue & { id: number })[] = [];
      let annuaire: Nomme[] = [];
      let n = 0;
      for (const e of evenements) {
        n += e.dans;
        const id = String(e.qui);
        const nomme = { id, role: e.role, ici: e.ici, debut: e.debut, fin: e.duree === null ? null : e.debut + e.duree };
        annuaire = [...annuaire.filter((r) => r.id !== id), ...(e.retire ? [] : [nomme])];
        const avant = sieges;
        const voulus = enSuites(annuaire);
        const { ouvrir, ecrire, finir } = accorderLesSieges(sieges, voulus, jourDe(n));
        const ecrits = new Map<number, Partial<Tenue>>([
          ...ecrire.map(({ siege, voulu }) => [siege.id, voulu] as const),
          ...finir.map(({ siege, ...jours }) => [siege.id, jours] as const),
        ]);
        sieges = [...sieges.map((s) => ({ ...s, ...ecrits.get(s.id) })), ...ouvrir.map((v, i) => ({ ...v, id: avant.length + i }))];
        // None is gone, none is another's.
        const ids = (la: typeof sieges) => la.map((s) => [s.id, s.referentId, s.roleReferents]);
        expect(ids(sieges).slice(0, avant.length)).toEqual(ids(avant));
        const fautes: unknown[] = [];
        const verifier = (quoi: readonly unknown[], ...[vu, voulu]: [unknown[], unknown[]]) => `${vu}` === `${voulu}` || fautes.push([...quoi, vu, voulu]);
        for (const role of ['a', 'b'])
          for (let k = 0; k < JOURS; k++) {
            const la = sieges.filter((s) => s.roleReferents === role && couvre(s, k));
            const doivent = attendus(annuaire, role, k);
            const alors = avant.filter((s) => s.roleReferents === role && couvre(s, k)).map((s) => s.id);
            const quoi = [`jour ${k}, événement du jour ${n}`, role];
            if (k >= n) verifier(quoi, la.map((s) => s.referentId).sort(), doivent);
            // Only days on which nobody had been written to sit are filled, by who did.
            else if (alors.length === 0)
              verifier(
                quoi,
                la.map((s) => s.referentId).sort(),
                doivent.filter((x) => la.some((s) => s.referentId === x)),
              );
            else
              verifier(
                quoi,
                la.map((s) => s.id),
                alors,
              );
          }
        expect(fautes).toEqual([]);
        // What is written once is not written again.
        const encore = accorderLesSieges(sieges, voulus, jourDe(n));
        expect([encore.ouvrir, encore.finir, encore.ecrire.filter(({ siege, voulu }) => siege.debut !== voulu.debut || siege.fin !== voulu.fin)]).toEqual([
          [],
          [],
          [],
        ]);
      }
    }),
    { numRuns: 150 },
  );
});

test('un référent ne siège que les jours où une place de son rôle est ouverte, sans se lever quand l’une succède à l’autre', () => {
  const t = { referentId: 'x', roleReferents: 'a', debut: jourDe(10), fin: null };
  const place = (ordre: number, debut: number, fin: number | null) => ({
    roleReferents: 'a',
    ordre,
    debut: jourDe(debut),
    fin: fin === null ? null : jourDe(fin),
  });
  const dire = (places: ReturnType<typeof place>[]) => surLesPlaces(t, places, jourDe(30)).map((x) => [x.terme.debut, x.terme.fin, x.place.ordre]);
  expect(dire([place(1, 0, null)])).toEqual([[jourDe(10), null, 1]]);
  expect(dire([place(1, 0, 25), place(2, 26, 40)])).toEqual([[jourDe(10), jourDe(40), 2]]);
  expect(dire([place(1, 0, 25), place(2, 28, null)])).toEqual([
    [jourDe(10), jourDe(25), 1],
    [jourDe(28), null, 2],
  ]);
  expect(dire([place(1, 0, 9)])).toEqual([]);
  expect(surLesPlaces(t, [{ ...place(1, 0, null), roleReferents: 'b' }], jourDe(30))).toEqual([]);
});
