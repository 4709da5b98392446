/** The only writer of cards: every write is a version, says who and by which way, and works out what searches and duplicates go by. */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { cleTexte } from '../../../core/mots.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { enMultirange, ouverturesDe } from '../horaires.ts';
import type { StructureTenue } from './structures.queries.ts';

/** Days after which a card that nobody confirmed is to be verified; for one that nobody ever verified. */
export const REVOIR = 180;
const JAMAIS_VERIFIEE = 30;

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

/** The number as it is dialled: `+33 1 02…` and `01 02…` are one. */
export const cleTelephone = (t: string): string => t.replace(/[^\d+]/g, '').replace(/^(\+33|0033)/, '0');
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
  voie: 'page' | 'lien' | 'import' | 'commande';
  quand: Date;
}
/** A card that someone has just said is right needs no one for a while. */
interface Verification {
  par: string;
}

export function changementsEntre(avant: Contenu, apres: Contenu): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    CHAMPS.flatMap((champ) =>
      JSON.stringify(avant[champ]) === JSON.stringify(apres[champ]) ? [] : [[champ, [avant[champ], apres[champ]] as [unknown, unknown]]],
    ),
  );
}
const addVersion = (tx: Db, contratId: number, id: string, version: number, quoi: string, a: Auteur, champs: object) =>
  sql`
    insert into structure_versions (contrat_id, structure_id, version, quoi, voie, par, le, champs)
    values (${contratId}, ${id}::uuid, ${version}, ${quoi}, ${a.voie}, ${a.par}, ${a.quand}, ${JSON.stringify(champs)}::jsonb)`.execute(tx);

/** Columns of a row and their values, in the words of SQL: names are ours, values are parameters. */
const valeursDe = (o: object) =>
  Object.entries(o).map(([nom, v]) => ({
    nom,
    valeur: Array.isArray(v) ? sql`${[...v]}::text[]` : nom === 'ouvertures' ? sql`${v}::tstzmultirange` : sql`${v}`,
  }));

export async function createStructure(
  tx: Db,
  catalogue: Catalogue,
  c: Contenu,
  a: Auteur,
  o: { source?: string; sourceId?: string; fictive?: boolean; verification?: Verification } = {},
): Promise<string> {
  const aujourdhui = jourDe(a.quand);
  const colonnes = valeursDe({
    ...c,
    ...(await derives(catalogue, c, a.quand)),
    source: o.source ?? '',
    source_id: o.sourceId ?? '',
    fictive: o.fictive ?? false,
    verifie_par: o.verification?.par ?? '',
    verifie_le: o.verification ? aujourdhui : null,
    revoir_le: plusJours(aujourdhui, o.verification ? REVOIR : JAMAIS_VERIFIEE),
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
  o: { verification?: Verification; quoi?: string } = {},
): Promise<boolean> {
  const champs = changementsEntre(contenuDe(s), c);
  const change = Object.keys(champs).length > 0;
  if (!change && !o.verification) return false;
  const aujourdhui = jourDe(a.quand);
  const colonnes = valeursDe({
    ...c,
    ...(await derives(catalogue, c, a.quand)),
    ...(o.verification ? { verifie_par: o.verification.par, verifie_le: aujourdhui, revoir_le: plusJours(aujourdhui, REVOIR) } : {}),
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
  const lignes: { horaires: string; ouvertures: string; jusqu: Date }[] = [];
  for (const { horaires } of rows) {
    const o = await ouverturesDe(horaires, maintenant);
    if (o) lignes.push({ horaires, ouvertures: enMultirange(o), jusqu: o.jusqu });
  }
  const { numAffectedRows } = await sql`
    update structures s set ouvertures = v.ouvertures::tstzmultirange, ouvertures_jusqu_au = v.jusqu
    from jsonb_to_recordset(${JSON.stringify(lignes)}::jsonb) as v (horaires text, ouvertures text, jusqu timestamptz)
    where s.contrat_id = ${contratId} and s.horaires = v.horaires`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
