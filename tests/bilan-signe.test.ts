/** The bilan that a coordinator would sign: on the whole demonstration, as files, as pages, and as its author writes it. */
import { sql } from 'kysely';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUSE } from '../src/modules.ts';
import { verifierEcheances } from '../src/modules/echeances/accorder.ts';
import { getFormulaire, verifierChiffres } from '../src/modules/indicateurs/index.ts';
import { getBilan } from '../src/modules/publications/bilan/bilan.contenu.ts';
import { ecrireContenu } from '../src/modules/publications/bilan/bilan.ecrire.ts';
import type { BilanContenu } from '../src/modules/publications/bilan/bilan.modele.ts';
import { phraseDecisions } from '../src/modules/publications/bilan/bilan.phrases.ts';
import { creerDecision, creerInstance, creerSeance } from '../src/modules/instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp, servicesDEssai } from './support/app.ts';
import { demonstrationDe } from './support/demonstration.ts';
import { aLHeureDeParis } from './support/fuseau.ts';
import { lireFormulaire } from './support/formulaire.ts';
import { compterMots, lirePdf, type PdfLu } from './support/pdf.ts';
import { AU_18E } from './support/scenes.ts';
import { PARIS } from './support/template.ts';

const MAINTENANT = new Date('2026-11-28T10:00:00Z');
const LIEU = 'mairie-18';
const SECRET = 'Sujet gardé pour les seuls membres';
const PARTAGEE = 'Ouvrir le local de la rue en soirée';
const REDIGER = `/bilan/2026/${LIEU}/rediger`;

let app: AppDeTest;
let partenaires: BilanContenu;
let public_: BilanContenu;
const contenu = async (o: { annee?: number; pour: 'partenaires' | 'public'; annexes?: boolean; territoireId?: string }) =>
  aLHeureDeParis(getBilan)(app.db, await getFormulaire(app.db, app.contratId), {
    annee: 2026,
    territoireId: LIEU,
    maintenant: MAINTENANT,
    demonstration: true,
    ...o,
  });
const pdf = async (c: BilanContenu): Promise<PdfLu> => lirePdf(await ecrireContenu(c, 'pdf'));
const plat = (t: string) => t.replace(/[\s\u00a0\u202f]+/g, ' ');

const installer = aLHeureDeParis(async () => {
  app = await ouvrirApp({ demonstration: true, horloge: () => MAINTENANT });
  const lue = await demonstrationDe();
  const d = { ...lue, dossier: PARIS, contratId: app.contratId, aujourdhui: '2026-11-28', trousseau: servicesDEssai().trousseau };
  const modules = HOUSE.modules.flatMap((m) => m.demonstration ?? []);
  await app.base.owner.transaction().execute(async (tx) => {
    for (const m of modules) if (m.generer) await m.generer(tx, d);
  });
  for (const m of modules) await m.achever?.(app.base.owner, d);
  for (const [confidentialite, libelle] of [
    ['restreinte', SECRET],
    ['partenaires', PARTAGEE],
  ] as const) {
    const instance = await creerInstance(app.base.owner, app.contratId, {
      territoire: LIEU,
      porteur: 'DPMP',
      nom: `Instance ${confidentialite}`,
      confidentialite,
    });
    const seanceId = await creerSeance(app.base.owner, app.contratId, instance, { jour: '2026-03-10', etat: 'figee' });
    const qui = { responsableId: 'DPMP', responsableNom: '', responsableCourriel: '' };
    const faits = { seanceId, pointId: null, echeance: '2026-04-01', fiche: null, ligne: null, territoireId: LIEU };
    await creerDecision(
      app.base.owner,
      app.contratId,
      { instanceId: instance, nature: 'action', libelle, ...qui, ...faits },
      { auteur: 'Secrétariat', quand: new Date('2026-03-10T10:00:00Z') },
    );
  }
  partenaires = await contenu({ pour: 'partenaires' });
  public_ = await contenu({ pour: 'public' });
});
beforeAll(() => installer(), 240_000);
afterAll(() => app?.close());

