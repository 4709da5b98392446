/** A mairie that learns something from anyone but the control room tells the control room: a clock runs until it is done. */
import { code } from '../../../core/trace/details.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { dernierInstant, lireHeure } from '../main-courante/entree.rules.ts';
import { demanderPourLesNoms, trouverNoms } from '../main-courante/preparer.rules.ts';
import { accesCrises, peutDireUnAvis, peutLireUnAvis, peutOuvrir } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import { AvisPage } from '../pages/AvisPage.tsx';
import { FIL, travail } from '../salle/cadre.ts';
import { addAvis, type Avis, getAvis, listAvis, transmettreAvis } from './avis.queries.ts';
import { avisSchema } from './roles.schema.ts';

export function buildAvisRoutes({ cadre }: Outils): Route[] {
  const situation = (a: Pick<Avis, 'territoireId' | 'organisationId'>) => ({ ...a, fiche: cadre.fiche });
  const lieuxDe = (c: Contexte, cat: Catalogue): string[] =>
    [...cat.territoires.keys()].filter((territoireId) => peutDireUnAvis(c.utilisateur, { territoireId, fiche: cadre.fiche }, cat.contient));
  async function ecran(
    c: Contexte,
    o: { champs?: Readonly<Record<string, string>>; erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[] } = {},
  ): Promise<Reponse> {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const u = c.utilisateur;
    const avis = (await listAvis(c.db, c.contrat.id)).filter((a) => peutLireUnAvis(u, situation(a), cat.contient));
    return page({
      ...travail,
      titre: `Prévenir ${cadre.scop.libelle}`,
      fil: FIL,
      scripts: ['main-courante.js'],
      statut: (o.erreurs ?? []).length + (o.etonnements ?? []).length > 0 ? 422 : 200,
      corps: (
        <AvisPage
          cadre={cadre}
          cat={cat}
          lieux={lieuxDe(c, cat)}
          avis={avis.map((a) => ({ ...a, ouvrable: a.criseId === null && peutOuvrir(u, { territoireId: a.territoireId, fiche: cadre.fiche }, cat.contient) }))}
          maintenant={c.maintenant}
          champs={o.champs ?? {}}
          erreurs={o.erreurs ?? []}
          etonnements={o.etonnements ?? []}
        />
      ),
    });
  }
  return [
    /** 200 what mairies learnt and what waits, for this person's places; 403. */
    get('/crises/avis', accesCrises, (c) => ecran(c), { sensible: true }),
    /** 303 the clock runs; 422 with what was typed; 403. */
    post(
      '/crises/avis',
      accesCrises,
      async (c) => {
        const cat = await getCatalogue(c.db, c.contrat.id);
        const u = c.utilisateur;
        const lieux = lieuxDe(c, cat);
        if (!u || lieux.length === 0) throw interdit('Cet écran sert aux mairies et à qui les représente. Adressez-vous à votre coordination.');
        const champs = Object.fromEntries(Object.entries(c.corps).map(([nom, v]) => [nom, texte(v)]));
        const lu = lire(avisSchema, c.corps);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        if (!lieux.includes(champs.territoire ?? '')) erreurs.push({ champ: 'territoire', message: 'Choisissez un lieu de votre ressort.' });
        if (!cadre.provenances.some((p) => p.code === champs.provenance)) erreurs.push({ champ: 'provenance', message: 'Dites de qui vient l’information.' });
        const heure = champs.heure ? lireHeure(champs.heure) : null;
        const apprisLe = champs.heure ? (heure ? dernierInstant(heure, c.maintenant) : null) : c.maintenant;
        if (!apprisLe) erreurs.push({ champ: 'heure', message: 'Écrivez une heure comme 14h05.' });
        if (!lu.ok || !apprisLe || erreurs.length > 0) return ecran(c, { champs, erreurs });
        const noms = trouverNoms(lu.valeur.objet);
        const etonnements = demanderPourLesNoms(noms).map((e) => ({ ...e, champ: 'objet' }));
        if (!estConfirme(etonnements, c.corps[CONFIRME])) return ecran(c, { champs, etonnements });
        const id = await addAvis(c.db, c.contrat.id, {
          territoireId: lu.valeur.territoire,
          apprisLe: new Date(Math.min(apprisLe.getTime(), c.maintenant.getTime())),
          canal: lu.valeur.provenance,
          objet: lu.valeur.objet,
          confirme: [...new Set(noms.map((n) => n.genre))],
          organisationId: u.organisationId,
          auteur: u.nom,
          exercice: lu.valeur.exercice === 'oui',
        });
        await c.auditer('crise.avis', `/crises/avis#a-${id}`, { territoire: code(lu.valeur.territoire), provenance: code(lu.valeur.provenance) });
        return redirige(`/crises/avis#a-${id}`);
      },
      { creation: true },
    ),
    /** 303 the clock is stopped, once; 403; 404. */
    post('/crises/avis/:avis/transmis', accesCrises, async (c) => {
      const cat = await getCatalogue(c.db, c.contrat.id);
      const u = c.utilisateur;
      const a = await getAvis(c.db, c.contrat.id, c.params.avis ?? '', true);
      if (!a || !u) throw introuvable('Cet avis');
      if (!peutLireUnAvis(u, situation(a), cat.contient)) throw interdit();
      if (a.transmisLe === null) {
        await transmettreAvis(c.db, c.contrat.id, a.id, { nom: u.nom, quand: c.maintenant });
        await c.auditer('crise.avis-transmis', `/crises/avis#a-${a.id}`, { secondes: Math.round((c.maintenant.getTime() - a.apprisLe.getTime()) / 1000) });
      }
      return redirige(`/crises/avis#a-${a.id}`);
    }),
  ];
}
