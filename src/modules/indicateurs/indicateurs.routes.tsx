import { acces, accesMetier } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route, texte } from '../../core/http/http.ts';
import { TOUT } from '../contrats/index.ts';
import { type Cadre, cadrer } from './cadre.ts';
import { getFigures } from './chiffres.ts';
import type { Chiffre, ValeurCollectee } from './chiffres.rules.ts';
import { type FormulaireDeContrat, getFormulaire } from './formulaires.ts';
import { autreQueLAuteur, peutContester, peutListerFaits, peutOuvrirFait, peutTrancher, peutValider, peutVoirSaisie } from './indicateurs.policy.ts';
import { ChiffresPage, type LigneDeChiffre } from './pages/ChiffresPage.tsx';
import { PreuvePage } from './pages/PreuvePage.tsx';
import { csvDeLaPreuve, csvDesFaits } from './preuve/export.ts';
import { getPreuve } from './preuve/preuve.ts';
import { casesPermises } from './saisie/saisie.cadre.ts';
import { saisieRoutes } from './saisie/saisie.routes.tsx';
import { validationRoutes } from './saisie/validation.routes.tsx';
import type { SourceDeFaits } from './sources.ts';

const CSV = 'text/csv; charset=utf-8';
const PAR_PAGE = 50;

const preuveDe = (c: Contexte, k: Cadre) =>
  getPreuve(c.db, c.contrat.id, k.f, {
    mesureId: k.mesure.id,
    periode: k.periode,
    territoireId: k.territoireId,
    page: numeroDePage(c),
    partenaire: peutVoirSaisie(c.utilisateur),
    aujourdhui: jourDe(c.maintenant),
    peutLister: (s) => peutListerFaits(c.utilisateur, s),
  });

/** Years of the contract up to this one, the latest first, with their halves for half-yearly measures. */
function periodesOuvertes(f: FormulaireDeContrat, aujourdhui: string, semestres: boolean): string[] {
  const premiere = Number(f.catalogue.contrat.debut.slice(0, 4));
  const derniere = Math.min(Number(f.catalogue.contrat.fin.slice(0, 4)) + 1, Number(aujourdhui.slice(0, 4)));
  const annees = Array.from({ length: Math.max(derniere - premiere + 1, 1) }, (_, i) => String(Math.max(derniere, premiere) - i));
  return semestres ? annees.flatMap((a) => [a, `${a}-S2`, `${a}-S1`]) : annees;
}

