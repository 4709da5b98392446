/** Numbers, hours, translations: what the files must hold, and how it is said. Pure. */
import { describe, expect, test } from 'vitest';
import { champTexte, lignesDirectes } from './demarches/texte.rules.ts';
import { LANGUES } from './langues/langues.ts';
import { chargerSecours } from './secours.donnees.ts';
import { direDate, direLangues, direPlage, verifierNumeros, verifierTraduction } from './secours.rules.ts';
import { type SecoursFichier, secoursSchema } from './secours.schema.ts';
import { avecVerifications, empreinteDuNumero, etatDeVerification, heuresSures } from './verifications/verifications.rules.ts';

const PARIS = 'contrats/paris-2023-2026';
const SOURCE = { organisme: 'Service-public', adresse: 'https://www.service-public.fr' };
const NUMERO = { code: 'police', groupe: 'danger', numero: '17', nom: 'Police', pour: 'Agression', repond: 'la police', sources: [SOURCE] };
const GROUPE = { code: 'danger', titre: 'Danger', pages: ['urgence', 'aide'] };
const fichier = (o: object = {}): SecoursFichier => secoursSchema.parse({ groupes: [GROUPE], numeros: [NUMERO], ...o });
const fautes = (o: object) => verifierNumeros(fichier(o), { systemes: new Map([['PUBLIC-01', {}]]) });

describe('Les numéros', () => {
  test('ceux de Paris, et ce qui en est dit dans chaque langue, n’ont pas de faute', async () => {
    const { numeros, traductions } = await chargerSecours(PARIS);
    if (!numeros) throw new Error('pas de numéros');
    // That its systems are those of the contract is checked when it loads.
    expect(verifierNumeros(numeros, { systemes: { has: () => true } as never })).toEqual([]);
    expect([...traductions.keys()].sort()).toEqual(Object.keys(LANGUES).sort());
    for (const [langue, t] of traductions) expect([langue, verifierTraduction(numeros, langue, t)]).toEqual([langue, []]);
    for (const n of ['17', '15', '18', '112', '114', '3919', '116 006', '3018', '3117', '31177', '3975', '119', '3977', '0 800 005 696'])
      expect(numeros.numeros.map((x) => x.numero)).toContain(n);
  });

  test('un numéro auquel il manque un chiffre est refusé : celui que le contrat imprime n’entre pas', () => {
    for (const numero of ['806 23 10 63', '0 806 23 10', '1', '012345', 'abc', '+33 1 40 47 06 06'])
      expect([numero, secoursSchema.safeParse({ groupes: [GROUPE], numeros: [{ ...NUMERO, numero }] }).success]).toEqual([numero, false]);
    for (const numero of ['17', '116 006', '31177', '01 40 47 06 06'])
      expect([numero, secoursSchema.safeParse({ groupes: [GROUPE], numeros: [{ ...NUMERO, numero }] }).success]).toEqual([numero, true]);
  });

  test.each([
    ['sans source', { numeros: [{ ...NUMERO, sources: [] }] }],
    ['une plage à l’envers', { numeros: [{ ...NUMERO, horaires: [{ jours: [5, 1], de: '09:00', a: '18:00' }] }] }],
    ['une date inventée', { numeros: [{ ...NUMERO, sources: [{ ...SOURCE, le: 'hier' }] }] }],
  ])('%s : le fichier est refusé', (_, o) => expect(secoursSchema.safeParse({ groupes: [GROUPE], ...o }).success).toBe(false));

  test.each([
    ['un groupe inconnu', { numeros: [NUMERO, { ...NUMERO, code: 'x', numero: '18', groupe: 'feu' }] }, 'groupe « feu » inconnu'],
    ['un groupe vide', { groupes: [GROUPE, { ...GROUPE, code: 'feu' }] }, 'groupe feu : il n’a aucun numéro'],
    ['deux fois le même', { numeros: [NUMERO, { ...NUMERO, code: 'x' }] }, 'deux fois le 17 par appel'],
    ['un dispositif inconnu', { ecartes: [{ systeme: 'PUBLIC-99', dit: 'Ce numéro est incomplet' }] }, 'dispositif « PUBLIC-99 » inconnu'],
    ['rien à faire', { signaler: [{ titre: 'Du bruit', texte: 'On ne sait pas.' }] }, 'ni numéro, ni lien, ni adresse'],
    ['un lien sans source', { signaler: [{ titre: 'Du bruit', texte: 'Écrivez ici.', courriels: ['a@exemple.fr'] }] }, 'sans source'],
  ])('%s : la faute est dite', (_, o, faute) => expect(fautes(o).join('\n')).toContain(faute));

  test('une traduction dit tout, et rien d’autre', () => {
    const t = { relu: null, groupes: {}, numeros: { police: 'Police', feu: 'Fire' } };
    expect(verifierTraduction(fichier(), 'xx', t)).toEqual([
      'cette langue n’a pas de mots dans le module (langues/)',
      'groupe « danger » n’est pas traduit',
      'numéro « feu » inconnu',
    ]);
  });
});

