import { expect, test } from 'vitest';
import { estDIci } from '../paroles/voix.rules.ts';
import type { Participant } from '../seances.queries.ts';
import {
  aClasser,
  adressesDuRepresentant,
  cleDuMot,
  contestationsDe,
  contestationsEcrites,
  type MotDePresence,
  parOrdre,
  type Partis,
  voixDeLigne,
} from './presences.rules.ts';

const mot = (rang: number, o: Partial<MotDePresence>): MotDePresence => ({
  ...{ participantId: 'p', rang, acte: 'contestee', avantPresence: null, avantPar: '', avantNom: '', presence: 'absent', representePar: '' },
  ...{
    nom: 'Ada',
    motif: 'Non',
    par: 'Ada',
    organisationId: 'DPMP',
    voie: 'titulaire',
    depuis: false,
    parLien: false,
    adresse: '',
    quand: new Date(0),
    ecartee: null,
    ...o,
  },
});

test('ce qui est dit d’un état de la ligne n’ôte rien de ce qui est dit d’un autre, ni l’un de ce que l’autre dit', () => {
  const tiennent = (presence: MotDePresence['presence'], representePar: string, ...mots: MotDePresence[]) =>
    contestationsDe({ id: 'p', presence, representePar }, mots).map((m) => m.par);
  const [absent, excuse] = [mot(1, {}), mot(2, { presence: 'excuse' })];
  expect(tiennent('absent', '', absent, excuse)).toEqual(['Ada']);
  expect(tiennent('absent', '', absent, excuse, mot(3, { acte: 'reprise', presence: 'excuse' }))).toEqual(['Ada']);
  expect(tiennent('absent', '', absent, excuse, mot(3, { acte: 'reprise' }))).toEqual([]);
  const [paul, anne] = ['Paul', 'Anne'].map((par, i) => mot(i + 1, { presence: 'represente', representePar: par, par, voie: 'representant' }));
  expect(paul && anne && tiennent('represente', 'Paul', paul, anne)).toEqual(['Paul']);
  // Taken back from another address, it is another's word.
  const la = mot(1, { adresse: 'la@exemple.fr' });
  expect(tiennent('absent', '', la, mot(2, { acte: 'reprise', adresse: 'ailleurs@exemple.fr' }))).toEqual(['Ada']);
  expect(tiennent('absent', '', la, mot(2, { acte: 'reprise', adresse: 'la@exemple.fr' }))).toEqual([]);
});

test('ce qui tient s’écrit d’abord, de qui fut convoqué avant qui parle d’une adresse donnée depuis, puis dans l’ordre dit', () => {
  const depuis = mot(1, { par: 'boite1', depuis: true, adresse: 'boite1@exemple.fr' });
  const [dabord, elle] = [mot(2, { par: 'Xavier', voie: 'convoque_dabord', adresse: 'x@exemple.fr' }), mot(3, { adresse: 'ada@exemple.fr' })];
  const ecrites = contestationsEcrites({ id: 'p', presence: 'absent', representePar: '' }, [depuis, dabord, elle]);
  expect(ecrites.map((m) => [m.par, m.dabord, m.depuis])).toEqual([
    ['Ada', undefined, undefined],
    ['Xavier', true, undefined],
    ['boite1', undefined, true],
  ]);
  expect([elle, depuis, dabord].sort(parOrdre)).toEqual([elle, dabord, depuis]);
});

const convocation = (adresse: string, nom: string, suppleant = false, partie = true) => ({ adresse, nom, suppleant, partie });
const ligne = (o: Partial<Participant>): Participant =>
  ({
    ...{ id: 'p', fonction: 'Maire', nom: 'Yves Neuf', courriel: 'y@exemple.fr', suppleantNom: 'Paul Petit', suppleantCourriel: 'paul@exemple.fr' },
    ...{ presence: 'absent', representePar: '', convocations: [convocation('x@exemple.fr', 'Xavier'), convocation('y@exemple.fr', 'Yves Neuf')] },
    ...{ nulConvoque: false, ecartees: [], ...o },
  }) as Participant;
