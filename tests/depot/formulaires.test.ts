import { expect, test } from 'vitest';
import { lire, sources } from './sources.ts';

test('un formulaire qui écrit passe par le composant qui lui donne sa clé', () => {
  // Leaving is done once, however many times it is asked.
  const admis = ['src/ui/Form.tsx', 'src/ui/Header.tsx'];
  const fautifs = sources.filter((f) => f.endsWith('.tsx') && !admis.includes(f) && /<form\b[^>]*method="post"/.test(lire(f)));
  expect(fautifs).toEqual([]);
});
