/** `concorde couverture`: what of the contract is served, and what each system still waits for. */
import { type Catalogue, couvrir, direService, servicesDe } from '../modules/contrats/index.ts';
import type { Reponse } from './commande.ts';

const MOTS = { servi: 'servi', partiel: 'partiel', prevu: 'prévu', hors_perimetre: 'hors périmètre', non_servi: 'sans réponse' } as const;

export function couverture(catalogue: Catalogue, details: boolean): Reponse {
  const c = couvrir(catalogue);
  const { total, servis, partiels, prevus, horsPerimetre, nonServis } = c.systemes;
  const ligne = (id: string, etat: string, suite: string) => `  ${id.padEnd(11)} ${etat.padEnd(15)} ${suite}`;
  return {
    json: c,
    texte: [
      `${c.fiches} fiches, ${c.lignes} lignes d’action, ${c.indicateurs} indicateurs`,
      `${c.mesures.total} mesures : ${c.mesures.calcul} calculées, ${c.mesures.collecte} collectées, ${c.mesures.narratif} récits, ${c.mesures.enquete} enquêtes`,
      `${total} dispositifs : ${servis} servis, ${partiels} servis en partie, ${prevus} prévus, ${horsPerimetre} hors périmètre, ${nonServis} sans réponse`,
      ...(details
        ? [...catalogue.systemes.values()].map((s) => {
            const v = servicesDe(catalogue, s);
            const attendus = v.attendus.length > 0 ? ` (attendu de : ${v.attendus.join(', ')})` : '';
            return ligne(s.id, MOTS[v.etat], `${s.nom} : ${s.hors_perimetre ?? `${direService(v)}${attendus}`}`);
          })
        : []),
    ].join('\n'),
    code: nonServis > 0 ? 1 : 0,
  };
}
