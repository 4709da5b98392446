import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direOu } from './echange/bilan.ts';
import { objetsDe } from './echange/json.ts';
import { lireObjets } from './echange/lire.ts';
import { estNominatif, serviceLuSchema, structureLueSchema } from './echange/lignes.schema.ts';
import { enMultirange, lireHoraires, momentDe, ouverturesDe, semaineDe } from './horaires.ts';
import { BESOINS, besoinsDe, CODES_BESOINS, estUnBesoin, thematiquesDe } from './referentiel/besoins.ts';
import { PUBLICS, RESEAUX, THEMATIQUES } from './referentiel/data-inclusion.ts';
import { adresseDe as adresseDuReferent, assis, couvertureDe, direSuite, direTrou, suiteDe, type Terme, termeDe } from './referents/referents.rules.ts';
import { changementsEntre, contenuALaVersion, VIDE } from './structures/ecrire.ts';
import { estUnSiret, telephone } from './structures/structures.schema.ts';
import { adresseDAppel, cleTelephone, lireTelephone } from './telephone.rules.ts';
import { adresseDe, direDistance, distance, ditsDesServices, lireRecherche, parProximite, RIEN } from './trouver/trouver.rules.ts';
import { direVerification } from './trouver/pages/parts.tsx';
import { ecrireVcard } from './trouver/vcard.ts';

const PARIS = 'Europe/Paris';

describe('Les horaires', () => {
  test('se lisent en français ou dans la syntaxe d’OpenStreetMap, et se gardent dans celle-ci', async () => {
    expect(await lireHoraires('lun-ven 9h-12h30,13h30-17h; sam 9:00-12:00')).toMatchObject({
      ok: true,
      horaires: 'Mo-Fr 09:00-12:30,13:30-17:00; Sa 09:00-12:00',
    });
    expect(await lireHoraires('du lundi au vendredi de 9h à 17h; samedi et dimanche 10h-12h; jours fériés fermé')).toMatchObject({
      horaires: 'Mo-Fr 09:00-17:00; Sa,Su 10:00-12:00; PH off',
    });
    expect(await lireHoraires('24/7')).toMatchObject({ ok: true, horaires: '24/7' });
    expect(await lireHoraires('')).toEqual({ ok: true, horaires: '', dit: '' });
    expect(await lireHoraires('quand on peut')).toMatchObject({ ok: false, message: expect.stringContaining('n’est pas compris') });
  });

  test('qui suivent le soleil sont refusés, et n’ouvrent jamais un lieu ; un commentaire reste un commentaire', async () => {
    for (const h of ['sunrise-sunset', 'Mo-Fr (sunrise+01:00)-18:00', 'dawn-dusk']) {
      expect([h, await lireHoraires(h)]).toEqual([h, { ok: false, message: expect.stringContaining('suivent le soleil') }]);
      expect(await momentDe(h, new Date('2026-12-04T10:00:00Z'), PARIS)).toEqual({ etat: 'inconnu' });
    }
    expect(await lireHoraires('Mo-Fr 09:00-17:00 "terrasse sunset"')).toMatchObject({ ok: true });
  });

  test('disent l’heure du contrat, été comme hiver, et les jours fériés du pays', async () => {
    const h = 'Mo-Fr 09:00-17:00; PH off';
    expect(await momentDe(h, new Date('2026-07-10T07:30:00Z'), PARIS)).toEqual({ etat: 'ouvert', jusqu: new Date('2026-07-10T15:00:00Z') });
    expect(await momentDe(h, new Date('2026-12-04T07:30:00Z'), PARIS)).toEqual({ etat: 'ferme', rouvre: new Date('2026-12-04T08:00:00Z') });
    // Christmas is a Friday that year.
    expect(await momentDe(h, new Date('2026-12-25T10:00:00Z'), PARIS)).toEqual({ etat: 'ferme', rouvre: new Date('2026-12-28T08:00:00Z') });
    expect(await momentDe('', new Date(), PARIS)).toEqual({ etat: 'inconnu' });
    expect(await momentDe('Mo-Fr 09:00-17:00 "sur rendez-vous"', new Date('2026-12-04T10:00:00Z'), PARIS)).toEqual({ etat: 'peut-etre' });
    expect((await momentDe('Fr 22:00-02:00', new Date('2026-12-05T00:30:00Z'), PARIS)).etat).toBe('ouvert');
  });

  test('se lisent jour par jour, la nuit coupée à minuit, le jour férié dit fermé', async () => {
    const jours = await semaineDe('Mo-Fr 09:00-12:30; Sa 22:00-02:00; PH off', new Date('2026-04-30T10:00:00Z'), 'Europe/Paris');
    expect(jours?.map((j) => [j.jour, j.plages])).toEqual([
      ['2026-04-30', [['09:00', '12:30']]],
      ['2026-05-01', []],
      ['2026-05-02', [['22:00', '24:00']]],
      ['2026-05-03', [['00:00', '02:00']]],
      ['2026-05-04', [['09:00', '12:30']]],
      ['2026-05-05', [['09:00', '12:30']]],
      ['2026-05-06', [['09:00', '12:30']]],
    ]);
    expect((await semaineDe('24/7', new Date('2026-04-30T10:00:00Z'), 'Europe/Paris'))?.every((j) => j.plages.join() === '00:00,24:00')).toBe(true);
    expect(await semaineDe('', new Date(), 'Europe/Paris')).toBeNull();
  });

  test('s’écrivent en plages d’instants, sur trois semaines', async () => {
    const o = await ouverturesDe('Sa 10:00-12:00', new Date('2026-12-04T10:00:00Z'), PARIS);
    expect(enMultirange(o)).toBe(
      '{[2026-12-05T09:00:00.000Z,2026-12-05T11:00:00.000Z),[2026-12-12T09:00:00.000Z,2026-12-12T11:00:00.000Z),[2026-12-19T09:00:00.000Z,2026-12-19T11:00:00.000Z)}',
    );
    expect(enMultirange(null)).toBe('{}');
  });
});

