/** What every route of a session being held shares: loading, the screen, and the two ways to answer (page, or data for the island). */
import { code } from '../../../core/trace/details.ts';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { emettre, type Evenement } from '../../../core/direct/direct.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, json, page, redirige, type Reponse, texte, veutJson, champsDe } from '../../../core/http/http.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { CADRE, cadreDe, filDe } from '../../instances/index.ts';
import { chargerSeance, type SeanceChargee, type SeanceEcrite } from '../seances.contexte.ts';
import type { ServicesSeances } from '../seances.services.ts';
import type { Point } from '../seances.queries.ts';
import type { Acte, FormulaireDActe } from './actes.ts';
import { garderBrouillon, listBrouillons } from './brouillons.queries.ts';
import { DejaLeveePage, type Ecrit } from './pages/AutresPages.tsx';
import { TenirPage } from './pages/TenirPage.tsx';
import type { Saisie, Tenue } from './pages/tenue.modele.ts';
import { peutEcrireEnSeance } from './tenue.policy.ts';
import { getLeveePar, lireSeance } from './tenue.queries.ts';
import { pointMontre } from './tenue.rules.ts';
import type { Decision } from '../../decisions/index.ts';

/** `direct`: null where nothing is told live: pages then ask from time to time. */
export type ServicesTenue = Pick<ServicesSeances, 'direct' | 'coffre' | 'adresse'>;

export const salleDe = (contratId: number, seanceId: string): string => `seance:${contratId}:${seanceId}`;
export const peutEcrire = (c: Pick<Contexte, 'utilisateur'>, s: SeanceChargee): boolean =>
  peutEcrireEnSeance(c.utilisateur, cadreDe(s.instance), s.catalogue.contient);

/** For who writes here; 403 for other readers, 404 for who may not know of it. `verrou` locks the session's row. */
export async function chargerPourEcrire(c: Contexte, verrou: boolean): Promise<SeanceEcrite> {
  const s = await chargerSeance(c, verrou);
  if (!peutEcrire(c, s) || !c.utilisateur)
    throw interdit('En séance, seuls écrivent le secrétariat, la présidence, le coordonnateur et la coordination centrale.');
  return { ...s, u: c.utilisateur };
}

const titreDe = (s: SeanceChargee): string => s.seance.titre;
export const cadrePage = (s: SeanceChargee) =>
  ({
    titre: titreDe(s),
    ...CADRE,
    fil: filDe(s.instance),
    scripts: ['seance.js'],
    raccourcis: [
      { touche: 'n', libelle: 'Écrire dans les notes du point' },
      { touche: 'a', libelle: 'Ajouter une décision ou une action' },
      { touche: 'p', libelle: 'Aller aux présences' },
    ],
  }) as const;

export async function lireTenue(c: Contexte, s: SeanceChargee, demande: string): Promise<Tenue> {
  const ecrit = peutEcrire(c, s);
  const [contenu, brouillons] = await lireEnsemble(c.db, [
    () => lireSeance(c.db, c.contrat.id, s.seance.id),
    async () => (ecrit ? await listBrouillons(c.db, c.contrat.id, s.seance.id) : []),
  ]);
  return {
    ...contenu,
    brouillons,
    compteId: c.utilisateur?.id ?? '',
    catalogue: s.catalogue,
    instance: s.instance,
    seance: s.seance,
    tient: s.tient,
    ecrit: s.seance.etat === 'ouverte' && ecrit,
    maintenant: c.maintenant,
    montre: pointMontre(contenu.points, demande, s.seance.pointCourant),
  };
}

export interface OptionsEcran {
  saisie?: Saisie;
  corrigee?: Decision | null;
  alerte?: string;
  statut?: number;
  /** Item to show, when it is not the one of the address. */
  point?: string;
}
export async function ecran(c: Contexte, k: ServicesTenue, s: SeanceChargee, o: OptionsEcran = {}): Promise<Reponse> {
  const t = await lireTenue(c, s, o.point ?? (texte(c.requete.point) || texte(c.corps.point)));
  const { id = '', nom = '' } = c.utilisateur ?? {};
  const statut = o.statut ?? (o.saisie && o.saisie.erreurs.length > 0 ? 422 : 200);
  const corps = (
    <TenirPage
      {...t}
      moi={{ id, nom }}
      presents={k.direct?.presents(salleDe(c.contrat.id, s.seance.id)) ?? []}
      saisie={o.saisie ?? null}
      corrigee={o.corrigee ?? null}
      alerte={o.alerte ?? null}
    />
  );
  return page({ ...cadrePage(s), statut, corps });
}

