/** What systems ask of registers, done from end to end: a title says the system and the capabilities that it shows. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp } from '../../../tests/support/app.ts';
import { lireFormulaire } from '../../../tests/support/formulaire.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { pourContrat } from './registres.rules.ts';

const QUI = { comme: 'coordination', organisation: 'DPMP' } as const;
const AILLEURS = { comme: 'agent', organisation: 'RATP' } as const;
const AUJOURDHUI = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' }).format(new Date());
const plus = (n: number): string => new Date(Date.parse(AUJOURDHUI) + n * 86_400_000).toISOString().slice(0, 10);

let app: AppDeTest;
beforeAll(async () => {
  app = await ouvrirApp();
});
afterAll(() => app.close());

/** A record as its form sends it: what is required, then what is said here. Its page. */
async function creer(registre: string, titre: string, champs: Readonly<Record<string, string>> = {}, qui: object = QUI): Promise<string> {
  const base = definitionsDecouvertes.find((x) => x.code === registre);
  if (!base) throw new Error(`Aucun registre ne s’appelle « ${registre} ».`);
  const d = pourContrat(base, app.catalogue);
  const requis = d.champs.filter((c) => c.obligatoire).map((c) => [`donnees.${c.code}`, c.type === 'liste' ? (c.options[0]?.code ?? '') : '12'] as const);
  const envoi = { jour: '2026-03-10', titre, territoire_id: 'mairie-18', organisation_id: 'DPMP', ...Object.fromEntries(requis), ...champs };
  const r = await app.post(`/registres/${registre}/nouveau`, envoi, qui);
  expect([titre, r.statusCode, /error-summary__list[\s\S]{0,300}/.exec(r.body)?.[0] ?? '']).toEqual([titre, 303, '']);
  return String(r.headers.location);
}
const idDe = (page: string): string => page.split('/').at(-1) ?? '';
const lire = async (chemin: string, qui: object = QUI): Promise<string> => (await app.get(chemin, qui)).body.replace(/<!-- -->/g, '');
/** The list under this filter says the one and not the other. */
async function filtre(chemin: string, dedans: string, dehors: string): Promise<void> {
  const liste = await lire(chemin);
  expect([chemin, liste.includes(dedans), liste.includes(dehors)]).toEqual([chemin, true, false]);
}