describe('Un fichier d’échange', () => {
  const morceler = async function* (t: string, n: number) {
    for (let i = 0; i < t.length; i += n) yield t.slice(i, i + n);
  };
  const lire = async (t: string, n: number) => {
    const lus = [];
    for await (const o of objetsDe(morceler(t, n), 'essai.json')) lus.push({ ...o, texte: JSON.parse(o.texte) });
    return lus;
  };
  test.each([1, 3, 7, 1000])('se lit objet après objet, coupé n’importe où (%i caractères)', async (n) => {
    const t = '{"structures": [\n{"id": "a", "nom": "L\\"]}é", "reseaux_porteurs": ["x", "y"]},\n{"id": "b", "o": {"p": [1]}}\n],\n"services": [{"id": "c"}]}';
    expect(await lire(t, n)).toEqual([
      { liste: 'structures', ligne: 2, texte: { id: 'a', nom: 'L"]}é', reseaux_porteurs: ['x', 'y'] } },
      { liste: 'structures', ligne: 3, texte: { id: 'b', o: { p: [1] } } },
      { liste: 'services', ligne: 5, texte: { id: 'c' } },
    ]);
    expect(await lire('[{"id": 1}, {"id": 2}]', n)).toHaveLength(2);
  });
  test('coupé ou mal fermé, dit où', async () => {
    await expect(lire('{"structures": [{"id": "a"}', 5)).rejects.toThrow('coupé après l’objet 1');
    await expect(lire('{"structures": [{"id": "a"]}', 5)).rejects.toThrow('objet 1, ligne 1');
  });
  test('dit chaque faute par sa colonne, et lit les listes de cellules de tableur', () => {
    const lu = structureLueSchema.safeParse({ source: 'x', id: '1', nom: 'L', date_maj: 'hier', siret: '12345678901234', code_postal: '7501' });
    expect(lu.error?.issues.map((i) => i.path[0])).toEqual(['nom', 'date_maj', 'siret', 'code_postal']);
    const s = { source: 'x', structure_id: '1', id: '2', nom: 'Écoute', description: 'Une écoute', date_maj: '2026-01-02', telephone: "'+33102030405" };
    expect(serviceLuSchema.parse({ ...s, thematiques: '["sante--addictions", "sante--sante-mentale"]', publics: 'femmes|jeunes' })).toMatchObject({
      thematiques: ['sante--addictions', 'sante--sante-mentale'],
      publics: ['femmes', 'jeunes'],
      telephone: '+33102030405',
    });
    expect(serviceLuSchema.safeParse({ ...s, thematiques: ['inconnue'] }).error?.issues[0]?.message).toContain('n’est pas dans la liste du schéma');
  });
  test('un objet de JSON se nomme par son rang et son identifiant ; une ligne, par elle-même', async () => {
    const t = JSON.stringify({ structures: [{ id: 'a' }, { id: 'b', source: 'x', nom: 'L', date_maj: 'hier' }], services: [{}] });
    const fautes = [];
    for await (const l of lireObjets(morceler(t, 40), 'essai.json')) if (l.genre === 'faute') fautes.push(...l.fautes);
    expect([...new Set(fautes.map(direOu))]).toEqual(['structure 1, « a »', 'structure 2, « b »', 'service 1']);
    expect(fautes.filter((f) => f.objet === 'structure 2, « b »').map((f) => f.colonne)).toEqual(['nom', 'date_maj']);
    expect([direOu({ ligne: 7 }), direOu({ ligne: 7, objet: 'service 3' })]).toEqual(['ligne 7', 'service 3, ligne 7']);
  });
  test('une adresse de personne n’est pas celle d’un service', () => {
    expect(['jeanne.martin@asso.fr', 'j-martin@asso.fr', 'contact.paris@asso.fr', 'accueil@asso.fr'].map(estNominatif)).toEqual([true, false, false, false]);
  });
  test('les listes fermées du schéma sont entières, et les besoins n’emploient qu’elles', () => {
    expect([THEMATIQUES.length, new Set(THEMATIQUES).size, Object.keys(PUBLICS).length, new Set(RESEAUX).size]).toEqual([69, 69, 14, RESEAUX.length]);
    expect(CODES_BESOINS.flatMap((b) => [...BESOINS[b].thematiques]).filter((t) => !THEMATIQUES.includes(t))).toEqual([]);
    expect(besoinsDe(['sante--addictions'], ['jeunes'])).toEqual(['addictions', 'jeunes']);
    expect(thematiquesDe(['addictions', 'cyber'])).toEqual(['sante--addictions']);
  });
});

