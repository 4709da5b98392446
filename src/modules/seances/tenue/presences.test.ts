import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { jourDe } from '../../../core/clock.ts';
import { sourceSeances } from '../seances.dus.ts';
import { type Gens, ouvrirSalle, type Salle } from './tenue.fixtures.ts';
import { courriels } from '../../../../tests/support/courriels.ts';
import { alterer } from '../../../../tests/support/alterer.ts';

/** As people read them. */
const dit = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0\u202f]+/g, ' ');

describe('Les présences ne nomment que des personnes', () => {
  let salle: Salle;
  beforeAll(async () => {
    salle = await ouvrirSalle();
  });
  afterAll(() => salle.app.close());
  beforeEach(() => salle.preparer());

  /** Letters of the session, as those who receive them read them, in order of writing. */
  const lettresDe = async (objet: string) =>
    (await courriels(salle.app, `/seances/${salle.seance}`)).filter((x) => x.sujet.startsWith(objet)).map((x) => ({ a: x.destinataire, texte: x.texte }));
  const lien = (texte: string): string => /\/paroles\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
  const ouvrir = (url: string, q?: Gens) => salle.app.serveur.inject({ url, headers: q ? { cookie: q.temoin } : {} });
  const repondreParLien = (url: string, champs: Record<string, string>, q?: Gens) =>
    salle.app.serveur.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(q ? { cookie: q.temoin } : {}) },
      payload: new URLSearchParams(champs).toString(),
    });
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
    await sql`update instance_membres m set courriel = p.courriel from seance_participants p where p.seance_id = ${salle.seance}::uuid and m.id = p.membre_id`.execute(
      owner,
    );
    await salle.convoquer();
    const noter = (id: string, presence: string, par: string, avant: string) =>
      salle.poster(salle.anne, '/presences', { [`presence-${id}`]: presence, [`par-${id}`]: par, [`avant-${id}`]: avant });
    await noter(maire, 'represente', 'jeanne essai', '|');
    await noter(directrice, 'absent', '', '|');
    expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
    const lettres = () => lettresDe('Votre présence');
    expect((await lettres()).sort((x, y) => y.a.localeCompare(x.a))).toMatchObject([
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
    expect(await releve()).not.toContain('par le lien');
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
    // Without account: the link of each letter, and of that line as it was noted.
    const lienDe = async (a: string, mots: string) => lien((await lettres()).find((x) => x.a === a && x.texte.includes(mots))?.texte ?? '');
    const sien = await lienDe('maire@exemple.fr', 'vous étiez');
    const elle = await lienDe('directrice@exemple.fr', 'que vous représentiez');
    const ouvert = dit((await ouvrir(elle)).body);
    expect([ouvert.includes('vous représentiez Fatou Ndiaye'), ouvert.includes('Rixes')]).toEqual([true, false]);
    expect((await repondreParLien(elle, { acte: 'reprendre' })).statusCode).toBe(409);
    const court = await repondreParLien(elle, { acte: 'contester', contestation: 'non' });
    expect([court.statusCode, dit(court.body).includes('pourquoi vous contestez')]).toEqual([422, true]);
    expect((await repondreParLien(elle, { acte: 'contester', contestation: 'Je siégeais pour moi seule' }, salle.anne)).statusCode).toBe(403);
    expect((await repondreParLien(elle, { acte: 'contester', contestation: 'Je siégeais pour moi seule' })).statusCode).toBe(303);
    expect(await releve()).toMatch(/contestée par le lien envoyé à l’adresse de la convocation de jeanne essai : « Je siégeais/);
    expect(dit((await salle.lire(gens.maire, '')).body)).toContain('Par le lien envoyé à l’adresse de la convocation de jeanne essai');
    expect((await lettresDe('Présence contestée')).every((x) => x.texte.includes('/clore#presences'))).toBe(true);
    expect((await repondreParLien(elle, { acte: 'reprendre' })).statusCode).toBe(303);
    // The line says otherwise: the former link says so, and nothing of the session.
    await noter(maire, 'present', '', noteeMaire);
    const passee = await ouvrir(sien);
    expect([passee.statusCode, passee.body.includes('notée autrement'), passee.body.includes('Fatou')]).toEqual([410, true, false]);
  });

  test('sans compte, parti d’une instance restreinte : la présidence répond de l’approbation notée en son nom, par le lien de sa lettre, et c’est dit partout', async () => {
    const { owner } = salle.app.base;
    const chaise = async (confidentialite: string, courriel: string) => {
      await salle.preparer({}, { confidentialite });
      const maire = await salle.siege('Maire');
      await sql`update seance_participants set courriel = ${courriel}, presence = 'present' where id = ${maire}::uuid`.execute(owner);
      await sql`update instance_membres m set courriel = ${courriel} from seance_participants p where p.id = ${maire}::uuid and m.id = p.membre_id`.execute(
        owner,
      );
      await salle.convoquer();
      expect((await salle.poster(salle.anne, '/lever', { confirme_heures: 'oui' })).statusCode).toBe(303);
      await sql`update seances set relecture_jusqu_a = null where id = ${salle.seance}::uuid`.execute(owner);
      const { body } = await salle.lire(salle.anne, '/clore');
      const empreinte = /name="empreinte" value="([0-9a-f]{64})"/.exec(body)?.[1] ?? '';
      const noter = { participant: maire, piece: 'Message du cabinet', empreinte };
      expect((await salle.poster(salle.anne, '/approbations', noter)).statusCode).toBe(303);
      return { maire, empreinte };
    };
    const releve = async () => dit((await salle.lire(salle.anne, '/releve.html')).body);
    const { maire, empreinte } = await chaise('publique', 'sans-compte@exemple.fr');
    const [lettre] = await lettresDe('Approbation en votre nom');
    const url = lien(lettre?.texte ?? '');
    const page = await ouvrir(url);
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'private, no-store']);
    for (const mot of ['Message du cabinet', 'Anne Essai', 'Fatou Ndiaye', 'Confirmer cette approbation']) expect(dit(page.body)).toContain(mot);
    expect(page.body).not.toContain('Rixes');
    // Of this seat, this text, this address, these days: anything else was never made.
    const [, , , sceau = ''] = url.split('/');
    const autre = await salle.siege('Directrice du collège');
    for (const faux of [url.replace(maire, autre), alterer(url), url.replace(/\/[0-9a-z]+-/, '/zzz-'), `/paroles/x/${sceau}`])
      expect([faux, (await ouvrir(faux)).statusCode]).toEqual([faux, 404]);
    // Somebody else who is signed in answers nothing by it.
    expect(dit((await ouvrir(url, salle.bruno)).body)).toContain('Ce lien est celui de Fatou Ndiaye');
    const contester = { acte: 'contester', empreinte, contestation: 'Je n’ai rien approuvé' };
    expect((await repondreParLien(url, contester, salle.bruno)).statusCode).toBe(403);
    expect((await repondreParLien(url, { ...contester, contestation: '' })).statusCode).toBe(422);
    expect((await repondreParLien(url, { ...contester, empreinte: 'x' })).statusCode).toBe(409);
    expect((await repondreParLien(url, contester)).statusCode).toBe(303);
    expect((await repondreParLien(url, contester)).statusCode).toBe(409);
    const close = dit((await salle.lire(salle.anne, '/clore')).body);
    expect(close).toMatch(/contestée par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye, le [^:]*: « Je n’ai rien approuvé »/);
    expect((await repondreParLien(url, { acte: 'confirmer', empreinte })).statusCode).toBe(303);
    // Another person sits there since: who presided still answers. So they do when the same person writes from elsewhere.
    const siege = sql`(select membre_id from seance_participants where id = ${maire}::uuid)`;
    await sql`update instance_membres set nom = 'Une Autre', courriel = 'autre@exemple.fr' where id = ${siege}`.execute(owner);
    expect(dit((await ouvrir(url)).body)).toContain('Confirmée par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    await sql`update instance_membres set nom = 'Fatou Ndiaye', courriel = 'ailleurs@exemple.fr' where id = ${siege}`.execute(owner);
    expect((await ouvrir(url)).statusCode).toBe(200);
    await sql`update instance_membres set courriel = 'sans-compte@exemple.fr' where id = ${siege}`.execute(owner);
    expect((await salle.figer()).statusCode).toBe(303);
    expect(await releve()).toContain('confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    const { du } = await salle.un(sql<{ du: string }>`select soldee_par as du from echeances where objet = ${salle.seance} and genre = 'approbation'`);
    expect(du).toBe('le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    // What reminds of it carries a link of its own, for whom the seat is written to and nobody else.
    const rappel = async (courriel: string) =>
      sourceSeances.ligne?.(
        owner,
        { genre: 'approbation', objetId: salle.seance, periode: maire, dueLe: null } as never,
        { courriel, nom: '' },
        {
          ...{ contratId: salle.app.contratId, coffre: salle.app.coffre, aujourdhui: jourDe(new Date(), 'Europe/Paris'), maintenant: new Date() },
        },
      );
    expect(await rappel('sans-compte@exemple.fr')).toMatchObject({
      secrete: true,
      phrase: expect.stringContaining('confirmez-la ou contestez-la, sans compte'),
    });
    expect((await ouvrir((await rappel('sans-compte@exemple.fr'))?.chemin ?? '')).statusCode).toBe(200);
    expect((await rappel('passant@exemple.fr'))?.chemin).toBeUndefined();
    const repere = /name="suspects" checked="" value="([^"]+)"/.exec((await salle.lire(salle.anne, '/publier')).body)?.[1] ?? '';
    expect((await salle.poster(salle.anne, '/publier', { suspects: repere, passages: '' })).statusCode).toBe(303);
    const public_ = dit((await ouvrir(`/releves/${salle.seance}`)).body);
    expect([public_.includes('confirmée depuis par le lien envoyé à l’adresse de la convocation de la présidence'), public_.includes('Fatou')]).toEqual([
      true,
      false,
    ]);
    const trace = await sql<{ acte: string; lien: boolean; pour: string }>`
      select action as acte, (details ->> 'parLien')::boolean as lien, details ->> 'participant' as pour from audit
      where objet = ${`/seances/${salle.seance}`} and action in ('seance.approbation_confirmee', 'seance.approbation_contestee') order by numero`.execute(
      owner,
    );
    expect(trace.rows).toEqual(['contestee', 'confirmee'].map((x) => ({ acte: `seance.approbation_${x}`, lien: true, pour: maire })));

    // Of a restricted body, that there was a meeting; whoever left it answers all the same, and nothing else opens.
    const r = await chaise('restreinte', 'parti@exemple.fr');
    await sql`update instance_membres m set fin = current_date - 1 from seance_participants p where p.id = ${r.maire}::uuid and m.id = p.membre_id`.execute(
      owner,
    );
    const discret = lien((await lettresDe('Approbation en votre nom'))[0]?.texte ?? '');
    const restreinte = dit((await ouvrir(discret)).body);
    const { nom } = await salle.un(sql<{ nom: string }>`select nom from instances i join seances s on s.instance_id = i.id where s.id = ${salle.seance}::uuid`);
    const { titre } = await salle.un(sql<{ titre: string }>`select titre from seances where id = ${salle.seance}::uuid`);
    expect([nom === '', ...[nom, titre, 'Message du cabinet', 'Maire', 'Conseil'].map((x) => restreinte.includes(x))]).toEqual(Array(6).fill(false));
    expect((await repondreParLien(discret, { acte: 'confirmer', empreinte: r.empreinte })).statusCode).toBe(303);
    expect(await releve()).toContain('confirmée depuis par le lien envoyé à l’adresse de la convocation de Fatou Ndiaye');
    // The text changes: that approval counts no more, and its link says so.
    await sql`update seance_points set notes = 'Un autre texte' where seance_id = ${salle.seance}::uuid`.execute(owner);
    const change = await ouvrir(discret);
    expect([change.statusCode, change.body.includes('a changé depuis')]).toEqual([410, true]);

    // No address at all: minutes say that nobody could be told, and nobody owes an answer.
    await chaise('partenaires', '');
    expect(await lettresDe('Approbation en votre nom')).toEqual([]);
    expect(await releve()).toContain('pas encore confirmée par la présidence ; personne n’a pu en être prévenu, faute d’adresse');
    expect(dit((await salle.lire(salle.anne, '/clore')).body)).toContain('personne n’a pu en être prévenu');
    expect((await salle.figer()).statusCode).toBe(303);
    const { n } = await salle.un(sql<{ n: number }>`select count(*)::int as n from echeances where objet = ${salle.seance} and genre = 'approbation'`);
    expect(n).toBe(0);
  });

  test('les lettres d’une instance restreinte ne disent ni la présence notée, ni qui représente, ni qui l’a noté', async () => {
    const { owner } = salle.app.base;
    const [maire, directrice] = [await salle.siege('Maire'), await salle.siege('Directrice du collège')];
    for (const [id, a] of [
      [maire, 'maire@exemple.fr'],
      [directrice, 'directrice@exemple.fr'],
    ])
      await sql`with s as (update seance_participants set courriel = ${a} where id = ${id}::uuid returning membre_id)
        update instance_membres m set courriel = ${a} from s where m.id = s.membre_id`.execute(owner);
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
