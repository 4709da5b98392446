import { sql } from 'kysely';
/**
 * What systems ask, done from end to end over HTTP. A title says the system and the capabilities that it shows: the gate wants
 * one that passed for each capability that a module says it serves. Those of sessions stand beside their own code.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lireContrat } from '../src/modules/contrats/contrats.files.ts';
import { creerInstance, creerMembre, creerSeance } from '../src/modules/instances/instances.fixtures.ts';
import { CONSERVATION as DES_CONTRIBUTIONS } from '../src/modules/instances/contributions/contributions.conservation.ts';
import { CONSERVATION } from '../src/modules/publications/diffusions/diffusions.conservation.ts';
import { purgerSeules } from '../src/modules/comptes/dpo/conservation.ts';
import { importerTexte } from '../src/modules/contrats/importer-texte.ts';
import type { DefinitionRegistre } from '../src/modules/registres/definition.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { pourContrat } from '../src/modules/registres/registres.rules.ts';
import { importerDansMaRue } from '../src/modules/signalements/import/dans-ma-rue.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { courriels } from './support/courriels.ts';
import { PARIS } from './support/template.ts';

const COORDINATION = { comme: 'coordination', organisation: 'DPMP' } as const;
const { systemes } = await lireContrat(PARIS);

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

/** A record as the form sends it: what is required, the first value of each list, then what is said here. */
function saisie(d: DefinitionRegistre, titre: string, donnees: Readonly<Record<string, string>>): Record<string, string> {
  const champs = d.champs.filter((c) => c.obligatoire).map((c) => [`donnees.${c.code}`, c.type === 'liste' ? (c.options[0]?.code ?? '') : '12'] as const);
  const dits = Object.entries(donnees).map(([code, v]) => [`donnees.${code}`, v] as const);
  return { jour: '2026-03-10', titre, territoire_id: 'mairie-18', organisation_id: 'DPMP', ...Object.fromEntries([...champs, ...dits]) };
}
async function enregistrer(registre: string, titre: string, donnees: Readonly<Record<string, string>>, lieu = 'mairie-18'): Promise<string> {
  const d = definitionsDecouvertes.find((x) => x.code === registre);
  if (!d) throw new Error(`Aucun registre ne s’appelle « ${registre} ».`);
  const r = await app.post(`/registres/${registre}/nouveau`, { ...saisie(pourContrat(d, app.catalogue), titre, donnees), territoire_id: lieu }, COORDINATION);
  expect([titre, r.statusCode, r.statusCode === 303 ? '' : r.body]).toEqual([titre, 303, '']);
  return String(r.headers.location);
}
const dire = (v: string | boolean): string => (typeof v === 'string' ? v : v ? 'oui' : 'non');
const lien = (registre: string, ou: Readonly<Record<string, string | boolean>>): string =>
  `/registres/${registre}?${new URLSearchParams(Object.entries(ou).map(([code, v]) => [code, dire(v)]))}`;
