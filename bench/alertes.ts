/** An alert told to five hundred people, and two hundred open screens that follow an answer. Beside its bare reference: the same rows in one statement. */
import { sql } from 'kysely';
import { avecTemoin, type Contexte, COORDINATRICE, mediane, PERSONAS, quantile } from './contexte.ts';

const PREVENUS = 500;
const ECRANS = 200;
const TOURS = 5;
const REPONSES = 40;

export async function mesurerAlertes(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const { owner, contratId } = e;
  const temoin = await e.temoin(COORDINATRICE);
  await sql`update alerte_inscrits set retire_le = now() where contrat_id = ${contratId} and retire_le is null`.execute(owner);
  await sql`
    insert into alerte_inscrits (contrat_id, fonction, territoire, organisation_id, nom, courriel, modifie_le)
    select ${contratId}, 'association', 'mairie-18', 'PAV', 'Banc ' || n, 'banc-' || n || '@exemple.invalid', now()
    from generate_series(1, ${PREVENUS}::int) n`.execute(owner);
  const envoyer = (url: string, champs: Record<string, string>, qui = temoin) =>
    fetch(`${e.adresse}${url}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...avecTemoin(qui), origin: e.adresse, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(champs),
    });
  const durees: number[] = [];
  let id = '';
  for (let i = 0; i < TOURS + 1; i++) {
    const t = performance.now();
    const r = await envoyer('/alertes/nouvelle', { palier: 'alerte', genre: 'rixe', territoire: '7511801', lieu: 'Place du Banc' });
    if (i > 0) durees.push(performance.now() - t);
    id = r.headers.get('location')?.split('/').pop() ?? '';
    if (r.status !== 303) throw new Error(`Alerte refusée : ${r.status}`);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from courriels where contrat_id = ${contratId} and objet like ${`/alertes/${id}%`}`.execute(owner);
    if (rows[0]?.n !== PREVENUS) throw new Error(`${rows[0]?.n} lettres au lieu de ${PREVENUS}.`);
    // Older than what the same fact may be: the next one is asked nothing.
    await sql`update alertes set ecrite_le = ecrite_le - interval '3 hours' where contrat_id = ${contratId} and id = ${id}::uuid`.execute(owner);
  }
  c.noter('alerte-500-ms', mediane(durees), 'ms');
  const nues: number[] = [];
  for (let i = 0; i < TOURS; i++) {
    const t = performance.now();
    await sql`
      with a as (insert into alerte_evenements (contrat_id, alerte_id, rang, quand, acte) values (${contratId}, ${id}::uuid, ${1000 + i}, now(), 'banc'))
      insert into courriels (contrat_id, destinataire, sujet, texte, etat)
      select ${contratId}, 'banc-' || n || '@exemple.invalid', 'banc', repeat('x', 900), 'envoye' from generate_series(1, ${PREVENUS}::int) n`.execute(owner);
    nues.push(performance.now() - t);
  }
  c.noter('alerte-500-nue', mediane(durees) / mediane(nues), '×');

  // Twenty streams a person: as many sessions as it takes, of people who read this alert.
  const recus: (() => void)[] = [];
  const arret = new AbortController();
  const ouvrir = async (qui: string): Promise<void> => {
    const r = await fetch(`${e.adresse}/alertes/${id}/direct`, { headers: { ...avecTemoin(qui), 'accept-encoding': 'identity' }, signal: arret.signal });
    if (r.status !== 200 || !r.body) throw new Error(`Flux refusé : ${r.status}`);
    const lecteur = r.body.pipeThrough(new TextDecoderStream()).getReader();
    void (async () => {
      for (;;) {
        const { value, done } = await lecteur.read();
        if (done) return;
        if (value.includes('"accusee"')) for (const f of recus) f();
      }
    })().catch(() => {});
  };
  const { rows: gens } = await sql<{ id: string }>`
    select distinct k.id from comptes k join mandats m on m.contrat_id = k.contrat_id and m.compte_id = k.id
    where k.contrat_id = ${contratId} and m.role in ('coordination', 'coordonnateur', 'operateur', 'signataire', 'elu')`.execute(owner);
  const { rows: ids } = await sql<{ id: string }>`
    update alerte_inscrits set compte_id = k.id from (select id, row_number() over (order by ordre) as n from comptes where contrat_id = ${contratId} and demonstration) k
    where contrat_id = ${contratId} and nom = 'Banc ' || k.n returning alerte_inscrits.compte_id as id`.execute(owner);
  const comptes = [...new Set([...gens, ...ids].map((g) => g.id))];
  const temoins = await Promise.all(
    comptes.map(async (compte) => {
      const r = await fetch(`${e.adresse}/demonstration`, {
        method: 'POST',
        body: new URLSearchParams({ compte, retour: '/' }),
        redirect: 'manual',
        headers: { origin: e.adresse },
      });
      return r.headers.get('set-cookie')?.split(';')[0] ?? '';
    }),
  );
  const lisent: string[] = [];
  for (const t of temoins) {
    const r = await fetch(`${e.adresse}/alertes/${id}`, { headers: avecTemoin(t) });
    if (r.status === 200) lisent.push(t);
    await r.arrayBuffer();
  }
  for (let i = 0; i < ECRANS; i++) await ouvrir(lisent[i % lisent.length] ?? '');
  c.noter('alerte-ecrans', ECRANS, 'écrans');
  const delais: number[] = [];
  const agent = await e.temoin(PERSONAS[0]);
  await sql`update alerte_inscrits set compte_id = (select id from comptes where contrat_id = ${contratId} and courriel like 'nadia.benali@%')
    where contrat_id = ${contratId} and nom = 'Banc 400'`.execute(owner);
  for (let i = 0; i < REPONSES; i++) {
    const t = performance.now();
    let n = 0;
    const tous = new Promise<void>((pret) => {
      recus.splice(0, recus.length, () => {
        delais.push(performance.now() - t);
        if (++n === ECRANS) pret();
      });
    });
    const r = await envoyer(`/alertes/${id}/repondre`, { reponse: i % 2 ? 'vu' : 'vais' }, agent);
    if (r.status !== 303) throw new Error(`Réponse refusée : ${r.status}`);
    await tous;
  }
  c.noter('alerte-ecrans-p95-ms', quantile(delais, 0.95), 'ms');
  arret.abort();
}
