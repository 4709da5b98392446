/** A fictive cell whose phrases are public, so that every page of it can be looked at: `contrats/<slug>/demonstration/cellules.yaml`. */
import { plusJours } from '../../core/jours.ts';
import { createHash } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../core/base/database.ts';
import type { Profils } from '../../core/module.ts';
import { addCellule, addMembre, addSignature, dureesDe, getCellule, listMembres, setBoites, setCle, setDurees, setPaire } from './cellule/cellule.queries.ts';
import { aInformer, empreinteDuTexte, partenaireDe, texteDe } from './charte/charte.rules.ts';
import type { Charte } from './charte/charte.schema.ts';
import { addReglement } from './charte/reglement.queries.ts';
import { garderTexte } from './charte/chartes.queries.ts';
import { cleDeSituation, controleDe, creerCle, creerPaire, empreinteDe, enfermer, reculDe, sceauDe, sceller } from './cles/cles.ts';
import { exigerTrousseau } from './cles/temoin.ts';
import type { Trousseau } from './cles/trousseau.ts';
import { figerCeJour } from './nombres/figer.ts';
import { compterOrigine } from './nombres/nombres.queries.ts';
import { addPoints, addSeance } from './seances/seances.queries.ts';
import { ecrireContenu } from './situations/contenu.ts';
import { naissanceDe } from './situations/identite.rules.ts';
import { addOrientation } from './situations/orientations.queries.ts';
import { addHabilitation, addInformation, addSituation, listMesSituations } from './situations/situations.queries.ts';
import { destructionDe, ETATS } from './situations/situations.rules.ts';

const etats = Object.keys(ETATS) as (keyof typeof ETATS)[];
const compte = z.number().int().min(1).max(99).optional();
const profilSchema = z.strictObject({
  genre: z.string(),
  territoire: z.string(),
  cree_par: z.email(),
  durees_par: z.email(),
  /** Its text is what the digest is of; `jours`: adopted so long before the installation. */
  reglement: z.strictObject({ reference: z.string().min(3).max(200), jours: z.number().int().min(181), texte: z.string().min(20) }),
  durees: z.strictObject({ sans_suite_mois: z.number().int(), suivi_mois: z.number().int(), apres_suivi_mois: z.number().int() }),
  membres: z.array(z.strictObject({ courriel: z.email(), fonction: z.string(), phrase: z.string().min(20) })).min(2),
  situations: z.array(
    z.strictObject({
      qui: z.strictObject({ nom: z.string(), prenom: z.string(), naissance: z.string() }).optional(),
      origine: z.string(),
      difficulte: z.string(),
      etat: z.enum(etats),
      depuis: z.number().int().min(0).max(170),
      designes: z.array(z.number().int()).min(1),
      apports: z.array(z.array(z.string())),
      orientations: z.array(z.strictObject({ genre: z.string(), jours: z.number().int(), issue: z.string().optional() })),
    }),
  ),
  compteurs: z.array(
    z.strictObject({
      mois: z.number().int().min(1),
      recues: compte,
      recevables: compte,
      examinees: compte,
      suivies: compte,
      closes: compte,
      orientations: compte,
      accuses: compte,
      issues: compte,
      seances: compte,
      detruites: compte,
    }),
  ),
});
export const lireProfil = (profils: Profils) => profils.lire('cellules', profilSchema);

interface Cadre {
  contratId: number;
  profils: Profils;
  aujourdhui: string;
  charte: Charte | null;
  trousseau: Trousseau;
  organisations: ReadonlyMap<string, { nom: string; organisation: string }>;
}
const midi = (jour: string): Date => new Date(`${jour}T12:00:00Z`);

