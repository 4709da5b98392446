/** Where one can go: the header for everybody, the side menu of work screens by what a person may do, and the keys. */
import { auTravail, type Utilisateur } from './core/authorize.ts';
import { peutTenirTechnique, peutLireRegistre, peutOuvrirGestion } from './modules/comptes/index.ts';

export const NAVIGATION = [
  { cle: 'contrat', libelle: 'Le contrat', href: '/contrat' },
  { cle: 'barometre', libelle: 'Baromètre', href: '/barometre' },
  { cle: 'territoires', libelle: 'Territoires', href: '/territoires' },
  { cle: 'bilan', libelle: 'Bilan', href: '/bilan' },
  { cle: 'instances', libelle: 'Instances', href: '/instances' },
  { cle: 'acteurs', libelle: 'Acteurs', href: '/acteurs' },
];

export function menuDe(u: Utilisateur) {
  const metier = auTravail(u);
  return [
    {
      titre: 'Mon travail',
      entrees: [
        { cle: 'ma-journee', libelle: 'Ma journée', href: '/ma-journee' },
        { cle: 'echeances', libelle: 'Échéances', href: '/echeances' },
      ],
    },
    ...(metier
      ? [
          {
            titre: 'Activités',
            entrees: [
              { cle: 'registres', libelle: 'Registres', href: '/registres' },
              { cle: 'signalements', libelle: 'Signalements', href: '/signalements' },
            ],
          },
          {
            titre: 'Séances',
            entrees: [
              { cle: 'instances', libelle: 'Instances', href: '/instances' },
              { cle: 'calendrier', libelle: 'Calendrier', href: '/calendrier' },
              { cle: 'decisions', libelle: 'Décisions', href: '/decisions' },
            ],
          },
          {
            titre: 'Chiffres',
            entrees: [
              { cle: 'chiffres', libelle: 'Chiffres à fournir', href: '/chiffres' },
              { cle: 'barometre', libelle: 'Baromètre', href: '/barometre' },
              { cle: 'bilan', libelle: 'Bilan', href: '/bilan' },
            ],
          },
        ]
      : []),
    {
      titre: 'Accès',
      entrees: [
        { cle: 'mon-compte', libelle: 'Mon compte', href: '/mon-compte' },
        ...(peutOuvrirGestion(u) ? [{ cle: 'comptes', libelle: 'Comptes', href: '/comptes' }] : []),
        ...(peutTenirTechnique(u) ? [{ cle: 'exploitation', libelle: 'Exploitation', href: '/exploitation' }] : []),
      ],
    },
    ...(peutLireRegistre(u)
      ? [
          {
            titre: 'Protection des données',
            entrees: [
              { cle: 'dpo', libelle: 'Délégué', href: '/dpo' },
              { cle: 'journal', libelle: 'Journal d’audit', href: '/journal' },
            ],
          },
        ]
      : []),
    {
      titre: 'Contrat',
      entrees: [
        { cle: 'contrat', libelle: 'Le contrat', href: '/contrat' },
        { cle: 'territoires', libelle: 'Territoires', href: '/territoires' },
        { cle: 'dispositifs', libelle: 'Dispositifs', href: '/dispositifs' },
      ],
    },
  ];
}

export const RACCOURCIS = [
  { touche: '/', libelle: 'Rechercher' },
  { touche: 'g', libelle: 'Baromètre', href: '/barometre' },
  { touche: 'j', libelle: 'Ma journée', href: '/ma-journee' },
  { touche: 'r', libelle: 'Registres', href: '/registres' },
  { touche: 's', libelle: 'Instances et séances', href: '/instances' },
  { touche: 'd', libelle: 'Décisions', href: '/decisions' },
  { touche: 'e', libelle: 'Échéances', href: '/echeances' },
  { touche: 'c', libelle: 'Calendrier', href: '/calendrier' },
];
