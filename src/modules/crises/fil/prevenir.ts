/** Whom of a mairie a note goes to: its roster, on duty first; and after them, the next. The rosters and their order are those of alerts. */
import type { Coffre } from '../../../core/coffre.ts';
import type { Db } from '../../../core/base/database.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { retirerLettres } from '../../../core/courrier/oublis.queries.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { type Inscrit, listCreneaux, listInscrits, ordreDe, quiTiennent, type Reglement } from '../../alertes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import type { Crise } from '../crises.types.ts';
import { addEnvois, type Envoi, listEnvois, type NoteDeMairie } from './fil.queries.ts';
import { lienDe, objetDe } from './fil.rules.ts';

/** What a contract needs to have the thread: a function of its rosters, and the time to answer. */
export interface Fil {
  fonction: string;
  acteur: string;
  minutes: number;
  reglement: Reglement;
}
export interface Ou {
  db: Db;
  contratId: number;
  maintenant: Date;
  coffre: Coffre;
  adresse: string;
  cat: Catalogue;
  fil: Fil;
}
const MINUTE_MS = 60_000;

/** Mairies of a room: those within its territory, or the one that holds it. */
export function mairiesDe(cat: Catalogue, territoireId: string): string[] {
  return cat
    .enfants(cat.racine.id)
    .filter((t) => !t.jusqu_a && (cat.contient(territoireId, t.id) || cat.contient(t.id, territoireId)))
    .map((t) => t.id);
}

/** By mairie: the lines of its roster, in the order in which they are asked. */
export async function toursDe(o: Ou, mairies: readonly string[]): Promise<Map<string, { premiers: Inscrit[]; suivants: Inscrit[] }>> {
  const lues = quiTiennent(o.fil.reglement, o.cat, await listInscrits(o.db, o.contratId, { territoires: mairies, fonction: o.fil.fonction }));
  const creneaux = await listCreneaux(o.db, o.contratId, { debut: o.maintenant, fin: new Date(o.maintenant.getTime() + MINUTE_MS) });
  const parMairie = grouper(lues, (i) => i.territoire);
  return new Map(
    mairies.map((t) => {
      const { premiers, suivants } = ordreDe(parMairie.get(t) ?? [], creneaux, o.maintenant);
      return [t, { premiers: premiers.map((x) => x.inscrit), suivants: suivants.map((x) => x.inscrit) }];
    }),
  );
}

type Aqui = { mairie: Pick<NoteDeMairie, 'id' | 'territoireId'>; inscrit: Inscrit; motif: Envoi['motif'] };
const POURQUOI: Readonly<Record<string, string>> = {
  silence: 'La personne écrite avant vous n’a pas répondu : vous prenez le relais.',
  rebond: 'Le courriel de la personne avant vous est refusé : vous prenez le relais.',
  retard: 'La lettre de la personne avant vous n’est pas partie à temps : vous prenez le relais.',
};
/** The letter says that a note waits and where, never what it is: a letter stays in a box. Neither its subject nor its address is shown by the queue. */
export async function ecrireA(o: Ou, crise: Pick<Crise, 'id' | 'exercice'>, note: number, qui: readonly Aqui[]): Promise<number> {
  if (qui.length === 0) return 0;
  const duLe = new Date(o.maintenant.getTime() + o.fil.minutes * MINUTE_MS);
  const faits = await addEnvois(
    o.db,
    o.contratId,
    qui.map((x) => ({ mairieId: x.mairie.id, inscritId: x.inscrit.id, fonction: x.inscrit.fonction, motif: x.motif })),
    o.maintenant,
    duLe,
  );
  const lettres = faits.flatMap((e) => {
    const x = qui.find((y) => y.mairie.id === e.mairieId && y.inscrit.id === e.inscritId);
    if (!x) return [];
    const lieu = o.cat.territoires.get(x.mairie.territoireId)?.nom ?? x.mairie.territoireId;
    return [
      {
        a: x.inscrit.courriel,
        sujet: `${crise.exercice ? '[EXERCICE] ' : ''}Note d’information n° ${note}, ${lieu}`,
        texte: [
          ...(crise.exercice ? ['Exercice : rien de ceci n’est réel.'] : []),
          `Bonjour${x.inscrit.nom ? ` ${x.inscrit.nom}` : ''},`,
          `Une note d’information de la salle de crise attend ${lieu}.`,
          ...(POURQUOI[x.motif] ? [POURQUOI[x.motif] ?? ''] : []),
          `Lisez-la et accusez réception avant le ${jourEtHeure(duLe)}, d’un geste et sans compte :\n${o.adresse}${lienDe(o.coffre, { ...e, courriel: x.inscrit.courriel })}`,
          'Ce lien est pour vous seul : ne le transférez pas.',
        ].join('\n\n'),
        objet: objetDe(crise.id, e.id),
        urgent: true,
        discret: true,
        sujetGarde: 'Note d’information',
      },
    ];
  });
  await ajouterCourriels(o.db, o.contratId, lettres, o.coffre);
  return lettres.length;
}
/** A mairie answered: what still waits for it leaves no more. */
export async function retirerLesLettres(db: Db, contratId: number, m: Pick<NoteDeMairie, 'id' | 'criseId'>): Promise<void> {
  const envois = await listEnvois(db, contratId, [m.id]);
  await retirerLettres(
    db,
    contratId,
    envois.filter((e) => !e.partiLe).map((e) => objetDe(m.criseId, e.id)),
  );
}