/** Says what was made; nothing when the contract has no cell, or no fictive one. */
export async function genererCelluleDemo(tx: Db, d: Cadre): Promise<string> {
  const { charte } = d;
  const profil = lireProfil(d.profils);
  const genre = charte?.genres.find((g) => g.code === profil?.genre);
  if (!profil || !charte || !genre) return 'aucune cellule fictive';
  const compteDe = async (courriel: string): Promise<string> => {
    const { rows } = await sql<{ id: string | null }>`select compte_fictif(${d.contratId}::smallint, ${courriel}) as id`.execute(tx);
    if (!rows[0]?.id) throw new Error(`La démonstration n’a pas de compte ${courriel}.`);
    return rows[0].id;
  };
  const debut = midi(plusJours(d.aujourdhui, -180));
  const celluleId =
    (await addCellule(tx, d.contratId, { genre: genre.code, territoireId: profil.territoire, creeePar: await compteDe(profil.cree_par) }, debut)) ?? '';
  const durees = { sansSuiteMois: profil.durees.sans_suite_mois, suiviMois: profil.durees.suivi_mois, apresSuiviMois: profil.durees.apres_suivi_mois };
  await setDurees(tx, d.contratId, celluleId, durees, await compteDe(profil.durees_par), debut);
  const reglement = {
    rang: 1,
    reference: profil.reglement.reference,
    adopteLe: plusJours(d.aujourdhui, -profil.reglement.jours),
    empreinte: createHash('sha256').update(profil.reglement.texte).digest('hex'),
    acte: '',
  };
  const par = { id: await compteDe(profil.cree_par), nom: d.organisations.get(profil.cree_par)?.nom ?? profil.cree_par };
  await addReglement(tx, d.contratId, celluleId, reglement, par, debut);
  const cellule = await getCellule(tx, d.contratId, celluleId);
  const texte = texteDe(charte, genre, cellule ? dureesDe(cellule) : null, reglement);
  const empreinte = empreinteDuTexte(charte.version, texte);
  await garderTexte(tx, d.contratId, { celluleId, empreinte, version: charte.version, texte }, debut);
  const cle = await creerCle();
  await setCle(tx, d.contratId, celluleId, { epoque: 1, controle: await controleDe(cle) });
  for (const m of profil.membres) {
    const qui = d.organisations.get(m.courriel);
    if (!qui) throw new Error(`La démonstration n’a pas de personne ${m.courriel}.`);
    const compteId = await compteDe(m.courriel);
    await addMembre(tx, d.contratId, {
      celluleId,
      compteId,
      nom: qui.nom,
      organisationId: qui.organisation,
      fonction: m.fonction,
      debut: plusJours(d.aujourdhui, -180),
      fin: null,
    });
  }
  const assis = await listMembres(tx, d.contratId, celluleId);
  const membres = profil.membres.flatMap((m) => assis.filter((x) => x.nom === d.organisations.get(m.courriel)?.nom));
  for (const [i, m] of membres.entries()) {
    const paire = await creerPaire();
    const publique = Buffer.from(paire.publique);
    await setPaire(tx, d.contratId, m.id, { publique, enfermee: await enfermer(paire.privee, profil.membres[i]?.phrase ?? '') });
    await setBoites(tx, d.contratId, [{ membreId: m.id, boite: await sceller(cle, publique), sceau: await sceauDe(cle, m.id, publique) }], 1);
    await addSignature(tx, d.contratId, m, { version: charte.version, empreinte }, debut);
  }
  await exigerTrousseau(tx, d.contratId, d.trousseau, debut);
  for (const s of profil.situations) {
    const id = randomUUID();
    const entree = plusJours(d.aujourdhui, -s.depuis);
    const k = await cleDeSituation(cle, await d.trousseau.creer(id));
    const naissance = s.qui ? { mois: s.qui.naissance, recul: await reculDe(k) } : null;
    const avant = { etat: 'recue' as const, le: destructionDe({ genre, durees, jour: entree, etat: 'recue', avant: null, naissance }) };
    const fin = s.etat === 'recue' ? avant.le : destructionDe({ genre, durees, jour: entree, etat: s.etat, avant, naissance });
    const empreinteDeQui = s.qui ? await empreinteDe(cle, { ...s.qui, naissance: naissanceDe(s.qui) }) : null;
    await addSituation(tx, d.contratId, {
      id,
      celluleId,
      empreinte: empreinteDeQui,
      creeeLe: entree,
      destructionLe: fin,
      aInformer: aInformer(genre),
      informationAvant: plusJours(entree, charte.information.jours),
    });
    const partenaire = partenaireDe(charte, s.origine);
    await compterOrigine(tx, d.contratId, { celluleId, annee: entree.slice(0, 4), partenaire, nombre: 1 });
    const auteur = membres[s.designes[0] ?? 0];
    if (!auteur) continue;
    const commun = { celluleId, situationId: id, cle: k, quand: midi(entree) };
    await ecrireContenu(tx, d.contratId, { ...commun, membre: auteur, groupe: 'saisine', dit: { origine: s.origine, difficulte: s.difficulte } });
    if (s.qui) await ecrireContenu(tx, d.contratId, { ...commun, membre: auteur, groupe: 'identite', dit: s.qui });
    for (const [i, codes] of s.apports.entries()) {
      const membre = membres[i];
      if (membre && codes.length > 0) await ecrireContenu(tx, d.contratId, { ...commun, membre, groupe: 'apport', dit: { codes } });
    }
    for (const i of s.designes)
      await addHabilitation(tx, d.contratId, { situationId: id, membreId: membres[i]?.id ?? auteur.id, parMembreId: auteur.id }, midi(entree));
    if (s.etat !== 'recue')
      await sql`update nominatif.situations set etat = ${s.etat}, etat_le = ${plusJours(entree, Math.min(7, s.depuis))},
        suivie_le = ${s.etat === 'suivie' ? plusJours(entree, 7) : null}::date where contrat_id = ${d.contratId} and id = ${id}::uuid`.execute(tx);
    // Nothing is followed before whoever must know was told.
    if (s.etat === 'suivie' || s.etat === 'close') {
      const le = plusJours(entree, Math.min(5, s.depuis));
      await addInformation(tx, d.contratId, { situationId: id, qui: aInformer(genre), membreId: auteur.id, le, avantLe: null });
    }
    for (const o of s.orientations) {
      const delais = charte.orientations.find((x) => x.code === o.genre);
      const faiteLe = plusJours(d.aujourdhui, -o.jours);
      // A link that nobody was given: its digest is of nothing.
      const lien = createHash('sha256').update(randomUUID()).digest();
      const limites = { accuseAvant: plusJours(faiteLe, delais?.accuse_jours ?? 14), issueAvant: plusJours(faiteLe, delais?.issue_jours ?? 60) };
      await addOrientation(tx, d.contratId, { situationId: id, celluleId, genre: o.genre, membreId: auteur.id, faiteLe, ...limites, lien });
      if (o.issue)
        await sql`update nominatif.situation_orientations set accuse_le = faite_le + 4, issue = ${o.issue}, issue_le = faite_le + 30
          where contrat_id = ${d.contratId} and lien = ${lien}`.execute(tx);
    }
  }
  await genererSeances(
    tx,
    d,
    celluleId,
    membres.map((m) => m.id),
  );
  for (const { mois, ...nombres } of profil.compteurs)
    for (const [quoi, nombre] of Object.entries({ ...nombres, accompagnees: nombres.suivies }))
      if (nombre !== undefined)
        await sql`
        insert into nominatif.cellule_compteurs (contrat_id, cellule_id, mois, quoi, nombre)
        values (${d.contratId}, ${celluleId}::uuid, to_char(${d.aujourdhui}::date - make_interval(months => ${mois}::int), 'YYYY-MM'), ${quoi}, ${nombre})`.execute(
          tx,
        );
  await figerCeJour(tx, { contratId: d.contratId, charte, jour: d.aujourdhui });
  return 'une cellule fictive';
}

