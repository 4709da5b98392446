import { describe, expect, test } from 'vitest';
import { aConfirmerPourFiger, aConfirmerPourLever, aConfirmerPourOuvrir } from './heures.rules.ts';

const PREVUE = { jour: '2026-11-03', heure: '09:00', dureeMinutes: 120 };
const a = (heure: string, jour = '2026-11-03') => ({ jour, heure });
const lu = (questions: string[]) => questions.join(' ').replace(/[\u00a0\u202f]/g, ' ');

describe('Ce que l’heure fait demander', () => {
  test.each([
    ['07:59', '2026-11-03', 'La séance est prévue à 9 h : elle s’ouvrirait à 7 h 59.'],
    ['08:00', '2026-11-03', ''],
    ['11:00', '2026-11-03', ''],
    ['11:01', '2026-11-03', 'La séance était prévue jusqu’à 11 h : elle s’ouvrirait à 11 h 01.'],
    ['09:00', '2026-11-04', 'La séance est prévue le 3 novembre 2026 : elle s’ouvrirait le 4 novembre 2026 à 9 h.'],
  ])('ouvrir à %s le %s', (heure, jour, dit) => expect(lu(aConfirmerPourOuvrir(PREVUE, a(heure, jour)))).toBe(dit));

  test.each([
    ['09:00', '09:01', '2026-11-03', /ouverte depuis 1 min\. La séance est prévue jusqu’à 11 h : elle serait levée à 9 h 01/],
    ['09:00', '09:00', '2026-11-03', /moins d’une minute/],
    ['08:20', '09:05', '2026-11-03', /^La séance est prévue jusqu’à 11 h : elle serait levée à 9 h 05\.$/],
    ['09:00', '10:00', '2026-11-03', /^$/],
    ['09:00', '12:00', '2026-11-03', /^$/],
    ['09:00', '12:01', '2026-11-03', /elle serait levée à 12 h 01/],
    ['09:00', '08:30', '2026-11-04', /ouverte depuis le 3 novembre 2026 à 9 h : elle serait levée le 4 novembre 2026.*se corrigent/],
  ])('ouverte à %s, lever à %s le %s', (ouverte, heure, jour, dit) => expect(lu(aConfirmerPourLever(PREVUE, a(ouverte), a(heure, jour)))).toMatch(dit));

  test('une séance qui passe minuit se lève sans question à l’heure dite, et demande le lendemain', () => {
    const tard = { jour: '2026-11-03', heure: '23:00', dureeMinutes: 30 };
    expect(aConfirmerPourLever(tard, a('23:00'), a('23:40'))).toEqual([]);
    expect(lu(aConfirmerPourLever(tard, a('23:00'), a('00:10', '2026-11-04')))).toContain('le 4 novembre 2026');
  });

  test('arrêter : avant la fin prévue, une séance d’une minute, une levée du lendemain', () => {
    const reel = { jour: '2026-11-03', ouverte: '08:20', leveeJour: '2026-11-03', levee: '08:21' };
    expect(lu(aConfirmerPourFiger(PREVUE, reel, a('08:30')))).toBe(
      'La séance est notée ouverte à 8 h 20 et levée à 8 h 21 : 1 min. La séance était prévue jusqu’à 11 h, le 3 novembre 2026 : son relevé serait arrêté avant.',
    );
    expect(aConfirmerPourFiger(PREVUE, { ...reel, levee: '10:50' }, a('11:30'))).toEqual([]);
    expect(lu(aConfirmerPourFiger(PREVUE, { ...reel, leveeJour: '2026-11-04', levee: '09:00' }, a('10:00', '2026-11-05')))).toContain(
      'levée le 4 novembre 2026',
    );
    expect(aConfirmerPourFiger(PREVUE, null, a('11:30'))).toEqual([]);
  });
});
