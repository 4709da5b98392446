/** What help serves of what a contract asks, system by system: some of these words ask for more than a page says. */
import { acces } from '../../core/authorize.ts';
import { type Objet, preuve, type Sert } from '../../core/capacites.ts';

const lien = (href: string, libelle: string) => [{ href, libelle, qui: acces.public }];
/** Served for these systems alone. */
const pour =
  (pages: Readonly<Record<string, readonly [href: string, libelle: string]>>) =>
  ({ systeme }: Objet) => {
    const page = pages[systeme ?? ''];
    return page ? lien(...page) : null;
  };
const demarche = (code: string, libelle: string) => [`/aide/demarches/${code}`, libelle] as const;

export const SERT: Sert = {
  'numero-utile': preuve(
    'PUBLIC-01',
    pour({
      'PUBLIC-01': ['/urgence', 'Numéros d’urgence'],
      'PUBLIC-02': ['/aide', 'Aide aux victimes'],
      'PUBLIC-25': ['/aide', 'Aide aux victimes'],
      'SIGN-22': demarche('ligne-soignants', 'La ligne des soignants'),
      'SIGN-24': demarche('plainte-en-langue', 'Porter plainte dans sa langue'),
      'SIGN-27': demarche('radicalisation', 'Parler d’un proche qui se radicalise'),
    }),
  ),
  'fiche-d-orientation': preuve(
    'ORIENT-10',
    pour({
      'ORIENT-09': demarche('deloges', 'Chercher un logiciel espion'),
      'ORIENT-10': demarche('ordonnance-protection', 'L’ordonnance de protection'),
      'PUBLIC-12': demarche('racisme-discriminations', 'Racisme et discriminations'),
      'SIGN-15': demarche('seniors', 'Signaler pour une personne âgée'),
      'SIGN-19': demarche('pvrj', 'Signaler à la police sans porter plainte'),
      'SIGN-31': demarche('defenseur-des-droits', 'Saisir le Défenseur des droits'),
    }),
  ),
  'lien-utile': preuve(
    'SIGN-25',
    pour({
      'SIGN-25': demarche('pre-plainte', 'Commencer sa plainte en ligne'),
      'SIGN-26': demarche('signaler-trafic', 'Signaler un trafic de drogue'),
      'SIGN-27': demarche('radicalisation', 'Parler d’un proche qui se radicalise'),
      'ALERTE-06': demarche('lieux-surs', 'Un lieu sûr et les applications d’alerte'),
      'ALERTE-07': ['/urgence#transports', 'Dans un train ou une gare'],
    }),
  ),
  procedure: preuve(
    'ORIENT-16',
    pour({
      'ORIENT-16': demarche('avocat-permanence', 'Un avocat tout de suite'),
      'SIGN-13': demarche('plainte-bailleur', 'Porter plainte, pour un bailleur'),
      'SIGN-21': demarche('signalement-medical', 'Signaler, quand on est médecin'),
      'SIGN-30': demarche('fait-suspect', 'Signaler un fait suspect autour d’un site'),
      'SIGN-23': demarche('lettre-plainte', 'La lettre-plainte, dans la rue'),
    }),
  ),
  // The way to whom the law names, its clock and its figures; the page keeps nothing.
  aiguillage: preuve(
    'CELL-02',
    pour({
      'CELL-02': demarche('gpds', 'Un élève qui commence à décrocher'),
      'CELL-10': demarche('enfants-a-la-rue', 'Des enfants qui dorment dehors : à qui transmettre'),
      'SIGN-14': ['/signaler/seniors-vulnerables/parcours', 'Un senior vulnérable : à qui le dire'],
    }),
  ),
  'circuit-publie': preuve(
    'SIGN-32',
    pour({
      'SIGN-32': demarche('enfants-a-la-rue', 'Des enfants qui dorment dehors : le circuit'),
      'CELL-03': demarche('absenteisme', 'Un élève qui ne vient plus : le circuit'),
    }),
  ),
};
