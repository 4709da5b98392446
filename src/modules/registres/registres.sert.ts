import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import { acces, accesRegistres } from '../../core/authorize.ts';
import type { Lexique } from '../../core/faits.ts';
import type { DefinitionRegistre } from './definition.ts';
import { definitionsDecouvertes } from './registres.definitions.ts';
import { champDe, pourContrat } from './registres.rules.ts';

const direValeur = (d: DefinitionRegistre, code: string, v: string | boolean): string => {
  const champ = champDe(d, code);
  if (typeof v === 'boolean') return `${champ?.libelle ?? code} : ${v ? 'oui' : 'non'}`;
  return (champ?.type === 'liste' && champ.options.find((o) => o.code === v)?.libelle) || v;
};

/** The list of the register under the very filter that is asked, in the words of its address. */
function liens({ registre, ou = {} }: Objet, lexique: Lexique): Lien[] | null {
  const declare = definitionsDecouvertes.find((x) => x.code === registre);
  if (!declare) return null;
  const d = pourContrat(declare, lexique);
  // In the order of the register's fields: what is read back from the database has lost the order of the file.
  const voulus = [...d.champs, { code: 'organisation_id' }].flatMap(({ code }) => (ou[code] === undefined ? [] : [[code, ou[code]] as const]));
  const filtre = new URLSearchParams(
    voulus.map(([code, v]) => [code === 'organisation_id' ? 'organisation' : code, typeof v === 'string' ? v : v ? 'oui' : 'non']),
  );
  const valeurs = voulus.map(([code, v]) => direValeur(d, code, v));
  return [
    {
      href: `/registres/${d.code}${filtre.size > 0 ? `?${filtre}` : ''}`,
      libelle: [d.libelle, valeurs.join(', ')].filter(Boolean).join(' : '),
      qui: accesRegistres,
      registre: d.code,
    },
  ];
}

/** A register, whole or under a filter, where the capability is seen. */
const ici =
  (registre: string, libelle: string, filtre: Readonly<Record<string, string>> = {}) =>
  (): Lien[] => [
    { href: `/registres/${registre}${Object.keys(filtre).length > 0 ? `?${new URLSearchParams(filtre)}` : ''}`, libelle, qui: accesRegistres, registre },
  ];
const calendrier = (): Lien[] => [{ href: '/calendrier', libelle: 'Le calendrier', qui: acces.public }];

export const SERT: Sert = {
  enregistrement: preuve('OPE-26', liens),
  preconisations: preuve('AUDIT-16', liens),
  impacts: preuve('AUDIT-03', liens),
  'seuil-hebdomadaire': preuve('OPE-42', liens),
  'calendrier-d-operations': preuve('OPE-29', calendrier),
  'lien-evenement': preuve('OPE-41', ici('evenements', 'Événements, et ce qui s’y rattache')),
  'lien-site': preuve('OPE-38', ici('sites', 'Sites, et ce qui s’y rattache')),
  'etablissement-nomme': preuve('AUDIT-08', ici('etablissements', 'Établissements, et ce qui s’y rattache')),
  'statut-de-l-audit': preuve('AUDIT-08', ici('audits', 'Audits à refaire', { validite: 'ancien' })),
  'projet-etudie': preuve('AUDIT-01', ici('audits', 'Enquêtes de sûreté : projet, avis', { type: 'essp' })),
  'equipements-de-surete': preuve('AUDIT-07', ici('audits', 'Audits, avec leurs équipements')),
  'nature-des-saisies': preuve('OPE-71', ici('operations', 'Opérations, avec ce qui est saisi')),
  'services-et-effectifs': preuve('OPE-28', ici('operations', 'Opérations, avec les services engagés')),
  'natures-d-infractions': preuve('OPE-31', ici('operations', 'Opérations, avec les infractions relevées par nature', { infractions: '*' })),
  'motif-d-ecart': preuve('AUDIT-16', liens),
  'verification-de-site': preuve('AUDIT-11', ici('sites', 'Sites sensibles, avec les points vérifiés', { type: 'site-sensible' })),
  'sanctions-typees': preuve('OPE-68', ici('etablissements', 'Établissements, avec leurs sanctions', { sanctions: '*' })),
  degats: preuve('OPE-34', ici('operations', 'Opérations, avec les atteintes relevées', { atteintes: '*' })),
  'dispositif-d-accompagnement': preuve('ORIENT-12', ici('accompagnements', 'Accompagnements, par dispositif', { dispositif: 'tranquillite-seniors' })),
  'suites-d-orientation': preuve('OPE-52', ici('operations', 'Opérations, avec l’orientation des personnes')),
  'creneau-horaire': preuve('OPE-46', ici('interventions', 'Interventions de nuit', { creneau: 'nuit' })),
  'sessions-d-offre': preuve('OFFRE-05', ici('postes', 'Sessions datées', { forme: 'session' })),
  'vagues-d-accueil': preuve('OFFRE-25', ici('postes', 'Vagues d’accueil', { forme: 'vague' })),
  'publics-accueillis': preuve('OFFRE-24', ici('postes', 'Offres, avec leur public')),
  'types-de-structure': preuve('OFFRE-29', ici('postes', 'Offres, par type de structure')),
  'projet-de-lieu': preuve('OFFRE-28', ici('sites', 'Lieux en projet', { projet: 'etudie' })),
  'version-de-support': preuve('PUBLIC-08', ici('campagnes', 'Supports, avec leurs versions', { type: 'support' })),
  'contenu-multilingue': preuve('PUBLIC-14', () => [{ href: '/supports', libelle: 'Guides et documents, par langue', qui: acces.public }]),
  'agenda-public': preuve('PUBLIC-29', () => [{ href: '/agenda', libelle: 'L’agenda, et où s’inscrire', qui: acces.public }]),
  'lien-externe': preuve('PUBLIC-16', ici('interventions', 'Interventions, avec la page où l’on s’inscrit')),
  'occupation-de-l-offre': preuve('OFFRE-36', () => [
    { href: '/registres/postes/occupation', libelle: 'Occupation de l’offre', qui: accesRegistres, registre: 'postes' },
  ]),
};
