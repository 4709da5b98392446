/** What every page of alerts begins with: the rules of the contract, what this person reads, what they may do with it. */
import { interdit, introuvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import type { Services } from '../../core/module.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { conduitDeGarde, peutConduire, peutVoirLesAlertes } from './alertes.policy.ts';
import { type Alerte, getAlerteLisible, lisibles, listFonctionsPrevenues } from './alerte/alertes.queries.ts';
import type { Qui } from './alerte/conduire.ts';
import { listFonctionsDeGarde } from './astreintes/astreintes.queries.ts';
import { expedierMessages } from './envois/passerelles.ts';
import { secteurDe } from './envois/prevenir.ts';
import { fonctionDe, fonctionsQuiValident, peutTenirLaFonction } from './reglement/reglement.ts';
import type { Reglement } from './reglement/reglement.schema.ts';

type ServicesDAlertes = Pick<Services, 'coffre' | 'adresse' | 'direct' | 'alertes' | 'suite'>;
export interface Outillage extends ServicesDAlertes {
  reglement: Reglement;
}
export const DANS = { largeur: 'travail', section: 'alertes' } as const;
export const FIL = [{ libelle: 'Alertes', href: '/alertes' }];

export const quiDe = (c: Contexte): Qui & { id: string | null } => ({
  nom: c.utilisateur?.nom ?? '',
  organisationId: c.utilisateur?.organisationId ?? null,
  id: c.utilisateur?.id ?? null,
});

const RESERVEES = 'Les alertes se lisent entre ceux qui sont prévenus et ceux qui les conduisent.';
/** 403 for those who read no alert. */
export async function ouvrir(c: Contexte): Promise<{ cat: Catalogue; u: NonNullable<Contexte['utilisateur']> }> {
  const u = c.utilisateur;
  if (!u || !peutVoirLesAlertes(u)) throw interdit(RESERVEES);
  return { cat: await getCatalogue(c.db, c.contrat.id), u };
}
/** Is this person on duty now for a function that validates, where the alert is, in a house that may hold it? */
export async function estDeGarde(c: Contexte, k: Outillage, cat: Catalogue, territoireId: string): Promise<boolean> {
  const u = c.utilisateur;
  if (!u) return false;
  const valident = fonctionsQuiValident(k.reglement);
  const la = secteurDe(cat, territoireId);
  const tenues = await listFonctionsDeGarde(c.db, c.contrat.id, { compteId: u.id, courriel: u.courriel, quand: c.maintenant });
  return conduitDeGarde(
    u,
    tenues.filter((f) => f.territoire === la && valident.includes(f.fonction)),
    (fonction, organisationId) => peutTenirLaFonction(fonctionDe(k.reglement, fonction), cat, organisationId),
  );
}
export interface Chargee {
  alerte: Alerte;
  cat: Catalogue;
  /** Validates, ends, sets the window. */
  conduit: boolean;
}
/** 404 for those who were not told and do not act there: that it exists is not theirs to know. Who was told reads it, whatever their mandate. */
export async function charger(c: Contexte, k: Outillage, verrou = false): Promise<Chargee> {
  const u = c.utilisateur;
  const cat = await getCatalogue(c.db, c.contrat.id);
  const alerte = u && (await getAlerteLisible(c.db, c.contrat.id, c.params.alerte ?? '', lisibles(u, cat), verrou));
  if (!u || (!alerte && !peutVoirLesAlertes(u))) throw interdit(RESERVEES);
  if (!alerte) throw introuvable('Cette alerte');
  const conduit = peutConduire(u, { territoireId: alerte.territoireId }, cat.contient) || (await estDeGarde(c, k, cat, alerte.territoireId));
  return { alerte, cat, conduit };
}
/** Whose names are read: all of them by who conducts, those of their own house by the others; functions and houses answer for the rest. */
export const nommeDe =
  (c: Contexte, x: Pick<Chargee, 'conduit'>) =>
  (organisationId: string): boolean =>
    x.conduit || organisationId === c.utilisateur?.organisationId;
export function exigerConduite(x: Chargee): void {
  if (!x.conduit) throw interdit('L’astreinte de ce lieu, sa coordination et la salle de commandement valident et lèvent les alertes.');
}
/** Points of the procedure that this person may say done: all of them for who conducts, those of the functions for which they were told otherwise. */
export async function pointsDe(c: Contexte, k: Outillage, x: Chargee): Promise<ReadonlySet<string>> {
  const u = c.utilisateur;
  const siennes = u && !x.conduit ? await listFonctionsPrevenues(c.db, c.contrat.id, x.alerte.id, u) : [];
  return new Set(k.reglement.procedure.filter((p) => x.conduit || p.fonctions.some((f) => siennes.includes(f))).map((p) => p.code));
}
/** What waits to leave by push or telephone leaves now; the clock of each minute takes what this would miss. */
export function expedierEnsuite(c: Contexte, k: Outillage): void {
  const { suite } = k;
  if (!suite) return;
  const o = { contratId: c.contrat.id, coffre: k.coffre, adresse: k.adresse, reglages: k.alertes, maintenant: () => new Date() };
  c.apres(async () => {
    await expedierMessages(suite, o);
  });
}
