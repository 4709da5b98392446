/** Who holds a campaign's link, and what it opens today: checked anew at each read and at each write. */
import { introuvable } from '../../../core/errors.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { type Contexte, page, type Reponse } from '../../../core/http/http.ts';
import { getCompteOuvert } from '../../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Auteur, repondAux } from '../../indicateurs/index.ts';
import { type Acces, type Campagne, getAcces, getCampagne } from '../campagnes/campagnes.queries.ts';
import { type Ligne, listLignes } from './lignes.queries.ts';
import { estSignee, type FinDeLien } from './lien.rules.ts';
import { FinDeLienPage } from './pages/FinDeLienPage.tsx';

type Lecteur = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;

export interface AccesOuvert {
  acces: Acces;
  campagne: Campagne;
  catalogue: Catalogue;
  /** Lines that this very person answers for, those of the institution first read. */
  lignes: Ligne[];
  auteur: Auteur;
}

/** Lines that this link still opens: its own share, for as long as whoever it comes from answers for them. */
async function partageDe(c: Lecteur, catalogue: Catalogue, a: Acces, lignes: readonly Ligne[]): Promise<Ligne[] | FinDeLien> {
  const siennes = a.mesures.length === 0 ? [...lignes] : lignes.filter((l) => a.mesures.includes(l.mesureId));
  const u = a.compteId ? await getCompteOuvert(c.db, c.contrat.id, a.compteId, c.maintenant) : null;
  // Whoever left opens nothing, whatever was entrusted to them.
  if (a.compteId && !u) return 'mandat';
  if (a.delegueDe) {
    const parent = await getAcces(c.db, c.contrat.id, a.delegueDe);
    if (!parent || parent.fermeLe) return 'ferme';
    return partageDe(c, catalogue, parent, siennes);
  }
  if (!u) return siennes;
  const repondues = siennes.filter((l) => repondAux(u, catalogue, l));
  return repondues.length > 0 ? repondues : 'mandat';
}

/** What an access opens now, whatever brought its holder here. */
export async function ouvrirAcces(c: Lecteur, acces: Acces): Promise<AccesOuvert | { fin: FinDeLien }> {
  const campagne = await getCampagne(c.db, c.contrat.id, acces.campagneId);
  if (!campagne || campagne.closeLe) return { fin: 'close' };
  if (acces.fermeLe) return { fin: 'ferme' };
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const lignes = await partageDe(c, catalogue, acces, await listLignes(c.db, c.contrat.id, catalogue, campagne.id, acces.organisationId));
  if (typeof lignes === 'string') return { fin: lignes };
  // Whoever entrusted it, or named someone who has no account, takes part in it: they do not validate it.
  const prepare = acces.delegueDe || !acces.compteId ? [acces.creeParId ?? ''].filter(Boolean) : [];
  return { acces, campagne, catalogue, lignes, auteur: { id: acces.compteId, nom: acces.nom, organisationId: acces.organisationId, prepare } };
}

/** 404 for a link that was never made; `fin` says why one that was opens nothing any more. */
export async function chargerAcces(c: Contexte, coffre: Coffre): Promise<AccesOuvert | { fin: FinDeLien }> {
  const acces = await getAcces(c.db, c.contrat.id, c.params.acces ?? '');
  if (!acces || !estSignee(coffre, acces, c.params.signature ?? '')) throw introuvable('Cette page de réponse');
  return ouvrirAcces(c, acces);
}

/** 410: it was a link, it opens nothing any more. */
export const pageFin = (fin: FinDeLien): Reponse => page({ titre: 'Ce lien ne sert plus', statut: 410, corps: <FinDeLienPage fin={fin} /> });
