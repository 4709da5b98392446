/** Invented acts in every state, each saying that it is. Titles, parties and words come from the contract's folder; days are counted from the day told. */
import { z } from 'zod';
import type { Db } from '../../core/base/database.ts';
import { instantDe } from '../../core/clock.ts';
import type { ContratLu, Profils } from '../../core/module.ts';
import type { Catalogue } from '../contrats/index.ts';
import { plusJours } from '../echeances/index.ts';
import { ISSUES, type Issue, NATURES, type Nature, termeDe } from './conventions.rules.ts';
import { conventionSchema } from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { addParole } from './paroles.queries.ts';

/** Days from the day told: −400 is more than a year ago. */
const ecart = z.int().min(-4000).max(4000);
const passe = ecart.max(0, 'ce qui est fait l’est un jour passé');
const profilSchema = z.strictObject({
  actes: z.array(
    z.strictObject({
      nature: z.enum(Object.keys(NATURES) as [Nature, ...Nature[]]),
      titre: z.string().regex(/\(démonstration\)$/, 'un acte inventé le dit dans son titre'),
      objet: z.string(),
      porteur: z.string(),
      systemes: z.array(z.string()).default([]),
      lignes: z.array(z.string()).default([]),
      territoires: z.array(z.string()).default([]),
      effet: ecart.optional(),
      fin: ecart.optional(),
      preavis: z.int().optional(),
      reconduction: z.int().optional(),
      revue: z.int().optional(),
      lieu: z.string().default(''),
      interdits: z.string().default(''),
      jours: z.array(z.string()).default([]),
      heures: z.tuple([z.string(), z.string()]).optional(),
      saison: z.tuple([z.string(), z.string()]).optional(),
      /** Title of the one that it replaces, written before it. */
      remplace: z.string().optional(),
      /** Each says itself that it signed; unless another, `notee_par`, noted it; `contestee`: why it denies it. */
      parties: z
        .array(
          z.strictObject({
            qui: z.string(),
            signee: passe.optional(),
            retiree: passe.optional(),
            notee_par: z.string().optional(),
            contestee: z.string().optional(),
          }),
        )
        .default([]),
      textes: z
        .array(z.strictObject({ resume: z.string(), texte: z.string(), le: passe, avenant: z.boolean().default(false), fin: ecart.optional() }))
        .default([]),
      revues: z.array(z.strictObject({ le: passe, issue: z.enum(Object.keys(ISSUES) as [Issue, ...Issue[]]), texte: z.string().default('') })).default([]),
      engagements: z
        .array(z.strictObject({ libelle: z.string(), qui: z.string(), le: ecart, mois: z.int().optional(), faits: z.array(passe).default([]) }))
        .default([]),
      denoncee: z.strictObject({ le: ecart, motif: z.string() }).optional(),
      publique: z.boolean().default(false),
    }),
  ),
});
const NOM = 'conventions';
/** Faults of the profile against the contract. */
export function verifierProfil(c: ContratLu, profils: Profils): string[] {
  const dire = (quoi: string, ou: string) => `demonstration/${NOM}.yaml, « ${ou} » : ${quoi} n’est pas du contrat`;
  return (profils.lire(NOM, profilSchema)?.actes ?? []).flatMap((a) => [
    ...[a.porteur, ...a.engagements.map((e) => e.qui), ...a.parties.flatMap((x) => x.notee_par ?? [])]
      .filter((x) => !c.acteurs.has(x))
      .map((x) => dire(x, a.titre)),
    ...a.systemes.filter((x) => !c.systemes.has(x)).map((x) => dire(x, a.titre)),
    ...a.lignes.filter((x) => !c.lignes.has(x)).map((x) => dire(x, a.titre)),
    ...a.territoires.filter((x) => !c.territoires.has(x)).map((x) => dire(x, a.titre)),
  ]);
}

