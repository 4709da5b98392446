/**
 * Bringing a file of data·inclusion into the directory: a card is known by its source and its number there; the newer of the two says. Rows
 * that cannot be read are told with their line and column, the others come in. Written in packets, in the caller's transaction.
 */
import { sql } from 'kysely';
import type { Db } from '../../../core/base/database.ts';
import { type Catalogue, douterDuPoint, type Localiser } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { lireHoraires } from '../horaires.ts';
import { besoinsDe } from '../referentiel/besoins.ts';
import { type Auteur, changementsEntre, type Contenu, contenuDe, derives, REVOIR, VIDE } from '../structures/ecrire.ts';
import type { StructureTenue } from '../structures/structures.queries.ts';
import { suivreStructures } from '../verification/verification.dus.ts';
import { sourceDIci } from './exporter.ts';
import { chercherDoublons, listTenues } from './doublons.queries.ts';
import { addNouvelles, addServices, listParSource, type NouveauService, updateChangees } from './importer.queries.ts';
import type { Bilan, Faute } from './bilan.ts';
import type { Lue } from './lire.ts';
import { estNominatif, type ServiceLu, type StructureLue } from './lignes.schema.ts';

const PAQUET = 500;
const FAUTES_MAX = 500;

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

async function contenuDeLaLigne(k: Cadre, v: StructureLue, ligne: number, avant: Contenu): Promise<Contenu> {
  const h = await lireHoraires(v.horaires_accueil);
  if (!h.ok) {
    k.bilan.horairesIllisibles++;
    noter(k, { ligne, colonne: 'horaires_accueil', message: 'horaires non compris : la fiche entre sans eux' });
  }
  const personnel = estNominatif(v.courriel);
  if (personnel) k.bilan.courrielsNominatifs++;
  const doute = v.longitude !== null && v.latitude !== null ? douterDuPoint(k.catalogue.contrat.emprise, v.longitude, v.latitude) : null;
  const sansPoint = doute === 'nul' || doute === 'inverse';
  const territoire_id = territoireDe(k, v);
  if (territoire_id === k.catalogue.racine.id) k.bilan.sansTerritoire++;
  return {
    ...avant,
    nom: v.nom,
    description: v.description,
    siret: v.siret,
    adresse: v.adresse,
    complement: v.complement_adresse,
    code_postal: v.code_postal,
    commune: v.commune,
    code_insee: v.code_insee,
    longitude: sansPoint ? null : v.longitude,
    latitude: sansPoint ? null : v.latitude,
    territoire_id,
    telephone: v.telephone,
    courriel: personnel ? '' : v.courriel,
    site_web: v.site_web,
    horaires: h.ok ? h.horaires : '',
    accessibilite_lien: v.accessibilite_lieu,
    reseaux: v.reseaux_porteurs,
    lien_source: v.lien_source,
  };
}
function noter(k: Cadre, f: Faute): void {
  if (k.fautes.length < FAUTES_MAX) k.fautes.push(f);
}

type Ligne<T> = { ligne: number; v: T };
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
  const nouvelles: { source: string; source_id: string; contenu: Contenu; d: Awaited<ReturnType<typeof derives>>; verifie_le: string; revoir_le: string }[] =
    [];
  const changees: {
    s: StructureTenue;
    contenu: Contenu;
    d: Awaited<ReturnType<typeof derives>>;
    champs: object;
    verifie_le: string;
    revoir_le: string;
    verifie_par: string;
  }[] = [];
  for (const { v, ligne } of uniques) {
    // What went out from here says nothing new.
    if (v.source === sourceDIci(k.catalogue.slug)) {
      k.bilan.structures.inchangees++;
      continue;
    }
    const s = connues.get(cleDe(v.source, v.id));
    const dates = { verifie_le: v.date_maj, revoir_le: plusJours(v.date_maj, REVOIR) };
    if (!s) {
      const contenu = await contenuDeLaLigne(k, v, ligne, VIDE);
      nouvelles.push({ source: v.source, source_id: v.id, contenu, d: await derives(k.catalogue, contenu, k.auteur.quand), ...dates });
      k.bilan.structures.nouvelles++;
      continue;
    }
    if (s.verifieLe !== null && s.verifieLe > v.date_maj) {
      k.bilan.structures.plusRecentesIci++;
      continue;
    }
    const contenu = await contenuDeLaLigne(k, v, ligne, contenuDe(s));
    const champs = changementsEntre(contenuDe(s), contenu);
    if (Object.keys(champs).length === 0 && s.verifieLe === v.date_maj) {
      k.bilan.structures.inchangees++;
      continue;
    }
    changees.push({ s, contenu, d: await derives(k.catalogue, contenu, k.auteur.quand), champs, ...dates, verifie_par: v.source });
    k.bilan.structures.changees++;
  }
  return [
    ...(await addNouvelles(k.tx, k.catalogue.contratId, nouvelles, k.auteur)),
    ...(await updateChangees(k.tx, k.catalogue.contratId, changees, k.auteur)),
  ];
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
  for (const { v, ligne } of uniques) {
    if (v.source === sourceDIci(k.catalogue.slug)) continue;
    const s = structures.get(cleDe(v.source, v.structure_id));
    if (!s) {
      k.bilan.refusees++;
      noter(k, { ligne, colonne: 'structure_id', message: 'aucune structure de ce fichier ni de l’annuaire n’a cet identifiant' });
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
      structures.push(l);
      if (structures.length >= PAQUET) await vider();
    } else {
      services.push(l);
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
    values (${o.catalogue.contratId}, ${o.fichier.slice(0, 300)}, ${o.auteur.par}, ${o.auteur.quand}, ${JSON.stringify(k.bilan)}::jsonb, ${JSON.stringify(k.fautes)}::jsonb)
    returning id`.execute(tx);
  return { id: rows[0]?.id ?? '', bilan: k.bilan, fautes: k.fautes };
}