export const routes: Route[] = [
  /** 200 the list of collected figures with their state; 403 for those who do not work on data. */
  get('/chiffres', accesMetier, async (c) => {
    const f = await getFormulaire(c.db, c.contrat.id);
    const cat = f.catalogue;
    const periodes = periodesOuvertes(f, jourDe(c.maintenant), false);
    const demandee = texte(c.requete.periode);
    const periode = periodes.includes(demandee) ? demandee : (periodes[1] ?? periodes[0] ?? '');
    // What one's own organisation owes comes first; `aupres=tous` shows everybody's.
    const sienne = [...f.mesures.values()].some((m) => m.obtention !== 'calcul' && m.aupres.includes(c.utilisateur?.organisationId ?? ''));
    const demande = texte(c.requete.aupres) || (sienne ? (c.utilisateur?.organisationId ?? '') : TOUT);
    const aupres = demande === TOUT || !cat.acteurs.has(demande) ? '' : demande;
    const filtres = { periode, etat: texte(c.requete.etat) || 'manquant', fiche: texte(c.requete.fiche), aupres: aupres || TOUT };
    const mesures = [...f.mesures.values()].filter(
      (m) => m.obtention !== 'calcul' && (!filtres.fiche || m.fiche === filtres.fiche) && (!aupres || m.aupres.includes(aupres)),
    );
    const figures = await getFigures(c.db, c.contrat.id, f, {
      mesures: mesures.map((m) => m.id),
      periodes: [periode],
      territoireId: cat.racine.id,
      aire: null,
      ensemble: 'recent',
      aujourdhui: jourDe(c.maintenant),
    });
    const etatDe = (x: Chiffre) => (x.etat === 'zero' || x.etat === 'valeur' ? 'connu' : x.etat);
    const lignes = mesures.flatMap((mesure): LigneDeChiffre[] => {
      const chiffre = figures.get(periode)?.get(mesure.id);
      if (!chiffre || (filtres.etat !== 'tous' && etatDe(chiffre) !== filtres.etat)) return [];
      return [{ mesure, periode, chiffre, peutSaisir: casesPermises(c.utilisateur, cat, mesure).length > 0 }];
    });
    const n = numeroDePage(c);
    const lien = (changes: Record<string, string>) => `/chiffres?${new URLSearchParams({ ...filtres, ...changes })}`;
    return page({
      titre: 'Chiffres à fournir',
      largeur: 'travail',
      section: 'chiffres',
      corps: (
        <ChiffresPage
          catalogue={cat}
          sienne={sienne ? (c.utilisateur?.organisationId ?? null) : null}
          lignes={lignes.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          total={lignes.length}
          page={n}
          parPage={PAR_PAGE}
          filtres={filtres}
          periodes={periodes}
          lien={lien}
        />
      ),
    });
  }),
  /** 200 the proof of one figure, public; 404 unknown measure, period or territory. */
  get('/chiffres/:mesure', acces.public, async (c) => {
    const k = await cadrer(c);
    const preuve = await preuveDe(c, k);
    const u = c.utilisateur;
    const vise = { ...k.mesure, territoireId: k.territoireId };
    const { contient } = k.f.catalogue;
    const droits = {
      ouvrir: (s: SourceDeFaits) => peutOuvrirFait(u, s),
      saisir: casesPermises(u, k.f.catalogue, k.mesure).some((x) => k.f.catalogue.contient(k.territoireId, x.territoireId)),
      valider: peutValider(u, vise, contient),
      contester: peutContester(u, vise, contient),
      trancher: peutTrancher(u, vise, contient),
      dAutrui: (v: ValeurCollectee) => u !== null && autreQueLAuteur(u, v),
      voirSaisie: peutVoirSaisie(u),
    };
    return page({
      titre: k.mesure.court,
      section: 'barometre',
      fil: [
        { libelle: 'Baromètre', href: '/barometre' },
        { libelle: `Fiche ${k.mesure.fiche}`, href: `/fiches/${k.mesure.fiche}` },
      ],
      corps: <PreuvePage preuve={preuve} formulaire={k.f} page={numeroDePage(c)} droits={droits} connecte={u !== null} />,
    });
  }),
  get('/chiffres/:mesure/evolution.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    return fichier(csvDeLaPreuve(await preuveDe(c, k), k.f.catalogue), {
      nom: `${k.mesure.id}-${k.periode}.csv`,
      type: CSV,
      licence: k.f.catalogue.contrat.licence,
    });
  }),
  /** 200 exactly the records counted; 403 when the register is not public and the reader does not work on the contract. */
  get('/chiffres/:mesure/enregistrements.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    const preuve = await preuveDe(c, k);
    const a = preuve.atomes.find((x) => x.source.nom === texte(c.requete.source)) ?? preuve.atomes[0];
    if (!a) throw introuvable('Cette liste');
    if (!peutListerFaits(c.utilisateur, a.source)) throw interdit('Ce registre n’est pas public. Connectez-vous avec un mandat sur ce contrat.');
    return fichier(csvDesFaits(c.db, c.contrat.id, a, k.periode, k.f.catalogue.aire(k.territoireId), k.f.catalogue), {
      nom: `${k.mesure.id}-${k.periode}-enregistrements.csv`,
      type: CSV,
      // What only partners read is nobody's to reuse.
      ...(a.source.publique ? { licence: k.f.catalogue.contrat.licence } : {}),
    });
  }),
  ...saisieRoutes,
  ...validationRoutes,
];
