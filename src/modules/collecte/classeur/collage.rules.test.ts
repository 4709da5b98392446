import { describe, expect, test } from 'vitest';
import { cleDeLigne } from '../ligne.ts';
import { ligne } from './classeur.fixtures.ts';
import { lireCollage } from './collage.rules.ts';

const LIGNES = [
  ligne(),
  ligne({ territoireId: 'mairie-18', territoire: 'Mairie du 18e' }),
  ligne({ mesureId: '1.1-03', titre: 'Exclusions' }),
  ligne({ mesureId: '1.1-04', titre: 'Bilan', genre: 'texte', nature: 'bilan qualitatif' }),
];
const lus = (texte: string) => lireCollage(texte, LIGNES).valeurs.map((v) => [LIGNES.findIndex((l) => cleDeLigne(l) === v.ligne), v.nombre ?? v.texte]);

describe('Un collage', () => {
  test('d’une seule colonne se lit dans l’ordre des lignes ; une case vide ne dit rien', () => {
    expect(lus('1 250\r\n\r\n7\r\n"Deux lignes\r\nde « bilan »"\r\n')).toEqual([
      [0, 1250],
      [2, 7],
      [3, 'Deux lignes\r\nde « bilan »'],
    ]);
  });

  test('d’une colonne qui n’a pas le bon nombre de lignes n’est pas deviné', () => {
    const v = lireCollage('12\n13', LIGNES);
    expect([v.valeurs, v.refus[0]?.message]).toEqual([[], expect.stringMatching(/2 lignes, 4 sont demandées/)]);
  });

  test('avec ses libellés se lit dans n’importe quel ordre', () => {
    expect(lus('Exclusions\tParis\t7\nélèves sensibilisés\tMairie du 18e\t31\nÉlèves sensibilisés\tParis\t12')).toEqual([
      [2, 7],
      [1, 31],
      [0, 12],
    ]);
  });

  test('un libellé qui désigne plusieurs lignes, ou un lieu inconnu, est dit et n’écrit rien', () => {
    const v = lireCollage('Élèves sensibilisés\t12\nExclusions\t7', LIGNES);
    expect([v.valeurs.map((x) => x.nombre), v.etrangeres.map((x) => x.cellule)]).toEqual([[7], ['A1']]);
    const ailleurs = lireCollage('Exclusions\tMarseille\t7\nÉlèves sensibilisés\tParis\t12\nÉlèves sensibilisés\tMairie du 18e\t9', LIGNES);
    expect([ailleurs.valeurs.map((x) => x.nombre), ailleurs.etrangeres.length]).toEqual([[12, 9], 1]);
  });

  test('avec ses titres se lit comme le classeur', () => {
    const v = lireCollage(
      'Chiffre\tTerritoire\tVotre réponse\tÉtat\tCommentaire\nExclusions\tParis\t\tsecret\tpetits effectifs\nExclusions\tLyon\t9\t\t',
      LIGNES,
    );
    expect(v.valeurs).toEqual([{ ligne: cleDeLigne(LIGNES[2] ?? ligne()), etat: 'secret', nombre: null, texte: '', commentaire: 'petits effectifs' }]);
    expect(v.etrangeres.map((x) => x.cellule)).toEqual(['C3']);
  });

  test('les cases en faute sont nommées dans le rectangle collé', () => {
    const v = lireCollage('12\n<5\nn.c.\nbien', LIGNES);
    expect([v.valeurs.length, v.questions.map((x) => x.cellule)]).toEqual([2, ['A2', 'A3']]);
  });

  test('rien, ou beaucoup trop, est refusé d’une phrase', () => {
    for (const t of ['', '\n\n', 'x'.repeat(1_000_001)]) expect([lireCollage(t, LIGNES).refus.length, lireCollage(t, LIGNES).valeurs]).toEqual([1, []]);
  });
});
