/**
 * What is typed in the search box of the Paris contract and what must answer first: an address of a link, or a call for help. Taken from what
 * residents, victims, journalists and partners typed when they tried it, with their mistakes.
 */
export interface Recherche {
  q: string;
  /** First link of the answer, help left aside. */
  premier?: string;
  /** The help that stands above it. */
  appel?: string;
  /** Acronym whose card is shown, and its meaning. */
  sigle?: readonly [sigle: string, sens: string];
  /** Links that must not be on the page. */
  jamais?: readonly string[];
}
const r = (q: string, premier: string, reste: Omit<Recherche, 'q' | 'premier'> = {}): Recherche => ({ q, premier, ...reste });
const appel = (q: string, a: string, reste: Omit<Recherche, 'q' | 'appel'> = {}): Recherche => ({ q, appel: a, ...reste });
const sigle = (q: string, s: string, sens: string, premier?: string): Recherche => ({ q, sigle: [s, sens], ...(premier ? { premier } : {}) });

export const RECHERCHES: readonly Recherche[] = [
  // Acronyms
  sigle('CENOMED', 'CENOMED', 'Cellule d’échange d’informations nominatives « mineurs en difficulté »', '/dispositifs/CELL-01'),
  sigle('GPO', 'GPO', 'Groupe de partenariat opérationnel', '/dispositifs/GOUV-'),
  sigle('clav', 'CLAV', 'Comité local d’aide aux victimes'),
  sigle('RIMS', 'RIMS', 'Remontée d’infractions en milieu scolaire', '/fiches/1.7'),
  sigle('MPCE', 'MPCE', 'Mission de Prévention, de Contact et d’Écoute', '/acteurs/MPCE'),
  sigle('SCOP', 'SCOP', 'Salle de Commandement Opérationnel de Paris', '/acteurs/SCOP'),
  sigle('DPMP', 'DPMP', 'Direction de la Police Municipale et de la Prévention', '/acteurs/DPMP'),
  sigle('c’est quoi le GPO ?', 'GPO', 'Groupe de partenariat opérationnel'),
  sigle('CAF', 'CAF', 'Caisse d’allocations familiales (fiche 3.13 : Centre d’Accueil des Familles)', '/acteurs/CAF'),
  // Numbers of the contract
  r('1.6', '/fiches/1.6'),
  r('fiche 1.6', '/fiches/1.6'),
  r('F.1.6', '/fiches/1.6'),
  r('1,6', '/fiches/1.6'),
  r('figure 1.6-10', '/chiffres/1.6-10a'),
  r('1.6-10', '/chiffres/1.6-10a'),
  r('chiffre 1.6-10b', '/chiffres/1.6-10b'),
  r('GOUV-03', '/dispositifs/GOUV-03'),
  r('axe 2', '/axes/2'),
  // Places as they are said
  r('18e', '/territoires/mairie-18'),
  r('paris 18', '/territoires/mairie-18'),
  r('18ème arrondissement', '/territoires/mairie-18'),
  r('75018', '/territoires/mairie-18'),
  r('mairie du 13e', '/territoires/mairie-13'),
  r('1er arrondissement', '/territoires/75101'),
  r('Paris Centre', '/territoires/mairie-centre'),
  r('Chateau Rouge', '/territoires/7511803'),
  r('Goutte d’Or', '/territoires/7511803'),
  r('goutte d or', '/territoires/7511803'),
  r('Barbès', '/territoires/7511803'),
  r('Plaine de Monceaux', '/territoires/7511702'),
  // Words of the public
  r('dealers en bas de chez moi', '/fiches/3.9', { appel: 'signaler' }),
  r('deal', '/fiches/3.9', { appel: 'signaler' }),
  r('stups', '/fiches/3.9', { appel: 'signaler' }),
  r('drogues', '/fiches/3.9', { appel: 'signaler' }),
  r('crack', '/fiches/3.10', { appel: 'signaler' }),
  r('caméras', '/dispositifs/CONTRAT-18'),
  r('videosurveillance', '/dispositifs/CONTRAT-18'),
  r('bruit', '/fiches/3.6', { appel: 'signaler' }),
  r('tapage nocturne', '/fiches/3.6', { appel: 'signaler' }),
  r('vente à la sauvette', '/fiches/3.2', { appel: 'signaler' }),
  r('police municipale', '/acteurs/PM'),
  r('préfecture de police', '/acteurs/PP'),
  r('dans ma rue', '/dispositifs/SIGN-01', { appel: 'signaler' }),
  r('3975', '/dispositifs/SIGN-02', { appel: 'signaler' }),
  r('lgbt', '/fiches/2.5'),
  r('bagarres', '/fiches/1.6'),
  r('seniors', '/fiches/2.6'),
  r('décrochage scolaire', '/fiches/1.2'),
  // Accents, plurals, mistypes
  r('rixes', '/fiches/1.6'),
  r('RIXE', '/fiches/1.6'),
  r('rixxes', '/fiches/1.6'),
  r('harcelement scolaire', '/dispositifs/OPE-06', { appel: 'violences' }),
  r('harcelemnt', '/fiches/3.7', { appel: 'violences' }),
  r('prostitutoin', '/fiches/2.3'),
  r('touristes', '/fiches/2.7'),
  r('mediaton', '/acteurs/MEDIAT'),
  // Figures: what a partner or a journalist asks
  r('agents formés aux rixes', '/chiffres/1.6-'),
  r('nombre de stages de citoyenneté', '/chiffres/'),
  r('Nombre d’hébergements d’urgence créés', '/chiffres/', { appel: 'mise-a-l-abri' }),
  // Calls
  appel('je suis victime', 'victime', { premier: '/fiches/2.1' }),
  appel('porter plainte', 'plainte', { premier: '/fiches/2.1' }),
  appel('deposer une plainte', 'plainte'),
  appel('numéro d’urgence', 'urgence', { premier: '/dispositifs/PUBLIC-01' }),
  appel('signaler', 'signaler', { premier: '/fiches/3.14' }),
  appel('violences conjugales', 'violences', { premier: '/fiches/2.2' }),
  appel('mon mari me frappe', 'violences', { premier: '/fiches/2.2' }),
  appel('harcèlement', 'violences'),
  appel('on m’a volé mon téléphone', 'victime'),
  appel('17', 'urgence'),
  appel('3919', 'violences'),
  appel('punaises de lit', 'nuisibles'),
  appel('sdf', 'mise-a-l-abri', { premier: '/fiches/3.8' }),
  appel('raciste', 'discrimination', { premier: '/fiches/2.5' }),
];
