import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCatalogue, type Catalogue } from '../../contrats/catalogue.ts';
import { lireContrat } from '../../contrats/contrats.files.ts';
import { type RegleDuContrat, regleSchema } from '../../contrats/qualite.schema.ts';
import { casesDe, cellulesDe, periodesSaisies } from '../saisie/grain.rules.ts';
import { estUnCompte } from '../saisie/valeur.rules.ts';
import { cleDeCellule, type Connue, type Connues, type Proposee } from './qualite.types.ts';
import { mesurerAtypie } from './serie.rules.ts';
import { nommePeutEtreQuelquun } from './personne.rules.ts';
import { litSeulement, verifierLot } from './verifier.rules.ts';

let paris: Catalogue;
beforeAll(async () => {
  paris = buildCatalogue(1, await lireContrat('contrats/paris-2023-2026'), new Map(), []);
});
const RIEN: Connues = { contributions: [], reponses: [] };
const sachant = (...contributions: Proposee[]): Connues => ({ contributions, reponses: [] });
/** A contribution of this measure; where and by whom as the measure has it. */
function dit(mesureId: string, nombre: number, plus: Partial<Proposee> = {}): Proposee {
  const m = paris.mesures.get(mesureId);
  const [premiere] = m ? casesDe(m, paris) : [];
  return { mesureId, debiteur: '?', territoireId: paris.racine.id, periode: '2025', ventilation: '', etat: 'valeur', ...premiere, nombre, ...plus };
}
const regles = (lot: Proposee[], connues: Connues = RIEN, c = paris) => verifierLot(c, lot, connues).map((a) => a.regle);
const avec = (...r: unknown[]): Catalogue => ({
  ...paris,
  regles: r.map((x) => regleSchema.parse({ raison: 'Parce que c’est vrai par définition.', ...(x as object) })),
});
const serie = (mesureId: string, nombres: number[], plus: Partial<Proposee> = {}) =>
  nombres.map((n, i) => dit(mesureId, n, { periode: `2025-${String(i + 1).padStart(2, '0')}`, ...plus }));

