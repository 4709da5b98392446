import { describe, expect, test } from 'vitest';
import { createCoffre } from '../../../core/coffre.ts';
import { direTrous } from '../bilan/bilan.rules.ts';
import type { Envoi } from './envois.queries.ts';
import { arretDuCourrier, causeDuRelais, compter, departDe, type EtatDEnvoi, etatDeLEnvoi, type Remise, type Suivi } from './etat.rules.ts';
import { ditLesFaits, lienDe, lireLien } from './lettres.rules.ts';

const a = (heure: string) => new Date(`2026-11-26T${heure}:00Z`);
const EN_COURS = { etat: 'diffusee', diffuseeLe: a('20:00'), leveeLe: null, closeLe: null } as const;
const levee = (heure: string) => ({ ...EN_COURS, etat: 'levee', leveeLe: a(heure) }) as const;
const MUET = { genre: 'accuse', reponse: null, partiLe: a('20:00'), duLe: a('20:15'), escaladeLe: null, relayePar: null } as const;
const ligne = (o: Partial<Envoi> = {}, remises: readonly Remise[] = []) =>
  ({ id: 'e', inscritId: 'i', envoyeLe: a('20:00'), reponduLe: null, rebondLe: null, ...MUET, ...o, remises }) as unknown as Suivi;
const remise = (o: Partial<Remise> = {}): Remise => ({ voie: 'courriel', etat: 'attente', depuis: a('20:00'), le: null, ...o });

describe('L’état d’un envoi', () => {
  const cas: [string, Parameters<typeof etatDeLEnvoi>, EtatDEnvoi][] = [
    ['rien n’est parti', [{ ...MUET, partiLe: null }, EN_COURS, a('20:05')], 'a-partir'],
    ['rien n’est parti, même en retard : ce n’est pas un silence', [{ ...MUET, partiLe: null }, EN_COURS, a('21:00')], 'a-partir'],
    ['attendu', [MUET, EN_COURS, a('20:05')], 'attendu'],
    ['en retard', [MUET, EN_COURS, a('20:16')], 'en-retard'],
    ['répondu, même après un relais', [{ ...MUET, reponse: 'vu', escaladeLe: a('20:16'), relayePar: 's' }, EN_COURS, a('20:30')], 'repondu'],
    ['relayé', [{ ...MUET, escaladeLe: a('20:16'), relayePar: 's' }, EN_COURS, a('20:30')], 'relaye'],
    ['l’heure est passée et personne n’a suivi : pas un relais', [{ ...MUET, escaladeLe: a('20:16') }, EN_COURS, a('20:30')], 'sans-suite'],
    ['levée avant l’échéance : plus rien n’est attendu, ni en retard', [MUET, levee('20:05'), a('20:30')], 'sans-objet'],
    ['levée avant, des jours après', [MUET, levee('20:05'), new Date('2027-01-01')], 'sans-objet'],
    ['silencieux quand elle est levée', [MUET, levee('20:20'), a('20:30')], 'muet'],
    ['jamais parti', [{ ...MUET, partiLe: null }, levee('21:00'), a('22:00')], 'non-parti'],
    ['une demande de validation finit quand l’alerte part', [{ ...MUET, genre: 'validation' }, EN_COURS, a('20:30')], 'sans-objet'],
    ['partie d’elle-même le délai passé', [{ ...MUET, genre: 'validation', duLe: a('19:59') }, EN_COURS, a('20:30')], 'muet'],
    [
      'écartée par un autre',
      [{ ...MUET, genre: 'validation' }, { etat: 'ecartee', diffuseeLe: null, leveeLe: null, closeLe: a('20:02') }, a('20:30')],
      'sans-objet',
    ],
  ];
  test.each(cas)('%s', (_, [e, al, quand], attendu) => expect(etatDeLEnvoi(e, al, quand)).toBe(attendu));

  test('le délai court du départ du premier message, pas de l’écriture ; une demande de validation garde le sien', () => {
    const depart = departDe({ ...ligne({ partiLe: null }) }, [
      remise(),
      remise({ voie: 'sms', etat: 'envoye', le: a('20:12') }),
      remise({ voie: 'push', etat: 'envoye', le: a('20:14') }),
    ]);
    expect(depart).toEqual({ partiLe: a('20:12'), duLe: a('20:27') });
    expect(departDe(ligne({ partiLe: null }), [remise(), remise({ etat: 'echec' }), remise({ etat: 'retenu' })])).toEqual({ partiLe: null, duLe: a('20:15') });
    expect(departDe(ligne({ partiLe: null, genre: 'validation' }), [remise({ etat: 'envoye', le: a('20:12') })]).duLe).toEqual(a('20:15'));
    // Written once: what comes later changes nothing.
    expect(departDe(ligne(), [remise({ etat: 'envoye', le: a('20:40') })])).toEqual({ partiLe: a('20:00'), duLe: a('20:15') });
  });

  test('un silence est de qui avait le message', () => {
    const relaye = { rebondLe: null, partiLe: a('20:00'), escaladeLe: a('20:16') };
    expect(causeDuRelais(relaye)).toBe('silence');
    expect(causeDuRelais({ ...relaye, partiLe: null })).toBe('retard');
    expect(causeDuRelais({ ...relaye, partiLe: a('20:40') })).toBe('retard');
    expect(causeDuRelais({ ...relaye, rebondLe: a('20:16') })).toBe('refus');
  });

  test('« prévenu » ne compte que ce qui est remis, et le courrier arrêté se dit au bout d’une minute', () => {
    const tous = [
      ligne({ reponse: 'vais' }),
      ligne(),
      ligne({ partiLe: null }, [remise()]),
      ligne({ partiLe: null }, [remise({ etat: 'echec' })]),
      ligne({ partiLe: null, genre: 'validation' }, [remise({ depuis: a('19:58') })]),
    ];
    expect(compter(tous)).toEqual({ destinataires: 4, prevenus: 2, attendent: 1, refuses: 1, repondus: 1, vont: 1 });
    expect(arretDuCourrier(tous, a('19:59'))).toBeNull();
    expect(arretDuCourrier(tous, a('20:00'))).toEqual({ nombre: 2, depuis: a('19:58'), retenues: false });
    expect(arretDuCourrier([ligne({}, [remise({ etat: 'retenu' })])], a('20:02'))?.retenues).toBe(true);
    expect(arretDuCourrier([ligne({}, [remise({ etat: 'envoye', le: a('20:00') })])], a('23:00'))).toBeNull();
  });
});

