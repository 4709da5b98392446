/**
 * Who owes what, with ten years of contributions behind: the completeness board and a producer's list, as whole pages, against the statements
 * that they read and nothing else. The history is the last full year of the demonstration, once more for each of ten years before it.
 */
import { sql } from 'kysely';
import { horloge, jourDe } from '../src/core/clock.ts';
import { compterAvancement, type Lecteur, listEcheances, listMoisDeDettes } from '../src/modules/echeances/index.ts';
import { type Contexte, type Etabli, lirePage, mediane, quantile, tourATour } from './contexte.ts';

const ANS = 10;
const TOURS = 40;
const COORDINATION = 'claire.fontaine';
/** Gives the figures of its institution. */
const PRODUCTEUR = { personne: 'philippe.roux', organisation: 'PP' };

/** Those that are written: the others follow from them. */
async function listColonnes(e: Etabli, table: string): Promise<string[]> {
  const { rows } = await sql<{ nom: string }>`
    select attname as nom from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(
    e.owner,
  );
  return rows.map((r) => r.nom);
}

async function semer(e: Etabli, annee: string): Promise<{ dettes: number; valeurs: number }> {
  const avant = sql`(left(x.periode, 4)::int - n)::text || substr(x.periode, 5)`;
  const jours = sql`make_interval(years => n)`;
  const dettes = await sql`
    insert into echeances (contrat_id, genre, module, sujet, objet_id, titre, chemin, organisation_id, periode, territoire_id, fiche, ouverte_le, due_le,
      soldee_le, soldee_par, solde_chemin)
    select x.contrat_id, x.genre, x.module, x.sujet, x.objet_id, x.titre, x.chemin, x.organisation_id, ${avant}, x.territoire_id, x.fiche,
      x.ouverte_le - ${jours}, x.due_le - ${jours}, (x.due_le - ${jours})::timestamptz, 'banc', x.chemin
    from echeances x, generate_series(1, ${ANS}) n
    where x.contrat_id = ${e.contratId} and x.genre = 'chiffre' and x.periode like ${`${annee}%`}
    on conflict do nothing`.execute(e.owner);
  const colonnes = await listColonnes(e, 'valeurs');
  const nouvelles = new Map([
    ['id', sql`gen_random_uuid()`],
    ['periode', avant],
  ]);
  const valeurs = await sql`
    insert into valeurs (${sql.join(colonnes.map((k) => sql.ref(k)))})
    select ${sql.join(colonnes.map((k) => nouvelles.get(k) ?? sql.ref(`x.${k}`)))}
    from valeurs x, generate_series(1, ${ANS}) n
    where x.contrat_id = ${e.contratId} and x.courante and x.periode like ${`${annee}%`}
    on conflict do nothing`.execute(e.owner);
  await sql`analyze echeances, valeurs`.execute(e.owner);
  return { dettes: Number(dettes.numAffectedRows ?? 0), valeurs: Number(valeurs.numAffectedRows ?? 0) };
}

export async function mesurerCompletude(c: Contexte): Promise<void> {
  const e = await c.etabli('A');
  const maintenant = horloge();
  const aujourdhui = jourDe(maintenant);
  const semes = await semer(e, String(Number(aujourdhui.slice(0, 4)) - 1));
  c.dire(`  ${ANS} ans : ${semes.dettes} dettes et ${semes.valeurs} contributions semées`);
  c.noter('collecte-dettes-semees', semes.dettes, 'lignes');
  const l: Lecteur = { u: null, contratId: e.contratId, catalogue: e.formulaire.catalogue, aujourdhui, maintenant };
  const dettes = { genre: 'chiffre' };
  const siennes = { ...dettes, organisation: PRODUCTEUR.organisation };
  const [coordination, producteur] = [await e.temoin(COORDINATION), await e.temoin(PRODUCTEUR.personne)];
  const cas = [
    {
      nom: 'collecte-tableau',
      page: () => lirePage(`${e.adresse}/collecte`, coordination),
      nu: async () => {
        await compterAvancement(e.db, l, 'organisation', dettes);
        await listMoisDeDettes(e.db, l, dettes);
      },
    },
    {
      nom: 'collecte-producteur',
      page: () => lirePage(`${e.adresse}/chiffres?etat=donne`, producteur),
      nu: async () => {
        await listEcheances(e.db, l, siennes, null, null);
        await listEcheances(e.db, l, { ...siennes, etat: 'soldee' }, null, null);
      },
    },
  ];
  for (const { nom, page, nu } of cas) {
    const [pages = [], nus = []] = await tourATour(c.rapide ? 10 : TOURS, [page, nu]);
    c.noter(`${nom}-p95`, quantile(pages, 0.95), 'ms');
    c.noter(`${nom}-nu-p95`, quantile(nus, 0.95), 'ms');
    c.noter(nom, mediane(pages) / mediane(nus), 'ratio');
  }
}
