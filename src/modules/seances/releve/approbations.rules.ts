/** On whose word an approval rests, in frozen minutes as in a draft: what was noted for a president, and what they said of it since. Pure. */
import { jour } from '../../../ui/typographie.ts';
import { cellule, direMoment } from '../../documents/index.ts';
import type { Cellule, Colonne } from '../../documents/index.ts';
import type { ApprobationEcrite, ApprobationNotee, ReleveContenu } from './releve.modele.ts';

/** « reçue, notée par Nadia Benali, DPMP ; pas encore confirmée par la présidence ». */
function direNotee(n: ApprobationNotee): string {
  const qui = [n.par, n.de].filter((x) => x !== '').join(', ');
  const suite = n.reponse === 'confirmee' ? 'confirmée depuis' : n.reponse === 'contestee' ? 'contestée depuis' : 'pas encore confirmée';
  return `${qui ? `reçue, notée par ${qui}` : 'reçue par écrit'} ; ${suite} par la présidence`;
}

/** What is known today of the approvals of a text that stays as it was frozen. `nommer`: persons, for those who may read their names. */
export function avecReponses(c: ReleveContenu, connues: readonly (ApprobationEcrite & { participant: string })[], nommer: boolean): ReleveContenu {
  return {
    ...c,
    approbations: c.approbations.map((a) => {
      const notee = connues.find((x) => (a.participant ? x.participant === a.participant : x.fonction === a.fonction))?.notee ?? a.notee;
      return notee ? { ...a, notee: nommer ? notee : { ...notee, par: '' } } : a;
    }),
  };
}

export function colonnesDApprobation(c: ReleveContenu): Colonne[] {
  const quand = c.approbations.some((a) => a.notee) ? 'Approbation' : 'Approuvé le';
  return c.approbations.some((a) => a.par || a.piece)
    ? [
        { titre: 'Fonction', part: 32 },
        { titre: quand, part: 36 },
        { titre: 'Par', part: 32 },
      ]
    : [
        { titre: 'Fonction', part: 50 },
        { titre: quand, part: 50 },
      ];
}
export function ligneDApprobation(a: ApprobationEcrite): Cellule[] {
  const quand = a.quand ? direMoment(a.quand) : '–';
  return [
    cellule(a.fonction),
    a.notee?.reponse === 'contestee' ? cellule('contestée', direNotee(a.notee)) : cellule(quand, a.notee ? direNotee(a.notee) : ''),
    cellule(a.notee && a.par ? `au nom de ${a.par}` : a.par || '–', a.piece ? `pièce : ${a.piece}` : ''),
  ];
}
/** A reading period ended before its day is said. */
export const direRelecture = (r: NonNullable<ReleveContenu['relecture']>): string =>
  `Relecture par les présents close le ${jour(r.le)}${r.par ? ` par ${r.par}` : ''}, avant son terme du ${jour(r.terme)}.`;
