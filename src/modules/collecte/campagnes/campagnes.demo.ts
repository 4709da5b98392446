/**
 * Campaigns of the demonstration: `contrats/<slug>/demonstration/collecte.yaml` says when, for which year and by whom; what they asked, who was
 * written to and what came of it follow from the debts and from the fictive values, by the rules of a real one. Without the file, none is made.
 */
import { z } from 'zod';
import { instantDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import { listComptes } from '../../comptes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { demandeA, dettesDe, echeance, lireQuandDonne, periodesDues } from '../../indicateurs/index.ts';
import { type Demande, addAcces, addCampagne, noterDonnees, noterEnvoi, noterVue } from './campagnes.queries.ts';
import { repondantsDe } from './ouvrir.ts';

const campagnesSchema = z.array(
  z.strictObject({
    titre: z.string().min(3).max(200),
    message: z.string().max(2000).default(''),
    annee: z.string().regex(/^\d{4}$/),
    ouverte_le: z.iso.date(),
    due_le: z.iso.date(),
    /** Address of the one of the demonstration's people who leads it. */
    par: z.string(),
  }),
);
export const lireCampagnesDemo = (profils: Profils) => profils.lire('collecte', campagnesSchema) ?? [];

/** Each place of the debts of that year whose day comes by this one. */
const duesLe = (c: Catalogue, annee: string, jour: string): Demande[] =>
  [...c.mesures.values()].flatMap((m) =>
    m.obtention === 'calcul'
      ? []
      : periodesDues(m, c, jour)
          .filter((p) => p.startsWith(annee) && echeance(p, m.delaiJours) <= jour)
          .flatMap((periode) => dettesDe(m, c).flatMap((d) => d.cases.map((x) => ({ organisationId: demandeA(c, d), mesureId: m.id, periode, ...x })))),
  );

/** Returns how many were made; none that opens on a day still to come. */
export async function genererCampagnesDemo(tx: Db, c: Catalogue, o: { profils: Profils; aujourdhui: string }): Promise<number> {
  const dites = lireCampagnesDemo(o.profils).filter((k) => k.ouverte_le <= o.aujourdhui);
  if (dites.length === 0) return 0;
  const moment = (jour: string): Date => instantDe(jour, '09:00', c.contrat.fuseau) ?? new Date(`${jour}T12:00:00Z`);
  const { ouverts } = await listComptes(tx, c.contratId, moment(o.aujourdhui));
  const quand = await lireQuandDonne(tx, c, [...c.mesures.keys()]);
  for (const k of dites) {
    const u = ouverts.find((x) => x.courriel === k.par);
    if (!u) throw new Error(`collecte.yaml : personne ne s’appelle « ${k.par} ».`);
    const ouverte = moment(k.ouverte_le);
    const demandes = duesLe(c, k.annee, k.due_le).filter((d) => (quand(d) ?? ouverte) >= ouverte);
    if (demandes.length === 0) continue;
    const campagneId = await addCampagne(tx, c.contratId, { titre: k.titre, message: k.message, dueLe: k.due_le, demandes }, u.nom, ouverte);
    const donnees = demandes.flatMap((d) => {
      const le = quand(d);
      return le ? [{ ...d, campagneId, le }] : [];
    });
    await noterDonnees(tx, c.contratId, donnees);
    for (const r of repondantsDe(c, demandes, ouverts)) {
      const { courriel, nom, id: compteId } = r.compte;
      const neuf = { organisationId: r.organisationId, courriel, nom, compteId, mesures: r.mesures, creePar: u.nom, creeParId: u.id };
      const { acces } = await addAcces(tx, c.contratId, campagneId, neuf, ouverte);
      await noterEnvoi(tx, c.contratId, acces.id, ouverte);
      const premiere = donnees.find((d) => d.organisationId === r.organisationId && (r.mesures.length === 0 || r.mesures.includes(d.mesureId)));
      if (premiere) await noterVue(tx, c.contratId, acces.id, premiere.le);
    }
  }
  return dites.length;
}
