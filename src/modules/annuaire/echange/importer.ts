/**
 * Bringing a file of data·inclusion into the directory: a card is known by its source and its number there; the newer of the two says. Rows
 * that cannot be read are told with their line and column, the others come in. Written in packets, in the caller's transaction.
 */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Catalogue, douterDuPoint, type Localiser } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { lireHoraires } from '../horaires.ts';
import { besoinsDe } from '../referentiel/besoins.ts';
import { auPlusTard, type Auteur, changementsEntre, type Contenu, contenuDe, derives, REVOIR_SANS_VERIFICATION, VIDE } from '../structures/ecrire.ts';
import type { StructureTenue } from '../structures/structures.queries.ts';
import { lireTelephone } from '../telephone.rules.ts';
import { suivreStructures } from '../verification/verification.dus.ts';
import { sourceDIci } from './exporter.ts';
import { chercherDoublons, listTenues } from './doublons.queries.ts';
import { addNouvelles, addServices, listParSource, type NouveauService, updateChangees } from './importer.queries.ts';
import type { Bilan, Faute } from './bilan.ts';
import type { Lue, Place } from './lire.ts';
import { estNominatif, type ServiceLu, type StructureLue } from './lignes.schema.ts';
import { abreger, enJson } from '../../../core/couper.ts';

const PAQUET = 500;
const FAUTES_MAX = 500;
const DESCRIPTION_MAX = 10_000;

const bilanVide = (): Bilan => ({
  structures: { nouvelles: 0, changees: 0, inchangees: 0, plusRecentesIci: 0 },
  services: { ecrits: 0 },
  refusees: 0,
  horairesIllisibles: 0,
  courrielsNominatifs: 0,
  sansTerritoire: 0,
  doublons: { proposes: 0, joints: 0 },
});

interface Cadre {
  tx: Db;
  catalogue: Catalogue;
  localiser: Localiser | null;
  auteur: Auteur;
  bilan: Bilan;
  fautes: Faute[];
}
const cleDe = (source: string, id: string): string => `${source}\n${id}`;

/** The finest territory that the row says: by the code of its commune, else by its point. */
function territoireDe(k: Cadre, v: StructureLue): string {
  const parCode = [...k.catalogue.territoires.values()].find((t) => t.code !== undefined && t.code === v.code_insee && t.id !== k.catalogue.racine.id);
  const parPoint = v.longitude !== null && v.latitude !== null ? k.localiser?.(v.longitude, v.latitude) : null;
  return parPoint ?? parCode?.id ?? k.catalogue.racine.id;
}

const TEL_QUE = 'Téléphone, tel que sa source l’écrit : ';
/** The number of the row; what is not one whole number is told, and stays in the description, where nobody dials it. */
function telephoneDeLaLigne(k: Cadre, v: StructureLue, ou: Place): { telephone: string; note: string } {
  const lu = lireTelephone(v.telephone);
  if (lu.ok) return { telephone: lu.ecrit, note: '' };
  k.bilan.telephonesIllisibles = (k.bilan.telephonesIllisibles ?? 0) + 1;
  noter(k, { ...ou, colonne: 'telephone', message: 'n’est pas un seul numéro, entier et non surtaxé : laissé dans la présentation' });
  return { telephone: '', note: TEL_QUE + v.telephone };
}
async function horairesDeLaLigne(k: Cadre, v: StructureLue, ou: Place): Promise<string> {
  const h = await lireHoraires(v.horaires_accueil);
  if (h.ok) return h.horaires;
  k.bilan.horairesIllisibles++;
  noter(k, { ...ou, colonne: 'horaires_accueil', message: 'horaires non compris : la fiche garde les siens, si elle en a' });
  return '';
}
function pointDeLaLigne(k: Cadre, v: StructureLue): Pick<Contenu, 'longitude' | 'latitude'> {
  const { longitude, latitude } = v;
  const doute = longitude !== null && latitude !== null ? douterDuPoint(k.catalogue.contrat.emprise, longitude, latitude) : null;
  return doute === 'nul' || doute === 'inverse' ? { longitude: null, latitude: null } : { longitude, latitude };
}
/** Where it is: all of it comes from one writer, so that no floor of one address stands under another. */
function adresseDeLaLigne(k: Cadre, v: StructureLue, avant: Contenu) {
  const point = pointDeLaLigne(k, v);
  const demenage = (v.adresse !== '' && v.adresse !== avant.adresse) || (v.code_postal !== '' && v.code_postal !== avant.code_postal);
  const sien = demenage ? VIDE : avant;
  return {
    adresse: v.adresse || sien.adresse,
    complement: v.complement_adresse || sien.complement,
    code_postal: v.code_postal || sien.code_postal,
    commune: v.commune || sien.commune,
    code_insee: v.code_insee || sien.code_insee,
    ...(point.longitude === null ? { longitude: sien.longitude, latitude: sien.latitude } : point),
  };
}

