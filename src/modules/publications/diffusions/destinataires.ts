/** Who is on a list: the open accounts of roles and organisations, those who sit in bodies; each once, by their address. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { direRole, permisDeLire, ROLES, type Role } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { listComptes } from '../../comptes/index.ts';
import { adressesDuSiege, cadreDe, type Instance, listInstancesOuvertes, nomEntier, peutVoirInstance, QUALITES, type Qualite } from '../../instances/index.ts';
import { abreger } from '../../../core/couper.ts';
import type { DocumentDiffuse, Lecteur, NouveauLecteur } from './diffusions.queries.ts';
import type { Liste } from './diffusions.schema.ts';

/** Bodies that this person may know of, whose members they may write to. */
export async function instancesVues(c: Contexte, cat: Catalogue): Promise<Instance[]> {
  const u = c.utilisateur;
  const toutes = await listInstancesOuvertes(c.db, c.contrat.id, { courriel: u?.courriel.toLowerCase() ?? '', aujourdhui: jourDe(c.maintenant) });
  return toutes.filter((i) => peutVoirInstance(u, cadreDe(i), cat.contient));
}

export async function listDestinataires(c: Contexte, liste: Liste): Promise<NouveauLecteur[]> {
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const parAdresse = new Map(ouverts.map((u) => [u.courriel.toLowerCase(), u]));
  const lecteurs = new Map<string, NouveauLecteur>();
  const ajouter = (courriel: string, nom: string, organisationId: string) => {
    const adresse = courriel.trim().toLowerCase();
    if (adresse === '' || fermees.has(adresse) || lecteurs.has(adresse)) return;
    const compte = parAdresse.get(adresse);
    lecteurs.set(adresse, {
      compteId: compte?.id ?? null,
      organisationId: compte?.organisationId ?? organisationId,
      nom: compte?.nom ?? nom,
      courriel: adresse,
    });
  };
  for (const u of ouverts) if (permisDeLire(u, liste.roles) || liste.organisations.includes(u.organisationId)) ajouter(u.courriel, u.nom, u.organisationId);
  const qualites = liste.instances.length > 0 ? (Object.keys(QUALITES) as Qualite[]) : [];
  const sieges = await lireEnsemble(
    c.db,
    qualites.map((q) => () => adressesDuSiege(c.db, c.contrat.id, liste.instances, q, jourDe(c.maintenant))),
  );
  for (const a of sieges.flatMap((parInstance) => [...parInstance.values()].flat())) ajouter(a.courriel, a.nom, a.organisationId);
  return [...lecteurs.values()];
}

/** Of those who had a document, whoever may still be written to: an account that was closed since is not. */
export async function encoreLa<L extends { courriel: string }>(c: Contexte, lecteurs: readonly L[]): Promise<L[]> {
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  return lecteurs.filter((l) => l.courriel !== '' && !fermees.has(l.courriel.toLowerCase()));
}

export interface Suite {
  lecteurs: NouveauLecteur[];
  /** Names of those who were on the list, and are not any more. */
  partis: string[];
}
/** To whom a replacement goes: of those who had the document, whoever its list still gives today. */
export async function suiteDeLaListe(c: Contexte, d: DocumentDiffuse, anciens: readonly Lecteur[]): Promise<Suite> {
  const liste: Liste = { roles: d.pourRoles.filter((r) => r in ROLES) as Role[], organisations: d.pourOrganisations, instances: d.pourInstances };
  const gardee = liste.roles.length + liste.organisations.length + liste.instances.length > 0;
  const donnes = new Map((gardee ? await listDestinataires(c, liste) : await encoreLa(c, anciens)).map((l) => [l.courriel.toLowerCase(), l]));
  const lecteurs = anciens.flatMap((l) => donnes.get(l.courriel.toLowerCase()) ?? []);
  return { lecteurs, partis: anciens.filter((l) => !donnes.has(l.courriel.toLowerCase())).map((l) => l.nom || l.courriel) };
}

/** The list in words, as it stays beside the document. */
export const direListe = (liste: Liste, cat: Catalogue, instances: readonly Instance[]): string =>
  abreger(
    [
      ...liste.roles.map((r) => direRole(r)),
      ...liste.organisations.map((o) => cat.nomActeur(o)),
      ...instances.filter((i) => liste.instances.includes(i.id)).map((i) => nomEntier(i, cat)),
    ].join(', '),
    2000,
  );
