/** What those who were told learn afterwards: that it climbed, that it is over. Nothing more is asked of them. */
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { retirerLettres } from '../../../core/courrier/oublis.queries.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { listInscritsParId } from '../astreintes/astreintes.queries.ts';
import { addEnvois, type Envoi, listEnvois, type NouvelEnvoi } from './envois.queries.ts';
import { estPrevenu } from './etat.rules.ts';
import { lettreDeFin, objetDe } from './lettres.rules.ts';
import { addMessages, retirerMessages } from './messages.queries.ts';
import { comptesDes, DISCRETE, envoyer, type Ou, type Outils } from './prevenir.ts';
import { listSuivis } from './suivis.ts';

const unParPersonne = <E extends Pick<Envoi, 'inscritId'>>(envois: readonly E[]): E[] => [...new Map(envois.map((e) => [e.inscritId, e])).values()];

/** It climbed: whoever knew of it, by another way than `sauf`, knows it once for this tier. `de`: the tier that they know. Returns how many. */
export async function annoncerLePalier(c: Ou, o: Outils, cat: Catalogue, a: Alerte, de: string, sauf: ReadonlySet<string>): Promise<number> {
  const connaissent = unParPersonne((await listEnvois(c.db, c.contrat.id, a.id)).filter((e) => e.genre === 'accuse' && !sauf.has(e.inscritId)));
  const inscrits = await listInscritsParId(
    c.db,
    c.contrat.id,
    connaissent.map((e) => e.inscritId),
  );
  const faits = await envoyer(
    c,
    o,
    cat,
    a,
    connaissent.flatMap((e) => {
      const inscrit = inscrits.get(e.inscritId);
      return inscrit ? [{ inscrit, motif: 'liste' as const, genre: 'palier' as const, pour: a.palier, de, duLe: e.duLe }] : [];
    }),
  );
  return faits.length;
}

/** It is over: what waited leaves no more, and those who had been told are told of it, by the same ways; again when it had climbed meanwhile. Returns how many. */
export async function annoncerLaFin(c: Ou, o: Outils, cat: Catalogue, a: Alerte): Promise<number> {
  const suivis = await listSuivis(c.db, c.contrat.id, a.id);
  const points = await listSuivis(c.db, c.contrat.id, a.id, 'points');
  await retirer(
    c,
    [...suivis, ...(a.erreurLe ? points : [])].filter((e) => e.partiLe === null),
  );
  // Who set it aside knows.
  const prevenus = unParPersonne([...suivis, ...points].filter((e) => estPrevenu(e) && e.reponse !== 'ecarte'));
  const inscrits = await listInscritsParId(
    c.db,
    c.contrat.id,
    prevenus.map((e) => e.inscritId),
  );
  const joignables = prevenus.filter((e) => inscrits.has(e.inscritId));
  const faits = await addEnvois(
    c.db,
    c.contrat.id,
    a.id,
    joignables.map(
      ({ inscritId, fonction, territoire, organisationId, nom }): NouvelEnvoi => ({
        ...{ inscritId, fonction, territoire, organisationId, nom },
        genre: 'fin',
        pour: a.erreurLe ? 'erreur' : a.palier,
        motif: 'liste',
        duLe: c.maintenant,
      }),
    ),
    c.maintenant,
  );
  const lettres = faits.flatMap((e) => {
    const i = inscrits.get(e.inscritId);
    return i ? [{ a: i.courriel, ...lettreDeFin(cat, a, c.maintenant), objet: objetDe(e), ...DISCRETE }] : [];
  });
  await ajouterCourriels(c.db, c.contrat.id, lettres, o.coffre);
  await addMessages(
    c.db,
    c.contrat.id,
    faits.map((e) => e.id),
    await comptesDes(c, [...inscrits.values()]),
    c.maintenant,
  );
  return faits.length;
}

/** Messages of these that still wait are sent no more. */
export async function retirer(c: Ou, envois: readonly Pick<Envoi, 'id' | 'alerteId' | 'lettreDe'>[]): Promise<void> {
  if (envois.length === 0) return;
  await retirerLettres(c.db, c.contrat.id, envois.map(objetDe));
  await retirerMessages(
    c.db,
    c.contrat.id,
    envois.map((e) => e.id),
    c.maintenant,
  );
}
