/** The only writer of cards: every write is a version, says who and by which way, and works out what searches and duplicates go by. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { cleTexte } from '../../../core/mots.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { enMultirange, ouverturesDe } from '../horaires.ts';
import { cleTelephone } from '../telephone.rules.ts';
import type { StructureTenue } from './structures.queries.ts';
import { enJson } from '../../../core/couper.ts';

/** Days after which a card is to be verified: once verified; never verified, or changed by a file; how to reach it changed by a link. */
const REVOIR = 180;
export const REVOIR_SANS_VERIFICATION = 30;
const REVOIR_APRES_LIEN = 7;

/** What a card says, by column. */
export interface Contenu {
  parente_id: string | null;
  organisation_id: string;
  nom: string;
  description: string;
  siret: string;
  adresse: string;
  complement: string;
  code_postal: string;
  commune: string;
  code_insee: string;
  longitude: number | null;
  latitude: number | null;
  territoire_id: string;
  telephone: string;
  courriel: string;
  site_web: string;
  horaires: string;
  venir: string;
  langues: readonly string[];
  accessibilite: readonly string[];
  accessibilite_lien: string;
  reseaux: readonly string[];
  lien_source: string;
  lieu_sur: boolean;
  label: string;
  etat: string;
  correspondant_nom: string;
  correspondant_courriel: string;
}
const CHAMPS = [
  ...['parente_id', 'organisation_id', 'nom', 'description', 'siret', 'adresse', 'complement', 'code_postal', 'commune', 'code_insee', 'longitude'],
  ...['latitude', 'territoire_id', 'telephone', 'courriel', 'site_web', 'horaires', 'venir', 'langues', 'accessibilite', 'accessibilite_lien', 'reseaux'],
  ...['lien_source', 'lieu_sur', 'label', 'etat', 'correspondant_nom', 'correspondant_courriel'],
] as (keyof Contenu)[];

export const VIDE: Contenu = {
  parente_id: null,
  organisation_id: '',
  nom: '',
  description: '',
  siret: '',
  adresse: '',
  complement: '',
  code_postal: '',
  commune: '',
  code_insee: '',
  longitude: null,
  latitude: null,
  territoire_id: '',
  telephone: '',
  courriel: '',
  site_web: '',
  horaires: '',
  venir: '',
  langues: [],
  accessibilite: [],
  accessibilite_lien: '',
  reseaux: [],
  lien_source: '',
  lieu_sur: false,
  label: '',
  etat: 'publiee',
  correspondant_nom: '',
  correspondant_courriel: '',
};
export const contenuDe = (s: StructureTenue): Contenu => ({
  parente_id: s.parenteId,
  organisation_id: s.organisationId,
  nom: s.nom,
  description: s.description,
  siret: s.siret,
  adresse: s.adresse,
  complement: s.complement,
  code_postal: s.codePostal,
  commune: s.commune,
  code_insee: s.codeInsee,
  longitude: s.longitude,
  latitude: s.latitude,
  territoire_id: s.territoireId,
  telephone: s.telephone,
  courriel: s.courriel,
  site_web: s.siteWeb,
  horaires: s.horaires,
  venir: s.venir,
  langues: s.langues,
  accessibilite: s.accessibilite,
  accessibilite_lien: s.accessibiliteLien,
  reseaux: s.reseaux,
  lien_source: s.lienSource,
  lieu_sur: s.lieuSur,
  label: s.label,
  etat: s.etat,
  correspondant_nom: s.correspondantNom,
  correspondant_courriel: s.correspondantCourriel,
});

/** Who keeps the place: known by the access, never by what the public reads. */
const PERSONNELS: readonly (keyof Contenu)[] = ['correspondant_nom', 'correspondant_courriel'];
/** Whose it is, where it is filed, who keeps it, whether it is online and safe: each has its own right, none comes back with an older text. */
const TENUE: readonly (keyof Contenu)[] = ['parente_id', 'organisation_id', 'territoire_id', 'lieu_sur', 'label', 'etat', ...PERSONNELS];
/** What putting a version back brings back. */
const RETABLIS = CHAMPS.filter((c) => !TENUE.includes(c));
/** By what one reaches the place: wrong, it sends a victim to someone else. */
const POUR_JOINDRE: readonly (keyof Contenu)[] = ['adresse', 'complement', 'code_postal', 'commune', 'telephone', 'courriel', 'site_web'];

