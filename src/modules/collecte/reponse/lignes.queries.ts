/** What an institution is asked, line by line, with what it said last. */
import { sql } from 'kysely';
import { type Db, type Ligne as LigneDeTable, lireEnsemble } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { couper } from '../../../core/couper.ts';
import { formatPeriode, nombre } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { cellulesDe, cleDe, type Dite, genreDe, listDites, listMethodes, methodeDe } from '../../indicateurs/index.ts';
import { listDemandes } from '../campagnes/campagnes.queries.ts';
import { cleDeLigne, type LigneDemandee } from '../ligne.ts';
import { enJson } from '../../../core/couper.ts';

export interface Ligne extends LigneDemandee {
  cle: string;
  /** Name of its fields: the rank of what is asked in the frozen list, and its breakdown. */
  champ: string;
  /** A total given as such, or some of the total only: beside what adds up. */
  aPart: boolean;
  enVigueur: Dite | null;
  /** The source that was given last. */
  source: string;
  /** How it is counted, as said last: for this period or an earlier one. */
  note: { methode: string; limites: string };
}

const direDerniere = (v: Dite): string =>
  v.etat === 'secret' ? 'secret' : v.etat === 'sans_objet' ? 'sans objet' : v.nombre === null ? couper(v.texte, 300) : nombre(v.nombre, 3);

/** All the lines of an institution, as people count: « 5e » before « 10e ». Names of fields are of the frozen list, whose order never changes. */
export async function listLignes(db: Db, contratId: number, c: Catalogue, campagneId: string, organisationId: string): Promise<Ligne[]> {
  const demandes = await listDemandes(db, contratId, campagneId, organisationId);
  const [dites, methodes] = await lireEnsemble(db, [
    () => listDites(db, contratId, demandes),
    () => listMethodes(db, contratId, [...new Set(demandes.map((d) => d.mesureId))]),
  ]);
  const parCle = new Map<string, { actuelle?: Dite; avant?: Dite }>();
  for (const v of dites) {
    const cle = cleDeLigne({ ...v, periode: v.demandee, ventilation: cleDe(v.ventilation) });
    parCle.set(cle, { ...parCle.get(cle), [v.periode === v.demandee ? 'actuelle' : 'avant']: v });
  }
  const lignes: Ligne[] = [];
  for (const [rang, d] of demandes.entries()) {
    const m = c.mesures.get(d.mesureId);
    // A measure that the contract no longer has is asked of nobody.
    if (!m) continue;
    const note = methodeDe(c, methodes, d);
    const cellules = genreDe(m) === 'nombre' ? cellulesDe(m) : cellulesDe(m).filter((x) => x.cle === '');
    for (const x of cellules) {
      const cle = cleDeLigne({ ...d, ventilation: x.cle });
      const { actuelle, avant } = parCle.get(cle) ?? {};
      const total = x.cle === '' && cellules.length > 1;
      lignes.push({
        ...d,
        cle,
        champ: `${rang}${x.cle === '' ? '' : `.${x.cle.replaceAll('=', '-').replaceAll('&', '_')}`}`,
        titre: m.court,
        unite: m.unite,
        nature: m.nature,
        definition: m.libelle,
        genre: genreDe(m),
        territoire: c.territoires.get(d.territoireId)?.nom ?? d.territoireId,
        ventilation: x.cle,
        libelle: x.cle === '' ? (total ? 'total donné tel quel, s’il l’est' : '') : x.libelle,
        aPart: total || x.libelle.startsWith('dont '),
        derniere: avant ? { periode: formatPeriode(avant.periode), dit: direDerniere(avant) } : null,
        actuelle: actuelle ? { etat: actuelle.etat, nombre: actuelle.nombre, texte: actuelle.texte } : null,
        enVigueur: actuelle ?? null,
        source: actuelle?.source ?? avant?.source ?? '',
        note: { methode: note?.methode ?? '', limites: note?.limites ?? '' },
      });
    }
  }
  const rang = new Map(lignes.map((l, n) => [l.cle, n]));
  const ordre = new Intl.Collator('fr', { numeric: true });
  return lignes.sort(
    (a, b) =>
      ordre.compare(a.mesureId, b.mesureId) ||
      ordre.compare(a.debiteur, b.debiteur) ||
      a.periode.localeCompare(b.periode) ||
      ordre.compare(a.territoireId, b.territoireId) ||
      (rang.get(a.cle) ?? 0) - (rang.get(b.cle) ?? 0),
  );
}

interface Brouillon extends Pick<LigneDeTable<'campagneBrouillons'>, 'champ' | 'valeur' | 'le'> {
  par: string;
  compteId: string | null;
}
/** A field that was typed, when, and by which account. */
interface Tape {
  valeur: string;
  le: Date;
  compteId: string | null;
}
export interface Brouillons {
  champs: ReadonlyMap<string, Tape>;
  par: string;
  le: Date | null;
}
export async function getBrouillons(db: Db, contratId: number, campagneId: string, organisationId: string): Promise<Brouillons> {
  const { rows } = await sql<Brouillon>`
    select b.champ, b.valeur, b.le, a.nom as par, a.compte_id as "compteId"
    from campagne_brouillons b join campagne_acces a on a.contrat_id = b.contrat_id and a.id = b.acces_id
    where b.contrat_id = ${contratId} and b.campagne_id = ${uuid(campagneId)} and b.organisation_id = ${organisationId}
    order by b.le, b.champ`.execute(db);
  const dernier = rows.at(-1);
  return {
    champs: new Map(rows.map((r) => [r.champ, r])),
    par: dernier?.par ?? '',
    le: dernier?.le ?? null,
  };
}

/** Keeps what is typed, valid or not; a field that did not change keeps its author. */
export async function saveBrouillons(
  tx: Db,
  contratId: number,
  a: { campagneId: string; organisationId: string; id: string },
  champs: Readonly<Record<string, string>>,
  quand: Date,
): Promise<void> {
  await sql`
    insert into campagne_brouillons as b (contrat_id, campagne_id, organisation_id, champ, valeur, acces_id, le)
    select ${contratId}, ${a.campagneId}::uuid, ${a.organisationId}, x.key, x.value, ${a.id}::uuid, ${quand}
    from jsonb_each_text(${enJson(champs)}::jsonb) as x
    on conflict (contrat_id, campagne_id, organisation_id, champ) do update
    set valeur = excluded.valeur, acces_id = excluded.acces_id, le = excluded.le
    where b.valeur <> excluded.valeur`.execute(tx);
}

/** What was sent is a contribution: it is no draft any more, and never comes back over what others make of it. */
export async function oublierBrouillons(
  tx: Db,
  contratId: number,
  a: { campagneId: string; organisationId: string },
  champs: readonly string[],
): Promise<void> {
  await sql`
    delete from campagne_brouillons
    where contrat_id = ${contratId} and campagne_id = ${a.campagneId}::uuid and organisation_id = ${a.organisationId}
      and champ = any(${[...champs]}::text[])`.execute(tx);
}

/** Two who save for one institution wait for each other, until the end of the transaction. */
export async function tenirLaReponse(tx: Db, contratId: number, a: { campagneId: string; organisationId: string }): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`collecte|${contratId}|${a.campagneId}|${a.organisationId}`}, 0))`.execute(tx);
}
