import { randomBytes } from 'node:crypto';
import { direFinies } from '../../../core/fins-de-session.ts';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  chiffrer,
  CleRefusee,
  cleDeSituation,
  creerCle,
  creerPaire,
  dechiffrer,
  desceller,
  empreinteDe,
  enfermer,
  enfermerSous,
  ouvrirPrivee,
  ouvrirSous,
  partager,
  reunir,
  sceller,
  type SecretDeCle,
} from './cles.ts';
import { createMemoire } from './memoire.ts';
import { openTrousseau } from './trousseau.ts';

const dossiers: string[] = [];
afterAll(() => Promise.all(dossiers.map((d) => rm(d, { recursive: true, force: true }))));
async function trousseau() {
  const dossier = await mkdtemp(join(tmpdir(), 'trousseau-'));
  dossiers.push(dossier);
  return { dossier, t: openTrousseau(dossier) };
}
const PHRASE = 'sept mots que personne ne devine jamais ici';
const S1 = '00000000-0000-4000-8000-000000000001';
const S2 = '00000000-0000-4000-8000-000000000002';

test('la phrase d’un membre ouvre sa clé, celle-ci ouvre la cellule ; une autre phrase et un autre membre n’ouvrent rien', async () => {
  const membre = await creerPaire();
  const exclu = await creerPaire();
  const cle = await creerCle();
  const enfermee = await enfermer(membre.privee, PHRASE);
  // Typed with other spaces, or composed otherwise, it is the same phrase.
  const { privee } = await ouvrirPrivee(enfermee, `  ${PHRASE.replace(' ', '  ')} `);
  expect(await desceller(await sceller(cle, membre.publique), { publique: membre.publique, privee })).toEqual(cle);
  await expect(ouvrirPrivee(enfermee, 'sept mots que tout le monde devine ici')).rejects.toThrow(CleRefusee);
  await expect(desceller(await sceller(cle, membre.publique), exclu)).rejects.toThrow(CleRefusee);
  enfermee[enfermee.length - 1] = (enfermee.at(-1) ?? 0) ^ 1;
  await expect(ouvrirPrivee(enfermee, PHRASE)).rejects.toThrow(CleRefusee);
});

test('un groupe de champs ne s’ouvre qu’à sa place, avec la clé de la cellule et le fragment de sa situation', async () => {
  const cle = await creerCle();
  const { t } = await trousseau();
  const fragment = await t.creer(S1);
  const situation = await cleDeSituation(cle, fragment);
  const place = ['cellule', S1, 'identite', 'RECTORAT', '1'];
  const ferme = await chiffrer(situation, 'Camille Dupont', place);
  expect(ferme.includes('Camille')).toBe(false);
  expect(await dechiffrer(situation, ferme, place)).toBe('Camille Dupont');
  for (const [i] of place.entries()) await expect(dechiffrer(situation, ferme, place.with(i, 'autre'))).rejects.toThrow(CleRefusee);
  const voisine = await cleDeSituation(cle, await t.creer(S2));
  const autreCellule = await cleDeSituation(await creerCle(), fragment);
  for (const k of [voisine, autreCellule]) await expect(dechiffrer(k, ferme, place)).rejects.toThrow(CleRefusee);
  // The length tells nothing of the name.
  expect((await chiffrer(situation, 'Li', place)).length).toBe(ferme.length);
});

test('détruit, un fragment ne se retrouve pas ; la mort du processus au milieu ne le rend pas', async () => {
  const { dossier, t } = await trousseau();
  await t.creer(S1);
  await expect(t.creer(S1)).rejects.toThrow('EEXIST');
  expect((await stat(join(dossier, S1))).mode & 0o777).toBe(0o600);
  expect([await t.detruire(S1), await t.lire(S1), await t.detruire(S1), await readdir(dossier)]).toEqual([true, null, false, []]);
  // Renamed, then cut: what is left ends with the next attempt, and was readable by nobody meanwhile.
  await writeFile(join(dossier, `${S2}.detruit`), Buffer.alloc(32, 7));
  expect([await t.lire(S2), await t.lister(), await t.detruire(S2), await readdir(dossier)]).toEqual([null, [], true, []]);
  await expect(t.lire('../cle-comptes')).rejects.toThrow('inattendu');
  await writeFile(join(dossier, S1), 'court');
  await expect(t.lire(S1)).rejects.toThrow('abîmé');
});

test('deux dépositaires sur trois retrouvent la clé, un seul n’apprend rien', async () => {
  const cle = await creerCle();
  const [a, b, c] = (await partager(cle)) as [Uint8Array, Uint8Array, Uint8Array];
  for (const deux of [
    [a, b],
    [b, c],
    [c, a],
  ])
    expect(await reunir(deux)).toEqual(Uint8Array.from(cle));
  await expect(reunir([a])).rejects.toThrow();
});

test('une situation se retrouve par l’empreinte de qui l’on connaît, jamais sans la clé', async () => {
  const cle = await creerCle();
  const e = await empreinteDe(cle, { nom: 'Dupont-Léger', prenom: 'Camille', naissance: 2010 });
  expect(await empreinteDe(cle, { nom: 'DUPONT LEGER', prenom: 'camille', naissance: 2010 })).toEqual(e);
  expect(await empreinteDe(cle, { nom: 'Dupont-Léger', prenom: 'Camille', naissance: 2011 })).not.toEqual(e);
  expect(await empreinteDe(await creerCle(), { nom: 'Dupont-Léger', prenom: 'Camille', naissance: 2010 })).not.toEqual(e);
});

test('ce qu’un membre sait de la clé s’enferme avec la sienne, sous sa phrase ou sous sa clé d’accès', async () => {
  const [membre, secret] = [await creerPaire(), Uint8Array.from(randomBytes(32)) as SecretDeCle];
  const connue = { epoque: 7, controle: randomBytes(32) };
  for (const lue of [
    await ouvrirPrivee(await enfermer(membre.privee, PHRASE, connue), PHRASE),
    await ouvrirSous(await enfermerSous(membre.privee, secret, connue), secret),
  ])
    expect([Buffer.from(lue.privee).equals(membre.privee), lue.connue?.epoque, Buffer.from(lue.connue?.controle ?? []).equals(connue.controle)]).toEqual([
      true,
      7,
      true,
    ]);
  const sous = await enfermerSous(membre.privee, secret, null);
  expect((await ouvrirSous(sous, secret)).connue).toBeNull();
  await expect(ouvrirSous(sous, Uint8Array.from(randomBytes(32)) as SecretDeCle)).rejects.toThrow(CleRefusee);
  // One is not taken for the other.
  await expect(ouvrirPrivee(sous, PHRASE)).rejects.toThrow(CleRefusee);
  await expect(ouvrirSous(await enfermer(membre.privee, PHRASE), secret)).rejects.toThrow(CleRefusee);
});

test('une session qui finit ferme aussitôt ce qu’elle avait ouvert, et rien d’autre', async () => {
  const memoire = createMemoire();
  const quand = new Date();
  for (const session of ['une', 'deux']) memoire.garder(session, 'cellule', { cle: await creerCle(), epoque: 1, membreId: 'm' }, quand);
  const lire = (session: string) => memoire.lire(session, 'cellule', { epoque: 1, membreId: 'm' }, quand);
  direFinies([{ id: 'une' }]);
  expect([lire('une'), lire('deux') === null, memoire.nombre()]).toEqual([null, false, 1]);
  memoire.fermer('deux', 'cellule');
  expect(memoire.nombre()).toBe(0);
});
