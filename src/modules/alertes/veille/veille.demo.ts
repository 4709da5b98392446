/** Invented signs, messages and instructions of the demonstration, written by the same functions as real ones. */
import { z } from 'zod';
import { instantDe, jourDe } from '../../../core/clock.ts';
import type { Db } from '../../../core/base/database.ts';
import type { Profils } from '../../../core/module.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { getConsignes, versionAu } from '../consignes/consignes.donnees.ts';
import { accorderConsignes } from '../consignes/consignes.dus.ts';
import { accuserEnvoi, addEnvois, createDiffusion } from '../consignes/consignes.queries.ts';
import { sitesDe } from '../consignes/diffuser.ts';
import { confirmerMessage, createMessage, expirerMessages } from '../relais/relais.queries.ts';
import { evaluer } from './evaluer.ts';
import { getVeille, rangDe } from './veille.donnees.ts';
import { createTension } from './veille.queries.ts';

const jours = z.int().min(0).max(300);
const demoSchema = z.strictObject({
  tensions: z
    .array(
      z.strictObject({
        il_y_a: jours,
        creneau: z.string(),
        lieu: z.string(),
        nature: z.string(),
        fiabilite: z.string(),
        territoire: z.string(),
        /** Organisation that writes. */
        de: z.string(),
        texte: z.string().max(300).default(''),
        ailleurs: z.enum(['oui', 'non', 'inconnu']),
      }),
    )
    .default([]),
  messages: z
    .array(
      z.strictObject({
        il_y_a: jours.min(1),
        /** How long it was in force. */
        heures: z.int().min(1).max(20),
        genre: z.string(),
        origine: z.string(),
        de: z.string(),
        titre: z.string(),
        texte: z.string(),
        exercice: z.boolean().default(false),
      }),
    )
    .default([]),
  consignes: z
    .array(z.strictObject({ il_y_a: jours, consigne: z.string(), autorite: z.string(), territoire: z.string(), de: z.string(), accuses: z.int().min(0) }))
    .default([]),
});
const lireDemo = (p: Profils) => p.lire('veille', demoSchema) ?? null;

export function verifierVeilleDemo(profils: Profils, c: Record<'acteurs' | 'territoires', ReadonlyMap<string, unknown>>): string[] {
  const d = lireDemo(profils);
  if (!d) return [];
  const ici = (faute: string) => `demonstration/veille.yaml : ${faute}`;
  return [
    ...[...d.tensions, ...d.messages, ...d.consignes].filter((x) => !c.acteurs.has(x.de)).map((x) => ici(`l’acteur « ${x.de} » n’existe pas`)),
    ...[...d.tensions, ...d.consignes].filter((x) => !c.territoires.has(x.territoire)).map((x) => ici(`le territoire « ${x.territoire} » n’existe pas`)),
  ];
}

export async function genererVeilleDemo(tx: Db, catalogue: Catalogue, d: { dossier: string; aujourdhui: string; profils: Profils }): Promise<number> {
  const demo = lireDemo(d.profils);
  const [v, consignes] = [await getVeille(d.dossier), await getConsignes(d.dossier)];
  if (!demo) return 0;
  const k = catalogue.contratId;
  const le = (il_y_a: number, heure: string): Date => instantDe(plusJours(d.aujourdhui, -il_y_a), heure) ?? new Date(`${d.aujourdhui}T12:00:00Z`);
  if (v) {
    for (const t of demo.tensions)
      await createTension(tx, k, {
        jour: plusJours(d.aujourdhui, -t.il_y_a),
        creneau: t.creneau,
        lieu: t.lieu,
        nature: t.nature,
        fiabilite: rangDe(v, t.fiabilite),
        territoireId: t.territoire,
        ailleurs: t.ailleurs,
        texte: t.texte,
        organisationId: t.de,
        auteur: 'Personne fictive',
        auteurId: null,
        ecriteLe: le(t.il_y_a, '22:30'),
      });
    await evaluer(tx, catalogue, v, le(0, '07:00'));
  }
  for (const m of demo.messages) {
    const relayeLe = le(m.il_y_a, '09:00');
    const id = await createMessage(tx, k, {
      genre: m.genre,
      titre: m.titre,
      texte: m.texte,
      origineId: m.origine,
      origineLe: le(m.il_y_a, '08:50'),
      origineLien: '',
      origineEmetteur: '',
      origineIdentifiant: '',
      capRecuId: null,
      territoireId: catalogue.racine.id,
      exercice: m.exercice,
      relayeLe,
      relayePar: 'Personne fictive',
      relayeCompteId: null,
      organisationId: m.de,
      expireLe: new Date(relayeLe.getTime() + m.heures * 3_600_000),
      remplaceId: null,
      porteeId: catalogue.racine.id,
      recopie: true,
      aConfirmerAvant: m.exercice ? null : new Date(relayeLe.getTime() + 3_600_000),
    });
    if (!m.exercice) await confirmerMessage(tx, k, id, { par: 'Autre personne fictive', compteId: null, quand: new Date(relayeLe.getTime() + 600_000) });
  }
  await expirerMessages(tx, k, le(0, '07:00'));
  for (const x of demo.consignes) await diffuserDemo(tx, catalogue, consignes, x, le(x.il_y_a, '10:00'));
  return demo.tensions.length + demo.messages.length + demo.consignes.length;
}

async function diffuserDemo(
  tx: Db,
  catalogue: Catalogue,
  consignes: Awaited<ReturnType<typeof getConsignes>>,
  x: z.output<typeof demoSchema>['consignes'][number],
  quand: Date,
): Promise<void> {
  const consigne = consignes?.consignes.find((c) => c.code === x.consigne);
  const version = consigne ? versionAu(consigne, jourDe(quand)) : null;
  if (!consigne || !version) return;
  const k = catalogue.contratId;
  const sites = await sitesDe({ db: tx, contrat: { id: k, slug: catalogue.slug } }, catalogue, consigne, x.territoire);
  if (sites.length === 0) return;
  const id = await createDiffusion(tx, k, {
    consigne: consigne.code,
    numero: version.numero,
    titre: consigne.titre,
    points: [...version.points],
    autoriteId: x.autorite,
    ordonneeLe: new Date(quand.getTime() - 1_800_000),
    territoireId: x.territoire,
    precisionDite: '',
    exercice: false,
    duLe: plusJours(jourDe(quand), consigne.accuse_jours),
    diffuseeLe: quand,
    diffuseePar: 'Personne fictive',
    organisationId: x.de,
  });
  const envois = await addEnvois(tx, k, id, sites);
  for (const e of envois.slice(0, x.accuses))
    await accuserEnvoi(tx, k, e.id, { par: 'Personne fictive', voie: 'compte', quand: new Date(quand.getTime() + 7_200_000) });
  await accorderConsignes(
    tx,
    k,
    envois.map((e) => e.id),
    quand,
  );
}
