/**
 * From an agenda that proposes itself to a convocation that has left. Reading: whoever may read the body's sessions; acts:
 * whoever keeps it. GET 200, 404 unknown or hidden, 403; POST 303, 422 with what was typed, 409 when the state forbids it.
 */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { instantDe, jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, liste, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { jour as direJour } from '../../../ui/typographie.ts';
import { chargerInstance, limiteDeReunion, markDemandesInscrites } from '../../instances/index.ts';
import { chargerPourTenir, chargerSeance } from '../seances.contexte.ts';
import { listPoints } from '../seances.queries.ts';
import { porteeDe } from '../portee.rules.ts';
import { peutPasser } from '../seances.rules.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { envoyerAnnulation, envoyerConvocations, envoyerRetrait, envoyerSondage } from './convocation.ts';
import { ecrireLettre } from './lettre.ts';
import { documentsRoutes } from './documents.routes.tsx';
import { openDossiers } from './dossiers.ts';
import { pointsRoutes } from './points.routes.tsx';
import { cadreDePage, demandesDe, estSondee, exigerEnPreparation, lireChoisies, lireEnvoi, lireLibres, parDe, pointDe } from './preparation.contexte.ts';
import { cadreEnregistre, dateEnregistree, formulaireDeLaDate, formulaireDuCadre } from './preparation.formulaires.ts';
import { pageAnnuler, pageConvoquer, pageNouvelle, pagePreparer, pageSeance } from './preparation.pages.tsx';
import { listPropositions } from './propositions.ts';
import { recurrentsDus } from './recurrents.ts';
import {
  annulationSchema,
  buildCadreSchema,
  buildNouvelleSeanceSchema,
  cadreSansDateSchema,
  lieuSchema,
  DATES_PROPOSEES,
  type NouvelleSeance,
} from './seances.schema.ts';
import { deplacent, type MotsDuCadre, motsDe } from './cadre.ts';
import { annulerPartie, deplacerPartie } from '../partie/partie.suite.ts';
import { suivreSeance } from '../suivre.ts';
import * as seances from './seances.queries.ts';

/** A wall-clock time that the change of hour skips does not exist. */
const heureInexistante = (jour: string | null, heure: string | null): boolean => jour !== null && heure !== null && instantDe(jour, heure) === null;
/** A day after the one by which the body must meet is asked about: choosing it leaves what is owed as it is. */
async function troptard(c: Contexte, instanceId: string, jour: string | null, seanceId?: string): Promise<ErreurDeChamp[]> {
  const limite = jour === null ? null : await limiteDeReunion(c.db, c.contrat.id, instanceId, { maintenant: c.maintenant, sauf: seanceId });
  if (jour === null || limite === null || jour <= limite || texte(c.corps.confirme_jour) === jour) return [];
  return [
    { champ: 'confirme_jour', message: `Cette instance doit se réunir au plus tard le ${direJour(limite)} : choisissez un jour d’ici là, ou confirmez.` },
  ];
}
const HEURE_SAUTEE = 'Cette heure n’existe pas ce jour-là : on passe à l’heure d’été. Choisissez une heure plus tard.';

export function buildPreparationRoutes(services: ServicesSeances): Route[] {
  return [
    get('/instances/:id/seances/nouvelle', accesMetier, (c) => pageNouvelle(c, {}, [])),
    post(
      '/instances/:id/seances/nouvelle',
      accesMetier,
      async (c) => {
        const { instance, tient } = await chargerInstance(c, c.params.id, true);
        const u = c.utilisateur;
        if (!tient || !u) throw interdit('Seul le secrétariat de l’instance, son coordonnateur ou la coordination centrale prépare ses séances.');
        if (instance.confidentialite === 'nommee' || instance.closeLe !== null)
          throw conflit('Cette instance ne prépare pas de séance ici : déclarez seulement ses réunions.');
        const aujourdhui = jourDe(c.maintenant);
        const lu = lire(buildNouvelleSeanceSchema(aujourdhui), { ...c.corps, points: liste(c.corps.points) });
        const recurrents = await recurrentsDus(c.db, c.contrat.id, instance);
        const propositions = await listPropositions(c.db, c.contrat.id, instance, aujourdhui);
        const cochees = liste(c.corps.points).flatMap((cle) => propositions.find((p) => p.cle === cle) ?? []);
        const choisies = lireChoisies(champsDe(c), cochees);
        const tard = lu.ok && lu.valeur.choix === 'fixe' ? await troptard(c, instance.id, lu.valeur.jour) : [];
        const erreurs = [...(lu.ok ? heuresSautees(lu.valeur) : lu.erreurs), ...choisies.erreurs, ...tard];
        if (!lu.ok || erreurs.length > 0) return pageNouvelle(c, champsDe(c), erreurs);
        const v = lu.valeur;
        const fixe = v.choix === 'fixe';
        const seance: seances.SeanceACreer = {
          ...v,
          titre: await seances.titreAuJour(c.db, c.contrat.id, instance.id, v.titre, fixe ? v.jour : datesDe(v)[0]?.jour),
          instanceId: instance.id,
          dureeMinutes: v.duree_minutes,
          jour: fixe ? v.jour : null,
          heure: fixe ? v.heure : null,
        };
        const id = await seances.createSeance(c.db, c.contrat.id, seance, { compteId: u.id, quand: c.maintenant, aujourdhui });
        const points = [...recurrents.map(pointDe), ...choisies.points, ...lireLibres(v.libres)];
        await seances.addPoints(c.db, c.contrat.id, id, points);
        await markDemandesInscrites(c.db, c.contrat.id, instance.id, demandesDe(cochees));
        if (!fixe) {
          const dates = datesDe(v);
          await seances.addDates(c.db, c.contrat.id, id, dates);
          const envoi = await lireEnvoi(c, await chargerPourTenir({ ...c, params: { id } }));
          await envoyerSondage(c, services, envoi, dates);
        }
        await suivreSeance(c, { id, instanceId: instance.id });
        await c.auditer('seance.creee', `/seances/${id}`, { points: points.length, sondage: !fixe });
        return redirige(`/seances/${id}/preparer`);
      },
      { creation: true },
    ),

    get('/seances/:id', accesMetier, async (c) => pageSeance(c, await chargerSeance(c), services), { sensible: true }),
    get('/seances/:id/preparer', accesMetier, async (c) => pagePreparer(c), { sensible: true }),
    /** Title, place, words; on a convoked session a new date or place moves it and tells everyone. */
    post('/seances/:id/cadre', accesMetier, async (c) => {
      const s = await exigerEnPreparation(c);
      const formulaire = formulaireDuCadre(s.seance);
      const r = rapprocher(c.corps, cadreEnregistre(s.seance));
      if (r.genre === 'heurt') return page(conflictPage(cadreDePage(s), { formulaire, r }));
      const lu = s.seance.jour ? lire(buildCadreSchema(jourDe(c.maintenant)), r.champs) : lire(cadreSansDateSchema, r.champs);
      const v = lu.ok ? (lu.valeur as Parameters<typeof cadreDe>[0]) : null;
      const bouge = v?.jour && v.jour !== s.seance.jour ? v.jour : null;
      const erreurs = !lu.ok
        ? lu.erreurs
        : heureInexistante(v?.jour ?? null, v?.heure ?? null)
          ? [{ champ: 'heure', message: HEURE_SAUTEE }]
          : await troptard(c, s.instance.id, bouge, s.seance.id);
      if (!v || erreurs.length > 0) return pagePreparer(c, { champs: { ...champsDe(c), ...r.champs }, erreurs });
      const saisi = cadreDe(v);
      const nouveau = { ...saisi, titre: await seances.titreAuJour(c.db, c.contrat.id, s.instance.id, saisi.titre, saisi.jour) };
      const a = s.seance;
      const deplacee =
        a.etat === 'convoquee' && (nouveau.jour !== a.jour || nouveau.heure !== a.heure || deplacent(a, nouveau) || nouveau.dureeMinutes !== a.dureeMinutes);
      await seances.updateSeance(c.db, { contratId: c.contrat.id, id: a.id, version: a.version }, nouveau, deplacee, parDe(c));
      if (deplacee) {
        await seances.syncParticipants(c.db, c.contrat.id, { id: a.id, instanceId: a.instanceId, jour: nouveau.jour ?? a.jour ?? '' }, c.maintenant);
        await envoyerConvocations(c, services, await lireEnvoi(c, await chargerPourTenir(c)), 'deplacee');
        await seances.markJoints(c.db, c.contrat.id, a.id, c.maintenant);
      }
      await deplacerPartie(c, services, s);
      await suivreSeance(c, a);
      await c.auditer(deplacee ? 'seance.deplacee' : 'seance.modifiee', `/seances/${a.id}`, deplacee ? { de: code(a.jour), vers: code(nouveau.jour) } : {}, {
        avant: a,
        apres: nouveau,
      });
      const vers = deplacee ? `/seances/${a.id}` : `/seances/${a.id}/preparer`;
      return r.venus.length > 0 ? page(mergedPage(cadreDePage(s), formulaire, r, vers)) : redirige(vers);
    }),
    /** The date that members chose. */
    post('/seances/:id/date', accesMetier, async (c) => {
      const s = await exigerEnPreparation(c);
      const dates = await seances.listDates(c.db, c.contrat.id, s.seance.id);
      const r = rapprocher(c.corps, dateEnregistree(s.seance, dates));
      if (r.genre === 'heurt') return page(conflictPage(cadreDePage(s), { formulaire: formulaireDeLaDate(s.seance, dates), r }));
      const choisie = dates.find((d) => d.id === r.champs.date);
      if (!choisie) return pagePreparer(c, { champs: {}, erreurs: [{ champ: 'date', message: 'Choisissez une des dates proposées.' }] });
      const tard = await troptard(c, s.instance.id, choisie.jour, s.seance.id);
      if (tard.length > 0) return pagePreparer(c, { champs: { date: choisie.id }, erreurs: tard });
      const { dureeMinutes, version } = s.seance;
      const titre = await seances.titreAuJour(c.db, c.contrat.id, s.instance.id, s.seance.titre, choisie.jour);
      const cadre = { titre, dureeMinutes, ...motsDe(s.seance), jour: choisie.jour, heure: choisie.heure };
      await seances.updateSeance(c.db, { contratId: c.contrat.id, id: s.seance.id, version }, cadre, false, parDe(c));
      await deplacerPartie(c, services, s);
      await suivreSeance(c, s.seance);
      await c.auditer('seance.date_choisie', `/seances/${s.seance.id}`, { jour: code(choisie.jour) });
      return redirige(`/seances/${s.seance.id}/preparer`);
    }),

    ...pointsRoutes,

    ...documentsRoutes,

    get('/seances/:id/convoquer', accesMetier, async (c) => pageConvoquer(c, []), { sensible: true }),
    /** Freezes the sheets, then sends. Convoked already: sends again with the next SEQUENCE. */
    post('/seances/:id/convoquer', accesMetier, async (c) => {
      const s = await exigerEnPreparation(c);
      const { seance } = s;
      if (!seance.jour) return pageConvoquer(c, [{ champ: 'jour', message: 'Choisissez d’abord une date.' }]);
      if (!peutPasser(seance.etat, 'convoquee')) throw conflit('Cette séance ne peut plus être convoquée.');
      const renvoi = seance.etat === 'convoquee';
      await seances.syncParticipants(c.db, c.contrat.id, { id: seance.id, instanceId: seance.instanceId, jour: seance.jour }, c.maintenant);
      if (renvoi && texte(c.corps.qui) === 'nouveaux') return await convoquerLesNouveaux(c, services);
      const points = await listPoints(c.db, c.contrat.id, seance.id);
      if (points.length === 0) return pageConvoquer(c, [{ champ: 'points', message: 'Mettez au moins un point à l’ordre du jour.' }]);
      const lieu = texte(c.corps.lieu).trim();
      if (seance.lieu === '' && seance.visio === '') {
        const lu = lire(lieuSchema, { lieu });
        if (!lu.ok) return pageConvoquer(c, lu.erreurs);
        if (lieu === '' && texte(c.corps.sans_lieu) !== 'oui')
          return pageConvoquer(c, [{ champ: 'lieu', message: 'Indiquez le lieu, ou cochez « Convoquer sans lieu » : la lettre dira qu’il est à préciser.' }]);
        if (lieu !== '') await seances.setLieu(c.db, c.contrat.id, seance.id, lieu, parDe(c));
      }
      const dossierDe = await openDossiers(c.db, c.contrat.id, s.instance, jourDe(c.maintenant));
      const dossiers = new Map<string, Awaited<ReturnType<typeof dossierDe>>>();
      for (const p of points.filter((x) => x.dossier === null)) dossiers.set(p.id, await dossierDe(p));
      await seances.freezeDossiers(c.db, c.contrat.id, seance.id, dossiers, c.maintenant);
      await seances.markConvoquee(c.db, c.contrat.id, seance.id, c.maintenant, renvoi);
      const envoi = await lireEnvoi(c, await chargerPourTenir(c));
      const { envoyes } = await envoyerConvocations(c, services, envoi, renvoi ? 'modifiee' : 'convocation');
      await envoyerRetrait(
        c,
        services,
        envoi,
        envoi.participants.filter((p) => p.retireLe !== null && p.convoqueLe !== null && p.retireLe >= (seance.convoqueeLe ?? c.maintenant)),
      );
      await suivreSeance(c, seance);
      await c.auditer('seance.convoquee', `/seances/${seance.id}`, { envoyes, sequence: envoi.seance.sequence });
      return redirige(`/seances/${seance.id}#convocation`);
    }),
    /** Letters to print: one addressee (`participant`), or a blank one for whoever has no address. */
    get(
      '/seances/:id/convocation.pdf',
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c);
        if (!s.seance.jour) throw conflit('La date n’est pas encore choisie : il n’y a pas de convocation à imprimer.');
        return fichier(await ecrireLettre(c, services, s), { nom: `convocation-${s.seance.jour}.pdf`, type: 'application/pdf' });
      },
      { sensible: true, parMinute: 60 },
    ),
    get('/seances/:id/annuler', accesMetier, async (c) => pageAnnuler(c, '', [])),
    post('/seances/:id/annuler', accesMetier, async (c) => {
      const s = await exigerEnPreparation(c);
      const lu = lire(annulationSchema, c.corps);
      if (!lu.ok) return pageAnnuler(c, texte(c.corps.motif), lu.erreurs);
      await seances.markAnnulee(c.db, c.contrat.id, s.seance.id, lu.valeur.motif, c.maintenant);
      const envoyes = await envoyerAnnulation(c, services, await lireEnvoi(c, await chargerSeance(c)), lu.valeur.motif, await estSondee(c, s.seance));
      await annulerPartie(c, services, s);
      await suivreSeance(c, s.seance);
      await c.auditer('seance.annulee', `/seances/${s.seance.id}`, { envoyes });
      return redirige(`/seances/${s.seance.id}`);
    }),
  ];
}

