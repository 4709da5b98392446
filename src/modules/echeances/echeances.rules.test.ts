import { describe, expect, test } from 'vitest';
import { comparer, escaladeDue, estCalme, CALME, etatDe, nombreDEcarts, pressantes, rappelDu } from './echeances.rules.ts';
import type { Attendue, Echeance, Genre } from './echeances.types.ts';

const ATTENDUE: Attendue = {
  genre: 'essai',
  sujet: 'a',
  objetId: 'a',
  titre: 'Rendre le rapport',
  chemin: '/a',
  organisationId: 'PP',
  territoireId: null,
  ouverteLe: '2026-01-01',
  dueLe: '2026-03-01',
};
const tenue = (o: Partial<Echeance> = {}): Echeance => ({
  id: '1',
  genre: 'essai',
  sujet: 'a',
  objetId: 'a',
  titre: 'Rendre le rapport',
  chemin: '/a',
  organisationId: 'PP',
  personne: '',
  courriel: '',
  periode: '',
  territoireId: null,
  fiche: null,
  ouverteLe: '2026-01-01',
  dueLe: '2026-03-01',
  suspendueLe: null,
  soldeeLe: null,
  soldeePar: '',
  soldeChemin: '',
  soldeEtat: '',
  sansObjetLe: null,
  sansObjetMotif: '',
  ...o,
});
const GENRE: Genre = { code: 'essai', libelle: 'Essai', puisTousLes: 14, bloqueeTousLes: 30, escalade: { apres: 30, a: 'la présidence' } };

describe('États', () => {
  test('à venir, due et en retard suivent le jour ; soldée et sans objet ne le suivent plus', () => {
    const le = (jour: string) => etatDe(tenue(), jour);
    expect(['2026-02-21', '2026-02-22', '2026-03-01', '2026-03-02'].map(le)).toEqual(['a_venir', 'due', 'due', 'en_retard']);
    expect(etatDe(tenue({ dueLe: null }), '2030-01-01')).toBe('a_venir');
    expect(etatDe(tenue({ soldeeLe: new Date() }), '2030-01-01')).toBe('soldee');
    expect(etatDe(tenue({ sansObjetLe: new Date(), sansObjetMotif: 'x' }), '2030-01-01')).toBe('sans_objet');
  });
});

describe('Ce qui sépare la liste de ce qui est dû', () => {
  test('rien quand elles s’accordent', () => expect(nombreDEcarts(comparer([ATTENDUE], [tenue()]))).toBe(0));
  test('ouvrir ce qui manque, une seule fois', () => expect(comparer([ATTENDUE], []).ouvrir).toEqual([ATTENDUE]));
  test('un nouveau jour, un nouveau titre, une personne : l’entrée bouge', () => {
    for (const change of [{ dueLe: '2026-04-01' }, { titre: 'Autre' }, { courriel: 'a@exemple.fr' }, { suspendueLe: '2026-02-01' }])
      expect(comparer([{ ...ATTENDUE, ...change }], [tenue()]).deplacer.map((x) => x.id)).toEqual(['1']);
  });
  test('l’adresse s’écrit en minuscules : elle ne bouge pas sans cesse', () =>
    expect(nombreDEcarts(comparer([{ ...ATTENDUE, courriel: 'A@Exemple.fr' }], [tenue({ courriel: 'a@exemple.fr' })]))).toBe(0));
  test('soldée, puis due de nouveau : elle se rouvre', () => {
    const soldee = { ...ATTENDUE, soldee: { le: new Date(), par: 'x', chemin: '/b' } };
    expect(comparer([soldee], [tenue()]).solder).toHaveLength(1);
    expect(nombreDEcarts(comparer([soldee], [tenue({ soldeeLe: new Date(), soldeChemin: '/b' })]))).toBe(0);
    expect(comparer([ATTENDUE], [tenue({ soldeeLe: new Date(), soldeChemin: '/b' })]).deplacer).toHaveLength(1);
  });
  test('dont plus personne ne parle : sans objet si elle était ouverte, laissée si elle était soldée', () => {
    expect(comparer([], [tenue()]).sansObjet).toEqual([{ id: '1', motif: 'n’est plus attendue' }]);
    expect(nombreDEcarts(comparer([], [tenue({ soldeeLe: new Date() })]))).toBe(0);
  });
});

