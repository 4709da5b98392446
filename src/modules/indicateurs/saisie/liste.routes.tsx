/** The list of what collected figures wait for. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { couper } from '../../../core/couper.ts';
import { interdit } from '../../../core/errors.ts';
import { get, numeroDePage, page, type Route, texte } from '../../../core/http/http.ts';
import { TOUT } from '../../contrats/index.ts';
import { getFormulaire } from '../formulaires.ts';
import { ChiffresPage, MOI } from '../pages/ChiffresPage.tsx';
import { type EtatDeListe, estUnEtat, getListe } from './liste.ts';

const PAR_PAGE = 50;
/** Addresses kept from before. */
const ANCIENS: Readonly<Record<string, EtatDeListe>> = { manquant: 'en_retard', connu: 'donne' };
/** Those that one opens first, where there are some. */
const DABORD: readonly EtatDeListe[] = ['en_retard', 'conteste', 'a_valider', 'attendu'];

export const listeRoutes: Route[] = [
  /** 200 what waits for this person, or for everybody; 403 for those who do not work on data. */
  get('/chiffres', accesMetier, async (c) => {
    const u = c.utilisateur;
    if (!u) throw interdit('Connectez-vous pour lire cette liste.');
    const { catalogue } = await getFormulaire(c.db, c.contrat.id);
    const demande = texte(c.requete.aupres);
    const aupres = demande === TOUT || catalogue.acteurs.has(demande) ? demande : MOI;
    const { debut, fin } = catalogue.contrat;
    const annees = Array.from({ length: Number(fin.slice(0, 4)) - Number(debut.slice(0, 4)) + 1 }, (_, i) => String(Number(fin.slice(0, 4)) - i));
    const annee = couper(texte(c.requete.periode), 4);
    const fiche = catalogue.fiches.has(texte(c.requete.fiche)) ? texte(c.requete.fiche) : '';
    const demandeEtat = texte(c.requete.etat);
    const voulu = ANCIENS[demandeEtat] ?? demandeEtat;
    const aujourdhui = jourDe(c.maintenant);
    const filtres = { aupres, fiche, periode: annees.includes(annee) ? annee : '' };
    const liste = await getListe(
      c.db,
      { u, contratId: c.contrat.id, catalogue, aujourdhui, maintenant: c.maintenant },
      { moi: aupres === MOI, organisation: aupres === MOI || aupres === TOUT ? '' : aupres, fiche, annee: filtres.periode, donnes: voulu === 'donne' },
    );
    const etat = estUnEtat(voulu) ? voulu : (DABORD.find((e) => liste[e].length > 0) ?? 'en_retard');
    const n = numeroDePage(c);
    return page({
      titre: 'Chiffres à fournir',
      largeur: 'travail',
      section: 'chiffres',
      corps: (
        <ChiffresPage
          catalogue={catalogue}
          liste={liste}
          etat={etat}
          lignes={liste[etat].slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          page={n}
          parPage={PAR_PAGE}
          filtres={filtres}
          annees={annees}
          aujourdhui={aujourdhui}
          lien={(changes) => `/chiffres?${new URLSearchParams({ ...filtres, etat, ...changes })}`}
        />
      ),
    });
  }),
];