describe('Une recherche', () => {
  test('garde ce qui est compris, laisse le reste, et s’écrit en adresse', () => {
    const dit: Record<string, string> = { besoin: 'victime', lieu: 'x', langue: 'tlh', accessible: 'lsf', ouvert: '1', gratuit: 'non' };
    const r = lireRecherche(
      (n) => dit[n] ?? '',
      () => false,
    );
    expect(r).toEqual({ ...RIEN, besoin: 'victime', accessible: 'lsf', ouvert: true });
    expect(adresseDe(r, 2)).toBe('/aide/trouver?besoin=n3&accessible=lsf&ouvert=1&page=2');
    expect(adresseDe(RIEN)).toBe('/aide/trouver');
  });
  test('ne dit un fait d’un lieu que s’il vaut pour tous les services qu’elle cherche', () => {
    const v = (besoins: string[], plus: object = {}) => ({ besoins, sansRdv: false, anonyme: false, frais: '' as const, ...plus });
    const services = [v(['droits'], { frais: 'gratuit', anonyme: true }), v(['hebergement'], { sansRdv: true })];
    expect(ditsDesServices(services, RIEN)).toEqual({ besoins: ['droits', 'hebergement'], faits: [], aussi: [] });
    expect(ditsDesServices(services, { ...RIEN, besoin: 'droits' })).toEqual({ besoins: ['droits'], faits: ['anonyme', 'gratuit'], aussi: ['hebergement'] });
    expect(ditsDesServices(services, { ...RIEN, gratuit: true })).toEqual({ besoins: ['droits'], faits: ['anonyme', 'gratuit'], aussi: ['hebergement'] });
    expect(ditsDesServices([...services, v(['droits'])], { ...RIEN, besoin: 'droits' }).faits).toEqual([]);
    expect(ditsDesServices([], RIEN)).toEqual({ besoins: [], faits: [], aussi: [] });
  });
  test('commence par le territoire demandé, puis par ses voisins', () => {
    const p = [{ id: 'a', tuile: [0, 0] }, { id: 'b', tuile: [3, 0] }, { id: 'c', tuile: [1, 0] }, { id: 'd' }] as const;
    expect(parProximite(p, 'b')).toEqual(['b', 'c', 'a', 'd']);
  });
});