/** What the row says, over what the card says: what it leaves empty, or nobody can read, changes nothing. */
async function contenuDeLaLigne(k: Cadre, v: StructureLue, ou: Place, avant: Contenu): Promise<Contenu> {
  const { telephone, note } = telephoneDeLaLigne(k, v, ou);
  const personnel = estNominatif(v.courriel);
  if (personnel) k.bilan.courrielsNominatifs++;
  const dit = territoireDe(k, v);
  const territoire_id = dit === k.catalogue.racine.id ? avant.territoire_id || dit : dit;
  if (territoire_id === k.catalogue.racine.id) k.bilan.sansTerritoire++;
  const description = v.description || avant.description;
  return {
    ...avant,
    ...adresseDeLaLigne(k, v, avant),
    nom: v.nom,
    description:
      note === '' || description.includes(note) ? description : [abreger(description, DESCRIPTION_MAX - note.length - 2), note].filter(Boolean).join('\n\n'),
    siret: v.siret || avant.siret,
    territoire_id,
    telephone: telephone || avant.telephone,
    courriel: personnel ? avant.courriel : v.courriel || avant.courriel,
    site_web: v.site_web || avant.site_web,
    horaires: (await horairesDeLaLigne(k, v, ou)) || avant.horaires,
    accessibilite_lien: v.accessibilite_lieu || avant.accessibilite_lien,
    reseaux: v.reseaux_porteurs.length > 0 ? v.reseaux_porteurs : avant.reseaux,
    lien_source: v.lien_source || avant.lien_source,
  };
}
function noter(k: Cadre, f: Faute): void {
  if (k.fautes.length < FAUTES_MAX) k.fautes.push(f);
}

type Ligne<T> = { ou: Place; v: T };
/** A day to come is nobody's: the row would be later than whatever anyone writes here. False once told. */
function estDate(k: Cadre, { ou, v }: Ligne<{ date_maj: string }>): boolean {
  if (v.date_maj <= jourDe(k.auteur.quand)) return true;
  k.bilan.refusees++;
  noter(k, { ...ou, colonne: 'date_maj', message: `« ${v.date_maj} » est à venir` });
  return false;
}
/** Corrected or verified here that day or since, or brought by a later file. */
const plusRecenteIci = (s: StructureTenue, dateMaj: string): boolean =>
  [s.verifieLe, s.corrigeLe].some((d) => d !== null && d >= dateMaj) || (s.sourceLe !== null && s.sourceLe > dateMaj);

/** Ids of the cards that were written. */
async function ecrireStructures(k: Cadre, lignes: readonly Ligne<StructureLue>[]): Promise<string[]> {
  // Twice in one packet: the last one says.
  const uniques = [...new Map(lignes.map((l) => [cleDe(l.v.source, l.v.id), l])).values()];
  const connues = new Map(
    (
      await listParSource(
        k.tx,
        k.catalogue.contratId,
        uniques.map((l) => ({ source: l.v.source, id: l.v.id })),
      )
    ).map((s) => [cleDe(s.source, s.sourceId), s]),
  );
  const nouvelles: Parameters<typeof addNouvelles>[2][number][] = [];
  const changees: Parameters<typeof updateChangees>[2][number][] = [];
  const revoir_le = plusJours(jourDe(k.auteur.quand), REVOIR_SANS_VERIFICATION);
  for (const { v, ou } of uniques) {
    // What went out from here says nothing new.
    if (v.source === sourceDIci(k.catalogue.slug)) {
      k.bilan.structures.inchangees++;
      continue;
    }
    const s = connues.get(cleDe(v.source, v.id));
    if (!s) {
      const contenu = await contenuDeLaLigne(k, v, ou, VIDE);
      nouvelles.push({ source: v.source, source_id: v.id, contenu, d: await derives(k.catalogue, contenu, k.auteur.quand), source_le: v.date_maj, revoir_le });
      k.bilan.structures.nouvelles++;
      continue;
    }
    if (plusRecenteIci(s, v.date_maj)) {
      k.bilan.structures.plusRecentesIci++;
      continue;
    }
    const contenu = await contenuDeLaLigne(k, v, ou, contenuDe(s));
    const champs = changementsEntre(contenuDe(s), contenu);
    const change = Object.keys(champs).length > 0;
    if (!change && s.sourceLe === v.date_maj) {
      k.bilan.structures.inchangees++;
      continue;
    }
    // What a file changes is to be reviewed soon; that its source says it again pushes nothing back.
    const dates = { source_le: v.date_maj, revoir_le: change ? auPlusTard(s.revoirLe, revoir_le) : s.revoirLe };
    changees.push({ s, contenu, d: await derives(k.catalogue, contenu, k.auteur.quand), champs, ...dates });
  }
  const ecrites = await updateChangees(k.tx, k.catalogue.contratId, changees, k.auteur);
  k.bilan.structures.changees += ecrites.length;
  k.bilan.structures.plusRecentesIci += changees.length - ecrites.length;
  return [...(await addNouvelles(k.tx, k.catalogue.contratId, nouvelles, k.auteur)), ...ecrites];
}

