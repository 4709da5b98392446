/** One account: what it holds, and the acts that give or take a right. Each is judged by the policy; some take two people. */
import { code } from '../../../core/trace/details.ts';
import type { Mandat } from '../../../core/authorize.ts';
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { jour, pluriel } from '../../../ui/typographie.ts';
import { type Comptes, departDe, toutFermer, type VueContrat } from '../comptes.contexte.ts';
import { mandatSchema, motifSchema } from '../comptes.schema.ts';
import { peutLireRegistre } from '../dpo/dpo.policy.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { ecrireAvis } from '../connexion/avis.ts';
import { listJetons, revoquerJeton } from '../moi/jetons.queries.ts';
import { type ActeSurCompte, coordonneTout, direConfirmants, juger, peutCouper, peutGerer, peutToutVoir, rolesAccordables } from './gestion.policy.ts';
import { addMandat, type CompteGere, estVivant, fermerCompte, finirMandat, getCompteGere, getDependances, setGestionnaire } from './gestion.queries.ts';
import { direMandat, verifierMandat } from './mandats.ts';
import { ActePage, type ActePageProps } from './pages/ActePage.tsx';
import { ComptePage } from './pages/ComptePage.tsx';
import { type AProposer, cibleDe, proposer } from './propositions.ts';

type Erreurs = { champ: string; message: string }[];