describe('Ce que les dispositifs demandent aux registres', () => {
  test('OPE-42, seuil-hebdomadaire : la semaine dit ce qui est réalisé, programmé et ce qui manque sur douze', async () => {
    const femmes = { 'donnees.type': 'aller-vers-les-femmes' };
    await creer('operations', 'Faite cette semaine', { ...femmes, jour: AUJOURDHUI });
    await creer('operations', 'Autre type', { 'donnees.type': 'patrouille', jour: AUJOURDHUI });
    await creer('operations', 'Programmée le même jour', { ...femmes, jour: AUJOURDHUI, etape: 'programmee' });
    await creer('operations', 'D’une autre année', { ...femmes, jour: '2025-03-10' });
    const page = await lire('/registres/operations?territoire=tous');
    expect(page).toContain('au moins 12 par semaine');
    expect(page).toContain('1 réalisées, 1 programmées');
    expect(page).toContain('il en manque 10 cette semaine');
    expect(await lire('/registres/interventions?territoire=tous')).not.toContain('par semaine');
  });

  test('OPE-29, calendrier-d-operations : ce qui est programmé est au calendrier de tous, avec son créneau, et dans le flux de qui l’a programmé', async () => {
    await creer('operations', 'Projection sauvette', {
      jour: plus(3),
      etape: 'programmee',
      'donnees.horaires': 'de 18 h à 22 h',
      repetition: 'semaine',
      repetition_fin: plus(24),
    });
    const mois = plus(3).slice(0, 7);
    const calendrier = await lire(`/calendrier?mois=${mois}&territoire=tous&vue=liste`, AILLEURS);
    expect(calendrier.split('Projection sauvette, de 18 h à 22 h').length - 1).toBe(4);
    expect(await lire(`/calendrier?mois=${mois}&territoire=tous`, AILLEURS)).toContain('Projection sauvette, de 18 h à 22 h');
    expect((await app.get(`/calendrier?mois=${mois}&territoire=tous&vue=liste`)).body).not.toContain('Projection sauvette');
    expect(await lire(`/calendrier?mois=${mois}&territoire=mairie-12&vue=liste`, AILLEURS)).not.toContain('Projection sauvette');
    expect(await lire(`/calendrier?mois=${mois}&territoire=tous&vue=liste&qui=moi`, AILLEURS)).not.toContain('Projection sauvette');
    for (const [qui, attendu] of [
      [QUI, true],
      [AILLEURS, false],
    ] as const) {
      const page = await app.post('/calendrier/abonnement', { acte: 'creer' }, qui);
      const flux = /\/calendrier\/flux\/[\w-]{32}\.ics/.exec(page.body)?.[0] ?? '';
      const lu = (await app.get(flux)).body.replaceAll(/\r?\n[ \t]/g, '');
      expect([qui.organisation, page.statusCode, lu.includes('Projection sauvette')]).toEqual([qui.organisation, 200, attendu]);
    }
  });

  test('OPE-41, lien-evenement : la page du grand événement additionne opérations, campagnes et présence', async () => {
    const evenement = await creer('evenements', 'Match au Stade de France', { 'donnees.type': 'grand-evenement', 'donnees.participants': '70000' });
    for (const agents of ['10', '15']) await creer('operations', `Ligne ${agents}`, { 'donnees.evenement': idDe(evenement), 'donnees.agents': agents });
    await creer('campagnes', 'Affiches', { 'donnees.evenement': idDe(evenement), 'donnees.exemplaires': '300' });
    const page = await lire(evenement);
    for (const dit of ['Agents engagés : 25', 'Exemplaires diffusés : 300', '70']) expect(page).toContain(dit);
  });

  test('OPE-38, lien-site : l’opération dit son hall, et le hall ce qui y a été fait', async () => {
    const hall = await creer('sites', 'Hall 4, rue des Fillettes');
    const operation = await creer('operations', 'Opération commune', { 'donnees.site': idDe(hall), 'donnees.controles': '9' });
    expect(await lire(operation)).toContain('Hall 4, rue des Fillettes');
    expect(await lire(hall)).toContain('Contrôles : 9');
  });

  test('AUDIT-08, etablissement-nomme, statut-de-l-audit : l’école a un nom, ce qui la concerne se lit, un audit ancien se retrouve', async () => {
    const ecole = await creer('etablissements', 'Collège Clemenceau', { 'donnees.type': 'etablissement-scolaire' });
    await creer('audits', 'Audit de 2019', { 'donnees.etablissement': idDe(ecole), 'donnees.validite': 'ancien' });
    await creer('audits', 'Audit récent', { 'donnees.etablissement': idDe(ecole), 'donnees.validite': 'a-jour' });
    await creer('interventions', 'Venue au collège', { 'donnees.etablissement': idDe(ecole), 'donnees.beneficiaires': '31' });
    const page = await lire(ecole);
    expect([page.includes('Audits et diagnostics'), page.includes('Personnes touchées : 31')]).toEqual([true, true]);
    await filtre('/registres/audits?territoire=tous&validite=ancien', 'Audit de 2019', 'Audit récent');
  });

  test('AUDIT-01, projet-etudie : le projet, l’avis et son statut', async () => {
    const page = await creer('audits', 'ESSP de la gare', { 'donnees.type': 'essp', 'donnees.projet': 'Gare des Mines', 'donnees.avis': 'reserve' });
    for (const dit of ['Gare des Mines', 'Favorable avec réserves']) expect(await lire(page)).toContain(dit);
    await creer('audits', 'Autre avis', { 'donnees.type': 'essp', 'donnees.avis': 'favorable' });
    await filtre('/registres/audits?territoire=tous&avis=reserve', 'ESSP de la gare', 'Autre avis');
  });

  test('AUDIT-07, equipements-de-surete : chaque équipement préconisé ou posé a sa ligne', async () => {
    const page = await creer('audits', 'Centre sportif', {
      ...{ 'donnees.equipements.0.equipement': 'video', 'donnees.equipements.0.precision': 'entrée nord' },
      ...{ 'donnees.equipements.1.equipement': 'bornes', 'donnees.equipements.1.precision': '' },
    });
    const lu = await lire(page);
    for (const dit of ['Vidéoprotection', 'entrée nord', 'Bornes, barrières']) expect(lu).toContain(dit);
  });

  test('OPE-71, nature-des-saisies : ce qui est saisi, et ce que cela devient', async () => {
    await creer('operations', 'Tabac détruit', { 'donnees.nature_saisies': 'tabac', 'donnees.destination_saisies': 'detruites', 'donnees.saisies_kg': '12,5' });
    await creer('operations', 'Denrées données', { 'donnees.nature_saisies': 'denrees', 'donnees.destination_saisies': 'remises' });
    await filtre('/registres/operations?territoire=tous&destination_saisies=detruites', 'Tabac détruit', 'Denrées données');
    await filtre('/registres/operations?territoire=tous&nature_saisies=denrees', 'Denrées données', 'Tabac détruit');
  });

  test('OPE-28, services-et-effectifs : chaque service engagé est nommé, les interpellations comptées', async () => {
    const page = await creer('operations', 'Avec les douanes', {
      ...{ 'donnees.services_engages.0.service': 'police-municipale', 'donnees.services_engages.0.role': 'huit agents' },
      ...{ 'donnees.services_engages.1.service': 'police-transports', 'donnees.services_engages.1.role': '', 'donnees.interpellations': '3' },
    });
    const lu = await lire(page);
    for (const dit of ['huit agents', 'Police des transports', 'Interpellations']) expect(lu).toContain(dit);
  });

  test('OPE-52, suites-d-orientation : vers où les personnes sont orientées', async () => {
    await creer('operations', 'Mise à l’abri', { 'donnees.type': 'mise-a-l-abri', 'donnees.orientation': 'hebergement', 'donnees.familles': '4' });
    await creer('operations', 'Refusée', { 'donnees.type': 'mise-a-l-abri', 'donnees.orientation': 'aucune' });
    await filtre('/registres/operations?territoire=tous&orientation=hebergement', 'Mise à l’abri', 'Refusée');
  });

  test('OPE-31, natures-d-infractions : une ligne par nature, additionnée par nature, territoire et mois, dans la liste, la preuve et l’export', async () => {
    const ligne = (rang: number, nature: string, nombre: string) => ({
      [`donnees.infractions.${rang}.nature`]: nature,
      [`donnees.infractions.${rang}.nombre`]: nombre,
    });
    const type = { 'donnees.type': 'verbalisation-incivilites' };
    const page = await creer('operations', 'Quai nettoyé', { ...type, ...ligne(0, 'megots-jets', '11'), ...ligne(1, 'urine', '4') });
    await creer('operations', 'Rue nettoyée', { ...type, ...ligne(0, 'megots-jets', '6'), jour: '2026-04-02', territoire_id: 'mairie-12' });
    await creer('operations', 'Règlement de collecte', { 'donnees.type': 'collecte-des-dechets', ...ligne(0, 'presentation-des-dechets', '9') });
    await creer('operations', 'Terrasses du canal', { 'donnees.type': 'secteur-festif', ...ligne(0, 'terrasses', '5') });
    await creer('operations', 'Sans relevé', type);
    await creer('operations', 'À venir', { ...type, ...ligne(0, 'urine', '100'), jour: plus(9), etape: 'programmee' });
    for (const dit of ['Mégots, jets de déchets', '11', 'Épanchement d’urine']) expect(await lire(page)).toContain(dit);
    await filtre('/registres/operations?territoire=tous&infractions=megots-jets', 'Quai nettoyé', 'Terrasses du canal');
    await filtre('/registres/operations?territoire=tous&infractions=*', 'Terrasses du canal', 'Sans relevé');
    const liste = await lire('/registres/operations?territoire=mairie-18&infractions=urine');
    expect(liste).toMatch(/Quai nettoyé[\s\S]*?numeric[^>]*>4</);
    const csv = (await app.get('/registres/operations/export.csv?territoire=tous&infractions=urine', QUI)).body;
    expect(csv).toContain('Mégots, jets de déchets | 11\nÉpanchement d’urine | 4');
    // The sum, its natures, its months and its places; the public does not read it, and no measure of the contract holds it.
    const somme = async (chemin: string) => (await app.get(`/chiffres/${chemin}`, QUI)).body;
    const lignes = (await somme('s-infractions-relevees/evolution.csv?periode=2026')).replaceAll('\r', '');
    for (const attendu of [/;annee [^;]*;2026;[^;]*;35;/, /;2026-03;[^;]*;29;/, /;2026-04;[^;]*;6;/, /Par nature[^;]*;"?Mégots, jets de déchets"?;[^;]*;17;/])
      expect(lignes).toMatch(attendu);
    expect(await somme('s-infractions-relevees/evolution.csv?periode=2026&territoire=mairie-12')).toMatch(/;2026;[^;]*;6;/);
    expect(await somme('s-infractions-secteurs-festifs/evolution.csv?periode=2026')).toMatch(/;2026;[^;]*;5;/);
    const preuve = await lire('/chiffres/s-infractions-relevees?periode=2026');
    for (const dit of ['Quai nettoyé', 'Règlement de collecte', 'à côté des indicateurs du contrat']) expect(preuve).toContain(dit);
    expect(preuve).not.toContain('Sans relevé');
    expect((await app.get('/chiffres/s-infractions-relevees')).statusCode).toBe(404);
    expect(await lire('/dispositifs/OPE-44')).toContain('/chiffres/s-infractions-secteurs-festifs');
    const faux = await app.post('/registres/operations/nouveau', { titre: 'Sans nombre', ...ligne(0, 'urine', 'plusieurs') }, QUI);
    expect([faux.statusCode, faux.body.includes('Ligne 1, Nombre'), faux.body.includes('plusieurs')]).toEqual([422, true, true]);
  });

  test('OPE-34, degats : les atteintes relevées et leur nombre, à part des infractions', async () => {
    await creer('operations', 'Graffitis du square', {
      'donnees.type': 'tags-affichage',
      ...{ 'donnees.atteintes.0.nature': 'tags-graffitis', 'donnees.atteintes.0.nombre': '14' },
      ...{ 'donnees.atteintes.1.nature': 'mobilier', 'donnees.atteintes.1.nombre': '2' },
    });
    await filtre('/registres/operations?territoire=tous&atteintes=mobilier', 'Graffitis du square', 'Quai nettoyé');
    expect((await app.get('/chiffres/s-atteintes-relevees/evolution.csv?periode=2026', QUI)).body).toMatch(/;2026;[^;]*;16;/);
    // Operations were recorded in 2025, and nobody noted any damage: that is no zero.
    await creer('operations', 'De l’an passé', { 'donnees.type': 'patrouille', jour: '2025-06-10' });
    expect(await lire('/chiffres/s-atteintes-relevees?periode=2025')).toMatch(/c-preuve__chiffre[\s\S]{0,200}data-etat="manquant"/);
    expect(await lire('/chiffres/suivis?annee=2026&fiche=3.2')).toMatch(/Atteintes relevées[\s\S]*?16/);
  });

  test('ORIENT-12, dispositif-d-accompagnement : l’accompagnement nomme son dispositif, la liste et le chiffre le comptent seul', async () => {
    const seniors = { 'donnees.public': 'seniors', 'donnees.service': 'police-municipale', 'donnees.personnes': '3' };
    const avant = Number(/;2026;[^;]*;(\d+);/.exec((await app.get('/chiffres/2.6-04/evolution.csv?periode=2026', QUI)).body)?.[1] ?? 0);
    const page = await creer('accompagnements', 'Au distributeur', { ...seniors, 'donnees.dispositif': 'tranquillite-seniors' });
    await creer('accompagnements', 'Hors dispositif', seniors);
    await filtre('/registres/accompagnements?territoire=tous&dispositif=tranquillite-seniors', 'Au distributeur', 'Hors dispositif');
    expect(await lire(page)).toContain('Tranquillité seniors (Ville de Paris)');
    expect((await app.get('/chiffres/2.6-04/evolution.csv?periode=2026', QUI)).body).toMatch(new RegExp(`;2026;[^;]*;${avant + 3};`));
    expect(await lire('/dispositifs/ORIENT-12')).toContain('/registres/accompagnements?dispositif=tranquillite-seniors');
  });

  test('AUDIT-16, motif-d-ecart : une préconisation écartée dit pourquoi ; sans motif, la ligne est refusée', async () => {
    const p = { 'donnees.preconisations.0.libelle': 'Déplacer la grille', 'donnees.preconisations.0.etat': 'ecartee' };
    const page = await creer('audits', 'Audit du passage', { ...p, 'donnees.preconisations.0.motif': 'Coût hors de portée' });
    expect(await lire(page)).toContain('Coût hors de portée');
    const sans = await app.post('/registres/audits/nouveau', { titre: 'Sans motif', ...p }, QUI);
    expect([sans.statusCode, sans.body.includes('Pourquoi elle est écartée')]).toEqual([422, true]);
    expect((await app.get('/registres/audits/export.csv?territoire=tous', QUI)).body).toContain('Coût hors de portée');
  });

  test('AUDIT-11, verification-de-site : la liste de contrôle, point par point, et l’interlocuteur du site', async () => {
    const point = (rang: number, o: Record<string, string>) => Object.fromEntries(Object.entries(o).map(([k, v]) => [`donnees.verification.${rang}.${k}`, v]));
    const page = await creer('sites', 'Centre de transfert', {
      'donnees.type': 'site-sensible',
      'donnees.interlocuteur': 'Responsable de la sûreté, poste de garde',
      ...point(0, { point: 'abords', etat: 'conforme', le: '2026-03-02' }),
      ...point(1, { point: 'perimetrie', etat: 'a-corriger', le: '2026-03-02', precision: 'portail sud' }),
    });
    for (const dit of ['Responsable de la sûreté, poste de garde', 'Abords', 'portail sud', 'À corriger', '02/03/2026'])
      expect(await lire(page)).toContain(dit);
    expect(await lire('/dispositifs/AUDIT-11')).toContain('/registres/sites?type=site-sensible');
  });

  test('OPE-68, sanctions-typees : chaque sanction a son type, son jour et son lieu, et se compte à part', async () => {
    const ligne = (rang: number, type: string, le: string) => ({ [`donnees.sanctions.${rang}.type`]: type, [`donnees.sanctions.${rang}.le`]: le });
    await creer('etablissements', 'Bar du canal', { ...ligne(0, 'fermeture-administrative', '2026-02-10'), ...ligne(1, 'verbalisation', '2026-03-05') });
    await creer('etablissements', 'Sans sanction');
    await filtre('/registres/etablissements?territoire=tous&sanctions=fermeture-administrative', 'Bar du canal', 'Sans sanction');
    const csv = (await app.get('/chiffres/s-sanctions-d-etablissements/evolution.csv?periode=2026&territoire=mairie-18', QUI)).body;
    for (const attendu of [/;2026;[^;]*;2;/, /;2026-02;[^;]*;1;/, /Fermeture administrative;[^;]*;1;/]) expect(csv).toMatch(attendu);
    expect(await lire('/dispositifs/OPE-68')).toContain('/chiffres/s-sanctions-d-etablissements');
  });

  test('OPE-46, creneau-horaire : la médiation de nuit se distingue de celle du jour', async () => {
    await creer('interventions', 'Médiation tardive', { 'donnees.nature': 'mediation', 'donnees.creneau': 'nuit' });
    await creer('interventions', 'Médiation du matin', { 'donnees.nature': 'mediation', 'donnees.creneau': 'journee' });
    await filtre('/registres/interventions?territoire=tous&creneau=nuit', 'Médiation tardive', 'Médiation du matin');
  });

  test('OFFRE-36, occupation-de-l-offre : les présents d’un jour sur les places de ce jour, par type et par créneau', async () => {
    const poste = await creer('postes', 'Espaces verts', { jour: plus(-90), 'donnees.type': 'tig', 'donnees.places': '5', 'donnees.attente': '2' });
    const accueil = (titre: string, champs: Record<string, string>) =>
      creer('placements', titre, { 'donnees.dispositif': 'tig', 'donnees.poste': idDe(poste), ...champs });
    await accueil('Passé', { 'donnees.debut': plus(-60), jour: plus(-30), 'donnees.personnes': '4' });
    const encours = await accueil('En cours', { 'donnees.debut': plus(-5), jour: plus(20), 'donnees.personnes': '3', etape: 'programmee' });
    await accueil('À venir', { 'donnees.debut': plus(15), jour: plus(40), 'donnees.personnes': '1', etape: 'programmee' });
    expect(await lire(poste)).toContain('3 sur 5');
    expect(await lire('/registres/postes?territoire=tous')).toContain('3 sur 5');
    const au = (j: string) => lire(`/registres/postes/occupation?territoire=mairie-18&au=${j}`);
    expect([(await au(plus(-40))).includes('4 sur 5'), (await au(plus(18))).includes('4 sur 5'), (await au(AUJOURDHUI)).includes('3 sur 5')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await lire(`/registres/postes/occupation?territoire=mairie-12`)).not.toContain('sur 5');
    const champs = lireFormulaire(await lire(encours), `${encours}/annuler`);
    expect((await app.post(`${encours}/annuler`, { ...champs, annulation: 'désistement' }, QUI)).statusCode).toBe(303);
    expect(await au(AUJOURDHUI)).toContain('0 sur 5');
    // What is running is no figure yet: only stays that ended are facts.
    const { rows } = await sql<{
      n: number;
    }>`select sum(personnes)::int as n from faits_placements where contrat_id = ${app.contratId} and poste = ${idDe(poste)}`.execute(app.base.owner);
    expect(rows[0]?.n).toBe(4);
  });

  test('OFFRE-05, sessions-d-offre : les sessions datées sont au calendrier, avec leurs places', async () => {
    const session = await creer('postes', 'Dialogue citoyen du mois', {
      jour: plus(10),
      'donnees.type': 'dialogue-citoyen',
      'donnees.forme': 'session',
      'donnees.places': '12',
    });
    await creer('postes', 'Offre permanente', { jour: plus(10), 'donnees.forme': 'permanente' });
    const calendrier = await lire(`/calendrier?mois=${plus(10).slice(0, 7)}&territoire=tous&vue=liste`);
    expect([calendrier.includes('Dialogue citoyen du mois'), calendrier.includes('Offre permanente')]).toEqual([true, false]);
    await filtre('/registres/postes?territoire=tous&forme=session', 'Dialogue citoyen du mois', 'Offre permanente');
    expect(await lire(session)).toContain('12');
  });

  test('OFFRE-25, vagues-d-accueil : une vague a ses dates et son remplissage', async () => {
    const vague = await creer('postes', 'Vague de mars', {
      jour: '2026-03-02',
      fin: '2026-03-22',
      'donnees.type': 'hebergement',
      'donnees.forme': 'vague',
      'donnees.places': '50',
    });
    await creer('placements', 'Arrivées', { 'donnees.poste': idDe(vague), 'donnees.debut': '2026-03-02', jour: '2026-03-22', 'donnees.personnes': '41' });
    expect(await lire('/registres/postes/occupation?territoire=tous&au=2026-03-10')).toContain('41 sur 50');
    expect(await lire('/registres/postes/occupation?territoire=tous&au=2026-03-23')).not.toContain('sur 50');
  });

  test('OFFRE-24, publics-accueillis : le public auquel des places sont réservées', async () => {
    const publics = app.catalogue.listes.get('publics-accompagnes') ?? [];
    await creer('postes', 'Places réservées', { 'donnees.public': publics[0]?.code ?? '' });
    await creer('postes', 'Places d’un autre public', { 'donnees.public': publics[1]?.code ?? '' });
    await filtre(`/registres/postes?territoire=tous&public=${publics[0]?.code}`, 'Places réservées', 'Places d’un autre public');
  });

  test('OFFRE-29, types-de-structure : le type de structure et ses places', async () => {
    await creer('postes', 'Unité ASSORE', { 'donnees.type': 'assore', 'donnees.places': '30' });
    await creer('postes', 'Dix lits', { 'donnees.type': 'lhss-lam', 'donnees.places': '17' });
    await filtre('/registres/postes?territoire=tous&type=assore', 'Unité ASSORE', 'Dix lits');
    expect(await lire('/registres/postes/occupation?territoire=tous')).toContain('sur 30');
  });

  test('OFFRE-28, projet-de-lieu : proposé, étudié, retenu ou écarté avec sa raison, ouvert', async () => {
    const lieu = await creer('sites', 'Ancien garage', { 'donnees.projet': 'propose' });
    for (const [projet, raison] of [
      ['etudie', ''],
      ['ecarte', 'Sol pollué'],
    ] as const) {
      const champs = lireFormulaire(await lire(`${lieu}/corriger`), `${lieu}/corriger`);
      const r = await app.post(`${lieu}/corriger`, { ...champs, 'donnees.projet': projet, 'donnees.projet_motif': raison, motif: 'comité' }, QUI);
      expect([projet, r.statusCode]).toEqual([projet, 303]);
    }
    const page = await lire(lieu);
    for (const dit of ['Sol pollué', 'Proposé', 'À l’étude', 'Écarté']) expect(page).toContain(dit);
    await creer('sites', 'Autre lieu', { 'donnees.projet': 'retenu' });
    await filtre('/registres/sites?territoire=tous&projet=ecarte', 'Ancien garage', 'Autre lieu');
  });

  test('PUBLIC-29, agenda-public : ce qui est annoncé se lit de tous jusqu’à son jour, avec où s’inscrire ; le reste non', async () => {
    const annoncee = { 'donnees.type': 'reunion-publique', 'donnees.annonce': 'oui', etape: 'programmee', adresse: '2 place Baudoyer' };
    const page = await creer('evenements', 'Réunion des habitants', {
      ...annoncee,
      jour: plus(5),
      'donnees.heure': '18:30',
      'donnees.inscription': 'https://www.exemple.fr/reunion',
    });
    await creer('evenements', 'Réunion tue', { ...annoncee, 'donnees.annonce': 'non', jour: plus(5) });
    await creer('evenements', 'Réunion tenue', { ...annoncee, etape: 'realisee', jour: plus(-2) });
    await creer('evenements', 'Réunion oubliée', { ...annoncee, jour: plus(-2) });
    await creer('evenements', 'Réunion sur trois jours', { ...annoncee, jour: plus(-1), fin: plus(1) });
    await creer('evenements', 'Réunion annulée', { ...annoncee, etape: 'annulee', annulation: 'Salle fermée', jour: plus(4) });
    const lu = async (url: string) => (await app.get(url)).body.replace(/<!-- -->/g, '');
    const html = await lu('/agenda');
    const titres = [...html.matchAll(/c-agenda__titre">(.*?)<\/h2>/g)].map((m) => (m[1] ?? '').replace(/<[^>]+>/g, ' ').trim());
    expect(titres).toEqual(['Réunion sur trois jours', expect.stringMatching(/^Réunion annulée.*Annulé$/), 'Réunion des habitants']);
    expect(html).toMatch(/18\s*h\s*30[\s\S]*2 place Baudoyer · [\s\S]*href="https:\/\/www\.exemple\.fr\/reunion"[^>]*>S’inscrire/);
    expect(html).not.toContain('Salle fermée');
    expect(await lu('/agenda?territoire=mairie-12')).toContain('Rien n’est annoncé');
    // Its place says it among what is to come; partners open the record.
    expect(await lu('/territoires/mairie-18')).toContain(`/agenda?territoire=mairie-18#a-${idDe(page)}`);
    expect(await lire('/agenda')).toContain(`href="${page}"`);
    // An address that leads nowhere, an hour that is none: said, and nothing of the form is lost.
    for (const [champ, faux, dit] of [
      ['inscription', 'javascript:alert(1)', 'commence par https://'],
      ['inscription', 'http://exemple.fr', 'commence par https://'],
      ['heure', '25:00', 'une heure comme 18:30'],
    ] as const) {
      const r = await app.post(
        '/registres/evenements/nouveau',
        { ...annoncee, jour: plus(5), titre: 'Réunion gardée', territoire_id: 'mairie-18', organisation_id: 'DPMP', [`donnees.${champ}`]: faux },
        QUI,
      );
      expect([faux, r.statusCode, r.body.includes(dit), r.body.includes('Réunion gardée')]).toEqual([faux, 422, true, true]);
    }
  });

  test('PUBLIC-08, version-de-support : une nouvelle version remplace l’ancienne, qui reste dite', async () => {
    const ligne = (rang: number, o: Record<string, string>) => Object.fromEntries(Object.entries(o).map(([k, v]) => [`donnees.versions.${rang}.${k}`, v]));
    const guide = await creer('campagnes', 'Guide d’accueil des victimes', {
      'donnees.type': 'support',
      'donnees.theme': 'aide-aux-victimes',
      ...ligne(0, { version: '2025', du: '2025-03-01', langue: 'fr', etat: 'remplacee', adresse: 'https://exemple.fr/guide-2025' }),
      ...ligne(1, { version: '2026', du: '2026-03-01', langue: 'fr', etat: 'en-usage', adresse: 'https://exemple.fr/guide-2026' }),
      ...ligne(2, { version: '2026', du: '2026-04-01', langue: 'ar', etat: 'en-usage' }),
    });
    const fiche = await lire(guide);
    for (const dit of ['Remplacée', 'href="https://exemple.fr/guide-2025"', 'Arabe']) expect(fiche).toContain(dit);
    await filtre('/registres/campagnes?type=support&territoire=tous', 'Guide d’accueil des victimes', 'Affiches du métro');
  });

  test('PUBLIC-14, contenu-multilingue : chacun trouve le document dans sa langue, la version en usage seulement', async () => {
    await creer('campagnes', 'Affiches du métro', { 'donnees.type': 'campagne' });
    await creer('campagnes', 'Guide sans version', { 'donnees.type': 'support' });
    const html = (await app.get('/supports')).body.replace(/<!-- -->/g, '');
    expect(html).toMatch(/Guide d’accueil des victimes[\s\S]*href="https:\/\/exemple\.fr\/guide-2026"[^>]*>Français<[\s\S]*Arabe<[\s\S]*sur papier/);
    for (const absent of ['guide-2025', 'Affiches du métro', 'Guide sans version']) expect(html).not.toContain(absent);
  });

  test('PUBLIC-16, lien-externe : l’intervention dit la page du service où l’on s’inscrit', async () => {
    const page = await creer('interventions', 'Session des hôteliers', { 'donnees.public': 'hoteliers', 'donnees.inscription': 'https://www.exemple.fr/cesp' });
    expect(await lire(page)).toMatch(/<a[^>]*href="https:\/\/www\.exemple\.fr\/cesp"[^>]*>exemple\.fr\/cesp<\/a>/);
    const faux = await app.post('/registres/interventions/nouveau', { titre: 'Sans adresse', 'donnees.inscription': 'exemple' }, QUI);
    expect([faux.statusCode, faux.body.includes('commence par https://')]).toEqual([422, true]);
  });
});
