/** The matrix of rights, made by putting every right of every policy to every role in four situations. Pure. */
import { type Droit, ROLES, ROLES_FORTS, type Role, type Situation, type Utilisateur } from '../../../core/authorize.ts';

/** Widest situation in which the role may: everywhere, in its scope, for its organisation, both at once, never. */
export type Etendue = 'oui' | 'perimetre' | 'organisation' | 'les-deux' | 'non';
export const ETENDUES: Record<Etendue, string> = {
  oui: 'oui',
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

const personne = (role: Role): Utilisateur => ({
  id: 'soi',
  nom: ROLES[role],
  courriel: '',
  fonction: '',
  organisationId: ICI.organisationId,
  mandats: [{ role, territoireId: ICI.territoireId, fiche: ICI.fiche }],
  forte: true,
});

function etendue(d: Droit, role: Role): Etendue {
  const u = personne(role);
  if (d.permis(u, AILLEURS)) return 'oui';
  if (d.permis(u, DANS_SON_PERIMETRE)) return 'perimetre';
  if (d.permis(u, DANS_SON_ORGANISATION)) return 'organisation';
  return d.permis(u, ICI) ? 'les-deux' : 'non';
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
    'Un gestionnaire de comptes, quel que soit son rôle, gère en plus les comptes de son organisation et y donne les rôles de terrain.',
    '',
    tete,
    `| --- | --- | ${TOUS.map(() => '---').join(' | ')} |`,
    ...lignes,
    '',
  ].join('\n');
}
