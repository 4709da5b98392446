/** Preparing and convoking a session over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerDecision, creerInstance, creerMembre, creerSeance } from '../../instances/instances.fixtures.ts';
import { type AppDeTest, ouvrirApp } from '../../../../tests/support/app.ts';
import { courriels as courrielsDe } from '../../../../tests/support/courriels.ts';
import { lireFormulaire } from '../../../../tests/support/formulaire.ts';
import { listComptes } from '../../comptes/sessions.queries.ts';
import { aLHeureDeParis } from '../../../../tests/support/fuseau.ts';
import * as echeances from '../../echeances/index.ts';
import { alterer } from '../../../../tests/support/alterer.ts';
import { syncParticipants } from './seances.queries.ts';

const envoyerRappels = aLHeureDeParis(echeances.envoyerRappels);
const asseoir = aLHeureDeParis(syncParticipants);
let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

const AU_18E = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' } as const;
const instance = (nom: string, o: object = {}) => creerInstance(app.base.owner, app.contratId, { territoire: 'mairie-18', porteur: 'DPMP', nom, ...o });
const membre = (id: string, o: object) => creerMembre(app.base.owner, app.contratId, id, { organisation: 'PP', ...o });
const courriels = (seance: string) => courrielsDe(app, `/seances/${seance}`);
const etat = async (seance: string) =>
  (
    await sql<{ etat: string; sequence: number; jour: string }>`
      select etat, sequence, jour::text from seances where contrat_id = ${app.contratId} and id = ${seance}::uuid`.execute(app.base.owner)
  ).rows[0];
const points = async (seance: string) =>
  (
    await sql<{ id: string; titre: string; fige: boolean; retire: boolean | null }>`
      select id, titre, dossier is not null as fige, (dossier ->> 'retire')::boolean as retire from seance_points
      where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid order by rang`.execute(app.base.owner)
  ).rows;
const idInconnu = '00000000-0000-4000-8000-000000000000';
const versionDe = async (point: string | undefined, table = 'seance_points'): Promise<string> =>
  (await sql<{ v: string }>`select version::text as v from ${sql.table(table)} where id = ${point}::uuid`.execute(app.base.owner)).rows[0]?.v ?? '';
const versionDeSeance = (id: string) => versionDe(id, 'seances');
const idDe = (location: unknown) => /\/seances\/([0-9a-f-]{36})/.exec(String(location))?.[1] ?? '';
const lienDe = (texte: string) => /\/invitations\/[0-9a-f-]{36}\/[\w-]+/.exec(texte)?.[0] ?? '';
const DEMAIN = '2027-01-14';

/** An action of this body, entrusted to the city and long due. */
const actionEnRetard = (instanceId: string, libelle: string) =>
  creerDecision(
    app.base.owner,
    app.contratId,
    {
      instanceId,
      seanceId: null,
      pointId: null,
      nature: 'action',
      libelle,
      responsableId: 'VILLE',
      responsableNom: '',
      responsableCourriel: '',
      echeance: '2026-01-10',
      fiche: null,
      ligne: null,
      territoireId: 'mairie-18',
    },
    { auteur: 'Essai', quand: new Date() },
  );

