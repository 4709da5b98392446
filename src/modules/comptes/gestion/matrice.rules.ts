/**
 * The matrix of rights, made by putting every right of every policy to every role: with a mandate limited to one territory
 * and one fiche, in four situations; with a mandate without limit; with a mandate limited to one register. Pure.
 */
import { type Cas, direRole, type Droit, type Mandat, ROLES, ROLES_FORTS, type Role, type Utilisateur } from '../../../core/authorize.ts';
import { INCOMPATIBLES } from './separation.rules.ts';

/** How far the right goes: everywhere, within the mandate's limits, for one's organisation, both at once, only by a mandate without limit, never. */
export type Etendue = 'oui' | 'perimetre' | 'organisation' | 'les-deux' | 'entier' | 'non';
export const ETENDUES: Record<Etendue, string> = {
  oui: 'oui',
  perimetre: 'dans son périmètre',
  organisation: 'pour son organisation',
  'les-deux': 'pour son organisation, dans son périmètre',
  entier: 'par un mandat sans limite',
  non: '–',
};

const TOUS = Object.keys(ROLES) as Role[];

export interface LigneDeMatrice {
  objet: string;
  action: string;
  roles: Record<Role, Etendue>;
  /** A mandate limited to one register still has this right, for that register. */
  registre: boolean;
}

const ICI: Cas = { organisationId: 'la-sienne', territoireId: 'ici', fiche: 'la-sienne', registre: 'le-sien' };
const AILLEURS: Cas = { organisationId: 'une-autre', territoireId: 'ailleurs', fiche: 'une-autre', registre: 'un-autre' };
const DANS_SON_PERIMETRE: Cas = { ...ICI, organisationId: 'une-autre' };
const DANS_SON_ORGANISATION: Cas = { ...AILLEURS, organisationId: 'la-sienne' };

const personne = (role: Role, limites: Partial<Mandat>): Utilisateur => ({
  id: 'soi',
  nom: ROLES[role],
  courriel: '',
  fonction: '',
  organisationId: ICI.organisationId,
  forte: true,
  mandats: [{ role, territoireId: null, fiche: null, ...limites }],
});

function etendue(d: Droit, role: Role): Etendue {
  const borne = personne(role, { territoireId: ICI.territoireId, fiche: ICI.fiche });
  if (d.permis(borne, AILLEURS)) return 'oui';
  if (d.permis(borne, DANS_SON_PERIMETRE)) return 'perimetre';
  if (d.permis(borne, DANS_SON_ORGANISATION)) return 'organisation';
  if (d.permis(borne, ICI)) return 'les-deux';
  return d.permis(personne(role, {}), AILLEURS) ? 'entier' : 'non';
}

/** Throws when a right that a mandate limited to a register has reaches another register: that limit closes everything else. */
function dansUnRegistre(d: Droit): boolean {
  const gens = TOUS.map((role) => personne(role, { registre: ICI.registre }));
  if (gens.some((u) => d.permis(u, { ...ICI, registre: AILLEURS.registre })))
    throw new Error(`Le droit « ${d.objet} : ${d.action} » sort du registre du mandat.`);
  return gens.some((u) => d.permis(u, ICI));
}

export const buildMatrice = (droits: readonly Droit[]): LigneDeMatrice[] =>
  droits.map((d) => ({
    objet: d.objet,
    action: d.action,
    roles: Object.fromEntries(TOUS.map((role) => [role, etendue(d, role)])) as Record<Role, Etendue>,
    registre: dansUnRegistre(d),
  }));

/** What the matrix's words mean, on its page and in the document. */
export const LEGENDE =
  'Le périmètre est ce que limite le mandat : son territoire et ce qu’il contient, sa fiche. Un mandat limité n’ouvre pas ce qui vaut pour tout le contrat.';

/** docs/droits.md, written by `concorde droits --sortie docs/droits.md` and compared by a test. */
export function enMarkdown(matrice: readonly LigneDeMatrice[]): string {
  const tete = `| Objet | Action | ${TOUS.map((r) => ROLES[r]).join(' | ')} | Mandat limité à un registre |`;
  const lignes = matrice.map(
    (l) => `| ${l.objet} | ${l.action} | ${TOUS.map((r) => ETENDUES[l.roles[r]]).join(' | ')} | ${l.registre ? 'pour ce registre' : 'fermé'} |`,
  );
  return [
    '# Droits',
    '',
    'Tirés des fonctions `*.policy.ts` que les routes appellent : `npm run -s concorde -- droits --sortie docs/droits.md`.',
    `Le public lit le contrat, les chiffres publiés et les preuves des registres publics. ${LEGENDE}`,
    `Ces rôles n’agissent que dans une session ouverte avec deux facteurs : ${ROLES_FORTS.map(direRole).join(', ')}.`,
    'Un gestionnaire de comptes gère en plus les comptes de son organisation, et y donne les rôles de terrain qu’il tient, dans son périmètre.',
    'Ne se cumulent pas dans un compte :',
    '',
    ...INCOMPATIBLES.map((i) => `- ${ROLES[i.role]} et ${i.avec.length > 2 ? 'tout autre rôle' : i.avec.map(direRole).join(', ')}. ${i.pourquoi}`),
    '',
    'Ce qui se fait « à deux » est proposé par l’un et confirmé par un autre compte dans les sept jours.',
    'Un siège dans une instance en ouvre la lecture (et la tenue au secrétariat) à qui a un mandat en cours, quel qu’en soit le périmètre.',
    '',
    tete,
    `| --- | --- | ${TOUS.map(() => '---').join(' | ')} | --- |`,
    ...lignes,
    '',
  ].join('\n');
}
