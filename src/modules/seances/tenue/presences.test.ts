import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ouvrirSalle, type Salle } from './tenue.fixtures.ts';

/** As people read them. */
const dit = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');

describe('Les présences ne nomment que des personnes', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());
  beforeEach(() => salle.preparer());

  const rangs = async () => {
    const { rows } = await sql<{ fonction: string; nom: string; presence: string | null; par: string }>`
      select fonction, nom, presence, represente_par as par from seance_participants where seance_id = ${salle.seance}::uuid
      order by fonction`.execute(salle.app.base.owner);
    return Object.fromEntries(rows.map((r) => [r.fonction, [r.nom, r.presence, r.par]]));
  };

  test('« Tous présents » ne touche jamais un siège vacant, et l’écran le compte à part', async () => {
    expect((await salle.poster(salle.anne, '/presences', { tous: 'oui' })).statusCode).toBe(303);
    expect(await rangs()).toEqual({
      'Commissaire central': ['', null, ''],
      'Directrice du collège': ['Jeanne Essai', 'present', ''],
      Maire: ['Fatou Ndiaye', 'present', ''],
      Procureur: ['', null, ''],
    });
    const page = dit((await salle.lire(salle.anne, '/tenir')).body);
    expect(page).toContain('Présences : 2 présents et 2 sièges vacants');
    expect(page.match(/Qui siégeait ?/g)).toHaveLength(2);
  });

  test('« Tous présents » laisse à noter qui a répondu qu’il ne viendrait pas', async () => {
    const id = await salle.siege('Maire');
    await sql`update seance_participants set reponse = 'refuse', reponse_le = now() where id = ${id}::uuid`.execute(salle.app.base.owner);
    expect((await salle.poster(salle.anne, '/presences', { tous: 'oui' })).statusCode).toBe(303);
    expect(await rangs()).toMatchObject({ 'Directrice du collège': ['Jeanne Essai', 'present', ''], Maire: ['Fatou Ndiaye', null, ''] });
    expect(dit((await salle.lire(salle.anne, '/tenir')).body)).toContain('1 à noter');
    // The trail says who was noted how, and by whom; names are on the lines alone.
    await salle.poster(salle.anne, '/presences', { [`presence-${id}`]: 'represente', [`par-${id}`]: 'Un Remplaçant', [`avant-${id}`]: '|' });
    const { rows } = await sql<{ lignes: string[]; compte: string | null }>`
      select details -> 'lignes' as lignes, compte_id as compte from audit where action = 'seance.presences' and objet = ${`/seances/${salle.seance}/tenir`} order by numero`.execute(
      salle.app.base.owner,
    );
    const directrice = await salle.siege('Directrice du collège');
    expect(rows.map((r) => r.lignes)).toEqual([[`${directrice}:present`], [`${id}:represente`]]);
    expect(rows.every((r) => r.compte !== null)).toBe(true);
  });

  test('un nom écrit sur un siège vacant en fait une personne présente, que l’on corrige ou retire ; sans script aussi', async () => {
    const id = await salle.siege('Commissaire central');
    const ecrire = (nom: string, avant: string, plus: Record<string, string> = {}) =>
      salle.poster(salle.anne, '/presences', { [`nom-${id}`]: nom, [`avant-${id}`]: avant, ...plus });
    expect((await ecrire('Cdt Lucie Moreau', '||')).statusCode).toBe(303);
    expect((await rangs())['Commissaire central']).toEqual(['Cdt Lucie Moreau', 'present', '']);
    // The form of the page says what it showed.
    expect((await salle.lire(salle.anne, '/tenir')).body).toContain('value="present||Cdt Lucie Moreau"');
    expect((await ecrire('Cdte Lucie Moreau', 'present||Cdt Lucie Moreau', { [`presence-${id}`]: 'represente', [`par-${id}`]: 'Cne Petit' })).statusCode).toBe(
      303,
    );
    expect((await rangs())['Commissaire central']).toEqual(['Cdte Lucie Moreau', 'represente', 'Cne Petit']);
    const heurt = await salle.poster(salle.bruno, '/presences', { [`nom-${id}`]: 'Autre Nom', [`avant-${id}`]: '||' }, true);
    expect([heurt.statusCode, heurt.json().message]).toEqual([409, expect.stringContaining('Cdte Lucie Moreau (représenté par Cne Petit')]);
    expect((await ecrire('', 'represente|Cne Petit|Cdte Lucie Moreau', { [`presence-${id}`]: 'represente', [`par-${id}`]: 'Cne Petit' })).statusCode).toBe(303);
    expect((await rangs())['Commissaire central']).toEqual(['', null, '']);
    const n = await salle.un(sql<{ n: number }>`select count(*)::int as n from instance_membres where nom like '%Moreau'`);
    expect(n.n).toBe(0);
  });

  test('une présence sans personne est refusée en français, par le formulaire comme par un acte mis en file', async () => {
    const id = await salle.siege('Procureur');
    const nommee = await salle.siege('Maire');
    for (const presence of ['present', 'represente', 'excuse', 'absent']) {
      const acte = { [`presence-${id}`]: presence, [`par-${id}`]: '', [`avant-${id}`]: '|' };
      const enFile = await salle.poster(salle.anne, '/presences', { ...acte, age: '600' }, true);
      expect([presence, enFile.statusCode, enFile.json().erreurs?.[0]?.message]).toEqual([presence, 422, expect.stringContaining('« Procureur » est vacant')]);
    }
    const page = await salle.poster(salle.anne, '/presences', {
      [`presence-${id}`]: 'present',
      [`presence-${nommee}`]: 'represente',
      [`par-${nommee}`]: 'Son adjointe',
      [`avant-${nommee}`]: '|',
    });
    expect(page.statusCode).toBe(422);
    expect(dit(page.body)).toContain('écrivez qui siégeait');
    expect(page.body).toContain('value="Son adjointe"');
    expect(await rangs()).toMatchObject({ Maire: ['Fatou Ndiaye', null, ''], Procureur: ['', null, ''] });
    const anonyme = await salle.poster(salle.anne, '/participants', { id: randomUUID(), nom: '', fonction: 'Riverain', organisation: 'VILLE' }, true);
    expect([anonyme.statusCode, anonyme.json().erreurs[0].message]).toEqual([422, expect.stringContaining('seules des personnes nommées sont présentes')]);
  });

  test('la base elle-même refuse une présence que personne ne porte', async () => {
    await expect(
      sql`update seance_participants set presence = 'present' where seance_id = ${salle.seance}::uuid and nom = ''`.execute(salle.app.base.owner),
    ).rejects.toThrow(/presence_nommee/);
  });

  test('la mise à niveau démarque les sièges vacants notés présents, nomme qui y siégeait, et ne touche aucun relevé arrêté', async () => {
    const migration = await readFile('db/migrations/20261128T1810_presences_nommees.sql', 'utf8');
    const arrete = JSON.stringify({ participants: [{ fonction: 'Procureur', nom: '', presence: 'present' }] });
    const annule = new Error('annulé');
    await salle.app.base.owner
      .transaction()
      .execute(async (tx) => {
        await sql`alter table seance_participants drop column nomme_en_seance, drop constraint seance_participants_presence_nommee`.execute(tx);
        await sql`update seance_participants set presence = 'present' where seance_id = ${salle.seance}::uuid`.execute(tx);
        await sql`update seance_participants set presence = 'represente', represente_par = 'Cdt Moreau'
          where seance_id = ${salle.seance}::uuid and fonction = 'Commissaire central'`.execute(tx);
        await sql`insert into releves (contrat_id, seance_id, version, numero, contenu, empreinte, fige_par, fige_le)
          values (${salle.app.contratId}, ${salle.seance}::uuid, 1, 'X/1', ${arrete}::jsonb, 'e', 'x', now())`.execute(tx);
        await sql.raw(migration).execute(tx);
        const { rows } = await sql<{ fonction: string; nom: string; presence: string | null; par: string; nomme: boolean }>`
          select fonction, nom, presence, represente_par as par, nomme_en_seance as nomme from seance_participants
          where seance_id = ${salle.seance}::uuid order by fonction`.execute(tx);
        expect(rows).toEqual([
          { fonction: 'Commissaire central', nom: 'Cdt Moreau', presence: 'present', par: '', nomme: true },
          { fonction: 'Directrice du collège', nom: 'Jeanne Essai', presence: 'present', par: '', nomme: false },
          { fonction: 'Maire', nom: 'Fatou Ndiaye', presence: 'present', par: '', nomme: false },
          { fonction: 'Procureur', nom: '', presence: null, par: '', nomme: false },
        ]);
        const releve = await sql<{ contenu: unknown }>`select contenu from releves where seance_id = ${salle.seance}::uuid`.execute(tx);
        expect(releve.rows[0]?.contenu).toEqual(JSON.parse(arrete));
        throw annule;
      })
      .catch((e) => {
        if (e !== annule) throw e;
      });
  });

  test('qui est dit représenté, et qui le représente, l’apprennent ; chacun conteste sa ligne, même absent, et le relevé le dit', async () => {
    const { owner } = salle.app.base;
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    const gens = { maire: await salle.personne('maire@exemple.fr'), directrice: await salle.personne('directrice@exemple.fr') };
    await sql`update seance_participants set courriel = 'maire@exemple.fr' where id = ${maire}::uuid`.execute(owner);
    await sql`update seance_participants set courriel = 'directrice@exemple.fr' where id = ${directrice}::uuid`.execute(owner);
    const noter = (id: string, presence: string, par: string, avant: string) =>
      salle.poster(salle.anne, '/presences', { [`presence-${id}`]: presence, [`par-${id}`]: par, [`avant-${id}`]: avant });
    await noter(maire, 'represente', 'jeanne essai', '|');
    await noter(directrice, 'absent', '', '|');
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    const lettres = async () =>
      (
        await sql<{ a: string; texte: string }>`
          select destinataire as a, texte from courriels where objet = ${`/seances/${salle.seance}`} and sujet like '%résence%' order by cree_le, destinataire desc`.execute(
          owner,
        )
      ).rows;
    expect(await lettres()).toMatchObject([
      { a: 'maire@exemple.fr', texte: expect.stringContaining('vous étiez « représenté par jeanne essai »') },
      { a: 'directrice@exemple.fr', texte: expect.stringContaining('que vous représentiez Fatou Ndiaye') },
    ]);
    const contester = (q: typeof gens.maire, participant: string, vu: string, contestation: string, acte = 'contester') =>
      salle.poster(q, '/presences/contester', { participant, vu, contestation, acte });
    const noteeMaire = 'represente|jeanne essai';
    // Nobody's but one's own: a person around the table, whoever keeps it, a line that changed.
    expect((await contester(gens.maire, directrice, 'absent|', 'Elle était là')).statusCode).toBe(403);
    expect((await contester(salle.anne, directrice, 'absent|', 'Elle était là')).statusCode).toBe(403);
    expect((await contester(gens.directrice, directrice, 'present|', 'J’y étais')).statusCode).toBe(409);
    const vide = await contester(gens.directrice, directrice, 'absent|', '');
    expect([vide.statusCode, dit(vide.body).includes('pourquoi vous contestez')]).toEqual([422, true]);
    // Absent, she contests; and, said to stand in for the mayor, that too.
    expect((await contester(gens.directrice, directrice, 'absent|', 'J’y étais de bout en bout')).statusCode).toBe(303);
    expect((await contester(gens.directrice, maire, noteeMaire, 'Je ne représentais personne')).statusCode).toBe(303);
    expect((await contester(gens.directrice, maire, noteeMaire, 'Deux fois')).statusCode).toBe(409);
    const releve = async () => dit((await salle.lire(salle.anne, '/releve.html?genre=compte-rendu')).body);
    expect(await releve()).toContain('2 présences contestées');
    expect(await releve()).toMatch(/Présence contestée : Directrice du collège[^«]*« absent » ; contestée par [^«]*« J’y étais de bout en bout »/);
    // Who noted what is for members and who keeps it.
    const page = dit((await salle.lire(gens.maire, '')).body);
    expect(page).toMatch(/de « non pointé » à « représenté par jeanne essai » Anne Essai, /);
    expect([page.includes('représenté par jeanne essai (contesté)'), page.includes('est noté « absent »')]).toEqual([true, false]);
    const autre = dit((await salle.lire(await salle.personne('passant@exemple.fr'), '')).body);
    expect([autre.includes('absent (contesté)'), autre.includes('Qui a noté les présences')]).toEqual([true, false]);
    // Put back and forth, what was contested is still contested; corrected, it is not, and she is told.
    await noter(directrice, 'excuse', '', 'absent|');
    expect(await releve()).toContain('1 présence contestée');
    await noter(directrice, 'absent', '', 'excuse|');
    expect(await releve()).toContain('2 présences contestées');
    await noter(directrice, 'present', '', 'absent|');
    expect((await contester(gens.directrice, maire, noteeMaire, '', 'reprendre')).statusCode).toBe(303);
    expect(await releve()).not.toContain('contestée');
    expect((await lettres()).at(-1)).toMatchObject({ a: 'directrice@exemple.fr', texte: expect.stringContaining('« présent »') });
    const { rows } = await sql<{ acte: string }>`select acte from seance_presence_mots where participant_id = ${maire}::uuid order by rang`.execute(owner);
    expect(rows.map((r) => r.acte)).toEqual(['notee', 'contestee', 'reprise']);
  });

  test('les lettres d’une instance restreinte ne disent ni la présence notée, ni qui représente, ni qui l’a noté', async () => {
    const { owner } = salle.app.base;
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    await sql`update seance_participants set courriel = 'maire@exemple.fr' where id = ${maire}::uuid`.execute(owner);
    await sql`update seance_participants set courriel = 'directrice@exemple.fr' where id = ${directrice}::uuid`.execute(owner);
    await salle.poster(salle.anne, '/presences', { [`presence-${maire}`]: 'represente', [`par-${maire}`]: 'Jeanne Essai', [`avant-${maire}`]: '|' });
    await sql`update seances set confidentialite = 'restreinte' where id = ${salle.seance}::uuid`.execute(owner);
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    const { rows } = await sql<{ a: string; texte: string }>`
      select destinataire as a, texte from courriels where objet = ${`/seances/${salle.seance}`} and sujet = 'Votre présence : réunion' order by destinataire`.execute(
      owner,
    );
    expect(rows.map((r) => r.a)).toEqual(['directrice@exemple.fr', 'maire@exemple.fr']);
    for (const { texte } of rows) expect(texte).not.toMatch(/Jeanne|Essai|Fatou|Ndiaye|« représenté|Conseil/);
  });

  test('le fait « réunion » compte les personnes nommées, présentes ou représentées, et elles seules', async () => {
    const id = await salle.siege('Procureur');
    await salle.poster(salle.anne, '/presences', { tous: 'oui', [`nom-${id}`]: 'Paul Essai', [`avant-${id}`]: '||' });
    await sql`update seances set etat = 'relecture' where id = ${salle.seance}::uuid`.execute(salle.app.base.owner);
    const { presents } = await salle.un(sql<{ presents: string }>`select presents from faits_reunions where id = ${salle.seance}::uuid`);
    expect(Number(presents)).toBe(3);
  });
});