describe('Ce qu’un lot de chiffres enfreint', () => {
  test('par nature : un compte est entier, rien n’est négatif, une part ne passe pas cent', () => {
    expect(regles([dit('2.7-02a', 1.5)])).toEqual(['nombre-entier']);
    expect(regles([dit('2.7-02a', -1)])).toEqual(['pas-negatif']);
    expect(regles([dit('1.2-04b', 101)])).toEqual(['cent-au-plus']);
    expect(regles([dit('1.2-04b', 99.5), dit('2.2-10b', 6.5)])).toEqual([]);
    expect(verifierLot(paris, [dit('2.7-02a', 1.5)], RIEN)).toMatchObject([{ gravite: 'refus', mesure: '2.7-02a', valeur: 1.5 }]);
  });

  test('un « dont » ne passe pas son total, un total est la somme de ses parts, dès qu’ils se contredisent', () => {
    const dont = dit('1.2-06', 80, { ventilation: 'dispositif=codor' });
    expect(regles([dont], sachant(dit('1.2-06', 70)))).toEqual(['dont-au-plus-total']);
    expect(regles([dont], sachant(dit('1.2-06', 80)))).toEqual([]);
    const part = (v: string, n: number) => dit('3.10-04', n, { ventilation: `motif=${v}` });
    expect(regles([part('possession', 40)], sachant(dit('3.10-04', 100)))).toEqual([]);
    expect(regles([part('possession', 140)], sachant(dit('3.10-04', 100)))).toEqual(['total-des-parts']);
    expect(regles([part('possession', 40), part('revente', 50)], sachant(dit('3.10-04', 100)))).toEqual(['total-des-parts']);
    expect(regles([part('possession', 40), part('revente', 60)], sachant(dit('3.10-04', 100)))).toEqual([]);
  });

  test('dix-sept mairies et un total pour Paris : ils font la même somme, ou cela s’explique', () => {
    const mairies = paris.territoiresDeType('mairie').filter((t) => !t.jusqu_a);
    const lot = mairies.map((t) => dit('3.6-09b', 3, { territoireId: t.id }));
    const total = (n: number) => dit('3.6-09b', n, { territoireId: paris.racine.id });
    expect(regles([...lot, total(51)])).toEqual([]);
    const [a] = verifierLot(paris, [...lot, total(60)], RIEN);
    expect(a).toMatchObject({ regle: 'somme-des-lieux', territoire: 'paris', valeur: 60, reference: 51, gravite: 'a_expliquer' });
    expect(a?.message).toMatch(/2025 : le total donné, 60, n’est pas la somme de ses territoires, 51\.$/);
    expect(regles(lot.slice(1), sachant(total(51)))).toEqual([]);
    expect(regles(lot.slice(1), sachant(total(40)))).toEqual(['somme-des-lieux']);
    const toleree = avec({ id: 'rixes-par-mairie', type: 'lieux', mesures: ['3.6-09b'], tolerance: 20 });
    expect(regles([...lot, total(60)], RIEN, toleree)).toEqual([]);
    expect(regles([...lot, total(70)], RIEN, toleree)).toEqual(['rixes-par-mairie']);
  });

  test('dix fois la dernière valeur, ou le dixième : l’avertissement dit les deux nombres et la période', () => {
    const connue = sachant(dit('2.7-02a', 419, { periode: '2024' }));
    expect(verifierLot(paris, [dit('2.7-02a', 4190)], connue)).toMatchObject([
      {
        regle: 'variation-forte',
        valeur: 4190,
        reference: 419,
        message: expect.stringMatching(/4\u202f190 est au moins dix fois la dernière valeur, 419 \(2024\)/),
      },
    ]);
    expect(regles([dit('2.7-02a', 41)], connue)).toEqual(['variation-forte']);
    for (const n of [4189, 42]) expect([n, regles([dit('2.7-02a', n)], connue)]).toEqual([n, []]);
    expect(regles([dit('2.7-02a', 12)], sachant(dit('2.7-02a', 1, { periode: '2024' })))).toEqual([]);
    // The only one ever given is the one that it replaces.
    expect(regles([dit('2.7-02a', 4190)], sachant(dit('2.7-02a', 419)))).toEqual(['variation-forte']);
    const double = avec({ id: 'vols', type: 'variation', mesures: ['2.7-02a'], rapport: 2 });
    expect(regles([dit('2.7-02a', 900)], connue, double)).toEqual(['vols']);
  });

  test('loin de toute sa série : dit d’après combien de points, et se tait sous cinq', () => {
    const passe = serie('2.2-03', [100, 104, 98, 101, 103]);
    const lot = [dit('2.2-03', 180, { periode: '2025-06' })];
    expect(verifierLot(paris, lot, sachant(...passe))).toMatchObject([
      { regle: 'valeur-atypique', reference: 101, message: expect.stringContaining('d’après 5 périodes') },
    ]);
    expect(regles(lot, sachant(...passe.slice(1)))).toEqual([]);
    expect(regles([dit('2.2-03', 110, { periode: '2025-06' })], sachant(...passe))).toEqual([]);
    // Another debtor's series says nothing of this one.
    expect(regles(lot, sachant(...serie('2.2-03', [100, 104, 98, 101, 103], { debiteur: 'VILLE' })))).toEqual([]);
  });

  test('un zéro où il n’y en avait jamais, ou des zéros partout à la fois : zéro, ou inconnu ?', () => {
    const zero = [dit('2.7-02a', 0)];
    expect(regles(zero, sachant(dit('2.7-02a', 40, { periode: '2024' })))).toEqual(['zero-inconnu']);
    expect(regles(zero, sachant(dit('2.7-02a', 2, { periode: '2024' })))).toEqual([]);
    expect(regles(zero, sachant(dit('2.7-02a', 40, { periode: '2024' }), dit('2.7-02a', 0, { periode: '2023' })))).toEqual([]);
    expect(regles(zero)).toEqual([]);
    const tous = ['college', 'lycee-general', 'lycee-professionnel', 'autre-etablissement'].map((v) =>
      dit('1.2-01a', 0, { ventilation: `type_etablissement=${v}` }),
    );
    expect(regles(tous)).toEqual(['tout-a-zero']);
    expect(regles(tous.slice(1))).toEqual([]);
    expect(regles(tous, sachant(...tous.map((x) => ({ ...x, periode: '2024' }))))).toEqual([]);
    expect(regles(['2.7-02a', '2.7-02b', '2.7-02c', '2.7-02d'].map((m) => dit(m, 0)))).toEqual(['tout-a-zero']);
    const habituel = avec({ id: 'zeros', type: 'zero-habituel', mesures: ['1.2-01a'] });
    expect(regles(tous, RIEN, habituel)).toEqual([]);
  });

  test('entre mesures : ce que le contrat de Paris dit par définition, dans un sens comme dans l’autre', () => {
    expect(regles([dit('1.2-02a', 12)], sachant(dit('1.2-02b', 10)))).toEqual(['eleves-signales-deux-fois']);
    expect(regles([dit('1.2-02b', 10)], sachant(dit('1.2-02a', 12)))).toEqual(['eleves-signales-deux-fois']);
    expect(regles([dit('1.2-02b', 12)], sachant(dit('1.2-02a', 12)))).toEqual([]);
    expect(regles([dit('2.2-10b', 6)], sachant(dit('2.2-10a', 0)))).toEqual(['delai-sans-ordonnance']);
    expect(regles([dit('2.2-10b', 6)])).toEqual([]);
    const mairies = paris.territoiresDeType('mairie').filter((t) => !t.jusqu_a);
    const parMairie = mairies.map((t) => dit('3.11-04', 2, { territoireId: t.id }));
    expect(regles([dit('2.3-01a', 34)], sachant(...parMairie))).toEqual([]);
    expect(verifierLot(paris, [dit('2.3-01a', 30)], sachant(...parMairie))).toMatchObject([
      { regle: 'contraventions-achat-d-actes-sexuels', valeur: 30, reference: 34 },
    ]);
    const accident = (m: string, n: number) => dit(m, n, { territoireId: 'mairie-18', debiteur: 'PP' });
    expect(regles([accident('3.1-01a', 20)], sachant(accident('3.1-01b', 1), accident('3.1-01c', 18)))).toEqual(['accidents-et-victimes']);
    expect(regles([accident('3.1-01a', 20)], sachant(accident('3.1-01b', 1)))).toEqual([]);
  });

  test('des semestres s’ajoutent pour se comparer à une année', () => {
    const plaintes = (periode: string, n: number) =>
      paris
        .territoiresDeType('mairie')
        .flatMap((t) => ['femmes', 'hommes', 'non-precise'].map((s) => dit('2.1-01a', n, { periode, territoireId: t.id, ventilation: `sexe=${s}` })));
    const connues = sachant(...plaintes('2025-S1', 1), ...plaintes('2025-S2', 1));
    expect(regles([dit('2.6-01', 6, { territoireId: 'mairie-18' })], connues)).toEqual([]);
    expect(regles([dit('2.6-01', 7, { territoireId: 'mairie-18' })], connues)).toEqual(['plaintes-plus-de-75-ans']);
    expect(regles([dit('2.6-01', 7, { territoireId: 'mairie-18' })], sachant(...plaintes('2025-S1', 1)))).toEqual([]);
  });

  test('des bornes et des entiers écrits par un contrat', () => {
    const c = avec(
      { id: 'delai-court', type: 'bornes', mesures: ['2.2-10b'], min: 1, max: 60, gravite: 'refus' },
      { id: 'jours-entiers', type: 'entier', mesures: ['2.2-10b'] },
    );
    expect(regles([dit('2.2-10b', 61)], RIEN, c)).toEqual(['delai-court']);
    expect(regles([dit('2.2-10b', 0)], RIEN, c)).toEqual(['delai-court']);
    expect(regles([dit('2.2-10b', 6.5)], RIEN, c)).toEqual(['jours-entiers']);
  });

  test('ce qui est secret n’est dit par aucun avertissement, ni ce qui le contient', () => {
    const part = (v: string, plus: Partial<Proposee> = {}) => dit('3.10-04', 140, { ventilation: `motif=${v}`, ...plus });
    const connues = sachant(dit('3.10-04', 100), part('revente', { etat: 'secret', nombre: null }));
    expect(verifierLot(paris, [part('possession')], connues)).toEqual([]);
    const avant = (plus: Partial<Proposee>) => sachant(dit('2.7-02a', 419, { periode: '2024', ...plus }));
    expect(verifierLot(paris, [dit('2.7-02a', 4190)], avant({ etat: 'secret', nombre: null }))).toEqual([]);
    expect(verifierLot(paris, [dit('2.7-02a', 4190)], avant({ etat: 'sans_objet', nombre: null }))).toEqual([]);
  });

  test('une explication vaut pour les nombres qu’elle explique, et se propose pour les suivants', () => {
    const connues = sachant(dit('2.7-02a', 419, { periode: '2024' }));
    const [a] = verifierLot(paris, [dit('2.7-02a', 4190)], connues);
    const reponse = { ...dit('2.7-02a', 0), regle: 'variation-forte', valeur: 4190, reference: 419, explication: 'Une campagne de contrôles.' };
    const deja: Connues = { ...connues, reponses: [reponse] };
    expect(a?.explication).toBeNull();
    expect(verifierLot(paris, [dit('2.7-02a', 4190)], deja)).toMatchObject([{ explication: 'Une campagne de contrôles.' }]);
    expect(verifierLot(paris, [dit('2.7-02a', 4200)], deja)).toMatchObject([{ explication: null, precedente: 'Une campagne de contrôles.' }]);
  });
});

