import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../../tests/support/app.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { verifierQualite } from './qualite.commandes.ts';

const COORDINATION: Qui = { comme: 'coordination', organisation: 'DPMP' };
const AUTRE: Qui = { comme: 'coordination', organisation: 'VILLE' };
const POLICE: Qui = { comme: 'producteur', organisation: 'DSPAP' };

/** Over HTTP: a figure that breaks a rule, until it is corrected or explained, and what is kept of it. */
describe('Un chiffre qui surprend', () => {
  let app: AppDeTest;
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => new Date('2026-11-28T10:00:00Z') });
  });
  afterAll(() => app.close());

  const saisir = (mesure: string, champs: Record<string, string>, qui: Qui = POLICE) =>
    app.post(`/chiffres/${mesure}/saisir`, { etat: 'valeur', source: 'Main courante', commentaire: '', version: '', ...champs }, qui);
  /** As a browser sends it: the form as it came, with some fields changed. */
  const corriger = async (mesure: string, ou: string, champs: Record<string, string>, qui: Qui = POLICE) => {
    const { body } = await app.get(`/chiffres/${mesure}/saisir?${ou}`, qui);
    const lus = Object.fromEntries(Object.entries(lireFormulaire(body, `/chiffres/${mesure}/saisir`)).map(([nom, v]) => [nom, v[0] ?? '']));
    return app.post(`/chiffres/${mesure}/saisir`, { ...lus, source: 'Main courante', ...champs }, qui);
  };
  const lire = async (url: string, qui?: Qui) => (await app.get(url, qui)).body.replace(/<!-- -->/g, '').replace(/[\u00a0\u202f]/g, ' ');
  const issues = async (mesure: string) =>
    (
      await sql<{ issue: string; regle: string; explication: string | null }>`
        select issue, regle, explication from controles where mesure_id = ${mesure} order by le, issue desc`.execute(app.base.owner)
    ).rows;
  const valider = async (mesure: string) => {
    const { rows } = await sql<{ id: string }>`select id::text as id from valeurs where mesure_id = ${mesure} and courante`.execute(app.base.owner);
    expect((await app.post(`/chiffres/${mesure}/valider`, { valeur: rows.map((r) => r.id) }, AUTRE)).statusCode).toBe(303);
  };
  const nombres = async (mesure: string) =>
    (
      await sql<{ n: number }>`select valeur::float8 as n from valeurs where mesure_id = ${mesure} and courante order by periode`.execute(app.base.owner)
    ).rows.map((r) => r.n);

  const RAISON = 'Une campagne de contrôles tout l’été a doublé les équipes.';
  test('dix fois la dernière valeur est refusé sans explication, gardé avec elle, et n’est pas redemandé', async () => {
    expect((await saisir('2.7-02a', { periode: '2024', valeur: '50' })).statusCode).toBe(303);
    const r = await saisir('2.7-02a', { periode: '2025', valeur: '500', commentaire: 'Hors gares' });
    expect(r.statusCode).toBe(422);
    for (const t of [
      '500 est au moins dix fois la dernière valeur, 50 (2024)',
      'Corrigez-le, ou expliquez-le',
      'value="500"',
      'Hors gares',
      'href="#explication"',
    ])
      expect(r.body).toContain(t);
    expect(await nombres('2.7-02a')).toEqual([50]);
    expect(await issues('2.7-02a')).toEqual([{ issue: 'souleve', regle: 'variation-forte', explication: null }]);
    expect((await saisir('2.7-02a', { periode: '2025', valeur: '500', explication: RAISON })).statusCode).toBe(303);
    expect(await nombres('2.7-02a')).toEqual([50, 500]);
    expect(await issues('2.7-02a')).toEqual([
      { issue: 'souleve', regle: 'variation-forte', explication: null },
      { issue: 'explique', regle: 'variation-forte', explication: RAISON },
    ]);
    // The same number again, with another comment: a new version, nothing asked.
    expect((await corriger('2.7-02a', 'periode=2025', { commentaire: 'Gares comprises' })).statusCode).toBe(303);
    expect(await issues('2.7-02a')).toHaveLength(2);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit where action = 'valeur.expliquee'`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(1);
  });

  test('l’explication est lue par les partenaires avec son auteur, par qui valide, puis par tous une fois le chiffre validé', async () => {
    const url = '/chiffres/2.7-02a?periode=2025';
    const partenaire = await lire(url, AUTRE);
    for (const t of ['500 est au moins dix fois la dernière valeur, 50 (2024)', 'Expliqué', RAISON]) expect(partenaire).toContain(t);
    expect(partenaire.split(RAISON).length - 1).toBeGreaterThan(1);
    expect(partenaire).toMatch(/govuk-checkboxes__hint[^>]*>[^<]*Une campagne de contrôles/);
    expect(await lire(url)).not.toContain(RAISON);
    await valider('2.7-02a');
    const publique = await lire(url);
    expect(publique).toContain('Expliqué');
    expect(publique).toContain(RAISON);
    expect(publique).toContain('10 fois plus grand');
    expect(publique).not.toContain('au moins dix fois la dernière valeur, 50');
    expect(publique).not.toMatch(/Personne \w+, /);
  });

  test('une explication qui peut nommer quelqu’un reste entre partenaires ; le public lit la règle et « expliqué »', async () => {
    expect((await saisir('2.7-02b', { periode: '2024', valeur: '50' })).statusCode).toBe(303);
    const nommee = 'Compté deux fois par M. Dupont, qui l’a reconnu.';
    expect((await saisir('2.7-02b', { periode: '2025', valeur: '500', explication: nommee })).statusCode).toBe(303);
    await valider('2.7-02b');
    expect(await lire('/chiffres/2.7-02b?periode=2025', AUTRE)).toContain(nommee);
    const publique = await lire('/chiffres/2.7-02b?periode=2025');
    expect([publique.includes('Expliqué'), publique.includes('Dupont')]).toEqual([true, false]);
  });

  test('ce qui devient secret n’est plus dit, ni par l’avertissement, ni par l’explication', async () => {
    expect((await corriger('2.7-02b', 'periode=2024', { etat: 'secret' })).statusCode).toBe(303);
    for (const qui of [AUTRE, undefined]) {
      const corps = await lire('/chiffres/2.7-02b?periode=2025', qui);
      expect([corps.includes('dernière valeur, 50'), corps.includes('Dupont')]).toEqual([false, false]);
    }
    expect(await lire('/chiffres/regles/variation-forte', AUTRE)).not.toMatch(/dernière valeur, 50|Dupont/);
  });

  test('un chiffre corrigé est dit corrigé ; la page des règles dit ce que chacune a relevé, ou rien', async () => {
    expect((await saisir('2.7-02c', { periode: '2024', valeur: '60' })).statusCode).toBe(303);
    expect((await saisir('2.7-02c', { periode: '2025', valeur: '700' })).statusCode).toBe(422);
    expect((await saisir('2.7-02c', { periode: '2025', valeur: '70' })).statusCode).toBe(303);
    expect((await issues('2.7-02c')).map((x) => x.issue)).toEqual(['souleve', 'corrige']);
    const page = await lire('/chiffres/regles', AUTRE);
    expect(page).toMatch(/10 fois plus grand ou plus petit[\s\S]*?3 fois : 1 corrigé, 2 expliqués ; la dernière/);
    expect(page).toMatch(/Un compte de personnes[\s\S]*?Refusé[\s\S]*?N’a jamais rien relevé/);
    expect(page).toContain('page=2');
    const regle = await lire('/chiffres/regles/variation-forte', AUTRE);
    for (const t of ['corrigé', 'expliqué', '/chiffres/2.7-02c?periode=2025', 'Un zéro de trop']) expect(regle).toContain(t);
    expect(await lire('/chiffres/regles/saisies-de-crack', AUTRE)).toContain('n’a jamais rien relevé');
    expect((await app.get('/chiffres/regles/inconnue', AUTRE)).statusCode).toBe(404);
    expect((await app.get('/chiffres/regles')).statusCode).not.toBe(200);
  });

  test('dix-sept mairies qui ne font pas le total donné pour Paris : la cellule du total est nommée, expliquée, gardée', async () => {
    const mairies = app.catalogue.territoiresDeType('mairie').filter((t) => !t.jusqu_a);
    const grille = Object.fromEntries(
      mairies.flatMap((t) => [
        [`valeur.${t.id}`, '3'],
        [`etat.${t.id}`, 'valeur'],
      ]),
    );
    const envoi = { periode: '2025', territoire: 'tous', ...grille, 'valeur.paris': '60', 'etat.paris': 'valeur' };
    const r = await saisir('3.6-16a', envoi);
    expect(r.statusCode).toBe(422);
    expect(r.body).toContain('le total donné, 60, n’est pas la somme de ses territoires, 51');
    expect(r.body).toContain('href="#explication.paris"');
    expect(await nombres('3.6-16a')).toEqual([]);
    expect((await saisir('3.6-16a', { ...envoi, 'explication.paris': 'Neuf gardes à vue n’ont pas de lieu connu.' })).statusCode).toBe(303);
    expect(await nombres('3.6-16a')).toHaveLength(18);
    // One mairie alone moves the sum: it is asked of it.
    const seule = await corriger('3.6-16a', 'periode=2025&territoire=mairie-18', { valeur: '4' });
    expect(seule.body).toContain('n’est pas la somme de ses territoires, 52');
    expect(seule.body).toContain('Neuf gardes à vue n’ont pas de lieu connu.');
  });

  test('entre deux chiffres de deux formulaires : la règle de Paris est citée avec sa raison', async () => {
    const ELEVES: Qui = { comme: 'producteur', organisation: 'CELABS' };
    expect((await saisir('1.2-02b', { periode: '2025', valeur: '10' }, ELEVES)).statusCode).toBe(303);
    const r = await saisir('1.2-02a', { periode: '2025', valeur: '12' }, ELEVES);
    expect(r.statusCode).toBe(422);
    expect(r.body).toContain('12 dépasse ce dont c’est une partie, 10');
    expect(r.body).toContain('Un élève signalé deux fois l’a d’abord été une première fois');
  });

  test('« n.c. », « - », « <5 », « 1 234,5 », « 12 % », une unité : la case est nommée, et ce qui est demandé se lit', async () => {
    const part = (v: string) => `valeur.paris.motif-${v}`;
    for (const [ecrit, dit] of [
      ['n.c.', 'Possession : « n.c. » n’est pas un nombre'],
      ['-', 'Possession : « - » n’est pas un nombre'],
      ['<5', 'choisissez « secret »'],
      ['1 234,5', 'nombre entier'],
      ['12 %', 'est un pourcentage'],
      ['12 kg', 'sans « kg »'],
    ] as const) {
      const r = await saisir('3.10-04', { periode: '2025', [part('possession')]: ecrit, [part('revente')]: '7' });
      expect([ecrit, r.statusCode, r.body.includes('Possession : '), r.body.replaceAll('&lt;', '<').includes(dit)]).toEqual([ecrit, 422, true, true]);
      expect(r.body.replaceAll('&lt;', '<')).toContain(`value="${ecrit}"`);
    }
    expect(await nombres('3.10-04')).toEqual([]);
    expect((await saisir('3.10-04', { periode: '2025', [part('possession')]: '1 234', [part('revente')]: '7 personnes mises en cause' })).statusCode).toBe(303);
    expect((await saisir('1.2-04b', { periode: '2025', valeur: '12 %' }, { comme: 'producteur', organisation: 'RECTORAT' })).statusCode).toBe(303);
  });

  test('ce qui était déjà enregistré et enfreint une règle est listé, s’explique sans être changé, et ne l’est plus', async () => {
    await sql`
      insert into valeurs (contrat_id, mesure_id, periode, territoire_id, debiteur, version, etat, valeur, source, saisi_par, saisi_par_organisation, saisi_le)
      select ${app.contratId}, '2.7-02d', p, 'paris', 'DSPAP', 1, 'valeur', n, 'Reprise', 'Reprise', 'DSPAP', now()
      from (values ('2024', 30), ('2025', 900)) as x (p, n)`.execute(app.base.owner);
    const siennes = async () => (await verifierQualite(app.base.owner, app.catalogue)).sansReponse.filter((a) => a.mesure === '2.7-02d');
    expect((await siennes()).map((a) => [a.regle, a.periode])).toEqual([
      ['variation-forte', '2024'],
      ['variation-forte', '2025'],
    ]);
    expect(await lire('/chiffres/2.7-02d/saisir?periode=2025', POLICE)).toContain('Ce chiffre surprend');
    for (const p of ['2024', '2025'])
      expect((await corriger('2.7-02d', `periode=${p}`, { source: 'Reprise', explication: 'La brigade a été créée en 2025.' })).statusCode).toBe(303);
    expect(await siennes()).toEqual([]);
    expect(await nombres('2.7-02d')).toEqual([30, 900]);
  });

  test('une explication écrite n’est pas perdue quand quelqu’un d’autre a enregistré entre-temps', async () => {
    const r = await saisir('2.7-02d', { periode: '2025', valeur: '950', version: '', explication: 'Elle a été renforcée en mars.' }, COORDINATION);
    expect(r.statusCode).toBe(409);
    expect(r.body).toContain('Elle a été renforcée en mars.');
  });
});
