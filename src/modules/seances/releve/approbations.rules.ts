/** On whose word an approval rests, in frozen minutes as in a draft: what was noted for a president, and what they said of it since. Pure. */
import { jour } from '../../../ui/typographie.ts';
import { cellule, direMoment } from '../../documents/index.ts';
import type { Cellule, Colonne } from '../../documents/index.ts';
import { AILLEURS, PAR_LIEN } from '../paroles/lien.rules.ts';
import type { ApprobationEcrite, ApprobationNotee, Contestation, ParticipantEcrit, ReleveContenu } from './releve.modele.ts';

const EN_SUPPLEANCE = ', en suppléance';
/** Of an approval that nobody could be told of. */
export const SANS_ADRESSE = 'personne n’a pu en être prévenu, faute d’adresse où écrire';
/** « reçue, notée par Nadia Benali, DPMP ; confirmée depuis par Paul Martin »; « donnée en suppléance ; contestée depuis par … ». */
function direNotee(n: ApprobationNotee): string {
  const qui = [n.par, n.de].filter((x) => x !== '').join(', ');
  const suite = n.reponse === 'confirmee' ? 'confirmée depuis' : n.reponse === 'contestee' ? 'contestée depuis' : 'pas encore confirmée';
  const qualite = n.reponseSuppleant ? EN_SUPPLEANCE : n.reponseSuccesseur && n.reponsePar ? ', qui préside désormais' : '';
  const voie = `${qualite}${n.reponseDepuis ? `, ${AILLEURS}` : ''}${n.reponseParLien ? `, ${PAR_LIEN}` : ''}`;
  const dite = n.reponse
    ? `${n.reponsePar || (n.reponseDepuis ? 'une personne' : 'la présidence')}${voie}`
    : `la présidence${n.sansAdresse ? ` ; ${SANS_ADRESSE}` : ''}`;
  return `${n.suppleance ? 'donnée en suppléance' : qui ? `reçue, notée par ${qui}` : 'reçue par écrit'} ; ${suite} par ${dite}`;
}

/** For the public: that it is contested, or was and is closed, by nobody in particular. */
export const contestationSansNoms = ({ parLien, depuis, classee }: Contestation): Contestation => ({
  par: '',
  motif: '',
  ...(parLien ? { parLien } : {}),
  ...(depuis ? { depuis } : {}),
  ...(classee ? { classee: { par: '', motif: '' } } : {}),
});
/** For the public: organisations and functions stay. */
export const sansNoms = ({ reponsePar: _, ...n }: ApprobationNotee): ApprobationNotee => ({ ...n, par: '' });

/** What is known today of the approvals of a text that stays as it was frozen. `nommer`: persons, for those who may read their names. */
export function avecReponses(c: ReleveContenu, connues: readonly (ApprobationEcrite & { participant: string })[], nommer: boolean): ReleveContenu {
  return {
    ...c,
    approbations: c.approbations.map((a) => {
      const notee = connues.find((x) => (a.participant ? x.participant === a.participant : x.fonction === a.fonction))?.notee ?? a.notee;
      return notee ? { ...a, notee: nommer ? notee : sansNoms(notee) } : a;
    }),
  };
}

/** A line of presence and what holds against it. */
export interface PresenceContestee extends Contestation, Pick<ParticipantEcrit, 'fonction' | 'organisation' | 'nom' | 'presence' | 'representePar'> {
  participant: string;
}
/**
 * What is known today of the presences of a text that stays as it was frozen: what it says, and who contests it. Lines are found by their own
 * identifier. Minutes that are older than it are read by their words, or by those of the contestation that they froze, one for one line; of published
 * ones, whose words may be cut and keep no author, what was said contested stays so.
 */
export function avecContestations(c: ReleveContenu, connues: readonly PresenceContestee[], nommer: boolean): ReleveContenu {
  const libres = new Set(connues);
  const trouver = (p: ParticipantEcrit): PresenceContestee | undefined => {
    for (const m of libres) if (estDe(m, p)) return m;
    return undefined;
  };
  return {
    ...c,
    participants: c.participants.map(({ contestee, ...p }) => {
      const m = trouver({ ...p, ...(contestee ? { contestee } : {}) });
      if (m) libres.delete(m);
      const dite = m ?? (p.participant === undefined && contestee?.motif === '' ? contestee : undefined);
      if (!dite) return p;
      const { par, motif, parLien, depuis, classee } = dite;
      const voie = { ...(parLien ? { parLien } : {}), ...(depuis ? { depuis } : {}) };
      const entiere = { par, motif, ...voie, ...(classee ? { classee: { par: classee.par, motif: classee.motif } } : {}) };
      return { ...p, contestee: nommer ? entiere : contestationSansNoms(entiere) };
    }),
  };
}
/** Names and who stood in are compared where the text keeps them. */
function estDe(m: PresenceContestee, p: ParticipantEcrit): boolean {
  if (m.presence !== p.presence) return false;
  if (p.participant !== undefined) return m.participant === p.participant && (p.nom === '' || m.representePar === p.representePar);
  const redite = p.contestee !== undefined && p.contestee.motif !== '' && m.par === p.contestee.par && m.motif === p.contestee.motif;
  return (
    redite || (m.fonction === p.fonction && m.organisation === p.organisation && (p.nom === '' || (m.nom === p.nom && m.representePar === p.representePar)))
  );
}

/** Approvals that the president named says they did not give. */
export const contestees = (c: ReleveContenu): ApprobationEcrite[] => c.approbations.filter((a) => a.notee?.reponse === 'contestee');
/** « Maire conteste, par le lien qui lui a été envoyé, l’approbation notée en son nom ». */
export const direContestee = ({ fonction, notee }: ApprobationEcrite): string =>
  `${notee?.reponseDepuis ? `${fonction} : une personne ${AILLEURS}` : fonction} conteste${notee?.reponseParLien ? `, ${PAR_LIEN},` : ''} ${laquelle(notee?.suppleance === true)}`;
/** What was approved for a president, and not by them. */
export const laquelle = (suppleance: boolean): string => (suppleance ? 'l’approbation donnée par sa suppléance' : 'l’approbation notée en son nom');

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
    cellule(
      a.notee && !a.notee.suppleance && a.par ? `au nom de ${a.par}` : `${a.par || '–'}${a.par && a.suppleant ? EN_SUPPLEANCE : ''}`,
      a.piece ? `pièce : ${a.piece}` : '',
    ),
  ];
}
/** A reading period ended before its day is said. */
export const direRelecture = (r: NonNullable<ReleveContenu['relecture']>): string =>
  `Relecture par les présents close le ${jour(r.le)}${r.par ? ` par ${r.par}` : ''}, avant son terme du ${jour(r.terme)}.`;