describe('Le bilan d’une mairie', () => {
  test('tient en vingt pages dont aucune n’est presque vide, lisibles par une machine', async () => {
    for (const c of [partenaires, public_, await contenu({ annee: 2025, pour: 'partenaires' })]) {
      const { pages, langue, titre, accessible } = await pdf(c);
      expect(pages.length).toBeGreaterThanOrEqual(12);
      expect(pages.length).toBeLessThanOrEqual(20);
      for (const [i, p] of pages.entries()) if (i > 0) expect([c.annee, i + 1, compterMots(p) >= 100]).toEqual([c.annee, i + 1, true]);
      expect([langue, titre, accessible]).toEqual(['fr-FR', `Bilan ${c.annee} · Mairie du 18e`, true]);
    }
  });

  test('celui de Paris et ses annexes n’ont pas non plus de page presque vide', async () => {
    const paris = await contenu({ annee: 2025, pour: 'public', territoireId: 'paris' });
    for (const c of [paris, await contenu({ pour: 'partenaires', annexes: true })])
      for (const [i, p] of (await pdf(c)).pages.entries())
        if (i > 0) expect([c.territoire.nom, i + 1, compterMots(p) >= 100]).toEqual([c.territoire.nom, i + 1, true]);
  });

  test('dit ses mots, ses séances et ses décisions', async () => {
    const texte = plat((await pdf(partenaires)).pages.join(' '));
    expect(texte).toContain('Le partenariat s’est resserré autour de trois secteurs');
    expect(texte).toContain('Les formations ont réuni des métiers qui se parlaient peu');
    expect(texte).toContain('Coordonnatrice du 18e arrondissement');
    expect(texte).toContain('Groupe de partenariat opérationnel (GPO)');
    expect(texte).toContain(PARTAGEE);
    const { comptes, liste } = partenaires.decisions;
    // A crowd of the contract (« Commissariats d’arrondissement ») is the one of this place.
    const qui = liste.map((x) => x.qui);
    expect(qui.some((q) => q.startsWith('CSP 18'))).toBe(true);
    expect(qui.filter((q) => /^Commissariats|\(17/.test(q))).toEqual([]);
    expect(Object.values(comptes).reduce((a, b) => a + b, 0)).toBe(liste.length);
    // A late one is still counted under its state, which is said beside.
    const { enRetard, retardsBloques } = partenaires.decisions;
    expect(enRetard).toBeGreaterThan(0);
    expect(liste.filter((x) => x.enRetard && x.etatDit.endsWith(', en retard')).length).toBe(enRetard);
    expect(liste.filter((x) => x.etatDit === 'bloquée, en retard').length).toBe(retardsBloques);
    for (const [etat, n] of Object.entries(comptes)) expect([etat, liste.filter((x) => x.etat === etat).length]).toEqual([etat, n]);
    for (const x of liste) if (x.etat === 'fait') expect(x.suite).toMatch(/^Preuve\s: ./);
    for (const x of liste) if (x.etat === 'bloque') expect(x.suite).toMatch(/^Pour débloquer\s: ./);
    const phrase = phraseDecisions(partenaires);
    expect(phrase.includes('bloquées.') || phrase.includes('bloquée.')).toBe(retardsBloques > 0);
  });

  test('ne montre rien d’une instance restreinte, et au public ni la lettre des décisions ni le nom de l’auteur', async () => {
    for (const c of [partenaires, public_]) {
      expect(JSON.stringify(c)).not.toContain(SECRET);
      expect(JSON.stringify(c)).not.toContain('Instance restreinte');
    }
    expect(public_.decisions).toEqual({ ...partenaires.decisions, liste: [] });
    expect(JSON.stringify(public_)).not.toContain(PARTAGEE);
    expect(JSON.stringify(public_)).not.toContain('Instance partenaires');
    expect(public_.essentiel?.signature).not.toContain('Nadia');
    expect(partenaires.essentiel?.signature).toContain('Nadia');
    expect((await app.get(`/bilan/2026/${LIEU}`)).body).not.toContain(PARTAGEE);
    expect((await app.get(`/bilan/2026/${LIEU}`, AU_18E)).body).toContain(PARTAGEE);
    expect((await app.get(`/bilan/2026/${LIEU}?pour=public`, AU_18E)).body).not.toContain(PARTAGEE);
  });

  test('donne deux nombres plutôt qu’un pourcentage qui trompe, et aucune unité de travers', async () => {
    const fini = await contenu({ annee: 2025, pour: 'partenaires' });
    const texte = plat((await pdf(fini)).pages.join(' '));
    for (const [, n = ''] of texte.matchAll(/\+([\d ]+(?:,\d+)?) %/g)) expect(Number(n.replaceAll(' ', '').replace(',', '.'))).toBeLessThanOrEqual(200);
    for (const m of fini.fiches.flatMap((f) => f.mesures))
      if (m.unite !== '%' && /%/.test(m.evolution)) expect(Math.min(m.annee.valeur ?? 0, m.avant?.valeur ?? 0)).toBeGreaterThanOrEqual(20);
    expect(texte).toMatch(/\d+ puis \d+/);
    expect(texte).not.toMatch(/\d (?:carte|bilan|répartition|évaluation)\b/);
    expect(texte).not.toContain('supra');
  });

  test('tous les formats disent les mêmes comptes', async () => {
    const complet = await contenu({ pour: 'partenaires', annexes: true });
    const { etat } = complet.synthese;
    const connus = `${etat.connus} sur ${etat.attendus}`;
    const lignes = (await ecrireContenu(complet, 'csv')).toString().split('\r\n').slice(1).filter(Boolean);
    const compter = (mot: string) => lignes.filter((l) => l.includes(`;${mot};`)).length;
    expect([compter('valeur') + compter('zéro'), compter('non ventilé'), compter('manquant')]).toEqual([etat.connus, etat.nonVentiles, etat.enRetard]);
    const docx = (await (await JSZip.loadAsync(await ecrireContenu(complet, 'docx'))).file('word/document.xml')?.async('string')) ?? '';
    for (const t of [plat((await pdf(complet)).pages.join(' ')), plat((await ecrireContenu(complet, 'html')).toString()), plat(docx)])
      expect(t).toContain(connus);
  });
});

describe('Le bilan en ligne', () => {
  test('est un sommaire et une page par fiche, qui mènent l’une à l’autre', async () => {
    const sommaire = (await app.get(`/bilan/2026/${LIEU}`)).body;
    const chapitres = [...sommaire.matchAll(/href="(\/bilan\/2026\/mairie-18\/fiches\/[\d.]+)"/g)].map((m) => m[1] ?? '');
    expect(chapitres.length).toBeGreaterThan(15);
    expect(sommaire).not.toContain('id="annexe"');
    for (const [i, url] of chapitres.entries()) {
      const r = await app.get(url);
      expect([url, r.statusCode]).toEqual([url, 200]);
      const suivant = chapitres[i + 1];
      if (suivant) expect(r.body).toMatch(new RegExp(`href="${suivant.replaceAll('.', '\\.')}" rel="next"`));
    }
    expect((await app.get(`/bilan/2026/${LIEU}/annexes`)).body).toContain('non ventilé');
    expect((await app.get(`/bilan/2026/${LIEU}/fiches/9.9`)).statusCode).toBe(404);
  });
});

describe('Les textes du bilan', () => {
  test('se rédigent par le coordonnateur, et chaque version est gardée', async () => {
    const page = await app.get(REDIGER, AU_18E);
    const champs = lireFormulaire(page.body, REDIGER);
    const texte = 'Les marches du printemps ont repris.\n- deux quartiers\n- un bailleur';
    expect((await app.post(REDIGER, { ...champs, 'f3.3': texte }, AU_18E)).statusCode).toBe(303);
    const apres = (await app.get(`/bilan/2026/${LIEU}/fiches/3.3`)).body;
    expect(apres).toContain('Les marches du printemps ont repris.');
    expect(apres).toContain('<li>deux quartiers</li>');
    const versions = (await app.get(`/bilan/2026/${LIEU}/textes/3.3`, AU_18E)).body;
    expect(versions).toContain('Version 2');
    expect(versions).toContain('Les marches exploratoires se font avec les habitantes');
    // Only what was changed is written again.
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from bilan_textes where annee = 2026 and territoire_id = ${LIEU} and fiche = '1.6'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(2);
  });

  test('refusent un nom de personne, et rien de ce qui est tapé ne se perd', async () => {
    const champs = lireFormulaire((await app.get(REDIGER, AU_18E)).body, REDIGER);
    const r = await app.post(REDIGER, { ...champs, 'f1.1': 'Merci à M. Durand pour son aide', 'f1.4': 'Un texte voisin' }, AU_18E);
    expect(r.statusCode).toBe(422);
    expect(r.body).toContain('ôtez « M. Durand »');
    expect(r.body).toContain('Merci à M. Durand pour son aide');
    expect(r.body).toContain('Un texte voisin');
  });

  test('ne s’écrivent ni ailleurs, ni par d’autres ; le pilote commente sa fiche pour tout le contrat', async () => {
    expect((await app.get('/bilan/2026/mairie-12/rediger', AU_18E)).statusCode).toBe(403);
    expect((await app.get(REDIGER, { comme: 'agent', territoire: LIEU })).statusCode).toBe(403);
    const pilote = { comme: 'pilote', organisation: 'RECTORAT', fiche: '1.2' } as const;
    expect((await app.get(REDIGER, pilote)).statusCode).toBe(403);
    const page = await app.get('/bilan/2026/paris/rediger', pilote);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('name="f1.2"');
    expect(page.body).not.toContain('name="f1.6"');
    expect(page.body).not.toContain('name="essentiel"');
    expect((await app.get('/bilan/2026/paris/rediger', { comme: 'coordination' })).body).toContain('name="essentiel"');
  });
});

describe('L’état d’un territoire', () => {
  test('tient sur une page A4 et dit ce qui a changé, ce qui est en retard, ce qui vient et ce qui est dû', async () => {
    const r = await app.get(`/etat/${LIEU}/pdf`, AU_18E);
    const { pages, titre, accessible } = await lirePdf(r.rawPayload);
    expect([pages.length, accessible]).toEqual([1, true]);
    expect(titre).toContain('État : Mairie du 18e');
    for (const t of ['Ce qui a changé', 'Décisions en retard', 'Prochaine séance', 'Ce qui est dû']) expect(plat(pages[0] ?? '')).toContain(t);
    const page = (await app.get(`/etat/${LIEU}`, AU_18E)).body;
    expect(page).toContain('Prochaines séances');
    expect(page).not.toContain(SECRET);
  });

  test('se trouve depuis la page du territoire et depuis ma journée, pour qui travaille sur le contrat', async () => {
    expect((await app.get(`/territoires/${LIEU}`)).body).not.toContain(`/etat/${LIEU}`);
    expect((await app.get(`/territoires/${LIEU}`, AU_18E)).body).toContain(`/etat/${LIEU}`);
    expect((await app.get('/ma-journee', AU_18E)).body).toContain(`/etat/${LIEU}`);
    expect((await app.get(`/etat/${LIEU}`)).statusCode).not.toBe(200);
  });
});

describe('La collecte de la démonstration', () => {
  const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
  const lire = async (url: string, qui?: Parameters<AppDeTest['get']>[1]) => plat((await app.get(url, qui)).body.replace(/<!-- -->/g, ''));

  test('a des campagnes où des chiffres sont arrivés et d’autres tardent, selon les règles d’une vraie, et où ses personnes répondent', async () => {
    const liste = await lire('/collecte/campagnes', COORDINATION);
    for (const titre of ['Bilan 2025', 'Premier semestre 2026']) expect(liste).toContain(titre);
    const suivie = /href="(\/collecte\/campagnes\/[\w-]{36})"[^>]*>Premier semestre 2026/.exec(liste)?.[1] ?? '';
    const [arrives = 0, demandes = 0] = (/(\d+) sur (\d+) arrivés/.exec(await lire(suivie, COORDINATION)) ?? []).slice(1).map(Number);
    expect([arrives > 20, demandes > arrives]).toEqual([true, true]);
    // One of its people has a page to answer on, at once.
    const { rows } = await sql<{ n: number; retards: number }>`
      select (select count(*)::int from campagne_acces where compte_id is not null and ferme_le is null) as n,
        (select count(*)::int from echeances where genre = 'campagne' and soldee_le is null and sans_objet_le is null and due_le < '2026-11-28') as retards`.execute(
      app.base.owner,
    );
    expect([(rows[0]?.n ?? 0) > 2, (rows[0]?.retards ?? 0) > 3]).toEqual([true, true]);
    expect((await lire('/collecte', COORDINATION)).replace(/<[^>]+>/g, '')).toMatch(/sont arrivés\s*;.* en retard/s);
  });

  test('a une vague close dont les résultats sont publiés, et rien n’y contredit ses comptes', async () => {
    const liste = await lire('/enquetes');
    const vague = /href="(\/enquetes\/vagues\/[\w-]{36})"/.exec(liste)?.[1] ?? '';
    const resultats = await lire(vague);
    expect(resultats).toContain('412 réponses');
    expect(resultats).not.toContain('Trop peu de réponses');
    expect((await app.get(`${vague}/resultats.csv`)).statusCode).toBe(200);
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    const { differences } = await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: MAINTENANT });
    expect(differences.filter((d) => ['campagnes', 'chiffres'].includes(d.source))).toEqual([]);
  });
});
