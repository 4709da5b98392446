/** Forms of a body that two people may have open at once: what is recorded, as each form shows it. */
import type { Enregistre } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import { direRole } from '../../annuaire/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Instance } from '../instances.types.ts';
import { CONFIDENTIALITES, QUALITES } from '../instances.rules.ts';
import type { Membre } from './instance.queries.ts';

const mots = (dits: Readonly<Record<string, string>>) => (v: string) => dits[v] ?? v;

export const reglagesEnregistres = (i: Instance): Enregistre => ({
  version: i.version,
  champs: {
    nom: i.nom,
    nom_entier: i.nomEntier,
    objet: i.objet,
    confidentialite: i.confidentialite,
    cadence_mois: i.cadenceMois === null ? '' : String(i.cadenceMois),
    vote: i.vote ? 'oui' : '',
    lieu: i.lieu,
    heure: i.heure,
    duree_minutes: String(i.dureeMinutes),
  },
  par: i.modifiePar,
  le: i.modifieLe,
});
export const formulaireDesReglages = (i: Instance): FormulairePartage => ({
  objet: `Réglages de ${i.nom}`,
  action: `/instances/${i.id}/reglages`,
  retour: `/instances/${i.id}`,
  champs: {
    nom: { libelle: 'Nom' },
    nom_entier: { libelle: 'Nom en toutes lettres' },
    objet: { libelle: 'Objet', long: true },
    confidentialite: { libelle: 'Qui peut la voir', dire: (v) => Object.entries(CONFIDENTIALITES).find(([code]) => code === v)?.[1].libelle ?? v },
    cadence_mois: { libelle: 'Se réunit au moins tous les', dire: (v) => `${v} mois` },
    vote: { libelle: 'On y vote' },
    lieu: { libelle: 'Lieu habituel' },
    heure: { libelle: 'Heure habituelle' },
    duree_minutes: { libelle: 'Durée', dire: (v) => `${v} minutes` },
  },
});

export const membreEnregistre = (m: Membre): Enregistre => ({
  version: m.version,
  champs: {
    qualite: m.qualite,
    fonction: m.fonction,
    organisation: m.organisationId,
    nom: m.nom,
    courriel: m.courriel,
    suppleant_nom: m.suppleantNom,
    suppleant_courriel: m.suppleantCourriel,
    referents: m.roleReferents,
    debut: m.debut,
    fin: m.fin ?? '',
  },
  par: m.modifiePar,
  le: m.modifieLe,
});
export const formulaireDuMembre = (i: Instance, m: Membre, catalogue: Catalogue): FormulairePartage => ({
  objet: `${m.fonction}, ${i.nom}`,
  action: `/instances/${i.id}/membres/${m.id}`,
  retour: `/instances/${i.id}#membres`,
  champs: {
    qualite: { libelle: 'Place', dire: mots(QUALITES) },
    fonction: { libelle: 'Fonction' },
    organisation: { libelle: 'Organisation', dire: catalogue.nomActeur },
    nom: { libelle: 'Nom' },
    courriel: { libelle: 'Adresse électronique' },
    suppleant_nom: { libelle: 'Nom du suppléant' },
    suppleant_courriel: { libelle: 'Adresse électronique du suppléant' },
    referents: { libelle: 'Qui siège', dire: (v) => (v === '' ? 'une personne' : `les référents : ${direRole(catalogue, v)}`) },
    debut: { libelle: 'Siège depuis le', dire: (v) => jour(v) },
    fin: { libelle: 'Jusqu’au', dire: (v) => jour(v) },
  },
});