describe('Préparer une séance', () => {
  test('GOUV-01, ordre-du-jour : l’ordre du jour se propose : décision en retard, demande d’un membre, engagement sans preuve', async () => {
    const id = await instance('Conseil à proposer', { fiches: ['3.3'] });
    await actionEnRetard(id, 'Éclairer le passage');
    await app.post(`/instances/${id}/demandes`, { titre: 'Rixes devant le collège' }, AU_18E);
    const page = (await app.get(`/instances/${id}/seances/nouvelle`, AU_18E)).body;
    for (const attendu of ['Éclairer le passage', 'Rixes devant le collège', 'Avancement des engagements : ']) expect(page).toContain(attendu);
    expect(page).not.toMatch(/name="points" checked=""/);
    const cles = [...page.matchAll(/name="points" type="checkbox" value="([^"]+)"|name="points" value="([^"]+)"/g)].map((m) => m[1] ?? m[2] ?? '');
    expect(cles.length).toBeGreaterThanOrEqual(3);
    expect(cles.length).toBeLessThanOrEqual(5);
    expect(new Set(cles.map((cle) => cle.split(':')[0]))).toContain('demande');
    const r = await app.post(
      `/instances/${id}/seances/nouvelle`,
      {
        titre: 'Séance d’hiver',
        choix: 'fixe',
        jour: DEMAIN,
        heure: '14:30',
        duree_minutes: '120',
        points: cles,
        libres: 'Point libre un\nÉclairage ; square Léon ; 25 min ; Mme Durand',
      },
      AU_18E,
    );
    expect(r.statusCode).toBe(303);
    const liste = await points(idDe(r.headers.location));
    expect(liste).toHaveLength(cles.length + 2);
    expect((await app.get(String(r.headers.location), AU_18E)).body).toContain('Fiche du point');
    const [sien] = (
      await sql`select titre, minutes, rapporteur from seance_points where contrat_id = ${app.contratId} and rapporteur = 'Mme Durand'`.execute(app.base.owner)
    ).rows;
    expect(sien).toEqual({ titre: 'Éclairage ; square Léon', minutes: 25, rapporteur: 'Mme Durand' });
    const { rows } = await sql<{ etat: string }>`select etat from instance_demandes where contrat_id = ${app.contratId} and instance_id = ${id}::uuid`.execute(
      app.base.owner,
    );
    expect(rows.map((x) => x.etat)).toEqual(['inscrite']);
  });

  test('une date passée, une heure que le passage à l’heure d’été saute, une seule date proposée : refusées sans rien perdre', async () => {
    const id = await instance('Conseil aux dates');
    const essai = (champs: Record<string, string>) =>
      app.post(`/instances/${id}/seances/nouvelle`, { titre: 'Titre gardé', choix: 'fixe', duree_minutes: '60', ...champs }, AU_18E);
    for (const [champs, message] of [
      [{ jour: '2020-01-01', heure: '10:00' }, 'Cette date est passée'],
      [{ jour: '2027-03-28', heure: '02:30' }, 'on passe à l’heure d’été'],
      [{ jour: '', heure: '' }, 'Indiquez la date'],
      [{ choix: 'sondage', jour_1: DEMAIN, heure_1: '10:00' }, 'au moins deux dates'],
    ] as const) {
      const r = await essai(champs);
      expect(r.statusCode).toBe(422);
      expect(r.body).toContain(message);
      expect(r.body).toContain('Titre gardé');
    }
  });

  test('les points s’ordonnent, se modifient et se retirent', async () => {
    const id = await instance('Conseil ordonné');
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['A', 'B', 'C'] });
    const [a, b, c] = (await points(seance)).map((p) => p.id);
    await app.post(`/seances/${seance}/ordre`, { deplacer: `${c}:haut` }, AU_18E);
    expect((await points(seance)).map((p) => p.titre)).toEqual(['A', 'C', 'B']);
    await app.post(`/seances/${seance}/ordre`, { deplacer: `${b}:` }, AU_18E);
    expect((await points(seance)).map((p) => p.titre)).toEqual(['B', 'A', 'C']);
    expect((await app.post(`/seances/${seance}/ordre`, { deplacer: `${a}:${idInconnu}` }, AU_18E)).statusCode).toBe(409);
    expect((await app.post(`/seances/${seance}/ordre`, {}, AU_18E)).statusCode).toBe(422);
    const faute = await app.post(`/seances/${seance}/points/${a}/modifier`, { titre: 'Titre neuf', minutes: 'beaucoup', version: await versionDe(a) }, AU_18E);
    expect(faute.statusCode).toBe(422);
    expect(faute.body).toContain('Titre neuf');
    expect(
      (await app.post(`/seances/${seance}/points/${a}/modifier`, { titre: 'Titre neuf', minutes: '20', version: await versionDe(a) }, AU_18E)).statusCode,
    ).toBe(303);
    expect((await app.post(`/seances/${seance}/points/${c}/retirer`, { version: await versionDe(c) }, AU_18E)).statusCode).toBe(303);
    expect((await points(seance)).map((p) => p.titre)).toEqual(['B', 'Titre neuf']);
    expect((await app.post(`/seances/${seance}/points/${c}/retirer`, {}, AU_18E)).statusCode).toBe(404);
    expect((await app.post(`/seances/${seance}/points`, { titre: 'Intrus' }, { comme: 'agent' })).statusCode).toBe(403);
  });
});

