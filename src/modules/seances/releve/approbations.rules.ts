/** On whose word an approval rests, in frozen minutes as in a draft: what was noted for a president, and what they said of it since. Pure. */
import { jour } from '../../../ui/typographie.ts';
import { cellule, direMoment } from '../../documents/index.ts';
import type { Cellule, Colonne } from '../../documents/index.ts';
import { AILLEURS, PAR_LIEN } from '../paroles/lien.rules.ts';
import { direDonnee, EN_QUALITE, laquelle, SANS_NOM, type VoieDonnee } from './qualites.rules.ts';
import type { ApprobationEcrite, ApprobationNotee, Contestation, ParticipantEcrit, ReleveContenu } from './releve.modele.ts';

/** Of an approval that nobody could be told of. */
export const SANS_ADRESSE = 'personne n’a pu en être prévenu, faute d’adresse où écrire';
/** « reçue, notée par Nadia Benali, DPMP ; confirmée depuis par Paul Martin »; « donnée en suppléance ; contestée depuis par … ». */
function direNotee(n: ApprobationNotee, depuis: boolean): string {
  const qui = [n.par, n.de].filter((x) => x !== '').join(', ');
  const suite = n.reponse === 'confirmee' ? 'confirmée depuis' : n.reponse === 'contestee' ? 'contestée depuis' : 'pas encore confirmée';
  // « la présidence » who holds it since is the presidency.
  const dabord = n.reponseVoie === 'convoque_dabord' && !n.reponsePar;
  const qualite = n.reponseVoie && !dabord && (n.reponsePar || n.reponseVoie !== 'successeur') ? EN_QUALITE[n.reponseVoie] : '';
  const voie = `${qualite}${n.reponseDepuis ? `, ${AILLEURS}` : ''}${n.reponseParLien ? `, ${PAR_LIEN}` : ''}`;
  const dite = n.reponse
    ? `${n.reponsePar || (dabord ? 'une personne convoquée d’abord à ce siège' : n.reponseDepuis ? 'une personne' : 'la présidence')}${voie}`
    : `la présidence${n.sansAdresse ? ` ; ${SANS_ADRESSE}` : ''}`;
  return `${n.donnee ? direDonnee(n.donnee, depuis) : qui ? `reçue, notée par ${qui}` : 'reçue par écrit'} ; ${suite} par ${dite}`;
}

/** For the public: that it is contested, or was and is closed, by nobody in particular. */
export const contestationSansNoms = ({ parLien, depuis, dabord, classee }: Contestation): Contestation => ({
  par: '',
  motif: '',
  ...(parLien ? { parLien } : {}),
  ...(depuis ? { depuis } : {}),
  ...(dabord ? { dabord } : {}),
  ...(classee ? { classee: { par: '', motif: '' } } : {}),
});
/** For the public: organisations and functions stay. */
export const sansNoms = ({ reponsePar: _, ...n }: ApprobationNotee): ApprobationNotee => ({ ...n, par: '' });

/** In which quality it was given, by whichever words minutes wrote it. */
export const voieEcrite = (a: ApprobationEcrite): Exclude<VoieDonnee, 'titulaire'> | null => a.voie ?? (a.suppleant ? 'suppleant' : null);

/**
 * What is known today of the approvals of a text that stays as it was frozen. `nommer`: persons, for those who may read their names. `arrete`: of published
 * minutes, the frozen text from which they come, line for line; lines are found by its words. Minutes that kept no identifier are read by who and what.
 */
export function avecReponses(
  c: ReleveContenu,
  connues: readonly (ApprobationEcrite & { participant: string })[],
  nommer: boolean,
  arrete: ReleveContenu = c,
): ReleveContenu {
  return {
    ...c,
    approbations: c.approbations.map((a, i) => {
      const dite = arrete.approbations[i] ?? a;
      const sienne = connues.find((x) =>
        dite.participant ? x.participant === dite.participant : x.fonction === dite.fonction && x.par === dite.par && x.piece === dite.piece,
      );
      const notee = sienne?.notee ?? a.notee;
      return notee ? { ...a, notee: nommer ? notee : sansNoms(notee) } : a;
    }),
  };
}

