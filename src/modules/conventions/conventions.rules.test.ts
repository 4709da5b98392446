/** What an act is on a day: each boundary, on the day before, the day, the day after. */
import { describe, expect, test } from 'vitest';
import type { Capacite } from '../../core/capacites.ts';
import { attendusDe, fichesDe, repondent } from './attendus.rules.ts';
import {
  enSaison,
  estUnJourDeLAnnee,
  effetDe,
  etatDe,
  prochainDu,
  raisonDeFin,
  revueDue,
  termeAcquis,
  termeDe,
  termesDe,
  type Vie,
} from './conventions.rules.ts';
import { buildPartieSchema, buildRevueSchema, conventionSchema } from './conventions.schema.ts';
import { anneesDe, friseDe, placeDe } from './frise.rules.ts';
import { comparerTextes } from './versions.rules.ts';

const vie = (plus: Partial<Vie> = {}): Vie => ({
  nature: 'convention',
  effet: '2026-01-01',
  fin: null,
  preavisJours: 0,
  reconductionMois: null,
  denonceeLe: null,
  remplaceeLe: null,
  textes: 1,
  parties: 2,
  signees: 2,
  contestees: 0,
  quittes: 0,
  ravisees: 0,
  aConfirmer: 0,
  premiereSignature: '2025-12-01',
  derniereSignature: '2025-12-10',
  reprise: '2025-12-01',
  dernierRetrait: null,
  arret: false,
  ...plus,
});
const surs = (v: Vie, jours: readonly string[]) => jours.map((j) => etatDe(v, j));

