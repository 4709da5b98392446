/** An alert told to five hundred people, and two hundred open screens that follow an answer. Beside its bare reference: the same rows in one statement. */
import { sql } from 'kysely';
import { FLUX_MAX } from '../src/core/direct/stream.ts';
import { createCompte } from '../src/modules/comptes/sessions.queries.ts';
import { avecTemoin, type Contexte, COORDINATRICE, type Etabli, mediane, PERSONAS, quantile } from './contexte.ts';

const PREVENUS = 500;
const ECRANS = 200;
const TOURS = 5;
const REPONSES = 40;

/** Somebody of the coordination, signed in. */
async function entrerPourLire(e: Etabli, n: number): Promise<string> {
  const compte = await createCompte(e.owner, e.contratId, {
    ...{ courriel: `banc-lecteur-${n}@exemple.invalid`, nom: `Banc ${n}`, fonction: 'Banc d’essai', organisationId: 'DPMP', motDePasse: null },
    ...{ demonstration: true, ordre: 1000 + n, accordePar: 'banc', debut: '2020-01-01' },
    mandats: [{ role: 'coordination', territoireId: null, fiche: null, registre: null }],
  });
  const r = await fetch(`${e.adresse}/demonstration`, {
    method: 'POST',
    body: new URLSearchParams({ compte: compte ?? '', retour: '/' }),
    redirect: 'manual',
    headers: { origin: e.adresse },
  });
  return r.headers.get('set-cookie')?.split(';')[0] ?? '';
}

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
  // A person keeps twenty streams at most (FLUX_MAX): as many people as it takes, one session each.
  const lisent = await Promise.all(Array.from({ length: Math.ceil(ECRANS / FLUX_MAX) }, (_, n) => entrerPourLire(e, n)));
  for (let i = 0; i < ECRANS; i++) await ouvrir(lisent[i % lisent.length] ?? '');
  c.noter('alerte-ecrans', ECRANS, 'écrans');
  const delais: number[] = [];
  const agent = await e.temoin(PERSONAS[0]);
  await sql`update alerte_inscrits i set compte_id = k.id, courriel = k.courriel from comptes k
    where k.contrat_id = ${contratId} and k.courriel like ${`${PERSONAS[0]}@%`} and i.contrat_id = ${contratId} and i.nom = 'Banc 400'`.execute(owner);
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
