/** What the contract's files say of each measure: a name for everyone, a unit that reads well, a grain that can be filled. */
import { beforeAll, describe, expect, test } from 'vitest';
import { lireContrat } from '../../src/modules/contrats/contrats.files.ts';
import type { ContratLu, FicheFichier } from '../../src/modules/contrats/contrats.schema.ts';
import { avecUnite } from '../../src/ui/typographie.ts';

type Mesure = FicheFichier['indicateurs'][number]['mesures'][number];

/** Words of an administration, or words that lean on a sentence that is not there. */
const INTERDITS = [
  /\bsupra\b|\bsusvis|\bsusmentionn|\bmentionné|\bladite?\b|\blesdit/i,
  /^(dont|nombres? d|pour |et |ou |ces |cette |ce )/i,
  /\bdont\b|\bparmi lesquels|\bpour chaque\b|\bde ces\b/i,
  /\b(dans le cadre|au titre|bénéficiant|bénéficiaires? d’un|visant à|afin de|à destination|au sein d|notamment|bilan annuel|relati[fv]|en matière)/i,
  /…|\.\.\.|\betc\b|\/|;|\.$/,
];
/** Letters that everyone reads as a word. */
const SIGLES_CONNUS = new Set(['LGBTQIA', 'ORCAS', 'IV']);
const sans = (texte: string) =>
  texte
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

