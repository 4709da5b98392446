/** A contract is a folder: what it says of its lists, clock and demonstration is checked at load, and followed when it changes. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chargerPlateforme } from '../src/preparation.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { VALBOURG } from './support/template.ts';

const COORDINATION = { comme: 'coordination' } as const;
let app: AppDeTest;
const dossiers: string[] = [];
beforeAll(async () => {
  app = await ouvrirApp({ contrat: 'valbourg' });
});
afterAll(async () => {
  await app.close();
  for (const d of dossiers) await rm(d, { recursive: true, force: true });
});

type Changements = Readonly<Record<string, readonly (readonly [de: string, vers: string])[] | string | null>>;
/** The fictive town with files changed, written or removed. */
async function ville(changements: Changements): Promise<string> {
  const racine = await mkdtemp(join(tmpdir(), 'concorde-ville-'));
  dossiers.push(racine);
  const dossier = join(racine, basename(VALBOURG));
  await cp(VALBOURG, dossier, { recursive: true });
  for (const [nom, quoi] of Object.entries(changements)) {
    const chemin = join(dossier, nom);
    if (quoi === null) await rm(chemin);
    else if (typeof quoi === 'string') await writeFile(chemin, quoi);
    else {
      let texte = await readFile(chemin, 'utf8');
      for (const [de, vers] of quoi) {
        expect([nom, de, texte.includes(de)]).toEqual([nom, de, true]);
        texte = texte.replace(de, vers);
      }
      await writeFile(chemin, texte);
    }
  }
  return dossier;
}
const charger = async (changements: Changements) => chargerPlateforme(app.base.owner, await ville(changements));
const ECOLE = '{ code: ecole, libelle: Autour de l’école },';
const FORMATIONS = 'demonstration/registres/formations.yaml';
const lire = async (url: string) => (await app.get(url, COORDINATION)).body;

