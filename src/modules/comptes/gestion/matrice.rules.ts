/** The matrix of rights, made by putting every right of every policy to every role in four situations. Pure. */
import { type Droit, type Mandat, ROLES, ROLES_FORTS, type Role, type Situation, type Utilisateur } from '../../../core/authorize.ts';
import { INCOMPATIBLES } from './separation.rules.ts';

/** Widest situation in which the role may: everywhere, with a mandate on the whole contract only, in its scope, for its organisation, both at once, never. */
export type Etendue = 'oui' | 'entier' | 'perimetre' | 'organisation' | 'les-deux' | 'non';
export const ETENDUES: Record<Etendue, string> = {
  oui: 'oui',
  entier: 'avec un mandat sur tout le contrat',
  perimetre: 'dans son périmètre',
  organisation: 'pour son organisation',
  'les-deux': 'pour son organisation, dans son périmètre',
  non: '–',
};

export interface LigneDeMatrice {
  objet: string;
  action: string;
  roles: Record<Role, Etendue>;
}

const ICI: Situation = { organisationId: 'la-sienne', territoireId: 'ici', fiche: 'la-sienne' };
const AILLEURS: Situation = { organisationId: 'une-autre', territoireId: 'ailleurs', fiche: 'une-autre' };
const DANS_SON_PERIMETRE: Situation = { ...ICI, organisationId: 'une-autre' };
const DANS_SON_ORGANISATION: Situation = { ...AILLEURS, organisationId: 'la-sienne' };

const personne = (role: Role, mandat: Omit<Mandat, 'role'> = { territoireId: ICI.territoireId, fiche: ICI.fiche }): Utilisateur => ({
  id: 'soi',
  nom: ROLES[role],
  courriel: '',
  fonction: '',
  organisationId: ICI.organisationId,
  mandats: [{ role, ...mandat }],
});

function etendue(d: Droit, role: Role): Etendue {
  const u = personne(role);
  if (d.permis(u, AILLEURS)) return 'oui';
  if (d.permis(u, DANS_SON_PERIMETRE)) return 'perimetre';
  if (d.permis(u, DANS_SON_ORGANISATION)) return 'organisation';
  if (d.permis(u, ICI)) return 'les-deux';
  return d.permis(personne(role, { territoireId: null, fiche: null }), AILLEURS) ? 'entier' : 'non';
}

const TOUS = Object.keys(ROLES) as Role[];

export const buildMatrice = (droits: readonly Droit[]): LigneDeMatrice[] =>
  droits.map((d) => ({
    objet: d.objet,
    action: d.action,
    roles: Object.fromEntries(TOUS.map((role) => [role, etendue(d, role)])) as Record<Role, Etendue>,
  }));

/** docs/droits.md, written by `concorde droits --sortie docs/droits.md` and compared by a test. */
export function enMarkdown(matrice: readonly LigneDeMatrice[]): string {
  const tete = `| Objet | Action | ${TOUS.map((r) => ROLES[r]).join(' | ')} |`;
  const lignes = matrice.map((l) => `| ${l.objet} | ${l.action} | ${TOUS.map((r) => ETENDUES[l.roles[r]]).join(' | ')} |`);
  return [
    '# Droits',
    '',
    'Tirés des fonctions `*.policy.ts` que les routes appellent : `npm run -s concorde -- droits --sortie docs/droits.md`.',
    'Le public lit le contrat, les chiffres publiés et les preuves des registres publics. Le périmètre est le territoire ou la fiche du mandat.',
    `Ces rôles n’agissent que dans une session ouverte avec deux facteurs : ${ROLES_FORTS.map((r) => ROLES[r].toLowerCase()).join(', ')}.`,
    'Un gestionnaire de comptes gère en plus les comptes de son organisation, et y donne les rôles de terrain qu’il tient, dans son périmètre.',
    'Ne se cumulent pas dans un compte :',
    '',
    ...INCOMPATIBLES.map(
      (i) =>
        `- ${ROLES[i.role].toLowerCase()} et ${i.avec.length > 2 ? 'tout autre rôle' : i.avec.map((r) => ROLES[r].toLowerCase()).join(', ')} : ${i.pourquoi}`,
    ),
    '',
    'Ce qui se fait « à deux » est proposé par l’un et confirmé par un autre compte dans les sept jours.',
    '',
    tete,
    `| --- | --- | ${TOUS.map(() => '---').join(' | ')} |`,
    ...lignes,
    '',
  ].join('\n');
}
