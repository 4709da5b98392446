/** Giving a mandate to a colleague for the time of an absence. */
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { lire, post, redirige, type Route } from '../../../core/http/http.ts';
import type { Comptes } from '../comptes.contexte.ts';
import { delegationSchema } from '../comptes.schema.ts';
import { juger } from '../gestion/gestion.policy.ts';
import { addMandat, getCompteGere } from '../gestion/gestion.queries.ts';
import { cibleDe, proposer } from '../gestion/propositions.ts';
import { type Erreurs, moi, pageDuCompte } from './moi.page.tsx';
import { listCollegues, listMandatsADeleguer } from './moi.queries.ts';

export const buildDelegationRoutes = (k: Comptes): Route[] => [
  /** 303 · 422 · a mandate is delegated within the organisation, never beyond its own end; a sensitive one is proposed */
  post(
    '/mon-compte/delegations',
    acces.connecte,
    async (c) => {
      const { u } = await moi(c);
      const confirmation = exigerConfirmation(c, '/mon-compte');
      if (confirmation) return confirmation;
      const lu = lire(delegationSchema, c.corps);
      if (!lu.ok) return pageDuCompte(k, c, lu.erreurs);
      const v = lu.valeur;
      const mandat = (await listMandatsADeleguer(c.db, c.contrat.id, u.id, jourDe(c.maintenant))).find((m) => m.id === v.mandat);
      const vers = (await listCollegues(c.db, c.contrat.id, u)).find((x) => x.id === v.compte);
      const erreurs: Erreurs = [
        ...(mandat ? [] : [{ champ: 'mandat', message: 'Choisissez un de vos mandats en vigueur.' }]),
        ...(vers ? [] : [{ champ: 'compte', message: 'Choisissez une personne de votre organisation.' }]),
        ...(v.debut < jourDe(c.maintenant) ? [{ champ: 'debut', message: 'La délégation commence aujourd’hui au plus tôt.' }] : []),
        ...(mandat?.fin && v.fin > mandat.fin ? [{ champ: 'fin', message: 'Votre mandat finit avant cette date.' }] : []),
      ];
      const compte = vers ? await getCompteGere(c.db, c.contrat.id, vers.id) : null;
      if (!mandat || !compte || erreurs.length > 0) return pageDuCompte(k, c, erreurs);
      const acte = { genre: 'deleguer', cible: cibleDe(compte, jourDe(c.maintenant)), mandat } as const;
      const jugement = juger(u, acte, (await k.contrat(c)).contient);
      if (jugement.issue === 'non') return pageDuCompte(k, c, [{ champ: 'compte', message: jugement.pourquoi }]);
      if (jugement.issue === 'a-deux') {
        const { role, territoireId, fiche, registre } = mandat;
        const charge = { role, territoireId, fiche, registre, debut: v.debut, fin: v.fin };
        await proposer(k, c, { acte, compte, mandatId: mandat.id, charge, motif: 'Délégation pendant une absence.' });
        return redirige('/comptes/propositions');
      }
      await addMandat(c.db, c.contrat.id, compte.id, { ...mandat, debut: v.debut, fin: v.fin, accordePar: u.nom, delegueDe: mandat.id });
      await c.auditer('mandat.delegue', `/comptes/${compte.id}`, { mandat: code(mandat.id), debut: code(v.debut), fin: code(v.fin) });
      return redirige('/mon-compte#delegation');
    },
    { creation: true },
  ),
];