describe('Ce qui se lit', () => {
  test('des horaires, des langues et des dates, dans la langue de la page', () => {
    expect(direPlage({ jours: [1, 5], de: '09:00', a: '18:00' }, 'fr', 'tous les jours')).toBe('lundi – vendredi, 09:00 – 18:00');
    expect(direPlage({ jours: [1, 7], de: '09:00', a: '20:00' }, 'fr', 'tous les jours')).toBe('tous les jours, 09:00 – 20:00');
    expect(direPlage({ jours: [4, 4], de: '10:00', a: '13:00' }, 'en', 'every day')).toBe('Thursday, 10:00 – 13:00');
    expect(direPlage({ jours: [1, 5], de: '09:00', a: '18:00' }, 'ar', 'كل يوم')).toContain('الاثنين');
    expect(direLangues(['fr', 'en', 'fa-AF'], 'fr')).toBe('français, anglais et dari');
    expect(['2025-07-31', '2019-11', '2024-03-01'].map((d) => direDate(d).replace(/\s/g, ' '))).toEqual(['31 juillet 2025', 'novembre 2019', '1er mars 2024']);
  });

  test('aucune langue n’est dite relue tant que personne ne l’a relue', () => {
    for (const [langue, mots] of Object.entries(LANGUES)) {
      expect([langue, mots.relu]).toEqual([langue, null]);
      expect(mots.aRelire.length).toBeGreaterThan(15);
      // What a tab or a history shows says nothing of violence.
      expect(mots.titrePage).not.toMatch(/viol|aide|help|victim/i);
    }
  });
});

describe('Une correction', () => {
  test('est nettoyée ligne à ligne', () => expect(champTexte.parse('  Appelez \r\n\r\n Puis venez\n')).toBe('Appelez\nPuis venez'));
  test('ne rend pas publique une ligne directe', () => {
    const publies = ['17', '0 800 005 696', '01 40 47 06 06'];
    expect(lignesDirectes('Appelez le 17 ou le 0 800 005 696, le 01.40.47.06.06', publies)).toEqual([]);
    for (const n of [
      '01 53 71 53 71',
      '01.53.71.53.71',
      '0153715371',
      '+33 1 53 71 53 71',
      '+33 (0)1 53 71 53 71',
      '0033 1 53 71 53 71',
      '01/53/71/53/71',
      '01 537 153 71',
      '01-53-71-53-71',
      '0 800 11 22 33',
      '3939',
      '39 39',
      '116',
      'jeanne.petit@exemple.fr',
    ])
      expect([n, lignesDirectes(`Le ${n}.`, publies)]).toEqual([n, [n]]);
    expect(lignesDirectes('Le +33 (0)1 40 47 06 06 est publié', publies)).toEqual([]);
    for (const dit of [
      'Le 12 décembre 2022, à 75342 Paris',
      'Depuis le 01/02/2026, sous 48 heures, article 515-9 du code civil',
      'L’article 3919 et la page 112, 150 € et 120 jours, 2023-2026',
    ])
      expect([dit, lignesDirectes(dit, publies)]).toEqual([dit, []]);
  });
});

describe('Une vérification', () => {
  test('vaut un an ; dite fausse, elle ôte les horaires ; les numéros du plan national se disent sans elle', () => {
    expect([
      etatDeVerification(undefined, 'a', '2026-11-30'),
      etatDeVerification({ le: '2025-11-30', juste: true, empreinte: 'a' }, 'a', '2026-11-30'),
      etatDeVerification({ le: '2025-11-29', juste: true, empreinte: 'a' }, 'a', '2026-11-30'),
      etatDeVerification({ le: '2026-11-30', juste: false, empreinte: 'a' }, 'a', '2026-11-30'),
      // The file says something else since: neither counts.
      etatDeVerification({ le: '2026-11-30', juste: true, empreinte: 'b' }, 'a', '2026-11-30'),
      etatDeVerification({ le: '2026-11-30', juste: false, empreinte: 'b' }, 'a', '2026-11-30'),
    ]).toEqual(['a-verifier', 'verifie', 'a-verifier', 'faux', 'a-verifier', 'a-verifier']);
    const [lue] = fichier().numeros;
    if (!lue) throw new Error('sans numéro');
    const meme = (o: object) => empreinteDuNumero({ ...lue, ...o }) === empreinteDuNumero(lue);
    const plage = [{ jours: [1, 5] as [number, number], de: '10:00', a: '19:00' }];
    expect([
      meme({ nom: 'Autre nom' }),
      meme({ numero: ` ${lue.numero} ` }),
      meme({ numero: '3919' }),
      meme({ horaires: plage }),
      meme({ langues: ['fr', 'en'] }),
    ]).toEqual([true, true, false, false, false]);
    const sures = (o: object, v?: { le: string; juste: boolean }) => {
      const s = fichier({ numeros: [{ ...NUMERO, ...o }] });
      const lus = avecVerifications(
        s,
        new Map(
          s.numeros.flatMap((n) =>
            v ? [['police', { numero: 'police', version: 1, empreinte: empreinteDuNumero(n), par: 'PP', moyen: 'appel', ...v }] as const] : [],
          ),
        ),
        '2026-11-30',
      );
      return lus.numeros.map(heuresSures);
    };
    expect([
      sures({ horaires: 'toujours' }),
      sures({ horaires: 'toujours', numero: '3919' }),
      sures({ horaires: 'toujours' }, { le: '2026-11-30', juste: false }),
    ]).toEqual([[true], [false], [false]]);
  });
});