const cleAdresse = (c: Pick<Contenu, 'adresse' | 'code_postal'>): string => (c.adresse === '' ? '' : cleTexte(`${c.adresse} ${c.code_postal}`));

/** The first level of territories in which this one lies; empty for the whole contract. */
const secteurDe = (catalogue: Catalogue, territoireId: string): string =>
  catalogue.ascendants(territoireId).find((t) => t.parent === catalogue.racine.id)?.id ?? '';

/** Everything that follows from what a card says. */
export async function derives(catalogue: Catalogue, c: Contenu, maintenant: Date) {
  const o = await ouverturesDe(c.horaires, maintenant);
  return {
    secteur_id: secteurDe(catalogue, c.territoire_id),
    cle_nom: cleTexte(c.nom),
    cle_adresse: cleAdresse(c),
    cle_telephone: cleTelephone(c.telephone),
    ouvertures: enMultirange(o),
    ouvertures_jusqu_au: o?.jusqu ?? null,
  };
}

export interface Auteur {
  par: string;
  /** The organisation of who acts, as the public reads it: the only one that a verification may name. */
  organisme: string;
  voie: 'page' | 'lien' | 'import' | 'commande';
  quand: Date;
}
export function changementsEntre(avant: Contenu, apres: Contenu): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    CHAMPS.flatMap((champ) =>
      JSON.stringify(avant[champ]) === JSON.stringify(apres[champ]) ? [] : [[champ, [avant[champ], apres[champ]] as [unknown, unknown]]],
    ),
  );
}
/** That the correspondent changed is history; who they are is not. */
const sansPersonne = (champs: Record<string, [unknown, unknown]>): Record<string, [unknown, unknown]> => ({
  ...champs,
  ...Object.fromEntries(PERSONNELS.filter((c) => champs[c]).map((c) => [c, [null, null]])),
});
/** What the public read then: later changes (the latest first) taken back from what the card says now. */
export const contenuALaVersion = (actuel: Contenu, depuis: readonly Record<string, readonly [unknown, unknown]>[]): Contenu => ({
  ...actuel,
  ...Object.fromEntries(RETABLIS.flatMap((champ) => depuis.flatMap((v) => (v[champ] ? [[champ, v[champ][0]]] : [])))),
});
const addVersion = (tx: Db, contratId: number, id: string, version: number, quoi: string, a: Auteur, champs: Record<string, [unknown, unknown]>) =>
  sql`
    insert into structure_versions (contrat_id, structure_id, version, quoi, voie, par, le, champs)
    values (${contratId}, ${id}::uuid, ${version}, ${quoi}, ${a.voie}, ${a.par}, ${a.quand}, ${enJson(sansPersonne(champs))}::jsonb)`.execute(tx);

/** Columns of a row and their values, in the words of SQL: names are ours, values are parameters. */
const valeursDe = (o: object) =>
  Object.entries(o).map(([nom, v]) => ({
    nom,
    valeur: Array.isArray(v) ? sql`${[...v]}::text[]` : nom === 'ouvertures' ? sql`${v}::tstzmultirange` : sql`${v}`,
  }));

const verifieeLe = (aujourdhui: string, a: Auteur) => ({
  verifie_par: a.organisme,
  verifie_le: aujourdhui,
  corrige_par: '',
  corrige_le: null,
  revoir_le: plusJours(aujourdhui, REVOIR),
  a_relire: false,
});
const corrigeeLe = (aujourdhui: string, a: Auteur) => ({ corrige_par: a.organisme, corrige_le: aujourdhui });
export const auPlusTard = (jour: string, limite: string): string => (jour < limite ? jour : limite);
/** A correction pushes no review back; by link, how one reaches the place is to be read again soon, by someone who has an account. */
function apresCorrection(s: StructureTenue, champs: object, aujourdhui: string, a: Auteur) {
  const change = (liste: readonly string[]) => liste.some((c) => Object.hasOwn(champs, c));
  return {
    ...(change(RETABLIS) ? corrigeeLe(aujourdhui, a) : {}),
    ...(a.voie === 'lien' && change(POUR_JOINDRE) ? { a_relire: true, revoir_le: auPlusTard(s.revoirLe, plusJours(aujourdhui, REVOIR_APRES_LIEN)) } : {}),
  };
}