describe('Préparer à deux', () => {
  test('deux personnes qui ordonnent au même instant gardent chacune leur déplacement', async () => {
    const seance = await creerSeance(app.base.owner, app.contratId, await instance('Conseil à quatre mains'), { jour: DEMAIN, points: ['A', 'B', 'C', 'D'] });
    const [a, , , d] = (await points(seance)).map((p) => p.id);
    const deplacer = (geste: string) => app.post(`/seances/${seance}/ordre`, { deplacer: geste }, AU_18E);
    const faits = await Promise.all([deplacer(`${a}:bas`), deplacer(`${d}:haut`)]);
    expect(faits.map((r) => r.statusCode)).toEqual([303, 303]);
    expect((await points(seance)).map((p) => p.titre)).toEqual(['B', 'A', 'D', 'C']);
  });

  test('un point qu’un autre vient de compléter ne s’enlève pas sans être relu', async () => {
    const seance = await creerSeance(app.base.owner, app.contratId, await instance('Conseil relu'), { jour: DEMAIN, points: ['Abords'] });
    const a = (await points(seance))[0]?.id ?? '';
    const [modifier, retirer] = ['modifier', 'retirer'].map((acte) => `/seances/${seance}/points/${a}/${acte}`) as [string, string];
    const page = (await app.get(`/seances/${seance}/preparer`, AU_18E)).body;
    await app.post(modifier, { ...lireFormulaire(page, modifier), expose: 'Écrit entre-temps' }, AU_18E);
    const refus = await app.post(retirer, lireFormulaire(page, retirer), AU_18E);
    expect([refus.statusCode, refus.body.includes('Écrit entre-temps')]).toEqual([409, true]);
    expect(await points(seance)).toHaveLength(1);
    expect((await app.post(retirer, lireFormulaire(refus.body, retirer), AU_18E)).statusCode).toBe(303);
    expect(await points(seance)).toHaveLength(0);
  });

  test('le titulaire et son suppléant répondent par le même lien : le second voit les deux réponses', async () => {
    const id = await instance('Conseil à deux réponses');
    await membre(id, { courriel: 'siege@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const lien = lienDe((await courriels(seance))[0]?.texte ?? '');
    const formulaire = lireFormulaire((await app.get(lien)).body, lien);
    expect((await app.post(lien, { ...formulaire, reponse: 'accepte', mot: 'Je viens' })).statusCode).toBe(303);
    const second = await app.post(lien, { ...formulaire, reponse: 'refuse', mot: 'Empêché' });
    expect(second.statusCode).toBe(409);
    for (const dit of ['Je viens', 'Empêché']) expect([dit, second.body.includes(dit)]).toEqual([dit, true]);
    const choix = { ...lireFormulaire(second.body, lien), 'choix.reponse': 'actuelle', 'choix.mot': 'actuelle' };
    expect((await app.post(lien, choix)).statusCode).toBe(303);
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain('vient (Je viens)');
  });
});

describe('Convoquer', () => {
  test('GOUV-14, convocation : les fiches des points sont arrêtées, chacun reçoit son invitation, et répond sans compte', async () => {
    const id = await instance('Conseil convoqué');
    await membre(id, { qualite: 'president', fonction: 'Maire', courriel: 'maire@exemple.fr', nom: 'Ada' });
    await membre(id, { fonction: 'Sans adresse' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Un seul point'] });
    expect((await app.get(`/seances/${seance}/convoquer`, AU_18E)).body).toContain('Sans adresse');
    expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(303);
    expect(await etat(seance)).toMatchObject({ etat: 'convoquee', sequence: 0 });
    expect((await points(seance)).every((p) => p.fige)).toBe(true);
    const envoyes = await courriels(seance);
    expect(envoyes.map((c) => [c.destinataire, c.methode])).toEqual([['maire@exemple.fr', 'REQUEST']]);
    expect(envoyes[0]?.texte).toContain('Un seul point');
    const lien = lienDe(envoyes[0]?.texte ?? '');
    expect((await app.get(lien)).body).toContain('Viendrez-vous');
    expect((await app.get(alterer(lien))).statusCode).toBe(404);
    expect((await app.post(lien, { reponse: '' })).statusCode).toBe(422);
    expect((await app.post(lien, { reponse: 'accepte', mot: 'Avec plaisir' })).statusCode).toBe(303);
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain('vient (Avec plaisir)');
  });

  test('déplacée à travers le changement d’heure : même invitation, SEQUENCE suivante, réponses à redonner', async () => {
    const id = await instance('Conseil déplacé');
    await membre(id, { courriel: 'membre@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: '2027-03-26', heure: '18:00', points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const lien = lienDe((await courriels(seance))[0]?.texte ?? '');
    await app.post(lien, { reponse: 'accepte' });
    const cadre = { titre: 'Séance', lieu: 'Salle d’essai', duree_minutes: '120', jour: '2027-03-29', heure: '18:00', version: await versionDeSeance(seance) };
    expect((await app.post(`/seances/${seance}/cadre`, cadre, AU_18E)).statusCode).toBe(303);
    expect(await etat(seance)).toMatchObject({ etat: 'convoquee', sequence: 1, jour: '2027-03-29' });
    const envoyes = await courriels(seance);
    expect(envoyes.at(-1)?.sujet).toContain('Séance déplacée');
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain('sans réponse');
    // The former link sends on to the latest message; the latest one opens.
    expect((await app.get(lien)).body).toContain('Une convocation plus récente');
    expect((await app.get(lienDe(envoyes.at(-1)?.texte ?? ''))).statusCode).toBe(200);
  });

  test('un membre retiré entre la convocation et la séance n’est plus attendu, son lien ne vaut plus rien', async () => {
    const id = await instance('Conseil au partant');
    const siege = await membre(id, { fonction: 'Partant', courriel: 'partant@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const lien = lienDe((await courriels(seance))[0]?.texte ?? '');
    await app.post(
      `/instances/${id}/membres/${siege}`,
      { qualite: 'membre', fonction: 'Partant', organisation: 'PP', courriel: 'partant@exemple.fr', debut: '2023-01-01', fin: '2026-11-30', version: '1' },
      AU_18E,
    );
    expect((await app.get(lien)).statusCode).toBe(410);
    expect((await app.get(`/seances/${seance}`, AU_18E)).body).toContain('ne siège plus depuis');
  });

  test('qui décline passe la main à son suppléant', async () => {
    const id = await instance('Conseil suppléé');
    const siege = await membre(id, { courriel: 'titulaire@exemple.fr' });
    await sql`update instance_membres set suppleant_nom = 'Bo', suppleant_courriel = 'suppleant@exemple.fr' where id = ${siege}::uuid`.execute(app.base.owner);
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    await app.post(lienDe((await courriels(seance))[0]?.texte ?? ''), { reponse: 'refuse' });
    expect((await courriels(seance)).map((c) => c.destinataire)).toEqual(['titulaire@exemple.fr', 'suppleant@exemple.fr']);
    // Where each left is kept, whatever the seat says since, and no address given since is one of them.
    await sql`update instance_membres set courriel = 'autre@exemple.fr' where id = ${siege}::uuid`.execute(app.base.owner);
    await asseoir(app.base.owner, app.contratId, { id: seance, instanceId: id, jour: DEMAIN }, new Date());
    const { rows } = await sql<{ ligne: string; parties: string[] }>`
      select p.courriel as ligne, array_agg(k.adresse || case when k.suppleant then ' (suppléance)' else '' end || case when k.partie then '' else ', connue' end
        order by k.suppleant, k.quand, k.partie) as parties
      from seance_participants p join seance_convocations k on k.participant_id = p.id where p.seance_id = ${seance}::uuid group by 1`.execute(app.base.owner);
    // The seat had the substitute's that day: nothing left there yet.
    const parties = ['titulaire@exemple.fr', 'suppleant@exemple.fr (suppléance), connue', 'suppleant@exemple.fr (suppléance)'];
    expect(rows).toEqual([{ ligne: 'autre@exemple.fr', parties }]);
  });

  test('annulée : un motif, une annulation dans chaque agenda, plus rien à préparer', async () => {
    const id = await instance('Conseil annulé');
    await membre(id, { courriel: 'annule@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    expect((await app.post(`/seances/${seance}/annuler`, { motif: '' }, AU_18E)).statusCode).toBe(422);
    expect((await app.post(`/seances/${seance}/annuler`, { motif: 'Grève des transports' }, AU_18E)).statusCode).toBe(303);
    expect((await courriels(seance)).at(-1)).toMatchObject({ methode: 'CANCEL' });
    expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).statusCode).toBe(409);
    expect((await app.post(`/seances/${seance}/annuler`, { motif: 'Encore' }, AU_18E)).statusCode).toBe(409);
  });

  test('le message d’une instance restreinte ne dit ni son nom ni son ordre du jour', async () => {
    const id = await instance('Cellule secrète', { confidentialite: 'restreinte' });
    await membre(id, { courriel: 'discret@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Sujet délicat'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const tout = JSON.stringify(await courriels(seance));
    expect(tout).toContain('discret@exemple.fr');
    expect(tout).not.toContain('Cellule secrète');
    expect(tout).not.toContain('Sujet délicat');
  });

  test('une adresse que le serveur de courrier refuse se voit sur la séance, avec ce qu’il faut faire', async () => {
    const id = await instance('Conseil injoignable');
    await membre(id, { courriel: 'inconnu@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    await sql`update courriels set etat = 'echec', erreur = '550 inconnu' where objet = ${`/seances/${seance}`}`.execute(app.base.owner);
    const page = (await app.get(`/seances/${seance}`, AU_18E)).body;
    expect(page).toContain('inconnu@exemple.fr');
    expect(page).toContain('Corrigez l’adresse');
    expect((await app.get(`/seances/${seance}`, { comme: 'agent' })).body).not.toContain('inconnu@exemple.fr');
  });

  test('un point dont la décision a été retirée le dit, et reste tant qu’on ne l’enlève pas', async () => {
    const id = await instance('Conseil au point retiré');
    const d = await actionEnRetard(id, 'Action qui sera retirée');
    const r = await app.post(
      `/instances/${id}/seances/nouvelle`,
      { titre: 'Séance', choix: 'fixe', jour: DEMAIN, heure: '10:00', duree_minutes: '60', points: [`decision:${d?.id}`] },
      AU_18E,
    );
    const seance = idDe(r.headers.location);
    await sql`delete from decisions where contrat_id = ${app.contratId} and id = ${d?.id}::uuid`.execute(app.base.owner);
    expect((await app.get(`/seances/${seance}/preparer`, AU_18E)).body).toContain('Retiré depuis');
    await app.post(`/seances/${seance}/convoquer`, { sans_lieu: 'oui' }, AU_18E);
    expect(await points(seance)).toMatchObject([{ titre: expect.stringContaining('Action qui sera retirée'), fige: true, retire: true }]);
  });
});

describe('Choisir une date', () => {
  test('les membres disent leurs disponibilités par leur lien, le secrétariat retient une date', async () => {
    const id = await instance('Conseil au sondage');
    await membre(id, { courriel: 'votant@exemple.fr' });
    const r = await app.post(
      `/instances/${id}/seances/nouvelle`,
      {
        titre: 'Séance à dater',
        choix: 'sondage',
        duree_minutes: '60',
        jour_1: DEMAIN,
        heure_1: '10:00',
        jour_2: '2027-01-15',
        heure_2: '14:00',
        libres: 'Un point',
      },
      AU_18E,
    );
    const seance = idDe(r.headers.location);
    const [envoye] = await courriels(seance);
    const lien = lienDe(envoye?.texte ?? '');
    const { rows } = await sql<{
      id: string;
    }>`select id from seance_dates where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid order by jour`.execute(app.base.owner);
    const [d1, d2] = rows.map((x) => x.id);
    expect((await app.post(`${lien}/dates`, { [`date-${d1}`]: 'oui' })).statusCode).toBe(422);
    expect((await app.post(`${lien}/dates`, { [`date-${d1}`]: 'non', [`date-${d2}`]: 'oui' })).statusCode).toBe(303);
    expect((await app.post(`/seances/${seance}/convoquer`, {}, AU_18E)).body).toContain('Choisissez d’abord une date');
    expect((await app.get(`/seances/${seance}/annuler`, AU_18E)).body).toContain('à qui des dates ont été proposées sont prévenus');
    expect((await app.post(`/seances/${seance}/date`, { date: d2 ?? '', version: await versionDeSeance(seance) }, AU_18E)).statusCode).toBe(303);
    expect(await etat(seance)).toMatchObject({ jour: '2027-01-15' });
  });

  test('un choix de date que l’on abandonne se dit à ceux qui ont été sondés, sans invitation à retirer', async () => {
    const id = await instance('Conseil au sondage abandonné');
    await membre(id, { courriel: 'sonde@exemple.fr' });
    const dates = { jour_1: DEMAIN, heure_1: '10:00', jour_2: '2027-01-15', heure_2: '14:00' };
    const saisie = { titre: 'Séance à dater', choix: 'sondage', duree_minutes: '60', libres: 'Un point', ...dates };
    const seance = idDe((await app.post(`/instances/${id}/seances/nouvelle`, saisie, AU_18E)).headers.location);
    await app.post(`/seances/${seance}/annuler`, { motif: 'Salle indisponible' }, AU_18E);
    const envoyes = await courriels(seance);
    expect(envoyes).toHaveLength(2);
    const annulation = envoyes.find((x) => x.sujet.startsWith('Séance annulée'));
    expect(annulation?.texte).toContain('Salle indisponible');
    expect(annulation?.ical).toBe('');
  });
});

describe('Documents', () => {
  const envoyer = async (seance: string, nom: string, contenu: Buffer) => {
    const borne = 'borne';
    const corps = Buffer.concat([
      Buffer.from(`--${borne}\r\ncontent-disposition: form-data; name="fichier"; filename="${nom}"\r\ncontent-type: application/pdf\r\n\r\n`),
      contenu,
      Buffer.from(`\r\n--${borne}--\r\n`),
    ]);
    return app.serveur.inject({
      method: 'POST',
      url: `/seances/${seance}/documents`,
      headers: { 'content-type': `multipart/form-data; boundary=${borne}`, cookie: await app.temoin(AU_18E) },
      payload: corps,
    });
  };
  test('GOUV-49, pieces : un document de 300 pages se joint et se relit à l’identique ; un exécutable est refusé ; un trop lourd aussi', async () => {
    const id = await instance('Conseil documenté');
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: DEMAIN, points: ['Point'] });
    const lourd = Buffer.alloc(18 * 1_048_576, '%PDF page ');
    expect((await envoyer(seance, 'rapport de 300 pages.pdf', lourd)).statusCode).toBe(303);
    const { rows } = await sql<{ id: string }>`select id from seance_documents where contrat_id = ${app.contratId} and seance_id = ${seance}::uuid`.execute(
      app.base.owner,
    );
    const lu = await app.get(`/seances/${seance}/documents/${rows[0]?.id}`, AU_18E);
    expect(lu.rawPayload.equals(lourd)).toBe(true);
    expect((await envoyer(seance, 'programme.exe', Buffer.from('MZ'))).statusCode).toBe(422);
    expect((await envoyer(seance, 'enorme.pdf', Buffer.alloc(26 * 1_048_576))).statusCode).toBe(413);
    expect((await app.get(`/seances/${seance}/documents/${rows[0]?.id}`, { ...AU_18E, territoire: 'mairie-12', comme: 'dpo' })).statusCode).toBe(200);
  });
});

describe('Rappels', () => {
  test('qui n’a pas répondu trois jours avant est rappelé une fois, même si deux processus s’en chargent', async () => {
    const id = await instance('Conseil silencieux');
    await membre(id, { courriel: 'silencieux@exemple.fr' });
    await membre(id, { courriel: 'bavard@exemple.fr' });
    const seance = await creerSeance(app.base.owner, app.contratId, id, { jour: '2027-02-10', points: ['Point'] });
    await app.post(`/seances/${seance}/convoquer`, {}, AU_18E);
    const bavard = (await courriels(seance)).find((c) => c.destinataire === 'bavard@exemple.fr');
    await app.post(lienDe(bavard?.texte ?? ''), { reponse: 'accepte' });
    const services = { contratId: app.contratId, coffre: app.coffre, adresse: 'https://concorde.example', comptes: listComptes };
    const rappeler = aLHeureDeParis((jour: string) => envoyerRappels(app.db, { ...services, maintenant: new Date(`${jour}T09:00:00Z`) }));
    const rappeles = async () => (await courriels(seance)).filter((c) => c.sujet.startsWith('Rappel'));
    await rappeler('2027-02-01');
    expect((await rappeles()).map((c) => c.destinataire)).not.toContain('silencieux@exemple.fr');
    await Promise.all([rappeler('2027-02-08'), rappeler('2027-02-08')]);
    await rappeler('2027-02-09');
    const rappels = (await rappeles()).filter((c) => c.destinataire.endsWith('@exemple.fr') && /silencieux|bavard/.test(c.destinataire));
    expect(rappels.map((c) => c.destinataire)).toEqual(['silencieux@exemple.fr']);
    expect(rappels[0]?.texte).toContain('https://concorde.example/invitations/');
  });
});