describe('Chaque mesure du contrat de Paris', () => {
  let lu: ContratLu;
  let mesures: Mesure[];
  const toutes = (f: FicheFichier) => f.indicateurs.flatMap((i) => i.mesures);
  beforeAll(async () => {
    lu = await lireContrat('contrats/paris-2023-2026');
    mesures = lu.fiches.flatMap(toutes);
  });

  test('a un nom court, seul de sa fiche, qui tient en une ligne', () => {
    expect(mesures).toHaveLength(285);
    expect(mesures.filter((m) => m.court === undefined || m.court.length > 70 || !/^\p{Lu}/u.test(m.court)).map((m) => m.id)).toEqual([]);
    for (const f of lu.fiches) {
      const noms = toutes(f).map((m) => sans(m.court ?? ''));
      expect([f.numero, noms.filter((n, i) => noms.indexOf(n) !== i)]).toEqual([f.numero, []]);
    }
    // Sixty characters is the rule, seventy the exception.
    expect(mesures.filter((m) => (m.court?.length ?? 0) > 60).length).toBeLessThan(mesures.length / 4);
  });

  test('n’a dans son nom court ni tournure d’administration, ni sigle que personne ne lit', () => {
    const fautes = mesures.flatMap((m) => {
      const court = m.court ?? '';
      const sigles = (court.match(/\b[A-Z]{2,}\b/g) ?? []).filter((s) => !SIGLES_CONNUS.has(s));
      return [...INTERDITS.filter((i) => i.test(court)).map(String), ...sigles].map((quoi) => `${m.id} « ${court} » : ${quoi}`);
    });
    expect(fautes).toEqual([]);
  });

  test('se lit « valeur unité : nom court » sans répéter l’unité', () => {
    const repetees = mesures.filter((m) => {
      const nom = sans(m.court ?? '');
      return m.unite !== '%' && nom.split(/[^\p{L}-]+/u).filter((mot) => mot === sans(m.unite)).length > 1;
    });
    expect(repetees.map((m) => `${avecUnite(12, m.unite)} : ${m.court}`)).toEqual([]);
  });

  test('a une unité au pluriel, dont le singulier est juste', () => {
    const unites = [...new Set(mesures.map((m) => m.unite))].sort((a, b) => a.localeCompare(b, 'fr'));
    const auSingulier = (u: string) => avecUnite(1, u).replace(/^1[\u00a0\u202f]/, '');
    // One word loses its s; what is more than that is written here, read by someone.
    const composees = {
      'bracelets anti-rapprochement': 'bracelet anti-rapprochement',
      'fiches de poste': 'fiche de poste',
      'gardes à vue': 'garde à vue',
      'informations préoccupantes': 'information préoccupante',
      'mineurs non accompagnés': 'mineur non accompagné',
      'personnes formées': 'personne formée',
      'personnes mises en cause': 'personne mise en cause',
      'prises en charge': 'prise en charge',
      'procès-verbaux': 'procès-verbal',
      'types de demande': 'type de demande',
      'quantités (kg, unités)': 'quantité (kg, unités)',
      recours: 'recours',
      réseaux: 'réseau',
      'services civiques': 'service civique',
      'sorties de rue': 'sortie de rue',
      'sortants de prison': 'sortant de prison',
      'temps d’échange': 'temps d’échange',
      'types de poste': 'type de poste',
      'types de structure': 'type de structure',
      'téléphones grave danger': 'téléphone grave danger',
      'zones de tension': 'zone de tension',
      kg: 'kg',
      score: 'score',
      '%': '%',
      '€': '€',
    } as Record<string, string>;
    const attendus = unites.map((u) => [u, composees[u] ?? u.replace(/s$/, '')]);
    expect(unites.map((u) => [u, auSingulier(u)])).toEqual(attendus);
    // A compound or irregular unit is never left to the rule.
    expect(unites.filter((u) => composees[u] === undefined && !/^[a-zà-ÿ]+[^s]s$/.test(u))).toEqual([]);
    expect(unites.filter((u) => /[a-zà-ÿ]$/.test(u.split(' ')[0] ?? '') && !/[sx]$/.test(u.split(' ')[0] ?? ''))).toEqual(['kg', 'score']);
    expect(unites.filter((u) => u.includes(' / '))).toEqual([]);
  });

  test('est un nombre quand elle se calcule, un récit ou un document quand elle se raconte', () => {
    const nombres = ['compte', 'pourcentage', 'montant', 'delai', 'evolution'];
    expect(mesures.filter((m) => m.obtention === 'calcul' && !nombres.includes(m.nature)).map((m) => m.id)).toEqual([]);
    expect(mesures.filter((m) => m.obtention === 'narratif' && m.nature !== 'bilan qualitatif').map((m) => m.id)).toEqual([]);
    expect(mesures.filter((m) => m.nature === 'document').map((m) => m.id)).toEqual(['1.6-01c', '1.7-02b', '3.6-09e', '3.6-16b', '3.11-01']);
    expect(mesures.filter((m) => m.obtention === 'collecte' && m.nature === 'evolution').map((m) => m.id)).toEqual([]);
  });

  test('dit son grain : à plusieurs débiteurs, s’ils s’ajoutent ou disent la même chose ; par territoire, seulement pour un nombre ou un débiteur local', () => {
    const locaux = new Set(lu.acteurs.filter((a) => a.local).map((a) => a.id));
    const saisies = mesures.filter((m) => m.obtention !== 'calcul');
    expect(saisies.filter((m) => m.aupres.length > 1 && m.grain === undefined).map((m) => m.id)).toEqual([]);
    expect(saisies.filter((m) => m.ventilations.length > 0).map((m) => m.id)).toEqual([]);
    // Who answers for one place is asked place by place.
    expect(saisies.filter((m) => m.aupres.some((a) => locaux.has(a)) && m.grain?.territoires !== 'mairie').map((m) => m.id)).toEqual([]);
    expect(
      saisies.filter((m) => m.grain?.territoires && m.nature !== 'compte' && m.nature !== 'montant' && !m.aupres.every((a) => locaux.has(a))).map((m) => m.id),
    ).toEqual([]);
    // A person counted twice by two breakdowns would make a false total.
    expect(saisies.filter((m) => (m.grain?.ventilations ?? []).some((v) => v.dont) && (m.grain?.ventilations.length ?? 0) > 1).map((m) => m.id)).toEqual([]);
  });

  test.each([
    ['2.2-03', { periodicite: ['mensuel', 'semestriel', 'annuel'], debiteurs: 6, grain: { debiteurs: 'somme', ventilations: [] } }],
    ['2.3-04', { debiteurs: 3, grain: { debiteurs: 'meme-fait' } }],
    ['1.3-02', { debiteurs: 1, grain: { territoires: 'mairie', ventilations: [{ code: 'partenaire' }] } }],
    ['2.1-01a', { periodicite: ['semestriel'], grain: { territoires: 'mairie', ventilations: [{ code: 'sexe' }] } }],
    ['3.10-01', { grain: { ventilations: [{ code: 'domaine', dont: true }] } }],
  ])('%s est faite de ce que dit le texte du contrat', (id, attendu) => {
    const m = mesures.find((x) => x.id === id);
    expect({ ...m, debiteurs: m?.aupres.length }).toMatchObject(attendu);
  });
});
