/** A mairie that learns something from anyone but the control room tells the control room: a clock runs until it is done. */
import { code } from '../../../core/trace/details.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { CONFIRME } from '../../../ui/Confirmer.tsx';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { dernierInstant, heureQuiSurprend, lireHeure } from '../main-courante/entree.rules.ts';
import { relire } from '../main-courante/phrase.rules.ts';
import { accesCrises, peutDireUnAvis, peutLireUnAvis, peutOuvrir } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import { AvisPage } from '../pages/AvisPage.tsx';
import { FIL, travail } from '../salle/cadre.ts';
import { prevenirLaSalleDeCommandement } from '../salle/prevenir.ts';
import { addAvis, type Avis, getAvis, listAvis, transmettreAvis } from './avis.queries.ts';
import { avisSchema } from './roles.schema.ts';

const PAR_PAGE = 50;
/** Told once, in the address. */
const nombreDit = (c: Contexte, nom: string): number | null => (/^\d{1,3}$/.test(texte(c.requete[nom])) ? Number(texte(c.requete[nom])) : null);

export function buildAvisRoutes({ cadre, adresse }: Outils): Route[] {
  const situation = (a: Pick<Avis, 'territoireId' | 'organisationId'>) => ({ ...a, fiche: cadre.fiche });
  const lieuxDe = (c: Contexte, cat: Catalogue): string[] =>
    [...cat.territoires.keys()].filter((territoireId) => peutDireUnAvis(c.utilisateur, { territoireId, fiche: cadre.fiche }, cat.contient));
  async function ecran(
    c: Contexte,
    o: { champs?: Readonly<Record<string, string>>; erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[] } = {},
  ): Promise<Reponse> {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const u = c.utilisateur;
    if (!u) throw interdit();
    const n = numeroDePage(c);
    const lecteur = { u, cat, fiche: cadre.fiche };
    const { avis, enTout } = await listAvis(c.db, c.contrat.id, lecteur, { limite: PAR_PAGE, depuis: (n - 1) * PAR_PAGE, dabord: texte(c.requete.avis) });
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
          lettres={nombreDit(c, 'lettres')}
          page={n}
          enTout={enTout}
          parPage={PAR_PAGE}
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
        const champs = champsDe(c);
        const lu = lire(avisSchema, c.corps);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        if (!lieux.includes(champs.territoire ?? '')) erreurs.push({ champ: 'territoire', message: 'Choisissez un lieu de votre ressort.' });
        if (!cadre.provenances.some((p) => p.code === champs.provenance)) erreurs.push({ champ: 'provenance', message: 'Dites de qui vient l’information.' });
        const heure = champs.heure ? lireHeure(champs.heure) : null;
        const apprisLe = champs.heure ? (heure ? dernierInstant(heure, c.maintenant) : null) : c.maintenant;
        if (!apprisLe) erreurs.push({ champ: 'heure', message: 'Écrivez une heure comme 14h05.' });
        else if (apprisLe > c.maintenant) erreurs.push({ champ: 'heure', message: 'Cette heure n’est pas encore passée. Vide, c’est maintenant.' });
        if (!lu.ok || !apprisLe || erreurs.length > 0) return ecran(c, { champs, erreurs });
        const surprise = heure ? heureQuiSurprend(heure, apprisLe, c.maintenant, null) : null;
        const relus = relire(
          { objet: lu.valeur.objet },
          { sigles: cat.sigles, confirme: c.corps[CONFIRME], aussi: surprise ? [{ champ: 'heure', message: surprise }] : [] },
        );
        if (!relus.ok) return ecran(c, { champs, etonnements: relus.etonnements });
        const id = await addAvis(c.db, c.contrat.id, {
          territoireId: lu.valeur.territoire,
          apprisLe,
          canal: lu.valeur.provenance,
          objet: lu.valeur.objet,
          confirme: [...relus.relus.objet.genres],
          organisationId: u.organisationId,
          auteur: u.nom,
          exercice: lu.valeur.exercice === 'oui',
        });
        await c.auditer('crise.avis', `/crises/avis#a-${id}`, { territoire: code(lu.valeur.territoire), provenance: code(lu.valeur.provenance) });
        const ecrits = await prevenirLaSalleDeCommandement(
          c,
          { adresse, cadre, cat },
          { territoireId: lu.valeur.territoire, exercice: lu.valeur.exercice === 'oui', chemin: `/crises/avis?avis=${id}#a-${id}` },
        );
        return redirige(`/crises/avis?avis=${id}&lettres=${ecrits}#a-${id}`);
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
      return redirige(`/crises/avis?avis=${a.id}#a-${a.id}`);
    }),
  ];
}
