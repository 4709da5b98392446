/** Several contracts may be served by one process: what the process keeps is of none, or says of which. */
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { estEssai, lire, sources } from './sources.ts';

const PROCESSUS = 'of the process, whatever it serves';
/** What is kept outside any function and may change, and why one contract never reads there what another left. */
const ETATS: Readonly<Record<string, string>> = {
  'src/modules/publications/contexte/serie.schema.ts:tenues': 'by contract, under its slug',
  'src/core/base/bases.ts:fermees': 'by pool, which is one contract’s',
  'src/core/base/kept-reads.ts:fraicheurs': 'by request',
  'src/core/base/kept-reads.ts:memoires': 'by pool, which is one contract’s',
  'src/core/base/read-tables.ts:enCours': 'by piece of work',
  'src/core/clock.ts:formats': 'by zone',
  'src/core/clock.ts:derniers': 'by zone',
  'src/core/base/deposits.ts:racine': `${PROCESSUS}: one folder of data`,
  'src/core/http/export.ts:placesDes': 'by pool, which is one contract’s',
  'src/core/http/reachable.ts:motifs': 'by server',
  'src/core/programme.ts:lue': `${PROCESSUS}: what is served`,
  'src/core/trace/pile.ts:connues': `${PROCESSUS}: places of the program`,
  'src/core/direct/stream.ts:ouverts': 'by server',
  'src/core/fins-de-session.ts:suivis': 'by session, whose ids are of no other contract',
  'src/core/fuseau.ts:enVigueur': 'by piece of work',
  'src/core/http/refusals.ts:refusDe': 'by server',
  'src/core/http/server.ts:corpsLus': 'by request',
  'src/core/http/identity.ts:identifies': 'by request',
  'src/core/http/affluence.ts:recus': `${PROCESSUS}: a count`,
  'src/core/images/photo.ts:enCours': `${PROCESSUS}: a count`,
  'src/core/tableur/tableur.ts:enCours': `${PROCESSUS}: a count`,
  'src/modules/annuaire/referentiel/besoins.ts:PAR_CLE': 'the list of needs, written in the program',
  'src/modules/annuaire/horaires.ts:calculees': 'by zone, day and hours',
  'src/modules/annuaire/horaires.ts:lecteur': `${PROCESSUS}: a library, loaded when first asked`,
  'src/modules/annuaire/horaires.ts:lues': 'by text of hours',
  'src/modules/annuaire/referentiel/accueil.ts:LANGUES': 'names of languages, the same for every contract',
  'src/modules/indicateurs/formulaires.ts:autresListes': 'of the build, the same for every contract',
  'src/modules/comptes/departs.ts:suites': 'of the build, the same for every contract',
  'src/modules/comptes/mot-de-passe.ts:leurre': `${PROCESSUS}: a digest of nothing`,
  'src/modules/comptes/journee/journee.blocs.tsx:regles': 'of the build, the same for every contract',
  'src/modules/annuaire/referents/referents.ts:suites': 'of the build, the same for every contract',
  'src/modules/comptes/journee/journee.blocs.tsx:exploitations': 'by contract',
  'src/core/base/connexion.ts:noms': 'names of statements, whose text holds no value',
  'src/core/base/database.ts:transactions': 'by transaction, of one contract',
  'src/core/base/transaction.ts:files': 'by pool and contract',
  'src/core/http/submissions.ts:reserve': 'bytes drawn at random',
  'src/modules/comptes/sessions.queries.ts:files': 'by pool, contract and day',
  'src/modules/indicateurs/calcul/apports.ts:lectures': 'by catalogue, through its formulas',
  'src/modules/indicateurs/mouvements/mouvements.ts:lecteurs': 'by catalogue, through its formulas',
  'src/modules/registres/habitudes.queries.ts:dernieres': 'by pool, keyed by contract',
  'src/modules/indicateurs/calcul/cellules.queries.ts:ecritures': 'by catalogue, through its formulas',
  'src/modules/contrats/contrats.queries.ts:catalogues': 'by contract',
  'src/modules/decisions/origines.ts:declarees': 'kinds of the build, the same for every contract',
  'src/modules/documents/typst.ts:atelier': `${PROCESSUS}: fonts and compiler`,
  'src/modules/documents/polices.ts:coupees': `${PROCESSUS}: fonts by the characters they draw`,
  'src/modules/documents/polices.ts:tranchesLues': `${PROCESSUS}: what the installed fonts cover`,
  'src/modules/echeances/genres.ts:parGenre': 'kinds of the build, the same for every contract',
  'src/modules/echeances/genres.ts:sources': 'kinds of the build, the same for every contract',
  'src/modules/indicateurs/diffusion/diffusion.rules.ts:publics': 'by formulas, which are those of a catalogue',
  'src/modules/indicateurs/diffusion/emboites.rules.ts:gardes': 'by formulas, which are those of a catalogue',
  'src/modules/indicateurs/faits/faits.queries.ts:premieres': 'by atom, of the formulas of a catalogue',
  'src/modules/indicateurs/faits/filtres.rules.ts:gardes': 'by formulas, which are those of a catalogue',
  'src/modules/indicateurs/formulaires.ts:declarees': 'the same for every contract: built for one when it asks',
  'src/modules/indicateurs/formulaires.ts:gardes': 'by catalogue',
  'src/modules/indicateurs/qualite/personne.rules.ts:connus': 'by catalogue',
  'src/modules/indicateurs/saisie/dettes.ts:gardees': 'par mesure d’un catalogue',
  'src/modules/indicateurs/saisie/contribuer.ts:suites': 'of the build, the same for every contract',
  'src/modules/indicateurs/saisie/grain.rules.ts:enPlace': 'par catalogue',
  'src/modules/indicateurs/saisie/grain.rules.ts:gardees': 'par mesure d’un catalogue',
  'src/modules/instances/calendrier/dates.ts:sources': 'of the build, the same for every contract',
  'src/modules/instances/reunions.ts:declarees': 'of the build, the same for every contract',
  'src/modules/registres/lieux/lieux.rules.ts:index': 'by places of one request',
  'src/modules/registres/liens/liens.rules.ts:ecrits': 'by directory of one request',
  'src/modules/registres/liste/journee.tsx:definitions': 'nouns of registers, the same for every contract',
  'src/modules/registres/registres.contexte.ts:servies': 'by catalogue',
  'src/modules/registres/registres.repertoire.ts:repertoires': 'by catalogue',
  'src/modules/registres/saisie/noms.rules.ts:parNom': 'by directory',
  'src/modules/alertes/relais/relais.donnees.ts:servis': 'by contract, under its slug',
  'src/modules/alertes/veille/veille.donnees.ts:servies': 'by contract, under its slug',
  'src/modules/instances/surLaPage.ts:maison': 'of the build, the same for every contract',
  'src/modules/signalements/circuits/circuits.ts:connus': 'by the name of the contract',
  'src/modules/contrats/territoires/localisation.ts:batis': 'by contract',
  'src/ui/maps/Plan.tsx:fonds': 'by boundaries, which are those of one contract',
  'src/modules/signalements/signaler/preparer.ts:places': 'by catalogue',
  'src/modules/signalements/photos/recevoir.ts:ouvertes': 'by file of one request',
  'src/ui/assets.ts:manifest': `${PROCESSUS}: names of files`,
  'src/ui/typographie.ts:horloges': 'by zone',
};
const ETAT =
  /^(?:export )?(?:let ([A-Za-z_]\w*)|const ([A-Za-z_]\w*)(?:: [^=]+)? = (?:new (?:Map|WeakMap|LRUCache|AsyncLocalStorage)\b(?!\((?:\[|Object))|new Set(?:<[^>]+>)?\(\)|\[\];|\{\};))/gm;
/** What runs in the browser, or by itself in a process of its own, serves nobody. */
const aPart = (f: string): boolean => /\/(?:islands|ilots)\//.test(f) || f === 'src/core/tableur/lecteur.ts' || f === 'src/core/images/decodeur.ts';

test('ce que le processus garde n’est d’aucun contrat, ou dit duquel', () => {
  const noms = (texte: string) => [...texte.matchAll(ETAT)].map((m) => m[1] ?? m[2]);
  expect(noms("let a = 1;\nconst b = new Map<string, X>();\nexport const c: Y[] = [];\nconst d = new Map([['x', 1]]);\n  const e = new Map();")).toEqual([
    'a',
    'b',
    'c',
  ]);
  const trouves = sources.filter((f) => !estEssai(f) && !aPart(f)).flatMap((f) => noms(lire(f)).map((n) => `${f}:${n}`));
  expect(trouves.sort()).toEqual(Object.keys(ETATS).sort());
});

/** Files that may name a body of Paris, and why. */
const PERMIS: Readonly<Record<string, string>> = {
  'src/core/authorize.ts': 'the words of two roles, the same everywhere until a contract has its own',
  'src/modules/documents/personnes.rules.ts': 'a word of many towns',
  'src/modules/signalements/import/dialecte.rules.ts': 'how one published data set writes its own columns',
};
/** An acronym of Paris that is also the name of a standard (Common Alerting Protocol). */
const NORMES = ['CAP'];
test('les listes fermées, les profils et les noms de Paris sont dans son dossier, pas dans le programme', () => {
  const acteurs = parse(lire('contrats/paris-2023-2026/acteurs.yaml')) as { id: string; sigle?: string }[];
  const noms = [...new Set(acteurs.flatMap((a) => [a.id, a.sigle ?? '']))].filter((n) => n.length >= 3 && !NORMES.includes(n));
  expect(noms.length).toBeGreaterThan(200);
  const motif = new RegExp(`(?<![\\w-])(?:${noms.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?![\\w-])`);
  const textes = (t: string) => [...t.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').matchAll(/['"`>]([^'"`<>]*)/g)].map((m) => m[1]).join('\n');
  expect(motif.test(textes("libelle: 'Dont agents de la DPMP',"))).toBe(true);
  expect(motif.test(textes('// as the DPMP does'))).toBe(false);
  const fautifs = sources.filter((f) => !estEssai(f) && !/\.module\.tsx?$/.test(f) && motif.test(textes(lire(f))));
  expect(fautifs.sort()).toEqual(Object.keys(PERMIS).sort());
});
