/** Finds who answers for each site, and tells them, in the caller's transaction. */
import type { Contexte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { listCorrespondants } from '../../annuaire/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { listSuivies } from '../../registres/index.ts';
import { jourDe } from '../../../core/clock.ts';
import { accorderConsignes } from './consignes.dus.ts';
import { addEnvois, createDiffusion, type Diffusion, type NouvelEnvoi } from './consignes.queries.ts';
import type { Consigne } from './consignes.schema.ts';
import { envoyerConsigne } from './lien.ts';

/** Sites of one instruction: more than that is a mistake. */
const SITES_MAX = 2000;

/** Sites concerned there: those of the register, by their kind; places of the directory, by their organisation. */
export async function sitesDe(c: Pick<Contexte, 'db' | 'contrat'>, catalogue: Catalogue, consigne: Consigne, territoireId: string): Promise<NouvelEnvoi[]> {
  const territoires = catalogue.descendants(territoireId);
  const sites =
    consigne.sites.types.length === 0
      ? []
      : await listSuivies(
          c.db,
          c.contrat.id,
          { registre: 'sites', champ: 'type', valeurs: consigne.sites.types, sauf: { champ: 'etat', valeur: 'clos' }, territoires },
          SITES_MAX,
        );
  const structures =
    consigne.sites.acteurs.length === 0 ? [] : await listCorrespondants(c.db, c.contrat.id, { organisations: consigne.sites.acteurs, territoires }, SITES_MAX);
  return [
    ...structures.map(
      (s): NouvelEnvoi => ({
        genre: 'structure',
        objetId: s.id,
        nom: s.nom,
        organisationId: s.organisationId,
        territoireId: s.territoireId,
        personne: s.correspondantNom,
        courriel: s.correspondantCourriel,
      }),
    ),
    ...sites.map(
      (s): NouvelEnvoi => ({
        genre: 'site',
        objetId: s.id,
        nom: s.titre || catalogue.territoires.get(s.territoireId)?.nom || s.id,
        organisationId: s.organisationId,
        territoireId: s.territoireId,
        personne: '',
        courriel: '',
      }),
    ),
  ];
}

export async function diffuser(
  c: Contexte,
  s: Pick<Services, 'coffre' | 'adresse'>,
  catalogue: Catalogue,
  o: { consigne: Consigne; version: Consigne['versions'][number]; sites: readonly NouvelEnvoi[] } & Pick<
    Diffusion,
    'autoriteId' | 'ordonneeLe' | 'territoireId' | 'precisionDite' | 'exercice'
  >,
): Promise<string> {
  const d = {
    consigne: o.consigne.code,
    numero: o.version.numero,
    titre: o.consigne.titre,
    points: [...o.version.points],
    autoriteId: o.autoriteId,
    ordonneeLe: o.ordonneeLe,
    territoireId: o.territoireId,
    precisionDite: o.precisionDite,
    exercice: o.exercice,
    duLe: plusJours(jourDe(c.maintenant), o.consigne.accuse_jours),
    diffuseeLe: c.maintenant,
    diffuseePar: c.utilisateur?.nom ?? '',
    organisationId: c.utilisateur?.organisationId ?? '',
  };
  const id = await createDiffusion(c.db, c.contrat.id, d);
  const envois = await addEnvois(c.db, c.contrat.id, id, o.sites);
  await envoyerConsigne(c.db, c.contrat.id, s, { ...d, id, leveeLe: null, leveePar: '' }, envois, catalogue.nomActeur(o.autoriteId));
  await accorderConsignes(
    c.db,
    c.contrat.id,
    envois.map((e) => e.id),
    c.maintenant,
  );
  return id;
}