export function buildCompteRoutes(k: Comptes): Route[] {
  async function charger(c: Contexte): Promise<{ compte: CompteGere; contrat: VueContrat }> {
    const compte = await getCompteGere(c.db, c.contrat.id, c.params.id ?? '');
    // Someone who may not see the organisation learns nothing of its accounts, not even that they exist.
    if (!compte || !(peutToutVoir(c.utilisateur) || peutGerer(c.utilisateur, compte.organisationId))) throw introuvable('Ce compte');
    return { compte, contrat: await k.contrat(c) };
  }
  async function pageDuCompte(c: Contexte, compte: CompteGere, contrat: VueContrat, erreurs: Erreurs = []): Promise<Reponse> {
    const cible = cibleDe(compte, jourDe(c.maintenant));
    const peut = (acte: ActeSurCompte) => juger(c.utilisateur, acte, contrat.contient).issue !== 'non';
    return page({
      titre: compte.nom,
      largeur: 'travail',
      section: 'comptes',
      statut: erreurs.length > 0 ? 422 : 200,
      fil: [{ libelle: 'Comptes', href: '/comptes' }],
      corps: (
        <ComptePage
          compte={compte}
          organisation={contrat.nomActeur(compte.organisationId)}
          direMandat={direMandat(k, contrat)}
          jetons={await listJetons(c.db, c.contrat.id, compte.id, c.maintenant)}
          peutRevoquer={peutRevoquer(c, compte)}
          erreurs={erreurs}
          champs={champsDe(c)}
          roles={rolesAccordables(c.utilisateur, compte.organisationId, cible)}
          finissables={new Set(compte.mandats.filter((m) => estVivant(m, jourDe(c.maintenant)) && peut({ genre: 'finir', cible, mandat: m })).map((m) => m.id))}
          peutFermer={peut({ genre: 'fermer', cible })}
          peutNommer={peut({ genre: 'gestionnaire', cible, oui: !compte.gestionnaire })}
          journal={peutLireRegistre(c.utilisateur)}
          territoires={contrat.territoires}
          fiches={contrat.fiches}
          registres={k.registres}
        />
      ),
    });
  }

  const peutRevoquer = (c: Contexte, compte: CompteGere): boolean =>
    compte.fermeLe === null && peutCouper(c.utilisateur, cibleDe(compte, jourDe(c.maintenant)));

  type Demande = Omit<AProposer, 'motif'> & Pick<ActePageProps, 'effets' | 'reste' | 'bouton' | 'action' | 'masques'> & { titre: string };
  const pageDeLActe = (c: Contexte, d: Demande, aDeux: boolean, erreurs: Erreurs = []): Reponse =>
    page({
      titre: d.titre,
      largeur: 'travail',
      section: 'comptes',
      statut: erreurs.length > 0 ? 422 : 200,
      fil: [
        { libelle: 'Comptes', href: '/comptes' },
        { libelle: d.compte.nom, href: `/comptes/${d.compte.id}` },
      ],
      corps: (
        <ActePage
          {...d}
          confirmants={aDeux ? direConfirmants(d.acte) : null}
          retour={`/comptes/${d.compte.id}`}
          motif={texte(c.corps.motif)}
          erreurs={erreurs}
        />
      ),
    });
  /** Judged, shown, then done at once or proposed: null when the caller may do it now. */
  async function preparer(c: Contexte, d: Demande, contrat: VueContrat): Promise<Reponse | null> {
    const jugement = juger(c.utilisateur, d.acte, contrat.contient);
    if (jugement.issue === 'non') throw interdit(jugement.pourquoi);
    if (d.compte.fermeLe) throw conflit('Ce compte est fermé.');
    const aDeux = jugement.issue === 'a-deux';
    if (c.brut.request.method === 'GET') return pageDeLActe(c, d, aDeux);
    const confirmation = exigerConfirmation(c, `/comptes/${d.compte.id}`);
    if (confirmation) return confirmation;
    if (texte(c.corps.confirme) !== '1') return pageDeLActe(c, d, aDeux);
    if (!aDeux) return null;
    const lu = lire(motifSchema, c.corps);
    if (!lu.ok) return pageDeLActe(c, d, aDeux, lu.erreurs);
    await proposer(k, c, { ...d, motif: lu.valeur.motif });
    return redirige('/comptes/propositions');
  }
  const delegations = (lues: readonly { nom: string; fin: string | null }[]): string[] =>
    lues.map((x) => `La délégation faite à ${x.nom}${x.fin ? ` (jusqu’au ${jour(x.fin)})` : ''} prend fin.`);

  async function demandeDeFin(c: Contexte, compte: CompteGere, contrat: VueContrat): Promise<Demande> {
    const cible = cibleDe(compte, jourDe(c.maintenant));
    const mandat = compte.mandats.find((m) => m.id === c.params.mandat && estVivant(m, jourDe(c.maintenant)));
    if (!mandat) throw introuvable('Ce mandat');
    const dire = direMandat(k, contrat);
    const lies = await getDependances(c.db, c.contrat.id, compte.id, jourDe(c.maintenant), c.maintenant);
    const autres = cible.mandats.filter((m) => m !== mandat);
    return {
      titre: `Mettre fin au mandat « ${dire(mandat)} »`,
      acte: { genre: 'finir', cible, mandat },
      compte,
      mandatId: mandat.id,
      charge: null,
      effets: [
        `${compte.nom} perd dès aujourd’hui ce que ce mandat ouvre : ${dire(mandat)}.`,
        ...delegations(lies.delegations.filter((x) => x.mandatId === mandat.id)),
      ],
      reste:
        autres.length > 0
          ? `Le compte reste ouvert, avec : ${autres.map(dire).join(' ; ')}.`
          : 'Le compte reste ouvert, sans mandat : il verra ce que voit le public. Ce que la personne a écrit reste.',
      bouton: 'Mettre fin à ce mandat',
      action: `/comptes/${compte.id}/mandats/${mandat.id}/fin`,
      masques: {},
    };
  }
  async function demandeDeFermeture(c: Contexte, compte: CompteGere, contrat: VueContrat): Promise<Demande> {
    const cible = cibleDe(compte, jourDe(c.maintenant));
    const dire = direMandat(k, contrat);
    const lies = await getDependances(c.db, c.contrat.id, compte.id, jourDe(c.maintenant), c.maintenant);
    return {
      titre: `Fermer le compte de ${compte.nom}`,
      acte: { genre: 'fermer', cible },
      compte,
      mandatId: null,
      charge: null,
      effets: [
        'La personne ne peut plus se connecter.',
        ...cible.mandats.map((m) => `Son mandat « ${dire(m)} » prend fin.`),
        ...delegations(lies.delegations),
        ...(compte.gestionnaire ? ['Elle ne gère plus les comptes de son organisation.'] : []),
        ...(lies.sessions > 0 ? [`${pluriel(lies.sessions, 'session ouverte', 'sessions ouvertes')} : elle en est sortie aussitôt.`] : []),
        ...(lies.jetons > 0 ? [`${pluriel(lies.jetons, 'jeton')} de l’API : ce qui s’en sert s’arrête.`] : []),
        'Ses clés d’accès, ses adresses de calendrier et les liens envoyés ne servent plus.',
        'Ses propositions qui attendent une confirmation sont retirées.',
      ],
      reste: 'Ce qu’elle a écrit reste, à son nom.',
      bouton: 'Fermer ce compte',
      action: `/comptes/${compte.id}/fermer`,
      masques: {},
    };
  }

  return [
    get(
      '/comptes/:id',
      acces.connecte,
      async (c) => {
        const { compte, contrat } = await charger(c);
        return pageDuCompte(c, compte, contrat);
      },
      { sensible: true },
    ),
    /** 303 given, or proposed · 200 what a sensitive role opens, to confirm · 422 what one may not give, or two rights that exclude each other · 403 · 404 · 409 closed */
    post(
      '/comptes/:id/mandats',
      acces.connecte,
      async (c) => {
        const { compte, contrat } = await charger(c);
        const u = c.utilisateur;
        const cible = cibleDe(compte, jourDe(c.maintenant));
        if (!u || rolesAccordables(u, compte.organisationId, cible).length === 0) throw interdit('Vous ne pouvez pas changer les droits de ce compte.');
        if (compte.fermeLe) throw conflit('Ce compte est fermé.');
        const confirmation = exigerConfirmation(c, `/comptes/${compte.id}`);
        if (confirmation) return confirmation;
        const lu = lire(mandatSchema, c.corps);
        if (!lu.ok) return pageDuCompte(c, compte, contrat, lu.erreurs);
        const v = lu.valeur;
        const erreurs = verifierMandat(k, contrat, v, jourDe(c.maintenant));
        const mandat: Mandat = { role: v.role, territoireId: v.territoire, fiche: v.fiche, registre: v.registre, fin: v.fin };
        const acte = { genre: 'accorder', cible, mandat } as const;
        const jugement = juger(u, acte, contrat.contient);
        if (jugement.issue === 'non') erreurs.push({ champ: 'role', message: jugement.pourquoi });
        if (erreurs.length > 0) return pageDuCompte(c, compte, contrat, erreurs);
        const charge = { ...mandat, registre: v.registre, debut: v.debut ?? jourDe(c.maintenant), fin: v.fin };
        if (jugement.issue === 'a-deux') {
          const dit = direMandat(k, contrat)(mandat);
          const demande: Demande = {
            titre: `Donner le mandat « ${dit} »`,
            acte,
            compte,
            mandatId: null,
            charge,
            effets: [`${compte.nom} (${contrat.nomActeur(compte.organisationId)}) recevra le mandat : ${dit}.`],
            reste: charge.fin ? `Du ${jour(charge.debut)} au ${jour(charge.fin)}.` : `À partir du ${jour(charge.debut)}, sans terme.`,
            bouton: 'Donner ce mandat',
            action: `/comptes/${compte.id}/mandats`,
            masques: Object.fromEntries(Object.entries(champsDe(c)).filter(([cle]) => cle !== 'confirme' && cle !== 'motif')),
          };
          const reponse = await preparer(c, demande, contrat);
          if (reponse) return reponse;
        }
        await addMandat(c.db, c.contrat.id, compte.id, { ...charge, accordePar: u.nom, delegueDe: null });
        await c.auditer('mandat.accorde', `/comptes/${compte.id}`, {
          role: charge.role,
          territoireId: code(charge.territoireId),
          fiche: code(charge.fiche),
          registre: code(charge.registre),
          debut: code(charge.debut),
          fin: code(charge.fin),
        });
        return redirige(`/comptes/${compte.id}`);
      },
      { creation: true },
    ),
    /** 200 what will end · 403 · 404 */
    get('/comptes/:id/mandats/:mandat/fin', acces.connecte, async (c) => {
      const { compte, contrat } = await charger(c);
      return (await preparer(c, await demandeDeFin(c, compte, contrat), contrat)) ?? redirige(`/comptes/${compte.id}`);
    }),
    /** 303 ended, or proposed · 200 what will end, to confirm · 403 rank, perimeter · 404 · 409 */
    post('/comptes/:id/mandats/:mandat/fin', acces.connecte, async (c) => {
      const { compte, contrat } = await charger(c);
      const reponse = await preparer(c, await demandeDeFin(c, compte, contrat), contrat);
      if (reponse) return reponse;
      const par = c.utilisateur?.nom ?? '';
      if (!(await finirMandat(c.db, c.contrat.id, compte.id, c.params.mandat ?? '', jourDe(c.maintenant), par))) throw introuvable('Ce mandat');
      await c.auditer('mandat.termine', `/comptes/${compte.id}`, { mandat: code(c.params.mandat) });
      return redirige(`/comptes/${compte.id}`);
    }),
    post('/comptes/:id/gestionnaire', acces.connecte, async (c) => {
      const { compte, contrat } = await charger(c);
      if (!coordonneTout(c.utilisateur)) throw interdit('Seule la coordination centrale confie ou retire la gestion des comptes.');
      const oui = texte(c.corps.oui) === '1';
      const jugement = juger(c.utilisateur, { genre: 'gestionnaire', cible: cibleDe(compte, jourDe(c.maintenant)), oui }, contrat.contient);
      if (jugement.issue === 'non') throw interdit(jugement.pourquoi);
      if (compte.fermeLe) throw conflit('Ce compte est fermé.');
      const confirmation = exigerConfirmation(c, `/comptes/${compte.id}`);
      if (confirmation) return confirmation;
      await setGestionnaire(c.db, c.contrat.id, compte.id, oui);
      await c.auditer('compte.gestionnaire', `/comptes/${compte.id}`, { oui });
      return redirige(`/comptes/${compte.id}`);
    }),
    /** One token of the account, or everything that acts in its name: 303 · 403 · 404 */
    post('/comptes/:id/jetons/:jeton/revoquer', acces.connecte, async (c) => {
      const { compte } = await charger(c);
      if (!peutRevoquer(c, compte)) throw interdit('Vous ne pouvez pas révoquer les jetons de ce compte.');
      if (!(await revoquerJeton(c.db, c.contrat.id, compte.id, c.params.jeton ?? '', c.maintenant))) throw introuvable('Ce jeton');
      await c.auditer('jeton.revoque', `/comptes/${compte.id}`, { jeton: code(c.params.jeton) });
      await ecrireAvis(c, compte, `${c.utilisateur?.nom} vient de révoquer un jeton de votre compte.`, []);
      return redirige(`/comptes/${compte.id}`);
    }),
    post('/comptes/:id/acces/fermer', acces.connecte, async (c) => {
      const { compte } = await charger(c);
      if (!peutRevoquer(c, compte)) throw interdit('Vous ne pouvez pas fermer les accès de ce compte.');
      const finis = await toutFermer(k, c, compte.id);
      await c.auditer('acces.fermes', `/comptes/${compte.id}`);
      await ecrireAvis(c, compte, `${c.utilisateur?.nom} vient de fermer tout ce qui agissait en votre nom. Votre compte reste ouvert.`, finis);
      return redirige(`/comptes/${compte.id}`);
    }),
    /** 200 what will end · 403 · 404 */
    get('/comptes/:id/fermer', acces.connecte, async (c) => {
      const { compte, contrat } = await charger(c);
      return (await preparer(c, await demandeDeFermeture(c, compte, contrat), contrat)) ?? redirige(`/comptes/${compte.id}`);
    }),
    /** 303 closed, or proposed · 200 what will end, to confirm · 403 rank, perimeter · 404 · 409 closed already */
    post('/comptes/:id/fermer', acces.connecte, async (c) => {
      const { compte, contrat } = await charger(c);
      const reponse = await preparer(c, await demandeDeFermeture(c, compte, contrat), contrat);
      if (reponse) return reponse;
      const finis = await fermerCompte(c.db, c.contrat.id, compte.id, departDe(k, c));
      await ecrireAvis(c, compte, 'Votre compte vient d’être fermé. Vos mandats et vos délégations prennent fin.', finis);
      await c.auditer('compte.ferme', `/comptes/${compte.id}`);
      return redirige(`/comptes/${compte.id}`);
    }),
  ];
}