describe('Propriétés des règles', () => {
  const contributions = () => {
    const mesures = [...paris.mesures.values()].filter((m) => m.obtention === 'collecte' && estUnCompte(m));
    return fc.constantFrom(...mesures).chain((m) =>
      fc
        .record({
          case: fc.constantFrom(...casesDe(m, paris)),
          cellule: fc.constantFrom(...cellulesDe(m)),
          periode: fc.constantFrom(...['2024', '2025'].flatMap((a) => periodesSaisies(m, a))),
          nombre: fc.integer({ min: 0, max: 500 }),
          etat: fc.constantFrom('valeur' as const, 'valeur' as const, 'valeur' as const, 'secret' as const),
        })
        .map(
          (x): Proposee => ({
            mesureId: m.id,
            ...x.case,
            periode: x.periode,
            ventilation: x.cellule.cle,
            etat: x.etat,
            nombre: x.etat === 'secret' ? null : x.nombre,
          }),
        ),
    );
  };
  const uniques = () => fc.uniqueArray(contributions(), { selector: cleDeCellule, maxLength: 40 });

  test('l’ordre des contributions ne change rien, et les mêmes donnent les mêmes clés', () => {
    fc.assert(
      fc.property(uniques(), uniques(), fc.infiniteStream(fc.nat()), (lot, connues, hasard) => {
        const melanger = <T>(t: readonly T[]): T[] =>
          t
            .map((x) => [hasard.next().value ?? 0, x] as const)
            .sort(([a], [b]) => a - b)
            .map(([, x]) => x);
        const dits = verifierLot(paris, lot, sachant(...connues));
        expect(verifierLot(paris, melanger(lot), sachant(...melanger(connues)))).toEqual(dits);
        expect(new Set(dits.map((a) => a.cle)).size).toBe(dits.length);
        const proposees = new Set(lot.map(cleDeCellule));
        for (const a of dits) expect([a.cle, proposees.has(a.cellule)]).toEqual([a.cle, true]);
      }),
      { numRuns: 150 },
    );
  });

  test('ce qui cite un chiffre qu’on ne lit pas et qui n’est pas validé dit la règle, sans nombre ; ce qui est gardé les dit', () => {
    const tout = dit('1.2-02b', 10);
    const lot = [dit('1.2-02a', 12)];
    const lire = (connue: Connue, ...cases: Proposee[]) => verifierLot(paris, lot, { contributions: [connue], reponses: [] }, litSeulement(cases))[0];
    const a = lire(tout, ...lot);
    expect(a?.message).not.toMatch(/\b1[02]\b/);
    expect(a?.message).toContain('ne dépasse pas');
    expect(a?.message).toContain('Un élève signalé deux fois l’a d’abord été une première fois');
    expect(a?.entier).toContain('12 dépasse ce dont c’est une partie, 10');
    for (const lu of [lire({ ...tout, valide: true }, ...lot), lire(tout, ...lot, tout), verifierLot(paris, lot, sachant(tout))[0]])
      expect([lu?.message, lu?.cle]).toEqual([a?.entier, a?.cle]);
    // Another period of what one gives is one's own.
    const serie = { contributions: [dit('2.7-02a', 41, { periode: '2024' })], reponses: [] };
    expect(verifierLot(paris, [dit('2.7-02a', 4190)], serie, litSeulement([dit('2.7-02a', 0)]))[0]?.message).toContain('41 (2024)');
  });

  test('à qui ne lit rien d’autre, aucun avertissement ne dit un nombre qu’il n’a pas donné', () => {
    fc.assert(
      fc.property(uniques(), uniques(), (lot, connues) => {
        const proposees = new Set(lot.map(cleDeCellule));
        for (const a of verifierLot(paris, lot, sachant(...connues), litSeulement([]))) {
          const siens = a.cite.every((c) => proposees.has(c));
          expect([a.cle, a.message === a.entier, siens || a.precedente === null]).toEqual([a.cle, siens, true]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('une série de valeurs égales n’a pas de valeur atypique ; un écart médian nul ne divise rien', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 5, max: 40 }), (n, combien) => {
        expect(mesurerAtypie(n, Array(combien).fill(n))?.z).toBeCloseTo(0, 10);
        const a = mesurerAtypie(n + 1, Array(combien).fill(n));
        expect(Number.isFinite(a?.z)).toBe(true);
        expect(Math.abs(a?.z ?? 9)).toBeLessThan(1);
      }),
    );
    expect(mesurerAtypie(1000, [1, 1, 1, 1])).toBeNull();
    expect(mesurerAtypie(1000, [10, 10, 10, 10, 10])?.z).toBeGreaterThan(3.5);
  });

  test('un nombre secret ne change aucun avertissement', () => {
    fc.assert(
      fc.property(uniques(), uniques(), fc.integer({ min: 0, max: 500 }), (lot, connues, n) => {
        const avecNombre = connues.map((x) => (x.etat === 'secret' ? { ...x, nombre: n } : x));
        const sansNombre = verifierLot(paris, lot, sachant(...connues));
        expect(verifierLot(paris, lot, sachant(...avecNombre))).toEqual(sansNombre);
      }),
      { numRuns: 60 },
    );
  });
});

test('chaque règle de Paris porte sur des mesures que quelqu’un donne, et dit sa raison', () => {
  expect(paris.regles.length).toBeGreaterThan(10);
  for (const r of paris.regles as readonly RegleDuContrat[]) expect([r.id, r.raison.length > 20]).toEqual([r.id, true]);
});

test('une phrase qui nomme peut-être quelqu’un est pour les partenaires, même quand le nom l’ouvre', () => {
  const lus = (textes: readonly string[]) => textes.map((t) => nommePeutEtreQuelquun(t, paris));
  expect(lus(['Lucas, 14 ans, est reçu.', 'Yanis a 13 ans.', 'On a reçu Yanis.', 'Écrire à Mme Durand.'])).toEqual([true, true, true, true]);
  expect(lus(['Depuis 10 ans, la RATP accueille des élèves.', 'Les 12-17 ans sont reçus à Paris.', 'En 3 ans, deux accueils.'])).toEqual([false, false, false]);
});
