/** On whose word an approval rests, in frozen minutes as in a draft: what was noted for a president, and what they said of it since. Pure. */
import { jour } from '../../../ui/typographie.ts';
import { cellule, direMoment } from '../../documents/index.ts';
import type { Cellule, Colonne } from '../../documents/index.ts';
import { direPar, PAR_LIEN } from '../paroles/lien.rules.ts';
import type { Parole } from '../cloture/contenu.queries.ts';
import { AILLEURS, direDonnee, EN_QUALITE, laquelle, SANS_NOM, type VoieDonnee } from './qualites.rules.ts';
import type { ApprobationEcrite, ApprobationNotee, Contestation, ParticipantEcrit, ReleveContenu } from './releve.modele.ts';

/** Of an approval that nobody could be told of. */
export const SANS_ADRESSE = 'personne n’a pu en être prévenu, faute d’adresse où écrire';
/** « reçue, notée par Nadia Benali, DPMP ; confirmée depuis par Paul Martin »; « donnée en suppléance ; contestée depuis par … ». */
function direNotee(n: ApprobationNotee, depuis: boolean): string {
  const qui = [n.par, n.de].filter((x) => x !== '').join(', ');
  const suite = n.reponse === 'confirmee' ? 'confirmée depuis' : n.reponse === 'contestee' ? 'contestée depuis' : 'pas encore confirmée';
  // « la présidence » who holds it since is the presidency.
  const qualite = n.reponseVoie && (n.reponsePar || n.reponseVoie !== 'successeur') ? EN_QUALITE[n.reponseVoie] : '';
  const voie = `${qualite}${n.reponseDepuis ? `, ${AILLEURS}` : ''}`;
  const dite = n.reponse
    ? `${direPar(n.reponsePar || (n.reponseDepuis ? 'une personne' : 'la présidence'), n.reponseParLien === true)}${voie}`
    : `par la présidence${n.sansAdresse ? ` ; ${SANS_ADRESSE}` : ''}`;
  return `${n.donnee ? direDonnee(n.donnee, depuis) : qui ? `reçue, notée par ${qui}` : 'reçue par écrit'} ; ${suite} ${dite}`;
}

type ACote = NonNullable<ApprobationEcrite['dabord']>[number];
/** As minutes keep what is said beside an approval, and changes nothing of it. */
export const aCoteEcrit = ({ par, voie, acte, parLien, depuis, ecartee }: Omit<Parole, 'rang' | 'force' | 'quand' | 'motif' | 'adresse'>): ACote => ({
  par: ecartee ? '' : par,
  ...(parLien && !ecartee ? { parLien } : {}),
  ...(voie !== 'convoque_dabord' || ecartee ? { acte: acte === 'contestee' ? acte : 'confirmee' } : {}),
  ...(ecartee ? { ecartee } : depuis ? { depuis } : {}),
});
/** « Xavier, convoqué d’abord à ce siège, dit que ce n’est pas exact »; « confirmée, d’une autre adresse du siège, par … »; of an address that was not theirs. */
export const direDabord = (dits: readonly (ACote & { motif?: string })[] = []): string[] =>
  dits.map(({ par, parLien, motif, acte, depuis, ecartee }) => {
    const suite = motif ? ` : « ${motif} »` : '';
    const dite = acte === 'contestee' ? 'contestée' : 'confirmée';
    if (ecartee) return `${dite} par une adresse qui n’était pas la sienne, sans effet`;
    if (acte) return `${dite} d’une autre adresse du siège, ${direPar(par || 'la présidence', parLien === true)}${depuis ? `, ${AILLEURS}` : ''}${suite}`;
    const qui = par ? `${par}${EN_QUALITE.convoque_dabord},` : minuscule(SANS_NOM.convoque_dabord);
    return `${qui} dit que ce n’est pas exact${parLien ? `, ${PAR_LIEN}` : ''}${suite}`;
  });
const minuscule = (t: string): string => `${(t[0] ?? '').toLowerCase()}${t.slice(1)}`;
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
export const dabordSansNoms = (a: Pick<ApprobationEcrite, 'dabord'>): Pick<ApprobationEcrite, 'dabord'> =>
  a.dabord ? { dabord: a.dabord.map((d) => ({ ...d, par: '' })) } : {};

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
      const aCote = sienne?.dabord ? { dabord: sienne.dabord } : {};
      return { ...a, ...(notee ? { notee: nommer ? notee : sansNoms(notee) } : {}), ...(nommer ? aCote : dabordSansNoms(aCote)) };
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
  const trouver = (p: ParticipantEcrit): PresenceContestee[] => {
    const siennes = [...libres].filter((m) => estDe(m, p));
    return p.participant === undefined ? siennes.slice(0, 1) : siennes;
  };
  return {
    ...c,
    participants: c.participants.map(({ contestee: _c, contesteeAussi: _a, ...p }, i) => {
      const siennes = trouver(arrete.participants[i] ?? p);
      for (const m of siennes) libres.delete(m);
      return { ...p, ...deContestations(siennes.map((m) => (nommer ? entiere(m) : contestationSansNoms(m)))) };
    }),
  };
}
const entiere = (m: Contestation): Contestation => ({
  ...contestationSansNoms(m),
  par: m.par,
  motif: m.motif,
  ...(m.classee ? { classee: { par: m.classee.par, motif: m.classee.motif } } : {}),
});
/** Everything contested of a line, what holds first: minutes read `contestee` alone before lines had several. */
export const contestationsDuSiege = (p: Pick<ParticipantEcrit, 'contestee' | 'contesteeAussi'>): Contestation[] =>
  p.contestee ? [p.contestee, ...(p.contesteeAussi ?? [])] : [];
export const deContestations = ([contestee, ...aussi]: readonly Contestation[]): Pick<ParticipantEcrit, 'contestee' | 'contesteeAussi'> => ({
  ...(contestee ? { contestee } : {}),
  ...(aussi.length > 0 ? { contesteeAussi: aussi } : {}),
});
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
  return autre ? `${fonction} : ${minuscule(autre)}${n?.reponseDepuis ? `${n.reponseVoie ? ',' : ''} ${AILLEURS}${n.reponseVoie ? ',' : ''}` : ''}` : fonction;
}
/** « Maire conteste, par le lien envoyé à l’adresse de la convocation, l’approbation notée en son nom ». */
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
    cellule(
      a.notee?.reponse === 'contestee' ? 'contestée' : quand,
      [a.notee ? direNotee(a.notee, depuis) : donnee, ...direDabord(a.dabord)].filter(Boolean).join(' ; '),
    ),
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
