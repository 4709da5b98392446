/** The exercise of the demonstration, played by the engine itself: every act is written as its page would write it. */
import { code } from '../../core/trace/details.ts';
import { createHash } from 'node:crypto';
import { instantDe } from '../../core/clock.ts';
import type { Db } from '../../core/base/database.ts';
import type { Profils } from '../../core/module.ts';
import type { Catalogue } from '../contrats/index.ts';
import { listPersonas } from '../comptes/index.ts';
import { decider } from '../decisions/index.ts';
import { plusJours } from '../echeances/index.ts';
import { addCentre, addComptages, type Ligne1, setEtatDeCentre } from './centres/centres.queries.ts';
import { getCadres, lireExerciceDemo } from './conduite.demo.schema.ts';
import { addExercice, listInjects, setHorloge, traiterInject } from './exercices/exercices.queries.ts';
import { noter } from './main-courante/ecrire.ts';
import { getTete } from './main-courante/main-courante.queries.ts';
import { phrase, su } from './main-courante/phrase.rules.ts';
import { addMoyen, passerMoyen } from './moyens/moyens.queries.ts';
import { ETATS_MOYEN } from './moyens/moyens.rules.ts';
import { lireContenu } from './points/contenu.ts';
import { addPoint, signerPoint } from './points/points.queries.ts';
import { origineCrise } from './retex/retex.origine.ts';
import { addConstat, addRetex } from './retex/retex.queries.ts';
import { addActeur, addCrise, setEtat } from './salle/salle.queries.ts';
import { addEtat } from './continuite/continuite.queries.ts';
import { ETATS_DE_SERVICE } from './continuite/continuite.rules.ts';
import { court } from './soutien.schema.ts';