/** A line of presence and what holds against it. */
export interface PresenceContestee extends Contestation, Pick<ParticipantEcrit, 'fonction' | 'organisation' | 'nom' | 'presence' | 'representePar'> {
  participant: string;
}
/**
 * What is known today of the presences of a text that stays as it was frozen: what it says, and who contests it. Lines are found by their own identifier
 * and what they say, in the frozen text (`arrete`): published ones have neither names nor who stood in. Minutes that are older than it are read by their
 * words, or by those of the contestation that they froze, one for one line.
 */
export function avecContestations(c: ReleveContenu, connues: readonly PresenceContestee[], nommer: boolean, arrete: ReleveContenu = c): ReleveContenu {
  const libres = new Set(connues);
  const trouver = (p: ParticipantEcrit): PresenceContestee | undefined => {
    for (const m of libres) if (estDe(m, p)) return m;
    return undefined;
  };
  return {
    ...c,
    participants: c.participants.map(({ contestee: _, ...p }, i) => {
      const m = trouver(arrete.participants[i] ?? p);
      if (!m) return p;
      libres.delete(m);
      const { par, motif, parLien, depuis, dabord, classee } = m;
      const voie = { ...(parLien ? { parLien } : {}), ...(depuis ? { depuis } : {}), ...(dabord ? { dabord } : {}) };
      const entiere = { par, motif, ...voie, ...(classee ? { classee: { par: classee.par, motif: classee.motif } } : {}) };
      return { ...p, contestee: nommer ? entiere : contestationSansNoms(entiere) };
    }),
  };
}
function estDe(m: PresenceContestee, p: ParticipantEcrit): boolean {
  if (m.presence !== p.presence || m.representePar !== p.representePar) return false;
  if (p.participant !== undefined) return m.participant === p.participant;
  const redite = p.contestee !== undefined && m.par === p.contestee.par && m.motif === p.contestee.motif;
  return redite || (m.fonction === p.fonction && m.organisation === p.organisation && m.nom === p.nom);
}

/** Approvals that the president named says they did not give. */
export const contestees = (c: ReleveContenu): ApprobationEcrite[] => c.approbations.filter((a) => a.notee?.reponse === 'contestee');
/** « Maire »; « Maire : la suppléance de la présidence ». */
function direQuiConteste(fonction: string, n: ApprobationNotee | undefined): string {
  const autre = n?.reponseVoie ? SANS_NOM[n.reponseVoie] : n?.reponseDepuis ? 'Une personne' : '';
  return autre
    ? `${fonction} : ${autre[0]?.toLowerCase()}${autre.slice(1)}${n?.reponseDepuis ? `${n.reponseVoie ? ',' : ''} ${AILLEURS}${n.reponseVoie ? ',' : ''}` : ''}`
    : fonction;
}
/** « Maire conteste, par le lien qui lui a été envoyé, l’approbation notée en son nom ». */
export const direContestee = ({ fonction, notee }: ApprobationEcrite): string =>
  `${direQuiConteste(fonction, notee)} conteste${notee?.reponseParLien ? `, ${PAR_LIEN},` : ''} ${laquelle(notee?.donnee ?? null)}`;

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
  const voie = voieEcrite(a);
  // In which quality stands with the name; for the public, who reads none, with the day.
  const depuis = a.depuis === true;
  const donnee = (voie || depuis) && !a.par ? direDonnee(voie ?? 'titulaire', depuis) : '';
  return [
    cellule(a.fonction),
    a.notee?.reponse === 'contestee' ? cellule('contestée', direNotee(a.notee, depuis)) : cellule(quand, a.notee ? direNotee(a.notee, depuis) : donnee),
    cellule(
      a.notee && !a.notee.donnee && a.par
        ? `au nom de ${a.par}`
        : `${a.par || '–'}${a.par && voie ? EN_QUALITE[voie] : ''}${a.par && depuis ? `, ${AILLEURS}` : ''}`,
      a.piece ? `pièce : ${a.piece}` : '',
    ),
  ];
}
/** A reading period ended before its day is said. */
export const direRelecture = (r: NonNullable<ReleveContenu['relecture']>): string =>
  `Relecture par les présents close le ${jour(r.le)}${r.par ? ` par ${r.par}` : ''}, avant son terme du ${jour(r.terme)}.`;
