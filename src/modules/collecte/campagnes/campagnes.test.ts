import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui, servicesDEssai } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { createCoffre } from '../../../core/coffre.ts';
import { listCourriels } from '../../../core/courrier/mail.ts';
import { verifierEcheances } from '../../echeances/accorder.ts';
import { listLignes } from '../reponse/lignes.queries.ts';
import { verifierChiffres } from '../../indicateurs/formulaires.ts';
import { alterer } from '../../../../tests/support/alterer.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'VILLE' };
const MESURE = '2.6-01';

/** Pages of 1,700 lines, workbooks: a busy machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

describe('Une campagne de collecte', () => {
  let app: AppDeTest;
  let heure = '2026-11-20T09:00:00Z';
  const coffre = createCoffre(Buffer.alloc(32, 7));
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => new Date(heure), services: { ...servicesDEssai(), coffre } });
  });
  afterAll(() => app.close());
  const texteDe = (html: string) =>
    html
      .replace(/<!-- -->/g, '')
      .replace(/[\u00a0\u202f]/g, ' ')
      .replace(/&#x27;/g, '’');
  const masque = (html: string, nom: string) =>
    (new RegExp(`name="${nom}" value="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#x27;', "'");
  const formulaire = async (url: string) => {
    const html = (await app.get(url)).body;
    return { html, version: masque(html, 'version'), _vu: masque(html, '_vu'), fiche: masque(html, 'fiche') };
  };
  /** Links of the letters to that address, the last first. */
  const liensDe = async (adresse: string): Promise<string[]> =>
    (await listCourriels(app.base.owner, app.contratId, ['attente'], 200, coffre))
      .filter((c) => c.destinataire === adresse)
      .flatMap((c) => [...c.texte.matchAll(/\/collecte\/repondre\/[\w-]+\/[\w-]{32}/g)].map((m) => m[0]));
  const sansEcart = async () => {
    expect((await verifierChiffres(app.base.owner, app.contratId)).differences).toEqual([]);
    expect((await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: new Date(heure) })).differences).toEqual([]);
  };
  const debiteur = () => app.catalogue.mesures.get(MESURE)?.aupres[0] ?? '';
  const producteur = async (): Promise<string> => {
    expect(await app.temoin({ comme: 'producteur', organisation: debiteur() })).not.toBe('');
    const { rows } = await sql<{ courriel: string }>`
      select c.courriel from comptes c join mandats m on m.contrat_id = c.contrat_id and m.compte_id = c.id
      where m.role = 'producteur' order by c.cree_le desc limit 1`.execute(app.base.owner);
    return rows[0]?.courriel ?? '';
  };
  const ouvrir = async (champs: Record<string, string> = {}): Promise<string> => {
    const r = await app.post('/collecte/campagnes/nouvelle', { titre: 'Bilan 2026', due_le: '2027-03-15', message: '', ...champs }, COORDINATION);
    expect(r.statusCode).toBe(303);
    return /campagnes\/([\w-]+)/.exec(String(r.headers.location))?.[1] ?? '';
  };
  let [adresse, campagne, lien] = ['', '', ''];

  test('INDIC-02, campagne-de-collecte : demande ce que personne n’a donné et qui sera dû, à qui en répond, par un seul message', async () => {
    adresse = await producteur();
    const avant = texteDe((await app.get('/collecte/campagnes/nouvelle?due_le=2027-03-15', COORDINATION)).body);
    expect(avant).toMatch(/chiffres à demander à \d+ organismes/);
    campagne = await ouvrir();
    const liens = await liensDe(adresse);
    expect(liens).toHaveLength(1);
    lien = liens[0] ?? '';
    const { rows } = await sql<{ n: number; futurs: number }>`
      select count(*)::int as n, count(*) filter (where periode > '2027')::int as futurs from campagne_demandes where campagne_id = ${campagne}::uuid`.execute(
      app.base.owner,
    );
    expect(rows[0]?.n).toBeGreaterThan(100);
    // 2027 is not over on 15 March.
    expect(rows[0]?.futurs).toBe(0);
    // Nothing that opens a page waits in clear in the database.
    const { rows: clairs } = await sql`select from courriels where texte like '%/collecte/repondre/%'`.execute(app.base.owner);
    expect(clairs).toHaveLength(0);
    await sansEcart();
  });

  test('sa page ne montre que les chiffres de son organisme, garde ce qui est écrit sans l’envoyer, et le rend', async () => {
    const { html, version, _vu, fiche } = await formulaire(`${lien}?fiche=2.6`);
    expect(texteDe(html)).toContain('Bilan 2026');
    const { rows } = await sql<{ autres: number }>`
      select count(distinct mesure_id)::int as autres from campagne_demandes where campagne_id = ${campagne}::uuid and organisation_id = ${debiteur()}
        and mesure_id like '2.6%'`.execute(app.base.owner);
    const montrees = new Set([...html.matchAll(/id="m-([\w.-]+)"/g)].map((m) => m[1]));
    expect(montrees.size).toBe(rows[0]?.autres);
    const champ = await champDe(html, MESURE, '2026');
    const r = await app.post(lien, { acte: 'enregistrer', version, _vu, fiche, [champ]: 'douze' });
    expect(r.headers.location).toContain('enregistre=oui');
    const relue = (await app.get(`${lien}?fiche=2.6`)).body;
    expect(relue).toMatch(new RegExp(`name="${champ}"[^>]*value="douze"|value="douze"[^>]*name="${champ}"`));
    const { rows: rien } = await sql`select from valeurs where mesure_id = ${MESURE} and periode = '2026'`.execute(app.base.owner);
    expect(rien).toHaveLength(0);
  });

  test('envoyer ce qui ne se lit pas n’envoie rien, nomme la ligne et garde tout', async () => {
    const { html, version, _vu, fiche } = await formulaire(`${lien}?fiche=2.6`);
    const champ = await champDe(html, MESURE, '2026');
    const r = await app.post(lien, { acte: 'envoyer', version, _vu, fiche, [champ]: 'n.c.', [`s.${MESURE}`]: 'Main courante' });
    expect(r.statusCode).toBe(422);
    expect(texteDe(r.body)).toContain('n.c.');
    expect(texteDe((await app.get(`${lien}?fiche=2.6`)).body)).toContain('Main courante');
    const { rows } = await sql`select from valeurs where mesure_id = ${MESURE} and periode = '2026'`.execute(app.base.owner);
    expect(rows).toHaveLength(0);
  });

  test('2.6-01, voie-campagne : envoyé, le chiffre est une contribution de l’organisme ; la campagne et les échéances le savent à l’instant', async () => {
    const { html, version, _vu, fiche } = await formulaire(`${lien}?fiche=2.6`);
    const champ = await champDe(html, MESURE, '2026');
    const r = await app.post(lien, { acte: 'envoyer', version, _vu, fiche, [champ]: '1 212', [`s.${MESURE}`]: 'Main courante' });
    expect([r.statusCode, r.headers.location]).toEqual([303, expect.stringContaining('faites=1')]);
    const { rows } = await sql<{ valeur: number; debiteur: string; organisation: string; valide: Date | null }>`
      select valeur::float8 as valeur, debiteur, saisi_par_organisation as organisation, valide_le as valide from valeurs
      where mesure_id = ${MESURE} and periode = '2026' and courante`.execute(app.base.owner);
    expect(rows).toEqual([{ valeur: 1212, debiteur: debiteur(), organisation: debiteur(), valide: null }]);
    expect(texteDe((await app.get(`/collecte/campagnes/${campagne}`, COORDINATION)).body)).toMatch(/1 chiffre de .*, sur la page/);
    await sansEcart();
    // Sent again as it is: nothing new.
    const encore = await formulaire(`${lien}?fiche=2.6`);
    const r2 = await app.post(lien, { acte: 'envoyer', version: encore.version, _vu: encore._vu, fiche: encore.fiche, [champ]: '1212' });
    expect(r2.headers.location).toContain('faites=0');
  });

  test('ce qui est corrigé, ou mis au secret, après l’envoi n’est ni défait ni montré par ce qui avait été écrit', async () => {
    const { rows } = await sql<{ id: string; lieu: string }>`
      select id, territoire_id as lieu from valeurs where mesure_id = ${MESURE} and periode = '2026' and courante`.execute(app.base.owner);
    const { rows: restes } = await sql`select from campagne_brouillons where champ like 'v%'`.execute(app.base.owner);
    expect(restes).toHaveLength(0);
    const lieu = rows[0]?.lieu ?? '';
    // Typed again and not sent; then somebody else says it secret.
    const avant = await formulaire(`${lien}?fiche=2.6`);
    const champ = await champDe(avant.html, MESURE, '2026');
    await app.post(lien, { acte: 'enregistrer', version: avant.version, _vu: avant._vu, fiche: '2.6', [champ]: '1250' });
    heure = '2026-11-20T11:00:00Z';
    const page = (await app.get(`/chiffres/${MESURE}/saisir?periode=2026&territoire=${lieu}`, { comme: 'pilote', organisation: debiteur(), fiche: '2.6' }))
      .body;
    const saisie = { periode: '2026', territoire: lieu, debiteur: debiteur(), version: masque(page, 'version'), _vu: masque(page, '_vu'), source: 'Parquet' };
    const secret = await app.post(`/chiffres/${MESURE}/saisir`, { ...saisie, etat: 'secret', valeur: '' }, COORDINATION);
    expect(secret.statusCode).toBe(303);
    const apres = await formulaire(`${lien}?fiche=2.6`);
    expect(apres.html).not.toContain('value="1250"');
    expect((await app.post(lien, { acte: 'envoyer', version: apres.version, _vu: apres._vu, fiche: '2.6' })).headers.location).toContain('faites=0');
    const { rows: reste } = await sql<{ etat: string }>`
      select etat from valeurs where mesure_id = ${MESURE} and periode = '2026' and territoire_id = ${lieu} and courante`.execute(app.base.owner);
    expect(reste).toEqual([{ etat: 'secret' }]);
    const rendu = await formulaire(`${lien}?fiche=2.6`);
    const r = await app.post(lien, {
      acte: 'envoyer',
      version: rendu.version,
      _vu: rendu._vu,
      fiche: '2.6',
      [champ]: '1212',
      [champ.replace('v', 'e')]: 'valeur',
    });
    expect(r.headers.location).toContain('faites=1');
  });

  test('qui a confié un chiffre, ou désigné quelqu’un sans compte pour le donner, ne le valide pas', async () => {
    const prepare = async () =>
      (
        await sql<{
          id: string;
          prepare: string[];
        }>`select id, prepare_par as prepare from valeurs where courante and valeur = 7 and mesure_id = ${MESURE}`.execute(app.base.owner)
      ).rows[0];
    const sophie = await app.temoin(COORDINATION);
    expect(
      (await app.post(`/collecte/campagnes/${campagne}/repondants`, { organisation: debiteur(), nom: 'Sans Compte', courriel: 'sans@exemple.fr' }, sophie))
        .statusCode,
    ).toBe(303);
    const [sien = ''] = await liensDe('sans@exemple.fr');
    const { html, version, _vu } = await formulaire(`${sien}?fiche=2.6`);
    const champs = [...html.slice(html.indexOf(`id="m-${MESURE}"`)).matchAll(/name="(v[\d.]+)"/g)].map((m) => m[1] ?? '');
    const r = await app.post(sien, { acte: 'envoyer', version, _vu, fiche: '2.6', [champs[3] ?? '']: '7', [`s.${MESURE}`]: 'Main courante' });
    expect(r.headers.location).toContain('faites=1');
    const v = await prepare();
    expect(v?.prepare).toHaveLength(1);
    expect((await app.post(`/chiffres/${MESURE}/valider`, { valeur: v?.id ?? '' }, sophie)).statusCode).toBe(403);
    expect((await app.post(`/chiffres/${MESURE}/valider`, { valeur: v?.id ?? '' }, COORDINATION)).statusCode).toBe(303);
  });

  test('deux navigateurs : le second champ différent passe, le même champ demande lequel garder', async () => {
    const un = await formulaire(`${lien}?fiche=2.6`);
    const deux = await formulaire(`${lien}?fiche=2.6`);
    const champ = await champDe(un.html, MESURE, '2026');
    expect((await app.post(lien, { acte: 'enregistrer', version: un.version, _vu: un._vu, fiche: un.fiche, [champ]: '1300' })).statusCode).toBe(303);
    const heurt = await app.post(lien, { acte: 'enregistrer', version: deux.version, _vu: deux._vu, fiche: deux.fiche, [champ]: '1400' });
    expect(heurt.statusCode).toBe(409);
    const autre = await app.post(lien, { acte: 'enregistrer', version: deux.version, _vu: deux._vu, fiche: deux.fiche, [`c.${MESURE}`]: 'Hors gares' });
    expect(autre.statusCode).toBe(303);
    const champSeul = await app.post(`${lien}/brouillon`, { version: '', _vu: JSON.stringify({ [champ]: '1212' }), [champ]: '9' });
    expect(champSeul.statusCode).toBe(409);
    const garde = await app.post(`${lien}/brouillon`, { version: '', _vu: JSON.stringify({ [champ]: '1300' }), [champ]: '1301' });
    expect(garde.statusCode).toBe(200);
    expect((await app.get(`${lien}?fiche=2.6`)).body).toContain('value="1301"');
  });

  test('INDIC-04, import-de-chiffres : un collage remplit la page par le nom des chiffres, ne transmet rien, et nomme ce qu’il ne reconnaît pas', async () => {
    const titre = app.catalogue.mesures.get(MESURE)?.court ?? '';
    const versions = async () => (await sql<{ n: number }>`select count(*)::int as n from valeurs`.execute(app.base.owner)).rows[0]?.n;
    const avant = await versions();
    const inconnu = await app.post(`${lien}/coller`, { fiche: '2.6', collage: `${titre}, 2026\t7\nAutre chose\t8` });
    expect(inconnu.statusCode).toBe(422);
    expect(texteDe(inconnu.body)).toContain('Autre chose');
    const ambigu = await app.post(`${lien}/coller`, { fiche: '2.6', collage: `${MESURE}, 2026\t7` });
    expect(texteDe(ambigu.body)).toMatch(/aucune ligne demandée, ou plusieurs/);
    const { rows: donnees } = await sql<{ lieu: string }>`
      select territoire_id as lieu from valeurs where mesure_id = ${MESURE} and periode = '2026' and courante`.execute(app.base.owner);
    const lieu = app.catalogue.territoires.get(donnees[0]?.lieu ?? '')?.nom;
    const r = await app.post(`${lien}/coller`, { fiche: '2.6', collage: `Chiffre\tValeur\n${MESURE}, 2026, ${lieu}\t1 302` });
    expect([r.statusCode, r.headers.location]).toEqual([303, expect.stringContaining('enregistre=oui')]);
    expect((await app.get(`${lien}?fiche=2.6`)).body).toContain('value="1302"');
    expect(await versions()).toBe(avant);
  });

  test('2.6-01, voie-classeur : son classeur, rempli puis déposé, remplit la page ; une case qui ne se lit pas est nommée et rien n’est pris', async () => {
    const deposer = (contenu: Buffer) =>
      app.serveur.inject({
        method: 'POST',
        url: `${lien}/classeur`,
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        payload: Buffer.concat([
          Buffer.from('--b\r\ncontent-disposition: form-data; name="classeur"; filename="retour.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n'),
          contenu,
          Buffer.from('\r\n--b--\r\n'),
        ]),
      });
    const telecharge = await app.get(`${lien}/classeur.xlsx`);
    expect(telecharge.statusCode).toBe(200);
    const { default: lib } = await import('exceljs');
    const remplir = async (ecrit: string | number): Promise<{ contenu: Buffer; case_: string }> => {
      const livre = new lib.Workbook();
      await livre.xlsx.load(Uint8Array.from(telecharge.rawPayload).buffer);
      const feuille = livre.worksheets[0];
      let case_ = '';
      feuille?.eachRow((r) => {
        const cle = String(r.getCell(1).value ?? '');
        if (case_ === '' && cle.startsWith(`${MESURE}|`) && cle.includes('|2026|')) {
          const reponse = r.getCell(8);
          reponse.value = ecrit;
          case_ = reponse.address;
        }
      });
      return { contenu: Buffer.from(await livre.xlsx.writeBuffer()), case_ };
    };
    const faux = await remplir('12 ou 13');
    const refus = await deposer(faux.contenu);
    expect([refus.statusCode, texteDe(refus.body).includes(`Case ${faux.case_}`)]).toEqual([422, true]);
    expect((await deposer((await remplir(1777)).contenu)).statusCode).toBe(303);
    expect((await app.get(`${lien}?fiche=2.6`)).body).toContain('value="1777"');
    expect((await deposer(Buffer.from('pas un classeur'))).statusCode).toBe(422);
    // Read again there, then sent: five hundred more than the year before is explained.
    const relu = await formulaire(`${lien}?fiche=2.6`);
    const envoi = (plus: Record<string, string> = {}) => app.post(lien, { acte: 'envoyer', version: relu.version, _vu: relu._vu, fiche: '2.6', ...plus });
    const premier = await envoi();
    const demandees = [...premier.body.matchAll(/name="(x[\d.]+)"/g)].map((m) => m[1] ?? '');
    const envoye = premier.statusCode === 303 ? premier : await envoi(Object.fromEntries(demandees.map((x) => [x, 'Le comptage est désormais exhaustif.'])));
    expect(envoye.headers.location).toContain('faites=1');
    const { rows } = await sql<{ valeur: number }>`
      select valeur::float8 as valeur from valeurs where mesure_id = ${MESURE} and periode = '2026' and courante and valeur = 1777`.execute(app.base.owner);
    expect(rows).toEqual([{ valeur: 1777 }]);
  });

  test('confiée à un collègue, une part s’ouvre par son lien à lui, et se ferme avec celui dont elle vient', async () => {
    const r = await app.post(`${lien}/deleguer`, { nom: 'Camille Fictive', courriel: 'camille@exemple.fr', mesures: [MESURE] });
    expect(r.statusCode).toBe(303);
    const [sien = ''] = await liensDe('camille@exemple.fr');
    const vue = await app.get(sien);
    expect(vue.statusCode).toBe(200);
    expect([...vue.body.matchAll(/id="m-([\w.-]+)"/g)].map((m) => m[1])).toEqual([MESURE]);
    expect(vue.body).not.toContain('id="confier"');
    expect((await app.post(`${sien}/deleguer`, { nom: 'Un autre', courriel: 'autre@exemple.fr' })).statusCode).toBe(422);
    const parent = /repondre\/([\w-]+)\//.exec(lien)?.[1];
    expect((await app.post(`/collecte/campagnes/${campagne}/repondants/${parent}/fermer`, {}, COORDINATION)).statusCode).toBe(303);
    expect((await app.get(sien)).statusCode).toBe(410);
    expect((await app.get(lien)).statusCode).toBe(410);
    expect((await app.post(lien, { acte: 'envoyer' })).statusCode).toBe(410);
  });

  test('un lien inventé, d’un autre, ou dont la signature est changée n’ouvre rien ; un mandat fini non plus', async () => {
    expect((await app.get(alterer(lien))).statusCode).toBe(404);
    expect((await app.get(`/collecte/repondre/0190a1b2-0000-4000-8000-000000000000/${lien.slice(-32)}`)).statusCode).toBe(404);
    const ici = await producteur();
    const autre = await ouvrir({ titre: 'Bilan 2026, suite' });
    const [sien = ''] = (await liensDe(ici)).slice(0, 1);
    expect((await app.get(sien)).statusCode).toBe(200);
    await sql`update mandats set fin = '2026-11-19' where compte_id = (select id from comptes where courriel = ${ici})`.execute(app.base.owner);
    expect((await app.get(sien)).statusCode).toBe(410);
    expect(autre).not.toBe('');
  });

  /** Address of a new producer of that institution. */
  const repondant = async (organisation: string): Promise<string> => {
    await app.temoin({ comme: 'producteur', organisation });
    return (
      (
        await sql<{ courriel: string }>`select courriel from comptes where organisation_id = ${organisation} order by cree_le desc limit 1`.execute(
          app.base.owner,
        )
      ).rows[0]?.courriel ?? ''
    );
  };
  const donnees = async (id: string): Promise<string[]> =>
    (
      await sql<{ m: string }>`select mesure_id as m from campagne_demandes where campagne_id = ${id}::uuid and donnee_le is not null order by 1`.execute(
        app.base.owner,
      )
    ).rows.map((r) => r.m);
  const envoyer = async (url: string, champs: Record<string, string>) => {
    const f = await formulaire(url);
    return app.post(url, { acte: 'envoyer', version: f.version, _vu: f._vu, fiche: f.fiche, ...champs });
  };
  let parts = '';

  test('une part donnée n’est pas le chiffre : il n’est arrivé que toutes données ; ses champs portent le nom de la part, pas son rang', async () => {
    const qui = await repondant('CELABS');
    const k = await ouvrir({ titre: 'Absentéisme 2025', organisation: 'CELABS', annee: '2025' });
    [parts = ''] = await liensDe(qui);
    const section = (await app.get(parts)).body.split('id="m-1.2-01a"')[1]?.split('</section>')[0] ?? '';
    const champs = [...section.matchAll(/name="(v[^"]*)"/g)].map((m) => m[1] ?? '');
    expect(champs).toEqual(['college', 'lycee-general', 'lycee-professionnel', 'autre-etablissement'].map((x) => `v0.type_etablissement-${x}`).concat('v0'));
    const [premiere = '', ...autres] = champs.slice(0, 4);
    const un = await envoyer(parts, { [premiere]: '7', 's.1.2-01a': 'Cellule' });
    expect([un.headers.location?.includes('faites=1'), await donnees(k)]).toEqual([true, []]);
    expect((await envoyer(parts, Object.fromEntries(autres.map((x) => [x, '3'])))).headers.location).toContain('faites=3');
    expect(await donnees(k)).toEqual(['1.2-01a']);
    // The contract lists its breakdown another way: what was typed stays with its part.
    const m = app.catalogue.mesures.get('1.2-01a');
    if (!m) throw new Error('La mesure manque.');
    const ventilations = m.grain.ventilations.map((x) => ({ ...x, valeurs: [...x.valeurs].reverse() }));
    const autrement = { ...app.catalogue, mesures: new Map(app.catalogue.mesures).set(m.id, { ...m, grain: { ...m.grain, ventilations } }) };
    const lire = async (c: typeof app.catalogue) =>
      new Map((await listLignes(app.base.owner, app.contratId, c, k, 'CELABS')).filter((l) => l.mesureId === m.id).map((l) => [l.ventilation, l.champ]));
    const [avant, apres] = [await lire(app.catalogue), await lire(autrement)];
    expect([...apres.keys()]).not.toEqual([...avant.keys()]);
    for (const [cle, champ] of avant) expect([cle, apres.get(cle)]).toEqual([cle, champ]);
    await sansEcart();
  });

  test('confier a ses bornes : ses chiffres à soi, une personne une fois, dix personnes, un nom sans adresse ; retiré, le lien n’ouvre plus rien', async () => {
    const confier = (n: number, plus: Record<string, string | string[]> = {}) =>
      app.post(`${parts}/deleguer`, { nom: `Collègue ${n}`, courriel: `collegue${n}@exemple.fr`, mesures: ['1.2-01b', MESURE], ...plus });
    expect(texteDe((await confier(0, { nom: 'Voir exemple.fr/gain' })).body)).toContain('sans adresse');
    expect(texteDe((await confier(0, { mesures: [MESURE] })).body)).toContain('ne vous sont plus demandés');
    expect((await confier(0)).statusCode).toBe(303);
    expect(texteDe((await confier(0)).body)).toContain('a déjà un lien');
    const [sien = ''] = await liensDe('collegue0@exemple.fr');
    const vue = (await app.get(sien)).body;
    expect([...vue.matchAll(/id="m-([\w.-]+)"/g)].map((x) => x[1])).toEqual(['1.2-01b']);
    // What was not entrusted is not theirs to write, whatever is sent.
    expect((await envoyer(sien, { v2: '9', 's.1.2-02a': 'Cellule' })).headers.location).toContain('faites=0');
    for (let n = 1; n < 10; n++) expect([n, (await confier(n)).statusCode]).toEqual([n, 303]);
    expect(texteDe((await confier(10)).body)).toContain('déjà confié des chiffres à 10 personnes');
    const retirer = (id: string) => app.post(`${parts}/retirer`, { delegue: id });
    expect((await retirer('0190a1b2-0000-4000-8000-000000000000')).statusCode).toBe(404);
    expect((await retirer(/repondre\/([\w-]+)\//.exec(sien)?.[1] ?? '')).statusCode).toBe(303);
    expect([(await app.get(sien)).statusCode, (await confier(10)).statusCode]).toEqual([410, 303]);
  });

  test('on ne récrit qu’à qui doit encore : ni à qui a tout donné, ni à qui n’a plus de mandat, ni pour ce qui ne se donne plus', async () => {
    const [fait, reste, parti, fige] = [await repondant('UCRI'), await repondant('HORSLARUE'), await repondant('AURORE'), await repondant('UASA')];
    const k = await ouvrir({ titre: 'Fiche 1.5, 2025', fiche: '1.5', annee: '2025' });
    const liens = new Map<string, string>();
    for (const a of [fait, reste, parti, fige]) liens.set(a, (await liensDe(a))[0] ?? '');
    await sql`update mandats set fin = '2026-11-01' where compte_id = (select id from comptes where courriel = ${parti})`.execute(app.base.owner);
    expect((await app.post(liens.get(parti) ?? '', { acte: 'envoyer' })).statusCode).toBe(410);
    expect((await envoyer(liens.get(fait) ?? '', { v0: '12', 's.1.5-01': 'Registre' })).headers.location).toContain('faites=1');
    const relancer = async (jour: string): Promise<string[]> => {
      const avant = new Map<string, number>();
      for (const a of liens.keys()) avant.set(a, (await liensDe(a)).length);
      heure = `${jour}T09:00:00Z`;
      await app.post(`/collecte/campagnes/${k}/relancer`, {}, COORDINATION);
      const ecrits: string[] = [];
      for (const a of liens.keys()) if ((await liensDe(a)).length > (avant.get(a) ?? 0)) ecrits.push(a);
      return ecrits;
    };
    expect(await relancer('2026-11-23')).toEqual([reste, fige]);
    // A place that the cut no longer has: the frozen list keeps it, nobody is asked for it, and what is typed there is refused by its name.
    await sql`update campagne_demandes set territoire_id = 'mairie-21' where campagne_id = ${k}::uuid and organisation_id = 'UASA'`.execute(app.base.owner);
    const ancien = liens.get(fige) ?? '';
    expect(texteDe((await app.get(ancien)).body)).toContain('N’est plus attendu');
    const refus = await envoyer(ancien, { v0: '4', 's.1.5-05': 'Registre' });
    expect([refus.statusCode, texteDe(refus.body).includes('mairie-21 : Ce chiffre est donné pour l’ensemble')]).toEqual([422, true]);
    expect(await relancer('2026-11-24')).toEqual([reste]);
    // A locked period: refused where it was typed, and kept; nobody is asked for it, and nobody is late of it.
    const verrou = await app.post('/chiffres/verrous', { periode: '2025', fiche: '1.5', motif: 'Publication du bilan annuel', confirme: 'x' }, COORDINATION);
    const confirme = /name="confirme"[^>]*value="([^"]+)"/.exec(verrou.body)?.[1] ?? '';
    const pose = await app.post('/chiffres/verrous', { periode: '2025', fiche: '1.5', motif: 'Publication du bilan annuel', confirme }, COORDINATION);
    expect(pose.statusCode).toBe(303);
    const tard = await envoyer(liens.get(reste) ?? '', { v0: '5', 's.1.5-05': 'Registre' });
    expect([tard.statusCode, /figé le .* Plus rien n’y entre/.test(texteDe(tard.body)), tard.body.includes('value="5"')]).toEqual([422, true, true]);
    expect((await app.get(liens.get(reste) ?? '')).body).toContain('value="5"');
    expect(await relancer('2026-11-25')).toEqual([]);
    const { rows } = await sql<{ motif: string }>`
      select sans_objet_motif as motif from echeances where genre = 'campagne' and objet_id = ${`${k}/HORSLARUE`}`.execute(app.base.owner);
    expect(rows[0]?.motif).toContain('période figée');
    await sansEcart();
    heure = '2026-11-20T11:00:00Z';
  });

  test('un document se donne par son fichier, sans compte ; refusé ou pas encore envoyé, rien ne se perd ; comment c’est compté vient avec', async () => {
    const documents = [...app.catalogue.mesures.values()].filter((m) => m.nature === 'document').map((m) => m.id);
    const { rows: demandes } = await sql<{ mesure: string; organisation: string }>`
      select mesure_id as mesure, organisation_id as organisation from campagne_demandes
      where campagne_id = ${campagne}::uuid and mesure_id = any(${documents}::text[]) order by mesure_id, periode limit 1`.execute(app.base.owner);
    const { mesure = '', organisation = '' } = demandes[0] ?? {};
    const qui = { organisation, nom: 'Dina Fictive', courriel: 'dina@exemple.fr' };
    expect((await app.post(`/collecte/campagnes/${campagne}/repondants`, qui, COORDINATION)).statusCode).toBe(303);
    const [sien = ''] = await liensDe('dina@exemple.fr');
    const fiche = app.catalogue.mesures.get(mesure)?.fiche ?? '';
    const page = `${sien}?fiche=${fiche}`;
    const pdf = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF';
    const poster = async (champs: Record<string, string>, fichiers: Record<string, [string, string]> = {}) => {
      const f = await formulaire(page);
      const corps = new FormData();
      for (const [k, v] of Object.entries({ version: f.version, _vu: f._vu, fiche: f.fiche, ...champs })) corps.append(k, v);
      for (const [k, [nom, contenu]] of Object.entries(fichiers)) corps.append(k, new Blob([contenu]), nom);
      const r = new Request('http://x/', { method: 'POST', body: corps });
      return app.serveur.inject({
        method: 'POST',
        url: sien,
        headers: { 'content-type': r.headers.get('content-type') ?? '' },
        payload: Buffer.from(await r.arrayBuffer()),
      });
    };
    const section = (html: string) => html.slice(html.indexOf(`id="m-${mesure}"`)).split('</section>')[0] ?? '';
    const rang = /name="f([\d.]+)"/.exec(section((await app.get(page)).body))?.[1] ?? '';
    expect(rang).not.toBe('');
    const dit = { [`v${rang}`]: 'La carte des lieux éclairés.', [`s.${mesure}`]: 'Service de l’éclairage' };
    const faux = await poster({ acte: 'envoyer', ...dit }, { [`f${rang}`]: ['carte.pdf', 'MZ'] });
    expect([faux.statusCode, texteDe(faux.body).includes('« carte.pdf » n’est ni un PDF')]).toEqual([422, true]);
    expect((await app.get(page)).body).toContain('La carte des lieux éclairés.');
    const sans = await poster({ acte: 'envoyer' });
    expect([sans.statusCode, texteDe(sans.body).includes('joignez le fichier')]).toEqual([422, true]);
    // Kept with the draft, taken back, sent again; the form itself never says which file is meant.
    expect((await poster({ acte: 'enregistrer' }, { [`f${rang}`]: ['carte.pdf', pdf] })).statusCode).toBe(303);
    expect(texteDe((await app.get(page)).body)).toContain('« carte.pdf » est reçu');
    expect((await poster({ acte: `retirer-d${rang}` })).statusCode).toBe(303);
    const vole = await poster({ acte: 'envoyer', [`d${rang}`]: '00000000-0000-4000-8000-000000000000|x.pdf' });
    expect([vole.statusCode, texteDe(vole.body).includes('joignez le fichier')]).toEqual([422, true]);
    const note = { [`m.${mesure}`]: 'Relevé au 31 décembre\npar le service.', [`i.${mesure}`]: 'Ne dit rien des impasses.' };
    const envoi = await poster({ acte: 'envoyer', ...note }, { [`f${rang}`]: ['carte.pdf', pdf] });
    expect([envoi.statusCode, envoi.headers.location]).toEqual([303, expect.stringContaining('faites=1&notees=1')]);
    const { rows } = await sql<{ id: string; nom: string; garde: boolean; periode: string; lieu: string }>`
      select v.id::text as id, v.fichier_nom as nom, f.garde, v.periode, v.territoire_id as lieu from valeurs v
      join fichiers f on f.contrat_id = v.contrat_id and f.id = v.fichier_id
      where v.mesure_id = ${mesure} and v.courante and v.saisi_par = 'Dina Fictive'`.execute(app.base.owner);
    expect(rows).toMatchObject([{ nom: 'carte.pdf', garde: true }]);
    const chiffre = `/chiffres/${mesure}?periode=${rows[0]?.periode}&territoire=${rows[0]?.lieu}`;
    const lue = texteDe((await app.get(chiffre, COORDINATION)).body);
    expect([lue.includes('Relevé au 31 décembre par le service.'), lue.includes('Limites : Ne dit rien des impasses.'.slice(10))]).toEqual([true, true]);
    expect((await app.get(`/chiffres/${mesure}/documents/${rows[0]?.id}`, COORDINATION)).statusCode).toBe(200);
    // Corrected in words alone, the file stays; the note comes back, and is not written again.
    const relu = await app.get(page);
    expect(relu.body).toContain('Relevé au 31 décembre par le service.');
    expect((await poster({ acte: 'envoyer', [`v${rang}`]: 'La carte, corrigée.' })).headers.location).toContain('faites=1');
    const { rows: apres } = await sql<{ nom: string; notes: number }>`
      select fichier_nom as nom, (select count(*)::int from methodes m where m.mesure_id = v.mesure_id) as notes from valeurs v
      where mesure_id = ${mesure} and courante and texte = 'La carte, corrigée.'`.execute(app.base.owner);
    expect(apres).toEqual([{ nom: 'carte.pdf', notes: 1 }]);
    // A note alone is sent too; one too long is refused where it is.
    const long = await poster({ acte: 'envoyer', [`i.${mesure}`]: 'x'.repeat(601) });
    expect([long.statusCode, texteDe(long.body).includes('Limites : 600 caractères au plus')]).toEqual([422, true]);
    expect((await poster({ acte: 'envoyer', [`i.${mesure}`]: 'Ne dit rien des cours.' })).headers.location).toContain('faites=0&notees=1');
    await sansEcart();
  });

  test('seule la coordination ouvre, désigne, relance et clôt ; close, plus rien ne s’y donne et rien ne manque aux comptes', async () => {
    for (const url of ['/collecte/campagnes/nouvelle', `/collecte/campagnes/${campagne}/clore`, `/collecte/campagnes/${campagne}/relancer`])
      expect((await app.post(url, { titre: 'x' }, { comme: 'producteur', organisation: debiteur() })).statusCode).toBe(403);
    const r = await app.post(
      `/collecte/campagnes/${campagne}/repondants`,
      { organisation: debiteur(), nom: 'Ada Fictive', courriel: 'ada@exemple.fr' },
      COORDINATION,
    );
    expect(r.statusCode).toBe(303);
    const [lienDAda = ''] = await liensDe('ada@exemple.fr');
    expect((await app.get(lienDAda)).statusCode).toBe(200);
    // Written to today: nobody is written to twice.
    expect((await app.post(`/collecte/campagnes/${campagne}/relancer`, { organisation: debiteur() }, COORDINATION)).headers.location).toContain('fait=rien');
    heure = '2026-11-22T09:00:00Z';
    expect((await app.post(`/collecte/campagnes/${campagne}/relancer`, { organisation: debiteur() }, COORDINATION)).headers.location).toContain('fait=relance');
    expect(await liensDe('ada@exemple.fr')).toHaveLength(2);
    expect((await app.post(`/collecte/campagnes/${campagne}/clore`, {}, COORDINATION)).statusCode).toBe(303);
    expect((await app.get(lienDAda)).statusCode).toBe(410);
    expect((await app.post(`/collecte/campagnes/${campagne}/clore`, {}, COORDINATION)).statusCode).toBe(409);
    await sansEcart();
  });

  async function champDe(html: string, mesure: string, periode: string): Promise<string> {
    const section = html.slice(html.indexOf(`id="m-${mesure}"`)).split('</section>')[0] ?? '';
    const rangs = [...section.matchAll(/for="(v[\d.]+)"[^>]*>([^<]*)/g)];
    const un = rangs.find((m) => (m[2] ?? '').includes(periode)) ?? rangs[0];
    return un?.[1] ?? '';
  }
});