export async function createStructure(
  tx: Db,
  catalogue: Catalogue,
  c: Contenu,
  a: Auteur,
  /** `verifie`: whoever writes says that everything is right. `cle`: named by the contract, which corrects nothing. */
  o: { fictive?: boolean; verifie?: boolean; cle?: string } = {},
): Promise<string> {
  const aujourdhui = jourDe(a.quand);
  const colonnes = valeursDe({
    ...c,
    ...(await derives(catalogue, c, a.quand)),
    fictive: o.fictive ?? false,
    cle_contrat: o.cle ?? '',
    ...(o.verifie ? verifieeLe(aujourdhui, a) : { ...(o.cle ? {} : corrigeeLe(aujourdhui, a)), revoir_le: plusJours(aujourdhui, REVOIR_SANS_VERIFICATION) }),
    maj_le: a.quand,
    maj_par: a.par,
  });
  const { rows } = await sql<{ id: string }>`
    insert into structures (contrat_id, ${sql.join(colonnes.map((x) => sql.ref(x.nom)))})
    values (${catalogue.contratId}, ${sql.join(colonnes.map((x) => x.valeur))}) returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await addVersion(tx, catalogue.contratId, id, 1, 'créée', a, {});
  return id;
}

/** True when something changed: what is written again as it was is no version, unless someone confirms it. */
export async function updateStructure(
  tx: Db,
  catalogue: Catalogue,
  s: StructureTenue,
  c: Contenu,
  a: Auteur,
  o: { verifie?: boolean; quoi?: string } = {},
): Promise<boolean> {
  const champs = changementsEntre(contenuDe(s), c);
  const change = Object.keys(champs).length > 0;
  if (!change && !o.verifie) return false;
  const aujourdhui = jourDe(a.quand);
  const colonnes = valeursDe({
    ...c,
    ...(await derives(catalogue, c, a.quand)),
    ...(o.verifie ? verifieeLe(aujourdhui, a) : apresCorrection(s, champs, aujourdhui, a)),
    version: s.version + 1,
    maj_le: a.quand,
    maj_par: a.par,
  });
  await sql`
    update structures set ${sql.join(colonnes.map((x) => sql`${sql.ref(x.nom)} = ${x.valeur}`))}
    where contrat_id = ${catalogue.contratId} and id = ${s.id}::uuid and version = ${s.version}`.execute(tx);
  await addVersion(tx, catalogue.contratId, s.id, s.version + 1, o.quoi ?? (change ? 'corrigée' : 'confirmée'), a, champs);
  return true;
}

/** Works out opening hours again for the weeks ahead; returns how many cards. */
export async function recalculerOuvertures(tx: Db, contratId: number, maintenant: Date): Promise<number> {
  const { rows } = await sql<{ horaires: string }>`select distinct horaires from structures where contrat_id = ${contratId} and horaires <> ''`.execute(tx);
  const lignes: { horaires: string; ouvertures: string; jusqu: Date | null }[] = [];
  for (const { horaires } of rows) {
    const o = await ouverturesDe(horaires, maintenant);
    // What is no longer read as hours opens nothing.
    lignes.push({ horaires, ouvertures: enMultirange(o), jusqu: o?.jusqu ?? null });
  }
  const { numAffectedRows } = await sql`
    update structures s set ouvertures = v.ouvertures::tstzmultirange, ouvertures_jusqu_au = v.jusqu
    from jsonb_to_recordset(${enJson(lignes)}::jsonb) as v (horaires text, ouvertures text, jusqu timestamptz)
    where s.contrat_id = ${contratId} and s.horaires = v.horaires`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
