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
      !(r.options.creation || r.options.anonyme),
  );
  expect(ajoute.map((r) => r.chemin).filter((c) => !(c in AUTREMENT))).toEqual([]);
  expect(Object.keys(AUTREMENT).filter((c) => !ajoute.some((r) => r.chemin === c))).toEqual([]);
});

test('ce qui entre dans la main courante passe par une phrase relue : ni texte tapé dit « su », ni autre chemin vers la chaîne', () => {
  const crises = sources.filter((f) => f.startsWith('src/modules/crises/') && !/\.(?:test|fixtures|demo)\.tsx?$/.test(f));
  // Ways in: what people write, asked about by its page, and what the platform writes.
  const ecrivent = (quoi: RegExp) => crises.filter((f) => quoi.test(lire(f))).sort();
  expect(ecrivent(/\becrireEntrees\(/)).toEqual(['src/modules/crises/main-courante/ecrire.ts', 'src/modules/crises/main-courante/main-courante.queries.ts']);
  expect(ecrivent(/[^.\w]ecrire\(c?, |\becrire\(c,/)).toEqual([
    'src/modules/crises/main-courante/ecrire.ts',
    'src/modules/crises/main-courante/main-courante.routes.tsx',
  ]);
  // A known word is of the contract, its directory or the platform: never of a form, nor of a row where somebody wrote.
  const CONNUS = /\bsu\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;
  const TAPE = /\blu\.valeur|\bcorps\b|\bchamps\b|\.(?:lieu|adresse|motif|note|objet|suite|synthese|texte)\b|\b(?:c|x|centre)\.nom\b/;
  const connus = crises.flatMap((f) => [...lire(f).matchAll(CONNUS)].map((m) => [f, m[1] ?? ''] as const));
  expect(connus.length).toBeGreaterThan(15);
  expect(['lu.valeur.lieu', 'd.motif', 'centre.nom', "k.cat.territoires.get(t)?.nom ?? ''"].map((x) => TAPE.test(x))).toEqual([true, true, true, false]);
  expect(connus.filter(([, x]) => TAPE.test(x))).toEqual([]);
});