describe('Un référent', () => {
  const r = (territoireId: string, debut: string, fin: string | null, parti: Partial<Terme> = {}) => ({ role: 'nuit', territoireId, debut, fin, ...parti });
  const demain = (j: string) => `${j}+1`;
  const q = { role: 'nuit', places: ['12', 'tout'], jour: '2026-11-29' };
  test('couvre son territoire et ce qu’il contient ; un trou dit depuis quand', () => {
    expect(couvertureDe([r('tout', '2026-01-01', null)], q, demain)).toMatchObject({ etat: 'couvert', finit: null });
    expect(couvertureDe([r('12', '2025-01-01', '2026-02-28'), r('12', '2024-01-01', '2024-12-31')], q, demain)).toEqual({
      etat: 'trou',
      depuis: '2026-02-28+1',
      prochain: null,
    });
    // Named for a part: that part, and nothing more.
    expect(couvertureDe([r('quartier', '2026-01-01', '2026-12-31')], { ...q, parts: ['quartier'] }, demain)).toMatchObject({
      etat: 'partiel',
      finit: '2026-12-31',
    });
    expect(couvertureDe([r('quartier', '2026-01-01', null), r('tout', '2026-01-01', null)], { ...q, parts: ['quartier'] }, demain)).toMatchObject({
      etat: 'couvert',
      referents: [{ territoireId: 'tout' }],
    });
    expect(couvertureDe([r('quartier', '2025-01-01', '2025-12-31')], { ...q, parts: ['quartier'] }, demain)).toEqual({ etat: 'jamais', prochain: null });
    expect(couvertureDe([r('12', '2027-01-01', null), r('13', '2026-01-01', null)], q, demain)).toEqual({ etat: 'jamais', prochain: '2027-01-01' });
  });
  test('d’un terme qui finit, dit qui vient après, ou les jours que personne ne couvre', () => {
    const la = r('12', '2026-01-01', '2026-12-31');
    const dire = (...autres: ReturnType<typeof r>[]) => direSuite(suiteDe(la.fin, autres, demain), (j) => j);
    expect(dire()).toBe(', sans successeur désigné');
    expect(dire(r('12', '2026-06-01', '2026-12-31'))).toBe(', sans successeur désigné');
    expect([dire(r('12', '2026-12-31+1', null)), dire(r('12', '2025-01-01', '2027-03-01'))]).toEqual(['', '']);
    expect(dire(r('12', '2027-01-04', null), r('12', '2027-02-01', null))).toBe(', puis personne avant le 2027-01-04');
    expect(suiteDe(null, [], demain)).toBeNull();
    // The same is said of a place on the map.
    const couvert = couvertureDe([la, r('12', '2027-01-04', null)], q, demain);
    expect(couvert).toMatchObject({ etat: 'couvert', finit: '2026-12-31', suite: { relais: false, prochain: '2027-01-04' } });
  });
  test('dont le compte est fermé ne couvre plus rien et ne succède à personne, sauf par sa suppléance', () => {
    const parti = { fermeLe: '2026-11-20' };
    const seul = r('12', '2026-01-01', null, parti);
    expect(termeDe(seul)).toBe('2026-11-20');
    expect(termeDe({ fin: '2026-03-01', ...parti })).toBe('2026-03-01');
    expect(couvertureDe([seul], q, demain)).toEqual({ etat: 'trou', depuis: '2026-11-20+1', prochain: null, partis: [seul] });
    expect(couvertureDe([seul, r('tout', '2026-01-01', null)], q, demain)).toMatchObject({ etat: 'couvert', referents: [{ territoireId: 'tout' }] });
    const supplee = { ...parti, suppleantCourriel: 's@exemple.fr' };
    expect(couvertureDe([r('12', '2026-01-01', null, supplee)], q, demain)).toMatchObject({ etat: 'couvert', finit: null });
    expect(couvertureDe([r('12', '2026-01-01', null, { ...supplee, suppleantFermeLe: '2026-11-21' })], q, demain).etat).toBe('trou');
    const la = r('12', '2026-01-01', '2026-12-31');
    const apres = (p: Partial<Terme>) => direSuite(suiteDe(la.fin, [r('12', '2026-12-31+1', null, p)], demain), (j) => j);
    expect([apres({}), apres(parti), apres(supplee)]).toEqual(['', ', sans successeur désigné', '']);
  });
});

