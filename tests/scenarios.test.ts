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
import { importerTexte } from '../src/modules/contrats/importer-texte.ts';
import type { DefinitionRegistre } from '../src/modules/registres/definition.ts';
import { definitionsDecouvertes } from '../src/modules/registres/registres.definitions.ts';
import { pourContrat } from '../src/modules/registres/registres.rules.ts';
import { importerDansMaRue } from '../src/modules/signalements/import/dans-ma-rue.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
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
    const importer = () => importerDansMaRue({ db: app.db, catalogue: app.catalogue, source: fichier, par: 'essai' });
    expect(await importer()).toMatchObject({ nouveaux: 2 });
    expect(await importer()).toMatchObject({ nouveaux: 0, connus: 2 });
    const page = (await app.get('/dispositifs/SIGN-01', COORDINATION)).body;
    expect(page).toContain('href="/signalements?canal=dmr"');
    const liste = (await app.get('/signalements?canal=dmr', COORDINATION)).body;
    expect([...liste.matchAll(/href="\/signalements\/\d+"/g)]).toHaveLength(2);
    expect(await chiffreDe('3.14-04a', app.catalogue.racine.id)).toContain('2');
  });
});
