/** Which days a file covers: what a quarter waits for before it is told. Pure. */
import { joursEntre, plusJours } from '../../../core/jours.ts';
import { nombre } from '../../../ui/typographie.ts';

/** First and last day. */
export interface Etendue {
  du: string;
  au: string;
}
/** What who imports a file says that it is: the whole channel on its days, or what a filter of place or kind left. */
const PORTEES = ['tout', 'partie'] as const;
export type Portee = (typeof PORTEES)[number];
export const estPortee = (v: unknown): v is Portee => PORTEES.some((p) => p === v);
export const LIBELLES_DES_PORTEES: Record<Portee, string> = { tout: 'tout le canal', partie: 'une partie du canal' };

/** Days from one row to the next. Further apart, the file says nothing of what is between: one row with a wrong date covers its own day alone. */
export const ECART_MAX = 7;
/** Rows refused in a thousand, at most, of a file that covers its days: those that it lost are in no count. */
export const REJETES_POUR_MILLE = 5;
/** Nights that a quarter waits once files cover it, so that a wrong file may be seen and the right one come: what is told is never taken back. */
export const NUITS_D_ATTENTE = 3;
/** Days after which the last day of a file is taken to have been over when that file was written. */
export const JOURS_FINIS = 30;

export interface Couverture {
  couvre: Etendue[];
  /** The last day of each stretch: it may not have been over, and waits for a file that goes on. */
  derniers: string[];
}
interface Lu {
  portee: Portee | null;
  lus: number;
  rejetes: number;
}
export const tropDeRejets = ({ lus, rejetes }: Pick<Lu, 'lus' | 'rejetes'>): boolean => rejetes * 1000 > lus * REJETES_POUR_MILLE;

/** From row to row; `jours`: on which the file has one. */
export function etenduesDe(jours: Iterable<string>): Etendue[] {
  const etendues: Etendue[] = [];
  for (const jour of [...jours].sort()) {
    const derniere = etendues.at(-1);
    if (derniere && joursEntre(derniere.au, jour) <= ECART_MAX) derniere.au = jour;
    else etendues.push({ du: jour, au: jour });
  }
  return etendues;
}
export function couvertureDe(jours: Iterable<string>, lu: Lu): Couverture {
  if (lu.portee !== 'tout' || tropDeRejets(lu)) return { couvre: [], derniers: [] };
  const etendues = etenduesDe(jours);
  return {
    couvre: etendues.flatMap(({ du, au }) => (du < au ? [{ du, au: plusJours(au, -1) }] : [])),
    derniers: etendues.map((e) => e.au),
  };
}

/** Told to who imported: what the file covers, and what to do where it covers nothing. */
export function direPortee(lu: Lu): string {
  if (tropDeRejets(lu))
    return `${nombre(lu.rejetes)} lignes refusées sur ${nombre(lu.lus)}, plus de ${REJETES_POUR_MILLE} pour mille : ce fichier ne couvre aucun jour, et rien ne se publiera par quartier d’après lui. Corrigez-le ou téléchargez-le de nouveau, puis importez-le encore : aucun signalement n’est ajouté deux fois.`;
  if (lu.portee === 'partie')
    return 'Une partie du canal ne couvre aucun jour : rien ne se publiera par quartier d’après ce fichier. Pour couvrir ces jours, importez le fichier de tout le canal.';
  return `Les jours de ce fichier sont couverts, sauf le dernier : il le sera quand un autre fichier de tout le canal comprendra ce jour et un jour d’après. Un trimestre couvert se publie ${NUITS_D_ATTENTE} nuits plus tard, une fois : d’ici là, un fichier faux peut être remplacé.`;
}