/** 422: errors for the island, or the whole screen with what was typed. */
export async function refuser(
  c: Contexte,
  k: ServicesTenue,
  s: SeanceChargee,
  formulaire: Saisie['formulaire'],
  erreurs: readonly ErreurDeChamp[],
  o: OptionsEcran & { champs?: Record<string, string> } = {},
): Promise<Reponse> {
  if (veutJson(c.brut.request)) return json({ erreurs }, 422);
  return ecran(c, k, s, { ...o, saisie: { formulaire, champs: o.champs ?? champsDe(c), erreurs } });
}

/** Done: 200 for the island, 303 back to the screen otherwise. */
export function fait(c: Contexte, seanceId: string, ou: { point?: string | null; ancre?: string }, donnees: Record<string, unknown> = {}): Reponse {
  if (veutJson(c.brut.request)) return json({ ok: true, ...donnees });
  const point = ou.point ? `?point=${encodeURIComponent(ou.point)}` : '';
  return redirige(`/seances/${seanceId}/tenir${point}#${ou.ancre ?? 'point'}`);
}

/** An act of a form: what it says to the others, and to whom sent it. */
export async function repondre(c: Contexte, k: ServicesTenue, s: SeanceChargee, formulaire: FormulaireDActe, acte: Acte, ancre = 'point'): Promise<Reponse> {
  if (!acte.ok) return refuser(c, k, s, formulaire, acte.erreurs, acte.autreId ? { champs: { ...champsDe(c), id: acte.autreId } } : {});
  if (acte.dit) await dire(c, s.seance.id, acte.dit);
  return fait(c, s.seance.id, { point: acte.point, ancre }, acte.donnees);
}

/** Tells every open page, when the transaction commits. */
export const dire = (c: Contexte, seanceId: string, e: Evenement): Promise<void> => emettre(c.db, salleDe(c.contrat.id, seanceId), e);

/**
 * Null when the session is open; otherwise the answer: it was closed meanwhile, or never opened. What was typed is shown, and `formulaire` keeps
 * it as a draft until the minutes are frozen: whoever keeps the session adds it or sets it aside.
 */
export async function refusSiFermee(c: Contexte, s: SeanceChargee, ecrits: readonly Ecrit[] = [], formulaire = ''): Promise<Reponse | null> {
  const { etat, id } = s.seance;
  if (etat === 'ouverte') return null;
  if (etat !== 'relecture' && etat !== 'figee') {
    const message = 'La séance n’est pas ouverte. Ouvrez-la d’abord.';
    return veutJson(c.brut.request) ? json({ message, etat }, 409) : redirige(`/seances/${id}/tenir`);
  }
  const leveePar = await getLeveePar(c.db, c.contrat.id, id);
  const garde = etat === 'relecture' && formulaire !== '' && ecrits.some((e) => e.texte !== '') ? await garderPourPlusTard(c, s, formulaire) : false;
  const suite = garde ? ' Il attend dans le relevé d’être ajouté ou écarté.' : '';
  if (veutJson(c.brut.request))
    return json({ message: `La séance a été levée${leveePar ? ` par ${leveePar}` : ''}. Ce texte n’y est pas entré.${suite}`, etat }, 409);
  const corps = (
    <DejaLeveePage
      seance={s.seance}
      instance={s.instance}
      catalogue={s.catalogue}
      tient={s.tient}
      leveePar={leveePar}
      garde={garde}
      ecrits={ecrits.filter((e) => e.texte !== '')}
    />
  );
  return page({ ...cadrePage(s), statut: 409, corps });
}

async function garderPourPlusTard(c: Contexte, s: SeanceChargee, formulaire: string): Promise<boolean> {
  const { _cle: _, age: __, id: donne, ...champs } = champsDe(c);
  const qui = { compteId: c.utilisateur?.id ?? '', par: c.utilisateur?.nom ?? '', quand: c.maintenant };
  // Notes have no id of their own: sent again, they are the same draft.
  const deja = (await listBrouillons(c.db, c.contrat.id, s.seance.id)).find((b) => b.compteId === qui.compteId && b.formulaire === formulaire);
  const id = donne && z.uuid().safeParse(donne).success ? donne : (deja?.id ?? randomUUID());
  if (deja?.id === id && deja.champs.texte === champs.texte && deja.champs.libelle === champs.libelle) return true;
  const issue = await garderBrouillon(c.db, c.contrat.id, { id, seanceId: s.seance.id, formulaire, champs, ...qui });
  if (issue === 'nouveau') await c.auditer('seance.brouillon', `/seances/${s.seance.id}/tenir`, { brouillon: code(id), formulaire: code(formulaire) });
  return issue === 'nouveau' || issue === 'garde';
}

/** An item of this session; 404 otherwise. */
export function pointDe(points: readonly Point[], id: string): Point {
  const p = points.find((x) => x.id === id);
  if (!p) throw introuvable('Ce point de l’ordre du jour');
  return p;
}
