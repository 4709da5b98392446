import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { instantDe } from '../../../core/clock.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { conduitDeGarde } from '../alertes.policy.ts';
import { fonctionDe, peutTenirLaFonction, quiTiennent, verifierReglement } from '../reglement/reglement.ts';
import { reglementSchema } from '../reglement/reglement.schema.ts';
import { refusDuTexte } from '../reglement/texte.rules.ts';
import { voisinsDe, voisinsParContours } from '../reglement/voisins.rules.ts';
import { apresLeMois, dernierMois, moisDe, parCle } from '../bilan/bilan.rules.ts';
import { couverturesDe, finDeSemaine, ordreDe, trous } from './astreintes.rules.ts';

interface Acteur {
  id: string;
  type: string;
  parent?: string;
}
const PARIS = 'Europe/Paris';
const a = (jour: string, heure: string) => instantDe(jour, heure, PARIS) as Date;
const inscrit = (id: string, o: { rang?: number; permanent?: boolean } = {}) => ({
  id,
  fonction: 'mairie',
  territoire: 'mairie-18',
  rang: 1,
  permanent: true,
  ...o,
});
const reglement = reglementSchema.parse(parse(readFileSync('contrats/paris-2023-2026/alertes.yaml', 'utf8')));

describe('Une astreinte', () => {
  const creneau = { inscritId: 'garde', suppleantId: 'relais', debut: a('2026-11-28', '20:00'), fin: a('2026-11-29', '08:00') };
  const tous = [inscrit('garde', { permanent: false }), inscrit('relais', { permanent: false }), inscrit('second', { rang: 2 }), inscrit('premier')];
  const ids = (t: { inscrit: { id: string } }[]) => t.map((x) => x.inscrit.id);

  test('qui est de garde est prévenu d’abord, avec les permanents de premier rang ; puis le suppléant, puis les rangs suivants', () => {
    const la = ordreDe(tous, [creneau], a('2026-11-29', '03:00'));
    expect([ids(la.premiers), ids(la.suivants)]).toEqual([
      ['garde', 'premier'],
      ['relais', 'second'],
    ]);
    const apres = ordreDe(tous, [creneau], a('2026-11-29', '08:00'));
    expect([ids(apres.premiers), ids(apres.suivants)]).toEqual([['premier'], ['second']]);
    expect(ids(ordreDe([inscrit('garde', { permanent: false })], [], a('2026-11-29', '03:00')).premiers)).toEqual([]);
    expect(ids(ordreDe([inscrit('seul', { rang: 4 })], [], a('2026-11-29', '03:00')).premiers)).toEqual(['seul']);
  });

  test('la nuit où l’heure change dure ce qu’elle dure : treize heures en octobre, onze en mars', () => {
    const nuit = (de: string, vers: string) => ({ debut: a(de, '20:00'), fin: a(vers, '08:00') });
    const heures = (x: { debut: Date; fin: Date }) => (x.fin.getTime() - x.debut.getTime()) / 3_600_000;
    expect(heures(nuit('2026-10-24', '2026-10-25'))).toBe(13);
    expect(heures(nuit('2027-03-27', '2027-03-28'))).toBe(11);
    // The hour that does not exist is nobody's; the one that comes twice is its first.
    expect(instantDe('2027-03-28', '02:30', PARIS)).toBeNull();
    expect(a('2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    // Still on duty during the second « 2 h 30 ».
    const garde = { inscritId: 'garde', suppleantId: null, ...nuit('2026-10-24', '2026-10-25') };
    expect(ids(ordreDe([inscrit('garde', { permanent: false })], [garde], new Date('2026-10-25T01:30:00Z')).premiers)).toEqual(['garde']);
    const dans = nuit('2026-10-24', '2026-10-25');
    const [m] = couverturesDe(
      [{ fonction: 'mairie', territoire: 'mairie-18' }],
      [inscrit('garde', { permanent: false })],
      [{ ...garde, fin: new Date('2026-10-25T00:30:00Z') }],
      dans,
    );
    expect([m?.couvertes, m?.total]).toEqual([390, 780]);
  });

  test('les trous sont ce que rien ne couvre, chevauchements compris', () => {
    const h = (x: number) => new Date(Date.UTC(2026, 0, 1, x));
    const dans = { debut: h(0), fin: h(10) };
    expect(trous([], dans)).toEqual([dans]);
    expect(
      trous(
        [
          { debut: h(1), fin: h(4) },
          { debut: h(2), fin: h(3) },
          { debut: h(6), fin: h(12) },
        ],
        dans,
      ),
    ).toEqual([
      { debut: h(0), fin: h(1) },
      { debut: h(4), fin: h(6) },
    ]);
    expect(trous([{ debut: h(-5), fin: h(20) }], dans)).toEqual([]);
  });

  test('la fin de semaine est celle qui vient, ou celle que l’on vit', () => {
    const dite = (t: Date) => Object.values(finDeSemaine(reglement, t, PARIS)).map((d) => d.toISOString());
    const attendue = ['2026-11-27T17:00:00.000Z', '2026-11-30T07:00:00.000Z'];
    for (const [jour, heure] of [
      ['2026-11-26', '10:00'],
      ['2026-11-28', '03:00'],
      ['2026-11-30', '07:59'],
    ] as const)
      expect(dite(a(jour, heure))).toEqual(attendue);
    expect(dite(a('2026-11-30', '08:00'))[0]).toBe('2026-12-04T17:00:00.000Z');
  });
});

describe('Le règlement d’un contrat', () => {
  test('le fichier de Paris tient ; chaque faute dit quoi corriger', () => {
    const listes = (codes: string[]) => codes.map((code) => ({ code, libelle: code }));
    const contrat = {
      listes: new Map([
        ['paliers-d-alerte', listes(reglement.paliers.map((p) => p.code))],
        ['genres-d-alerte', listes(['rixe'])],
        ['issues-d-alerte', listes(['evitee', 'survenue', 'doublon'])],
      ]),
      champs: new Map(),
      acteurs: new Map((parse(readFileSync('contrats/paris-2023-2026/acteurs.yaml', 'utf8')) as Acteur[]).map((x) => [x.id, x])),
      territoires: new Map(Object.keys(reglement.voisins).map((t) => [t, {}])),
    };
    expect(verifierReglement(reglement, contrat)).toEqual([]);
    const faux = {
      ...reglement,
      fonctions: reglement.fonctions.map((f) => ({ ...f, valide: false, tenue: { acteurs: [...f.tenue.acteurs, 'INCONNU'], types: ['licorne'] } })),
      voisins: { ...reglement.voisins, 'mairie-18': ['mairie-12', '99999'] },
    };
    const fautes = verifierReglement(faux, contrat).join('\n');
    for (const dit of ['aucune fonction ne valide', '« 99999 » n’est ni un territoire ni une commune', '« mairie-18 » touche « mairie-12 », qui ne le dit pas'])
      expect(fautes).toContain(dit);
    for (const dit of ['fonction « mairie » : l’acteur « INCONNU » n’existe pas', 'aucun acteur n’est du type « licorne »']) expect(fautes).toContain(dit);
    const partout = { ...reglement, fonctions: reglement.fonctions.map((f) => ({ ...f, partout: true })) };
    expect(verifierReglement(partout, contrat).join()).toContain('on valide dans un lieu');
    // An alert that climbs loses nothing: a graver tier asks for at least as much as the one before.
    const renverse = verifierReglement({ ...reglement, paliers: [...reglement.paliers].reverse() }, contrat).join('\n');
    for (const dit of ['palier « represailles », après « grave »', '« procedure » manque', 'il prévient moins de voisins', 'il laisse plus longtemps répondre'])
      expect([dit, renverse.includes(dit)]).toEqual([dit, true]);
    expect(reglementSchema.safeParse({ ...reglement, procedure: [{ ...reglement.procedure[0], fonctions: [] }] }).success).toBe(false);
    const sansIssue = { ...contrat, listes: new Map([...contrat.listes, ['issues-d-alerte', listes(['rixe'])]]) };
    expect(verifierReglement(reglement, sansIssue).join()).toContain('n’a pas l’issue « survenue »');
  });

  test('une fonction ne se tient que par ceux que le fichier nomme, leurs services et leurs types', () => {
    const acteurs = new Map((parse(readFileSync('contrats/paris-2023-2026/acteurs.yaml', 'utf8')) as Acteur[]).map((x) => [x.id, x]));
    const tient = (fonction: string, organisation: string) => peutTenirLaFonction(fonctionDe(reglement, fonction), { acteurs }, organisation);
    for (const [fonction, organisation] of [
      ['commissariat', 'PP'],
      ['commissariat', 'CSP18'],
      ['police-municipale', 'PM'],
      ['mairie', 'MA'],
      ['association', 'PAV'],
      ['bailleur', 'GARDIENS'],
    ] as const)
      expect([fonction, organisation, tient(fonction, organisation)]).toEqual([fonction, organisation, true]);
    for (const [fonction, organisation] of [
      ['commissariat', 'PAV'],
      ['commissariat', 'DPMP'],
      ['police-municipale', 'BAILLEURS'],
      ['police-municipale', 'DPMP'],
      ['mairie', 'PP'],
      ['inconnue', 'PP'],
    ] as const)
      expect([fonction, organisation, tient(fonction, organisation)]).toEqual([fonction, organisation, false]);
    // A line of another house is told, asked nothing, and covers nothing.
    const lignes = [
      { fonction: 'commissariat', organisationId: 'PAV' },
      { fonction: 'commissariat', organisationId: 'PP' },
    ];
    expect(quiTiennent(reglement, { acteurs }, lignes)).toEqual([lignes[1]]);
    // Both read alerts: the house alone tells them apart.
    const de = (organisationId: string): Utilisateur => ({
      ...{ id: 'u', nom: 'x', courriel: 'x@exemple.fr', organisationId, fonction: '', forte: true },
      mandats: [{ role: 'agent', territoireId: null, fiche: null }],
    });
    expect([conduitDeGarde(de('PAV'), lignes, tient), conduitDeGarde(de('PP'), lignes, tient)]).toEqual([false, true]);
  });

  test('les voisins viennent des contours quand ils sont tous là, du fichier sinon ; les communes du fichier', () => {
    const carre = (x: number): GeoJSON.Polygon => ({
      type: 'Polygon',
      coordinates: [
        [
          [x, 0],
          [x + 1, 0],
          [x + 1, 1],
          [x, 1],
          [x, 0],
        ],
      ],
    });
    const contours = new Map([
      ['mairie-18', carre(0)],
      ['mairie-19', carre(1)],
      ['mairie-12', carre(5)],
    ]);
    const calcules = voisinsParContours(contours, ['mairie-18', 'mairie-19', 'mairie-12']);
    expect(Object.fromEntries(calcules ?? [])).toEqual({ 'mairie-18': ['mairie-19'], 'mairie-19': ['mairie-18'], 'mairie-12': [] });
    expect(voisinsParContours(contours, ['mairie-18', 'mairie-5'])).toBeNull();
    expect(voisinsDe(reglement, { voisins: 'aucun' }, 'mairie-18', null)).toEqual([]);
    expect(voisinsDe(reglement, { voisins: 'communes' }, 'mairie-18', null)).toEqual(['93001', '93066', '93070']);
    expect(voisinsDe(reglement, { voisins: 'tous' }, 'mairie-18', calcules)).toEqual(['mairie-19', '93001', '93066', '93070']);
    expect(voisinsDe(reglement, { voisins: 'tous' }, 'mairie-18', null)).toContain('mairie-17');
  });

  test('une alerte dit où et quoi, jamais qui : personnes, plaques, numéros et noms de groupes sont refusés', () => {
    for (const t of [
      'Mme Martin crie',
      'scooter AB-123-CD',
      'appelez le 06 12 34 56 78',
      'la bande de Riquet arrive',
      'le groupe « Curial » descend',
      'le gang des Portes',
    ])
      expect([t, refusDuTexte(t) !== null]).toEqual([t, true]);
    for (const t of [
      'Deux groupes d’une dizaine de jeunes, place Hébert',
      'Attroupement à la sortie du collège, rue Jean Jaurès',
      'Une équipe de médiation arrive',
      '',
    ])
      expect([t, refusDuTexte(t)]).toEqual([t, null]);
  });
});

test('le bilan cache les petits nombres deux à deux, et rien ne montre les derniers mois', () => {
  const un = (territoireId: string, nombre: number) => ({ territoireId, palier: 'rixe', issue: null, survenue: true, mois: '2026-03', nombre });
  const { parts, total } = parCle([un('a', 9), un('b', 2), un('c', 7)], ['a', 'b', 'c', 'd'], (x) => x.territoireId);
  expect(total).toBe(18);
  expect(parts.find((p) => p.cle === 'b')?.nombre).toBeNull();
  expect(parts.filter((p) => p.nombre === null).length).toBeGreaterThan(1);
  expect(parts.find((p) => p.cle === 'd')?.nombre).toBe(0);
  expect([dernierMois('2026-11-29', 2), dernierMois('2026-02-03', 2), apresLeMois('2026-12')]).toEqual(['2026-08', '2025-11', '2027-01-01']);
  expect(moisDe(2026, '2026-03')).toEqual(['2026-01', '2026-02', '2026-03']);
});
