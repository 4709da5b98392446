/** What acts make parties owe of their own word: to sign, to confirm or contest what another noted in their name. */
import { finDuJour, jourDe } from '../../core/clock.ts';
import { jour, jourDuMoment } from '../../ui/typographie.ts';
import { type Attendue, plusJours } from '../echeances/index.ts';
import type { Acte, Engagement, Partie, Revue, Version } from './conventions.queries.ts';
import { seSigne } from './conventions.rules.ts';
import { LIBELLES } from './mots.ts';
import { DIT_AUTREMENT, type ParoleDite } from './paroles.queries.ts';
import { attendDe, compte, DELAI_DE_REPONSE, type EtatDeParole } from './paroles.rules.ts';

/** An act with what hangs on it, each in its order. */
export interface ActeEntier {
  acte: Acte;
  parties: readonly Partie[];
  versions: readonly Version[];
  revues: readonly Revue[];
  engagements: readonly Engagement[];
  paroles: readonly ParoleDite[];
}
export const etatsDe = (x: ActeEntier, objet: string, genre: ParoleDite['genre']) =>
  x.paroles.filter((p) => p.objetId === objet && p.genre === genre).map((p) => p.etat);
export type Debut = Pick<Attendue, 'sujet' | 'chemin' | 'territoireId' | 'fiche'>;

export const soldeeLe = (d: string) => finDuJour(d);

const nePlusSigner = (p: Partie): string | null =>
  p.retireeLe ? `s’est retirée le ${jour(p.retireeLe)}` : p.raviseeLe ? `a repris sa signature le ${jourDuMoment(p.raviseeLe)}` : null;
const SANS_ELLE: Partial<Record<EtatDeParole, string>> = { contestee: 'signature contestée', suspendue: 'signature à confirmer par elle' };
export function signatures(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  const { acte: a } = x;
  if (!seSigne(a.nature)) return [];
  return x.parties.map((p) => ({
    ...base,
    genre: 'acte-signature',
    objetId: a.id,
    periode: p.id,
    titre: p.organisationId ? `Signer : ${a.titre}` : `Faire signer par ${p.nom} : ${a.titre}`,
    organisationId: p.organisationId ?? a.porteurId,
    ouverteLe: jourDe(p.creeLe),
    dueLe: a.effet,
    soldee: p.signeeLe && compte('signature', p.etat) ? { le: soldeeLe(p.signeeLe), par: '', chemin: base.chemin } : null,
    sansObjet: p.signeeLe ? ((p.etat && SANS_ELLE[p.etat]) ?? null) : (nePlusSigner(p) ?? fini),
  }));
}
/** What another noted in its name is its own to confirm or contest; what it contests is to be settled by who keeps the act. */
export function reponses(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  const { acte: a } = x;
  return x.parties.flatMap((p): Attendue[] => {
    const { ditLe, etat } = p;
    // Nothing to answer to who is in no directory, nor of what was noted before it was kept who did.
    if (p.organisationId === null || ditLe === null || etat === null || p.rang === 0) return [];
    const un = (genre: string, organisationId: string, titre: string): Attendue => ({
      ...base,
      genre,
      objetId: a.id,
      periode: p.id,
      titre: `${titre} : ${a.titre}`,
      organisationId,
      ouverteLe: jourDe(ditLe),
      dueLe: plusJours(jourDe(ditLe), DELAI_DE_REPONSE),
      sansObjet: fini ?? (p.retireeLe ? `s’est retirée le ${jour(p.retireeLe)}` : null),
    });
    const faite = { soldee: { le: ditLe, par: p.ditPar, chemin: `${base.chemin}#parties` }, sansObjet: null };
    const attend = attendDe(p);
    const confirmer = un('acte-confirmation', p.organisationId, 'Confirmer ou contester la signature');
    const regler = un('acte-contestation', a.porteurId, 'Corriger ou annuler une signature contestée');
    return [
      ...(attend === 'partie' ? [confirmer] : p.acte === 'notee' ? [] : [{ ...confirmer, ...faite }]),
      ...(etat !== 'contestee' ? [] : [attend === 'porteur' ? regler : { ...regler, ...faite }]),
    ];
  });
}
const direRetiree = (p: ParoleDite): string =>
  !p.ditParElle ? 'retiré par qui l’a noté' : p.motif === DIT_AUTREMENT ? 'dit autrement par elle' : 'repris par elle';
const aRepondu = (p: ParoleDite): boolean => p.etat === 'confirmee' || p.etat === 'contestee' || (p.etat === 'quittee' && p.refus === 'contestee');
/** Anything else that another noted in its name: to be confirmed, or contested. */
export function paroles(x: ActeEntier, base: Debut, fini: string | null): Attendue[] {
  return x.paroles
    .filter((p) => p.de !== '' && !p.delle)
    .map((p) => ({
      ...base,
      genre: 'acte-parole',
      objetId: x.acte.id,
      periode: p.id,
      titre: `Confirmer ou contester, ${LIBELLES[p.genre].toLowerCase()} : ${x.acte.titre}`,
      organisationId: p.de,
      ouverteLe: jourDe(p.demandeeLe),
      dueLe: plusJours(jourDe(p.demandeeLe), DELAI_DE_REPONSE),
      soldee: aRepondu(p) ? { le: p.reponduLe ?? p.ditLe, par: p.reponduPar || p.ditPar, chemin: `${base.chemin}#paroles` } : null,
      sansObjet:
        p.etat === 'quittee' && !aRepondu(p)
          ? 's’est retirée avant d’y répondre'
          : p.etat === 'annulee'
            ? direRetiree(p)
            : p.etat === 'notee'
              ? p.depasse
                ? 'les dates ont changé depuis'
                : fini
              : null,
    }));
}
