/** Everything that collected figures wait for, whatever the year: to be given, validated, answered. */
import { sql } from 'kysely';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import { avancementDe, type Echeance, type Lecteur, listEcheances } from '../../echeances/index.ts';
import type { Mesure } from '../../contrats/index.ts';
import { peutValider, repondPour } from '../indicateurs.policy.ts';
import { SUIVI } from './chiffres.dus.ts';
import { detteDe } from './dettes.ts';
import { casesPermises } from './saisie.cadre.ts';

export const ETATS = {
  en_retard: 'En retard',
  attendu: 'Attendus, pas encore dus',
  a_valider: 'À valider',
  conteste: 'Contestés',
  donne: 'Donnés',
} as const;
export type EtatDeListe = keyof typeof ETATS;
export const estUnEtat = (v: string): v is EtatDeListe => v in ETATS;

export interface LigneDeListe {
  cle: string;
  mesure: Mesure;
  periode: string;
  territoireId: string;
  /** Institutions that it waits for, or that gave it. */
  qui: readonly string[];
  dueLe: string | null;
  /** Contributions that wait. */
  nombre: number;
  href: string;
  /** What this reader may do of it, here and now. */
  acte: { libelle: string; href: string } | null;
}
export type Liste = Record<EtatDeListe, LigneDeListe[]>;
export interface DemandeDeListe {
  /** `moi`: what waits for this very person. */
  moi: boolean;
  organisation: string;
  fiche: string;
  annee: string;
  donnes: boolean;
}

interface EnAttente {
  mesureId: string;
  periode: string;
  debiteurs: string[];
  nombre: number;
  autres: number;
}
/** By measure and period, what nobody validated yet; `autres`: given by somebody else than this person. */
async function listEnAttente(db: Db, contratId: number, compteId: string): Promise<EnAttente[]> {
  const { rows } = await sql<EnAttente>`
    select mesure_id as "mesureId", periode, array_agg(distinct debiteur) as debiteurs, count(*)::int as nombre,
      count(*) filter (where saisi_par_id is distinct from ${compteId}::uuid)::int as autres
    from valeurs
    where contrat_id = ${contratId} and courante and valide_le is null
    group by mesure_id, periode
    order by periode, mesure_id`.execute(db);
  return rows;
}

type Lectrice = Lecteur & { u: NonNullable<Lecteur['u']> };

function ligneDeDette(e: Echeance, l: Lectrice): LigneDeListe[] {
  const c = l.catalogue;
  const m = c.chiffre(e.sujet);
  if (!m) return [];
  const dette = detteDe(m, c, e);
  const permises = casesPermises(l.u, c, m);
  const peut = dette?.cases.every((x) => permises.some((y) => y.debiteur === x.debiteur && y.territoireId === x.territoireId)) ?? false;
  const ou = new URLSearchParams({
    periode: e.periode,
    debiteur: dette?.debiteur ?? '',
    ...(dette && dette.territoireId !== c.racine.id ? { territoire: dette.territoireId } : {}),
  });
  const deja = e.soldeeLe !== null;
  return [
    {
      cle: e.id,
      mesure: m,
      periode: e.periode,
      territoireId: e.territoireId ?? c.racine.id,
      qui: [e.organisationId],
      dueLe: deja ? null : e.dueLe,
      nombre: 1,
      href: deja ? e.soldeChemin : e.chemin,
      acte: peut ? { libelle: deja ? 'Corriger' : 'Fournir', href: `/chiffres/${m.id}/saisir?${ou}` } : null,
    },
  ];
}

function ligneEnAttente(x: EnAttente, l: Lectrice, moi: boolean): LigneDeListe[] {
  const c = l.catalogue;
  const m = c.chiffre(x.mesureId);
  if (!m || m.obtention === 'calcul') return [];
  const valide = x.autres > 0 && peutValider(l.u, { fiche: m.fiche, territoireId: c.racine.id }, c.contient);
  // Their own, which wait for somebody else: to be followed, not to be done.
  if (moi && !valide && !casesPermises(l.u, c, m, repondPour).some((y) => x.debiteurs.includes(y.debiteur))) return [];
  const href = `/chiffres/${m.id}?periode=${x.periode}#contributions`;
  return [
    {
      cle: `${m.id}|${x.periode}`,
      mesure: m,
      periode: x.periode,
      territoireId: c.racine.id,
      qui: x.debiteurs,
      dueLe: null,
      nombre: x.nombre,
      href,
      acte: valide ? { libelle: 'Valider', href } : null,
    },
  ];
}

function ligneContestee(e: Echeance, l: Lectrice, siennes: ReadonlySet<string>): LigneDeListe[] {
  const m = l.catalogue.chiffre(e.sujet);
  if (!m) return [];
  const href = `${e.chemin}#contributions`;
  return [
    {
      cle: e.id,
      mesure: m,
      periode: e.periode,
      territoireId: e.territoireId ?? l.catalogue.racine.id,
      qui: [e.organisationId],
      dueLe: e.dueLe,
      nombre: 1,
      href,
      acte: siennes.has(e.id) ? { libelle: 'Répondre', href } : null,
    },
  ];
}

export async function getListe(db: Db, l: Lectrice, d: DemandeDeListe): Promise<Liste> {
  const fiche = d.fiche ? { fiche: d.fiche } : {};
  const dettes = { moi: d.moi, ...fiche, ...(d.organisation ? { organisation: d.organisation } : {}), genres: ['chiffre', SUIVI] };
  const contestees = { ...fiche, genre: 'contestation' };
  const [ouvertes, soldees, attentes, contestations, siennes] = await lireEnsemble(db, [
    () => listEcheances(db, l, dettes, null, null),
    () => (d.donnes ? listEcheances(db, l, { ...dettes, etat: 'soldee' as const }, null, null) : []),
    () => listEnAttente(db, l.contratId, l.u.id),
    () => listEcheances(db, l, { ...contestees, ...(d.organisation ? { organisation: d.organisation } : {}) }, null, null),
    () => listEcheances(db, l, { ...contestees, moi: true }, null, null),
  ]);
  const miennes = new Set(siennes.map((e) => e.id));
  const deLAnnee = (x: { periode: string }) => d.annee === '' || x.periode.startsWith(d.annee);
  const dire = (es: readonly Echeance[]) => es.filter(deLAnnee).flatMap((e) => ligneDeDette(e, l));
  const enRetard = (e: Echeance) => avancementDe(e, l.aujourdhui) === 'en_retard';
  return {
    en_retard: dire(ouvertes.filter(enRetard)),
    attendu: dire(ouvertes.filter((e) => !enRetard(e))),
    donne: dire(soldees),
    a_valider: attentes
      .filter((x) => deLAnnee(x) && (!d.organisation || x.debiteurs.includes(d.organisation)))
      .flatMap((x) => ligneEnAttente(x, l, d.moi))
      .filter((x) => !d.fiche || x.mesure.fiche === d.fiche),
    conteste: contestations.filter((e) => deLAnnee(e) && (!d.moi || miennes.has(e.id))).flatMap((e) => ligneContestee(e, l, miennes)),
  };
}
