import { expect, test } from 'vitest';
import { routesDEssai } from '../support/app.ts';
import { AUTREMENT } from '../support/autrement.ts';
import { lire, sources } from './sources.ts';

test('un formulaire qui écrit passe par le composant qui lui donne sa clé', () => {
  // Leaving is done once, however many times it is asked.
  const admis = ['src/ui/Form.tsx', 'src/ui/Header.tsx'];
  const fautifs = sources.filter((f) => f.endsWith('.tsx') && !admis.includes(f) && /<form\b[^>]*method="post"/.test(lire(f)));
  expect(fautifs).toEqual([]);
});

test('une route qui ajoute quelque chose dit qu’elle crée, ou pourquoi deux envois n’en font pas deux', async () => {
  const ajoute = (await routesDEssai()).filter(
    (r) =>
      r.methode === 'POST' &&
      /\b(?:(?:add|create|ajouter|commencer)(?!Courriel|Fichier|Mois)[A-Z]\w*|contribuer)\)?\(/.test(r.executer.toString()) &&
      !r.options.creation,
  );
  expect(ajoute.map((r) => r.chemin).filter((c) => !(c in AUTREMENT))).toEqual([]);
  expect(Object.keys(AUTREMENT).filter((c) => !ajoute.some((r) => r.chemin === c))).toEqual([]);
});