test('un rapport ne lit jamais une absence dans un fil vide', () => {
  const dire = (trous: number | null, lignes: number, etats: Partial<Record<EtatDEnvoi, number>> = {}) =>
    direTrous({ trous, lignes, combien: (e) => etats[e] ?? 0 })
      .join(' ')
      .replaceAll('\u00a0', ' ');
  expect(dire(null, 0)).toBe('Les trous n’ont pas été comptés.');
  expect(dire(0, 0)).toMatch(/^Aucun trou/);
  expect(dire(3, 3)).toBe('3 trous.');
  expect(dire(3, 0)).toContain('n’est plus gardé');
  expect(dire(0, 0, { 'sans-objet': 2, 'sans-suite': 1 })).toMatch(
    /1 destinataire sans réponse à temps, et personne après.*2 réponses qui n’étaient plus attendues/,
  );
});

test('un lien suit son titulaire : il meurt avec son adresse, et ne dit plus les faits quand rien n’est attendu', () => {
  const coffre = createCoffre(Buffer.alloc(32, 1));
  const e = { id: 'e', inscritId: 'i', reponses: 0, courriel: 'Poste@exemple.fr' };
  const sceau = (o: Parameters<typeof lienDe>[1]) => lienDe(coffre, o).split('/').at(-1) ?? '';
  const [accuse, validation] = [
    { ...e, genre: 'accuse' as const },
    { ...e, genre: 'validation' as const },
  ];
  // « Vu », then « j’y vais » ten minutes later, from the same letter.
  expect(lireLien(coffre, { ...accuse, reponses: 3 }, sceau(accuse))).toBe('present');
  expect(lireLien(coffre, { ...validation, reponses: 1 }, sceau(validation))).toBe('passe');
  expect(lireLien(coffre, { ...accuse, courriel: 'poste@exemple.fr' }, sceau(accuse))).toBe('present');
  for (const o of [accuse, validation]) expect(lireLien(coffre, { ...o, courriel: 'autre@exemple.fr' }, sceau(o))).toBeNull();
  const [ecrit, apres] = [{ envoyeLe: a('20:00') }, a('21:00')];
  expect(ditLesFaits({ etat: 'diffusee' }, ecrit, apres)).toBe(true);
  for (const etat of ['levee', 'close', 'ecartee'] as const) expect(ditLesFaits({ etat }, ecrit, apres)).toBe(false);
  expect(ditLesFaits({ etat: 'diffusee' }, ecrit, new Date('2027-01-01'))).toBe(false);
});