/** The same address whatever the order of its filters. */
const rangee = (url: string): string => {
  const [chemin, filtre] = url.split('?');
  return `${chemin}?${(filtre ?? '').split('&').sort().join('&')}`;
};
/** The figure shown at the head of a proof page. */
/** What somebody else gave, validated: everyone reads it. */
async function valider(mesure: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from valeurs where mesure_id = ${mesure} and periode = '2025' and courante`.execute(app.base.owner);
  expect((await app.post(`/chiffres/${mesure}/valider`, { valeur: rows.map((r) => r.id), periode: '2025' }, COORDINATION)).statusCode).toBe(303);
}
const chiffreDe = async (mesure: string, territoire = 'mairie-18'): Promise<string> =>
  /c-chiffre__valeur[^>]*>([\s\S]*?)<\//.exec((await app.get(`/chiffres/${mesure}?periode=2026&territoire=${territoire}`, COORDINATION)).body)?.[1] ?? '';

describe('Ce que chaque dispositif demande d’un registre', () => {
  for (const s of systemes) {
    const demandes = (s.exige ?? []).flatMap(({ registre, ou }) =>
      registre !== undefined && registre !== 'doleances' && ou && Object.keys(ou).length > 0 ? [{ registre, ou }] : [],
    );
    if (demandes.length > 0)
      test(`${s.id}, enregistrement : s’enregistre, et se retrouve par le lien de sa page`, async () => {
        const page = (await app.get(`/dispositifs/${s.id}`, COORDINATION)).body.replaceAll('&amp;', '&');
        for (const [rang, { registre, ou }] of demandes.entries()) {
          const titre = `Essai ${s.id} ${rang}`;
          await enregistrer(registre, titre, Object.fromEntries(Object.entries(ou).map(([code, v]) => [code, dire(v)])));
          const adresse = [...page.matchAll(/href="(\/registres\/[^"]+)"/g)].map((m) => m[1] ?? '').find((x) => rangee(x) === rangee(lien(registre, ou))) ?? '';
          expect([lien(registre, ou), adresse !== '']).toEqual([lien(registre, ou), true]);
          expect((await app.get(adresse, COORDINATION)).body).toContain(titre);
        }
      });
  }
});

describe('Les autres capacités', () => {
  test('CONTRAT-01, catalogue, recherche, texte-officiel : le public lit le contrat, y cherche, et trouve le texte signé s’il a été versé', async () => {
    const contrat = (await app.get('/contrat')).body;
    for (const f of app.catalogue.fiches.values()) expect(contrat).toContain(`/fiches/${f.numero}"`);
    const [fiche] = app.catalogue.fiches.values();
    const page = (await app.get(`/fiches/${fiche?.numero}`)).body;
    expect(fiche?.lignes.filter((l) => !page.includes(`l-${l.id}"`))).toEqual([]);
    expect((await app.get('/recherche?q=rixes')).body).toContain('/fiches/1.6');
    const fichier = join(await mkdtemp(join(tmpdir(), 'concorde-texte-')), 'texte.json');
    const items = [{ id: '1.6-R1.1', texte: 'Texte signé, mot pour mot.', page: 32, sousItems: [] }];
    await writeFile(
      fichier,
      JSON.stringify({ fiches: [{ numero: '1.6', pageDebut: 31, objectifs: [], actions: [{ id: '1.6-R1', rubrique: 'R', page: 32, items }] }] }),
    );
    await importerTexte(app.base.owner, app.catalogue, fichier);
    expect((await app.get('/fiches/1.6')).body).toContain('Texte signé, mot pour mot.');
  });

  test('OBS-10, glossaire : chaque terme a son sens, et se cherche', async () => {
    const page = (await app.get('/glossaire')).body;
    expect(app.catalogue.glossaire.length).toBeGreaterThanOrEqual(59);
    expect(app.catalogue.glossaire.filter((t) => !page.includes(t.terme.replaceAll('&', '&amp;'))).map((t) => t.terme)).toEqual([]);
    expect((await app.get('/recherche?q=CENOMED')).body).toContain('/glossaire');
  });

  test('INDIC-17, bilan-annuel : il a chaque fiche, et dit ce qui manque et à qui c’est demandé', async () => {
    const bilan = `/bilan/2025/${app.catalogue.racine.id}`;
    const sommaire = (await app.get(bilan)).body;
    expect([...app.catalogue.fiches.keys()].filter((n) => !sommaire.includes(`href="${bilan}/fiches/${n}"`))).toEqual([]);
    const numero = [...app.catalogue.fiches.values()].find((f) => f.mesures.some((m) => m.obtention === 'collecte'))?.numero ?? '';
    const chapitre = (await app.get(`${bilan}/fiches/${numero}`)).body.replaceAll('<!-- -->', '');
    const demande = app.catalogue.fiches.get(numero)?.mesures.find((m) => m.obtention === 'collecte');
    expect(chapitre).toMatch(/manquant|en retard/i);
    expect(chapitre).toContain(app.catalogue.nomActeur(demande?.aupres[0] ?? ''));
  });

  test('CELL-08, chiffre, secret-statistique : qui doit le chiffre le fournit, chacun le lit ; couvert par le secret, il se dit secret et rien de plus', async () => {
    const racine = app.catalogue.racine.id;
    const mesure = app.catalogue.mesures.get('1.8-01');
    const du = { comme: 'producteur', organisation: mesure?.aupres[0] ?? '' } as const;
    const commun = { periode: '2025', territoire: racine, texte: '', source: 'Secrétariat de la cellule', commentaire: '' };
    const saisir = (plus: Record<string, string>) => app.post('/chiffres/1.8-01/saisir', { ...commun, ...plus }, du);
    expect((await saisir({ etat: 'valeur', valeur: '4 321', version: `2025|${racine}|PP|0` })).statusCode).toBe(303);
    await valider('1.8-01');
    const lire = async () => (await app.get('/chiffres/1.8-01?periode=2025')).body.replace(/[\s\u00a0\u202f]+/g, ' ');
    expect(await lire()).toContain('4 321');
    // Another year, known to whoever owes it, never told: the commentary says why, and is for partners.
    const tu = { periode: '2024', etat: 'secret', valeur: '', commentaire: 'Moins de cinq personnes', version: '' };
    expect((await saisir(tu)).statusCode).toBe(303);
    const public2024 = (await app.get('/chiffres/1.8-01?periode=2024')).body;
    expect([/secret/i.test(public2024), public2024.includes('Moins de cinq')]).toEqual([true, false]);
  });

  test('GOUV-20, recit : le bilan s’écrit, et se lit sur la page de la mesure', async () => {
    const racine = app.catalogue.racine.id;
    const mesure = app.catalogue.mesures.get('2.1-08');
    const du = { comme: 'producteur', organisation: mesure?.aupres[0] ?? '' } as const;
    const champs = {
      periode: '2025',
      territoire: racine,
      etat: 'valeur',
      valeur: '',
      texte: 'Quatre réunions, un guide commun.',
      source: 'Secrétariat',
      commentaire: '',
    };
    expect((await app.post('/chiffres/2.1-08/saisir', { ...champs, version: '' }, du)).statusCode).toBe(303);
    await valider('2.1-08');
    expect((await app.get('/chiffres/2.1-08?periode=2025')).body).toContain('Quatre réunions, un guide commun.');
  });

  test('CELL-20, effectif-propre : un dispositif a son effectif à part, dû, fourni une fois, dit sur sa page avec son état ; jamais au public ni aux totaux', async () => {
    const parquet = { comme: 'producteur', organisation: 'PARQUET' } as const;
    const rectorat = { comme: 'producteur', organisation: 'RECTORAT' } as const;
    const page = async (id: string, qui: Parameters<typeof app.get>[1] = COORDINATION) =>
      (await app.get(`/dispositifs/${id}`, qui)).body.replace(/<!-- -->|[\u00a0\u202f]/g, ' ');
    const avant = await page('CELL-20', parquet);
    expect(avant).toMatch(/id="suivi"[\s\S]*sous injonction thérapeutique[\s\S]*data-etat="attendu"[\s\S]*data-etat="manquant"/);
    expect(avant).toContain('/chiffres/s-injonctions-therapeutiques/saisir?periode=2026');
    expect((await app.get('/chiffres?aupres=moi', parquet)).body).toContain('sous injonction thérapeutique');
    const champs = { periode: '2025', territoire: app.catalogue.racine.id, texte: '', source: 'Parquet', commentaire: '', version: '' };
    const donne = await app.post('/chiffres/s-injonctions-therapeutiques/saisir', { ...champs, etat: 'valeur', valeur: '83' }, parquet);
    expect(donne.statusCode).toBe(303);
    expect(await page('CELL-20')).toMatch(/s-injonctions-therapeutiques\?periode=2025"[\s\S]{0,200}83/);
    const rien = await app.post('/chiffres/s-injonctions-therapeutiques/saisir', { ...champs, periode: '2024', etat: 'sans_objet', valeur: '' }, parquet);
    expect([rien.statusCode, /data-etat="sans_objet"/.test((await app.get('/chiffres/suivis?annee=2024', COORDINATION)).body)]).toEqual([303, true]);
    // Already a part of a measure: read there, typed nowhere else.
    expect(await page('OFFRE-15', rectorat)).toMatch(/part du chiffre 1\.2-06[\s\S]*\/chiffres\/1\.2-06\/saisir/);
    expect((await app.get('/chiffres/s-dispositifs-relais/saisir', rectorat)).statusCode).toBe(404);
    // Nobody else reads it, and nothing of the contract counts it.
    expect((await app.get('/dispositifs/CELL-20')).body).not.toContain('id="suivi"');
    for (const chemin of [
      '/chiffres/s-injonctions-therapeutiques',
      '/chiffres/s-injonctions-therapeutiques/evolution.csv',
      '/chiffres/s-injonctions-therapeutiques/recu',
    ])
      expect([chemin, (await app.get(chemin)).statusCode]).toEqual([chemin, 404]);
    for (const chemin of ['/fiches/3.9', '/barometre', '/chiffres-attendus'])
      expect([chemin, (await app.get(chemin)).body.includes('s-injonctions')]).toEqual([chemin, false]);
    expect(app.catalogue.mesures.has('s-injonctions-therapeutiques')).toBe(false);
    const { rows } = await sql<{ genre: string }>`select distinct genre from echeances where sujet like 's-%'`.execute(app.base.owner);
    expect(rows).toEqual([{ genre: 'suivi' }]);
  });

  test('OPE-21, chiffre-de-suivi : suivi à côté des mesures, à part d’elles, avec son année d’avant et son export', async () => {
    const pp = { comme: 'producteur', organisation: 'PP' } as const;
    const champs = { territoire: app.catalogue.racine.id, texte: '', source: 'Centre automatisé', commentaire: '', version: '', etat: 'valeur' };
    for (const [periode, valeur] of [
      ['2024', '61 250'],
      ['2025', '58 400'],
    ] as const)
      expect((await app.post('/chiffres/s-vitesse-automatisee/saisir', { ...champs, periode, valeur }, pp)).statusCode).toBe(303);
    const liste = (await app.get('/chiffres/suivis?annee=2025&fiche=3.1', pp)).body.replace(/<!-- -->/g, '').replace(/[\s\u00a0\u202f]+/g, ' ');
    expect(liste).toMatch(/contrôles de vitesse automatisés[\s\S]*58 400[\s\S]*provisoire[\s\S]*61 250/);
    expect([liste.includes('href="/dispositifs/OPE-21"'), liste.includes('SAPPEJ')]).toEqual([true, false]);
    expect((await app.get('/chiffres/suivis.csv?annee=2025', pp)).body).toMatch(/s-vitesse-automatisee;[^\n]*;2025;[^\n]*;58400;/);
    expect((await app.get('/chiffres/s-vitesse-automatisee?periode=2025', pp)).body).toContain('à côté des indicateurs du contrat');
    for (const qui of [undefined, { comme: 'administrateur' } as const]) expect((await app.get('/chiffres/suivis', qui)).statusCode).not.toBe(200);
    // A lock of its fiche holds it too.
    const { rows } = await sql<{ fiche: string | null }>`select fiche_de_mesure(${app.contratId}::smallint, 's-vitesse-automatisee') as fiche`.execute(
      app.base.owner,
    );
    expect(rows[0]?.fiche).toBe('3.1');
  });

  test('OPE-39, document-diffuse : remis à une liste, lu par compte ou par un lien qui n’ouvre qu’une fois, accusé, rappelé, remplacé, retiré ; sans mineur', async () => {
    const gpis = { comme: 'producteur', organisation: 'GPIS' } as const;
    // One account, whatever is asked.
    const lecteur = await app.temoin({ comme: 'elu', organisation: 'VILLE', territoire: 'mairie-18' });
    const autre = { comme: 'agent', organisation: 'RATP' } as const;
    const instance = await creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP' });
    await creerMembre(app.base.owner, app.contratId, instance, { organisation: 'AORIF', nom: 'Dominique Essai', courriel: 'dominique@exemple.fr' });
    const parti = await creerMembre(app.base.owner, app.contratId, instance, { organisation: 'AORIF', nom: 'Camille Parti', courriel: 'parti@exemple.fr' });
    const plus = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
    const note = {
      titre: 'Note d’information générale',
      texte: 'Rondes renforcées le samedi soir, pour les jeunes du quartier Grand Belleville et du collège Georges Brassens.',
      roles: 'elu',
      instances: instance,
      lire_avant: plus(5),
      jusqu_au: plus(60),
      sans_mineur: 'oui',
    };
    // What is missing, who would be named, an empty list: said beside the field, with what was typed.
    for (const [faute, dit] of [
      [{ texte: 'Lucas, 14 ans, sera reçu.' }, '« Lucas » est dit à côté d’un âge'],
      [{ texte: 'L’élève Karim Dulac a été vu dans le hall.' }, '« Karim Dulac », peut-être un mineur'],
      [{ texte: '' }, 'Écrivez un texte, ou joignez un fichier'],
      [{ roles: '', instances: '' }, 'Personne n’est sur cette liste'],
      [{ lire_avant: '2020-01-01' }, 'ce jour est passé'],
      [{ sans_mineur: '' }, 'ne nomment un mineur'],
      [{ texte: 'Contacter Mme Durand.' }, '« Mme Durand », nom d’une personne'],
    ] as const) {
      const r = await app.post('/documents-diffuses/nouveau', { ...note, ...faute }, gpis);
      expect([dit, r.statusCode, r.body.includes(dit), r.body.includes('Note d’information générale')]).toEqual([dit, 422, true, true]);
    }
    // The name of its file is read too; what is only asked is said again, and kept.
    const champs = Object.entries(note).map(([k, v]) => `--lim\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`);
    const piece = '--lim\r\ncontent-disposition: form-data; name="fichier"; filename="Lucas_Martin-14-ans.pdf"\r\n\r\n%PDF-1.4\n\r\n--lim--\r\n';
    const nomme = await app.serveur.inject({
      method: 'POST',
      url: '/documents-diffuses/nouveau',
      headers: { cookie: await app.temoin(gpis), 'content-type': 'multipart/form-data; boundary=lim' },
      payload: `${champs.join('')}${piece}`,
    });
    expect([nomme.statusCode, nomme.body.includes('« Lucas Martin » est dit à côté d’un âge')]).toEqual([422, true]);
    const doute = { ...note, titre: 'Note de service', texte: 'Anne Martin reçoit les jeunes du hall.', instances: '' };
    const demande = await app.post('/documents-diffuses/nouveau', doute, gpis);
    const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(demande.body)?.[1] ?? '';
    expect([demande.statusCode, (await app.post('/documents-diffuses/nouveau', { ...doute, confirme }, gpis)).statusCode]).toEqual([422, 303]);
    const traces = await sql<{ confirmes: number }>`
      select (details ->> 'confirmes')::int as confirmes from audit where action = 'document.diffuse' order by numero desc limit 1`.execute(app.base.owner);
    expect(traces.rows).toEqual([{ confirmes: 1 }]);
    const envoye = await app.post('/documents-diffuses/nouveau', note, gpis);
    expect([envoye.statusCode, /error-summary__list[\s\S]{0,300}/.exec(envoye.body)?.[0] ?? '']).toEqual([303, '']);
    const page = String(envoye.headers.location).split('?')[0] ?? '';
    const lire = async (qui: Parameters<typeof app.get>[1]) => (await app.get(page, qui)).body.replace(/<!-- -->/g, '');
    // Not on the list: it does not exist. On it: nothing of it before it is read.
    for (const qui of [autre, undefined]) expect((await app.get(page, qui)).statusCode).not.toBe(200);
    expect([(await lire(lecteur)).includes('Lire le document'), (await lire(lecteur)).includes('Rondes renforcées')]).toEqual([true, false]);
    expect((await app.get('/documents-diffuses', lecteur)).body).toContain('à lire');
    expect((await app.get('/echeances?qui=moi&genre=document-a-lire', lecteur)).body).toContain('Note d’information générale');
    const suivi = async () => (await lire(gpis)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(await suivi()).toMatch(/Dominique Essai .*? pas encore/);
    expect((await app.post(`${page}/lire`, {}, lecteur)).statusCode).toBe(303);
    expect(await lire(lecteur)).toContain('Rondes renforcées');
    expect(await suivi()).toMatch(/par son compte/);
    // By the letter: it opens once, and the next one closes it.
    const lettres = await courriels(app, page);
    const [lettre] = lettres.filter((x) => x.pour === 'dominique@exemple.fr');
    expect(lettres.every((x) => !x.texte.includes('Rondes'))).toBe(true);
    const lien = /\/lire\/[0-9a-f-]{36}\/\S+/.exec(lettre?.texte ?? '')?.[0] ?? '';
    expect((await app.get(lien)).body).not.toContain('Rondes renforcées');
    expect((await app.get(`${lien}x`)).statusCode).toBe(404);
    expect((await app.post(lien, {})).statusCode).toBe(303);
    expect((await app.get(lien)).body).toContain('Rondes renforcées');
    expect(await suivi()).toMatch(/Dominique Essai .*? par le lien/);
    await sql`update document_lecteurs set ouvert_le = now() - interval '2 hours' where courriel = 'dominique@exemple.fr'`.execute(app.base.owner);
    expect((await app.get(lien)).body).toContain('Ce lien ne l’ouvre plus');
    expect((await app.post(lien, { acte: 'relire' })).body).toContain('Un autre lien part');
    expect((await app.get(lien)).statusCode).toBe(404);
    // Replaced for those whom the list still gives: the former one is no more to be read; withdrawn with its reason, told to each.
    await sql`update instance_membres set fin = current_date - 1 where id = ${parti}::uuid`.execute(app.base.owner);
    expect((await app.get(`${page}/remplacer`, gpis)).body).toContain('Sauf qui n’est plus de cette liste : Camille Parti.');
    const version = await app.post(`${page}/remplacer`, { ...note, texte: 'Rondes renforcées le dimanche.' }, gpis);
    const suivante = String(version.headers.location).split('?')[0] ?? '';
    expect([version.statusCode, (await lire(gpis)).includes(suivante), (await lire(lecteur)).includes('Rondes renforcées le samedi')]).toEqual([
      303,
      true,
      true,
    ]);
    expect((await app.post(`${page}/remplacer`, note, gpis)).statusCode).toBe(409);
    const pour = async () => (await courriels(app, suivante)).map((x) => [x.pour, x.sujet.split(' :')[0]]);
    expect([(await pour()).some(([a]) => a === 'dominique@exemple.fr'), (await pour()).some(([a]) => a === 'parti@exemple.fr')]).toEqual([true, false]);
    for (const motif of ['', 'Lucas, 14 ans, y est nommé']) expect((await app.post(`${suivante}/retirer`, { motif }, gpis)).statusCode).toBe(422);
    for (const qui of [lecteur, autre])
      expect((await app.post(`${suivante}/retirer`, { motif: 'Une erreur de jour' }, qui)).statusCode).toBeGreaterThanOrEqual(403);
    expect((await app.post(`${suivante}/retirer`, { motif: 'Une erreur de jour' }, gpis)).statusCode).toBe(303);
    expect((await app.post(`${suivante}/lire`, {}, lecteur)).statusCode).toBe(409);
    expect(await pour()).toContainEqual(['dominique@exemple.fr', 'Retiré']);
    const dernier = (await courriels(app, suivante)).find((x) => x.pour === 'dominique@exemple.fr' && x.texte.includes('/lire/'));
    expect((await app.get(/\/lire\/[0-9a-f-]{36}\/\S+/.exec(dernier?.texte ?? '')?.[0] ?? '')).body).toContain('Motif : Une erreur de jour');
    expect((await courriels(app, suivante)).filter((x) => x.sujet.startsWith('Retiré') && x.texte.includes('Une erreur de jour')).length).toBeGreaterThan(1);
    expect((await app.post('/documents-diffuses/nouveau', note, autre)).statusCode).toBe(403);
    // A month after its last day nothing of it is left, nor of who read it after a year: never before, nor on what is owed. What is erased is not withdrawn.
    const { owner } = app.base;
    const purge = (jours: number) => purgerSeules(app.db, app.contratId, CONSERVATION, new Date(Date.now() + jours * 86_400_000));
    await sql`update document_lecteurs set envoye_le = envoye_le - interval '400 days'`.execute(owner);
    await purge(0);
    expect((await app.get(suivante, lecteur)).statusCode).toBe(200);
    await app.post('/documents-diffuses/nouveau', note, gpis);
    await purge(500);
    expect(
      (await sql`select from echeances where genre = 'document-a-lire' and (personne <> '' or courriel <> '' or titre <> 'Document effacé')`.execute(owner))
        .rows,
    ).toEqual([]);
    const efface = (await sql<{ id: string }>`select id from documents_diffuses where retire_le is null limit 1`.execute(owner)).rows[0]?.id;
    expect((await app.post(`/documents-diffuses/${efface}/retirer`, { motif: 'Une erreur de jour' }, { comme: 'coordination' })).statusCode).toBe(409);
    expect((await sql`select from documents_diffuses where texte <> '' or diffuse_par <> ''`.execute(app.base.owner)).rows).toEqual([]);
    expect((await sql`select from document_lecteurs where nom <> '' or courriel <> ''`.execute(app.base.owner)).rows).toEqual([]);
  });

  test('PUBLIC-27, contribution : un habitant écrit sans compte, c’est lu, inscrit à l’ordre du jour, répondu en public ; rien avant d’être lu', async () => {
    const corps = (type: string, confidentialite: 'publique' | 'partenaires') =>
      creerInstance(app.base.owner, app.contratId, { nom: `Instance ${type}`, type, territoire: 'mairie-18', porteur: 'CCPSA', confidentialite });
    const [pleniere, fermee] = [await corps('plenieres-arrondissement', 'publique'), await corps('cspda', 'partenaires')];
    const [ici, garde] = [`/participer/${pleniere}`, `/instances/${pleniere}/contributions`];
    const coordonne = { comme: 'coordonnateur', territoire: 'mairie-18', organisation: 'CCPSA' } as const;
    const lu = async (url: string, qui?: Parameters<typeof app.get>[1]) =>
      (await app.get(url, qui)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
    expect(await lu('/participer?territoire=mairie-18')).toContain(`href="${ici}"`);
    expect((await app.get(`/participer/${fermee}`)).statusCode).toBe(404);
    // Who is told, or how to reach somebody: refused, with what was typed.
    for (const [champs, dit] of [
      [{ objet: 'Passage sombre', texte: 'Appelez Mme Durand au 06 12 34 56 78, elle sait.' }, 'jamais qui'],
      [{ objet: '', texte: 'Le passage reste sombre le soir.' }, 'de quoi il s’agit'],
      [{ objet: 'Passage sombre', texte: 'Court' }, 'en quelques mots au moins'],
    ] as const) {
      const r = await app.post(ici, champs);
      expect([dit, r.statusCode, r.body.includes(dit), r.body.includes(champs.texte.slice(0, 12))]).toEqual([dit, 422, true, true]);
    }
    const ecrire = async (objet: string) => String((await app.post(ici, { objet, texte: `Le passage reste sombre le soir : ${objet}.` })).headers.location);
    const [suivi, hors] = [await ecrire('Éclairer le passage'), await ecrire('Tout autre chose')];
    expect(suivi).toMatch(/^\/participer\/suivi\/[0-9a-f-]{36}$/);
    expect([(await lu(ici)).includes('Éclairer le passage'), (await lu(suivi)).includes('attend d’être lue')]).toEqual([false, true]);
    expect(await lu(`/instances/${pleniere}`, coordonne)).toContain('2 contributions à lire');
    expect(await lu('/echeances?qui=moi&genre=contribution', coordonne)).toContain('Lire une contribution d’habitant : Éclairer le passage');
    for (const qui of [{ comme: 'agent', organisation: 'RATP' }, { comme: 'coordonnateur', territoire: 'mairie-12' }, undefined] as const)
      expect((await app.get(garde, qui)).statusCode).not.toBe(200);
    const acte = (s: string, quoi: string, champs = {}, qui: Parameters<typeof app.get>[1] = coordonne) =>
      app.post(`${garde}/${s.split('/').at(-1)}/${quoi}`, champs, qui);
    expect((await acte(suivi, 'accepter', {}, { comme: 'coordonnateur', territoire: 'mairie-12' })).statusCode).toBe(403);
    expect((await acte(hors, 'ecarter', { motif: '' })).statusCode).toBe(422);
    expect((await acte(hors, 'ecarter', { motif: 'Relève d’une autre instance' })).statusCode).toBe(303);
    expect([(await acte(suivi, 'repondre', { reponse: 'Trop tôt pour répondre.' })).statusCode, (await acte(suivi, 'accepter')).statusCode]).toEqual([
      409, 303,
    ]);
    expect((await acte(suivi, 'accepter')).statusCode).toBe(409);
    // Public once read, and asked to the agenda of the body; what is set aside says why to who wrote it, and to nobody else.
    expect(await lu(ici)).toMatch(/Éclairer le passage[\s\S]*à l’ordre du jour/);
    expect([(await lu(ici)).includes('Tout autre chose'), (await lu(hors)).includes('Relève d’une autre instance')]).toEqual([false, true]);
    expect(await lu(`/instances/${pleniere}`, coordonne)).toContain('Contribution d’habitant : Éclairer le passage');
    // Nobody of the body asked for it: it is a resident's, and who accepted it is said.
    const dAutrui = /Contribution d’un habitant, acceptée par [^<]+/;
    for (const url of [`/instances/${pleniere}`, `/instances/${pleniere}/seances/nouvelle`]) expect(await lu(url, coordonne)).toMatch(dAutrui);
    expect((await acte(suivi, 'repondre', { reponse: 'Deux candélabres seront posés au printemps.' })).statusCode).toBe(303);
    expect([(await lu(ici)).includes('Deux candélabres'), (await lu(suivi)).includes('Deux candélabres')]).toEqual([true, true]);
    // Taken back afterwards: no more public, nor on an agenda that is not frozen; its words are erased as those set aside, and nobody waits for them.
    const { owner } = app.base;
    const seance = await creerSeance(owner, app.contratId, pleniere, { etat: 'preparation' });
    await sql`insert into seance_points (contrat_id, seance_id, rang, titre, genre, cle)
      select contrat_id, ${seance}::uuid, 1, titre, 'demande', 'demande:' || id from instance_demandes where instance_id = ${pleniere}::uuid`.execute(owner);
    for (const url of ['/preparer', '', '?vue=note']) expect(await lu(`/seances/${seance}${url}`, coordonne)).toMatch(dAutrui);
    await sql`update seances set etat = 'relecture', levee_le = now() where id = ${seance}::uuid`.execute(owner);
    const redige = await lu(`/seances/${seance}/releve.html?genre=compte-rendu`, coordonne);
    expect([redige.match(dAutrui) !== null, redige.includes('Demande d’un membre')]).toEqual([true, false]);
    for (const [qui, motif, statut] of [
      [{ comme: 'coordonnateur', territoire: 'mairie-12' }, 'Quelqu’un s’y reconnaît', 403],
      [coordonne, '', 422],
      [coordonne, 'Quelqu’un s’y reconnaît', 303],
      [coordonne, 'Quelqu’un s’y reconnaît', 409],
    ] as const)
      expect((await acte(suivi, 'retirer', { motif }, qui)).statusCode).toBe(statut);
    expect([(await lu(ici)).includes('Éclairer le passage'), (await lu(suivi)).includes('publiée, puis retirée')]).toEqual([false, true]);
    const copies = await sql<{ titre: string }>`
      select titre from instance_demandes where instance_id = ${pleniere}::uuid union all select titre from seance_points where seance_id = ${seance}::uuid
      union all select titre from echeances where genre = 'contribution' and titre like '%Éclairer%'`.execute(owner);
    expect(copies.rows.map((r) => r.titre)).toEqual(Array(2).fill('Contribution d’habitant retirée'));
    const { rows } = await sql`select from echeances where genre = 'contribution' and soldee_le is null and sans_objet_le is null`.execute(app.base.owner);
    expect(rows).toEqual([]);
    const oubliee = await ecrire('Jamais lue');
    await purgerSeules(app.db, app.contratId, DES_CONTRIBUTIONS, new Date(Date.now() + 500 * 86_400_000));
    expect((await sql`select from instance_contributions where texte <> '' or motif <> ''`.execute(owner)).rows).toEqual([]);
    expect([await lu(`/instances/${pleniere}`, coordonne), await lu(oubliee)]).toEqual([
      expect.stringContaining('0 contribution à lire, 0 à répondre'),
      expect.stringContaining('Ses mots sont effacés'),
    ]);
    expect((await acte(oubliee, 'accepter')).statusCode).toBe(409);
  });

  test('OPE-23, chiffre-compte : une opération enregistrée compte aussitôt, et la preuve la montre', async () => {
    const avant = await chiffreDe('3.1-06');
    await enregistrer('operations', 'Contrôle coordonné du soir', { type: 'orcas' });
    const apres = await chiffreDe('3.1-06');
    expect([avant === apres, apres]).toEqual([false, expect.stringMatching(/\d/)]);
    expect((await app.get('/chiffres/3.1-06?periode=2026&territoire=mairie-18', COORDINATION)).body).toContain('Contrôle coordonné du soir');
  });

  test('3.1-06, voie-calcul : deux enregistrements arrivent, le chiffre compte deux de plus', async () => {
    const lu = async () => Number((await chiffreDe('3.1-06', 'mairie-12')).replace(/\D/g, '') || '0');
    const avant = await lu();
    for (const n of [1, 2]) await enregistrer('operations', `Contrôle coordonné ${n}`, { type: 'orcas' }, 'mairie-12');
    expect(await lu()).toBe(avant + 2);
  });

  test('AUDIT-16, preconisations : émise, réalisée, évaluée, elle se lit et fait bouger le chiffre des aménagements', async () => {
    const avant = await chiffreDe('3.3-04a');
    const ligne = {
      'preconisations.0.libelle': 'Éclairer le passage',
      'preconisations.0.etat': 'realisee',
      'preconisations.0.fait_le': '2026-03-02',
      'preconisations.0.qualite': 'satisfaisante',
    };
    const page = (await app.get(await enregistrer('audits', 'Audit du passage', ligne), COORDINATION)).body;
    for (const mot of ['Éclairer le passage', 'Réalisée', 'Satisfaisante']) expect(page).toContain(mot);
    expect(await chiffreDe('3.3-04a')).not.toBe(avant);
  });

  test('AUDIT-03, impacts : l’indicateur retenu se mesure avant et après', async () => {
    const ligne = {
      type: 'residentialisation',
      'impacts.0.indicateur': 'Halls occupés',
      'impacts.0.suivi': 'mesure',
      'impacts.0.avant': '14',
      'impacts.0.apres': '5',
    };
    const page = (await app.get(await enregistrer('audits', 'Résidence fermée', ligne), COORDINATION)).body;
    for (const mot of ['Halls occupés', '14', '5']) expect(page).toContain(mot);
  });

  test('SIGN-01, enregistrement, import-de-doleances : un fichier ouvert s’importe une fois, se lit par son canal et compte', async () => {
    const fichier = join(await mkdtemp(join(tmpdir(), 'concorde-dmr-')), 'demandes.csv');
    const ligne = (id: string) => `${id},Propreté,Déchets,"1 rue d’Essai, 75018",75018,18,2026-05-02,DPMP-Divisions,"{""lon"": 2.34, ""lat"": 48.89}"`;
    await writeFile(
      fichier,
      ['id_dmr,type,soustype,adresse,code_postal,arrondissement,datedecl,intervenant,geo_point_2d', ligne('Z1'), ligne('Z2'), ''].join('\n'),
    );
    const importer = () => importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: fichier, portee: 'tout', par: 'essai' });
    expect(await importer()).toMatchObject({ nouveaux: 2 });
    expect(await importer()).toMatchObject({ nouveaux: 0, connus: 2 });
    const page = (await app.get('/dispositifs/SIGN-01', COORDINATION)).body;
    expect(page).toContain('href="/signalements?canal=dmr"');
    const liste = (await app.get('/signalements?canal=dmr', COORDINATION)).body;
    expect([...liste.matchAll(/href="\/signalements\/\d+"/g)]).toHaveLength(2);
    expect(await chiffreDe('3.14-04a', app.catalogue.racine.id)).toContain('2');
  });
});
