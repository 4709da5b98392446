import { acces, accesMetier } from '../../core/authorize.ts';
import { type Lien, type Objet, preuve, type Sert } from '../../core/capacites.ts';
import type { Lexique } from '../../core/faits.ts';

const aller = (href: string, libelle: string): Lien[] => [{ href, libelle, qui: accesMetier }];
const liste = (filtre: string, libelle: string): Lien[] => [{ href: `/signalements${filtre}`, libelle, qui: accesMetier }];

/** The only register of this module: what residents ask, under the filters of its list. */
const demandes = ({ registre, ou = {} }: Objet): Lien[] | null =>
  registre === 'doleances' ? liste(`?${new URLSearchParams(Object.entries(ou).map(([code, v]) => [code, String(v)]))}`, 'Demandes d’habitants') : null;

/** Key of the contract's list of systems whose own circuit is a file of `circuits/` or `compteurs/`: the systems, then that file. */
export const LISTE_SYSTEMES = 'systemes-des-circuits';
const circuitDe = ({ systeme }: Objet, l: Lexique): string | null =>
  systeme === undefined ? null : (l.listes.get(LISTE_SYSTEMES)?.find((v) => v.libelle.split(', ').includes(systeme))?.code ?? null);
const saisirDans = (o: Objet, l: Lexique, libelle: string): Lien[] | null => {
  const circuit = circuitDe(o, l);
  return circuit ? aller(`/signalements/saisir/${circuit}`, libelle) : null;
};
/** The public page of what happens in it. */
const parcours = (o: Objet, l: Lexique, libelle: string): Lien[] | null => {
  const circuit = circuitDe(o, l);
  return circuit ? [{ href: `/signaler/${circuit}/parcours`, libelle, qui: acces.public }] : null;
};
const sansMots = (o: Objet, l: Lexique, libelle: string): Lien[] | null => {
  const etapes = parcours(o, l, libelle);
  return etapes && [...etapes, ...aller('/signalements/saisir', 'Ce que vous pouvez saisir')];
};

export const SERT: Sert = {
  enregistrement: preuve('SIGN-01', demandes),
  'saisie-de-doleance': preuve('SIGN-03', () => aller('/signalements/saisir', 'Saisir une demande')),
  'traitement-de-doleance': preuve('SIGN-04', () => aller('/signalements/boite', 'Demandes à traiter')),
  'signalement-route': preuve('SIGN-12', () => aller('/signalements/saisir', 'Signaler')),
  'rendez-vous-de-plainte': preuve('SIGN-13', () => aller('/signalements/saisir/demandes-partenaires', 'Demander un créneau')),
  'demande-d-intervention': preuve('OPE-08', () => aller('/signalements/saisir/demandes-partenaires', 'Demander une intervention')),
  'retour-de-ciblage': preuve('SIGN-08', () => aller('/signalements/operations', 'Opérations faites pour des demandes')),
  'statut-de-doleance': preuve('SIGN-01', () => liste('?canal=dmr', 'Signalements Dans Ma Rue, avec leur état')),
  'lien-signalement': preuve('OPE-13', () => aller('/signalements/recurrences', 'Lieux qui reviennent, et leurs décisions')),
  'retour-aux-habitants': preuve('PUBLIC-28', () => [{ href: '/signaler/bilan', libelle: 'Vous avez signalé, nous avons fait', qui: acces.public }]),
  // Asked for, accepted with its programme, done, reported on: the record is made of it.
  'circuit-d-activite': preuve('OPE-01', (o, l) => saisirDans(o, l, 'Demander une intervention')),
  'demande-de-place': preuve('OFFRE-11', (o, l) => saisirDans(o, l, 'Demander une place')),
  'compteur-de-circuit': preuve('SIGN-32', (o, l) => {
    const circuit = circuitDe(o, l);
    return circuit ? aller(`/signalements/etapes#${circuit}`, 'Étapes du circuit') : null;
  }),
  // A circuit without words, whose clock runs from a day that is said.
  // Few may open its form: the page of its steps is everybody's, that of what one may enter is each person's.
  'delai-sans-identite': preuve('CELL-12', (o, l) => sansMots(o, l, 'Étapes et délai')),
  'demande-tracee': preuve('CELL-19', (o, l) => sansMots(o, l, 'Étapes de la demande')),
  'formulaire-papier': preuve('SIGN-14', (o, l) => parcours(o, l, 'Formulaire à imprimer')),
  'import-de-doleances': preuve('SIGN-01', () => liste('', 'Demandes d’habitants')),
};
