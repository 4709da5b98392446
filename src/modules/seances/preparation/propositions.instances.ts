/** What bodies themselves bring to an agenda: passed by others, followed from one session to the next. */
import { aussiOuvertes, estClos, ETATS_PROBLEME, listProblemes, listRecues, nomDeRemontee } from '../../instances/index.ts';
import { jour, jourDuMoment } from '../../../ui/typographie.ts';
import type { Cadre } from './agenda.cadre.ts';
import { type Proposition, VIDE } from './propositions.rules.ts';

/** What other bodies passed, and nobody has answered. */
export async function remontees(k: Cadre): Promise<Proposition[]> {
  const recues = await listRecues(k.db, k.contratId, k.instance.id, aussiOuvertes(k.instance.confidentialite));
  return recues.map((r, rang) => ({
    ...VIDE,
    cle: `remontee:${r.id}`,
    genre: 'remontee',
    titre: r.titre,
    raison: `Transmis par ${nomDeRemontee(r)}, qui attend une réponse.`,
    minutes: 10,
    poids: 950 - Math.min(49, rang),
  }));
}

/** What the body follows and has not settled, the oldest first. */
export async function problemes(k: Cadre): Promise<Proposition[]> {
  const suivis = (await listProblemes(k.db, k.contratId, k.instance.id, aussiOuvertes(k.instance.confidentialite))).filter((p) => !estClos(p.etat));
  return suivis.map((p, rang) => ({
    ...VIDE,
    cle: `probleme:${p.id}`,
    genre: 'probleme',
    titre: p.titre,
    raison:
      p.echeance !== null && p.echeance < k.aujourdhui
        ? `Problème ${ETATS_PROBLEME[p.etat]}, attendu pour le ${jour(p.echeance)}.`
        : `Problème ${ETATS_PROBLEME[p.etat]} depuis le ${jourDuMoment(p.creeLe)}.`,
    territoireId: p.territoireId,
    minutes: 10,
    poids: 850 - Math.min(49, rang),
  }));
}
