import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';

/** 3.3-04b: a narrative owed by one service, for the whole contract. */
const MESURE = '3.3-04b';
const REFSUR: Qui = { comme: 'producteur', organisation: 'REFSUR' };
const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const OU = { periode: '2025', debiteur: 'REFSUR', territoire: 'paris' };
const URL_ = `/chiffres/recits/${MESURE}`;
const champs = (plus: Record<string, string> = {}) => ({
  ...OU,
  version: '0',
  faits: 'Douze squares repris.',
  difficultes: 'Des délais.',
  perspectives: 'Six squares de plus.',
  appuis: 'https://exemple.fr/etude',
  redacteur: 'Chargée de mission',
  signataire: 'Référent sûreté',
  institution: 'Préfecture de Police',
  signe_le: '2026-02-01',
  ...plus,
});

describe('Écrire un bilan par parties', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp();
  });
  afterAll(() => app.close());
  const versions = async () =>
    (
      await sql<{ version: number; texte: string; parties: string | null }>`
        select v.version, v.texte, r.faits as parties from valeurs v left join valeur_recits r on r.valeur_id = v.id
        where v.mesure_id = ${MESURE} order by v.version`.execute(app.base.owner)
    ).rows;

  test('INDIC-15, recit : les parties sont une version du chiffre, relues par parties, lues de tous une fois validées', async () => {
    // What was written whole before is kept, and comes back to be cut.
    const entier = { ...OU, etat: 'valeur', texte: 'Un bilan d’un seul tenant.', source: 'Référents', version: `2025|paris|REFSUR|0` };
    expect((await app.post(`/chiffres/${MESURE}/saisir`, entier, REFSUR)).statusCode).toBe(303);
    const ouvert = await app.get(`${URL_}?${new URLSearchParams(OU)}`, REFSUR);
    expect(lireFormulaire(ouvert.body, URL_)).toMatchObject({ faits: ['Un bilan d’un seul tenant.'], version: ['1'] });
    expect((await app.post(URL_, champs({ version: '1' }), REFSUR)).statusCode).toBe(303);
    expect(await versions()).toEqual([
      { version: 1, texte: 'Un bilan d’un seul tenant.', parties: null },
      { version: 2, texte: expect.stringContaining('Faits\nDouze squares repris.\n\nDifficultés\nDes délais.'), parties: 'Douze squares repris.' },
    ]);
    const relu = lireFormulaire((await app.get(`${URL_}?${new URLSearchParams(OU)}`, REFSUR)).body, URL_);
    expect(relu).toMatchObject({ faits: ['Douze squares repris.'], signe_le: ['2026-02-01'], signataire: ['Référent sûreté'] });
    expect((await app.get(`/chiffres/${MESURE}?periode=2025`)).body).not.toContain('Douze squares');
    const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${MESURE} and courante`.execute(app.base.owner);
    expect((await app.post(`/chiffres/${MESURE}/valider`, { valeur: rows[0]?.id ?? '', periode: '2025' }, COORDINATION)).statusCode).toBe(303);
    const lue = (await app.get(`/chiffres/${MESURE}?periode=2025`)).body;
    expect([lue.includes('<strong>Difficultés</strong>'), lue.includes('href="https://exemple.fr/etude"'), lue.includes('Signé : Référent sûreté')]).toEqual([
      true,
      true,
      true,
    ]);
    // The same again makes no version.
    expect((await app.post(URL_, champs({ version: '2' }), REFSUR)).statusCode).toBe(303);
    expect((await versions()).length).toBe(2);
  });

  test('3.3-04b, voie-recit : une faute, ou une version venue entre-temps, ne perd rien de ce qui est écrit ; corrigé, le bilan arrive', async () => {
    const n = (await versions()).length;
    const faute = await app.post(URL_, champs({ version: String(n), faits: '', appuis: 'javascript:alert(1)', difficultes: '<script>x</script>' }), REFSUR);
    expect(faute.statusCode).toBe(422);
    expect([faute.body.includes('dites ce qui s’est passé'), faute.body.includes('une adresse par ligne'), faute.body.includes('<script>x')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(lireFormulaire(faute.body, URL_)).toMatchObject({ difficultes: ['<script>x</script>'], perspectives: ['Six squares de plus.'] });
    const heurt = await app.post(URL_, champs({ version: '0', perspectives: 'Autre suite.' }), REFSUR);
    expect([heurt.statusCode, heurt.body.includes('Quelqu’un a enregistré ce bilan')]).toEqual([409, true]);
    expect(lireFormulaire(heurt.body, URL_)).toMatchObject({ perspectives: ['Autre suite.'], version: [String(n)] });
    expect((await app.post(URL_, champs({ version: String(n), faits: 'a'.repeat(8001) }), REFSUR)).statusCode).toBe(422);
    expect((await versions()).length).toBe(n);
    expect((await app.post(URL_, champs({ version: String(n), perspectives: 'Autre suite.' }), REFSUR)).statusCode).toBe(303);
    expect((await versions()).length).toBe(n + 1);
  });

  test('qui n’en répond pas ne l’écrit pas ; ce qui n’est pas un bilan n’a pas ce formulaire', async () => {
    const autres: Qui[] = [
      { comme: 'producteur', organisation: 'RATP' },
      { comme: 'coordination', organisation: 'DPMP', fiche: '1.1' },
      { comme: 'producteur', organisation: 'REFSUR', fiche: '1.1' },
    ];
    for (const qui of autres) expect([qui, (await app.post(URL_, champs(), qui)).statusCode]).toEqual([qui, 403]);
    expect((await app.get(`/chiffres/recits/3.3-02?periode=2025&debiteur=VILLE&territoire=paris`, COORDINATION)).statusCode).toBe(404);
    expect((await app.get(`${URL_}?periode=2025-S1&debiteur=REFSUR&territoire=paris`, COORDINATION)).statusCode).toBe(404);
  });
});
