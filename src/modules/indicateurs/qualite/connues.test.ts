import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { casesDe, cellulesDe, genreDe, lireCle, periodesSaisies } from '../saisie/grain.rules.ts';
import { lireConnues, lireToutesConnues } from './qualite.queries.ts';
import { cleDeCellule, type Proposee } from './qualite.types.ts';
import { verifierLot } from './verifier.rules.ts';

/** The same numbers at each run, with nothing regular in them. */
function hasard(graine: number): (n: number) => number {
  let x = graine;
  return (n) => {
    x = (x + 0x6d2b79f5) | 0;
    let t = Math.imul(x ^ (x >>> 15), 1 | x);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
  };
}
/** Measures that rules compare, one that is given by place, one by parts. */
const MESURES = ['1.2-02a', '1.2-02b', '2.6-01', '2.1-01a', '2.2-04', '2.3-01a', '3.6-16a', '3.10-04', '2.7-02a'];
const ANS = ['2022', '2023', '2024', '2025'];

/** Some of all that could be said of these measures, in these years. */
function tirer(c: Catalogue, ans: readonly string[], un: number, graine: number): Proposee[] {
  const au = hasard(graine);
  const dites = MESURES.flatMap((id) => {
    const m = c.mesures.get(id);
    if (!m || m.obtention === 'calcul' || genreDe(m) !== 'nombre') return [];
    // A total may be given beside its places.
    const ensemble = m.aupres.map((debiteur) => ({ debiteur, territoireId: c.racine.id }));
    return [...casesDe(m, c), ...ensemble].flatMap((place) =>
      ans
        .flatMap((a) => periodesSaisies(m, a))
        .flatMap((periode) =>
          cellulesDe(m).flatMap((cellule): Proposee[] => {
            if (au(un) !== 0) return [];
            const etat = au(80) === 0 ? 'secret' : au(30) === 0 ? 'sans_objet' : 'valeur';
            return [{ mesureId: id, ...place, periode, ventilation: cellule.cle, etat, nombre: etat === 'valeur' ? au(au(5) === 0 ? 900 : 40) : null }];
          }),
        ),
    );
  });
  return [...new Map(dites.map((x) => [cleDeCellule(x), x])).values()];
}

describe('Ce qui est lu pour vérifier un lot', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
    const lignes = tirer(app.catalogue, ANS, 2, 7).map((x) => ({ ...x, ventilation: lireCle(x.ventilation) }));
    await sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, ventilation, version, etat, valeur, source, saisi_par,
        saisi_par_organisation, saisi_le)
      select ${app.contratId}, x."mesureId", x.periode, x."territoireId", x.debiteur, x.ventilation, 1, x.etat, x.nombre, 'Reprise', 'Reprise', x.debiteur, now()
      from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as x ("mesureId" text, periode text, "territoireId" text, debiteur text, ventilation jsonb,
        etat text, nombre numeric)`.execute(app.base.owner);
  });
  afterAll(() => app.close());

  test('est moins que tout, et dit les mêmes avertissements que tout', async () => {
    const c = app.catalogue;
    const toutes = await lireToutesConnues(app.base.owner, c);
    const regles = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const tires = tirer(c, [ANS[i % ANS.length] ?? ''], 6, 100 + i);
      // By turns one measure alone, or some of all.
      const lot = i % 3 === 0 ? tires : tires.filter((x) => x.mesureId === MESURES[i % MESURES.length]).slice(0, 12);
      const connues = await lireConnues(app.base.owner, c, lot);
      const dits = verifierLot(c, lot, connues);
      expect([i, dits]).toEqual([i, verifierLot(c, lot, toutes)]);
      expect(connues.contributions.length).toBeLessThan(toutes.contributions.length);
      for (const a of dits) regles.add(a.regle);
    }
    // Rules of series, of sums and of comparison were all met.
    for (const r of ['variation-forte', 'valeur-atypique', 'zero-inconnu', 'somme-des-lieux', 'total-des-parts', 'eleves-signales-deux-fois'])
      expect([r, regles.has(r)]).toEqual([r, true]);
  });
});