describe('Une fiche', () => {
  test('se garde dans un téléphone : lignes pliées, texte échappé', () => {
    const s = {
      id: '00000000-0000-4000-8000-000000000001',
      nom: 'Maison, « Les Tilleuls » ; accueil des personnes victimes et de leurs proches du quartier',
      telephone: '01 02 03 04 05',
      courriel: '',
      adresse: '1 rue de l’Exemple',
      commune: 'Exemple',
      codePostal: '75000',
      latitude: 48.85,
      longitude: 2.35,
      siteWeb: '',
      complement: 'Bâtiment B',
      venir: '',
      majLe: new Date('2026-11-29T10:00:00Z'),
    };
    const v = ecrireVcard(s, { adresse: 'https://c.exemple/aide/lieux/1', horaires: 'lun.' });
    expect(v).toContain('TEL;VALUE=uri:tel:0102030405\r\n');
    expect(v).toContain('NOTE:Bâtiment B\\nlun.\r\n');
    expect(v.replaceAll('\r\n ', '')).toContain('FN:Maison\\, « Les Tilleuls » \\; accueil');
    expect(ecrireVcard({ ...s, telephone: '01 02 03 04 05 poste 12' }, { adresse: '', horaires: '' })).toContain(
      'NOTE:Bâtiment B\\n01 02 03 04 05 poste 12\r\n',
    );
    expect(v.split('\r\n').every((l) => Buffer.byteLength(l) <= 75)).toBe(true);
  });
  test('reconnaît un SIRET attribué et deux écritures d’un numéro', () => {
    expect(['73282932000074', '73282932000075', '35600000000048', '1'].map(estUnSiret)).toEqual([true, false, true, false]);
    expect(cleTelephone('+33 1 02 03 04 05')).toBe(cleTelephone('01.02.03.04.05'));
  });
  test.each([
    ['+33 (0)1 23 45 67 89', '01 23 45 67 89', '0123456789'],
    ['0033 1 23 45 67 89', '01 23 45 67 89', '0123456789'],
    ['01/23/45/67/89', '01 23 45 67 89', '0123456789'],
    ['+33123456789', '01 23 45 67 89', '0123456789'],
    ['0800 005 696', '0 800 005 696', '0800005696'],
    ['3919', '3919', '3919'],
    ['17', '17', '17'],
    ['116 006', '116 006', '116006'],
    ['+32 2 555 12 12', '+3225551212', '+3225551212'],
  ])('le numéro composé est celui qui est affiché : %s', (dit, ecrit, compose) => {
    expect(lireTelephone(dit)).toEqual({ ok: true, ecrit, compose });
    expect([adresseDAppel(dit), cleTelephone(dit), telephone.parse(dit)]).toEqual([`tel:${compose}`, compose, ecrit]);
    // Read again as it is kept, it is the same.
    expect(lireTelephone(ecrit)).toEqual({ ok: true, ecrit, compose });
  });
  test.each(['01 23 45 67 89 / 06 11 22 33 44', '01 23 45 67 89 poste 12', '01 23 45 67', '+33 1 23 45', '00 00 00 00 00', 'accueil'])(
    'ce qui n’est pas un seul numéro entier se lit sans se composer, et se refuse à la saisie : %s',
    (dit) => {
      expect([adresseDAppel(dit), cleTelephone(dit), lireTelephone(dit).ok]).toEqual([null, '', false]);
      expect(telephone.safeParse(dit).error?.issues[0]?.message).toContain('un seul numéro entier');
    },
  );
  test('un numéro surtaxé n’est pas un numéro d’aide', () => {
    for (const n of ['0 892 02 02 02', '08 10 00 00 00', '+33 820 20 20 20', '118 218'])
      expect([n, lireTelephone(n)]).toMatchObject([n, { ok: false, message: expect.stringContaining('surtaxé') }]);
  });
  test('dit qui a vérifié, qui a corrigé depuis, ce qu’un fichier a apporté ; jamais l’un pour l’autre', () => {
    const s = { verifieLe: null, verifiePar: '', corrigeLe: null, corrigePar: '', sourceLe: null, source: '', revoirLe: '2027-01-01' };
    const dire = (plus: Partial<Parameters<typeof direVerification>[0]>) => direVerification({ ...s, ...plus }, '2026-11-29').phrase.replaceAll('\u00a0', ' ');
    expect(dire({})).toBe('À vérifier : personne n’a encore confirmé cette fiche.');
    expect(dire({ source: 'dora', sourceLe: '2026-11-01' })).toMatch(
      /^Mis à jour par dora le .*2026. À vérifier : personne n’a encore confirmé cette fiche\.$/,
    );
    expect(dire({ verifieLe: '2026-11-02', verifiePar: 'PAV' })).toMatch(/^Vérifié par PAV le /);
    const corrige = { verifieLe: '2026-11-02', verifiePar: 'PAV', corrigeLe: '2026-11-20', corrigePar: 'le correspondant du lieu' };
    expect(dire(corrige)).toMatch(/^Corrigé par le correspondant du lieu le .*\. Dernière vérification le .* par PAV\.$/);
    expect(dire({ ...corrige, revoirLe: '2026-11-28' })).toMatch(/^Corrigé .*\. À vérifier : dernière vérification le 2 novembre 2026 par PAV\.$/);
    // A file older than who verified says nothing more.
    expect(dire({ verifieLe: '2026-11-02', verifiePar: 'PAV', source: 'dora', sourceLe: '2026-11-01' })).toMatch(/^Vérifié par PAV/);
  });
  test('revient à ce que le public lisait, sans son ancien correspondant, son ancien organisme ni son ancien refuge', () => {
    const versions = Array.from({ length: 130 }, (_, n) => ({
      ...VIDE,
      nom: `Lieu ${n}`,
      telephone: n === 0 ? '3919' : '',
      organisation_id: n < 100 ? 'PAV' : 'PP',
      correspondant_nom: `C${n}`,
      lieu_sur: n < 50,
      territoire_id: `t${n % 2}`,
    }));
    const changements = versions
      .slice(1)
      .map((v, n) => changementsEntre(versions[n] ?? VIDE, v))
      .reverse();
    const derniere = versions.at(-1) ?? VIDE;
    expect(contenuALaVersion(derniere, changements)).toEqual({ ...derniere, nom: 'Lieu 0', telephone: '3919' });
    expect(contenuALaVersion(derniere, changements.slice(0, 29)).nom).toBe('Lieu 100');
  });
});

