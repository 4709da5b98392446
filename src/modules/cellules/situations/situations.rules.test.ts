import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { parse } from 'yaml';
import { changementsEntre, choixDe, empreinteDuTexte, groupesPour, texteDe } from '../charte/charte.rules.ts';
import { charteSchema } from '../charte/charte.schema.ts';
import { duLe, prolongeeAu } from '../droits/droits.rules.ts';
import { demandeSchema, reponseSchema } from '../droits/droits.schema.ts';
import { buildIcs } from '../seances/ics.ts';
import { etatDeSeance, refusDOuvrir } from '../seances/seances.rules.ts';
import type { CleDeCellule } from '../cles/cles.ts';
import { createMemoire, DUREE_MS, INACTIVITE_MS } from '../cles/memoire.ts';
import {
  borneDuDiffere,
  destructionDe,
  type Etat,
  etatDInformation,
  informationDepassee,
  informationEnRetard,
  manqueDInformation,
  type Naissance,
  titreDe,
} from './situations.rules.ts';

const charte = charteSchema.parse(parse(readFileSync('contrats/paris-2023-2026/cellules.yaml', 'utf8')));
const genre = charte.genres.find((g) => g.code === 'cenomed') as (typeof charte.genres)[number];
const durees = { sansSuiteMois: 6, suiviMois: 24, apresSuiviMois: 12 };

test('la fin d’une situation est fixée à l’entrée, un suivi la repousse, sa clôture la ramène, l’âge la borne', () => {
  const fin = (etat: Etat, jour: string, avant: [Etat, string] | null, naissance: Naissance | null = null) =>
    destructionDe({ genre, durees, jour, etat, avant: avant && { etat: avant[0], le: avant[1] }, naissance });
  expect(fin('recue', '2026-01-31', null)).toBe('2026-07-31');
  expect(fin('examinee', '2026-03-01', ['recevable', '2026-07-31'])).toBe('2026-07-31');
  expect(fin('suivie', '2026-04-01', ['examinee', '2026-07-31'])).toBe('2028-04-01');
  expect(fin('close', '2026-06-01', ['suivie', '2028-04-01'])).toBe('2027-06-01');
  expect(fin('close', '2028-03-01', ['suivie', '2028-04-01'])).toBe('2028-04-01');
  expect(fin('close', '2026-04-01', ['examinee', '2026-07-31'])).toBe('2026-07-31');
  // Eighteen years and twelve months after May 2008, and some days before, that nobody else can tell.
  const nee = (recul: number) => ({ mois: '2008-05', recul });
  expect(fin('suivie', '2026-04-01', ['examinee', '2026-07-31'], nee(0))).toBe('2027-05-01');
  expect(fin('suivie', '2026-04-01', ['examinee', '2026-07-31'], nee(40))).toBe('2027-03-22');
  expect(fin('recue', '2030-01-01', null, nee(0)) <= '2030-01-01').toBe(true);
});

test('une charte dont les listes se contredisent est refusée ; un mot changé ou une durée est un autre texte à signer', () => {
  const fautes = (o: object) =>
    charteSchema
      .safeParse({ ...charte, ...o })
      .error?.issues.map((i) => i.message)
      .join() ?? '';
  expect(fautes({ origines: [{ code: 'ecole', libelle: 'École', genres: ['inconnu'] }] })).toContain('genre de cellule « inconnu » inconnu');
  expect(fautes({ apports: [{ code: 'suivi', libelle: 'Suivi' }] })).toContain('secret');
  expect(fautes({ issues: [charte.issues[0], charte.issues[0]] })).toContain('deux fois');
  expect(choixDe(charte, 'orientations', 'recidive').map((x) => x.code)).not.toContain('crip');
  const un = empreinteDuTexte(charte.version, texteDe(charte, genre, durees, null));
  expect(empreinteDuTexte('2', texteDe(charte, genre, durees, null))).not.toBe(un);
  expect(empreinteDuTexte(charte.version, texteDe(charte, genre, { ...durees, suiviMois: 12 }, null))).not.toBe(un);
});

