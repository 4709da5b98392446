/** The letterhead of a body's papers, as it is today; and its logo, from the files kept. */
import type { Db } from '../../../core/base/database.ts';
import { getFichier } from '../../../core/base/files.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type Logo, typeImage } from '../../documents/index.ts';
import type { Instance } from '../instances.types.ts';
import { type EnteteGarde, getEntete } from './entetes.queries.ts';

export interface EnteteDInstance {
  nom: string;
  lignes: string[];
  logo: { fichier: string; alt: string } | null;
  /** « Fait à … » */
  lieu: string;
  /** Who answers questions. */
  contact: string;
}

/** Of the organisation that keeps the body, in its territory or for the whole contract; without any, its name in plain type. */
export async function enteteDe(db: Db, contratId: number, i: Pick<Instance, 'porteurId' | 'territoireId'>, c: Catalogue): Promise<EnteteDInstance> {
  const de = (territoireId: string) => getEntete(db, contratId, { organisationId: i.porteurId, territoireId });
  const e = (await de(i.territoireId)) ?? (i.territoireId === c.racine.id ? null : await de(c.racine.id));
  return e ? dire(e, c) : { nom: c.nomActeurA(i.porteurId, i.territoireId), lignes: [], logo: null, lieu: c.racine.court, contact: '' };
}
const dire = (e: EnteteGarde, c: Catalogue): EnteteDInstance => ({
  nom: e.nom,
  lignes: [...e.adresse.split(/\r\n?|\n/), e.telephone && `Téléphone : ${e.telephone}`, e.courriel].map((l) => l.trim()).filter(Boolean),
  logo: e.logoId === null ? null : { fichier: e.logoId, alt: e.logoAlt },
  lieu: e.lieu || c.racine.court,
  contact: [e.courriel, e.telephone].filter(Boolean).join(', '),
});

export async function lireLogo(db: Db, contratId: number, logo: { fichier: string; alt: string } | null | undefined): Promise<Logo | null> {
  const f = logo ? await getFichier(db, contratId, logo.fichier) : null;
  const type = f && typeImage(f.contenu);
  return f && type && logo ? { type, contenu: f.contenu, alt: logo.alt } : null;
}
