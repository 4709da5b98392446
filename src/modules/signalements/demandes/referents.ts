/** Reports that a rule gives to the referents of a role: who they are, who is written to, and what happens where nobody is. */
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { jourDe } from '../../../core/clock.ts';
import { adresseDe, agitPourUnReferent, direRole, lireReferents, type Referent, referentsOuTrou } from '../../annuaire/index.ts';
import { listComptes } from '../../comptes/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { enumerer } from '../../../ui/typographie.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { coordonneLa, maisonDe, ouvreTout, peutTraiter } from './demandes.policy.ts';
import type { Demande, NouvelleDemande, Suivie } from './demandes.queries.ts';
import { cheminDeDemande } from './identifiants.ts';
import type { Ou, Services } from './lettres.ts';

type AConfier = Omit<NouvelleDemande, 'etat' | 'duLe'>;
interface Confiee {
  d: AConfier;
  referents: readonly Referent[];
  /** Since when nobody holds the role there; empty when somebody does, or when no role is asked for. */
  trou: string;
}

/**
 * In charge: the organisation of the nearest referent, where somebody has an account by which to handle it. What their own organisation reports goes up instead,
 * as does what nobody there is the referent of, and what no account of theirs could open.
 */
export async function confier(c: Ou, d: AConfier): Promise<Confiee> {
  if (d.roleReferent === '') return { d, referents: [], trou: '' };
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const q = { role: d.roleReferent, territoire: d.territoireId, jour: jourDe(c.maintenant) };
  const { referents: nommes, trou } = await referentsOuTrou(c.db, catalogue, q);
  const sans = (pourquoi: string): Confiee => ({ d, referents: [], trou: `${pourquoi} Confiée à ${catalogue.nomActeurA(d.serviceId, d.territoireId)}.` });
  if (trou !== null) return sans(trou);
  if (d.auteurOrganisation !== null && nommes.some((r) => r.organisationId === d.auteurOrganisation))
    return { d: { ...d, roleReferent: '' }, referents: [], trou: '' };
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const referents = nommes.filter((r) => ouverts.some((u) => agitPourUnReferent(u, { ...r, territoireId: d.territoireId }, catalogue)));
  const [premier] = referents;
  if (!premier) {
    const noms = enumerer([...new Set(nommes.map((r) => catalogue.nomActeurA(r.organisationId, d.territoireId)))]);
    const lieu = catalogue.territoires.get(d.territoireId)?.nom ?? d.territoireId;
    return sans(
      `${direRole(catalogue, d.roleReferent)}, ${lieu} : un référent est nommé (${noms}), mais aucun compte ouvert de son organisme ne peut agir ici.`,
    );
  }
  const lecteurs = d.lecteurs === null ? null : [...new Set([...d.lecteurs, ...referents.map((r) => r.organisationId)])];
  return { d: { ...d, serviceId: premier.organisationId, lecteurs }, referents, trou: '' };
}

/** Who coordinates there and may read it: the coordinators of the place; without any, the coordination. */
export const quiCoordonne = <U extends Parameters<typeof ouvreTout>[0]>(
  comptes: readonly U[],
  d: Pick<Demande, 'territoireId' | 'serviceId' | 'lecteurs'>,
  catalogue: Catalogue,
): U[] => {
  const la = comptes.filter((u) => coordonneLa(u, d.territoireId, catalogue.contient) && peutTraiter(u, d, catalogue, catalogue.contient));
  return la.length > 0 ? la : comptes.filter(ouvreTout);
};

/**
 * A letter at once to each of them, or to their substitute; where nobody is, to who coordinates. It says that something waits, never what. Of referents of two
 * organisations, one has it in charge: the other is told so, who reads and does not act.
 */
export async function prevenirLesReferents(
  c: Ou,
  s: Services,
  circuit: Circuit,
  d: AConfier & { numero: number },
  { referents, trou }: Confiee,
): Promise<void> {
  // Without an address of its own, as the demonstration is made, a platform writes to nobody.
  if (s.adresse === '' || (referents.length === 0 && trou === '')) return;
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const jour = jourDe(c.maintenant);
  const maison = maisonDe(catalogue, d.serviceId);
  const joints = referents.flatMap((r) => {
    const a = adresseDe(r, jour);
    return a ? [{ ...a, enCharge: maison.includes(r.organisationId) }] : [];
  });
  const role = direRole(catalogue, d.roleReferent);
  const lieu = catalogue.territoires.get(d.territoireId)?.nom ?? d.territoireId;
  // Referents that no address reaches are told of by who coordinates, who knows their telephone.
  const perdus = joints.some((x) => x.enCharge) ? '' : trou || `${role}, ${lieu} : aucune adresse électronique n’est connue.`;
  const page = `${s.adresse}${cheminDeDemande(d.id)}`;
  const ecrire = (x: { nom: string; courriel: string }, sujet: string, ...phrases: string[]) =>
    ajouterCourriel(c.db, c.contrat.id, { a: x.courriel, sujet, texte: [`Bonjour ${x.nom},`, ...phrases].join('\n\n'), objet: cheminDeDemande(d.id) });
  if (perdus)
    for (const u of quiCoordonne((await listComptes(c.db, c.contrat.id, c.maintenant)).ouverts, d, catalogue))
      await ecrire(
        u,
        `Sans référent : demande n° ${d.numero}`,
        perdus,
        `Pour la lire et dire où elle en est :\n${page}`,
        `Pour désigner un référent :\n${s.adresse}/annuaire/referents?role=${d.roleReferent}`,
      );
  const charge = catalogue.nomActeurA(d.serviceId, d.territoireId);
  for (const x of joints) {
    const phrases = x.enCharge
      ? [`Une demande est arrivée pour vous (${role}, ${lieu}).`, `Pour la lire et dire où elle en est :\n${page}`]
      : [`Une demande est arrivée (${role}, ${lieu}) : ${charge} en a la charge. Comme référent, vous pouvez la lire.`, `Pour la lire :\n${page}`];
    await ecrire(x, `Demande n° ${d.numero} : ${circuit.titre}`, ...phrases);
  }
}

/** Referents whom reminders go to that day, by report: those whose organisation has it in charge. A report without any is left out. */
export async function destinatairesDesReferents(
  db: Ou['db'],
  catalogue: Catalogue,
  suivies: readonly Suivie[],
  o: { jour: string; comptes: readonly Parameters<typeof ouvreTout>[0][] },
): Promise<Map<string, { courriel: string; nom: string }[]>> {
  const par = new Map<string, { courriel: string; nom: string }[]>();
  const confiees = suivies.filter((d) => d.roleReferent !== '');
  const la = await lireReferents(db, catalogue, [...new Set(confiees.map((d) => d.roleReferent))], o.jour);
  for (const d of confiees) {
    const maison = maisonDe(catalogue, d.serviceId);
    const joints = la(d.roleReferent, d.territoireId)
      .filter((r) => maison.includes(r.organisationId))
      .flatMap((r) => adresseDe(r, o.jour) ?? [])
      // Known here, they are reminded of what their own mandate opens.
      .filter((x) => o.comptes.every((u) => u.courriel.toLowerCase() !== x.courriel.toLowerCase() || peutTraiter(u, d, catalogue, catalogue.contient)));
    if (joints.length > 0) par.set(d.id, joints);
  }
  return par;
}
