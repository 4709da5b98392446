import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';

import { verifierEcheances } from '../../echeances/accorder.ts';

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
  institution: 'Préfecture de Police',
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
    expect(relu).toMatchObject({ faits: ['Douze squares repris.'], redacteur: ['Chargée de mission'] });
    expect((await app.get(`/chiffres/${MESURE}?periode=2025`)).body).not.toContain('Douze squares');
    const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${MESURE} and courante`.execute(app.base.owner);
    expect((await app.post(`/chiffres/${MESURE}/valider`, { valeur: rows[0]?.id ?? '', periode: '2025' }, COORDINATION)).statusCode).toBe(303);
    const lue = (await app.get(`/chiffres/${MESURE}?periode=2025`)).body;
    expect([
      lue.includes('<strong>Difficultés</strong>'),
      lue.includes('href="https://exemple.fr/etude"'),
      lue.includes('Rédigé par : Chargée de mission'),
    ]).toEqual([true, true, true]);
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

  test('INDIC-15, recit : signé par l’institution qui le donne, lu de tous comme tel ; corrigé, il est à signer de nouveau', async () => {
    const page = async (qui?: Qui) => (await app.get(`/chiffres/${MESURE}?periode=2025`, qui)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
    const courante = async () =>
      (
        await sql<{
          id: string;
          version: number;
        }>`select id::text as id, version from valeurs where mesure_id = ${MESURE} and periode = '2025' and courante`.execute(app.base.owner)
      ).rows[0] ?? { id: '', version: 0 };
    const dus = async () =>
      (
        await sql<{
          soldee: boolean;
        }>`select soldee_le is not null as soldee from echeances where genre = 'bilan_a_signer' and sujet = ${MESURE} and periode = '2025'`.execute(
          app.base.owner,
        )
      ).rows;
    const v = await courante();
    const signer = (plus: Record<string, string>, qui: Qui = REFSUR) =>
      app.post(`${URL_}/signer`, { valeur: v.id, fonction: 'direction du service', confirme: 'oui', ...plus }, qui);
    expect(await dus()).toEqual([{ soldee: false }]);
    expect([await page(), await page(REFSUR)].map((p) => [p.includes('Pas encore signé'), p.includes('Signer le bilan')])).toEqual([
      [true, false],
      [true, true],
    ]);
    for (const qui of [
      COORDINATION,
      { comme: 'producteur', organisation: 'RATP' } as const,
      { comme: 'producteur', organisation: 'REFSUR', fiche: '1.1' } as const,
    ])
      expect([qui, (await signer({}, qui)).statusCode]).toEqual([qui, 403]);
    for (const faute of [{ fonction: '' }, { fonction: 'Mme Dupont, cheffe' }, { confirme: '' }] as Record<string, string>[])
      expect([faute, (await signer(faute)).statusCode]).toEqual([faute, 422]);
    const directrice = await app.temoin({ comme: 'signataire', organisation: 'REFSUR' });
    expect((await app.post(`${URL_}/signer`, { valeur: v.id, fonction: 'direction du service', confirme: 'oui' }, directrice)).statusCode).toBe(303);
    expect((await signer({})).statusCode).toBe(409);
    expect(await dus()).toEqual([{ soldee: true }]);
    expect((await app.post(`/chiffres/${MESURE}/valider`, { valeur: v.id, periode: '2025' }, COORDINATION)).statusCode).toBe(303);
    const publique = await page();
    expect([/Signé<\/strong> le [^:]+ : direction du service/.test(publique), /Personne \d/.test(publique)]).toEqual([true, false]);
    expect((await app.get(`/chiffres/${MESURE}/contributions.csv?periode=2025`)).body).toContain('direction du service');
    // What is signed does not change, even for whoever writes to the table.
    await expect(sql`update valeurs set texte = 'autre' where id = ${v.id}::uuid`.execute(app.base.owner)).rejects.toThrow(/signée/);
    expect((await app.post(URL_, champs({ version: String(v.version), faits: 'Treize squares.' }), REFSUR)).statusCode).toBe(303);
    expect(await dus()).toEqual([{ soldee: false }]);
    expect([await page(), await page(REFSUR)].map((p) => p.includes('Pas encore signé'))).toEqual([false, true]);
    expect(
      (await aLHeureDeParis(verifierEcheances)(app.base.owner, app.contratId, { maintenant: new Date() })).differences.filter((d) => d.source === 'signatures'),
    ).toEqual([]);
  });

  test('INDIC-15, recit : plusieurs pièces viennent avec lui ; une faute garde celles qui sont reçues, une pièce d’un autre type est nommée', async () => {
    const cookie = await app.temoin(REFSUR);
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF');
    const envoyer = async (dits: Record<string, string | string[]>, fichiers: { nom: string; contenu: Buffer }[]) => {
      const corps = new FormData();
      for (const [k, v] of Object.entries(dits)) for (const x of [v].flat()) corps.append(k, x);
      for (const f of fichiers) corps.append('pieces', new Blob([new Uint8Array(f.contenu)]), f.nom);
      const requete = new Request('http://x/', { method: 'POST', body: corps });
      return app.serveur.inject({
        method: 'POST',
        url: URL_,
        headers: { 'content-type': requete.headers.get('content-type') ?? '', cookie },
        payload: Buffer.from(await requete.arrayBuffer()),
      });
    };
    const n = String((await versions()).length);
    const faute = await envoyer(champs({ version: n, faits: '' }), [
      { nom: 'plan.pdf', contenu: pdf },
      { nom: 'faux.pdf', contenu: Buffer.from('MZ') },
    ]);
    expect([faute.statusCode, faute.body.includes('« faux.pdf » n’est ni un PDF'), faute.body.includes('plan.pdf')]).toEqual([422, true, true]);
    const rendu = lireFormulaire(faute.body, URL_);
    expect(rendu.deposee).toHaveLength(1);
    const envoi = await envoyer({ ...champs({ version: n, faits: 'Quatorze squares.' }), deposee: rendu.deposee ?? [], gardee: '' }, [
      { nom: 'liste.pdf', contenu: pdf },
    ]);
    expect(envoi.statusCode).toBe(303);
    const lue = (await app.get(`/chiffres/${MESURE}?periode=2025`, REFSUR)).body;
    const liens = [...lue.matchAll(/href="(\/chiffres\/recits\/[^"]+\/pieces\/[^"]+)"/g)].map((x) => x[1] ?? '');
    expect(liens).toHaveLength(2);
    expect([(await app.get(liens[0] ?? '', REFSUR)).statusCode, (await app.get(liens[0] ?? '')).statusCode]).toEqual([200, 404]);
    // Somebody else's mark brings nothing; a correction by another form keeps the files.
    const vole = await app.post(
      URL_,
      champs({ version: String(Number(n) + 1), faits: 'Quinze.', gardee: '', deposee: rendu.deposee?.[0] ?? '' }),
      COORDINATION,
    );
    expect(vole.statusCode).toBe(303);
    expect((await app.get(`/chiffres/${MESURE}?periode=2025`, REFSUR)).body).not.toContain('/pieces/');
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
