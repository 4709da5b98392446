import { expect, test } from 'vitest';
import { listEnquetes } from '../definition/definitions.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import { lireReponse } from '../repondre/reponse.rules.ts';
import { depouiller, type LigneDeCompte } from './resultats.rules.ts';

const enquetes = await listEnquetes('contrats/paris-2023-2026');
const securite = enquetes.get('sentiment-de-securite') as Enquete;
const festifs = enquetes.get('quartiers-festifs') as Enquete;

/** What these answers add to the counts, as the base would hold it. */
function compter(e: Enquete, reponses: readonly Record<string, string | string[]>[]): LigneDeCompte[] {
  const n = new Map<string, LigneDeCompte>();
  for (const r of reponses) {
    const lue = lireReponse(e, new Map(Object.entries(r).map(([q, v]) => [q, [v].flat()])), 'fr');
    if (!lue.ok) throw new Error(lue.erreurs.map((x) => x.message).join());
    for (const c of lue.reponse.comptes) {
      const cle = `${lue.reponse.strate}|${c.question}|${c.valeur}`;
      n.set(cle, { strate: lue.reponse.strate, ...c, nombre: (n.get(cle)?.nombre ?? 0) + 1 });
    }
  }
  return [...n.values()];
}
const fois = <T>(n: number, x: T): T[] => Array.from({ length: n }, () => x);
const avis = (secteur: string, nuit: string) => ({ secteur, jour: 'plutot', nuit });

test('une part redressée et sa marge, d’un tirage au sort ; sans tirage, aucune marge', () => {
  const reponses = [
    ...fois(20, avis('ouest', 'plutot')),
    ...fois(20, avis('nord-est', 'pas-du-tout')),
    ...fois(10, avis('sud-est', 'plutot')),
    ...fois(10, avis('centre-rive-gauche', 'tout-a-fait')),
  ];
  const d = depouiller(securite, compter(securite, reponses), { aleatoire: true });
  const [m] = d.mesures;
  // 1 - the share of the only sector where nobody feels safe.
  expect(m?.valeur).toBeCloseTo(1 - 0.3661, 3);
  expect([m?.redresse, m?.repondu, (m?.intervalle?.bas ?? 1) < 0.6339, (m?.intervalle?.haut ?? 0) > 0.6339]).toEqual([true, 60, true, true]);
  const nuit = d.questions.find((q) => q.question.code === 'nuit');
  expect(nuit?.lignes.map((l) => [l.code, l.nombre, Number(l.part.toFixed(4))])).toEqual([
    ['tout-a-fait', 10, 0.1667],
    ['plutot', 30, 0.5],
    ['plutot-pas', 0, 0],
    ['pas-du-tout', 20, 0.3333],
  ]);
  expect(nuit?.parStrate?.strates.map((s) => s.n)).toEqual([10, 20, 20, 10]);
  expect(depouiller(securite, compter(securite, reponses), { aleatoire: false }).mesures[0]?.intervalle).toBeNull();
});

test('sous le seuil, ni part, ni mesure ; une strate trop mince, rien par strate', () => {
  const peu = depouiller(securite, compter(securite, fois(29, avis('ouest', 'plutot'))), { aleatoire: true });
  expect([peu.mesures, peu.questions.every((q) => q.tropPeu && q.lignes.length === 0 && q.parStrate === null)]).toEqual([[null], true]);
  const mince = [...fois(30, avis('ouest', 'plutot')), ...fois(9, avis('sud-est', 'plutot'))];
  const d = depouiller(securite, compter(securite, mince), { aleatoire: false });
  expect([d.mesures[0]?.repondu, d.questions.some((q) => q.parStrate !== null)]).toEqual([39, false]);
  expect(d.stratesVides.map((s) => s.fr)).toEqual(['Paris Centre, 5e, 6e ou 7e', '10e, 11e, 18e, 19e ou 20e']);
  // A question asked of few is silent even when the others speak.
  expect(d.questions.find((q) => q.question.code === 'lieux')).toMatchObject({ tropPeu: true, pasPosee: 39 });
});

test('ce qui n’est pas répondu, ou pas posé, est dit à part et ne change pas les parts', () => {
  const reponses = [
    ...fois(15, { role: 'habitant', satisfaction: 'tres', genes: ['bruit', 'salete'], nuits: '4' }),
    ...fois(10, { role: 'commerce', satisfaction: 'peu', genes: ['bruit'], nuits: '10' }),
    ...fois(5, { role: 'habitant', satisfaction: 'plutot' }),
  ];
  const d = depouiller(festifs, compter(festifs, reponses), { aleatoire: false });
  const genes = d.questions.find((q) => q.question.code === 'genes');
  expect([genes?.repondu, genes?.sans, genes?.lignes.find((l) => l.code === 'bruit')?.part]).toEqual([25, 5, 1]);
  expect(d.questions.find((q) => q.question.code === 'nuits')?.moyenne).toMatchObject({ valeur: 6.4, mediane: 4, redressee: null, intervalle: null });
  expect(d.mesures[0]?.valeur).toBeCloseTo(20 / 30, 6);
});