/** Who was named, or got an address, after the convocation left: the same letter, to them alone. */
async function convoquerLesNouveaux(c: Contexte, services: ServicesSeances) {
  const envoi = await lireEnvoi(c, await chargerPourTenir(c));
  const { aJoindre } = porteeDe(envoi.participants);
  const { envoyes } = await envoyerConvocations(c, services, { ...envoi, participants: aJoindre }, 'convocation');
  await seances.markJoints(c.db, c.contrat.id, envoi.seance.id, c.maintenant, true);
  await suivreSeance(c, envoi.seance);
  await c.auditer('seance.convoquee', `/seances/${envoi.seance.id}`, { envoyes, sequence: envoi.seance.sequence });
  return redirige(`/seances/${envoi.seance.id}#convocation`);
}

const datesDe = (v: NouvelleSeance): { jour: string; heure: string }[] =>
  DATES_PROPOSEES.flatMap((i) => {
    const [jour, heure] = [v[`jour_${i}`], v[`heure_${i}`]];
    return jour && heure ? [{ jour, heure }] : [];
  });
const heuresSautees = (v: NouvelleSeance): ErreurDeChamp[] =>
  v.choix === 'fixe'
    ? heureInexistante(v.jour, v.heure)
      ? [{ champ: 'heure', message: HEURE_SAUTEE }]
      : []
    : DATES_PROPOSEES.flatMap((i) => (heureInexistante(v[`jour_${i}`], v[`heure_${i}`]) ? [{ champ: `heure_${i}`, message: HEURE_SAUTEE }] : []));
const cadreDe = (v: MotsDuCadre & { titre: string; duree_minutes: number; jour?: string; heure?: string }) => ({
  titre: v.titre,
  ...motsDe(v),
  dureeMinutes: v.duree_minutes,
  ...(v.jour && v.heure ? { jour: v.jour, heure: v.heure } : {}),
});
