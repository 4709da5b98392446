/** For each route that is not public: the existing object it is tried on, and the body that would do it. */
import type { Route } from '../../src/core/http.ts';
import { type Ids, MESURE, type Monde } from './monde.ts';

export const cleDe = (r: Pick<Route, 'methode' | 'chemin'>): string => `${r.methode} ${r.chemin}`;

/** Routes that act on nothing but the person who asks, or on what everyone may ask for, and why. */
export const SUR_SOI: Readonly<Record<string, string>> = {
  'POST /deconnexion': 'ends one’s own session',
  'POST /confirmer': 'one’s own identity',
  'POST /confirmer/cle': 'one’s own identity',
  'POST /confirmer/cle/options': 'one’s own identity',
  'POST /mon-compte/mot-de-passe': 'one’s own account',
  'POST /mon-compte/second-facteur': 'one’s own account',
  'POST /mon-compte/second-facteur/retirer': 'one’s own account',
  'POST /mon-compte/codes': 'one’s own account',
  'POST /mon-compte/sessions': 'one’s own account',
  'POST /mon-compte/jetons': 'one’s own account',
  'POST /mon-compte/delegations': 'one’s own mandate',
  'POST /mon-compte/cles': 'one’s own account',
  'POST /mon-compte/cles/options': 'one’s own account',
  'POST /mon-compte/cles/retirer': 'one’s own account',
  'POST /calendrier/abonnement': 'one’s own feed',
  'POST /bilan': 'a document of what is public',
  'POST /registres/:registre/imports': 'prepares a batch of one’s own; each of its rows asks the right to write (registres.test)',
};

type Corps = Record<string, string>;
/** Bodies that would do it; a route without one sends what several forms share. */
const CORPS: Readonly<Record<string, (m: Monde) => Record<string, unknown>>> = {
  'POST /registres/:registre/nouveau': () => ({
    jour: '2026-05-12',
    titre: 'Marche essayée',
    territoire_id: 'mairie-12',
    organisation_id: 'PP',
    fiches: '2.1',
    'donnees.creneau': 'diurne',
    'donnees.public': 'femmes',
    'donnees.objectif': 'accessibilite',
  }),
  'POST /instances/nouvelle': () => ({ nom: 'Instance essayée', territoire: 'mairie-12', porteur: 'PP', confidentialite: 'partenaires' }),
  'POST /decisions/nouvelle': (m) => ({ instance: m.ouvert.instance, nature: 'action', libelle: 'Action essayée', responsable: 'PP' }),
  'POST /decisions/lot': (m) => ({ decision: m.ouvert.decision, acte: 'echeance', echeance: '2027-09-01' }),
  'POST /chiffres/:mesure/saisir': () => ({ periode: '2026', territoire: 'mairie-12', etat: 'valeur', valeur: '7', source: 'essai', version: '0' }),
  'POST /chiffres/:mesure/valider': (m) => ({ valeur: m.valeur }),
  'POST /instances/:id/reglages': () => ({ nom: 'Renommée', confidentialite: 'partenaires', version: '1', heure: '10:00', duree_minutes: '60' }),
  'POST /comptes/inviter': () => ({ courriel: 'nouvelle@exemple.fr', nom: 'Nouvelle', fonction: 'Essai', organisation: 'PP', role: 'agent' }),
  'POST /comptes/:id/mandats': () => ({ role: 'agent' }),
  'POST /api/v1/registres/:registre': () => ({
    jour: '2026-05-12',
    titre: 'Marche essayée',
    territoire_id: 'mairie-12',
    organisation_id: 'PP',
    fiches: ['2.1'],
    donnees: { creneau: 'diurne', public: 'femmes', objectif: 'accessibilite' },
  }),
};
const COMMUN: Corps = {
  version: '1',
  motif: 'essai',
  titre: 'Point essayé',
  reponse: 'accepte',
  acte: 'clore',
  etat: 'en_cours',
  jour: '2026-05-12',
  presents: '4',
  qualite: 'membre',
  fonction: 'Essayée',
  organisation: 'PP',
  debut: '2026-01-01',
};
export const corpsDe = (r: Route, m: Monde): Record<string, unknown> => CORPS[cleDe(r)]?.(m) ?? COMMUN;

/** Where a refusal is said beside the field, with what was typed, by these words. */
export const REFUS_DANS_LE_FORMULAIRE: Readonly<Record<string, string>> = {
  'POST /registres/:registre/nouveau': 'Votre mandat ne permet pas d’enregistrer',
};

/** Address of the route on objects of that world; null when a part of it has no example. `ids`: the body that is readable, or the one that is not. */
export function adresseDe(r: Route, m: Monde, ids: Ids): string | null {
  const tete = r.chemin.split('/')[1] ?? '';
  const PAR_TETE: Record<string, string> = {
    instances: ids.instance,
    seances: ids.seance,
    decisions: ids.decision,
    releves: ids.seance,
    comptes: r.chemin.startsWith('/comptes/invitations') ? m.lien : r.chemin.startsWith('/comptes/propositions') ? m.proposition : m.compte,
    registres: m.activite,
    api: m.activite,
    signalements: m.signalement,
    travaux: m.travail,
    dpo: m.droits,
    'mon-compte': m.jeton,
    fiches: '2.1',
  };
  const NOMS: Record<string, string> = {
    ...ids,
    registre: 'marches',
    mesure: MESURE,
    type: 'conseil-parisien',
    lot: m.lot,
    mandat: m.mandat,
    flux: m.flux,
    jeton: m.jeton,
    organisation: 'PP',
    regle: 'sessions',
    numero: '2.1',
  };
  let complet = true;
  const adresse = r.chemin.replace(/:(\w+)/g, (_, nom: string) => {
    const v = nom === 'id' ? PAR_TETE[tete] : NOMS[nom];
    if (v === undefined) complet = false;
    return v ?? '';
  });
  return complet ? adresse : null;
}

/** Names that addresses use for an object: each list and page is asked with the reserved ones. */
export const filtresVers = (m: Monde): Corps => ({
  instance: m.reserve.instance,
  seance: m.reserve.seance,
  point: m.reserve.point,
  notes: m.reserve.point,
  participant: m.reserve.participant,
  corriger: m.reserve.decision,
  compte: m.compte,
  objet: `/instances/${m.reserve.instance}`,
  dupliquer: m.lot,
  lot: m.lot,
  mois: '2027-05',
  annee: '2027',
});
/** Names that hold no object: words, codes, dates, pages. */
export const SANS_OBJET: readonly string[] = [
  ...['action', 'actif', 'annee', 'apres', 'archetype', 'aupres', 'au', 'avant', 'canal', 'debut', 'du', 'etat', 'fait', 'fermes', 'fiche', 'fin', 'genre'],
  ...['indicateur', 'jeton', 'ligne', 'limite', 'merci', 'mois', 'nature', 'organisation', 'page', 'perimetre', 'periode', 'q', 'qui', 'quoi', 'responsable'],
  ...['retard', 'retour', 'source', 'territoire', 'theme', 'type', 'version', 'vue', 'portees', 'code', 'state', 'error'],
];