describe('Ce qu’un dossier de contrat dit mal est refusé avec le fichier, l’endroit et quoi faire', () => {
  test.each<[string, Changements, RegExp]>([
    ['une liste qui manque', { 'listes.yaml': [['id: employeurs', 'id: patrons']] }, /la liste « employeurs » manque, le registre « formations » en a besoin/],
    [
      'une liste que rien ne lit',
      { 'listes.yaml': [['id: employeurs', 'id: patrons']] },
      /listes\.yaml, patrons : aucun registre ne lit cette liste \(connues : /,
    ],
    [
      'une règle de qualité sur une mesure que le contrat n’a pas',
      { 'qualite.yaml': '- { id: fausse, type: part, partie: 9.9-01, tout: 9.9-02, raison: Une raison assez longue pour être lue. }\n' },
      /qualite\.yaml, fausse : mesure « 9\.9-01 » inconnue/,
    ],
    [
      'une règle de qualité qui prend le nom d’une règle de nature',
      { 'qualite.yaml': '- { id: zero-inconnu, type: entier, mesures: [x], raison: Une raison assez longue pour être lue. }\n' },
      /qualite\.yaml, zero-inconnu : ce nom de règle est déjà pris/,
    ],
    ['une règle de qualité sans raison', { 'qualite.yaml': '- { id: a, type: entier, mesures: [x] }\n' }, /qualite\.yaml, \[0\]\.raison/],
    ['aucune liste', { 'listes.yaml': null }, /la liste « themes » manque/],
    ['un code écrit deux fois', { 'listes.yaml': [['code: rixes', 'code: ecole']] }, /listes\.yaml, themes : le code « ecole » sert deux fois/],
    ['une liste écrite deux fois', { 'listes.yaml': [['id: plans', 'id: echelons']] }, /listes\.yaml, echelons : cette liste est écrite deux fois/],
    ['un code mal écrit', { 'listes.yaml': [['code: rixes', 'code: Rixes']] }, /listes\[0\]\.valeurs\[3\]\.code : un code en minuscules/],
    [
      'une liste vide',
      { 'listes.yaml': [['[{ code: quartier, libelle: Un quartier }, { code: valbourg, libelle: Tout Valbourg }]', '[]']] },
      /au moins une valeur/,
    ],
    [
      'une liste tirée d’une autre qui n’existe pas',
      { 'listes.yaml': [['parmi: institutions', 'parmi: administrations']] },
      /parmi : liste « administrations » inconnue/,
    ],
    [
      'un code tiré d’une liste qui ne l’a pas',
      { 'listes.yaml': [['codes: [ecoliers, forains]', 'codes: [ecoliers, marins]']] },
      /« publics » n’a pas de valeur « marins »/,
    ],
    ['ni valeurs ni liste d’origine', { 'listes.yaml': [['parmi: institutions, ', '']] }, /soit « valeurs », soit « parmi »/],
    [
      'un champ d’un registre qui n’en a pas',
      { 'listes.yaml': [['champ: dont_dpmp', 'champ: dont_pompiers']] },
      /« formations » n’a pas de champ « dont_pompiers »/,
    ],
    ['un champ obligatoire absent', { 'listes.yaml': [['champ: dont_police_nationale', 'champ: employeur']] }, /« formations\.employeur » est obligatoire/],
    [
      'une formule sur un code que la liste n’a pas',
      { 'fiches/1.1.yaml': [['calcul: { compte: formations }', 'calcul: { compte: formations, ou: { employeur: dpmp } }']] },
      /mesure 1\.1-01a, calcul : .*« dpmp »/,
    ],
    ['un fuseau oublié', { 'contrat.yaml': [['fuseau: Indian/Reunion\n', '']] }, /contrat\.yaml, fuseau : un fuseau horaire est attendu/],
    ['un fuseau inventé', { 'contrat.yaml': [['Indian/Reunion', 'Indian/Valbourg']] }, /fuseau : ce fuseau horaire n’existe pas/],
    ['un décalage pour un fuseau', { 'contrat.yaml': [['Indian/Reunion', '"+04:00"']] }, /fuseau : ce fuseau horaire n’existe pas/],
    ['un fichier mal nommé', { 'liste.yaml': '[]' }, /liste\.yaml : ce fichier n’est lu par rien ici \(connus : contrat\.yaml/],
    ['un profil pour un registre qui n’existe pas', { 'demonstration/registres/baignades.yaml': '[]' }, /baignades\.yaml : aucun registre ne s’appelle ainsi/],
    [
      'un profil hors de la liste',
      { [FORMATIONS]: [['employeur: [commune', 'employeur: [dpmp']] },
      /formations\.yaml, \[0\]\.valeurs\.employeur : la liste n’a pas de valeur « dpmp »/,
    ],
    ['un profil sans champ obligatoire', { [FORMATIONS]: [['    type: [initiale, continue]\n', '']] }, /\[0\]\.valeurs\.type : ce champ est obligatoire/],
    ['un profil d’un acteur inconnu', { [FORMATIONS]: [['[MAIRIE, ASSOV]', '[RATP]']] }, /organisations : acteur « RATP » inconnu/],
    [
      'un profil à un niveau inconnu',
      { [FORMATIONS]: [['niveau: quartier', 'niveau: arrondissement']] },
      /aucun territoire de type « arrondissement » \(connus : contrat, quartier\)/,
    ],
    ['un profil mal écrit', { [FORMATIONS]: [['parAn: 14', 'parAn: beaucoup']] }, /formations\.yaml, \[0\]\.parAn/],
    ['un canal inconnu', { 'demonstration/signalements.yaml': [['borne-du-lac', 'totem']] }, /canaux : inconnus de listes\.yaml : totem/],
    [
      'une personne d’ailleurs',
      { 'demonstration/cadre.yaml': [['organisation: PMV', 'organisation: DPMP']] },
      /cadre\.yaml, bob\.ponton@.* : acteur « DPMP » inconnu/,
    ],
    ['des profils sans cadre', { 'demonstration/cadre.yaml': null }, /demonstration\/cadre\.yaml : le fichier manque/],
  ])('%s', async (_, changements, message) => {
    await expect(charger(changements)).rejects.toThrow(message);
  });

  test('rien de ce qui est refusé n’est entré', async () => {
    expect(await lire('/registres/formations/nouveau')).toContain('Autour de l’école');
    expect(app.catalogue.contrat.fuseau).toBe('Indian/Reunion');
  });
});

describe('Une valeur qui quitte la liste', () => {
  let fiche: string;
  const champs = {
    jour: '2026-03-14',
    titre: 'Une session à l’école',
    territoire_id: 'v-lac',
    organisation_id: 'MAIRIE',
    'donnees.type': 'initiale',
    'donnees.theme': 'ecole',
    'donnees.employeur': 'commune',
    'donnees.public': 'gardes',
    'donnees.participants': '7',
  };
  beforeAll(async () => {
    await charger({});
    fiche = String((await app.post('/registres/formations/nouveau', champs, COORDINATION)).headers.location);
  });

  test.each([
    ['ôtée du fichier', [[ECOLE, '']] as const, 'Autour de l’école'],
    ['gardée comme retirée', [[ECOLE, '{ code: ecole, libelle: Autour des écoles, retiree: true },']] as const, 'Autour des écoles'],
  ])('%s n’est plus proposée, et l’historique la lit toujours', async (_, changement, libelle) => {
    await charger({ 'listes.yaml': changement, [FORMATIONS]: [['sauvegarde-du-lac, ecole]', 'sauvegarde-du-lac]']] });
    expect(await lire('/registres/formations/nouveau')).not.toContain(libelle);
    expect(await lire('/registres/formations/nouveau')).toContain('Sauvegarde du lac');
    expect(await lire(fiche)).toContain(libelle);
    expect(await lire('/registres/formations')).toContain(`${libelle} (ancienne valeur)`);
    expect(await lire('/registres/formations?theme=ecole')).toContain('Une session à l’école');
    expect(await lire('/registres/formations/export.csv')).toContain(libelle);
    expect(await lire('/registres/formations/listes')).toContain('retirée');
    // Who corrects something else loses nothing.
    expect(await lire(`${fiche}/corriger`)).toContain(`<option value="ecole" selected="">${libelle} (ancienne valeur)</option>`);
  });

  test('revenue dans le fichier, elle est de nouveau proposée', async () => {
    await charger({});
    const page = await lire('/registres/formations/nouveau');
    expect(page).toContain('>Autour de l’école</option>');
    expect(page).not.toContain('ancienne valeur');
  });
});

test('un contrat qui change de fuseau est servi à sa nouvelle heure sans redémarrer', async () => {
  const instant = new Date('2026-06-30T21:30:00Z');
  const ici = await ouvrirApp({ base: app.base, contrat: 'valbourg', horloge: () => instant });
  const mois = async () => /juillet|juin/i.exec((await ici.get('/calendrier')).body.replace(/[\s\S]*<main/, ''))?.[0];
  await charger({});
  expect(await mois()).toMatch(/juillet/i);
  await charger({ 'contrat.yaml': [['Indian/Reunion', 'America/Guadeloupe']] });
  expect(await mois()).toMatch(/juin/i);
  await charger({});
  await ici.close();
});
