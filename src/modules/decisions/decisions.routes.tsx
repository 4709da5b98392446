/** Decisions and actions followed to their end. GET 200, 404 unknown or hidden; POST 303, 422 with what was typed, 403, 404, 409. */
import { couper } from '../../core/couper.ts';
import { code } from '../../core/trace/details.ts';
import { lireEnsemble } from '../../core/base/database.ts';
import { acces, accesMetier } from '../../core/authorize.ts';
import type { Services } from '../../core/module.ts';
import { jourDe } from '../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable, siIntrouvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, lire, liste, page, post, redirige, type Route, texte, champsDe } from '../../core/http/http.ts';
import { estCompteFerme, refuserAdressesFermees } from '../comptes/index.ts';
import { choisirLieu, getCatalogue, TOUT } from '../contrats/index.ts';
import { type Curseur, estInstant, lireCurseur } from '../../core/http/cursors.ts';
import { exporterCsv, parcourir } from '../../core/http/export.ts';
import { choixDeCharge, estUnSiege, lireCharge } from './charge.rules.ts';
import { buildDecisionRoutes } from './decision.routes.tsx';
import { updateChargeDecision } from './decisions.queries.ts';
import { ETATS_DECISION, type EtatDecision, NATURES, numeroEcrit } from './decisions.rules.ts';
import { buildDecisionSchema, lotSchema } from './decisions.schema.ts';
import { countDecisions, type FiltresDecisions, listDecisions, requeteDesDecisions } from './listes.queries.ts';
import { DecisionsPage } from './pages/DecisionsPage.tsx';
import { NouvelleDecisionPage } from './pages/NouvelleDecisionPage.tsx';
import { relancer } from '../echeances/index.ts';
import { sourceDecisions } from './decisions.dus.ts';
import { cadre, chargerDecision, FIL, origineDite, siegesDe } from './decisions.contexte.ts';
import { decider, suivreDecisions } from './ecrire.ts';
import { chargerOrigine, type LecteurDeDecisions, listOrigines, origineDe } from './origines.ts';
import { direFait, seul } from './suite.rules.ts';

const PAR_PAGE = 50;

/** `2026-07-01T08:00:00.000Z_<id>`: the last row already shown. */
const lireApres = (v: string): Curseur | null => lireCurseur(v, estInstant);

async function lireFiltres(c: Contexte) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const u = c.utilisateur;
  if (!u) throw interdit();
  const q = (nom: string) => couper(texte(c.requete[nom]), 200);
  const parmi = <T extends string>(v: string, permis: readonly T[]): T | '' => permis.find((x) => x === v) ?? '';
  // What is one's own, of one origin or of one commitment is of no place in particular.
  const demandee = origineDite(c.requete);
  const partout = demandee !== null || ['qui', 'ligne', 'fiche'].some((nom) => q(nom) !== '');
  const lieu = choisirLieu(u, q('territoire') || (partout ? TOUT : ''), catalogue);
  const champs = {
    qui: parmi(q('qui'), ['moi', 'mon-organisation'] as const),
    responsable: catalogue.acteurs.has(q('responsable')) ? q('responsable') : '',
    fiche: catalogue.fiches.has(q('fiche')) ? q('fiche') : '',
    ligne: catalogue.lignes.has(q('ligne')) ? q('ligne') : '',
    territoire: lieu.champ,
    etat: parmi(q('etat'), ['ouvertes', ...(Object.keys(ETATS_DECISION) as EtatDecision[])] as const),
    retard: parmi(q('retard'), ['oui'] as const),
    nature: parmi(q('nature'), Object.keys(NATURES) as (keyof typeof NATURES)[]),
    q: q('q'),
    vue: parmi(q('vue'), ['tableau'] as const),
  };
  const filtres: FiltresDecisions = {
    qui: champs.qui || undefined,
    origine: demandee ?? undefined,
    responsable: champs.responsable || undefined,
    fiche: champs.fiche || undefined,
    ligne: champs.ligne || undefined,
    territoires: lieu.territoires,
    etat: champs.etat || undefined,
    retard: champs.retard === 'oui',
    nature: champs.nature || undefined,
    q: champs.q || undefined,
  };
  const lecteur: LecteurDeDecisions = { u, catalogue, aujourdhui: jourDe(c.maintenant) };
  return { catalogue, champs, filtres, lieu, lecteur, demandee };
}

