/** One list of what is owed, over HTTP, on a real PostgreSQL. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppDeTest, ouvrirApp, type Qui } from '../../../tests/support/app.ts';
import { aLHeureDeParis } from '../../../tests/support/fuseau.ts';
import { estSimple } from '../../../tests/support/mises-a-jour.ts';
import { creerMonde, type Monde, RESERVE } from '../../../tests/support/monde.ts';
import { listComptes } from '../comptes/sessions.queries.ts';
import { creerInstance, creerMembre, creerSeance } from '../instances/instances.fixtures.ts';
import { inTransaction } from '../../core/base/database.ts';
import { sourceDecisions } from '../decisions/decisions.dus.ts';
import { accorder as accorderUne, accorderTout, verifierEcheances } from './accorder.ts';
import type { Dues } from './echeances.types.ts';
import { envoyerRappels } from './index.ts';
import { jourDans } from '../../../tests/support/jours.ts';

let app: AppDeTest;
let monde: Monde;
const k = () => app.contratId;
const maintenant = () => ({ maintenant: new Date() });
const differences = aLHeureDeParis(async () => (await verifierEcheances(app.base.owner, k(), maintenant())).differences);
const accorder = aLHeureDeParis(() => accorderTout(app.base.owner, k(), maintenant()));
beforeAll(async () => {
  app = await ouvrirApp();
  monde = await creerMonde(app);
  await accorder();
});
afterAll(() => app.close());

const AU_18E: Qui = { comme: 'coordonnateur', organisation: 'DPMP', territoire: 'mairie-18' };
const CSV = '/echeances.csv?territoire=tous';
const lignes = async (chemin: string, qui?: Qui): Promise<string[]> => (await app.get(chemin, qui)).body.trim().split('\r\n').slice(1);
const entrees = async (genre: string, objet: string) =>
  (
    await sql<{ due: string | null; soldee: boolean; motif: string; courriel: string; organisation: string; suspendue: string | null }>`
      select due_le as due, soldee_le is not null as soldee, sans_objet_motif as motif, courriel, organisation_id as organisation, suspendue_le as suspendue
      from echeances where contrat_id = ${k()} and genre = ${genre} and objet_id = ${objet} order by ouverte_le, organisation_id`.execute(app.base.owner)
  ).rows;
const ID = /([0-9a-f-]{36})/;

describe('La liste suit ce qui s’écrit, dans la même transaction', () => {
  test('une décision s’ouvre, change de jour et de responsable, se bloque, se solde, s’abandonne ; la relecture ne trouve aucun écart', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil aux échéances' });
    const saisie = { instance, nature: 'action', libelle: 'Poser des bancs', responsable: 'RATP', fiche: '3.5', echeance: '2027-02-01' };
    const id = ID.exec(String((await app.post('/decisions/nouvelle', saisie, AU_18E)).headers.location))?.[1] ?? '';
    expect(await entrees('decision', id)).toMatchObject([{ due: '2027-02-01', organisation: 'RATP', soldee: false }]);
    const charge = { libelle: 'Poser des bancs', responsable: 'PP', responsable_courriel: 'qui@exemple.fr', echeance: '2027-05-01', version: '1' };
    expect((await app.post(`/decisions/${id}/charge`, charge, AU_18E)).statusCode).toBe(303);
    expect(await entrees('decision', id)).toMatchObject([
      { organisation: 'PP', due: '2027-05-01', courriel: 'qui@exemple.fr', motif: '' },
      { organisation: 'RATP', motif: 'n’est plus attendue' },
    ]);
    await app.post(`/decisions/${id}`, { etat: 'bloque', condition: 'Un devis signé', version: '2' }, AU_18E);
    expect((await entrees('decision', id))[0]?.suspendue).not.toBeNull();
    await app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Bancs posés', version: '3' }, AU_18E);
    expect(await entrees('decision', id)).toMatchObject([{ organisation: 'PP', soldee: true }, { organisation: 'RATP' }]);
    await app.post(`/decisions/${id}`, { etat: 'abandonne', motif: 'Le square ferme', version: '4' }, AU_18E);
    expect((await entrees('decision', id))[0]).toMatchObject({ soldee: false, motif: 'abandonnée : Le square ferme' });
    expect(await differences()).toEqual([]);
  });

  test('une séance, de la cadence à la publication', async () => {
    const instance = await creerInstance(app.base.owner, k(), {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      nom: 'Conseil suivi de près',
      cadence: 12,
      confidentialite: 'publique',
    });
    await creerMembre(app.base.owner, k(), instance, { organisation: 'RATP', courriel: 'siege@exemple.fr' });
    expect(await entrees('reunion', instance)).toMatchObject([{ soldee: false, organisation: 'DPMP' }]);
    const nouvelle = { choix: 'fixe', titre: 'Séance suivie', jour: '2027-06-15', heure: '10:00', duree_minutes: '60', libres: 'Un point à voir' };
    const creee = await app.post(`/instances/${instance}/seances/nouvelle`, nouvelle, AU_18E);
    const id = ID.exec(String(creee.headers.location))?.[1] ?? '';
    expect(await entrees('reunion', instance)).toMatchObject([{ soldee: true }]);
    expect(await entrees('convocation', id)).toMatchObject([{ due: '2027-06-05', soldee: false }]);
    expect((await app.post(`/seances/${id}/convoquer`, { sans_lieu: 'oui' }, AU_18E)).statusCode).toBe(303);
    expect(await entrees('convocation', id)).toMatchObject([{ soldee: true }]);
    expect(await entrees('reponse', id)).toMatchObject([{ due: '2027-06-14', courriel: 'siege@exemple.fr', organisation: 'RATP' }]);
    expect((await app.post(`/seances/${id}/ouvrir`, { confirme: 'oui', confirme_heures: 'oui' }, AU_18E)).statusCode).toBe(303);
    expect((await app.post(`/seances/${id}/lever`, { confirme_heures: 'oui' }, AU_18E)).statusCode).toBe(303);
    expect(await entrees('tenue', id)).toMatchObject([{ soldee: true }]);
    expect(await entrees('reponse', id)).toMatchObject([{ motif: 'séance tenue' }]);
    await sql`update seances set relecture_jusqu_a = null where id = ${id}::uuid`.execute(app.base.owner);
    const heures = /name="confirme_heures" value="([^"]+)"/.exec((await app.get(`/seances/${id}/clore`, AU_18E)).body)?.[1] ?? '';
    expect((await app.post(`/seances/${id}/figer`, { confirme_heures: heures }, AU_18E)).statusCode).toBe(303);
    expect(await entrees('releve', id)).toMatchObject([{ soldee: true }]);
    expect(await entrees('publication', id)).toMatchObject([{ soldee: false }]);
    expect(await differences()).toEqual([]);
  });

  test('une séance annulée, une instance close : plus rien n’est dû, et la raison est dite', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil défait', cadence: 3 });
    const id = await creerSeance(app.base.owner, k(), instance, { jour: '2027-07-01', points: ['Point'] });
    expect((await app.post(`/seances/${id}/annuler`, { motif: 'Salle indisponible' }, AU_18E)).statusCode).toBe(303);
    expect(await entrees('tenue', id)).toMatchObject([{ motif: 'séance annulée' }]);
    expect((await entrees('reunion', instance)).map((e) => [e.soldee, e.motif])).toEqual([[false, '']]);
    expect((await app.post(`/instances/${instance}/clore`, {}, AU_18E)).statusCode).toBe(303);
    expect(await entrees('reunion', instance)).toMatchObject([{ motif: 'l’instance n’existe plus' }]);
    expect(await differences()).toEqual([]);
  });

  test('une séance passée sans avoir été tenue ni annulée n’est ni la prochaine, ni celle qu’il fallait programmer', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil oublié', cadence: 6 });
    await creerSeance(app.base.owner, k(), instance, { jour: '2026-02-03', etat: 'convoquee' });
    const surLaListe = async () =>
      (/<tr(?:(?!<tr)[\s\S])*Conseil oublié[\s\S]*?<\/tr>/.exec((await app.get('/instances?territoire=mairie-18', AU_18E)).body) ?? [''])[0];
    expect(await surLaListe()).toContain('à fixer');
    expect(await entrees('reunion', instance)).toMatchObject([{ soldee: false }]);
    // Past the day by which it had to meet, a session is the next one and settles nothing.
    await creerSeance(app.base.owner, k(), instance, { jour: '2030-02-03' });
    expect(await surLaListe()).toContain('2030');
    expect(await entrees('reunion', instance)).toMatchObject([{ soldee: false }]);
    await creerSeance(app.base.owner, k(), instance, { jour: jourDans(30) });
    expect(await entrees('reunion', instance)).toMatchObject([{ soldee: true }]);
    expect(await differences()).toEqual([]);
  });

  test('un chiffre se solde quand il est fourni, pour lui ou pour une période qui le contient ; « sans objet » se dit', async () => {
    const mesure = [...app.catalogue.mesures.values()].find(
      (m) => estSimple(app, m) && m.periodicite.includes('semestriel') && m.periodicite.includes('annuel'),
    );
    const autre = [...app.catalogue.mesures.values()].find((m) => estSimple(app, m) && m.periodicite.join() === 'annuel');
    expect(mesure && autre).toBeTruthy();
    const saisir = (id: string, champs: Record<string, string>) =>
      app.post(
        `/chiffres/${id}/saisir`,
        { territoire: app.catalogue.racine.id, valeur: '', source: 'Essai', version: '', ...champs },
        { comme: 'coordination' },
      );
    expect((await saisir(mesure?.id ?? '', { periode: '2024', etat: 'valeur', valeur: '12' })).statusCode).toBe(303);
    const { rows } = await sql<{ periode: string; soldee: boolean }>`
      select periode, soldee_le is not null as soldee from echeances
      where contrat_id = ${k()} and genre = 'chiffre' and objet_id = ${mesure?.id ?? ''} and periode like '2024%' order by periode`.execute(app.base.owner);
    expect([...new Set(rows.map((r) => `${r.periode} ${r.soldee}`))]).toEqual(['2024-S1 true', '2024-S2 true']);
    expect((await saisir(autre?.id ?? '', { periode: '2024', etat: 'sans_objet' })).statusCode).toBe(303);
    const motifs = (await entrees('chiffre', autre?.id ?? '')).map((e) => e.motif).filter(Boolean);
    expect(motifs.length).toBe(autre?.aupres.length);
    expect(motifs[0]).toMatch(/^déclaré sans objet : /);
    // Anyone reads this list: the person who typed it is named on the proof page only, to whoever works on the figure.
    const { rows: saisies } = await sql<{ par: string; nom: string }>`
      select saisi_par as par, debiteur as nom from valeurs where mesure_id = ${autre?.id ?? ''} and courante`.execute(app.base.owner);
    const [saisie] = saisies;
    expect(saisie?.par).not.toBe('');
    const publique = [...(await lignes(`/echeances.csv?etat=sans_objet`)), (await app.get('/echeances?etat=sans_objet')).body].join('\n');
    expect(publique).toContain(`déclaré sans objet : ${app.catalogue.nomActeur(saisie?.nom ?? '')}`);
    expect(publique).not.toContain(saisie?.par);
    expect(await differences()).toEqual([]);
  });

  test('le bureau du délégué : une demande a un mois, et se solde par sa réponse ; une proposition a sept jours', async () => {
    const dpo: Qui = { comme: 'dpo' };
    const recue = { recue_le: '2026-11-02', nature: 'acces', demandeur: 'Zoé Quidam', moyen: 'courriel', objet: 'Mes données' };
    const id = ID.exec(String((await app.post('/dpo/demandes/nouvelle', recue, dpo)).headers.location))?.[1] ?? '';
    expect(await entrees('demande-droits', id)).toMatchObject([{ due: '2026-12-02', soldee: false }]);
    expect((await lignes(CSV, dpo)).join('\n')).not.toContain('Quidam');
    expect((await app.post(`/dpo/demandes/${id}`, { etat: 'repondue', reponse: 'Voici', version: '1' }, dpo)).statusCode).toBe(303);
    expect(await entrees('demande-droits', id)).toMatchObject([{ soldee: true }]);
    expect(await entrees('proposition', monde.proposition)).toMatchObject([{ soldee: false }]);
    expect(await differences()).toEqual([]);
  });

  test.each(['tout', 'elle'])(
    'ce qui se solde pendant que la liste est relue (%s) reste soldé, et ce qui bouge deux fois à la fois garde le dernier',
    async (quoi) => {
      const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil pressé' });
      const saisie = { instance, nature: 'action', libelle: 'Réparer un banc', responsable: 'RATP', fiche: '3.5', echeance: '2027-02-28' };
      const id = ID.exec(String((await app.post('/decisions/nouvelle', saisie, AU_18E)).headers.location))?.[1] ?? '';
      let fini = false;
      let fait: Promise<unknown> = Promise.resolve();
      const attendLeVerrou = async () =>
        (
          await sql`
            select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`.execute(app.base.owner)
        ).rows.length > 0;
      // What is owed is read, then someone else writes before the list is brought to it.
      const lente: Dues = {
        ...sourceDecisions,
        attendues: async (db, o) => {
          const lues = await sourceDecisions.attendues(db, o);
          fait = app.post(`/decisions/${id}`, { etat: 'fait', preuve: 'Banc réparé', version: '1' }, AU_18E).then(() => {
            fini = true;
          });
          await expect.poll(async () => fini || (await attendLeVerrou())).toBe(true);
          return lues;
        },
      };
      await inTransaction(app.base.owner, { contratId: k() }, (tx) => aLHeureDeParis(accorderUne)(tx, k(), lente, quoi === 'tout' ? null : [id], maintenant()));
      await fait;
      expect(await entrees('decision', id)).toMatchObject([{ soldee: true, due: '2027-02-28' }]);
      expect(await differences()).toEqual([]);
    },
  );

  test('deux fois la même chose n’en fait qu’une, même au même instant ; ce qu’on a dérangé se remet d’accord', async () => {
    const compter = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from echeances where contrat_id = ${k()}`.execute(app.base.owner)).rows[0]?.n;
    const avant = await compter();
    await Promise.all([accorder(), accorder(), accorder()]);
    expect(await compter()).toBe(avant);
    await sql`update echeances set titre = 'Dérangé' where contrat_id = ${k()} and genre = 'decision' and soldee_le is null and sans_objet_le is null`.execute(
      app.base.owner,
    );
    expect((await differences()).length).toBeGreaterThan(0);
    await accorder();
    expect(await differences()).toEqual([]);
  });
});

describe('Qui voit quoi', () => {
  test('une échéance ne dit rien de ce que son objet ne dirait pas : liste, export, nombres, journée, calendrier', async () => {
    const exclus: (Qui | undefined)[] = [
      undefined,
      { comme: 'agent', organisation: 'RATP' },
      AU_18E,
      { comme: 'administrateur' },
      { comme: 'agent', organisation: 'PP', territoire: 'mairie-18' },
    ];
    for (const qui of exclus)
      for (const url of [
        '/echeances?territoire=tous',
        '/echeances?territoire=tous&etat=soldee',
        CSV,
        '/echeances?qui=moi',
        '/ma-journee',
        '/calendrier?mois=2027-06',
        '/calendrier?mois=2027-06&vue=liste',
      ])
        expect([qui, url, (await app.get(url, qui)).body.split('\n').filter((l) => l.includes(RESERVE))]).toEqual([qui, url, []]);
    expect((await lignes(CSV, { comme: 'coordination' })).join('\n')).toContain(RESERVE);
  });

  test('le calendrier dit la même échéance au mois et en liste', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil au calendrier' });
    const saisie = { instance, nature: 'action', libelle: 'Relire la charte', responsable: 'DPMP', echeance: '2027-03-10' };
    const { location } = (await app.post('/decisions/nouvelle', saisie, AU_18E)).headers;
    const lien = `href="/decisions/${ID.exec(String(location))?.[1]}"`;
    for (const vue of ['', 'liste']) expect([vue, (await app.get(`/calendrier?mois=2027-03&vue=${vue}`, AU_18E)).body.includes(lien)]).toEqual([vue, true]);
  });

  test('le jour d’une cadence ne dit pas quand s’est tenue une séance réservée', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-12', porteur: 'PP', nom: 'Comité à double fond', cadence: 6 });
    const seance = await creerSeance(app.base.owner, k(), instance, { jour: '2026-10-05', etat: 'declaree', presents: 5 });
    await accorder();
    const agent: Qui = { comme: 'agent', organisation: 'RATP' };
    expect((await lignes(CSV, agent)).join('\n')).toContain('Comité à double fond');
    await sql`update seances set confidentialite = 'restreinte' where id = ${seance}::uuid`.execute(app.base.owner);
    expect((await lignes(CSV, agent)).join('\n')).not.toContain('Comité à double fond');
    expect((await lignes(CSV, { comme: 'coordination' })).join('\n')).toContain('Comité à double fond');
  });

  test('le public lit les chiffres attendus, et rien d’autre ni personne', async () => {
    const vues = await lignes('/echeances.csv');
    expect(vues.length).toBeGreaterThan(100);
    expect([...new Set(vues.map((l) => l.split(';')[0]))]).toEqual(['Chiffre à fournir']);
    expect([...new Set(vues.map((l) => l.split(';')[4]))]).toEqual(['']);
  });
});

describe('Le tableau', () => {
  test('les nombres de chaque état sont ceux des lignes ; les pages ne sautent ni ne répètent rien', async () => {
    const qui: Qui = { comme: 'coordination' };
    const page = (await app.get('/echeances?genre=chiffre', qui)).body;
    for (const [etat, libelle] of [
      ['a_venir', 'À venir'],
      ['en_retard', 'En retard'],
      ['due', 'Sous 7 jours'],
      ['soldee', 'Soldées'],
      ['sans_objet', 'Sans objet'],
    ] as const) {
      const n = Number((new RegExp(`>${libelle}(?:<!-- -->)? \\(([^)]*)\\)`).exec(page)?.[1] ?? '').replace(/\D/g, ''));
      expect([etat, await lignes(`/echeances.csv?genre=chiffre&etat=${etat}`, qui).then((l) => l.filter(Boolean).length)]).toEqual([etat, n]);
    }
    const cookie = await app.temoin(qui);
    const vues: string[] = [];
    let adresse = '/echeances?genre=chiffre&etat=en_retard';
    for (let i = 0; i < 40 && adresse; i++) {
      const html = (await app.serveur.inject({ url: adresse, headers: { cookie } })).body;
      const table = /<tbody[\s\S]*<\/tbody>/.exec(html)?.[0] ?? '';
      vues.push(...[...table.matchAll(/<tr[\s\S]*?<\/tr>/g)].map((m) => m[0].replace(/<[^>]+>/g, '|')));
      adresse = (/href="([^"]*apres=[^"]*)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(vues.length).toBe((await lignes('/echeances.csv?genre=chiffre&etat=en_retard', qui)).length);
    expect(new Set(vues).size).toBeGreaterThan(vues.length * 0.9);
    expect((await app.get('/echeances?apres=nimporte-quoi&etat=soldee', qui)).statusCode).toBe(200);
  });

  test('qui doit beaucoup lit le même nombre dans sa journée et dans la liste, et son calendrier n’en perd aucune', async () => {
    const qui: Qui = { comme: 'producteur', organisation: 'PP' };
    const due = [...app.catalogue.mesures.values()].find((m) => m.obtention === 'collecte' && m.aupres.includes('PP'));
    await sql`
      insert into echeances (contrat_id, genre, module, sujet, objet_id, periode, titre, chemin, organisation_id, fiche, ouverte_le, due_le)
      select ${k()}, 'chiffre', 'indicateurs', 'nombreuses', ${due?.id ?? ''}, to_char(date '1950-01-01' + n * interval '1 month', 'YYYY-MM'),
        'Chiffre nombreux ' || n, '/chiffres', 'PP', ${due?.fiche ?? ''}, current_date, current_date
      from generate_series(1, 640) n`.execute(app.base.owner);
    const sien = (await app.get('/ma-journee', qui)).body;
    // Five of one kind are written, under its name; the others are counted beside the way to all of them.
    const aFaire = /id="a-faire"[\s\S]*?<\/section>/.exec(sien)?.[0] ?? sien;
    expect([...aFaire.matchAll(/c-genre">Chiffre à fournir</g)].length).toBe(5);
    const dits = [...aFaire.matchAll(/genre=chiffre"[^>]*>Chiffre à fournir \((\d+)\)/g)].map((m) => Number(m[1]) + 5);
    const dus = await lignes('/echeances.csv?qui=moi&genre=chiffre', qui);
    const fin = jourDans(30);
    expect(dits).toEqual([dus.filter((l) => (l.split(';')[8] ?? '') <= fin).length]);
    expect(dits[0]).toBeGreaterThanOrEqual(640);
    const mois = (await app.get('/calendrier', qui)).body.replace(/<!-- -->/g, '');
    expect(Math.max(...[...mois.matchAll(/et (\d+) autres échéances/g)].map((m) => Number(m[1])))).toBeGreaterThanOrEqual(637);
    await sql`delete from echeances where sujet = 'nombreuses'`.execute(app.base.owner);
  });

  test('le territoire de la personne d’abord ; un seul lien montre tout le contrat, et l’export suit', async () => {
    const ailleurs = await creerInstance(app.base.owner, k(), { territoire: 'mairie-12', porteur: 'PP', nom: 'Conseil du douzième', cadence: 6 });
    expect(ailleurs).not.toBe('');
    for (const [liste, export_] of [
      ['/echeances', '/echeances.csv'],
      ['/instances', ''],
    ]) {
      const chez = (await app.get(liste ?? '', AU_18E)).body;
      expect(chez).toContain('Filtres actifs');
      expect(chez).toContain('Tout le contrat');
      expect(chez).not.toContain('Conseil du douzième');
      const tout = (await app.get(`${liste}?territoire=tous`, AU_18E)).body;
      expect(tout).toContain('Mairie du 18e');
      if (export_) {
        expect((await app.get(export_, AU_18E)).body).not.toContain('Conseil du douzième');
        expect((await app.get(`${export_}?territoire=tous`, AU_18E)).body).toContain('Conseil du douzième');
      } else expect(tout).toContain('Conseil du douzième');
    }
    for (const liste of ['/decisions', '/signalements', '/calendrier', '/calendrier/annee', '/registres/formations', '/releves']) {
      expect([liste, (await app.get(liste, AU_18E)).body.includes('Retirer le filtre </span>Mairie du 18e')]).toEqual([liste, true]);
      expect([liste, (await app.get(`${liste}?territoire=tous`, AU_18E)).body.includes('Retirer le filtre </span>Mairie du 18e')]).toEqual([liste, false]);
      expect([liste, (await app.get(liste, { comme: 'coordination' })).body.includes('Filtres actifs')]).toEqual([liste, false]);
    }
    expect((await app.get('/bilan', AU_18E)).body).toMatch(/<option value="mairie-18" selected/);
    expect((await app.get('/registres/formations/nouveau', AU_18E)).body).toMatch(/<input(?=[^>]*name="territoire_id")[^>]*value="Mairie du 18e/);
  });
});

describe('Les rappels', () => {
  const options = () => ({ contratId: k(), coffre: app.coffre, adresse: 'https://concorde.example', comptes: listComptes });
  const passer = aLHeureDeParis((quand: string) => envoyerRappels(app.db, { ...options(), maintenant: new Date(quand) }));
  const lettres = async (a: string) =>
    (
      await sql<{
        sujet: string;
        texte: string;
      }>`select sujet, texte from courriels where contrat_id = ${k()} and destinataire = ${a} order by cree_le`.execute(app.base.owner)
    ).rows;
  const decider = async (o: { instance: string; courriel: string; echeance: string; libelle: string }) => {
    const saisie = { instance: o.instance, nature: 'action', libelle: o.libelle, responsable: 'PP', responsable_courriel: o.courriel, echeance: o.echeance };
    const r = await app.post('/decisions/nouvelle', saisie, AU_18E);
    return ID.exec(String(r.headers.location))?.[1] ?? '';
  };

  test('une lettre par personne et par jour, chaque rappel une seule fois, quel que soit le nombre de processus ; jamais la nuit ni le week-end', async () => {
    const instance = await creerInstance(app.base.owner, k(), { territoire: 'mairie-18', porteur: 'DPMP', nom: 'Conseil qui rappelle' });
    for (let i = 0; i < 12; i++) await decider({ instance, courriel: 'occupee@exemple.fr', echeance: '2028-03-01', libelle: `Action ${i}` });
    await passer('2028-02-23T02:00:00Z');
    await passer('2028-02-26T10:00:00Z');
    expect(await lettres('occupee@exemple.fr')).toHaveLength(0);
    await Promise.all([1, 2, 3, 4].map(() => passer('2028-02-23T09:00:00Z')));
    await passer('2028-02-23T15:00:00Z');
    await passer('2028-02-24T09:00:00Z');
    const [lettre, ...autres] = await lettres('occupee@exemple.fr');
    expect(autres).toEqual([]);
    expect(lettre?.sujet).toMatch(/^Rappel : 12.échéances$/);
    expect(lettre?.texte.match(/https:\/\/concorde\.example\/decisions\/[0-9a-f-]{36}/g)).toHaveLength(12);
    expect(lettre?.texte).toContain('encore 7');
    await passer('2028-03-01T09:00:00Z');
    expect(await lettres('occupee@exemple.fr')).toHaveLength(2);
    expect((await lettres('occupee@exemple.fr'))[1]?.texte).toContain('c’est aujourd’hui');
  });

  test('ni à qui ne peut plus voir l’objet, ni à un compte fermé, ni à qui a quitté l’instance', async () => {
    const instance = await creerInstance(app.base.owner, k(), {
      territoire: 'mairie-18',
      porteur: 'DPMP',
      nom: 'Conseil discret',
      confidentialite: 'restreinte',
    });
    const compte = async (courriel: string, o: { ferme?: boolean; mandat?: boolean }) => {
      const { rows } = await sql<{ id: string }>`
        insert into comptes (contrat_id, courriel, nom, fonction, organisation_id, ferme_le)
        values (${k()}, ${courriel}, 'Essai', 'Essai', 'EMMAUS', ${o.ferme ? new Date() : null}) returning id`.execute(app.base.owner);
      if (o.mandat)
        await sql`insert into mandats (contrat_id, compte_id, role, debut, accorde_par) values (${k()}, ${rows[0]?.id ?? ''}::uuid, 'agent', '2020-01-01', 'x')`.execute(
          app.base.owner,
        );
    };
    await compte('exclue@exemple.fr', { mandat: true });
    await compte('fermee@exemple.fr', { ferme: true });
    await compte('siegeante@exemple.fr', { mandat: true });
    const siege = await creerMembre(app.base.owner, k(), instance, { organisation: 'EMMAUS', courriel: 'siegeante@exemple.fr' });
    for (const courriel of ['exclue@exemple.fr', 'fermee@exemple.fr', 'siegeante@exemple.fr'])
      await decider({ instance, courriel, echeance: '2029-03-01', libelle: 'Mot réservé' });
    await passer('2029-02-22T09:00:00Z');
    expect(await lettres('exclue@exemple.fr')).toEqual([]);
    expect(await lettres('fermee@exemple.fr')).toEqual([]);
    const [lettre] = await lettres('siegeante@exemple.fr');
    expect(lettre?.texte).toContain('instance restreinte');
    expect(lettre?.texte).not.toContain('Mot réservé');
    await sql`update instance_membres set fin = '2027-01-01' where id = ${siege}::uuid`.execute(app.base.owner);
    await passer('2029-03-01T09:00:00Z');
    expect(await lettres('siegeante@exemple.fr')).toHaveLength(1);
  });
});