/** One that was held, and one to come whose agenda waits for its items. */
async function genererSeances(tx: Db, d: Cadre, celluleId: string, membres: readonly string[]): Promise<void> {
  const [a = '', b = ''] = membres;
  const passee = plusJours(d.aujourdhui, -20);
  const id = await addSeance(tx, d.contratId, { celluleId, jour: passee, heure: '14:30', presideId: a, membreId: b }, midi(plusJours(passee, -10)));
  await sql`update nominatif.cellule_seances set ouverte_le = ${midi(passee)}, close_le = ${new Date(midi(passee).getTime() + 5_400_000)}
    where contrat_id = ${d.contratId} and id = ${id}::uuid`.execute(tx);
  await addSeance(
    tx,
    d.contratId,
    { celluleId, jour: plusJours(d.aujourdhui, 8), heure: '09:30', presideId: a, membreId: a },
    midi(plusJours(d.aujourdhui, -1)),
  );
  const examinees = (await listMesSituations(tx, d.contratId, { celluleId, membreId: b, aujourdhui: d.aujourdhui })).filter(
    (s) => s.etat === 'examinee' || s.etat === 'suivie',
  );
  await addPoints(tx, d.contratId, { seanceId: id, membreId: b, situations: examinees.map((s) => s.id) });
  await sql`update nominatif.cellule_points set ouvert_le = ${midi(passee)}, clos_le = ${new Date(midi(passee).getTime() + 1_200_000)}
    where contrat_id = ${d.contratId} and seance_id = ${id}::uuid`.execute(tx);
  for (const membreId of membres)
    await sql`insert into nominatif.cellule_presences (contrat_id, seance_id, membre_id, le, parti_le)
      values (${d.contratId}, ${id}::uuid, ${membreId}::uuid, ${midi(passee)}, ${new Date(midi(passee).getTime() + 5_400_000)})`.execute(tx);
}