export async function genererConventionsDemo(tx: Db, catalogue: Catalogue, d: { profils: Profils; aujourdhui: string }): Promise<number> {
  const profil = d.profils.lire(NOM, profilSchema);
  const le = (n: number) => plusJours(d.aujourdhui, n);
  const par = 'Démonstration';
  const auteur = (n: number, organisationId = '') => ({ par, organisationId, quand: instantDe(le(n), '10:00') ?? new Date() });
  const ids = new Map<string, string>();
  for (const a of profil?.actes ?? []) {
    const debut = Math.min(a.effet ?? -30, ...a.textes.map((t) => t.le), ...a.parties.map((p) => p.signee ?? 0), -30);
    const saisie = conventionSchema.parse({
      ...{ nature: a.nature, titre: a.titre, reference: '', objet: a.objet, porteur: a.porteur },
      ...{ territoires: a.territoires, systemes: a.systemes, lignes: a.lignes.join(' '), lieu: a.lieu, interdits: a.interdits, jours: a.jours },
      effet: a.effet === undefined ? '' : le(a.effet),
      fin: a.fin === undefined ? '' : le(a.fin),
      preavis: String(a.preavis ?? ''),
      reconduction: String(a.reconduction ?? ''),
      revue: String(a.revue ?? ''),
      ...{ heure_de: a.heures?.[0] ?? '', heure_a: a.heures?.[1] ?? '', saison_de: a.saison?.[0] ?? '', saison_a: a.saison?.[1] ?? '' },
      remplace: ids.get(a.remplace ?? '') ?? '',
    });
    const id = await w.createActe(tx, catalogue.contratId, saisie, auteur(debut));
    if (id === null) throw new Error(`« ${a.titre} » est deux fois dans la démonstration.`);
    ids.set(a.titre, id);
    const ou = { contratId: catalogue.contratId, id };
    for (const p of a.parties) {
      const connue = catalogue.acteurs.has(p.qui);
      const partie = await w.addPartie(
        tx,
        ou,
        {
          organisation: connue ? p.qui : '',
          nom: connue ? '' : p.qui,
          ...(p.signee === undefined ? { signataire: '', fonction: '' } : { signataire: 'Personne Fictive', fonction: 'Démonstration' }),
          signee_le: p.signee === undefined ? null : le(p.signee),
          parElle: connue && p.notee_par === undefined,
        },
        // Noted the day after it was signed, by itself or by another.
        auteur(p.signee === undefined ? debut : Math.min(0, p.signee + 1), p.notee_par ?? (connue ? p.qui : a.porteur)),
      );
      if (partie && p.signee !== undefined && p.contestee)
        await w.repondre(
          tx,
          { ...ou, partie },
          { acte: 'contestee', avant: { etat: 'notee', refus: null }, signeeLe: le(p.signee), motif: p.contestee },
          auteur(Math.min(0, p.signee + 5), p.qui),
        );
      if (partie && p.retiree !== undefined) await w.retirer(tx, { ...ou, partie }, le(p.retiree));
    }
    let fin = saisie.fin;
    for (const t of a.textes) {
      const v = {
        genre: t.avenant ? ('avenant' as const) : ('texte' as const),
        resume: t.resume,
        signee_le: le(t.le),
        fin: t.fin === undefined ? null : le(t.fin),
        texte: t.texte,
      };
      const vie = { fin, reconductionMois: saisie.reconduction, preavisJours: saisie.preavis, denonceeLe: null };
      await w.addVersion(tx, { ...ou, ...vie, terme: termeDe(vie, v.signee_le) }, v, null, auteur(t.le));
      if (v.fin !== null && v.fin !== fin) await w.deplacerFin(tx, ou, v.fin, auteur(t.le));
      fin = v.fin ?? fin;
    }
    for (const r of a.revues) await w.addRevue(tx, ou, { jour: le(r.le), issue: r.issue, texte: r.texte }, auteur(r.le));
    for (const e of a.engagements) {
      const engagement = await w.addEngagement(
        tx,
        ou,
        { libelle: e.libelle, organisation: e.qui, du_le: le(e.le), tous_les_mois: e.mois ?? null },
        auteur(debut),
      );
      for (const fait of e.faits)
        await w.addFait(tx, { contratId: catalogue.contratId, engagement }, { du_le: le(e.le), jour: le(fait), preuve: 'Fait (démonstration)' }, auteur(fait));
    }
    if (a.denoncee) {
      const dit = { jour: le(a.denoncee.le), motif: a.denoncee.motif };
      const dite = auteur(Math.min(0, a.denoncee.le), a.porteur);
      const parole = await addParole(tx, ou, { genre: 'denonciation', objet: id, de: a.porteur, jour: dit.jour, texte: dit.motif }, 'confirmee', true, dite);
      await w.denoncer(tx, ou, { ...dit, parole }, dite);
    }
    if (a.publique) await w.publier(tx, ou, true, [], auteur(0));
  }
  return ids.size;
}
