import { describe, expect, test } from 'vitest';
import { avecUnite, de, evolution } from './typographie.ts';

const dire = (avant: number, apres: number, unite = 'réunions') => evolution({ avant, apres, unite }).replace(/[\u00a0\u202f]/g, ' ');

describe('Une évolution', () => {
  test('donne les deux nombres quand l’un est petit ou quand le pourcentage tromperait', () => {
    expect([dire(2, 23), dire(23, 2), dire(0, 5), dire(19, 25), dire(20, 90)]).toEqual(['2 puis 23', '23 puis 2', '0 puis 5', '19 puis 25', '20 puis 90']);
  });
  test('est un pourcentage entre deux nombres qui s’y prêtent, des points entre deux parts', () => {
    expect([dire(100, 112), dire(200, 150), dire(1000, 1000), dire(100_000, 100_001)]).toEqual(['+12 %', '−25 %', 'inchangé', 'stable']);
    expect([dire(12, 15.5, '%'), dire(30, 29, '%')]).toEqual(['+3,5 points', '−1 point']);
  });
});

test('une unité qui nomme un document n’est pas comptée', () => {
  expect(['carte', 'bilan', 'répartition', 'jours', 'km'].map((u) => avecUnite(214, u).replace('\u00a0', ' '))).toEqual([
    '214',
    '214',
    '214',
    '214 jours',
    '214 km',
  ]);
  expect(avecUnite(1, 'carte')).toBe('1\u00a0carte');
});

test('un nom prend son article après « de »', () => {
  expect(['Direction de la Police', 'Aide sociale à l’enfance', 'Barreau de Paris', 'Agents d’accueil', 'Paris Aide aux Victimes'].map(de)).toEqual([
    'de la Direction de la Police',
    'de l’Aide sociale à l’enfance',
    'du Barreau de Paris',
    'des Agents d’accueil',
    'de Paris Aide aux Victimes',
  ]);
});
