/** What the conduct of a crisis adds up and when things are due. Pure. */
import { ajouterMois } from '../echeances/index.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { additionner, type Compte, ensemble, heureDite } from './centres/comptage.rules.ts';
import { dureeDePause, estArrive, marche, minuteDe } from './exercices/horloge.rules.ts';
import { estUnSigle } from './conduite/sigles.rules.ts';
import { ilEnReste, passagesDepuis } from './moyens/moyens.rules.ts';
import { duPoint } from './points/points.rules.ts';
import type { ContratLu } from '../../core/module.ts';
import { type Soutien, verifierSoutien } from './soutien.schema.ts';
import { ceQuiManque, dueLe, heureLimite, refusDErreur, refusDuTemps } from './retex/retex.rules.ts';

const a = (h: number, m = 0) => new Date(Date.UTC(2026, 10, 29, h, m));

test('le compte d’un centre ne dépend ni de l’ordre des lignes, ni de ce qui est annulé par une ligne contraire', () => {
  const ligne = fc.record({
    quoi: fc.constantFrom('arrivee' as const, 'besoin' as const),
    code: fc.constantFrom('a', 'v'),
    nombre: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(ligne, { maxLength: 40 }), fc.nat(), (lignes, graine) => {
      const contraires: Compte[] = lignes.filter((_, i) => (i + graine) % 3 === 0).map((l) => ({ ...l, nombre: -l.nombre }));
      const droit = additionner([...lignes, ...contraires], ['v']);
      const melange = additionner([...contraires, ...lignes].reverse(), ['v']);
      expect([melange.accueillies, [...melange.arrivees].sort()]).toEqual([droit.accueillies, [...droit.arrivees].sort()]);
      const attendu = lignes.filter((l, i) => l.quoi === 'arrivee' && l.code === 'a' && (i + graine) % 3 !== 0).reduce((n, l) => n + l.nombre, 0);
      expect(droit.accueillies).toBe(attendu);
    }),
  );
  // More went out than came in: nobody is less than nobody, and it is said.
  const b = additionner(
    [
      { quoi: 'depart', code: '', nombre: 3 },
      { quoi: 'arrivee', code: 'a', nombre: 1 },
    ],
    [],
  );
  expect([b.presentes, b.enTrop]).toEqual([0, 2]);
});

test('plusieurs centres ensemble gardent chacun le leur : qui part en trop de l’un n’en vide pas un autre', () => {
  const de = (arrivees: number, departs: number) =>
    additionner(
      [
        { quoi: 'arrivee', code: 'a', nombre: arrivees },
        { quoi: 'depart', code: '', nombre: departs },
      ],
      [],
    );
  expect(ensemble([de(0, 10), de(10, 0)])).toMatchObject({ presentes: 10, enTrop: 10, accueillies: 10, departs: 10 });
  expect(ensemble([])).toMatchObject({ presentes: 0, enTrop: 0 });
});

test('l’heure d’un appareil mal réglé n’est pas crue', () => {
  expect(heureDite(a(9), a(12))).toEqual(a(9));
  expect(heureDite(new Date(0), a(12))).toEqual(a(12));
  expect(heureDite(null, a(12))).toEqual(a(12));
});

test('l’horloge d’un exercice s’arrête pendant ses pauses et à sa fin', () => {
  const h = { departLe: a(10), pauseLe: null, pausesS: 0, finLe: null };
  expect([marche({ ...h, departLe: null }), minuteDe({ ...h, departLe: null }, a(12))]).toEqual(['prepare', null]);
  expect(minuteDe(h, a(10, 42))).toBe(42);
  const enPause = { ...h, pauseLe: a(10, 30) };
  expect([marche(enPause), minuteDe(enPause, a(11)), dureeDePause(enPause, a(11))]).toEqual(['en_pause', 30, 1800]);
  expect(minuteDe({ ...h, pausesS: 1800 }, a(11, 10))).toBe(40);
  expect(minuteDe({ ...h, finLe: a(11) }, a(15))).toBe(60);
  expect([estArrive({ minute: 30 }, 29), estArrive({ minute: 30 }, 30), estArrive({ minute: 0 }, null)]).toEqual([false, true, false]);
});

test('un point de situation est dû tant de minutes après le dernier, jamais avant que le rythme soit fixé, plus du tout après la clôture', () => {
  const o = { rythme: { minutes: 60, le: a(8) }, dernier: null, ouverteLe: a(8), closeLe: null };
  expect(duPoint(o, a(9, 35))).toEqual({ le: a(9), retard: 35 });
  expect(duPoint({ ...o, dernier: a(9, 30) }, a(10))?.retard).toBe(0);
  expect(duPoint({ ...o, rythme: { minutes: 5, le: a(9, 30) } }, a(9, 31))).toEqual({ le: a(9, 30), retard: 1 });
  expect(duPoint({ ...o, closeLe: a(9) }, a(12))).toBeNull();
});