test('une clé ouverte se referme seule, avec une autre clé, un autre siège, une horloge qui recule ; une copie en cours n’en devient pas des zéros', () => {
  const m = createMemoire();
  const t = (ms: number) => new Date(1_800_000_000_000 + ms);
  const cle = new Uint8Array(32).fill(7) as CleDeCellule;
  const attendu = { epoque: 1, membreId: 'm' };
  const garder = () => m.garder('session', 'cellule', { cle: Uint8Array.from(cle) as CleDeCellule, ...attendu }, t(0));
  garder();
  expect([m.lire('autre', 'cellule', attendu, t(1)), m.lire('session', 'voisine', attendu, t(1))]).toEqual([null, null]);
  const lue = m.lire('session', 'cellule', attendu, t(INACTIVITE_MS - 1));
  m.fermer('session', 'cellule');
  expect([lue, m.lire('session', 'cellule', attendu, t(2))]).toEqual([cle, null]);
  for (const [quoi, quand] of [
    [attendu, t(INACTIVITE_MS)],
    [attendu, t(-INACTIVITE_MS)],
    [{ ...attendu, epoque: 2 }, t(1)],
    [{ ...attendu, membreId: 'n' }, t(1)],
  ] as const) {
    garder();
    expect([m.lire('session', 'cellule', quoi, quand), m.nombre()]).toEqual([null, 0]);
  }
});

test('ouverte deux heures en tout, et la page de la cellule seule ne la garde pas ouverte', () => {
  const m = createMemoire();
  const t = (ms: number) => new Date(1_800_000_000_000 + ms);
  const attendu = { epoque: 1, membreId: 'm' };
  const garder = () => m.garder('s', 'c', { cle: new Uint8Array(32) as CleDeCellule, ...attendu }, t(0));
  garder();
  for (let ms = 0; ms < DUREE_MS; ms += INACTIVITE_MS - 1000) expect(m.lire('s', 'c', attendu, t(ms))).not.toBeNull();
  expect(m.lire('s', 'c', attendu, t(DUREE_MS))).toBeNull();
  garder();
  for (const ms of [5 * 60_000, 10 * 60_000]) expect(m.lire('s', 'c', attendu, t(ms), false)).not.toBeNull();
  expect(m.lire('s', 'c', attendu, t(INACTIVITE_MS), false)).toBeNull();
});

test('à quel titre on lit : désigné, présent à son point, en urgence ; ce qui est clos demande un motif', () => {
  const s = { etat: 'suivie' as Etat, designe: false, seanceId: null, secours: null, archive: null };
  expect([titreDe(s), titreDe({ ...s, designe: true }), titreDe({ ...s, seanceId: 'x' }), titreDe({ ...s, secours: 'danger' })]).toEqual([
    null,
    'designe',
    'present',
    'secours',
  ]);
  const close = { ...s, etat: 'close' as Etat, designe: true };
  expect([titreDe(close), titreDe({ ...close, archive: 'droits' }), titreDe({ ...close, designe: false })]).toEqual(['motif', 'archive', null]);
  // What the wall shows holds no identity, and a charter that said so would not load.
  expect([...groupesPour(charte, 'projection')].toSorted()).toEqual(['apport', 'saisine']);
  const faute = { groupes: charte.groupes.map((g) => ({ ...g, lisent: ['designe', 'projection'] })) };
  expect(charteSchema.safeParse({ ...charte, ...faute }).error?.issues.map((i) => i.message)).toContain('l’identité ne se projette pas');
});

test('une séance est d’un jour ; un point ne s’ouvre ni à une seule institution, ni sans un membre désigné', () => {
  const le = new Date();
  const s = { jour: '2026-05-12', ouverteLe: null, closeLe: null };
  expect(['2026-05-11', '2026-05-12', '2026-05-13'].map((j) => etatDeSeance(s, j))).toEqual(['prevue', 'prevue', 'passee']);
  // Left open overnight, or the clock set back: over.
  expect(['2026-05-11', '2026-05-12', '2026-05-13'].map((j) => etatDeSeance({ ...s, ouverteLe: le }, j))).toEqual(['passee', 'ouverte', 'passee']);
  const [a, b, c] = [
    { membreId: 'a', organisationId: 'X' },
    { membreId: 'b', organisationId: 'X' },
    { membreId: 'c', organisationId: 'Y' },
  ];
  expect(refusDOuvrir([a, b], new Set(['a']))).toContain('Deux institutions');
  expect(refusDOuvrir([b, c], new Set(['a']))).toContain('désigné');
  expect(refusDOuvrir([a, c], new Set(['a']))).toBeNull();
  const ics = aLHeureDeParis(buildIcs)({ id: 'x', jour: '2026-05-12', heure: '14:30', adresse: 'http://c.exemple/cellules/x', maintenant: le });
  expect(ics).toContain('CLASS:CONFIDENTIAL');
  expect(ics).toMatch(/SUMMARY:Réunion\r/);
  for (const dit of ['BEGIN:VTIMEZONE', 'DTSTART;TZID=Europe/Paris:20260512T143000', 'DTEND;TZID=Europe/Paris:20260512T163000']) expect(ics).toContain(dit);
});

