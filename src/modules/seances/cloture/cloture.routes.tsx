import { marqueDesHeures } from '../heures.rules.ts';
import { ajouterMois } from '../../echeances/index.ts';
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { rapprocher } from '../../../core/http/versions.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { jour } from '../../../ui/typographie.ts';
import { nettoyerTexte } from '../releve/contenu.rules.ts';
import { CADRE, filDe, origineDe } from '../../instances/index.ts';
import { chargerPourTenir, chargerSeance } from '../seances.contexte.ts';
import { peutAmender } from '../seances.policy.ts';
import { listParticipants, listPoints } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { buildApprobationRoutes } from './approbation.routes.ts';
import { courrielDe, dejaTraite, estPresent, exigerRelecture, siegeDe } from './cloture.contexte.ts';
import { formulaireDeRelecture, formulaireDuTexte, relectureEnregistree, texteEnregistre } from './cloture.formulaires.ts';
import { numeroter } from './cloture.rules.ts';
import { amendementSchema, buildRelectureSchema, ecartSchema, rectificationSchema, texteSchema } from './cloture.schema.ts';
import { demanderDocuments, envoyerReleve, getEtatDocuments } from './releve.documents.ts';
import { lireEtat, pageClore } from './clore.page.tsx';
import { suivreSeance } from '../suivre.ts';
import { compterPresences } from '../tenue/tenue.rules.ts';
import * as q from './cloture.queries.ts';

/** What freezing asks and that was not answered: hours out of the ordinary, presences that nobody noted. */
function aConfirmer(c: Contexte, e: Awaited<ReturnType<typeof lireEtat>>): ErreurDeChamp[] {
  const { blancs } = compterPresences(e.participants);
  return [
    ...(e.questions.length > 0 && texte(c.corps.confirme_heures) !== marqueDesHeures(e.reel)
      ? [{ champ: 'confirme_heures', message: 'Vérifiez les heures réelles : corrigez-les, ou confirmez qu’elles sont exactes.' }]
      : []),
    // Of so many: one that is added meanwhile is asked about again.
    ...(blancs > 0 && Number(texte(c.corps.confirme_presences) || 0) < blancs
      ? [{ champ: 'confirme_presences', message: 'Notez les présences qui manquent, ou confirmez que le relevé les dira « non relevées ».' }]
      : []),
  ];
}

