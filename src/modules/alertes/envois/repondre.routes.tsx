/**
 * Answering without an account, by the link of a letter: looking shows, sending acts. A link that decides serves once; one that answers serves
 * as long as the alert does, and its last answer counts. It dies with the address it went to and with the line of its holder.
 * GET 200, 404; POST 303; 409 once it has served or the alert is over, with what was done; 422 with what was typed; 404.
 */
import { acces } from '../../../core/authorize.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { motifSchema } from '../alerte/actes.routes.tsx';
import { getAlerte } from '../alerte/alertes.queries.ts';
import { accuser, cocher, diffuser, ecarter, REPONSES, type ReponseDAccuse } from '../alerte/conduire.ts';
import { dejaDit } from '../alerte/deja.rules.ts';
import { listPoints, type Point } from '../alerte/points.queries.ts';
import { expedierEnsuite, type Outillage } from '../alertes.contexte.ts';
import { RepondrePage } from '../pages/RepondrePage.tsx';
import { type Envoi, getEnvoi, getInscritDeLEnvoi, listMemeAdresse, repondre } from './envois.queries.ts';
import { compterQuiSeraPrevenu } from './prevenir.ts';
import { ditLesFaits, lienDe, lireLien, sujetDe } from './lettres.rules.ts';

const CHEMIN = '/alertes/repondre/:envoiId/:cachet';

const estFait = (p: Pick<Point, 'faitLe' | 'celluleLe'>): boolean => p.faitLe !== null || p.celluleLe !== null;
export function buildRepondreRoutes(k: Outillage): Route[] {
  /** The alert first, then the row: everybody takes them in this order. */
  async function ouvrir(c: Contexte) {
    const recu = c.params.cachet ?? '';
    const tenir = c.brut.request.method === 'POST';
    const lu = await getEnvoi(c.db, c.contrat.id, c.params.envoiId ?? '');
    const inscrit = lu && (await getInscritDeLEnvoi(c.db, c.contrat.id, lu.id));
    const scelle = (e: Envoi) => ({ ...e, courriel: inscrit?.courriel ?? '' });
    if (!lu || lu.genre === 'fin' || !inscrit || inscrit.retireLe || !lireLien(k.coffre, scelle(lu), recu)) throw introuvable('Cette page');
    const alerte = await getAlerte(c.db, c.contrat.id, lu.alerteId, tenir);
    const envoi = tenir ? await getEnvoi(c.db, c.contrat.id, lu.id, true) : lu;
    const usage = envoi && lireLien(k.coffre, scelle(envoi), recu);
    if (!alerte || !envoi || !usage) throw introuvable('Cette page');
    const cat = await getCatalogue(c.db, c.contrat.id);
    const point = envoi.genre === 'point' ? (await listPoints(c.db, c.contrat.id, alerte.id)).find((p) => p.code === envoi.pour) : undefined;
    // Told that it climbed, one answers what one was asked before.
    const demande = envoi.genre === 'palier' ? (await listMemeAdresse(c.db, c.contrat.id, envoi))[0] : undefined;
    return { alerte, envoi, demande, point, cat, courriel: inscrit.courriel, sert: usage === 'present' };
  }
  type Ouvert = Awaited<ReturnType<typeof ouvrir>>;
  const montrer = async (c: Contexte, o: Ouvert, suite: { statut?: number; dit?: string; erreur?: string } = {}): Promise<Reponse> =>
    page({
      titre: sujetDe(o.cat, o.alerte),
      sobre: true,
      statut: suite.statut ?? 200,
      corps: (
        <RepondrePage
          catalogue={o.cat}
          reglement={k.reglement}
          alerte={o.alerte}
          envoi={o.demande ?? o.envoi}
          point={o.point}
          sert={o.sert}
          faits={ditLesFaits(o.alerte, o.envoi, c.maintenant)}
          prevenus={o.envoi.genre === 'validation' && o.alerte.etat === 'a-valider' ? await compterQuiSeraPrevenu(c, k.reglement, o.cat, o.alerte) : 0}
          ici={`/alertes/repondre/${o.envoi.id}/${c.params.cachet}`}
          maintenant={c.maintenant}
          dit={suite.dit ?? ''}
          champs={champsDe(c)}
          erreur={suite.erreur}
        />
      ),
    });
  const suivant = (o: Ouvert) => redirige(lienDe(k.coffre, { ...o.envoi, courriel: o.courriel, reponses: o.envoi.reponses + 1 }));

  return [
    get(
      CHEMIN,
      acces.public,
      async (c) => {
        const o = await ouvrir(c);
        c.noterLecture(`/alertes/${o.alerte.id}`, { organisationId: o.envoi.organisationId, titre: `lien d’alerte ${o.envoi.id}` });
        const { alerte: a, envoi: e } = o;
        const decidee = o.sert && e.genre === 'validation' && a.etat !== 'a-valider' && e.reponse === null;
        return montrer(c, o, decidee ? { dit: dejaDit(a) } : {});
      },
      { parMinute: 60, secrete: true },
    ),
    post(
      CHEMIN,
      acces.public,
      async (c) => {
        const o = await ouvrir(c);
        const { alerte: a, envoi: e } = o;
        if (!o.sert) return montrer(c, o, { statut: 409, dit: 'Ce lien a déjà servi : votre réponse est gardée.' });
        if (e.genre === 'validation') {
          if (a.etat !== 'a-valider') return montrer(c, o, { statut: 409, dit: dejaDit(a) });
          const qui = { nom: e.nom, organisationId: e.organisationId };
          const decision = texte(c.corps.decision);
          if (decision !== 'valider' && decision !== 'ecarter') return montrer(c, o, { statut: 422, erreur: 'Dites si elle part ou si elle est écartée.' });
          const motif = motifSchema.safeParse(texte(c.corps.motif));
          if (decision === 'ecarter' && !motif.success) return montrer(c, o, { statut: 422, erreur: motif.error.issues[0]?.message ?? '' });
          await repondre(c.db, c.contrat.id, [e.id], decision === 'valider' ? 'valide' : 'ecarte', c.maintenant);
          if (decision === 'valider') await diffuser(c, k, o.cat, a, { validation: 'garde', qui });
          else await ecarter(c, k, o.cat, a, motif.data ?? '', qui);
          expedierEnsuite(c, k);
          return suivant(o);
        }
        if (e.genre === 'point') {
          if (!o.point || a.doublonDe || a.erreurLe) return montrer(c, o, { statut: 409, dit: 'Cette alerte ne compte plus : rien n’est attendu de vous.' });
          if (estFait(o.point)) return montrer(c, o, { statut: 409, dit: 'Ce point est déjà dit fait.' });
          if (texte(c.corps.reponse) !== 'fait') return montrer(c, o, { statut: 422, erreur: 'Dites quand c’est fait.' });
          await repondre(c.db, c.contrat.id, [e.id], 'fait', c.maintenant);
          await cocher(c, a.id, o.point.code, '', { nom: e.nom, organisationId: e.organisationId });
          return suivant(o);
        }
        if (a.etat !== 'diffusee') return montrer(c, o, { statut: 409, dit: 'Cette alerte est levée : elle n’attend plus de réponse.' });
        const reponse = texte(c.corps.reponse);
        if (!Object.hasOwn(REPONSES, reponse)) return montrer(c, o, { statut: 422, erreur: 'Choisissez une réponse.' });
        await accuser(c, k, await listMemeAdresse(c.db, c.contrat.id, e), reponse as ReponseDAccuse);
        return suivant(o);
      },
      { parMinute: 30, secrete: true },
    ),
  ];
}
