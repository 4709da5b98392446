/** What a situation report says: read from the main courante, the counts, the means and the services; nothing is typed again. */
import { sql } from 'kysely';
import type { Db, Ligne } from '../../../core/base/database.ts';
import { uuid } from '../../../core/base/id.ts';
import { additionner } from '../centres/comptage.rules.ts';
import { listCentres, listComptes } from '../centres/centres.queries.ts';
import { listMoyens } from '../moyens/moyens.queries.ts';
import type { EtatMoyen } from '../moyens/moyens.rules.ts';
import { listEtats } from '../continuite/continuite.queries.ts';
import type { EtatDeService } from '../continuite/continuite.rules.ts';
import type { Soutien } from '../soutien.schema.ts';

export interface Contenu {
  entrees: { numero: number; survenuLe: string; classe: string; contenu: string; par: string }[];
  /** Of that time, those that are not shown being the oldest. */
  entreesEnTout: number;
  centres: {
    genre: string;
    nom: string;
    etat: 'prevu' | 'ouvert' | 'ferme';
    capacite: number;
    presentes: number;
    enTrop: number;
    /** Since the beginning, and in that time. */
    arrivees: Record<string, { total: number; nouvelles: number }>;
    besoins: Record<string, number>;
  }[];
  moyens: { numero: number; moyen: string; nombre: number; lieu: string; etat: EtatMoyen }[];
  services: { service: string; lieu: string; territoireId: string; etat: EtatDeService; depuis: string; ditPar: string; note: string }[];
}
/** Beyond, a report says how many there were, and where a long text goes on. */
const ENTREES_MAX = 200;
const TEXTE_MAX = 2000;

const abreger = (e: { contenu: string; numero: number }): string =>
  e.contenu.length <= TEXTE_MAX ? e.contenu : `${e.contenu.slice(0, TEXTE_MAX)}… (la suite au n° ${e.numero})`;
type Entree = Pick<Ligne<'mainCourante'>, 'survenuLe' | 'classe' | 'contenu' | 'auteur'> & { numero: number; enTout: number };
/** Written by people or by the platform, arrived after `du` (from the opening itself for the first report), what was corrected being left to its correction. */
async function listEntrees(db: Db, contratId: number, criseId: string, du: Date, au: Date): Promise<Entree[]> {
  const { rows } = await sql<Entree>`
    select m.numero::int as numero, m.survenu_le, m.classe, m.contenu, m.auteur, count(*) over ()::int as en_tout
    from main_courante m
    where m.contrat_id = ${contratId} and m.crise_id = ${uuid(criseId)} and m.arrive_le > ${du} and m.arrive_le <= ${au}
      and not exists (select from main_courante x where x.contrat_id = m.contrat_id and x.crise_id = m.crise_id and x.renvoi = m.numero
        and x.renvoi_genre = 'correction' and x.arrive_le <= ${au})
    order by m.numero desc limit ${ENTREES_MAX}`.execute(db);
  return rows.reverse();
}

export async function lireContenu(db: Db, contratId: number, soutien: Soutien, o: { criseId: string; du: Date; au: Date }): Promise<Contenu> {
  const entrees = await listEntrees(db, contratId, o.criseId, o.du, o.au);
  const centres = await listCentres(db, contratId, o.criseId);
  const comptes = await listComptes(db, contratId, o.criseId);
  const nouveaux = await listComptes(db, contratId, o.criseId, o);
  const moyens = await listMoyens(db, contratId, o.criseId);
  const services = await listEtats(db, contratId, o.criseId);
  const ailleurs = soutien.personnes.filter((p) => p.ailleurs).map((p) => p.code);
  return {
    entrees: entrees.map((e) => ({ numero: e.numero, survenuLe: e.survenuLe.toISOString(), classe: e.classe, contenu: abreger(e), par: e.auteur })),
    entreesEnTout: entrees[0]?.enTout ?? 0,
    centres: centres.map((c) => {
      const b = additionner(
        comptes.filter((k) => k.centreId === c.id),
        ailleurs,
      );
      const n = additionner(
        nouveaux.filter((k) => k.centreId === c.id),
        ailleurs,
      );
      return {
        genre: c.genre,
        nom: c.nom,
        etat: c.etat,
        capacite: c.capacite,
        presentes: b.presentes,
        enTrop: b.enTrop,
        arrivees: Object.fromEntries(soutien.personnes.map((p) => [p.code, { total: b.arrivees.get(p.code) ?? 0, nouvelles: n.arrivees.get(p.code) ?? 0 }])),
        besoins: Object.fromEntries(b.besoins),
      };
    }),
    moyens: moyens.map((m) => ({ numero: m.numero, moyen: m.moyen, nombre: m.nombre, lieu: m.lieu, etat: m.etat })),
    services: services
      .filter((s) => s.etat !== 'normal')
      .map((s) => ({
        service: s.service,
        lieu: s.lieu,
        territoireId: s.territoireId,
        etat: s.etat,
        depuis: s.depuis.toISOString(),
        ditPar: s.ditPar,
        note: s.note,
      })),
  };
}