async function ecrireServices(k: Cadre, lignes: readonly Ligne<ServiceLu>[]): Promise<void> {
  const uniques = [...new Map(lignes.map((l) => [cleDe(l.v.source, l.v.id), l])).values()];
  const structures = new Map(
    (
      await listParSource(
        k.tx,
        k.catalogue.contratId,
        uniques.map((l) => ({ source: l.v.source, id: l.v.structure_id })),
      )
    ).map((s) => [cleDe(s.source, s.sourceId), s]),
  );
  const ecrits: NouveauService[] = [];
  for (const { v, ou } of uniques) {
    if (v.source === sourceDIci(k.catalogue.slug)) continue;
    const s = structures.get(cleDe(v.source, v.structure_id));
    if (!s) {
      k.bilan.refusees++;
      noter(k, { ...ou, colonne: 'structure_id', message: 'aucune structure de ce fichier ni de l’annuaire n’a cet identifiant' });
      continue;
    }
    const { source, structure_id, id, nom, description, date_maj, type, thematiques, publics, conditions_acces, frais, zone_eligibilite, ...reste } = v;
    const {
      publics_precisions,
      frais_precisions,
      modes_accueil,
      modes_mobilisation,
      mobilisable_par,
      mobilisation_precisions,
      lien_mobilisation,
      courriel,
      ...autres
    } = reste;
    ecrits.push({
      structure_id: s.id,
      carte_id: s.jointeA ?? s.id,
      source,
      source_id: id,
      ...{ nom, description, type, thematiques, publics, publics_precisions, frais, frais_precisions, modes_accueil, modes_mobilisation, mobilisable_par },
      ...{ mobilisation_precisions, lien_mobilisation, zone_eligibilite },
      besoins: besoinsDe(thematiques, publics),
      conditions: conditions_acces,
      // Given back as they came; an address that may be a person's is not kept.
      autres: Object.fromEntries(
        Object.entries({ ...autres, courriel: estNominatif(courriel) ? '' : courriel, date_maj }).filter(([, x]) => x !== '' && x !== null),
      ),
    });
  }
  k.bilan.services.ecrits += ecrits.length;
  await addServices(k.tx, k.catalogue.contratId, ecrits, k.auteur);
}

export interface Importe {
  id: string;
  bilan: Bilan;
  fautes: Faute[];
}
/** `lues`: rows as they come, structures before the services that name them, in one file or in two. */
export async function importer(
  tx: Db,
  o: { catalogue: Catalogue; localiser: Localiser | null; auteur: Auteur; fichier: string; lues: AsyncIterable<Lue> },
): Promise<Importe> {
  const k: Cadre = { tx, catalogue: o.catalogue, localiser: o.localiser, auteur: o.auteur, bilan: bilanVide(), fautes: [] };
  const ids: string[] = [];
  let structures: Ligne<StructureLue>[] = [];
  let services: Ligne<ServiceLu>[] = [];
  const vider = async () => {
    ids.push(...(await ecrireStructures(k, structures)));
    structures = [];
  };
  // Services wait for the end of the packet of structures that may hold theirs; a file of services alone has none.
  const viderServices = async () => {
    await vider();
    await ecrireServices(k, services);
    services = [];
  };
  for await (const l of o.lues) {
    if (l.genre === 'faute') {
      k.bilan.refusees++;
      for (const f of l.fautes) noter(k, f);
    } else if (l.genre === 'structure') {
      if (estDate(k, l)) structures.push(l);
      if (structures.length >= PAQUET) await vider();
    } else {
      if (estDate(k, l)) services.push(l);
      if (services.length >= PAQUET) await viderServices();
    }
  }
  await viderServices();
  const { ids: joints, ...doublons } = await chercherDoublons(tx, o.catalogue.contratId, ids, o.auteur);
  k.bilan.doublons = doublons;
  const c = { db: tx, contrat: { id: o.catalogue.contratId, slug: o.catalogue.slug }, maintenant: o.auteur.quand };
  const tenues = await listTenues(tx, o.catalogue.contratId, [...new Set([...ids, ...joints])]);
  await suivreStructures(c, tenues);
  const { rows } = await sql<{ id: string }>`
    insert into structure_imports (contrat_id, fichier, par, le, bilan, fautes)
    values (${o.catalogue.contratId}, ${abreger(o.fichier, 300)}, ${o.auteur.par}, ${o.auteur.quand}, ${enJson(k.bilan)}::jsonb, ${enJson(k.fautes)}::jsonb)
    returning id`.execute(tx);
  return { id: rows[0]?.id ?? '', bilan: k.bilan, fautes: k.fautes };
}