describe('Rappels', () => {
  const pas = (jour: string, o: Partial<Echeance> = {}) => rappelDu(tenue(o), GENRE, jour)?.pas ?? null;
  test('sept jours avant, le jour, sept jours après, puis toutes les deux semaines : le dernier passé seul', () => {
    expect(
      ['2026-02-21', '2026-02-22', '2026-02-28', '2026-03-01', '2026-03-07', '2026-03-08', '2026-03-21', '2026-03-22', '2026-04-05'].map((j) => pas(j)),
    ).toEqual([null, -7, -7, 0, 0, 7, 7, 21, 35]);
  });
  test('bloquée : tous les trente jours depuis ce jour-là, quel que soit son retard', () => {
    const bloquee = { suspendueLe: '2026-03-10' };
    expect([pas('2026-04-08', bloquee), pas('2026-04-09', bloquee), pas('2026-05-10', bloquee)]).toEqual([null, 30, 60]);
  });
  test('sans date : jamais ; en retard de plus de trente jours : quelqu’un d’autre, une fois', () => {
    expect(pas('2030-01-01', { dueLe: null })).toBe(null);
    expect(escaladeDue(tenue(), GENRE, '2026-03-31')).toBe(null);
    expect(escaladeDue(tenue(), GENRE, '2026-04-01')).toEqual({ base: '2026-03-01', pas: 30 });
    expect(escaladeDue(tenue(), GENRE, '2027-01-01')).toEqual({ base: '2026-03-01', pas: 30 });
  });
  test('due sous deux jours, elle a sa propre cadence : la veille, le jour, le lendemain, et plus haut dès le lendemain', () => {
    const genre = { ...GENRE, cadences: { chaud: { rappels: [-1, 0, 1], puisTousLes: 2, escalade: { apres: 0, a: 'la coordination' } } } };
    const chaud = tenue({ periode: 'chaud' });
    expect(['2026-02-22', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-03-04'].map((j) => rappelDu(chaud, genre, j)?.pas ?? null)).toEqual([
      null,
      null,
      -1,
      0,
      1,
      3,
    ]);
    expect([escaladeDue(chaud, genre, '2026-03-01'), escaladeDue(chaud, genre, '2026-03-02')]).toEqual([null, { base: '2026-03-01', pas: 0 }]);
    expect(rappelDu(tenue({ periode: 'froid' }), genre, '2026-02-28')?.pas).toBe(-7);
  });
  test('ni la nuit ni le dimanche', () => {
    expect([7, 8, 18, 19].map((h) => estCalme(CALME, 1, h))).toEqual([true, false, false, true]);
    expect(estCalme(CALME, 7, 10)).toBe(true);
    expect(estCalme(null, 7, 3)).toBe(false);
  });
});

test('une journée se lit par jour dû, quel que soit le genre, et un genre qui doit beaucoup ne cache pas les autres', () => {
  const jours = (genre: string, dus: (string | null)[]) => ({ genre, echeances: dus.map((dueLe) => ({ dueLe })) });
  const lues = pressantes(
    [jours('chiffre', ['2024-01-31', '2025-01-31', '2026-01-31']), jours('seance', ['2025-06-01', null]), jours('decision', ['2026-12-01'])],
    {
      lignes: 4,
      parGenre: 2,
    },
  );
  expect(lues.map((x) => `${x.genre} ${x.e.dueLe}`)).toEqual(['chiffre 2024-01-31', 'chiffre 2025-01-31', 'seance 2025-06-01', 'decision 2026-12-01']);
});
