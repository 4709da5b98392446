/** What every page of a room begins with: the crisis, who is named in it, and what this person may do there. */
import { interdit, introuvable } from '../../core/errors.ts';
import type { Contexte } from '../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { peutConduire, peutEcrire, peutEntrer, type Salle } from './crises.policy.ts';
import { getCrise, listActeurs } from './crises.queries.ts';
import type { Cadre, Entite, TypeDeCrise } from './crises.schema.ts';
import type { ActeurDeCrise, Crise } from './crises.types.ts';

export interface Chargee {
  crise: Crise;
  acteurs: readonly ActeurDeCrise[];
  cadre: Cadre;
  cat: Catalogue;
  salle: Salle;
  type: TypeDeCrise;
  /** Entities of that type of crisis. */
  entites: readonly Entite[];
  commandement: Entite | undefined;
  ecrit: boolean;
  conduit: boolean;
}

/** Room of live events. */
export const salleDe = (contratId: number, criseId: string): string => `crise:${contratId}:${criseId}`;
export const entitesDe = (cadre: Cadre, type: string): Entite[] =>
  cadre.entites.filter((e) => !e.types || e.types.includes(type)).map((e) => ({ ...e, taches: e.taches.filter((t) => !t.types || t.types.includes(type)) }));

export const DE_QUI_CONDUIT = 'Cela revient à qui conduit la salle : la salle de commandement, la coordination, le coordonnateur du lieu.';
const PAS_DANS_LA_SALLE = 'Cette salle est ouverte aux organisations nommées dans la crise. Demandez à la salle de commandement d’y nommer la vôtre.';

/** Throws 404 for an unknown crisis, 403 when this person is not of the room. `verrou`: held until commit. */
export async function chargerCrise(c: Contexte, cadre: Cadre, verrou = false): Promise<Chargee> {
  const crise = await getCrise(c.db, c.contrat.id, c.params.crise ?? '', verrou);
  if (!crise) throw introuvable('Cette crise');
  const acteurs = await listActeurs(c.db, c.contrat.id, crise.id);
  const cat = await getCatalogue(c.db, c.contrat.id);
  const salle = { territoireId: crise.territoireId, fiche: crise.fiche, acteurs };
  const u = c.utilisateur;
  if (!peutEntrer(u, salle, cat.contient)) throw interdit(PAS_DANS_LA_SALLE);
  return {
    crise,
    acteurs,
    cadre,
    cat,
    salle,
    type: cadre.types.find((t) => t.code === crise.type) ?? { code: crise.type, libelle: crise.type, commande: '', national: false },
    entites: entitesDe(cadre, crise.type),
    commandement: cadre.entites.find((e) => e.code === crise.commandement),
    ecrit: peutEcrire(u, salle, cat.contient),
    conduit: peutConduire(u, salle, cat.contient),
  };
}
/** The same for what writes: throws 403 when this person only reads. */
export async function chargerPourEcrire(c: Contexte, cadre: Cadre, verrou = false): Promise<Chargee> {
  const k = await chargerCrise(c, cadre, verrou);
  if (!k.ecrit) throw interdit('Vous lisez cette salle sans y écrire.');
  return k;
}