export function buildClotureRoutes(services: ServicesSeances): Route[] {
  return [
    get('/seances/:id/clore', accesMetier, (c) => pageClore(c), { sensible: true }),

    post(
      '/seances/:id/amender',
      accesMetier,
      async (c) => {
        const s = await chargerSeance(c, true);
        const participants = await listParticipants(c.db, c.contrat.id, s.seance.id);
        const siege = siegeDe(participants, courrielDe(c));
        const o = { etat: s.seance.etat, present: estPresent(siege), ouverteJusqua: s.seance.relectureJusqua, aujourdhui: jourDe(c.maintenant) };
        if (!siege || !c.utilisateur || !peutAmender(c.utilisateur, o))
          throw interdit('Seules les personnes présentes ou représentées proposent des corrections, tant que la relecture est ouverte.');
        const lu = lire(amendementSchema, c.corps);
        if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
        const point = (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === lu.valeur.point);
        const amendement = {
          seanceId: s.seance.id,
          pointId: point?.id ?? null,
          participantId: siege.id,
          auteur: c.utilisateur.nom,
          texte: nettoyerTexte(lu.valeur.texte),
          quand: c.maintenant,
        };
        await q.addAmendement(c.db, c.contrat.id, amendement);
        await c.auditer('seance.amendee', `/seances/${s.seance.id}`);
        return redirige(`/seances/${s.seance.id}/clore#amendements`);
      },
      { creation: true },
    ),
    post('/seances/:id/amendements/:amendement/retenir', accesMetier, async (c) => {
      const s = await exigerRelecture(c);
      const ou = { seanceId: s.seance.id, id: c.params.amendement ?? '' };
      if (!(await q.closeAmendement(c.db, c.contrat.id, ou, 'retenu', ''))) throw await dejaTraite(c, ou, '');
      await c.auditer('seance.amendement_retenu', `/seances/${s.seance.id}`);
      return redirige(`/seances/${s.seance.id}/clore#amendements`);
    }),
    post('/seances/:id/amendements/:amendement/ecarter', accesMetier, async (c) => {
      const s = await exigerRelecture(c);
      const lu = lire(ecartSchema, c.corps);
      if (!lu.ok) return pageClore(c, { champs: { ...champsDe(c), amendement: c.params.amendement ?? '' }, erreurs: lu.erreurs });
      const ou = { seanceId: s.seance.id, id: c.params.amendement ?? '' };
      if (!(await q.closeAmendement(c.db, c.contrat.id, ou, 'ecarte', lu.valeur.reponse))) throw await dejaTraite(c, ou, lu.valeur.reponse);
      await c.auditer('seance.amendement_ecarte', `/seances/${s.seance.id}`);
      return redirige(`/seances/${s.seance.id}/clore#amendements`);
    }),
    /** The text of an item, corrected: 409 shows both texts when someone else wrote meanwhile. */
    post('/seances/:id/points/:point/texte', accesMetier, async (c) => {
      const s = await exigerRelecture(c);
      const lu = lire(texteSchema, c.corps);
      if (!lu.ok) return pageClore(c, { champs: { ...champsDe(c), point: c.params.point ?? '' }, erreurs: lu.erreurs });
      const point = (await listPoints(c.db, c.contrat.id, s.seance.id)).find((p) => p.id === c.params.point);
      if (!point) throw introuvable('Ce point');
      const propre = nettoyerTexte(lu.valeur.texte);
      const r = rapprocher({ ...c.corps, texte: propre }, texteEnregistre(point));
      if (r.genre === 'heurt') return page(conflictPage({ ...CADRE, fil: filDe(s.instance) }, { formulaire: formulaireDuTexte(s.seance, point), r }));
      if (propre !== point.notes) {
        await q.updateTexte(
          c.db,
          c.contrat.id,
          { seanceId: s.seance.id, pointId: point.id, version: point.notesVersion },
          { texte: propre, par: s.u.nom, quand: c.maintenant },
        );
        await c.auditer('seance.texte_corrige', `/seances/${s.seance.id}`, { point: point.rang });
      }
      return redirige(`/seances/${s.seance.id}/clore#point-${point.id}`);
    }),
    post('/seances/:id/relecture', accesMetier, async (c) => {
      const s = await exigerRelecture(c);
      const aujourdhui = jourDe(c.maintenant);
      const clore = texte(c.corps.acte) === 'clore';
      const formulaire = formulaireDeRelecture(s.seance);
      const choix = texte(c.corps['choix.jusqu_a']);
      if (choix === 'actuelle') return redirige(formulaire.retour);
      const r = rapprocher(clore ? { ...c.corps, jusqu_a: '' } : c.corps, relectureEnregistree(s.seance));
      if (r.genre === 'heurt') return page(conflictPage({ ...CADRE, fil: filDe(s.instance) }, { formulaire, r, masques: { acte: texte(c.corps.acte) } }));
      const lu = lire(buildRelectureSchema(aujourdhui, ajouterMois(aujourdhui, 2)), { ...c.corps, ...r.champs });
      if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
      if (lu.valeur.acte === 'prolonger' && lu.valeur.jusqu_a === null)
        return pageClore(c, { champs: champsDe(c), erreurs: [{ champ: 'jusqu_a', message: 'Indiquez jusqu’à quand.' }] });
      const terme = s.seance.relectureJusqua;
      const avantTerme = lu.valeur.acte === 'clore' && terme !== null && terme >= aujourdhui ? terme : null;
      if (avantTerme && texte(c.corps.confirme_relecture) !== avantTerme)
        return pageClore(c, {
          champs: champsDe(c),
          erreurs: [
            {
              champ: 'confirme_relecture',
              message: `Les présents ont jusqu’au ${jour(avantTerme)} : attendez, ou confirmez que le relevé dira cette clôture.`,
            },
          ],
        });
      const par = { nom: s.u.nom, quand: c.maintenant };
      const jusqua = lu.valeur.acte === 'clore' ? null : lu.valeur.jusqu_a;
      // Ended twice: what was said of the first time stays.
      const dite = jusqua === null && terme === null;
      if (!dite) await q.updateRelecture(c.db, c.contrat.id, { seanceId: s.seance.id, version: s.seance.version }, jusqua, par, avantTerme);
      await suivreSeance(c, s.seance);
      await c.auditer(lu.valeur.acte === 'clore' ? 'seance.relecture_close' : 'seance.relecture_prolongee', `/seances/${s.seance.id}`, {
        ...(avantTerme ? { avant_terme: code(avantTerme) } : {}),
      });
      return redirige(`/seances/${s.seance.id}/clore#approbations`);
    }),

    ...buildApprobationRoutes(services),

    /** Frozen and numbered; files and mail follow. Two people at once: the second is told. */
    post('/seances/:id/figer', accesMetier, async (c) => {
      const s = await exigerRelecture(c);
      const e = await lireEtat(c, s);
      if (e.restes.length > 0) return pageClore(c, { champs: {}, erreurs: e.restes.map((message) => ({ champ: 'figer', message })) });
      const erreurs = aConfirmer(c, e);
      if (erreurs.length > 0) return pageClore(c, { champs: champsDe(c), erreurs });
      const annee = (s.seance.jour ?? e.aujourdhui).slice(0, 4);
      const { catalogue, instance } = s;
      const t = catalogue.territoires.get(instance.territoireId);
      const sigle = (instance.type && catalogue.typesInstance.get(instance.type)?.sigle) || null;
      const premier = e.releves.at(-1);
      const rang = premier ? 0 : (await q.countNumeros(c.db, c.contrat.id, instance.id, annee)) + 1;
      const numero = premier?.numero ?? numeroter({ nom: instance.nom, sigle, territoire: t && t.id !== catalogue.racine.id ? t.court : null }, annee, rang);
      const contenu = { ...e.contenu, numero };
      const version = e.releves.length + 1;
      await q.addReleve(c.db, c.contrat.id, {
        seanceId: s.seance.id,
        version,
        numero,
        contenu,
        empreinte: e.empreinte,
        motif: s.seance.motifRectification,
        figePar: s.u.nom,
        figeLe: c.maintenant,
      });
      const quel = { seanceId: s.seance.id, version, origine: origineDe(services) };
      if (instance.confidentialite === 'restreinte')
        await envoyerReleve(c.db, c.contrat.id, { ...quel, contenu, arretePar: s.u.nom, restreinte: true, pieces: [] });
      else await demanderDocuments(c.db, c.contrat.id, { ...quel, numero, demandePar: s.u.id, quand: c.maintenant });
      await suivreSeance(c, s.seance);
      await c.auditer('seance.figee', `/seances/${s.seance.id}`, {
        numero: code(numero.replaceAll(' ', '-')),
        version,
        empreinte: code(e.empreinte),
        ...(e.questions.length > 0 ? { confirme: e.questions.length } : {}),
      });
      return redirige(`/seances/${s.seance.id}/clore`);
    }),
    /** The job that writes the files failed: once more. */
    post('/seances/:id/documents-du-releve', accesMetier, async (c) => {
      const s = await chargerPourTenir(c, true);
      const releve = (await q.listReleves(c.db, c.contrat.id, s.seance.id))[0];
      if (!releve || s.seance.etat !== 'figee') throw conflit('Seul un relevé arrêté a des documents.');
      const quel = { seanceId: s.seance.id, version: releve.version };
      if ((await getEtatDocuments(c.db, c.contrat.id, quel)).etat !== 'echec') return redirige(`/seances/${s.seance.id}/clore`);
      await demanderDocuments(c.db, c.contrat.id, { ...quel, numero: releve.numero, origine: origineDe(services), demandePar: s.u.id, quand: c.maintenant });
      await c.auditer('releve.documents_redemandes', `/seances/${s.seance.id}`, { version: releve.version });
      return redirige(`/seances/${s.seance.id}/clore`);
    }),
    post('/seances/:id/rectifier', accesMetier, async (c) => {
      const s = await chargerPourTenir(c, true);
      if (s.seance.etat !== 'figee') throw conflit('Seul un relevé arrêté se rectifie.');
      const lu = lire(rectificationSchema, c.corps);
      if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
      await q.rouvrir(c.db, c.contrat.id, s.seance.id, lu.valeur.motif);
      await suivreSeance(c, s.seance);
      await c.auditer('seance.rectifiee', `/seances/${s.seance.id}`);
      return redirige(`/seances/${s.seance.id}/clore`);
    }),
  ];
}