describe('Les liens d’un contrat vers les lieux', () => {
  test('n’emploient que des besoins connus', async () => {
    const fichiers = (await readdir('contrats', { recursive: true })).filter((f) => f.endsWith('.yaml'));
    expect(fichiers.length).toBeGreaterThan(20);
    const vus: string[] = [];
    for (const f of fichiers)
      vus.push(...[...(await readFile(join('contrats', f), 'utf8')).matchAll(/\/aide\/trouver\?[^\s"']*besoin=([\w-]*)/g)].map((m) => m[1] ?? ''));
    expect(vus.filter((b) => !estUnBesoin(b))).toEqual([]);
  });
});

test('un référent absent ou sans adresse laisse la place à son suppléant, jusqu’au jour dit', () => {
  const r = {
    nom: 'Alix',
    courriel: 'a@exemple.fr',
    suppleantNom: 'Sam',
    suppleantCourriel: 's@exemple.fr',
    absentJusquau: '2026-12-05',
    fermeLe: null,
    suppleantFermeLe: null,
  };
  expect(adresseDuReferent(r, '2026-12-05')).toEqual({ nom: 'Sam', courriel: 's@exemple.fr' });
  expect(adresseDuReferent(r, '2026-12-06')).toEqual({ nom: 'Alix', courriel: 'a@exemple.fr' });
  expect(adresseDuReferent({ ...r, suppleantCourriel: '' }, '2026-12-05')).toEqual({ nom: 'Alix', courriel: 'a@exemple.fr' });
  expect(adresseDuReferent({ ...r, courriel: '', absentJusquau: null }, '2026-12-06')?.nom).toBe('Sam');
  expect(adresseDuReferent({ ...r, courriel: '', suppleantCourriel: '' }, '2026-12-06')).toBeNull();
  // The address of a closed account is none.
  const parti = { ...r, fermeLe: '2026-11-01' };
  expect(adresseDuReferent(parti, '2026-12-06')?.nom).toBe('Sam');
  expect(adresseDuReferent({ ...r, suppleantFermeLe: '2026-11-01' }, '2026-12-05')?.nom).toBe('Alix');
  expect(adresseDuReferent({ ...parti, suppleantFermeLe: '2026-11-02' }, '2026-12-05')).toBeNull();
  expect(direTrou({ etat: 'trou', depuis: '2026-03-01', prochain: null }, 'Référent TEH', '12e', (j) => j)).toBe(
    'Référent TEH, 12e : personne depuis le 2026-03-01.',
  );
  expect(direTrou({ etat: 'jamais', prochain: '2027-01-01' }, 'Référent TEH', '12e', (j) => j)).toContain('quelqu’un y arrive le 2027-01-01');
});

test('une distance se dit comme la personne a dit où elle est : à cent mètres près', () => {
  const notreDame = { lon: 2.3499, lat: 48.853 };
  const etoile = { lon: 2.295, lat: 48.8738 };
  expect(Math.round(distance(notreDame, etoile) / 100)).toBe(46);
  expect([direDistance(12), direDistance(349), direDistance(940), direDistance(1000), direDistance(4630)]).toEqual([
    'à 50 m',
    'à 350 m',
    'à 950 m',
    'à 1 km',
    'à 4,6 km',
  ]);
});

test('chaque jour siègent ceux du lieu, et, les jours où il n’y en a pas, ceux du lieu plus large le plus proche ; personne deux fois', () => {
  const decaler = (j: string, n: number) => new Date(Date.parse(j) + n * 86_400_000).toISOString().slice(0, 10);
  const jourDe = (n: number) => decaler('2026-01-01', n);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.option(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 0, max: 2 })), { maxLength: 8 }),
      fc.integer({ min: 0, max: 40 }),
      (termes, n) => {
        const tous = termes.map(([d, duree, ou], i) => ({
          ...{ id: String(i), ou, role: 'r', territoireId: String(ou) },
          ...{ debut: jourDe(d), fin: duree === null ? null : jourDe(d + duree) },
        }));
        const en = (la: readonly (typeof tous)[number][], k: number) => la.filter((t) => t.debut <= jourDe(k) && (t.fin === null || t.fin >= jourDe(k)));
        const lieux = [0, 1, 2].map((ou) => tous.filter((t) => t.ou === ou));
        const sieges = assis(lieux[0] ?? [], lieux.slice(1), jourDe(n), decaler);
        for (let k = n; k < 70; k++) {
          const attendus = lieux.map((la) => en(la, k)).find((la) => la.length > 0) ?? [];
          expect(
            en(sieges, k)
              .map((t) => t.id)
              .sort(),
          ).toEqual(attendus.map((t) => t.id).sort());
        }
        // Two runs of one person never touch: they would be one.
        for (const x of sieges) for (const y of sieges) if (x !== y && x.id === y.id) expect(x.fin !== null && decaler(x.fin, 1) === y.debut).toBe(false);
      },
    ),
  );
});
