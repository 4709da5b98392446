import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { creerDecision, creerInstance } from '../../instances/instances.fixtures.ts';

const COORDINATION = { comme: 'coordination' } as const;
const MESURE = '2.1-01a';
const PAGE = `/decisions/cibles/${MESURE}`;

/** Spaces that do not break are spaces. */
const lu = (t: string): string => t.replace(/[\u00a0\u202f]/g, ' ');

describe('Une cible n’existe qu’avec sa décision', () => {
  let app: AppDeTest;
  let conseil: string;
  let cellule: string;
  const decider = async (instanceId: string, o: { fiche?: string; nature?: 'decision' | 'action' } = {}) =>
    (
      await creerDecision(
        app.base.owner,
        app.contratId,
        {
          instanceId,
          seanceId: null,
          pointId: null,
          nature: o.nature ?? 'decision',
          libelle: 'Texte interne de la décision',
          responsableId: 'PP',
          responsableNom: '',
          responsableCourriel: '',
          echeance: null,
          fiche: o.fiche ?? '2.1',
          ligne: null,
          territoireId: 'paris',
        },
        { auteur: 'Essai', quand: new Date('2026-02-03T10:00:00Z') },
      )
    )?.id ?? '';
  const fixer = (decision: string, o: Record<string, string> = {}) =>
    app.post(PAGE, { acte: 'fixer', annee: '2026', sens: 'au-moins', valeur: '60', territoire: 'paris', vu: '0', decision, ...o }, COORDINATION);
  beforeAll(async () => {
    app = await ouvrirApp({ horloge: () => new Date('2026-11-29T10:00:00Z') });
    const lieu = { territoire: 'paris', porteur: 'VILLE' };
    conseil = await creerInstance(app.base.owner, app.contratId, { ...lieu, nom: 'Conseil essayé', confidentialite: 'partenaires' });
    cellule = await creerInstance(app.base.owner, app.contratId, { ...lieu, nom: 'Cellule essayée', confidentialite: 'restreinte' });
  });
  afterAll(() => app.close());

  test('sans cible, les pages disent ce qu’elles disaient ; la base refuse une cible sans décision', async () => {
    expect((await app.get('/barometre')).body).toContain('Le contrat ne fixe pas de cible : aucun taux d’avancement n’est inventé.');
    expect((await app.get(`/chiffres/${MESURE}`)).body).not.toContain('id="cibles"');
    const inserer = (decision: ReturnType<typeof sql>) =>
      sql`insert into cibles (contrat_id, mesure_id, territoire_id, annee, rang, valeur, sens, unite, decision_id, par, par_organisation, le)
        values (${app.contratId}, ${MESURE}, 'paris', 2026, 1, 60, 'au-moins', 'x', ${decision}, 'x', 'x', now())`.execute(app.base.owner);
    await expect(inserer(sql`null`)).rejects.toThrow(/null value in column "decision_id"/);
    await expect(inserer(sql`gen_random_uuid()`)).rejects.toThrow(/foreign key/);
  });

  test('le pilote de la fiche et la coordination l’inscrivent, personne d’autre, et par une décision de la fiche qui peut être citée', async () => {
    for (const qui of [{ comme: 'coordonnateur', territoire: 'mairie-18' }, { comme: 'pilote', fiche: '1.6' }, { comme: 'agent' }] as const)
      expect((await app.get(PAGE, qui)).statusCode).toBe(403);
    expect((await app.get(PAGE)).statusCode).toBe(303);
    expect((await app.get('/decisions/cibles/3.3-04b', COORDINATION)).statusCode).toBe(404);
    expect((await app.get(PAGE, { comme: 'pilote', fiche: '2.1' })).body).toContain('Aucune décision ne peut la fixer');
    for (const d of [await decider(cellule), await decider(conseil, { fiche: '1.6' }), await decider(conseil, { nature: 'action' })]) {
      const refus = await fixer(d);
      expect([refus.statusCode, refus.body.includes('sans elle, il n’y en a pas')]).toEqual([422, true]);
    }
    const d = await decider(conseil);
    const mal = await fixer(d, { valeur: 'soixante', sens: '' });
    expect(mal.statusCode).toBe(422);
    expect(mal.body).toContain('« soixante » n’est pas un nombre');
    expect(mal.body).toContain('Dites si la cible est un minimum ou un maximum.');
  });

  test('fixée, elle se lit avec sa valeur, sa date, son écart et sa décision, partout, sans le texte de la décision', async () => {
    const d = await decider(conseil);
    expect((await fixer(d)).headers.location).toBe(`/chiffres/${MESURE}?territoire=paris#cibles`);
    for (const adresse of [`/chiffres/${MESURE}`, '/fiches/2.1', '/barometre']) {
      const body = lu((await app.get(adresse)).body);
      for (const dit of ['au moins 60', '31 décembre 2026', 'Conseil essayé, 3 février 2026', 'pas encore d’année entière à comparer'])
        expect(body).toContain(dit);
      expect(body).not.toContain('Texte interne');
      expect(body).not.toContain(`/decisions/${d}`);
      expect((await app.get(adresse, COORDINATION)).body).toContain(`/decisions/${d}`);
    }
    expect(lu((await app.get('/barometre.csv')).body)).toMatch(/;60;au moins;2026-12-31;;;D\d+, Conseil essayé, 3 février 2026\r\n/);
    // Of one place: not that of another.
    expect((await app.get(`/chiffres/${MESURE}?territoire=mairie-18`)).body).not.toContain('au moins 60');
  });

  test('seule une autre décision la remplace, puis la retire ; l’histoire reste, et rien ne s’écrit par-dessus', async () => {
    const [premiere] = (await sql<{ decisionId: string }>`select decision_id as "decisionId" from cibles`.execute(app.base.owner)).rows;
    const meme = await fixer(premiere?.decisionId ?? '', { vu: '1', valeur: '70' });
    expect(meme.body).toContain('seule une autre décision la change');
    const d2 = await decider(conseil);
    const depassee = await fixer(d2, { vu: '0', valeur: '70' });
    expect([depassee.statusCode, depassee.body.includes('entre-temps'), depassee.body.includes('value="70"')]).toEqual([409, true, true]);
    expect((await fixer(d2, { vu: '1', valeur: '70', sens: 'au-plus' })).statusCode).toBe(303);
    const page = (await app.get(`/chiffres/${MESURE}`)).body;
    expect(page).toMatch(/au plus 70[\s\S]*Cibles remplacées ou retirées[\s\S]*au moins 60/);
    expect((await fixer(await decider(conseil), { acte: 'retirer', annee: '2025', vu: '2' })).body).toContain('il n’y a rien à retirer');
    expect((await fixer(await decider(conseil), { acte: 'retirer', vu: '2' })).statusCode).toBe(303);
    expect((await app.get('/barometre')).body).toContain('aucun taux d’avancement n’est inventé');
    expect((await app.get(`/chiffres/${MESURE}`)).body).toContain('cible retirée');
    await expect(sql`update cibles set valeur = 1`.execute(app.db)).rejects.toThrow(/permission denied/);
    await expect(sql`delete from decisions where id = ${d2}::uuid`.execute(app.base.owner)).rejects.toThrow(/foreign key/);
  });

  test('une décision abandonnée ne porte plus de cible ; celle d’une instance devenue restreinte ne se nomme plus', async () => {
    const d = await decider(conseil);
    expect((await fixer(d, { annee: '2025', valeur: '40' })).statusCode).toBe(303);
    expect((await app.get('/fiches/2.1?annee=2025')).body).toContain('au moins 40');
    await sql`update decisions set confidentialite = 'restreinte' where id = ${d}::uuid`.execute(app.base.owner);
    const reservee = (await app.get('/fiches/2.1?annee=2025')).body;
    expect(reservee).toContain('décision réservée');
    expect(reservee).not.toContain('Conseil essayé');
    await sql`update decisions set etat = 'abandonne', motif = 'x', close_le = '2026-03-01' where id = ${d}::uuid`.execute(app.base.owner);
    expect((await app.get('/fiches/2.1?annee=2025')).body).not.toContain('au moins 40');
  });
});
