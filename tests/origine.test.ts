/** What makes decisions is declared by the module that owns it: a second kind, invented, beside the bodies. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creerDecision, creerInstance } from '../src/modules/instances/instances.fixtures.ts';
import { listComptes } from '../src/modules/comptes/sessions.queries.ts';
import * as decisions from '../src/modules/decisions/index.ts';
import { buildHouse } from '../src/core/house.ts';
import * as echeances from '../src/modules/echeances/index.ts';
import { HOUSE } from '../src/modules.ts';
import { declarerSources } from '../src/preparation.ts';
import { type AppDeTest, ouvrirApp } from './support/app.ts';
import { aLHeureDeParis } from './support/fuseau.ts';
import tournees, { TABLE } from './support/module-decideur.ts';

const envoyerRappels = aLHeureDeParis(echeances.envoyerRappels);
const suivreDecisionsDe = aLHeureDeParis(decisions.suivreDecisionsDe);
const LIEU = 'mairie-18';
const TIENT = { comme: 'agent', organisation: 'PP' } as const;
const CHARGE = { comme: 'agent', organisation: 'RATP' } as const;
const AUTRE = { comme: 'coordination', organisation: 'DPMP' } as const;

describe('Une origine de décisions ajoutée par un module', () => {
  let app: AppDeTest;
  let ouverte: string;
  let secrete: string;
  let instance: string;
  const tournee = async (nom: string, confidentialite: string): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      insert into tournees (contrat_id, nom, territoire_id, confidentialite, tenue_par, courriel)
      values (${app.contratId}, ${nom}, ${LIEU}, ${confidentialite}, 'PP', 'permanence@exemple.fr') returning id`.execute(app.base.owner);
    return rows[0]?.id ?? '';
  };
  const decider = async (origine: string, libelle: string, o: Record<string, string> = {}) => {
    const champs = { tournee: origine, nature: 'action', libelle, responsable: 'RATP', echeance: '2026-12-31', fiche: '1.6', ...o };
    const r = await app.post('/decisions/nouvelle', champs, TIENT);
    expect(r.statusCode).toBe(303);
    return String(r.headers.location);
  };
  beforeAll(async () => {
    app = await ouvrirApp({ modules: [tournees] });
    await TABLE.execute(app.base.owner);
    await sql`select proteger('tournees')`.execute(app.base.owner);
    ouverte = await tournee('Tournée du soir', 'partenaires');
    secrete = await tournee('Tournée discrète', 'restreinte');
    instance = await creerInstance(app.base.owner, app.contratId, { territoire: LIEU, porteur: 'DPMP', nom: 'Conseil voisin' });
  });
  afterAll(async () => {
    await app.close();
    declarerSources();
  });

  test('qui la tient écrit ses décisions, numérotées pour elle ; les autres non, et le refus est dans ses mots', async () => {
    const formulaire = await app.get(`/decisions/nouvelle?tournee=${ouverte}`, TIENT);
    expect([formulaire.statusCode, formulaire.body.includes('Tournée du soir'), formulaire.body.includes(`name="tournee" value="${ouverte}"`)]).toEqual([
      200,
      true,
      true,
    ]);
    const refus = await app.get(`/decisions/nouvelle?tournee=${ouverte}`, AUTRE);
    expect([refus.statusCode, refus.body.includes('Seule la permanence de la tournée écrit ses décisions.')]).toEqual([403, true]);
    expect((await app.get(`/decisions/nouvelle?tournee=${secrete}`, AUTRE)).statusCode).toBe(404);
    expect((await app.post('/decisions/nouvelle', { tournee: secrete, nature: 'action', libelle: 'Entrer', responsable: 'PP' }, AUTRE)).statusCode).toBe(404);
    expect((await app.get('/decisions/nouvelle', TIENT)).statusCode).toBe(404);
    for (const [n, libelle] of ['Premier soir', 'Second soir'].entries()) {
      const page = await app.get(await decider(ouverte, libelle), TIENT);
      expect(page.body).toContain(`Action A${n + 1}, Tournée du soir`);
    }
    await creerDecision(
      app.base.owner,
      app.contratId,
      {
        instanceId: instance,
        seanceId: null,
        pointId: null,
        nature: 'action',
        libelle: 'Du conseil',
        responsableId: 'RATP',
        responsableNom: '',
        responsableCourriel: '',
        echeance: null,
        fiche: '1.6',
        ligne: null,
        territoireId: LIEU,
      },
      { auteur: 'x', quand: new Date() },
    );
    const { rows } = await sql<{ genre: string; numero: number }>`
      select origine_genre as genre, numero from decisions where contrat_id = ${app.contratId} order by 1, 2`.execute(app.base.owner);
    expect(rows).toEqual([
      { genre: 'instance', numero: 1 },
      { genre: 'tournee', numero: 1 },
      { genre: 'tournee', numero: 2 },
    ]);
  });

  test('la liste, l’export et les nombres réunissent toutes les origines, et ne montrent à chacun que ce que chacune lui montre', async () => {
    await decider(secrete, 'Mot à taire');
    const [siens, autres] = [(await app.get('/decisions?territoire=tous', TIENT)).body, (await app.get('/decisions?territoire=tous', AUTRE)).body];
    for (const page of [siens, autres]) for (const dit of ['Du conseil', 'Conseil voisin', 'Premier soir', 'Tournée du soir']) expect(page).toContain(dit);
    expect([siens.includes('Mot à taire'), autres.includes('Mot à taire')]).toEqual([true, false]);
    expect((await app.get('/decisions.csv?territoire=tous', AUTRE)).body).not.toContain('Mot à taire');
    expect(autres).toMatch(/ouvertes \(3\)/);
    const siennes = (await app.get(`/decisions?tournee=${ouverte}`, TIENT)).body;
    expect([siennes.includes('Premier soir'), siennes.includes('Du conseil'), siennes.includes('Ajouter une décision')]).toEqual([true, false, true]);
    expect((await app.get(`/decisions?tournee=${secrete}`, AUTRE)).body).not.toContain('Tournée discrète');
    // What everybody may count: nothing of what is closed.
    expect((await app.get('/fiches/1.6')).body).toMatch(/3\sdécisions en cours/);
  });

  test('lire, suivre et tenir une décision suivent le droit de son origine', async () => {
    const [sienne, tue] = [await decider(ouverte, 'À suivre'), await decider(secrete, 'À suivre en secret')];
    expect([(await app.get(sienne, AUTRE)).statusCode, (await app.get(tue, AUTRE)).statusCode, (await app.get(tue, TIENT)).statusCode]).toEqual([
      200, 404, 200,
    ]);
    const refus = await app.post(sienne, { etat: 'en_cours', version: '1' }, AUTRE);
    expect([refus.statusCode, refus.body.includes('elle seule, ou la permanence de la tournée, dit où elle en est')]).toEqual([403, true]);
    const abandon = await app.post(sienne, { etat: 'abandonne', motif: 'Trop tard', version: '1' }, CHARGE);
    expect([abandon.statusCode, abandon.body.includes('Seule la permanence de la tournée abandonne une décision')]).toEqual([422, true]);
    expect((await app.post(sienne, { etat: 'fait', preuve: 'Passage noté', version: '1' }, CHARGE)).statusCode).toBe(303);
    const lot = { decision: `${sienne.split('/').pop()}:2`, acte: 'echeance', echeance: '2027-06-01' };
    expect([(await app.post('/decisions/lot', lot, AUTRE)).statusCode, (await app.post('/decisions/lot', lot, TIENT)).statusCode]).toEqual([403, 303]);
    expect((await app.post(tue, { etat: 'en_cours', version: '1' }, AUTRE)).statusCode).toBe(404);
  });

  test('ce qui est dû s’écrit à qui la tient, ne se lit pas ailleurs, et tombe quand elle finit', async () => {
    await decider(secrete, 'Rappeler en secret', { echeance: '2027-03-01' });
    const dues = async (qui: typeof TIENT | typeof AUTRE) =>
      (await app.get('/echeances?genre=decision&territoire=tous', qui)).body.includes('Rappeler en secret');
    expect([await dues(TIENT), await dues(AUTRE)]).toEqual([true, false]);
    await envoyerRappels(app.db, {
      contratId: app.contratId,
      maintenant: new Date('2027-02-24T08:00:00Z'),
      coffre: app.coffre,
      adresse: 'https://concorde.example',
      comptes: listComptes,
    });
    const { rows } = await sql<{ a: string; texte: string }>`select destinataire as a, texte from courriels where contrat_id = ${app.contratId}`.execute(
      app.base.owner,
    );
    const lettres = echeances.grouper(rows, (r) => r.a).get('permanence@exemple.fr') ?? [];
    expect(lettres).toHaveLength(1);
    expect([lettres[0]?.texte.includes('décision d’une tournée réservée'), lettres[0]?.texte.includes('Rappeler en secret')]).toEqual([true, false]);
    await sql`update tournees set finie = true where id = ${secrete}::uuid`.execute(app.base.owner);
    const quand = { db: app.base.owner, contrat: { id: app.contratId, slug: '' }, maintenant: new Date() };
    await suivreDecisionsDe(quand, { genre: 'tournee', id: secrete });
    const { rows: motifs } = await sql<{ motif: string }>`
      select distinct sans_objet_motif as motif from echeances where genre = 'decision' and sans_objet_le is not null`.execute(app.base.owner);
    expect(motifs).toEqual([{ motif: 'la tournée n’existe plus' }]);
  });

  test('deux modules ne déclarent pas le même genre', () => {
    const double = buildHouse([...HOUSE.modules, tournees, { ...tournees, code: 'autres' }]);
    expect(() => declarerSources(double)).toThrow('« tournee » est déclarée deux fois');
  });
});
