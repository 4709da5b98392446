/** What trust costs: a read noted in the audit trail against the same read not noted, sign-ins a second, checking a session. */
import { sql } from 'kysely';
import { getCatalogue } from '../src/modules/contrats/index.ts';
import { openJournal } from '../src/core/trace/audit.ts';
import { COOKIE_SESSION } from '../src/core/http/cookies.ts';
import { hacher } from '../src/modules/comptes/mot-de-passe.ts';
import { type Contexte, mediane } from './contexte.ts';
import { ouvrirServeurInterne } from './interne.ts';
import { createCompte, createSession, getUtilisateurDeSession } from '../src/modules/comptes/sessions.queries.ts';

const MOT_DE_PASSE = 'Un cheval correct, 7 agrafes';

export async function mesurerComptes(c: Contexte): Promise<void> {
  const { p, bases } = await c.etabli('A');
  const { noter } = c;
  const db = bases.partenariat;
  const journal = openJournal(db, p.contratId);
  const serveurs = await Promise.all([journal, null].map((audit) => ouvrirServeurInterne({ p, bases }, audit)));
  const courriel = `banc-${Date.now()}@exemple.fr`;
  const compteId =
    (await createCompte(p.owner, p.contratId, {
      courriel,
      nom: 'Banc d’essai',
      fonction: 'Essai',
      organisationId: (await getCatalogue(p.owner, p.contratId)).contrat.signataires[0]?.acteur ?? '',
      motDePasse: await hacher(MOT_DE_PASSE),
      demonstration: false,
      ordre: 0,
      mandats: [{ role: 'agent', territoireId: null, fiche: null }],
      accordePar: 'banc',
      debut: '2020-01-01',
    })) ?? '';
  const jeton = await createSession(p.owner, p.contratId, { compteId, moyen: 'totp', forte: true, adresse: null, agent: null }, new Date());
  const { rows } = await sql<{ id: string }>`
    select id from activites where contrat_id = ${p.contratId} and registre = 'formations' and statut = 'publie' limit 200`.execute(p.owner);
  const lire = async (i: 0 | 1, n: number) => {
    const t = performance.now();
    const r = await serveurs[i]?.inject({ url: `/registres/formations/${rows[n % rows.length]?.id}`, headers: { cookie: `${COOKIE_SESSION}=${jeton}` } });
    if (r?.statusCode !== 200) throw new Error(`Lecture : ${r?.statusCode}`);
    return performance.now() - t;
  };
  const durees: [number[], number[]] = [[], []];
  // One after the other, turn by turn, so that the machine's moods fall on both.
  for (let n = 0; n < 440; n++) for (const i of [0, 1] as const) (n < 40 ? [] : durees[i]).push(await lire(i, n));
  noter('lecture-auditee-p50', mediane(durees[0]), 'ms');
  noter('lecture-auditee-vs-non', mediane(durees[0]) / mediane(durees[1]), 'ratio');

  const verifier = () => getUtilisateurDeSession(db, p.contratId, jeton, new Date());
  const sessions: number[] = [];
  for (let i = 0; i < 300; i++) {
    const t = performance.now();
    await verifier();
    sessions.push(performance.now() - t);
  }
  noter('session-verifiee-p50', mediane(sessions), 'ms');

  const debut = performance.now();
  const ENTREES = 40;
  const entrer = (i: number) =>
    serveurs[0]?.inject({
      method: 'POST',
      url: '/connexion',
      remoteAddress: `10.7.0.${i}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ courriel, mot_de_passe: MOT_DE_PASSE, retour: '/' }).toString(),
    });
  for (let i = 0; i < ENTREES; i += 4) await Promise.all([0, 1, 2, 3].map((k) => entrer(i + k)));
  noter('connexions-s', ENTREES / ((performance.now() - debut) / 1000), 'connexions/s');
  await journal.close();
  for (const s of serveurs) await s.close();
}
