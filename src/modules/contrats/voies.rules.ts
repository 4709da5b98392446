/** By which ways each figure of the contract really arrives, from what modules declare. Pure. */
import { CODES_VOIES, type CodeDeVoie, listVoies, type MesuresQuiArrivent, type Ouvertes, VOIES } from '../../core/voies.ts';

/** By measure, in the contract's order; a way opened by two modules counts once. */
export function voiesDesMesures(mesures: MesuresQuiArrivent, ouvertes: Ouvertes): Record<string, CodeDeVoie[]> {
  const voies = listVoies(ouvertes);
  const de = (id: string): CodeDeVoie[] => {
    const m = mesures.get(id);
    return m ? CODES_VOIES.filter((code) => voies.some((v) => v.code === code && v.ouverte(m, mesures))) : [];
  };
  return Object.fromEntries([...mesures.keys()].map((id) => [id, de(id)]));
}

export const sansVoie = (voies: Readonly<Record<string, readonly CodeDeVoie[]>>): string[] =>
  Object.entries(voies).flatMap(([id, siennes]) => (siennes.length === 0 ? [id] : []));

/** « 285 mesures sur 285 ont une voie : 122 compté depuis les enregistrements, … » */
export function direVoies(voies: Readonly<Record<string, readonly CodeDeVoie[]>>): string {
  const toutes = Object.values(voies);
  const sans = sansVoie(voies);
  const comptes = CODES_VOIES.flatMap((code) => {
    const n = toutes.filter((v) => v.includes(code)).length;
    return n > 0 ? [`${VOIES[code]} ${n}`] : [];
  });
  const ont = `${toutes.length - sans.length} mesures sur ${toutes.length} ont une voie par où arriver`;
  return `${ont} (${comptes.join(', ')})${sans.length > 0 ? ` ; aucune pour ${sans.join(', ')}` : ''}`;
}
