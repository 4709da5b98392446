/** How much of the contract Concorde serves: derived from what each system asks and what the modules serve, never typed in. */
import {
  type Capacite,
  direCapacite,
  type Lien,
  type ModuleDuProduit,
  moduleAttendu,
  type Objet,
  type Service as Servi,
  servirLa,
} from '../../core/capacites.ts';
import type { Catalogue } from './catalogue.ts';
import type { Suivi } from './suivis.rules.ts';
import type { CodeDeVoie } from '../../core/voies.ts';
import type { House, Profils } from '../../core/module.ts';
import type { Systeme, TypeInstance } from './contrats.schema.ts';
import { estCompteDepuis } from './formules.rules.ts';
import { sansVoie, voiesDesMesures } from './voies.rules.ts';

export const ETATS_SYSTEME = ['servi', 'partiel', 'prevu', 'hors_perimetre', 'non_servi'] as const;
export type EtatSysteme = (typeof ETATS_SYSTEME)[number];

export interface Demande {
  capacite: Capacite;
  objet: Objet;
  /** Pages where it is served; null when it is not. */
  liens: readonly Lien[] | null;
}
export interface Service {
  etat: EtatSysteme;
  demandes: readonly Demande[];
  presentes: number;
  /** Modules that will serve what is missing. */
  attendus: readonly ModuleDuProduit[];
}

/** Words of the contract that a language does not say yet, and translations of words that it says no more. */
export interface MotsDeLangue {
  langue: string;
  manquants: number;
  inutiles: number;
}
declare module '../../core/module.ts' {
  interface Module {
    /** What of its files is read in French for want of a translation. */
    aTraduire?: (fichiers: (sous: string) => Profils) => readonly MotsDeLangue[];
  }
}
export interface Couverture {
  fiches: number;
  lignes: number;
  indicateurs: number;
  mesures: {
    total: number;
    calcul: number;
    collecte: number;
    narratif: number;
    enquete: number;
    /** By which ways each of them really arrives. */
    voies: Readonly<Record<string, readonly CodeDeVoie[]>>;
    sansVoie: readonly string[];
  };
  systemes: { total: number; servis: number; partiels: number; prevus: number; horsPerimetre: number; nonServis: number };
}

/** Of what is followed beside the measures, for which systems and whether it counts people. */
type Catalogues = Pick<Catalogue, 'typesInstance' | 'mesures' | 'listes' | 'champs'> & { suivis: ReadonlyMap<string, Pick<Suivi, 'systemes' | 'effectif'>> };

/** One line for each thing asked: records of a register under a filter are one, each capability is one. */
function demandesDe(s: Systeme): Omit<Demande, 'liens'>[] {
  return (s.exige ?? []).flatMap(({ capacites, ...objet }) => [
    ...('ou' in objet && objet.ou ? [{ capacite: 'enregistrement' as const, objet: { registre: objet.registre, ou: objet.ou } }] : []),
    ...(capacites ?? []).map((capacite) => ({ capacite, objet })),
  ]);
}

/** What a kind of body must be for a capability to have a meaning there: a body that does not vote does not serve a vote. */
const DU_TYPE: Readonly<Partial<Record<Capacite, (t: TypeInstance) => boolean>>> = {
  vote: (t) => t.vote,
  cadence: (t) => t.cadence.mois !== undefined,
  'couverture-des-mairies': (t) => t.territoires === 'mairies',
  'compte-rendu-public': (t) => t.confidentialite === 'publique',
  'acces-restreint': (t) => t.confidentialite === 'restreinte',
  'jour-et-nombre': (t) => t.confidentialite === 'nommee',
};

/** Does the contract itself give what the capability needs: a kind that votes, a figure that is counted, a report that is written? */
function permisParLeContrat(c: Catalogues, capacite: Capacite, objet: Objet): boolean {
  const type = objet.instance === undefined ? undefined : c.typesInstance.get(objet.instance);
  if (type && DU_TYPE[capacite]?.(type) === false) return false;
  const mesures = (objet.mesures ?? []).map((id) => c.mesures.get(id));
  if (capacite === 'chiffre') return mesures.every((m) => m !== undefined && m.obtention !== 'narratif');
  if (capacite === 'recit') return mesures.every((m) => m?.obtention === 'narratif');
  if (capacite === 'chiffre-compte') return mesures.every((m) => m?.obtention === 'calcul' && estCompteDepuis(c.mesures, m.calcul, objet));
  if (capacite === 'effectif-propre' || capacite === 'chiffre-de-suivi')
    return [...c.suivis.values()].some((x) => x.systemes.includes(objet.systeme ?? '') && x.effectif === (capacite === 'effectif-propre'));
  return true;
}

export function servicesDe(c: Catalogues, s: Systeme, servi: Servi): Service {
  const demandes = demandesDe(s).map((d) => ({
    ...d,
    liens: permisParLeContrat(c, d.capacite, { ...d.objet, systeme: s.id }) ? servirLa(servi, d.capacite, { ...d.objet, systeme: s.id }, c) : null,
  }));
  const manquantes = demandes.filter((d) => d.liens === null);
  const presentes = demandes.length - manquantes.length;
  return {
    etat: etatDe(s, demandes.length, presentes),
    demandes,
    presentes,
    attendus: [...new Set(manquantes.map((d) => moduleAttendu(d.capacite)))],
  };
}

function etatDe(s: Systeme, demandes: number, presentes: number): EtatSysteme {
  if (s.hors_perimetre !== undefined) return 'hors_perimetre';
  if (demandes === 0) return 'non_servi';
  return presentes === demandes ? 'servi' : presentes > 0 ? 'partiel' : 'prevu';
}

/** « 2 sur 4 ; il manque : le vote, … » */
export function direService(v: Service): string {
  if (v.demandes.length === 0) return '';
  const manquent = v.demandes.filter((d) => d.liens === null).map((d) => direDemande(d));
  const compte = `${v.presentes} sur ${v.demandes.length}`;
  return manquent.length === 0 ? compte : `${compte} ; il manque : ${manquent.join(' ; ')}`;
}
export const direDemande = (d: Omit<Demande, 'liens'>): string =>
  d.objet.mesures && /^(chiffre|chiffre-compte|recit)$/.test(d.capacite)
    ? `${direCapacite(d.capacite)} (${d.objet.mesures.join(', ')})`
    : direCapacite(d.capacite);

export function couvrir(c: Catalogue, house: Pick<House, 'voies'>, servi: Servi): Couverture {
  const mesures = [...c.mesures.values()];
  const obtenues = (o: string) => mesures.filter((m) => m.obtention === o).length;
  const etats = [...c.systemes.values()].map((s) => servicesDe(c, s, servi).etat);
  const voies = voiesDesMesures(c.mesures, house.voies);
  const n = (e: EtatSysteme) => etats.filter((x) => x === e).length;
  return {
    fiches: c.fiches.size,
    lignes: c.lignes.size,
    indicateurs: c.indicateurs.size,
    mesures: {
      total: mesures.length,
      calcul: obtenues('calcul'),
      collecte: obtenues('collecte'),
      narratif: obtenues('narratif'),
      enquete: obtenues('enquete'),
      voies,
      sansVoie: sansVoie(voies),
    },
    systemes: {
      total: etats.length,
      servis: n('servi'),
      partiels: n('partiel'),
      prevus: n('prevu'),
      horsPerimetre: n('hors_perimetre'),
      nonServis: n('non_servi'),
    },
  };
}
