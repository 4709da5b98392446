/** Queries and rows of Open311, from and to reports. Pure. */
import { abreger } from '../../../core/couper.ts';
import { estUuid } from '../../../core/base/id.ts';
import { JOUR_MS } from '../../../core/jours.ts';
import { finDuJour, instantDe, jourDe } from '../../../core/clock.ts';
import { invalide } from '../../../core/errors.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { ditDEtat } from '../circuits/circuit.rules.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { estClos } from '../circuits/etats.ts';
import type { DemandeOuverte, Fenetre, Nouvelle, Publique } from './open311.queries.ts';
import { lireMoment, moment, type Noeud } from './format.rules.ts';
import { type ServiceOuvert, serviceDe } from './services.rules.ts';

const JOURS_MAX = 90;
const IDS_MAX = 100;
const fauteDe = (champ: string, message: string) => invalide(message, [{ champ, message }]);

/** One bound gives the other; without any, the last 90 days. `ensemble`: both or none. Throws 400. */
export function lireFenetre(debut: string, fin: string, maintenant: Date, ensemble = false): Fenetre {
  const lus = { start_date: debut === '' ? null : lireMoment(debut), end_date: fin === '' ? null : lireMoment(fin, true) };
  for (const [champ, dit] of [
    ['start_date', debut],
    ['end_date', fin],
  ] as const)
    if (dit !== '' && lus[champ] === null) throw fauteDe(champ, 'cette date n’est pas lisible : écrivez-la 2026-11-29T08:00:00+01:00.');
  const { start_date: de, end_date: a } = lus;
  if (ensemble && (de === null) !== (a === null)) throw fauteDe(de ? 'end_date' : 'start_date', 'start_date et end_date se donnent ensemble.');
  const jusqua = a ?? (de ? new Date(de.getTime() + JOURS_MAX * JOUR_MS) : new Date(maintenant.getTime() + 1000));
  const depuis = de ?? new Date(jusqua.getTime() - JOURS_MAX * JOUR_MS);
  if (depuis > jusqua) throw fauteDe('start_date', 'start_date vient après end_date.');
  if (jusqua.getTime() - depuis.getTime() > JOURS_MAX * JOUR_MS + 1000)
    throw fauteDe('end_date', `l’intervalle dépasse ${JOURS_MAX} jours : demandez-le en plusieurs fois.`);
  return { debut: depuis, fin: jusqua };
}
/** True: closed ones; null: both. */
export function lireStatut(v: string): boolean | null {
  const dits = new Set(
    v
      .split(',')
      .map((x) => x.trim())
      .filter(Boolean),
  );
  for (const x of dits) if (x !== 'open' && x !== 'closed') throw fauteDe('status', `« ${abreger(x, 40)} » n’est pas un état : open ou closed.`);
  return dits.size === 1 ? dits.has('closed') : null;
}
/** Of the day by which the service owes something. */
const finDe = (jour: string | null): string => (jour === null ? '' : moment(finDuJour(jour)));
/** Ids that could not be one are ids that nothing has. */
export function lireIds(v: string): string[] {
  const ids = v
    .split(',')
    .map((x) => x.trim())
    .filter(Boolean);
  if (ids.length > IDS_MAX) throw fauteDe('service_request_id', `${IDS_MAX} identifiants au plus à la fois.`);
  return ids.filter(estUuid);
}
export function lireServices(v: string, ouverts: readonly ServiceOuvert[]): readonly ServiceOuvert[] | { inconnu: string } {
  const codes = v
    .split(',')
    .map((x) => x.trim())
    .filter(Boolean);
  const inconnu = codes.find((x) => !ouverts.some((s) => s.code === x));
  if (inconnu !== undefined) return { inconnu };
  return codes.length === 0 ? ouverts : ouverts.filter((s) => codes.includes(s.code));
}

/**
 * To everyone: what, in which place of the first level, on which day, and where it stands; what and where as it was counted when its month was
 * told (`comme`), since a report that is corrected would be a count of one elsewhere. The words without what tells who somebody is, the
 * exact place, the hour and a picture are for a key whose holder handles the report, or passed it on (`entier`). `id`: as it is said outside.
 */
export function direDemande(
  d: DemandeOuverte,
  circuits: Circuits,
  cat: Pick<Catalogue, 'nomActeurA' | 'territoires' | 'ascendants'>,
  { id, entier, photo, comme }: { id: string; entier: boolean; photo: string; comme: Publique | undefined },
): Noeud {
  const dite = (entier ? undefined : comme) ?? { ...d, lieu: entier ? d.territoireId : premierNiveau(cat, d.territoireId) };
  const lieu = cat.territoires.get(dite.lieu)?.nom ?? '';
  return {
    service_request_id: id,
    status: d.closLe ? 'closed' : 'open',
    status_notes: ditDEtat(circuits.get(dite.circuit), d.etat),
    service_name: dite.titre,
    service_code: serviceDe(circuits, dite.circuit, dite.categorie),
    description: entier ? d.textePublic : '',
    agency_responsible: cat.nomActeurA(d.serviceId, dite.lieu),
    service_notice: entier ? '' : 'Le texte, l’heure et le lieu exact ne sont pas publiés.',
    requested_datetime: quand(d.recuLe, entier),
    updated_datetime: quand(d.etatLe, entier),
    expected_datetime: d.closLe ? '' : finDe(d.prevueLe ?? d.duLe),
    address: entier && d.adresse ? `${d.adresse}, ${lieu}` : lieu,
    address_id: '',
    zipcode: '',
    lat: entier ? d.lat : null,
    long: entier ? d.lon : null,
    media_url: entier ? photo : '',
  };
}
/** The moment, or its day alone. */
const quand = (d: Date, entier: boolean): string => moment(entier ? d : (instantDe(jourDe(d), '00:00') ?? d));
/** Right under the whole contract. */
export const premierNiveau = (cat: Pick<Catalogue, 'ascendants'>, territoireId: string): string => cat.ascendants(territoireId).at(-2)?.id ?? territoireId;

export const direNouvelle = (n: Nouvelle, circuits: Circuits, { id, entier, comme }: { id: string; entier: boolean; comme: Publique | undefined }): Noeud => ({
  update_id: `${id}.${n.rang}`,
  service_request_id: id,
  status: estClos(n.vers) ? 'closed' : 'open',
  description: ditDEtat(circuits.get((entier ? undefined : comme)?.circuit ?? n.circuit), n.vers),
  updated_datetime: quand(n.quand, entier),
});
