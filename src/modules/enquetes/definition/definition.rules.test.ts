import { expect, test } from 'vitest';
import { verifierEnquete } from './definition.rules.ts';
import { type DefinitionLue, enqueteSchema } from './definition.schema.ts';

const dit = (t: string) => ({ fr: t, en: t });
const contrat = {
  acteurs: new Map([['VILLE', { id: 'VILLE', type: 'signataire' }]]),
  mesures: new Map([
    ['3.3-02', { obtention: 'enquete', aupres: ['VILLE'] }],
    ['1.1-01', { obtention: 'calcul', aupres: [] }],
  ]),
};
const ouiNon = [
  { code: 'oui', libelle: dit('Oui') },
  { code: 'non', libelle: dit('Non') },
];
const bonne = {
  titre: dit('Essai'),
  objet: dit('Un essai'),
  demandeurs: ['VILLE'],
  langues: ['fr', 'en'],
  echantillon: dit('Tout le monde'),
  seuil: 30,
  seuil_strate: 10,
  strates: { question: 'sexe', source: 'Insee', parts: { oui: 0.6, non: 0.4 } },
  sections: [
    {
      titre: dit('Une'),
      questions: [
        { code: 'sexe', type: 'choix', obligatoire: true, libelle: dit('Sexe ?'), options: ouiNon },
        { code: 'avis', type: 'choix', libelle: dit('Avis ?'), options: ouiNon, si: { question: 'sexe', dans: ['oui'] } },
      ],
    },
  ],
  resultats: [{ mesure: '3.3-02', genre: 'part', question: 'avis', dans: ['oui'], phrase: 'disent oui' }],
};
const lire = (plus: Record<string, unknown>): DefinitionLue => enqueteSchema.parse({ ...structuredClone(bonne), ...plus });
const fautes = (plus: Record<string, unknown>) => verifierEnquete(lire(plus), contrat);

test('une définition juste n’a pas de faute ; chaque faute est dite', () => {
  expect(fautes({})).toEqual([]);
  expect(fautes({ demandeurs: ['PP'] })).toEqual(['demandeurs : acteur « PP » inconnu', 'résultat 3.3-02 : elle n’est pas attendue de « PP »']);
  expect(fautes({ strates: { question: 'sexe', source: 'Insee', parts: { oui: 0.6, non: 0.5 } } })).toEqual(['strates : les parts font 1.100, et non 1']);
  expect(fautes({ strates: { question: 'sexe', source: 'Insee', parts: { oui: 1 } } })).toEqual(['strates : il manque la part de « non »']);
  expect(fautes({ strates: { question: 'avis', source: 'Insee', parts: { oui: 0.6, non: 0.4 } } })[0]).toContain('obligatoire et posée à tous');
  const [r] = bonne.resultats;
  expect(fautes({ resultats: [{ ...r, mesure: '1.1-01' }] })[0]).toContain('ne s’obtient pas par une enquête');
  expect(fautes({ resultats: [{ ...r, mesure: '9.9-99' }] })).toEqual(['résultat 9.9-99 : cette mesure n’est pas au contrat']);
  expect(fautes({ resultats: [{ ...r, dans: ['peut-etre'] }] })).toEqual(['résultat 3.3-02 : réponse « peut-etre » inconnue de « avis »']);
  expect(fautes({ resultats: [{ mesure: '3.3-02', genre: 'moyenne', question: 'avis', phrase: 'en moyenne' }] })).toEqual([
    'résultat 3.3-02 : « avis » n’a pas de moyenne',
  ]);
  expect(() => lire({ langues: ['de'] })).toThrow();
  expect(() => lire({ seuil: 1 })).toThrow();
});
