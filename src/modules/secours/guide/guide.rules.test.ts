/** The guide can be walked from end to end, and one that could not is refused with the reason. Pure. */
import { describe, expect, test } from 'vitest';
import { chargerSecours } from '../secours.donnees.ts';
import { type Guide, guideSchema } from './guide.schema.ts';
import { listChemins, marcher, verifierGuide } from './guide.rules.ts';

const PARIS = 'contrats/paris-2023-2026';
const NUMEROS = { numeros: [{ code: 'police' }] } as never;
const CONTRAT = { systemes: new Map([['ORIENT-10', {}]]), acteurs: new Map([['PP', {}]]), mesures: new Map(), circuits: [] };
const petit = (o: Partial<Record<keyof Guide, unknown>> = {}): Guide =>
  guideSchema.parse({
    depart: 'un',
    questions: [
      {
        code: 'un',
        question: 'Que se passe-t-il ?',
        reponses: [
          { lettre: 'a', dit: 'Ceci', vers: 'deux' },
          { lettre: 'b', dit: 'Cela', vers: 'fin' },
        ],
      },
      {
        code: 'deux',
        question: 'Où est-ce arrivé ?',
        reponses: [
          { lettre: 'a', dit: 'Ici', vers: 'fin' },
          { lettre: 'b', dit: 'Là', vers: 'fin' },
        ],
      },
    ],
    resultats: [{ code: 'fin', titre: 'Appelez maintenant', phrase: 'Dites où vous êtes.', numeros: ['police'], demarches: ['une'] }],
    demarches: [
      {
        code: 'une',
        titre: 'Une démarche',
        systeme: 'ORIENT-10',
        tenu_par: ['PP'],
        prevoit: 'Le contrat veut que l’on y recoure.',
        etapes: ['Appelez la police'],
      },
    ],
    ...o,
  });
const fautes = (g: Guide) => verifierGuide(g, NUMEROS, CONTRAT);

describe('Le guide de Paris', () => {
  test('se parcourt en entier : chaque chemin finit, chaque résultat donne de quoi agir', async () => {
    const { numeros, guide } = await chargerSecours(PARIS);
    if (!numeros || !guide) throw new Error('pas de guide');
    // That its systems and actors are those of the contract is checked when it loads.
    const tous = { has: () => true } as never;
    expect(verifierGuide(guide, numeros, { systemes: tous, acteurs: tous, mesures: tous, circuits: ['enfance-en-danger', 'evvi', 'pieces-de-bail'] })).toEqual(
      [],
    );
    const fins = listChemins(guide).flatMap((c) => {
      const ici = marcher(guide, c);
      return ici && 'resultat' in ici ? [ici.resultat.code] : [];
    });
    expect(new Set(fins)).toEqual(new Set(guide.resultats.map((r) => r.code)));
    expect(Math.max(...listChemins(guide).map((c) => c.length))).toBeLessThanOrEqual(4);
  });
});

describe('On marche par lettres', () => {
  test('une question, puis un résultat, avec ce qui a été répondu ; une lettre inconnue ne mène nulle part', () => {
    expect(marcher(petit(), 'a')).toMatchObject({ question: { code: 'deux' }, pas: [{ dit: 'Ceci', chemin: '' }] });
    expect(marcher(petit(), 'ab')).toMatchObject({ resultat: { code: 'fin' }, pas: [{ chemin: '' }, { dit: 'Là', chemin: 'a' }] });
    for (const c of ['z', 'az', 'aba', 'A', '%']) expect([c, marcher(petit(), c)]).toEqual([c, null]);
    expect(listChemins(petit())).toEqual(['a', 'aa', 'ab', 'b']);
  });
});

describe('Un guide qui ne se parcourt pas est refusé', () => {
  const [un, deux] = petit().questions;
  const [fin] = petit().resultats;
  const [une] = petit().demarches;
  const vers = (ou: string) => ({
    ...deux,
    reponses: [
      { lettre: 'a', dit: 'Ici', vers: ou },
      { lettre: 'b', dit: 'Là', vers: 'fin' },
    ],
  });
  test.each([
    ['une réponse sans suite', petit({ questions: [un, vers('rien')] }), '« rien » ne mène nulle part'],
    ['un tour', petit({ questions: [un, vers('un')] }), 'question un : on y revient en y répondant'],
    ['un départ inconnu', petit({ depart: 'trois' }), 'depart : « trois » n’est pas une question'],
    ['un résultat hors d’atteinte', petit({ resultats: [fin, { ...fin, code: 'seul' }] }), '« seul » : aucune réponse n’y mène'],
    ['une démarche hors d’atteinte', petit({ demarches: [une, { ...une, code: 'deux' }] }), 'démarche deux : aucun résultat ne la donne'],
    ['un résultat qui ne donne rien', petit({ resultats: [{ ...fin, numeros: [], demarches: [] }], demarches: [] }), 'ni numéro, ni démarche, ni lieu'],
    ['un numéro inconnu', petit({ resultats: [{ ...fin, numeros: ['pompiers'] }] }), 'numéro « pompiers » inconnu'],
    ['un dispositif inconnu', petit({ demarches: [{ ...une, systeme: 'ORIENT-99' }] }), 'dispositif « ORIENT-99 » inconnu'],
    ['une institution inconnue', petit({ demarches: [{ ...une, tenu_par: ['XX'] }] }), 'acteur « XX » inconnu'],
    ['ni dispositif ni source', petit({ demarches: [{ ...une, systeme: undefined }] }), 'démarche une : ni dispositif ni source'],
    ['deux fois une lettre', petit({ questions: [un, { ...deux, reponses: [deux?.reponses[0], deux?.reponses[0]] }] }), 'deux fois la lettre « a »'],
  ])('%s', (_, g, faute) => {
    expect(fautes(g).join('\n')).toContain(faute);
  });
  test('le modèle de ces essais n’a aucune faute', () => expect(fautes(petit())).toEqual([]));
});
