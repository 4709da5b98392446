/** What waits for a second pair of eyes: the list, and the answers. */
import { type EnPages, enPages } from '../../../core/http/list-page.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, page, post, redirige, type Reponse, type Route } from '../../../core/http/http.ts';
import type { Comptes } from '../comptes.contexte.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { direConfirmants, peutConfirmer, peutOuvrirGestion, peutVoirPropositions } from './gestion.policy.ts';
import { getCompteGere } from './gestion.queries.ts';
import { direMandat } from './mandats.ts';
import { acteDe, direActe, type ReponseAProposition, repondre } from './propositions.ts';
import { estOuverte, listPropositions } from './propositions.queries.ts';
import { PropositionsPage, type PropositionVue } from './pages/PropositionsPage.tsx';

const CHEMIN = '/comptes/propositions';
const PAR_PAGE = 50;

export function buildPropositionsRoutes(k: Comptes): Route[] {
  async function lire(c: Contexte): Promise<{ ouvertes: PropositionVue[]; closes: EnPages<PropositionVue> }> {
    const contrat = await k.contrat(c);
    const dire = direMandat(k, contrat);
    const u = c.utilisateur;
    const toutes = await listPropositions(c.db, c.contrat.id, peutVoirPropositions(u) ? null : (u?.id ?? null), c.maintenant);
    const closes = enPages(
      c,
      toutes.filter((p) => !estOuverte(p, c.maintenant)),
      PAR_PAGE,
    );
    const lues = [...toutes.filter((p) => estOuverte(p, c.maintenant)), ...closes.lignes];
    const comptes = new Map(
      await Promise.all([...new Set(lues.map((p) => p.compteId))].map(async (id) => [id, await getCompteGere(c.db, c.contrat.id, id)] as const)),
    );
    const vues = lues.map((p) => {
      const compte = comptes.get(p.compteId);
      const ouverte = estOuverte(p, c.maintenant);
      const acte = compte && ouverte ? acteDe(p, compte, jourDe(c.maintenant)) : null;
      const mandat = p.charge ?? compte?.mandats.find((m) => m.id === p.mandatId) ?? null;
      return {
        ...p,
        quoi: direActe({ genre: p.genre, nom: p.compteNom, mandat }, dire),
        confirmants: acte ? direConfirmants(acte) : '',
        peutConfirmer: acte !== null && peutConfirmer(u, { acte, proposePar: p.proposePar }, contrat.contient),
        peutRetirer: ouverte && p.proposePar === u?.id,
      };
    });
    const ouverte = (p: PropositionVue) => estOuverte(p, c.maintenant);
    return { ouvertes: vues.filter(ouverte), closes: { ...closes, lignes: vues.filter((p) => !ouverte(p)) } };
  }
  /** 303 · 403 one's own proposal, or no right to answer · 404 · 409 answered already, expired, or no longer possible */
  const reponse = (r: ReponseAProposition): Route =>
    post(`${CHEMIN}/:id/${r}`, acces.connecte, async (c): Promise<Reponse> => {
      const confirmation = exigerConfirmation(c, CHEMIN);
      if (confirmation) return confirmation;
      await repondre(k, c, c.params.id ?? '', r);
      return redirige(CHEMIN);
    });
  return [
    /** 200 all of them for the coordination, the DPO and the administrator; for anybody else, those that they made or that concern them */
    get(
      CHEMIN,
      acces.connecte,
      async (c) => {
        const gere = peutOuvrirGestion(c.utilisateur);
        return page({
          titre: 'À confirmer',
          largeur: 'travail',
          section: gere ? 'comptes' : 'mon-compte',
          fil: [gere ? { libelle: 'Comptes', href: '/comptes' } : { libelle: 'Mon compte', href: '/mon-compte' }],
          corps: <PropositionsPage gere={gere} {...(await lire(c))} />,
        });
      },
      { sensible: true },
    ),
    reponse('confirmer'),
    reponse('refuser'),
    reponse('retirer'),
  ];
}