const partis = (...mots: MotDePresence[]): Partis => ({ lignes: new Map([['p', { titulaire: true, suppleant: true }]]), mots: new Set(mots.map(cleDuMot)) });

test('qui fut convoqué d’abord à un siège où une autre personne siège parle sous sa propre voix', () => {
  const p = ligne({});
  const dites = ['x@exemple.fr', 'y@exemple.fr', 'paul@exemple.fr'].map((a) => voixDeLigne(p, [p], a));
  expect(dites.map((v) => [v?.voie, v?.depuis])).toEqual([
    ['convoque_dabord', false],
    ['titulaire', false],
    ['suppleant', true],
  ]);
  // Neither takes back what the other said.
  const sienne = mot(1, { voie: 'convoque_dabord', adresse: 'x@exemple.fr' });
  expect([estDIci(sienne, { voie: 'titulaire', adresse: 'y@exemple.fr' }), estDIci(sienne, { voie: 'convoque_dabord', adresse: 'x@exemple.fr' })]).toEqual([
    false,
    true,
  ]);
});
test('se classe ce dont l’auteur est parti, non ce dont le siège a changé de tenant', () => {
  const p = ligne({});
  const [depuis, dabord] = [mot(1, { depuis: true, adresse: 'paul@exemple.fr' }), mot(2, { voie: 'convoque_dabord', adresse: 'x@exemple.fr' })];
  const classables = (...mots: MotDePresence[]) => aClasser([p], [depuis, dabord], partis(...mots)).map((x) => x.mot.adresse);
  expect([classables(), classables(depuis), classables(dabord)]).toEqual([[], ['paul@exemple.fr'], ['x@exemple.fr']]);
  // Of words whose address was not kept, of the place.
  expect(aClasser([p], [mot(1, {})], partis())).toHaveLength(1);
});
test('ce qui fut dit sans que son adresse soit gardée se reprend de la même place, où que le siège ait été convoqué', () => {
  const p = ligne({ convocations: [] });
  const ici = (adresse: string) => ({ voie: voixDeLigne(p, [p], adresse)?.voie ?? 'convoque_dabord', adresse }) as const;
  const [elle, paul] = [mot(1, {}), mot(2, { voie: 'suppleant' })];
  expect([elle, paul].map((m) => [estDIci(m, ici('y@exemple.fr')), estDIci(m, ici('paul@exemple.fr'))])).toEqual([
    [true, false],
    [false, true],
  ]);
});
test('d’une séance dont personne ne fut convoqué, la ligne fait foi pour le compte de son adresse, et n’ouvre rien sans lui', () => {
  const p = ligne({ convocations: [], nulConvoque: true });
  expect([voixDeLigne(p, [p], 'y@exemple.fr')].map((v) => [v?.voie, v?.convoquee])).toEqual([['titulaire', false]]);
});
test('l’autre adresse que le siège avait à la convocation est la sienne, avec son compte ; qui fut remplacé sans rien recevoir n’est plus du siège', () => {
  const p = ligne({ convocations: [convocation('y@exemple.fr', 'Yves Neuf', false, false), convocation('paul@exemple.fr', 'Paul Petit', true)], courriel: '' });
  const dites = ['y@exemple.fr', 'paul@exemple.fr'].map((a) => voixDeLigne(p, [p], a));
  expect(dites.map((v) => [v?.voie, v?.depuis, v?.convoquee])).toEqual([
    ['titulaire', false, false],
    ['suppleant', false, true],
  ]);
  expect(voixDeLigne({ ...p, nom: 'Zoé Autre' }, [p], 'y@exemple.fr')).toBeNull();
});
test('qui fut convoqué d’abord au siège de qui représente n’a représenté personne', () => {
  const siege = ligne({ id: 'q', presence: 'present' });
  const p = ligne({ nom: 'Fatou Ndiaye', courriel: 'f@exemple.fr', suppleantNom: '', presence: 'represente', representePar: 'Yves NEUF', convocations: [] });
  expect(adressesDuRepresentant(p, [p, siege])).toEqual(['y@exemple.fr']);
  expect(voixDeLigne(p, [p, siege], 'x@exemple.fr')).toBeNull();
});
