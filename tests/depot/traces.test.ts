/** What is read of somebody, or of what is not everybody's, leaves a trace: derived, and what leaves none is written here with its reason. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { AVEC_DEPOT } from '../../src/frame.tsx';
import { HOUSE } from '../../src/modules.ts';
import { routesDEssai } from '../support/app.ts';

/** Beginnings of addresses of what partners read at work, of nobody in particular. */
const ORDINAIRES: Record<string, string> = {
  '/aide/demarches/': 'une procédure d’une institution',
  '/aide/numeros/': 'un numéro d’aide, que tout le monde lit',
  '/alertes/consignes/diffuser/': 'un formulaire vide',
  '/alertes/relais/': 'ce que lit le public, avant ou après',
  '/annuaire/': 'tenu pour être lu des partenaires : lieux d’aide et référents',
  '/bilan/': 'le bilan que l’on rédige',
  '/chiffres/': 'des chiffres, et qui les doit',
  '/collecte/': 'des chiffres attendus, et de qui',
  '/comptes/organisations/': 'une organisation',
  '/conventions/': 'les formulaires d’un acte, que tout partenaire lit',
  '/decisions/cibles/': 'des cibles',
  '/enquetes/': 'une vague : des comptes, aucune réponse',
  '/etat/': 'l’état du contrat dans un lieu',
  '/instances/': 'réglages d’une instance ; ses séances laissent une trace',
  '/lieux/': 'le registre des lieux',
  '/papiers/': 'l’en-tête des papiers',
  '/problemes/': 'le formulaire d’un problème ; sa page est publique pour qui lit l’instance',
  '/registres/:registre/imports': 'la liste des imports',
  '/registres/:registre/listes': 'les listes d’un registre',
  '/registres/:registre/modele': 'un modèle vide',
  '/registres/:registre/nouveau': 'un formulaire vide',
  '/registres/:registre': 'la liste d’un registre',
  '/signalements/:id': 'ce qu’une source ouverte a publié',
  '/signalements/compteurs/:periodeId': 'des nombres, que tout partenaire lit, sur personne',
  '/signalements/saisir/': 'un formulaire vide',
  '/travaux/': 'l’avancement d’un travail ; le document laisse sa trace là où il est demandé',
};

test('toute page d’un objet qui n’est pas à tous laisse une trace de lecture, ou dit pourquoi non', async () => {
  const routes = await routesDEssai();
  const dispenses = HOUSE.modules.flatMap((m) => Object.entries(m.sensibles?.dispenses ?? {}));
  const objets = HOUSE.modules.flatMap((m) => m.sensibles?.objets ?? []);
  const muettes = routes.filter((r) => r.methode === 'GET' && r.acces.genre !== 'public' && r.chemin.includes(':') && !r.options.sensible).map((r) => r.chemin);
  const debutDe = (chemin: string) =>
    Object.keys(ORDINAIRES)
      .filter((d) => chemin.startsWith(d))
      .toSorted((a, b) => b.length - a.length)[0];
  const dispensees = new Set(dispenses.map(([chemin]) => chemin));
  expect(muettes.filter((c) => !dispensees.has(c) && (debutDe(c) === undefined || objets.some((o) => c === o || c.startsWith(`${o}/`))))).toEqual([]);
  // Nothing is excused that no longer needs to be.
  expect(dispenses.filter(([chemin, raison]) => !muettes.includes(chemin) || raison.length < 10)).toEqual([]);
  const utiles = new Set(muettes.filter((c) => !dispensees.has(c)).map(debutDe));
  expect(Object.keys(ORDINAIRES).filter((d) => !utiles.has(d))).toEqual([]);
  expect(objets.filter((o) => !routes.some((r) => r.chemin === o || r.chemin.startsWith(`${o}/`)))).toEqual([]);
});

test('le flot d’une salle de crise, demandé sans cesse, laisse une trace par minute et par personne', async () => {
  const minute = (await routesDEssai()).filter((r) => r.options.sensible === 'minute').map((r) => r.chemin);
  expect(minute).toEqual(['/crises/:crise/etat']);
});

test('chaque page dont un script garde quelque chose porte la clé de qui est connecté, et aucune autre', () => {
  const ilots = readdirSync('src/modules', { recursive: true, encoding: 'utf8' }).filter((f) => /islands[\\/][a-z-]+\.ts$/.test(f) && !f.endsWith('.test.ts'));
  const gardent = ilots.filter((f) => readFileSync(`src/modules/${f}`, 'utf8').includes('ouvrirDepot(')).map((f) => basename(f).replace(/ts$/, 'js'));
  expect(gardent.toSorted()).toEqual([...AVEC_DEPOT].toSorted());
});