/** The same id at each making of the demonstration. */
const idDe = (...quoi: readonly (string | number)[]): string => {
  const h = createHash('sha256').update(quoi.join('|')).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** Nothing for a contract whose demonstration says no exercise. Returns how many rooms. */
export async function genererExerciceDemo(tx: Db, cat: Catalogue, d: { dossier: string; profils: Profils; aujourdhui: string }): Promise<number> {
  const v = lireExerciceDemo(d.profils);
  const cadres = v ? await getCadres(d.dossier) : null;
  if (!v || !cadres) return 0;
  const { cadre, soutien, scenarios } = cadres;
  const scenario = scenarios.find((s) => s.code === v.scenario);
  const utilisateur = (await listPersonas(tx, cat.contratId, d.aujourdhui)).find((p) => p.courriel === v.meneur);
  const depart = instantDe(plusJours(d.aujourdhui, -v.il_y_a), v.heure);
  const type = cadre.types.find((t) => t.code === scenario?.type);
  if (!scenario || !utilisateur || !depart || !type) return 0;
  const contratId = cat.contratId;
  const contrat = { id: contratId, slug: cat.slug };
  const a = (m: number, secondes = 0) => new Date(depart.getTime() + m * 60_000 + secondes * 1000);
  const c = (m: number) => ({ db: tx, contrat, maintenant: a(m), utilisateur, auditer: async () => {} });
  const qui = (m: number) => ({ par: utilisateur.nom, organisationId: utilisateur.organisationId, le: a(m) });

  const id = await addCrise(
    tx,
    contratId,
    { type: type.code, titre: v.titre, territoireId: v.territoire, lieu: v.lieu, fiche: cadre.fiche, exercice: true, commandement: type.commande },
    { id: utilisateur.id, quand: a(0) },
  );
  for (const x of v.acteurs)
    await addActeur(tx, contratId, id, { organisationId: x.organisation, territoireId: v.territoire, entite: x.entite }, { nom: utilisateur.nom, quand: a(0) });
  await addExercice(tx, contratId, { criseId: id, etablissementId: null, population: v.population.nombre, populationOu: v.population.ou }, scenario);
  await setHorloge(tx, contratId, id, { departLe: a(0), pauseLe: null, pausesS: 0, finLe: a(v.fin) });
  const injects = await listInjects(tx, contratId, id);

  // In the order of the clock, so that the main courante reads as it was lived.
  const actes: { m: number; faire: () => Promise<unknown> }[] = [];
  // Written by us, in a file of the contract.
  const dire = (m: number, classe: Parameters<typeof noter>[2]['classe'], contenu: string) => noter(c(m), id, { classe, contenu: phrase`${su(contenu)}` });
  actes.push({ m: 0, faire: () => dire(0, 'information', `Salle ouverte pour un exercice : ${scenario.libelle}. Exercice commencé, minute 0.`) });
  for (const s of v.suites) {
    const i = injects[s.inject - 1];
    if (!i) continue;
    actes.push({
      m: s.minute,
      faire: async () => {
        await traiterInject(tx, contratId, i.id, { le: a(s.minute), minute: s.minute, par: utilisateur.nom, organisationId: i.destinataireId, suite: s.suite });
        await dire(s.minute, 'action', `Minute ${s.minute}, « ${i.titre} » traité : ${s.suite}`);
      },
    });
  }
  for (const m of v.moyens) {
    const moyen = soutien.moyens.find((x) => x.code === m.moyen);
    const nom = moyen ? court(moyen) : m.moyen;
    let cree = { id: '', numero: 0 };
    actes.push({
      m: m.minute,
      faire: async () => {
        cree = await addMoyen(tx, contratId, { criseId: id, moyen: m.moyen, nombre: m.nombre, lieu: m.lieu, demandeurId: m.demandeur }, qui(m.minute));
        await dire(m.minute, 'moyens', `Moyen n° ${cree.numero} demandé : ${m.nombre} × ${nom}, ${m.lieu}.`);
      },
    });
    for (const [quand, etat, motif = ''] of m.pas)
      actes.push({
        m: quand,
        faire: async () => {
          await passerMoyen(tx, contratId, cree.id, { ...qui(quand), etat, motif });
          await dire(
            quand,
            'moyens',
            `Moyen n° ${cree.numero} (${m.nombre} × ${nom}, ${m.lieu}) : ${ETATS_MOYEN[etat].libelle.toLowerCase()}${motif ? `. Motif : ${motif}` : ''}.`,
          );
        },
      });
  }
  const { genre, nom: nomDuCentre, adresse, point, capacite, ouvre, ferme, guichets, besoins } = v.centre;
  const centre = {
    criseId: id,
    genre,
    parentId: null,
    nom: nomDuCentre,
    adresse,
    territoireId: v.territoire,
    lon: point?.lon ?? null,
    lat: point?.lat ?? null,
    capacite,
    creePar: utilisateur.nom,
    creeLe: a(ouvre),
  };
  let centreId = '';
  const compter = (guichet: string, recuLe: Date, lignes: readonly Ligne1[]) =>
    addComptages(tx, contratId, { centreId, guichet, parId: utilisateur.id, recuLe }, lignes);
  actes.push({
    m: ouvre,
    faire: async () => {
      centreId = await addCentre(tx, contratId, centre);
      await setEtatDeCentre(tx, contratId, centreId, 'ouvert', a(ouvre));
      await dire(ouvre, 'decision', `Centre ouvert : ${nomDuCentre}, ${adresse}.`);
      for (const g of guichets) {
        const codes = Object.entries(g.touches).flatMap(([code, n]) => Array.from({ length: n }, () => code));
        for (const [i, code] of codes.entries()) {
          const ditLe = a(g.des, i * g.chaque);
          await compter(g.guichet, ditLe, [{ id: idDe(contratId, v.scenario, g.guichet, i), quoi: 'arrivee', code, nombre: 1, annule: null, ditLe }]);
        }
      }
      const lignes = Object.entries(besoins).flatMap(([code, n]) =>
        Array.from(
          { length: n },
          (_, i): Ligne1 => ({
            id: idDe(contratId, v.scenario, 'besoin', code, i),
            quoi: 'besoin',
            code,
            nombre: 1,
            annule: null,
            ditLe: a(ouvre + 15, i * 20),
          }),
        ),
      );
      await compter(guichets[0]?.guichet ?? 'A', a(ouvre + 40), lignes);
    },
  });
  actes.push({
    m: ferme,
    faire: async () => {
      await setEtatDeCentre(tx, contratId, centreId, 'ferme', a(ferme));
      await dire(ferme, 'decision', `Centre fermé : ${nomDuCentre}, ${adresse}.`);
    },
  });
  for (const s of v.services)
    actes.push({
      m: s.minute,
      faire: async () => {
        await addEtat(tx, contratId, {
          criseId: id,
          service: s.service,
          lieu: s.lieu,
          territoireId: v.territoire,
          etat: s.etat,
          depuis: a(s.minute),
          ditPar: 'MA',
          note: s.note,
          par: utilisateur.nom,
          organisationId: utilisateur.organisationId,
          le: a(s.minute),
        });
        const libelle = soutien.services.find((x) => x.code === s.service)?.libelle ?? s.service;
        await dire(s.minute, 'information', `Service ${ETATS_DE_SERVICE[s.etat].libelle.toLowerCase()} : ${[libelle, s.lieu].filter(Boolean).join(', ')}.`);
      },
    });
  actes.push({
    m: v.point.minute,
    faire: async () => {
      const contenu = await lireContenu(tx, contratId, soutien, { criseId: id, avant: null });
      const auNumero = (await getTete(tx, contratId, id))?.numero ?? 0;
      const p = await addPoint(tx, contratId, { criseId: id, du: a(0), au: a(v.point.minute), duNumero: 0, auNumero, contenu, redigePar: utilisateur.nom });
      await signerPoint(tx, contratId, p.id, { synthese: v.point.synthese, par: utilisateur.nom, fonction: utilisateur.fonction, le: a(v.point.signe) });
      await dire(v.point.signe, 'point', `Point de situation n° ${p.numero} signé. ${v.point.synthese}`);
    },
  });
  for (const x of actes.sort((x, y) => x.m - y.m)) await x.faire();
  await dire(v.fin, 'information', `Exercice fini, minute ${v.fin}.`);
  await setEtat(tx, contratId, id, 'close', a(v.fin + 5));

  const leLendemain = 24 * 60;
  for (const k of v.retex.constats) {
    const constat = {
      criseId: id,
      temps: k.temps,
      nature: k.nature,
      texte: k.texte,
      par: utilisateur.nom,
      organisationId: utilisateur.organisationId,
      le: a(leLendemain),
    };
    const decision =
      k.nature === 'ameliorer'
        ? {
            origine: origineCrise(id),
            confidentialite: 'partenaires' as const,
            seanceId: null,
            pointId: null,
            nature: 'action' as const,
            libelle: k.decision ?? k.texte,
            responsableId: k.responsable ?? utilisateur.organisationId,
            responsableNom: '',
            responsableCourriel: '',
            echeance: plusJours(d.aujourdhui, (k.dans ?? 30) - v.il_y_a),
            fiche: k.fiche ?? null,
            ligne: null,
            territoireId: v.territoire,
          }
        : null;
    const prise = decision ? await decider(c(leLendemain), decision, utilisateur.nom, { details: { crise: code(id), exercice: true }, apres: decision }) : null;
    await addConstat(tx, contratId, { ...constat, decisionId: prise?.id ?? null });
  }
  await addRetex(tx, contratId, {
    criseId: id,
    temps: 'chaud',
    synthese: v.retex.synthese,
    participants: v.retex.participants,
    tenuLe: plusJours(d.aujourdhui, 1 - v.il_y_a),
    signePar: utilisateur.nom,
    signeLe: a(leLendemain + 60),
  });
  return 1;
}
