import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { PARIS } from '../../../../tests/support/template.ts';
import { lireDossier } from '../../contrats/index.ts';
import { codesDesRegistres } from '../../registres/index.ts';
import { type Circuit, circuitSchema } from './circuit.schema.ts';
import { verifierChiffresDesCircuits, verifierCircuit } from './circuit.rules.ts';
import { DOSSIER, lireCircuits } from './circuits.ts';
import { aRemettre } from '../compteurs/formulaire.tsx';
import { adresseDuCircuit, couperLaLettre } from '../courriel/fil.rules.ts';
import { dansLesHeures, destinationDe, jourDeSemaine } from './routage.rules.ts';

const contrat = {
  acteurs: new Map([
    ['PM', { id: 'PM', type: 'service' }],
    ['NUIT', { id: 'NUIT', type: 'service' }],
  ]),
  fiches: new Map([['1.1', {}]]),
  territoires: new Map([['centre', { type: 'quartier' }]]),
  canaux: ['guichet'],
  registres: ['operations'],
  roles: ['surete'],
};
const bon = {
  titre: 'Essai',
  objet: 'Un essai',
  declarants: { public: true },
  pilote: 'PM',
  categories: [
    {
      code: 'bruit',
      libelle: 'Bruit',
      questions: [
        {
          code: 'ou',
          libelle: 'Où ?',
          type: 'choix',
          options: [
            { code: 'rue', libelle: 'Rue' },
            { code: 'parc', libelle: 'Parc' },
          ],
        },
      ],
    },
  ],
  texte: { libelle: 'Quoi ?' },
  etats: {
    recu: { delai: 2, vers: ['fait'] },
    fait: { delai: 9, vers: ['resolu', 'non-resolu', 'sans-retour'] },
    resolu: {},
    'non-resolu': { delai: 2, vers: ['fait'] },
    'sans-retour': {},
  },
  routage: [{ heures: [22, 6], service: 'NUIT' }, { si: { question: 'ou', dans: ['parc'] }, service: 'NUIT' }, { service: 'PM' }],
  services: ['PM', 'NUIT'],
  conservation: { contact: 30, contenu: 90 },
};
const lire = (plus: Record<string, unknown> = {}): Circuit => ({ ...circuitSchema.parse({ ...structuredClone(bon), ...plus }), code: 'essai' });
const fautes = (plus: Record<string, unknown> = {}) => verifierCircuit(lire(plus), contrat);

test('un circuit juste n’a pas de faute ; chaque faute est dite', () => {
  expect(fautes()).toEqual([]);
  expect(fautes({ pilote: 'XX' })).toEqual(['pilote : « XX » inconnu']);
  expect(fautes({ declarants: {} })).toEqual(['declarants : personne ne pourrait rien signaler']);
  expect(fautes({ etats: { ...bon.etats, recu: { vers: ['fait'] } } })).toEqual(['etats.recu : un délai est attendu, ce qui n’en a pas s’oublie']);
  expect(fautes({ etats: { ...bon.etats, repondu: {} } })).toEqual(['etats.repondu : rien n’y mène']);
  expect(fautes({ etats: { ...bon.etats, fait: { delai: 9, vers: ['resolu'] } } })).toContain(
    'etats.fait : le déclarant doit pouvoir dire « resolu » ou « non-resolu », et son silence mener à « sans-retour »',
  );
  expect(fautes({ etats: { recu: { delai: 1, vers: ['pris-en-charge'] }, 'pris-en-charge': { delai: 1, vers: ['recu'] } } })).toEqual([
    'etats.recu : il ne mène à aucune fin',
    'etats.pris-en-charge : il ne mène à aucune fin',
  ]);
  expect(fautes({ etats: { recu: { delai: 1, vers: ['hors-competence'] }, 'hors-competence': {} } })).toEqual([
    'ailleurs : « hors-competence » doit dire à qui s’adresser',
  ]);
  expect(fautes({ routage: [{ categories: ['bruit'], service: 'PM' }] })).toEqual(['routage : la dernière règle vaut pour tout, sans condition']);
  expect(fautes({ routage: [{ si: { question: 'quand', dans: ['parc'] }, service: 'PM' }, { service: 'PM' }] })[0]).toContain('n’est pas une question à choix');
  expect(fautes({ canaux: ['pigeon'] })).toEqual(['canaux : « pigeon » inconnu']);
});

test('un circuit sans texte ne laisse entrer aucun mot, par aucune voie', () => {
  const { texte: _, ...muet } = bon;
  const dites = (plus: Record<string, unknown>) =>
    verifierCircuit(
      { ...circuitSchema.parse({ ...structuredClone(muet), lieu: 'aucun', lecture: 'services', declarants: { acteurs: ['PM'] }, ...plus }), code: 'muet' },
      contrat,
    );
  expect(dites({})).toEqual([]);
  expect(dites({ lieu: 'point' })).toEqual(['lieu : un circuit sans « texte » ne demande aucune adresse']);
  expect(dites({ lecture: 'partenaires' })).toEqual(['lecture : un circuit sans « texte » est réservé aux services']);
  for (const voie of [{ declarants: { public: true } }, { fichier: true }]) expect(dites(voie)[0]).toContain('reçoit des mots');
  expect(
    dites({
      categories: [{ code: 'bruit', libelle: 'Bruit', questions: [{ code: 'nom', libelle: 'Qui ?', type: 'texte' }] }],
    }),
  ).toContain('categories.bruit, questions.nom : un circuit sans « texte » ne pose que des questions fermées');
  expect(fautes({ lieu: 'aucun' })).toEqual(['lieu : seul un circuit sans « texte » se passe de lieu']);
});

