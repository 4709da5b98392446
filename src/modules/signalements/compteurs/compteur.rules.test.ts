import { expect, test } from 'vitest';
import { codeDePeriode, compteurSchema, lireReleve, periodesFinies, totalDe, verifierCompteur, verifierSystemes } from './compteur.rules.ts';

const C = {
  ...compteurSchema.parse({
    titre: 'Essai',
    objet: 'Ce qui passe.',
    exclut: 'Rien d’autre.',
    tous_les: 3,
    depuis: '2026-01',
    delai: 45,
    par: {
      titre: 'Langue',
      valeurs: [
        { code: 'en', libelle: 'Anglais' },
        { code: 'autre', libelle: 'Autre' },
      ],
    },
    etapes: [
      { code: 'parti', libelle: 'Parti', sens: 'envoi', tenu_par: 'PP' },
      { code: 'delai', libelle: 'Délai', sens: 'delai', tenu_par: 'PP' },
    ],
  }),
  code: 'essai',
};

test('une période est due une fois finie, et se nomme comme partout', () => {
  expect(periodesFinies(C, '2026-03-31')).toEqual([]);
  expect(periodesFinies(C, '2026-07-01').map((p) => [p.debut, p.fin, p.dueLe])).toEqual([
    ['2026-01-01', '2026-04-01', '2026-05-16'],
    ['2026-04-01', '2026-07-01', '2026-08-15'],
  ]);
  expect([
    codeDePeriode('2026-04-01', 3),
    codeDePeriode('2026-07-01', 6),
    codeDePeriode('2026-01-01', 12),
    codeDePeriode('2026-03-01', 1),
    codeDePeriode('2025-09-01', 3),
  ]).toEqual(['2026-T2', '2026-S2', '2026', '2026-03', '2025-09..2025-11']);
});

test('vide n’est pas zéro, un délai moyen ne s’ajoute pas, et ce qui n’est pas un nombre est dit à sa place', () => {
  const lire = (champs: Record<string, string>) => lireReleve(C, C.etapes, (champ) => champs[champ] ?? '');
  const lu = lire({ 'n.parti.en': '0', 'n.parti.autre': '4', 'n.delai.en': '2,5', 'n.delai.autre': '3', source: 'Relevé' });
  expect(lu).toEqual({ ok: true, nombres: { 'parti.en': 0, 'parti.autre': 4, 'delai.en': 2.5, 'delai.autre': 3 }, source: 'Relevé' });
  const [parti, delai] = C.etapes;
  if (!lu.ok || !parti || !delai) throw new Error('inattendu');
  expect([totalDe(C, parti, lu.nombres), totalDe(C, delai, lu.nombres), totalDe(C, delai, { 'delai.en': 2.5 }), totalDe(C, parti, {})]).toEqual([
    4,
    null,
    2.5,
    null,
  ]);
  const champs = (x: ReturnType<typeof lire>) => (x.ok ? [] : x.erreurs.map((e) => e.champ));
  expect(champs(lire({ 'n.parti.en': '1,5', 'n.parti.autre': '-1', source: 'x' }))).toEqual(['n.parti.en', 'n.parti.autre', 'source']);
  expect(champs(lire({ source: 'Relevé' }))).toEqual(['n.parti.en']);
});

test('ce que le fichier dit de faux est dit', () => {
  expect(verifierCompteur({ ...C, etapes: [...C.etapes, ...C.etapes] }, { acteurs: new Map() }, ['essai'])).toHaveLength(7);
  expect(verifierSystemes([{ code: 'essai' }, { code: 'rien' }], ['essai'])).toEqual([
    'listes.yaml, systemes-des-circuits : « rien » n’est ni un circuit ni un compteur',
  ]);
});
