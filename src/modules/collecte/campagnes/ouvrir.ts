/** What a campaign would ask, and of whom: the debts that fall due by its day, and the people who answer for them. */
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { listEcheances } from '../../echeances/index.ts';
import { cleDe as cleDeVentilation, detteDe, lireFigees, listDites, partition, refusDuGrain, repondAux } from '../../indicateurs/index.ts';
import { type Acces, type Demande, listManquantes } from './campagnes.queries.ts';

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
  const demandes = dues
    .filter((e) => f.annee === '' || e.periode.startsWith(f.annee))
    .flatMap((e) => {
      const m = o.catalogue.mesures.get(e.sujet);
      const dette = m && detteDe(m, o.catalogue, e);
      return (dette?.cases ?? []).map((x) => ({ organisationId: e.organisationId, mesureId: e.sujet, periode: e.periode, ...x }));
    });
  // A debt of several places is owed until the last of them: those already given are not asked again.
  const donnees = new Map<string, Set<string>>();
  for (const v of await listDites(db, o.contratId, demandes))
    if (v.periode === v.demandee) donnees.set(cleDe(v), (donnees.get(cleDe(v)) ?? new Set()).add(cleDeVentilation(v.ventilation)));
  return demandes.filter((d) => {
    const m = o.catalogue.mesures.get(d.mesureId);
    const dites = donnees.get(cleDe(d));
    const parts = m ? partition(m) : [];
    return !dites || !(dites.has('') || (parts.length > 0 && parts.every((x) => dites.has(x.cle))));
  });
}
const cleDe = (d: Pick<Demande, 'mesureId' | 'debiteur' | 'territoireId' | 'periode'>): string => [d.mesureId, d.debiteur, d.territoireId, d.periode].join('|');

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

/** What nobody may give any more: of a locked period, of a place that the cut no longer has, of a measure that the contract no longer has. */
export async function lireCloses(db: Db, c: Catalogue, aujourdhui: string): Promise<(d: Omit<Demande, 'organisationId'>) => boolean> {
  const figee = await lireFigees(db, c, aujourdhui);
  return (d) => {
    const m = c.mesures.get(d.mesureId);
    return !m || figee(d) || refusDuGrain(m, c, { ...d, ventilation: '' }, aujourdhui).length > 0;
  };
}

/** What is still missing of these campaigns, and may still be given. */
export async function listDonnables(db: Db, c: Catalogue, campagnes: readonly string[], aujourdhui: string): Promise<(Demande & { campagneId: string })[]> {
  if (campagnes.length === 0) return [];
  const close = await lireCloses(db, c, aujourdhui);
  return (await listManquantes(db, c.contratId, campagnes)).filter((d) => !close(d));
}

/** Of these links, those whose holder still has something to give; a delegated one follows the one that it comes from. */
export function attendusParmi(
  c: Catalogue,
  acces: readonly Acces[],
  manquantes: readonly (Demande & { campagneId: string })[],
  comptes: readonly Utilisateur[],
): Acces[] {
  const parId = new Map(acces.map((a) => [a.id, a]));
  const part = (a: Acces): (Demande & { campagneId: string })[] => {
    const siennes = manquantes.filter(
      (d) => d.campagneId === a.campagneId && d.organisationId === a.organisationId && (a.mesures.length === 0 || a.mesures.includes(d.mesureId)),
    );
    const compte = a.compteId ? comptes.find((u) => u.id === a.compteId) : undefined;
    if (a.compteId && !compte) return [];
    if (a.delegueDe) {
      const parent = parId.get(a.delegueDe);
      const duParent = new Set(parent ? part(parent) : []);
      return siennes.filter((d) => duParent.has(d));
    }
    return compte ? siennes.filter((d) => repondAux(compte, c, d)) : siennes;
  };
  return acces.filter((a) => part(a).length > 0);
}
