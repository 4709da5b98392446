/** What the pages of the conduct of a crisis share: means, centres, services, reports, exercise, lessons. */
import { randomUUID } from 'node:crypto';
import type { ReactNode } from 'react';
import { sql } from 'kysely';
import { emettre } from '../../../core/direct/direct.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, page, type Reponse, texte } from '../../../core/http/http.ts';
import { type Chargee, chargerCrise, chargerPourEcrire, salleDe } from '../crises.contexte.ts';
import type { Outils } from '../crises.routes.tsx';
import { FIL, travail } from '../salle/liste.routes.tsx';
import type { Scenario } from '../exercices/scenario.schema.ts';
import type { Soutien } from '../soutien.schema.ts';
import { trouverNoms } from '../main-courante/preparer.rules.ts';
import { direTrouvailles } from '../../signalements/index.ts';
import { CadreDeConduite, type Onglet } from './CadreDeConduite.tsx';

export interface OutilsDeConduite extends Outils {
  soutien: Soutien;
  scenarios: readonly Scenario[];
}
export type Champs = Readonly<Record<string, string>>;
export const champsDe = (c: Contexte): Champs => Object.fromEntries(Object.entries(c.corps).map(([k, v]) => [k, texte(v)]));

/** One field of a form: what was typed, what is wrong with it. */
export const champ =
  (champs: Champs, erreurs: readonly ErreurDeChamp[], prefixe = '') =>
  (nom: string, propose = '') => ({
    nom,
    id: `${prefixe}${nom}`,
    valeur: champs[nom] ?? propose,
    erreur: erreurs.find((e) => e.champ === `${prefixe}${nom}`)?.message,
  });
export type Champ = ReturnType<typeof champ>;

export interface Salle extends Chargee {
  /** Who asks, as they sign. */
  qui: { par: string; organisationId: string; le: Date; id: string };
  fini: boolean;
}
const signataire = (c: Contexte) => {
  const u = c.utilisateur;
  if (!u) throw interdit();
  return { par: u.nom, organisationId: u.organisationId, le: c.maintenant, id: u.id };
};
export async function entrer(c: Contexte, o: Outils): Promise<Salle> {
  const k = await chargerCrise(c, o.cadre);
  return { ...k, qui: signataire(c), fini: k.crise.etat !== 'ouverte' };
}
/** Throws 403 for who only reads, 409 once it is closed: nothing is moved on in what is over. The row of the crisis is held until commit. */
export async function agir(c: Contexte, o: Outils, apresLaFin = false): Promise<Salle> {
  const k = await chargerPourEcrire(c, o.cadre, true);
  const fini = k.crise.etat !== 'ouverte';
  if (k.crise.etat === 'archivee' || (fini && !apresLaFin)) throw conflit('Cette crise est close : rien n’y change plus. Ce qui reste à dire va dans le retour d’expérience.');
  return { ...k, qui: signataire(c), fini };
}
/** Words that may tell who somebody is are asked about before they are written; `confirme` keeps them on purpose. */
export function refusDeNoms(c: Contexte, nom: string, ...textes: readonly string[]): ErreurDeChamp[] {
  const noms = texte(c.corps.confirme) === 'oui' ? [] : trouverNoms(...textes);
  return noms.length === 0
    ? []
    : [
        { champ: nom, message: `Ce texte semble contenir ${direTrouvailles(noms)}. Aucune personne prise en charge n’est nommée ici.` },
        { champ: 'confirme', message: 'Retirez-le, ou confirmez qu’il ne nomme aucune personne prise en charge.' },
      ];
}
export const conduireSeulement = (k: Salle): void => {
  if (!k.conduit) throw interdit('Cela revient à qui conduit la crise : la salle de commandement, ou la coordination.');
};
export const cheminDe = (criseId: string, suite = ''): string => `/crises/${criseId}${suite}`;

/** One entry of the main courante, in the same transaction as what it tells, and the screens of the room told. */
export async function consigner(c: Contexte, k: Salle, e: { classe: string; contenu: string; genre?: string }): Promise<void> {
  await sql`
    insert into main_courante (contrat_id, crise_id, numero, arrive_le, survenu_le, saisi_le, canal, contenu, classe, auteur, auteur_id, organisation_id,
      poste, ordre, cle, automatique, ligne, precedente, empreinte)
    values (${c.contrat.id}, ${k.crise.id}::uuid, 0, ${c.maintenant}, ${c.maintenant}, ${c.maintenant}, 'salle', ${e.contenu}, ${e.classe}, ${k.qui.par},
      ${k.qui.id}::uuid, ${k.qui.organisationId}, 'serveur', 0, ${randomUUID()}::uuid, true, '', '', '')`.execute(c.db);
  await emettre(c.db, salleDe(c.contrat.id, k.crise.id), { genre: e.genre ?? 'conduite' });
}

interface PageDeConduite {
  titre: string;
  ici: Onglet;
  corps: ReactNode;
  erreurs?: readonly ErreurDeChamp[];
  /** What was just done. */
  fait?: string | undefined;
  scripts?: readonly string[];
  rafraichir?: number;
}
export const montrer = (k: Salle, p: PageDeConduite): Reponse =>
  page({
    ...travail,
    titre: `${p.titre}, ${k.crise.titre}`,
    fil: [...FIL, { libelle: k.crise.titre, href: cheminDe(k.crise.id) }],
    statut: p.erreurs?.length ? 422 : 200,
    ...(p.scripts ? { scripts: p.scripts } : {}),
    ...(p.rafraichir ? { rafraichir: p.rafraichir } : {}),
    corps: (
      <CadreDeConduite salle={k} titre={p.titre} ici={p.ici} erreurs={p.erreurs ?? []} fait={p.fait}>
        {p.corps}
      </CadreDeConduite>
    ),
  });
