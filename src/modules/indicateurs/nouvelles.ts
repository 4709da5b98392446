/** What changed among published figures: those validated, day by day and measure by measure, and those corrected after signature. */
import { sql } from 'kysely';
import type { Nouvelle, Nouvelles } from '../../core/suites.ts';
import { formatPeriode, pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { titreDuRectificatif } from './signature/rectificatifs.atom.ts';
import { listRectificatifs } from './signature/rectificatifs.queries.ts';
import { cheminDuChiffre, direMotif, direOu } from './signature/rectificatifs.rules.ts';

interface Lot {
  mesureId: string;
  periode: string;
  jour: string;
  le: Date;
  lieux: number;
  /** The only place, when there is one. */
  lieu: string;
}

/**
 * What everyone may read as valid, and since when: validated, and said by its debtor where nobody else vouched for it. What was contested meanwhile is so
 * since the last of those who contested it before took it back; a later contestation, once taken back, announces nothing anew.
 */
const acquises = (contratId: number, depuis: Date) => sql`
  select v.mesure_id, v.periode, v.territoire_id,
    greatest(dit.le, (select max(k.retiree_le) from valeur_contestations k where k.contrat_id = v.contrat_id and k.valeur_id = v.id and k.le <= dit.le)) as acquise
  from valeurs v
  cross join lateral (select greatest(v.valide_le, case
    when v.pour_autrui and coalesce(v.valide_organisation, v.saisi_par_organisation) = v.saisi_par_organisation then v.confirme_le end) as le) as dit
  where v.id in (select id from valeurs where contrat_id = ${contratId} and valide_le >= ${depuis}
      union select id from valeurs where contrat_id = ${contratId} and confirme_le >= ${depuis}
      union select valeur_id from valeur_contestations where contrat_id = ${contratId} and retiree_le >= ${depuis})
    and v.contrat_id = ${contratId} and v.valide_le is not null and v.parole = 'acquise' and v.etat <> 'secret' and v.rectifie_verrou is null`;

export const nouvellesDesChiffres: Nouvelles = async (c, { fiche, territoires, depuis, max }) => {
  const cat = await getCatalogue(c.db, c.contrat.id);
  const mesures = fiche === undefined ? undefined : (cat.fiches.get(fiche)?.mesures.map((m) => m.id) ?? []);
  const { rectificatifs } = await listRectificatifs(c.db, cat, { mesures, territoires, depuis }, { limite: max, depuis: 0 });
  // What is secret tells nothing, not even that it is there. What corrects a signed figure is told as such above.
  const { rows } = await sql<Lot>`
    select mesure_id as "mesureId", periode, (acquise at time zone concorde_fuseau(${c.contrat.id}::smallint))::date::text as jour, max(acquise) as le,
      count(distinct territoire_id)::int as lieux, min(territoire_id) as lieu
    from (${acquises(c.contrat.id, depuis)}) as v
    where acquise >= ${depuis}
      ${mesures ? sql`and mesure_id = any(${mesures}::text[])` : sql``}
      ${territoires ? sql`and territoire_id = any(${[...territoires]}::text[])` : sql``}
    group by 1, 2, 3
    order by le desc
    limit ${max}`.execute(c.db);
  const publies = rows.flatMap((l): Nouvelle[] => {
    const m = cat.mesures.get(l.mesureId);
    const lieu = cat.territoires.get(l.lieu)?.nom ?? l.lieu;
    return m
      ? [
          {
            id: `chiffre-${l.mesureId}-${l.periode}-${l.jour}`,
            le: l.le,
            titre: `Chiffre validé : ${m.court}, ${formatPeriode(l.periode)}`,
            resume: `Fiche ${m.fiche}, ${l.lieux === 1 ? lieu : pluriel(l.lieux, 'territoire')}.`,
            chemin: `/chiffres/${m.id}?periode=${l.periode}${l.lieux === 1 ? `&territoire=${encodeURIComponent(l.lieu)}` : ''}`,
          },
        ]
      : [];
  });
  const corriges = rectificatifs.map((r) => ({
    id: `rectificatif-${r.id}`,
    le: r.le,
    titre: `Rectificatif : ${titreDuRectificatif(r, cat)}`,
    resume: `${direOu(r, cat)}. ${direMotif(r)}`,
    chemin: cheminDuChiffre(r),
  }));
  return [...publies, ...corriges];
};
