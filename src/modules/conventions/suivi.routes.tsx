/** Reviews, promises, end and publication of an act. GET 200, 403, 404; POST 303, 409 somebody did it meanwhile, 422 with what was typed, 403, 404. */
import { accesMetier, auTravail } from '../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../core/errors.ts';
import { type Contexte, get, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { code } from '../../core/trace/details.ts';
import { CONFIRME, estConfirme } from '../../ui/Confirmer.tsx';
import { jour } from '../../ui/typographie.ts';
import { auteurDe, type Charge, charger, chargerPourEcrire } from './conventions.contexte.ts';
import { suivreActes } from './conventions.dus.ts';
import { peutPublier, peutRepondre, peutTenir } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { effetDe, etatDe, prochainDu, termeAcquis } from './conventions.rules.ts';
import { buildDenonciationSchema, buildFaitSchema, buildRevueSchema, engagementSchema } from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { ecran, exigerEnCours, lireOu, ou, pourLire, vers } from './formulaires.ts';
import { type Outils, suivreLesRemplaces } from './lettres.ts';
import { EngagementFormPage, EngagementPage, FinPage, RevueFormPage } from './pages/SuiviPages.tsx';

interface ChargeDEngagement extends Charge {
  engagement: q.Engagement;
  prochain: string | null;
}
const REVUE = ecran('Noter une revue', RevueFormPage);
const NOUVEL_ENGAGEMENT = ecran('Ajouter un engagement', EngagementFormPage);
const UN_ENGAGEMENT = ecran('Un engagement', EngagementPage);
const FIN = ecran('Finir l’acte', FinPage);

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
  return { ...s, engagement, prochain };
}
/** The renewal was acquired: it ceases before only if it was said in time, and noted late. */
function etonnementsDeFin(s: Charge, le: string): ErreurDeChamp[] {
  const acquis = termeAcquis(s.acte, le, s.aujourdhui);
  if (!acquis) return [];
  const { avant, apres } = acquis;
  return [
    {
      champ: 'jour',
      message: `Le préavis a passé le ${jour(avant.limite)} sans dénonciation notée : l’acte est reconduit jusqu’au ${jour(apres.fin)}. Il ne cesse le ${jour(le)} que s’il a été dénoncé au plus tard le ${jour(avant.limite)}.`,
    },
  ];
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
      if (!(await w.addRevue(c.db, ou(c, s), v, auteurDe(c)))) return refuser([{ champ: 'jour', message: 'Une revue est déjà notée ce jour-là.' }]);
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
      const effet = effetDe(s.acte) ?? s.acte.effet;
      if (effet !== null && v.du_le < effet) return refuser([{ champ: 'du_le', message: 'Ce jour vient avant la date d’effet de l’acte.' }]);
      const id = await w.addEngagement(c.db, ou(c, s), v, auteurDe(c));
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
    const refuser = UN_ENGAGEMENT.refuser(c, s);
    if (texte(c.corps.acte) === 'arreter') {
      if (!peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)) throw interdit('Un engagement est arrêté par qui tient l’acte.');
      if (!(await w.arreterEngagement(c.db, { ...ou(c, s), engagement: engagement.id }, s.aujourdhui)))
        throw conflit('Cet engagement est déjà arrêté. Rechargez la page.');
      await suivreActes(c, [s.acte.id]);
      await c.auditer('convention.engagement', `/conventions/${s.acte.id}`, { engagement: code(engagement.id), arrete: true });
      return vers(s, 'engagements');
    }
    const { valeur: v, erreurs } = lireOu(c, buildFaitSchema(s.aujourdhui), ['jour', 'preuve', 'du_le']);
    if (!v) return refuser(erreurs);
    if (v.du_le !== s.prochain || !(await w.addFait(c.db, { contratId: c.contrat.id, engagement: engagement.id }, v, auteurDe(c))))
      throw conflit('Ce jour est déjà dit tenu, ou l’engagement s’est arrêté. Rechargez la page.');
    await suivreActes(c, [s.acte.id]);
    await c.auditer('convention.fait', `/conventions/${s.acte.id}`, { engagement: code(engagement.id), du: code(v.du_le), fait: code(v.jour) }, { apres: v });
    return vers(s, 'engagements');
  }),
  get('/conventions/:convention/fin', accesMetier, async (c) => FIN.montrer(c, await pourLire(c))),
  post('/conventions/:convention/fin', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    const annule = texte(c.corps.acte) === 'annuler';
    if (annule !== (s.acte.denonceeLe !== null))
      throw conflit(annule ? 'Aucune dénonciation n’est notée : quelqu’un l’a déjà annulée.' : 'Cet acte est déjà dénoncé : rechargez la page.');
    const refuser = FIN.refuser(c, s);
    if (!annule && effetDe(s.acte) === null) return refuser([{ champ: 'jour', message: 'Cet acte ne lie encore personne : il n’y a rien à dénoncer.' }]);
    if (!annule && etatDe(s.acte, s.aujourdhui) === 'echue') return refuser([{ champ: 'jour', message: 'Cet acte est échu : il ne lie déjà plus personne.' }]);
    const { valeur: v, erreurs } = annule ? { valeur: null, erreurs: null } : lireOu(c, buildDenonciationSchema(effetDe(s.acte)), ['jour', 'motif']);
    if (erreurs) return refuser(erreurs);
    const tard = v ? etonnementsDeFin(s, v.jour) : [];
    if (!estConfirme(tard, c.corps[CONFIRME])) return refuser([], tard);
    const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
    await w.denoncer(c.db, ou(c, s), v, auteurDe(c));
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
    if (publique === (s.acte.publieeLe !== null)) throw conflit(publique ? 'Cet acte est déjà public.' : 'Cet acte est déjà restreint.');
    await w.publier(c.db, ou(c, s), publique, auteurDe(c));
    await c.auditer('convention.publiee', `/conventions/${s.acte.id}`, { publique });
    return redirige(`/conventions/${s.acte.id}`);
  }),
];