test('ce qui change d’un texte à l’autre, et pour qui ; un article déplacé ne change rien', () => {
  const avant = texteDe(charte, genre, durees, null);
  expect(changementsEntre(avant, avant)).toEqual([]);
  const [premier, ...suite] = charte.articles;
  const deplace = { ...charte, articles: [...suite, premier as (typeof suite)[number]] };
  expect(changementsEntre(avant, texteDe(deplace, genre, durees, null))).toEqual([]);
  expect(changementsEntre(avant, texteDe(charte, genre, { ...durees, suiviMois: 12 }, null))).toEqual([
    {
      titre: 'Durées',
      pour: 'chaque membre, et la personne dont on parle',
      ajoutees: ['Suivi : 12 mois au plus.'],
      retirees: ['Suivi : 24 mois au plus.'],
    },
  ]);
  const sans = { ...charte, groupes: charte.groupes.map((g) => (g.code === 'identite' ? { ...g, lisent: ['designe' as const] } : g)) };
  expect(changementsEntre(avant, texteDe(sans, genre, durees, null)).map((x) => x.pour)).toEqual([
    'présent en séance',
    'lecture d’urgence',
    'lecture de ce qui est clos',
  ]);
});

test('informer : le retard est celui de chacun, un différé ne se renouvelle pas sans fin', () => {
  const d = (qui: 'personne' | 'parents', _motif: string | null, avantLe: string | null) => ({ qui, le: '2026-05-01', avantLe });
  const etats = etatDInformation([d('personne', 'enquete', '2026-05-20'), d('parents', null, null), d('personne', 'danger', '2026-06-10')]);
  expect(etats.map((e) => informationEnRetard(e, '2026-06-11'))).toEqual([true, false]);
  expect(etats.map((e) => informationEnRetard(e, '2026-06-01'))).toEqual([false, false]);
  // Who must know decides: the minor alone is not enough, a reason holds as long as its day.
  const mineur = { aInformer: 'parents' as const, informationAvant: '2026-05-31' };
  const dites = (...x: ReturnType<typeof d>[]) => [manqueDInformation(x, mineur, '2026-05-20') === null, informationDepassee(x, mineur, '2026-06-15')];
  expect(dites()).toEqual([false, '2026-05-31']);
  expect(dites(d('personne', null, null))).toEqual([false, '2026-05-31']);
  expect(dites(d('parents', 'danger', '2026-06-10'))).toEqual([true, '2026-06-10']);
  expect(dites(d('parents', 'danger', '2026-05-19'))).toEqual([false, '2026-05-19']);
  expect(dites(d('parents', null, null))).toEqual([true, null]);
  expect(manqueDInformation([d('personne', null, null)], { aInformer: 'personne' }, '2026-05-20')).toBeNull();
  const differe = { jours: 30, cumul_jours: 90 };
  expect(borneDuDiffere(differe, { creeeLe: '2026-05-01', aujourdhui: '2026-05-10' })).toBe('2026-06-09');
  expect(borneDuDiffere(differe, { creeeLe: '2026-05-01', aujourdhui: '2026-07-20' })).toBe('2026-07-30');
  expect(borneDuDiffere(differe, { creeeLe: '2026-05-01', aujourdhui: '2026-07-30' })).toBeNull();
});

test('une demande se répond dans le mois ; un refus dit un fondement qui vaut pour ce droit', () => {
  expect([duLe('2026-01-31'), prolongeeAu('2026-01-31')]).toEqual(['2026-02-28', '2026-04-30']);
  const s = reponseSchema(charte, 'acces');
  const refuse = (motif: string) => s.safeParse({ reponse: 'refusee', motif }).success;
  expect([refuse(''), refuse('imperieux'), refuse('tiers')]).toEqual([false, false, true]);
  expect(
    demandeSchema({ aujourdhui: '2026-05-02', creeeLe: '2026-05-01' }).safeParse({ droit: 'acces', demandeur: 'parents', recueLe: '2026-04-30' }).success,
  ).toBe(false);
});