test('le service suit la catégorie, le lieu, l’heure et les réponses', () => {
  const c = lire();
  const d = { categorie: 'bruit', territoireId: 'centre', heure: 12 as number | null, jourDeSemaine: 3, reponses: {} };
  const pour = (plus: Partial<Parameters<typeof destinationDe>[1]> = {}) => destinationDe(c, { ...d, ...plus }, (a, b) => a === b).service;
  expect([pour(), pour({ heure: 23 }), pour({ heure: 5 }), pour({ heure: 6 }), pour({ heure: null }), pour({ reponses: { ou: ['parc'] } })]).toEqual([
    'PM',
    'NUIT',
    'NUIT',
    'PM',
    'PM',
    'NUIT',
  ]);
  const auxReferents = lire({ routage: [{ categories: ['bruit'], service: { role: 'surete', sinon: 'NUIT' } }, { service: 'PM' }] });
  expect(destinationDe(auxReferents, d, (a, b) => a === b)).toEqual({ service: 'NUIT', role: 'surete' });
  expect(fautes({ routage: [{ service: { role: 'rien', sinon: 'AUTRE' } }] })).toEqual([
    'routage, règle 1, services du circuit : « AUTRE » inconnu',
    'routage, règle 1, rôles de référents : « rien » inconnu',
  ]);
  expect([dansLesHeures([8, 18], 18), dansLesHeures([20, 2], 1), jourDeSemaine('2026-11-29'), jourDeSemaine('2026-11-30')]).toEqual([false, true, 7, 1]);
});

test('les circuits du contrat parisien se lisent, et disent ce que leur contrat contient', async () => {
  const circuits = lireCircuits((await lireDossier(PARIS))(DOSSIER));
  const parId = async (fichier: string) =>
    new Map((parse(await readFile(join(PARIS, fichier), 'utf8')) as { id: string; type: string }[]).map((x) => [x.id, x] as const));
  const acteurs = await parId('acteurs.yaml');
  const canaux = ['dmr', '3975', 'totem', 'terrain', 'parcs-et-jardins', 'nuisances-pro', 'mediation', 'cetd'];
  const la = {
    acteurs,
    territoires: await parId('territoires.yaml'),
    canaux,
    registres: codesDesRegistres,
    roles: ['derives-sectaires', 'surete'],
    fiches: new Map(circuits.flatMap((c) => c.fiches.map((f) => [f, {}]))),
  };
  const types = new Set([...acteurs.values()].map((a) => a.type));
  expect(circuits.flatMap((c) => [...verifierCircuit(c, la), ...c.declarants.types.filter((t) => !types.has(t))])).toEqual([]);
  expect(circuits.length).toBeGreaterThanOrEqual(9);
});

test('un chiffre que donne un circuit est d’une de ses étapes, et de qui le pilote', () => {
  const c = lire();
  const mesure = (etape: string, debiteur = 'PM', code = c.code) => ({ obtention: 'collecte', aupres: ['PM'], prevu: { circuit: { code, etape, debiteur } } });
  const fautes = (m: ReturnType<typeof mesure>) => verifierChiffresDesCircuits(new Map([['1.1-01', m]]), [c]);
  expect([fautes(mesure('recu')), fautes(mesure('recu:PM'))]).toEqual([[], []]);
  for (const m of [mesure('refuse'), mesure('recu:RIEN'), mesure('recu', 'NUIT'), mesure('recu', 'PM', 'rien')]) expect(fautes(m)).toHaveLength(1);
});

test('l’adresse où écrire est celle d’un circuit qui reçoit des lettres, là où il en arrive ; son formulaire imprimé la dit', async () => {
  const fichiers = (await lireDossier(PARIS))(DOSSIER);
  const circuit = lireCircuits(fichiers).find((c) => c.courriel !== undefined);
  if (!circuit) throw new Error('Aucun circuit ne reçoit de lettre.');
  const adresse = `signaler+${circuit.code}@reponses.exemple.fr`;
  const domaine = 'reponses.exemple.fr';
  expect([adresseDuCircuit(circuit, domaine), adresseDuCircuit(circuit, null), adresseDuCircuit({ ...circuit, courriel: undefined }, domaine)]).toEqual([
    adresse,
    null,
    null,
  ]);
  const imprime = (parLettre: string | null) => JSON.stringify(aRemettre(circuit, (a) => a, parLettre));
  expect([imprime(adresse).includes(adresse), imprime(null).includes('courriel')]).toEqual([true, false]);
});

test('une lettre trop longue est coupée entre deux mots, jamais au milieu d’un caractère', () => {
  expect(couperLaLettre('Un mot.', 1800)).toEqual({ texte: 'Un mot.', coupe: false });
  expect(couperLaLettre(`${'mot '.repeat(20)}fin`, 60).texte).toBe('mot mot mot mot mot mot mot mot mot mot\n[message coupé ici]');
  for (const decale of [0, 1]) {
    const { texte, coupe } = couperLaLettre(`${'a'.repeat(decale)}${'\u{1F332}'.repeat(200)}`, 201);
    expect([coupe, texte.length <= 201, /[\ud800-\udfff]/u.test(texte)]).toEqual([true, true, false]);
  }
});
