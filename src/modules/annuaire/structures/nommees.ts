/** Cards of what the contract names: made once with it, then kept by who answers for them. What they serve follows them while they are online. */
import { sql } from 'kysely';
import { acces } from '../../../core/authorize.ts';
import type { Lien, Portees } from '../../../core/capacites.ts';
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { cleTexte } from '../../../core/mots.ts';
import { pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { suivreStructures } from '../verification/verification.dus.ts';
import { createStructure, VIDE } from './ecrire.ts';
import type { Nommee } from './nommees.schema.ts';
import { addService } from './services.ts';
import { serviceSchema } from './structures.schema.ts';
import { SERVICE_VIDE } from './structures.vue.ts';
import { enJson } from '../../../core/couper.ts';

const nommeePar = (catalogue: Catalogue, source: string): string =>
  source === 'glossaire' ? 'contrat, glossaire' : catalogue.lignes.has(source) ? `contrat, ${source}` : `contrat, fiche ${source}`;

/** Those whose key is not there yet; a card that was corrected, withdrawn or joined is theirs who keep it, and never written again. */
export async function chargerNommees(owner: Db, catalogue: Catalogue, nommees: readonly Nommee[], quand: Date): Promise<string | null> {
  const { contratId } = catalogue;
  return inTransaction(owner, { contratId }, async (tx) => {
    const { rows } = await sql<{ cle: string }>`
      select cle_contrat as cle from structures where contrat_id = ${contratId} and cle_contrat <> ''`.execute(tx);
    const la = new Set(rows.map((r) => r.cle));
    const auteur = { par: 'Le contrat', organisme: '', voie: 'commande', quand } as const;
    const faites: string[] = [];
    for (const n of nommees.filter((x) => !la.has(x.cle))) {
      // Somebody wrote it already: it is that one, never a twin.
      const { rows: deja } = await sql<{ id: string }>`
        update structures set cle_contrat = ${n.cle}
        where contrat_id = ${contratId} and id = (
          select s.id from structures s
          where s.contrat_id = ${contratId} and s.cle_contrat = '' and s.cle_nom = ${cleTexte(n.nom)} and s.organisation_id = ${n.acteur} and not s.fictive
            and s.jointe_a is null
          order by s.id limit 1)
        returning id`.execute(tx);
      if (deja.length > 0) continue;
      const id = await createStructure(
        tx,
        catalogue,
        {
          ...VIDE,
          nom: n.nom,
          organisation_id: n.acteur,
          territoire_id: n.territoire ?? catalogue.racine.id,
          description: `Nommé par le ${nommeePar(catalogue, n.source)}. Adresse, horaires et contact à compléter par qui en répond.`,
        },
        auteur,
        { cle: n.cle },
      );
      const service = { nom: n.service, besoins: [...n.besoins], publics: [...n.publics], publics_precisions: n.precisions };
      await addService(
        tx,
        contratId,
        { id, jointeA: null },
        { ...serviceSchema.parse({ ...SERVICE_VIDE, nom: n.service, besoins: n.besoins }), ...service },
        auteur,
      );
      faites.push(id);
    }
    // What it serves is the contract's to say, whoever keeps the card.
    await sql`
      update structures s set systemes = v.systemes
      from (select x.cle, array(select jsonb_array_elements_text(x.systemes)) as systemes
        from jsonb_to_recordset(${enJson(nommees)}::jsonb) as x (cle text, systemes jsonb)) v
      where s.contrat_id = ${contratId} and s.cle_contrat = v.cle and s.systemes <> v.systemes`.execute(tx);
    await sql`
      update structures s set systemes = '{}'
      where s.contrat_id = ${contratId} and s.systemes <> '{}' and s.cle_contrat <> all(${nommees.map((n) => n.cle)}::text[])`.execute(tx);
    if (faites.length > 0) await suivreStructures({ db: tx, contrat: { id: contratId, slug: catalogue.slug }, maintenant: quand }, faites);
    return faites.length > 0 ? `${pluriel(faites.length, 'lieu nommé', 'lieux nommés')} par le contrat ajoutés à l’annuaire, à compléter` : null;
  });
}

/** By system, the cards online that serve it: their own, or the one that they were joined to. */
export async function listPortees(db: Db, contratId: number): Promise<Portees> {
  const { rows } = await sql<{ systeme: string; id: string; nom: string }>`
    select distinct x.systeme, k.id, k.nom
    from structures s
    join structures k on k.contrat_id = s.contrat_id and k.id = coalesce(s.jointe_a, s.id) and k.etat = 'publiee' and k.jointe_a is null
    cross join unnest(s.systemes) as x (systeme)
    where s.contrat_id = ${contratId} and s.systemes <> '{}' and s.etat = 'publiee'
    order by x.systeme, k.nom, k.id`.execute(db);
  const par = new Map<string, Lien[]>();
  for (const k of rows) par.set(k.systeme, [...(par.get(k.systeme) ?? []), { href: `/aide/lieux/${k.id}`, libelle: k.nom, qui: acces.public }]);
  return new Map([['ressource', par]]);
}