describe('L’état d’un acte', () => {
  test('sans aucune signature il est en négociation ; une partie qui manque et il est à signer ; il n’est jamais en vigueur sans texte', () => {
    expect(etatDe(vie({ signees: 0, premiereSignature: null, derniereSignature: null, effet: null, textes: 0 }), '2026-06-01')).toBe('negociation');
    expect(etatDe(vie({ signees: 0, parties: 0, effet: null }), '2026-06-01')).toBe('negociation');
    expect(etatDe(vie({ signees: 1 }), '2026-06-01')).toBe('partielle');
    // Who took its own back is not waited for; another is.
    expect([1, 0].map((signees) => etatDe(vie({ signees, ravisees: 1 }), '2026-06-01'))).toEqual(['ravisee', 'negociation']);
    expect(etatDe(vie({ parties: 3, signees: 1, ravisees: 1 }), '2026-06-01')).toBe('partielle');
    expect(etatDe(vie({ textes: 0 }), '2026-06-01')).toBe('sans-texte');
    expect(etatDe(vie({ signees: 1, textes: 0 }), '2026-06-01')).toBe('sans-texte');
    expect(etatDe(vie(), '2026-06-01')).toBe('vigueur');
  });

  test('il prend effet le jour dit, ou celui de sa dernière signature', () => {
    expect(surs(vie(), ['2025-12-31', '2026-01-01'])).toEqual(['signee', 'vigueur']);
    expect(surs(vie({ effet: null }), ['2025-12-09', '2025-12-10'])).toEqual(['signee', 'vigueur']);
    expect(effetDe(vie({ effet: null, signees: 1 }))).toBeNull();
  });

  test('il est à renouveler quatre-vingt-dix jours avant son préavis, et échu le lendemain de sa fin', () => {
    const v = vie({ fin: '2026-12-31', preavisJours: 60 });
    expect(termeDe(v, '2026-06-01')).toEqual({ fin: '2026-12-31', limite: '2026-11-01', reconduite: 0 });
    expect(surs(v, ['2026-08-02', '2026-08-03', '2026-12-31', '2027-01-01'])).toEqual(['vigueur', 'a-renouveler', 'a-renouveler', 'echue']);
    expect(etatDe({ ...v, arret: true }, '2026-12-01')).toBe('vigueur');
  });

  test('le passage à l’heure d’été ou d’hiver n’ajoute ni n’ôte un jour', () => {
    for (const [fin, avant, jour] of [
      ['2026-03-30', '2026-03-29', '2026-03-30'],
      ['2026-10-25', '2026-10-24', '2026-10-25'],
    ] as const) {
      const v = vie({ fin, preavisJours: 1 });
      expect(termeDe(v, '2026-01-02')?.limite).toBe(avant);
      expect(etatDe(v, jour)).toBe('a-renouveler');
    }
  });

  test('une reconduction tacite est acquise quand le préavis est passé en silence, de terme en terme, sans dériver en fin de mois', () => {
    const v = vie({ effet: '2025-01-31', fin: '2025-08-31', preavisJours: 30, reconductionMois: 6 });
    expect(termeDe(v, '2025-08-01')).toMatchObject({ fin: '2025-08-31', reconduite: 0 });
    expect(termeDe(v, '2025-08-02')).toMatchObject({ fin: '2026-02-28', reconduite: 1 });
    expect(termeDe(v, '2026-02-01')).toMatchObject({ fin: '2026-08-31', reconduite: 2 });
    expect(etatDe(v, '2040-01-01')).not.toBe('echue');
    expect(etatDe({ ...v, arret: true }, '2025-07-20')).toBe('a-renouveler');
  });

  test('dénoncé, il lie jusqu’au jour dit et ne se reconduit plus ; remplacé, il cesse le jour où l’autre prend effet', () => {
    const v = vie({ fin: '2026-08-31', preavisJours: 30, reconductionMois: 12, denonceeLe: '2026-08-31' });
    expect(surs(v, ['2026-08-15', '2026-08-30', '2026-08-31'])).toEqual(['vigueur', 'vigueur', 'denoncee']);
    expect(termeDe(v, '2026-08-20')).toMatchObject({ fin: '2026-08-31', reconduite: 0 });
    expect(surs(vie({ remplaceeLe: '2026-05-01' }), ['2026-04-30', '2026-05-01'])).toEqual(['vigueur', 'remplacee']);
  });

  test('un arrêté n’attend personne, mais un texte et une date ; une charte tient dès son premier signataire', () => {
    const arrete = { nature: 'arrete', parties: 0, signees: 0, premiereSignature: null, derniereSignature: null } as const;
    expect(etatDe(vie(arrete), '2026-06-01')).toBe('vigueur');
    expect(etatDe(vie({ ...arrete, effet: null }), '2026-06-01')).toBe('negociation');
    expect(etatDe(vie({ ...arrete, textes: 0 }), '2026-06-01')).toBe('sans-texte');
    expect(etatDe(vie({ ...arrete, textes: 0 }), '2025-06-01')).toBe('negociation');
    const charte = vie({ nature: 'charte', effet: null, parties: 9, signees: 1 });
    expect(surs(charte, ['2025-11-30', '2025-12-01'])).toEqual(['signee', 'vigueur']);
    expect(etatDe({ ...charte, signees: 0, premiereSignature: null, derniereSignature: null }, '2026-06-01')).toBe('negociation');
  });

  test('une saison se ferme et passe l’année', () => {
    expect(['05-14', '05-15', '09-30', '10-01'].map((j) => enSaison({ saisonDe: '05-15', saisonA: '09-30' }, `2026-${j}`))).toEqual([false, true, true, false]);
    expect(['11-30', '12-01', '02-28', '03-02'].map((j) => enSaison({ saisonDe: '12-01', saisonA: '03-01' }, `2026-${j}`))).toEqual([false, true, true, false]);
    expect(enSaison({ saisonDe: '', saisonA: '' }, '2026-01-01')).toBe(true);
    expect(['02-29', '02-30', '13-01', '6-1'].map(estUnJourDeLAnnee)).toEqual([true, false, false, false]);
  });
});

test('une signature contestée ne laisse rien en vigueur, sauf une charte que d’autres tiennent ; quittée par tous, elle a son mot', () => {
  expect(etatDe(vie({ contestees: 1, signees: 1 }), '2026-06-01')).toBe('contestee');
  expect(effetDe(vie({ contestees: 1, signees: 1 }))).toBeNull();
  const charte = vie({ nature: 'charte', effet: null, parties: 2, signees: 1 });
  expect(etatDe({ ...charte, contestees: 1 }, '2026-06-01')).toBe('vigueur');
  expect(etatDe({ ...charte, contestees: 1, signees: 0, premiereSignature: null }, '2026-06-01')).toBe('contestee');
  const quittee = { ...charte, parties: 0, signees: 0, quittes: 2 };
  expect([etatDe(quittee, '2026-06-01'), effetDe(quittee)]).toEqual(['quittee', '2025-12-01']);
  expect([etatDe({ ...quittee, denonceeLe: '2026-01-01' }, '2026-06-01'), raisonDeFin('echue'), raisonDeFin('quittee')]).toEqual([
    'denoncee',
    null,
    'quittée par tous',
  ]);
});

