import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Champs, changesDepuis, type Enregistre, masquesDeVersion, memeChamp, rapprocher } from './versions.ts';

const e = (champs: Champs, version = 2): Enregistre => ({ version, champs, par: 'Claire', le: null });
const vu = (champs: Champs, version = 1) => masquesDeVersion({ version, champs });

describe('Rapprocher un formulaire et ce qui est enregistré', () => {
  test('la même version : ce qui arrive', () => {
    expect(rapprocher({ version: '2', lieu: 'B' }, e({ lieu: 'A', mot: 'm' }))).toMatchObject({ genre: 'pret', champs: { lieu: 'B', mot: 'm' }, venus: [] });
  });

  test('des champs différents : les deux, et l’on sait ce qui vient d’un autre', () => {
    const r = rapprocher({ ...vu({ lieu: 'A', mot: 'm' }), lieu: 'A', mot: 'mien' }, e({ lieu: 'B', mot: 'm' }));
    expect(r).toMatchObject({ genre: 'pret', champs: { lieu: 'B', mot: 'mien' } });
    expect(r.venus.map((v) => v.champ)).toEqual(['lieu']);
  });

  test('le même champ, deux valeurs : un heurt ; la même valeur : rien à décider', () => {
    expect(rapprocher({ ...vu({ lieu: 'A' }), lieu: 'B' }, e({ lieu: 'C' }))).toMatchObject({
      genre: 'heurt',
      statut: 409,
      ecarts: [{ champ: 'lieu', base: 'A', actuelle: 'C', mienne: 'B' }],
    });
    expect(rapprocher({ ...vu({ lieu: 'A' }), lieu: 'C ' }, e({ lieu: 'C' }))).toMatchObject({ genre: 'pret', venus: [] });
  });

  test('sans version, ou sans dire ce qu’il montrait, un formulaire ne remplace rien', () => {
    expect(rapprocher({ lieu: 'B' }, e({ lieu: 'C' }))).toMatchObject({ genre: 'heurt', statut: 409 });
    expect(rapprocher({ version: '1', _vu: 'pas du JSON', lieu: 'B' }, e({ lieu: 'C' }))).toMatchObject({ genre: 'heurt' });
  });

  test('un champ qui n’arrive pas garde sa valeur, une case décochée arrive vide', () => {
    expect(rapprocher({ version: '2' }, e({ lieu: 'C', vote: 'oui' })).champs).toEqual({ lieu: 'C', vote: 'oui' });
    expect(rapprocher({ version: '2', vote: '' }, e({ vote: 'oui' })).champs).toEqual({ vote: '' });
    expect(rapprocher({ version: '2', vote: ['', 'oui'] }, e({ vote: '' })).champs).toEqual({ vote: 'oui' });
    expect(rapprocher({ version: '2', fiches: '' }, e({ fiches: ['1.1'] })).champs).toEqual({ fiches: [] });
  });

  test('la page de choix : chaque champ se choisit ; oublié, il est redemandé ; changé encore, il est remontré', () => {
    const page = { ...vu({ lieu: 'C' }, 2), _a_choisir: 'lieu', lieu: 'B' };
    expect(rapprocher(page, e({ lieu: 'C' }))).toMatchObject({ genre: 'heurt', statut: 422, oublies: ['lieu'] });
    expect(rapprocher({ ...page, 'choix.lieu': 'mienne' }, e({ lieu: 'C' }))).toMatchObject({ genre: 'pret', champs: { lieu: 'B' } });
    expect(rapprocher({ ...page, 'choix.lieu': 'actuelle' }, e({ lieu: 'C' }))).toMatchObject({ genre: 'pret', champs: { lieu: 'C' } });
    expect(rapprocher({ ...page, 'choix.lieu': 'mienne' }, e({ lieu: 'D' }, 3))).toMatchObject({ genre: 'heurt', statut: 409 });
    expect(rapprocher({ ...page, 'choix.lieu': 'actuelle' }, e({ lieu: 'D' }, 3))).toMatchObject({ genre: 'pret', champs: { lieu: 'D' } });
  });

  test('quoi qu’écrivent deux personnes, chaque valeur est gardée ou montrée', () => {
    const champs = fc.record({ a: fc.constantFrom('', 'x', 'y', 'z'), b: fc.constantFrom('', 'x', 'y', 'z') });
    fc.assert(
      fc.property(champs, champs, champs, (base, deux, un) => {
        const r = rapprocher({ ...vu(base), ...deux }, e(un));
        for (const champ of ['a', 'b'] as const) {
          const garde = r.champs[champ] ?? '';
          const montre = r.genre === 'heurt' && r.ecarts.some((x) => x.champ === champ && x.actuelle === un[champ] && x.mienne === deux[champ]);
          const perdu = (v: string) => v !== base[champ] && !memeChamp(garde, v);
          if (!montre) expect([perdu(un[champ]), perdu(deux[champ])]).toEqual([false, false]);
        }
      }),
    );
  });

  test('ce qu’un autre a changé depuis se dit avant de retirer', () => {
    expect(changesDepuis(vu({ titre: 'A' }, 2), e({ titre: 'A' }))).toEqual([]);
    expect(changesDepuis(vu({ titre: 'A' }), e({ titre: 'A' }))).toEqual([]);
    expect(changesDepuis(vu({ titre: 'A' }), e({ titre: 'B' })).map((x) => x.champ)).toEqual(['titre']);
    expect(changesDepuis({}, e({ titre: 'B' })).map((x) => x.champ)).toEqual(['titre']);
  });
});
