/**
 * What a situation report says: entries of the main courante between two numbers, read where they are; and, as they stood then, counts, means and
 * services. Nothing is typed again, nothing of the main courante is copied.
 */
import type { Db } from '../../../core/base/database.ts';
import { additionner } from '../centres/comptage.rules.ts';
import { type Centre, listCentres, listComptes } from '../centres/centres.queries.ts';
import { listMoyens } from '../moyens/moyens.queries.ts';
import type { EtatMoyen } from '../moyens/moyens.rules.ts';
import { listEtats } from '../continuite/continuite.queries.ts';
import type { EtatDeService } from '../continuite/continuite.rules.ts';
import type { Soutien } from '../soutien.schema.ts';

export interface Contenu {
  centres: {
    /** Absent of reports made before they kept it. */
    id?: string;
    genre: string;
    nom: string;
    etat: Centre['etat'];
    capacite: number;
    presentes: number;
    enTrop: number;
    /** Since the beginning, and since the report before. */
    arrivees: Record<string, { total: number; nouvelles: number }>;
    besoins: Record<string, number>;
  }[];
  moyens: { numero: number; moyen: string; nombre: number; lieu: string; etat: EtatMoyen }[];
  services: {
    service: string;
    lieu: string;
    territoireId: string;
    etat: EtatDeService;
    depuis: string;
    ditPar: string;
    noteDe?: string | null;
    note: string;
  }[];
}

/**
 * What is new is what is there, less what the report before said was there: no clock, so that what arrives while a report is made is in the next.
 * `avant`: what that one said; null for the first.
 */
const nouvelles = (avant: Contenu | null, c: Pick<Centre, 'id' | 'genre' | 'nom'>, code: string, total: number): number =>
  total - (avant?.centres.find((x) => (x.id ? x.id === c.id : x.genre === c.genre && x.nom === c.nom))?.arrivees[code]?.total ?? 0);

export async function lireContenu(db: Db, contratId: number, soutien: Soutien, o: { criseId: string; avant: Contenu | null }): Promise<Contenu> {
  const centres = await listCentres(db, contratId, o.criseId);
  const comptes = await listComptes(db, contratId, o.criseId);
  const { demandes } = await listMoyens(db, contratId, o.criseId, null);
  const services = await listEtats(db, contratId, o.criseId);
  const ailleurs = soutien.personnes.filter((p) => p.ailleurs).map((p) => p.code);
  return {
    centres: centres.map((c) => {
      const b = additionner(
        comptes.filter((k) => k.centreId === c.id),
        ailleurs,
      );
      const arrivees = soutien.personnes.map(({ code }) => {
        const total = b.arrivees.get(code) ?? 0;
        return [code, { total, nouvelles: nouvelles(o.avant, c, code, total) }] as const;
      });
      return {
        id: c.id,
        genre: c.genre,
        nom: c.nom,
        etat: c.etat,
        capacite: c.capacite,
        presentes: b.presentes,
        enTrop: b.enTrop,
        arrivees: Object.fromEntries(arrivees),
        besoins: Object.fromEntries(b.besoins),
      };
    }),
    moyens: demandes.map((m) => ({ numero: m.numero, moyen: m.moyen, nombre: m.nombre, lieu: m.lieu, etat: m.etat })),
    services: services
      .filter((s) => s.etat !== 'normal')
      .map((s) => ({
        service: s.service,
        lieu: s.lieu,
        territoireId: s.territoireId,
        etat: s.etat,
        depuis: s.depuis.toISOString(),
        ditPar: s.ditPar,
        // The organisation that wrote it, when it is another.
        noteDe: s.organisationId === s.ditPar ? null : s.organisationId,
        note: s.note,
      })),
  };
}