test('un moyen suit ses états, par qui le demande ou qui le tient, et il n’en part jamais plus qu’il n’y en a', () => {
  expect(passagesDepuis('demande', ['demandeur']).map((p) => p.vers)).toEqual(['retire']);
  expect(passagesDepuis('demande', ['tenant']).map((p) => p.vers)).toEqual(['accorde', 'refuse']);
  // Once the crisis is over, what is out comes back, and nothing leaves any more.
  const apres = (['demande', 'accorde', 'en_route', 'sur_place'] as const).map((e) => passagesDepuis(e, ['demandeur', 'tenant'], true).map((p) => p.vers));
  expect(apres).toEqual([['retire'], ['retire'], ['rendu'], ['rendu']]);
  for (const fini of ['refuse', 'retire', 'rendu'] as const) expect(passagesDepuis(fini, ['demandeur', 'tenant'])).toEqual([]);
  expect([ilEnReste({ total: 2, dehors: 1 }, 1), ilEnReste({ total: 2, dehors: 1 }, 2), ilEnReste({ total: null, dehors: 9 }, 9)]).toEqual([true, false, true]);
});

test('le retour d’expérience est dû sous 48 heures, puis sous un mois, fin de mois comprise', () => {
  expect(dueLe('chaud', '2026-12-30')).toBe('2027-01-01');
  expect([ajouterMois('2027-01-31', 1), ajouterMois('2028-01-31', 1), ajouterMois('2026-12-15', 1)]).toEqual(['2027-02-28', '2028-02-29', '2027-01-15']);
  expect(heureLimite(a(23))).toEqual(new Date(Date.UTC(2026, 11, 1, 23)));
  const froid = { close: '2026-11-29', chaud: '2026-11-30', froidDes: 7 };
  expect([
    refusDuTemps('chaud', { ...froid, tenuLe: '2026-11-29', chaud: null }),
    refusDuTemps('froid', { ...froid, tenuLe: '2026-12-06' }),
    refusDuTemps('froid', { ...froid, tenuLe: '2026-12-20', chaud: '2026-12-19' }),
  ]).toEqual([null, null, null]);
  expect(refusDuTemps('froid', { ...froid, tenuLe: '2026-12-05' })).toContain('à partir du 6');
  expect(refusDuTemps('froid', { ...froid, tenuLe: '2026-12-19', chaud: '2026-12-19' })).toContain('à partir du 20');
  expect(refusDuTemps('froid', { ...froid, tenuLe: '2026-12-19', chaud: null })).toContain('Signez d’abord le retour à chaud');
  expect(ceQuiManque(['chaud'])).toEqual(['le retour d’expérience à froid']);
});

test('un sigle du contrat avec son article n’est pas un nom de personne', () => {
  const sigles = new Set(['VPU', 'SCOP']);
  expect(['Un VPU', 'Deux VPU', 'La SCOP', 'SCOP'].map((t) => estUnSigle(t, sigles))).toEqual([true, true, true, true]);
  expect(['Un DUPONT', 'La SCOP Dupont', 'Le', ''].map((t) => estUnSigle(t, sigles))).toEqual([false, false, false, false]);
});

test('un contrat dont le centre compté ou les personnes confiées aux secours ont un autre code est refusé : les chiffres ne les liraient pas', () => {
  const contrat = { acteurs: new Set(), lignes: new Set(['3.13-R4.5']), fiches: new Set(), systemes: new Set() } as unknown as ContratLu;
  const genre = { code: 'care', libelle: 'Centre', ligne: '3.13-R4.5', sens: 'Un centre.' };
  const qui = (code: string, ailleurs: boolean) => ({ code, libelle: code, un: code, ailleurs, sens: 'Une personne.' });
  const soutien = (centre: string, personnes: Soutien['personnes']): Soutien => ({
    ...{ moyens: [], centres: [{ ...genre, code: centre }], personnes, besoins: [], services: [], dans_un_centre: [], ouvrent_un_centre: [] },
    ...{ points: { minutes: 60 }, retex: { froid_des: 7 } },
  });
  const fautes = (s: Soutien) => verifierSoutien(s, contrat, []).map((f) => f.slice(0, 40));
  expect(fautes(soutien('care', [qui('sinistre', false), qui('victime', true)]))).toEqual([]);
  expect(fautes(soutien('refuge', [qui('sinistre', false), qui('victime', true)]))[0]).toContain('« care » manque');
  expect(fautes(soutien('care', [qui('victime', false), qui('blesse', true)]))[0]).toContain('personnes : « victime »');
});

test('une salle ne se dit ouverte par erreur qu’une fois, le premier jour, avant d’être archivée', () => {
  const k = { etat: 'ouverte', ouverteLe: a(8), erreurLe: null, jointeA: null };
  const demain = (minutes: number) => new Date(a(8).getTime() + 24 * 3_600_000 + minutes * 60_000);
  expect([refusDErreur(k, a(9)), refusDErreur({ ...k, etat: 'close' }, demain(0))]).toEqual([null, null]);
  expect(refusDErreur(k, demain(1))).toContain('ouverte depuis plus de 24 heures');
  expect(refusDErreur({ ...k, etat: 'archivee' }, a(9))).toContain('archivée');
  expect(refusDErreur({ ...k, erreurLe: a(9) }, a(10))).toContain('déjà dite');
});
