/** What a campaign would ask, and of whom: the debts that fall due by its day, and the people who answer for them. */
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { listEcheances } from '../../echeances/index.ts';
import { detteDe, repondAux } from '../../indicateurs/index.ts';
import type { Demande } from './campagnes.queries.ts';

export interface Choix {
  /** « 2026 »; empty: whatever the year. */
  annee: string;
  fiche: string;
  organisation: string;
  dueLe: string;
}

/** Figures nobody gave yet, whose day comes by that of the campaign: what is not over is asked of nobody. */
export async function demandesDe(db: Db, o: { u: Utilisateur; contratId: number; catalogue: Catalogue; maintenant: Date }, f: Choix): Promise<Demande[]> {
  const lecteur = { ...o, aujourdhui: jourDe(o.maintenant) };
  const filtres = { genre: 'chiffre', au: f.dueLe, ...(f.fiche ? { fiche: f.fiche } : {}), ...(f.organisation ? { organisation: f.organisation } : {}) };
  const dues = await listEcheances(db, lecteur, filtres, null, null);
  return dues
    .filter((e) => f.annee === '' || e.periode.startsWith(f.annee))
    .flatMap((e) => {
      const m = o.catalogue.mesures.get(e.sujet);
      const dette = m && detteDe(m, o.catalogue, e);
      return (dette?.cases ?? []).map((x) => ({ organisationId: e.organisationId, mesureId: e.sujet, periode: e.periode, ...x }));
    });
}

export interface Repondant {
  organisationId: string;
  compte: Utilisateur;
  /** Empty: all that the institution is asked. */
  mesures: string[];
}
/** For each institution, the open accounts that answer for what it is asked, each for its own share. */
export function repondantsDe(c: Catalogue, demandes: readonly Demande[], comptes: readonly Utilisateur[]): Repondant[] {
  const organisations = [...new Set(demandes.map((d) => d.organisationId))];
  return organisations.flatMap((organisationId) => {
    const siennes = demandes.filter((d) => d.organisationId === organisationId);
    const toutes = [...new Set(siennes.map((d) => d.mesureId))];
    return comptes.flatMap((compte): Repondant[] => {
      const repondues = new Set(siennes.filter((d) => repondAux(compte, c, d)).map((d) => d.mesureId));
      const mesures = toutes.filter((m) => repondues.has(m) && siennes.every((d) => d.mesureId !== m || repondAux(compte, c, d)));
      if (mesures.length === 0) return [];
      return [{ organisationId, compte, mesures: mesures.length === toutes.length ? [] : mesures }];
    });
  });
}