test('une dénonciation tombe dans un terme déjà reconduit, ou dans celui qui court', () => {
  const v = vie({ fin: '2026-12-31', preavisJours: 90, reconductionMois: 12 });
  expect(termesDe(v, '2026-11-30').map((t) => t.fin)).toEqual(['2026-12-31', '2027-12-31']);
  expect(termesDe(vie(), '2026-11-30')).toEqual([]);
  expect(termeAcquis(v, '2026-12-31', '2026-11-30')).toMatchObject({ avant: { limite: '2026-10-02' }, apres: { fin: '2027-12-31' } });
  expect(termeAcquis(v, '2027-01-01', '2026-11-30')).toBeNull();
  expect(termeAcquis(v, '2026-12-31', '2026-10-02')).toBeNull();
  expect(termeAcquis(vie(), '2026-12-31', '2026-11-30')).toBeNull();
});

describe('Ce qui est dû', () => {
  test('la revue se compte de l’effet, puis de la dernière ; rien n’est dû avant la signature ni après la fin', () => {
    const v = { ...vie({ effet: '2024-02-29' }), revueMois: 12, derniereRevue: null };
    expect(revueDue(v, '2025-01-01')).toBe('2025-02-28');
    expect(revueDue({ ...v, derniereRevue: '2025-03-31' }, '2025-04-01')).toBe('2026-03-31');
    expect(revueDue({ ...v, signees: 1 }, '2025-01-01')).toBeNull();
    expect(revueDue({ ...v, fin: '2024-12-31' }, '2025-01-01')).toBeNull();
    expect(revueDue({ ...v, revueMois: null }, '2025-01-01')).toBeNull();
  });

  test('un engagement est dû au premier de ses jours qui n’est pas tenu', () => {
    const e = { duLe: '2026-01-31', tousLesMois: 1, arreteLe: null };
    expect(prochainDu(e, [])).toBe('2026-01-31');
    expect(prochainDu(e, ['2026-01-31'])).toBe('2026-02-28');
    expect(prochainDu(e, ['2026-01-31', '2026-02-28'])).toBe('2026-03-31');
    expect(prochainDu({ ...e, tousLesMois: null }, ['2026-01-31'])).toBeNull();
    expect(prochainDu({ ...e, arreteLe: '2026-02-01' }, ['2026-01-31'])).toBeNull();
  });
});

describe('Ce qu’un formulaire refuse', () => {
  const saisie = {
    ...{
      nature: 'convention',
      titre: 'Un acte essayé',
      reference: '',
      objet: '',
      porteur: 'PP',
      territoires: [],
      systemes: '',
      lignes: '',
      effet: '',
      fin: '',
    },
    ...{ preavis: '', reconduction: '', revue: '', lieu: '', interdits: '', jours: [], heure_de: '', heure_a: '', saison_de: '', saison_a: '', remplace: '' },
  };
  const fautes = (plus: Record<string, unknown>) => {
    const lu = conventionSchema.safeParse({ ...saisie, ...plus });
    return lu.success ? [] : lu.error.issues.map((i) => i.path.join('.'));
  };
  test('la fin avant l’effet, un préavis ou une reconduction sans fin, la moitié d’un horaire ou d’une saison', () => {
    expect(fautes({})).toEqual([]);
    expect(fautes({ effet: '2026-05-02', fin: '01/05/2026' })).toEqual(['fin']);
    expect(fautes({ preavis: '30' })).toEqual(['preavis']);
    expect(fautes({ reconduction: '12' })).toEqual(['fin']);
    expect(fautes({ nature: 'arrete', effet: '2026-05-02', fin: '2027-05-02', reconduction: '12' })).toEqual(['reconduction']);
    expect(fautes({ heure_de: '21:00' })).toEqual(['heure_a']);
    expect(fautes({ saison_a: '21/06' })).toEqual(['saison_de']);
    expect(fautes({ revue: '0' })).toEqual(['revue']);
    expect(fautes({ effet: '31/02/2026' })).toEqual(['effet']);
  });
  test('une signature ou une revue à venir, une revue avant l’effet, deux façons de nommer une partie', () => {
    const partie = { organisation: 'PP', nom: '', signataire: '', fonction: '', signee_le: '2026-06-02' };
    expect(buildPartieSchema('2026-06-01').safeParse(partie).success).toBe(false);
    expect(buildPartieSchema('2026-06-02').safeParse(partie).success).toBe(true);
    expect(buildPartieSchema('2026-06-02').safeParse({ ...partie, nom: 'Autre' }).success).toBe(false);
    expect(buildPartieSchema('2026-06-02').safeParse({ ...partie, organisation: '' }).success).toBe(false);
    const revue = (jour: string) => buildRevueSchema('2026-06-01', '2026-01-01').safeParse({ jour, issue: 'poursuivre', texte: '' }).success;
    expect(['2025-12-31', '2026-01-01', '2026-06-01', '2026-06-02'].map(revue)).toEqual([false, true, true, false]);
  });
});