async function pageDecisions(c: Contexte, o: { erreurs?: readonly ErreurDeChamp[]; statut?: number } = {}) {
  const { catalogue, champs, filtres, lieu, lecteur, demandee } = await lireFiltres(c);
  const tableau = champs.vue === 'tableau';
  const [lignes, comptes, origine, tenues] = await lireEnsemble(c.db, [
    () => listDecisions(c.db, c.contrat.id, lecteur, filtres, tableau ? null : lireApres(texte(c.requete.apres)), tableau ? 200 : PAR_PAGE + 1),
    () => countDecisions(c.db, c.contrat.id, lecteur, filtres),
    () => (demandee ? chargerOrigine(c, demandee).catch(siIntrouvable(null)) : null),
    () => tenuesDe(c),
  ]);
  const dite: Record<string, string> = demandee ? { [demandee.genre]: demandee.id } : {};
  const lien = (changes: Record<string, string>) =>
    `/decisions?${new URLSearchParams(Object.entries({ ...champs, ...dite, ...changes }).filter(([, v]) => v !== ''))}`;
  const derniere = tableau ? undefined : lignes[PAR_PAGE - 1];
  return page({
    ...cadre,
    titre: 'Décisions',
    statut: o.statut ?? (o.erreurs && o.erreurs.length > 0 ? 422 : 200),
    corps: (
      <DecisionsPage
        catalogue={catalogue}
        lignes={tableau ? lignes : lignes.slice(0, PAR_PAGE)}
        comptes={comptes}
        filtres={champs}
        lieu={lieu}
        origine={origine}
        demandee={dite}
        lien={lien}
        suite={!tableau && lignes.length > PAR_PAGE && derniere ? lien({ apres: `${derniere.creeLe.toISOString()}_${derniere.id}` }) : null}
        tenue={(d) => tenues.get(d.origineGenre)?.has(d.origineId) ?? false}
        aujourdhui={lecteur.aujourdhui}
        erreurs={o.erreurs ?? []}
        message={direFait(texte(c.requete.fait))}
      />
    ),
  });
}

/** What this person keeps, by kind. */
async function tenuesDe(c: Contexte): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const tenues = new Map<string, ReadonlySet<string>>();
  for (const o of listOrigines()) tenues.set(o.genre, await o.tenues(c));
  return tenues;
}

/** What a new decision comes from, for who may write it. */
async function chargerPourDecider(c: Contexte, champs: Readonly<Record<string, unknown>>, verrou = false) {
  const dite = origineDite(champs);
  if (!dite) throw introuvable('L’origine de cette décision');
  const origine = await chargerOrigine(c, dite, { verrou });
  if (!origine.tient || !c.utilisateur) throw interdit(`${seul(origineDe(dite.genre).mots.auteurs)} écrit ses décisions.`);
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  return { origine, u: c.utilisateur, catalogue, sieges: await siegesDe(c, origine) };
}

async function pageNouvelle(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[]) {
  const { origine, catalogue, sieges } = await chargerPourDecider(c, origineDite(c.requete) ? c.requete : c.corps);
  return page({
    ...cadre,
    titre: 'Ajouter une décision',
    fil: FIL,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <NouvelleDecisionPage {...{ origine, catalogue, champs, erreurs, choix: choixDeCharge(catalogue, origine.territoireId, sieges) }} />,
  });
}

const ENTETE_CSV = [
  'numero',
  'nature',
  'instance',
  'libelle',
  'responsable',
  'echeance',
  'etat',
  'dite_par',
  'condition',
  'preuve',
  'motif',
  'fiche',
  'engagement',
  'territoire',
];

