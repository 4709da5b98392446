/** Reviews, promises, end and publication of an act. GET 200, 403, 404; POST 303, 409 somebody did it meanwhile, 422 with what was typed, 403, 404. */
import { accesMetier, auTravail } from '../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../core/errors.ts';
import { type Contexte, get, liste, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { code } from '../../core/trace/details.ts';
import { CONFIRME, estConfirme } from '../../ui/Confirmer.tsx';
import { auteurDe, type Charge, charger, chargerPourEcrire } from './conventions.contexte.ts';
import { suivreActes } from './conventions.dus.ts';
import { denonceElleMeme, parlePourElle, peutConfirmer, peutPublier, peutRepondre, peutTenir } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { effetDe, ISSUES, prochainDu, sOuvre } from './conventions.rules.ts';
import { buildDenonciationSchema, buildFaitSchema, buildRevueSchema, engagementSchema } from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { etonnementsDeFin, refusDeFin } from './fin.ts';
import { ecran, exigerEnCours, lireOu, ou, pourLire, vers } from './formulaires.ts';
import { annoncerAuxParties, type Outils, suivreLesRemplaces } from './lettres.ts';
import { direDit, direPromesse } from './mots.ts';
import { EngagementFormPage, EngagementPage, FinPage, RevueFormPage } from './pages/SuiviPages.tsx';
import { dire, ecrire, parolesDe, parties } from './paroles.ts';
import { addMotDeParole, type ParoleDite } from './paroles.queries.ts';

interface ChargeDEngagement extends Charge {
  engagement: q.Engagement;
  prochain: string | null;
  /** What was said of it, in the name of who promised it. */
  paroles: readonly ParoleDite[];
  parElle: boolean;
}
interface ChargeDeFin extends Charge {
  restent: readonly q.Partie[];
  tient: boolean;
  /** Parties that whoever reads speaks for. */
  siennes: readonly string[];
  /** The word on which its denunciation rests. */
  dite: ParoleDite | undefined;
  /** Why whoever reads does not take it back; empty when they may. */
  seule: string;
}
const REVUE = ecran('Noter une revue', RevueFormPage);
const NOUVEL_ENGAGEMENT = ecran('Ajouter un engagement', EngagementFormPage);
const UN_ENGAGEMENT = ecran('Un engagement', EngagementPage);
const FIN = ecran('Finir l’acte', FinPage);
/** Who keeps the act ends it for those that stay, and waits for their word; a party that signed says so for itself. Of a charter, it leaves. */
async function chargerFin(c: Contexte, verrou = false): Promise<ChargeDeFin> {
  const s = await charger(c, verrou);
  const restent = (await q.listParties(c.db, c.contrat.id, [s.acte.id])).filter((p) => p.retireeLe === null);
  const tient = peutTenir(c.utilisateur, s.tenu, s.catalogue.contient);
  const siennes = restent.flatMap((p) => (denonceElleMeme(s, p, c.utilisateur) ? [p.organisationId ?? ''] : []));
  if (!tient && siennes.length === 0)
    throw interdit(
      sOuvre(s.acte.nature)
        ? 'Une charte est finie par qui la tient. Pour en sortir, notez le retrait de votre organisation.'
        : 'Un acte est dénoncé par une partie qui l’a signé, ou par qui le tient.',
    );
  const dite = s.acte.denonciationId ? (await parolesDe(c, s)).find((p) => p.id === s.acte.denonciationId) : undefined;
  const sienne = dite ? parlePourElle(c.utilisateur, s.tenu, dite.genre, dite.de || null, s.catalogue.contient) : false;
  const libre = s.acte.denonceeLe === null || sienne || (tient && !dite?.de);
  const autrui = dite?.de
    ? `Cet acte est dénoncé par ${s.catalogue.nomActeur(dite.de)} : elle seule revient sur ce qu’elle a dit.`
    : 'Cette dénonciation est annulée par qui tient l’acte.';
  return { ...s, restent, tient, siennes, dite, seule: libre ? '' : autrui };
}

async function chargerEngagement(c: Contexte, verrou = false): Promise<ChargeDEngagement> {
  const s = await charger(c, verrou);
  const engagement = (await q.listEngagements(c.db, c.contrat.id, [s.acte.id])).find((e) => e.id === c.params.engagementDActe);
  if (!engagement || !auTravail(c.utilisateur)) throw introuvable('Cet engagement');
  if (!peutRepondre(c.utilisateur, s.tenu, engagement.organisationId, s.catalogue.contient))
    throw interdit('Un engagement est dit tenu par celle qui l’a pris, ou par qui tient l’acte.');
  const prochain = prochainDu(
    engagement,
    engagement.faits.map((f) => f.du_le),
  );
  const paroles = (await parolesDe(c, s)).filter((p) => p.objetId === engagement.id);
  return { ...s, engagement, prochain, paroles, parElle: peutConfirmer(c.utilisateur, s.tenu, engagement.organisationId, s.catalogue.contient) };
}
/** Who denounces: who keeps the act when nobody is named, an organisation that is a party, or one that is in no directory. */
function quiDenonce(s: ChargeDeFin, par: string): { de: string; nom: string } | null {
  const de = par || s.acte.porteurId;
  if (de === s.acte.porteurId || s.acte.organisations.includes(de)) return { de, nom: s.catalogue.nomActeur(de) };
  const libre = s.restent.find((p) => p.id === par && p.organisationId === null);
  return libre ? { de: '', nom: libre.nom } : null;
}
export const buildSuiviRoutes = (o: Outils): Route[] => [
  get('/conventions/:convention/revues/nouvelle', accesMetier, async (c) => REVUE.montrer(c, await pourLire(c))),
  post(
    '/conventions/:convention/revues/nouvelle',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c);
      exigerEnCours(s);
      const refuser = REVUE.refuser(c, s);
      const effet = effetDe(s.acte);
      if (effet === null) return refuser([{ champ: 'jour', message: 'Cet acte n’est pas encore signé par toutes ses parties : sa revue vient après.' }]);
      const { valeur: v, erreurs } = lireOu(c, buildRevueSchema(s.aujourdhui, effet), ['jour', 'issue', 'texte']);
      if (!v) return refuser(erreurs);
      const revue = await w.addRevue(c.db, ou(c, s), v, auteurDe(c));
      if (revue === null) return refuser([{ champ: 'jour', message: 'Une revue est déjà notée ce jour-là.' }]);
      const demandees = await parties(c, s);
      await dire(
        c,
        o,
        s,
        demandees.map((de) => ({ genre: 'revue', objet: revue, de, jour: v.jour, texte: ISSUES[v.issue] })),
      );
      await suivreActes(c, [s.acte.id]);
      await c.auditer('convention.revue', `/conventions/${s.acte.id}`, { issue: v.issue, jour: code(v.jour) }, { apres: v });
      return vers(s, 'revues');
    },
    { creation: true },
  ),
  get('/conventions/:convention/engagements/nouveau', accesMetier, async (c) => NOUVEL_ENGAGEMENT.montrer(c, await pourLire(c))),
  post(
    '/conventions/:convention/engagements/nouveau',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c);
      exigerEnCours(s);
      const { valeur: v, erreurs } = lireOu(c, engagementSchema, ['libelle', 'organisation', 'du_le', 'tous_les_mois']);
      const refuser = NOUVEL_ENGAGEMENT.refuser(c, s);
      if (!v) return refuser(erreurs);
      if (!s.catalogue.acteurs.has(v.organisation))
        return refuser([{ champ: 'organisation', message: 'Cette organisation n’est pas dans l’annuaire du contrat.' }]);
      if (v.organisation !== s.acte.porteurId && !s.acte.organisations.includes(v.organisation))
        return refuser([{ champ: 'organisation', message: 'Seule une partie à l’acte, ou qui le tient, promet par lui : ajoutez-la d’abord aux parties.' }]);
      const effet = effetDe(s.acte) ?? s.acte.effet;
      if (effet !== null && v.du_le < effet) return refuser([{ champ: 'du_le', message: 'Ce jour vient avant la date d’effet de l’acte.' }]);
      const id = await w.addEngagement(c.db, ou(c, s), v, auteurDe(c));
      await dire(c, o, s, [{ genre: 'promesse', objet: id, de: v.organisation, jour: v.du_le, texte: v.libelle }]);
      await suivreActes(c, [s.acte.id]);
      await c.auditer('convention.engagement', `/conventions/${s.acte.id}`, { engagement: code(id), organisation: code(v.organisation) }, { apres: v });
      return vers(s, 'engagements');
    },
    { creation: true },
  ),
  get('/conventions/:convention/engagements/:engagementDActe', accesMetier, async (c) => UN_ENGAGEMENT.montrer(c, await chargerEngagement(c))),
  post('/conventions/:convention/engagements/:engagementDActe', accesMetier, async (c) => {
    const s = await chargerEngagement(c, true);
    const { engagement } = s;
    const sansSuite = direPromesse(s.paroles.filter((p) => p.genre === 'promesse').map((p) => p.etat));
    if (sansSuite) throw conflit(`De cet engagement, ${sansSuite}. Rechargez la page.`);
    const refuser = UN_ENGAGEMENT.refuser(c, s);
    if (texte(c.corps.acte) === 'arreter') {
      if (!peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)) throw interdit('Un engagement est arrêté par qui tient l’acte.');
      if (!(await w.arreterEngagement(c.db, { ...ou(c, s), engagement: engagement.id }, s.aujourdhui)))
        throw conflit('Cet engagement est déjà arrêté. Rechargez la page.');
      await suivreActes(c, [s.acte.id]);
      const promis = `« ${engagement.libelle} », promis par ${s.catalogue.nomActeur(engagement.organisationId)}`;
      await annoncerAuxParties(c, o, s.catalogue, s.acte, `Engagement arrêté : ${s.acte.titre}`, `a arrêté l’engagement ${promis}`);
      await c.auditer('convention.engagement', `/conventions/${s.acte.id}`, { engagement: code(engagement.id), arrete: true });
      return vers(s, 'engagements');
    }
    const { valeur: v, erreurs } = lireOu(c, buildFaitSchema(s.aujourdhui), ['jour', 'preuve', 'du_le']);
    if (!v) return refuser(erreurs);
    if (v.du_le !== s.prochain) throw conflit('Ce jour est déjà dit tenu, ou l’engagement s’est arrêté. Rechargez la page.');
    const dit = { genre: 'tenu', objet: engagement.id, de: engagement.organisationId, jour: v.du_le, faitLe: v.jour, texte: v.preuve } as const;
    const { ids, compte } = await dire(c, o, s, [dit]);
    if (compte) await ecrire(c, s, { ...dit, objetId: dit.objet, id: ids[0] ?? '' });
    await suivreActes(c, [s.acte.id]);
    await c.auditer('convention.fait', `/conventions/${s.acte.id}`, { engagement: code(engagement.id), du: code(v.du_le), fait: code(v.jour) }, { apres: v });
    return vers(s, 'engagements');
  }),
  get('/conventions/:convention/fin', accesMetier, async (c) => FIN.montrer(c, await chargerFin(c))),
  post('/conventions/:convention/fin', accesMetier, async (c) => {
    const s = await chargerFin(c, true);
    const annule = texte(c.corps.acte) === 'annuler';
    if (annule !== (s.acte.denonceeLe !== null))
      throw conflit(annule ? 'Aucune dénonciation n’est notée : quelqu’un l’a déjà annulée.' : 'Cet acte est déjà dénoncé : rechargez la page.');
    const refuser = FIN.refuser(c, s);
    const { dite } = s;
    if (annule && s.seule) throw interdit(s.seule);
    const refus = annule ? null : refusDeFin(s.acte, null, s.aujourdhui);
    if (refus) return refuser([{ champ: 'jour', message: refus }]);
    const { valeur: v, erreurs } = annule ? { valeur: null, erreurs: null } : lireOu(c, buildDenonciationSchema(effetDe(s.acte)), ['jour', 'motif', 'par']);
    if (erreurs) return refuser(erreurs);
    // A party says so of itself alone, whatever the form sends.
    const qui = v ? quiDenonce(s, s.tient || s.siennes.includes(v.par) ? v.par : (s.siennes[0] ?? '')) : null;
    if (v && !qui) return refuser([{ champ: 'par', message: 'Choisissez une partie qui reste à l’acte, ou qui le tient.' }]);
    const tard = v ? etonnementsDeFin(s.acte, v.jour, s.aujourdhui) : [];
    if (!estConfirme(tard, c.corps[CONFIRME])) return refuser([], tard);
    const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
    if (v && qui) {
      const dit = { genre: 'denonciation', objet: s.acte.id, de: qui.de, jour: v.jour, texte: qui.de ? v.motif : `${v.motif} (${qui.nom})` } as const;
      const { ids, compte } = await dire(c, o, s, [dit]);
      if (compte) {
        await ecrire(c, s, { ...dit, objetId: s.acte.id, faitLe: null, id: ids[0] ?? '' });
        await annoncerAuxParties(c, o, s.catalogue, s.acte, `Dénonciation : ${s.acte.titre}`, `a noté : ${qui.nom}, ${direDit(dit)}`, qui.de);
      }
    } else {
      if (dite) await addMotDeParole(c.db, c.contrat.id, dite, { acte: 'annulee', etat: 'annulee', parElle: dite.de !== '', motif: '' }, auteurDe(c));
      await w.denoncer(c.db, ou(c, s), null, auteurDe(c));
      await annoncerAuxParties(c, o, s.catalogue, s.acte, `Dénonciation annulée : ${s.acte.titre}`, 'a annulé la dénonciation qui était notée');
    }
    await suivre(s.acte);
    await c.auditer(
      'convention.denoncee',
      `/conventions/${s.acte.id}`,
      { annule, jour: code(v?.jour ?? null), apres_preavis: tard.length > 0 },
      v ? { apres: v } : undefined,
    );
    return redirige(`/conventions/${s.acte.id}`);
  }),
  post('/conventions/:convention/publier', accesMetier, async (c) => {
    const s = await charger(c, true);
    if (!peutPublier(c.utilisateur)) throw interdit('Un acte est rendu public par la coordination de tout le contrat.');
    const publique = texte(c.corps.acte) === 'publier';
    const servis = liste(c.corps.fichiers);
    const fichiers = (await q.listVersions(c.db, c.contrat.id, [s.acte.id])).filter((v) => v.fichierId && servis.includes(v.id)).map((v) => v.id);
    const choisit = texte(c.corps.acte) === 'choisir';
    if (choisit) {
      if (s.acte.publieeLe === null) throw conflit('Cet acte n’est plus public : ses fichiers ne sont servis à personne d’autre que les partenaires.');
      await w.choisirFichiers(c.db, ou(c, s), fichiers, auteurDe(c));
      await c.auditer('convention.publiee', `/conventions/${s.acte.id}`, { publique: true, fichiers: fichiers.length });
      return redirige(`/conventions/${s.acte.id}#publication`);
    }
    if (publique === (s.acte.publieeLe !== null)) throw conflit(publique ? 'Cet acte est déjà public.' : 'Cet acte est déjà restreint.');
    await w.publier(c.db, ou(c, s), publique, publique ? fichiers : [], auteurDe(c));
    await c.auditer('convention.publiee', `/conventions/${s.acte.id}`, { publique, fichiers: publique ? fichiers.length : 0 });
    return redirige(`/conventions/${s.acte.id}`);
  }),
];