test('ce que le contrat demande se lit de ses dispositifs, et un acte y répond par sa nature', () => {
  const systeme = (id: string, capacites: Capacite[], fiches: string[]) =>
    [id, { id, nom: id, porteur: 'x', fiches, lignes: [], exige: [{ capacites }] }] as const;
  const cat = {
    systemes: new Map([systeme('A-1', ['convention', 'referent'], ['1.1', 'intro']), systeme('A-2', ['charte'], ['1.10']), systeme('A-3', ['vote'], [])]),
    lignes: new Map([['1.2-R1', { fiche: '1.2' }]]),
  };
  const attendus = attendusDe(cat);
  expect(attendus.map((x) => [x.systeme, x.natures])).toEqual([
    ['A-1', ['convention', 'protocole']],
    ['A-2', ['charte']],
  ]);
  const acte = { nature: 'protocole' as const, systemes: ['A-1', 'A-2'] };
  expect(attendus.map((x) => repondent(x, [acte]).length)).toEqual([1, 0]);
  expect(fichesDe(cat, { systemes: ['A-2', 'A-1'], lignes: ['1.2-R1'] })).toEqual(['1.1', '1.2', '1.10']);
});

test('la frise va de la première date à la dernière, aujourd’hui compris ; sans date, il n’y en a pas', () => {
  const rien = { signatures: [], avenants: [], revues: [], revueDue: null, aujourdhui: '2026-06-01' };
  expect(friseDe({ ...rien, vie: vie({ effet: null, signees: 0, premiereSignature: null, derniereSignature: null }) })).toBeNull();
  expect(friseDe({ ...rien, vie: vie({ signees: 1 }) })).toMatchObject({ dates: [{ genre: 'effet', libelle: 'Date d’effet prévue' }], vigueur: null });
  const f = friseDe({ ...rien, vie: vie({ fin: '2027-12-31', preavisJours: 31 }) });
  expect(f?.dates.map((d) => [d.genre, d.jour])).toEqual([
    ['effet', '2026-01-01'],
    ['limite', '2027-11-30'],
    ['fin', '2027-12-31'],
  ]);
  expect(f?.vigueur).toEqual({ de: '2026-01-01', a: '2027-12-31', ouverte: false });
  expect(f && placeDe(f, f.debut)).toBe(0);
  expect(f && anneesDe(f)).toEqual(['2026-01-01', '2027-01-01', '2028-01-01']);
});

test('deux textes se comparent ligne à ligne, sans s’arrêter aux espaces', () => {
  expect(comparerTextes('Article 1\nArticle 2', 'Article  1\r\n\r\nArticle 2 bis\nArticle 3')).toEqual([
    { genre: 'commun', lignes: ['Article 1'] },
    { genre: 'ote', lignes: ['Article 2'] },
    { genre: 'ajoute', lignes: ['Article 2 bis', 'Article 3'] },
  ]);
  expect(comparerTextes('Même texte', 'Même texte')).toEqual([{ genre: 'commun', lignes: ['Même texte'] }]);
});
