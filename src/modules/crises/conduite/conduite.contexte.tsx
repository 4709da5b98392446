/** What the pages of the conduct of a crisis share: means, centres, services, reports, exercise, lessons. */
import type { ReactNode } from 'react';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, page, type Reponse } from '../../../core/http/http.ts';
import { type Chargee, chargerCrise, chargerPourEcrire, DE_QUI_CONDUIT } from '../crises.contexte.ts';
import { noter } from '../main-courante/ecrire.ts';
import { filDe, titreDe, travail } from '../salle/cadre.ts';
import { relire } from '../main-courante/phrase.rules.ts';
import { CONFIRME } from '../../../ui/Confirmer.tsx';
import { CadreDeConduite, type Onglet } from './CadreDeConduite.tsx';
import type { Outils } from '../crises.outils.ts';
import type { Salle } from './salle.ts';

const signataire = (c: Contexte) => {
  const u = c.utilisateur;
  if (!u) throw interdit();
  return { par: u.nom, organisationId: u.organisationId, le: c.maintenant, id: u.id };
};
export async function entrer(c: Contexte, o: Outils): Promise<Salle> {
  const k = await chargerCrise(c, o.cadre);
  return { ...k, salle: { ...k.salle, acteurs: k.acteurs }, qui: signataire(c), fini: k.crise.etat !== 'ouverte' };
}
/** Throws 403 for who only reads, 409 once it is closed: nothing is moved on in what is over. The row of the crisis is held until commit. */
export async function agir(c: Contexte, o: Outils, apresLaFin = false): Promise<Salle> {
  const k = await chargerPourEcrire(c, o.cadre, true);
  const fini = k.crise.etat !== 'ouverte';
  if (k.crise.etat === 'archivee' || (fini && !apresLaFin))
    throw conflit('Cette crise est close : rien n’y change plus. Ce qui reste à dire va dans le retour d’expérience.');
  return { ...k, salle: { ...k.salle, acteurs: k.acteurs }, qui: signataire(c), fini };
}
/** What was typed in these fields, looked at: to be asked about, or ready to be written. */
export const relireTextes = <C extends string>(
  c: Contexte,
  k: Pick<Chargee, 'cat'>,
  textes: Readonly<Record<C, string>>,
  o: Pick<Parameters<typeof relire>[1], 'prefixe' | 'aussi'> = {},
) => relire(textes, { ...o, sigles: k.cat.sigles, confirme: c.corps[CONFIRME] });
export const conduireSeulement = (k: Salle): void => {
  if (!k.conduit) throw interdit(DE_QUI_CONDUIT);
};

/** One entry of the main courante, in the same transaction as what it tells; the room is told. */
export const consigner = (c: Contexte, k: Salle, e: Pick<Parameters<typeof noter>[2], 'classe' | 'contenu'>): Promise<number> => noter(c, k.crise.id, e);

interface PageDeConduite {
  titre: string;
  ici: Onglet;
  corps: ReactNode;
  erreurs?: readonly ErreurDeChamp[];
  /** What was just done. */
  fait?: string | undefined;
  rafraichir?: number;
  /** Islands besides those of the conduct. */
  scripts?: readonly string[];
}
export const montrer = (k: Salle, p: PageDeConduite): Reponse =>
  page({
    ...travail,
    titre: titreDe(k.crise, p.titre),
    fil: filDe(k.crise),
    statut: p.erreurs?.length ? 422 : 200,
    scripts: ['conduite.js', ...(p.scripts ?? [])],
    ...(p.rafraichir ? { rafraichir: p.rafraichir } : {}),
    corps: (
      <CadreDeConduite salle={k} titre={p.titre} ici={p.ici} erreurs={p.erreurs ?? []} fait={p.fait} rafraichir={p.rafraichir}>
        {p.corps}
      </CadreDeConduite>
    ),
  });