export const buildDecisionsRoutes = (services: Pick<Services, 'adresse' | 'coffre'>): Route[] => [
  get('/decisions', accesMetier, (c) => pageDecisions(c), { sensible: true }),
  get(
    '/decisions.csv',
    accesMetier,
    async (c) => {
      const { catalogue, filtres, lecteur } = await lireFiltres(c);
      const paquets = parcourir(c.db, requeteDesDecisions(c.contrat.id, lecteur, filtres, null, null));
      const contenu = exporterCsv(paquets, ENTETE_CSV, (d) => [
        numeroEcrit(d),
        NATURES[d.nature],
        d.origine,
        d.libelle,
        catalogue.nomActeurA(d.responsableId, d.territoireId),
        d.echeance,
        ETATS_DECISION[d.etat],
        [d.ditePar, d.diteOrganisation === null ? '' : catalogue.nomActeur(d.diteOrganisation)].filter(Boolean).join(', '),
        d.condition,
        d.preuve,
        d.motif,
        d.fiche,
        d.ligne,
        catalogue.territoires.get(d.territoireId)?.nom ?? d.territoireId,
      ]);
      return fichier(contenu, { nom: 'decisions.csv', type: 'text/csv; charset=utf-8' });
    },
    { sensible: true },
  ),
  get('/decisions/nouvelle', acces.connecte, (c) => pageNouvelle(c, {}, [])),
  post(
    '/decisions/nouvelle',
    acces.connecte,
    async (c) => {
      const { origine, u, catalogue, sieges } = await chargerPourDecider(c, c.corps, true);
      const lu = lire(buildDecisionSchema(catalogue, origine.territoireId), lireCharge(c.corps, sieges));
      if (!lu.ok) return pageNouvelle(c, champsDe(c), lu.erreurs);
      const v = lu.valeur;
      const fermees = estUnSiege(c.corps) ? [] : await refuserAdressesFermees(c.db, c.contrat.id, { responsable_courriel: v.responsable_courriel });
      if (fermees.length > 0) return pageNouvelle(c, champsDe(c), fermees);
      const decision = {
        origine: { genre: origine.genre, id: origine.id },
        confidentialite: origine.confidentialite,
        seanceId: null,
        pointId: null,
        nature: v.nature,
        libelle: v.libelle,
        responsableId: v.responsable,
        responsableNom: v.responsable_nom,
        responsableCourriel: v.responsable_courriel,
        echeance: v.echeance,
        fiche: v.fiche,
        ligne: v.ligne,
        territoireId: origine.territoireId,
      };
      const creee = await decider(c, decision, u.nom, { details: { [origine.genre]: code(origine.id) }, apres: decision });
      return redirige(`/decisions/${creee?.id}`);
    },
    { creation: true },
  ),
  /** The lines ticked: a new date, or a reminder now. Each is checked; those of what the person does not keep are refused together. */
  post('/decisions/lot', accesMetier, async (c) => {
    // Each box says which version the person saw: one that someone changed since is left as it is, and named.
    const vues = new Map(
      liste(c.corps.decision)
        .slice(0, 200)
        .map((v): [string, string] => [v.split(':')[0] ?? '', v.split(':')[1] ?? '']),
    );
    const lu = lire(lotSchema, c.corps);
    if (vues.size === 0) return pageDecisions(c, { erreurs: [{ champ: 'decision', message: 'Cochez au moins une ligne.' }] });
    if (!lu.ok) return pageDecisions(c, { erreurs: lu.erreurs });
    if (lu.valeur.acte === 'echeance' && !lu.valeur.echeance)
      return pageDecisions(c, { erreurs: [{ champ: 'echeance', message: 'Indiquez la nouvelle échéance.' }] });
    let faites = 0;
    const laissees: string[] = [];
    for (const [id, vue] of [...vues].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { decision: d, tient, mots, u } = await chargerDecision({ ...c, params: { id } }, true);
      if (!tient) throw interdit(`Vous ne tenez pas ${mots.le} de l’une de ces décisions : décochez-la. Rien n’a été changé.`);
      if (vue !== String(d.version)) {
        laissees.push(`${numeroEcrit(d)} (${d.modifiePar})`);
        continue;
      }
      if (d.closeLe !== null) continue;
      if (lu.valeur.acte === 'echeance') {
        const charge = {
          libelle: d.libelle,
          responsableId: d.responsableId,
          responsableNom: d.responsableNom,
          responsableCourriel: d.responsableCourriel,
          echeance: lu.valeur.echeance ?? null,
        };
        await updateChargeDecision(c.db, { contratId: c.contrat.id, id: d.id, version: d.version }, charge, { auteur: u.nom, quand: c.maintenant });
        faites += 1;
      } else {
        // What is owed first stands as the decision says.
        await suivreDecisions(c, [d.id]);
        const rappel = { contratId: c.contrat.id, source: sourceDecisions, sujet: d.id, maintenant: c.maintenant };
        faites += await relancer(c.db, { ...rappel, estParti: estCompteFerme, ...services });
      }
    }
    await suivreDecisions(c, [...vues.keys()]);
    await c.auditer(lu.valeur.acte === 'echeance' ? 'decision.echeance' : 'decision.relancee', '/decisions', { nombre: faites });
    const fait = `${lu.valeur.acte}-${faites}`;
    if (laissees.length > 0)
      return pageDecisions(c, {
        erreurs: [
          { champ: 'decision', message: `${direFait(fait)} Laissées, car modifiées entre-temps : ${laissees.join(', ')}. Relisez-les et recommencez.` },
        ],
        statut: 409,
      });
    return redirige(`/decisions?fait=${fait}`);
  }),
  ...buildDecisionRoutes(services.adresse),
];
