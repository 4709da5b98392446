import { acces } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable } from '../../core/errors.ts';
import { blocksOf } from '../../core/house.ts';
import type { House } from '../../core/module.ts';
import { type Contexte, fichier, get, numeroDePage, page, type Route, texte } from '../../core/http/http.ts';
import { type Cadre, cadrer } from './cadre.ts';
import type { ValeurCollectee } from './chiffres.rules.ts';
import {
  autreQueLAuteur,
  enDirectDe,
  peutConfirmer,
  peutContester,
  peutListerFaits,
  peutOuvrirFait,
  peutProposer,
  peutRetirerContestation,
  peutSigner,
  peutTrancher,
  peutValider,
  peutVoirSaisie,
  repondPour,
} from './indicateurs.policy.ts';
import { listVersionsDeMethode } from './methodes/methodes.queries.ts';
import { PreuvePage } from './pages/PreuvePage.tsx';
import { csvDeLaPreuve, csvDesFaits } from './preuve/export.ts';
import { getPreuve, type Preuve } from './preuve/preuve.ts';
import { type Case, genreDe } from './saisie/grain.rules.ts';
import { formatPeriode } from '../../ui/typographie.ts';
import { reglesRoutes } from './qualite/regles.routes.tsx';
import { listeRoutes } from './saisie/liste.routes.tsx';
import { peutEtreConfirmee, peutEtreContestee } from './saisie/parole.rules.ts';
import { casesPermises, viser } from './saisie/saisie.cadre.ts';
import { saisieRoutes } from './saisie/saisie.routes.tsx';
import { validationRoutes } from './saisie/validation.routes.tsx';
import { contreValeursRoutes } from './signature/contre-valeurs.routes.tsx';
import type { Dispute } from './signature/contre-valeurs.ts';
import { concernes, getSignature } from './signature/signature.ts';
import { SignatureBlocs } from './signature/SignatureBlocs.tsx';
import { verrousRoutes } from './signature/verrous.routes.tsx';
import type { SourceDeFaits } from './sources.ts';

const CSV = 'text/csv; charset=utf-8';

const preuveDe = (c: Contexte, k: Cadre) =>
  getPreuve(c.db, c.contrat.id, k.f, {
    mesureId: k.mesure.id,
    periode: k.periode,
    territoireId: k.territoireId,
    page: numeroDePage(c),
    partenaire: peutVoirSaisie(c.utilisateur),
    aujourdhui: jourDe(c.maintenant),
    peutLister: (s) => peutListerFaits(c.utilisateur, s),
    enDirect: enDirectDe(c.utilisateur),
  });

/** What this person may do of counter-values on that page. */
function droitsDeSignature(c: Contexte, k: Cadre, preuve: Preuve) {
  const { catalogue } = k.f;
  const u = c.utilisateur;
  const propose = (x: Case) => peutProposer(u, viser(catalogue, k.mesure, x), concernes(catalogue, k.mesure), catalogue.contient);
  return {
    mesure: k.mesure,
    catalogue,
    voirSaisie: peutVoirSaisie(u),
    proposables:
      genreDe(k.mesure) === 'nombre' ? (preuve.contributions?.lignes ?? []).filter((v) => v.courante && v.etat !== 'secret' && propose(v)).slice(0, 60) : [],
    peutRegler: ({ contre: x }: Dispute) =>
      u !== null &&
      peutTrancher(u, { fiche: k.mesure.fiche, territoireId: x.territoireId }, catalogue.contient) &&
      autreQueLAuteur(u, { saisiParId: x.parId, saisiPar: x.par, saisiParOrganisation: x.organisation }),
    peutRetirer: ({ contre: x }: Dispute) => u !== null && x.organisation === u.organisationId && propose(x),
  };
}

/** Where its page stands: in the barometer, or beside it. */
const dans = ({ mesure: m, periode, f }: Cadre) =>
  f.catalogue.suivis.has(m.id)
    ? ({
        titre: `${m.court}, ${formatPeriode(periode)}`,
        section: 'chiffres',
        fil: [{ libelle: 'Chiffres de suivi', href: '/chiffres/suivis' }],
      } as const)
    : ({
        titre: `${m.id} ${m.court}, ${formatPeriode(periode)}`,
        section: 'barometre',
        fil: [
          { libelle: 'Baromètre', href: '/barometre' },
          { libelle: `Fiche ${m.fiche}`, href: `/fiches/${m.fiche}` },
        ],
      } as const);

export const buildRoutes = (house: House): Route[] => [
  ...listeRoutes,
  ...verrousRoutes,
  ...reglesRoutes,
  /** 200 the proof of one figure, public; 404 unknown measure, period or territory. */
  get('/chiffres/:mesure', acces.public, async (c) => {
    const k = await cadrer(c);
    const [preuve, signature] = [await preuveDe(c, k), await getSignature(c.db, k.f.catalogue, k.mesure, { ...k, partenaire: peutVoirSaisie(c.utilisateur) })];
    const u = c.utilisateur;
    const methodes = preuve.contributions && peutVoirSaisie(u) ? await listVersionsDeMethode(c.db, c.contrat.id, k.mesure.id) : [];
    const vise = { ...k.mesure, territoireId: k.territoireId };
    const { contient } = k.f.catalogue;
    const droits = {
      ouvrir: (s: SourceDeFaits) => peutOuvrirFait(u, s),
      saisir: casesPermises(u, k.f.catalogue, k.mesure).some((x) => k.f.catalogue.contient(k.territoireId, x.territoireId)),
      valider: peutValider(u, vise, contient),
      contester: (v: ValeurCollectee) =>
        u !== null &&
        (v.courante || v.validee) &&
        peutEtreContestee(v, u.organisationId) &&
        (peutContester(u, { ...vise, territoireId: v.territoireId }, contient) || repondPour(u, viser(k.f.catalogue, k.mesure, v), contient)),
      retirer: (v: ValeurCollectee) =>
        peutRetirerContestation(
          u,
          {
            ...viser(k.f.catalogue, k.mesure, v),
            contesteePar: v.contesteePar,
            paroles: v.contestations.filter((x) => x.retireeLe === null),
          },
          contient,
        ),
      trancher: peutTrancher(u, vise, contient),
      // Whoever signed it for their institution does not validate it.
      dAutrui: (v: ValeurCollectee) => u !== null && autreQueLAuteur(u, v) && preuve.contributions?.signatures.get(v.id)?.parId !== u.id,
      signer: (v: ValeurCollectee) =>
        genreDe(k.mesure) === 'texte' &&
        v.courante &&
        v.etat === 'valeur' &&
        !preuve.contributions?.signatures.has(v.id) &&
        peutSigner(u, viser(k.f.catalogue, k.mesure, v), contient),
      confirmer: (v: ValeurCollectee) =>
        u !== null &&
        (v.courante || v.validee) &&
        peutEtreConfirmee(v, u.organisationId) &&
        peutConfirmer(u, { ...v, ...viser(k.f.catalogue, k.mesure, v) }, contient),
      voirSaisie: peutVoirSaisie(u),
    };
    return page({
      ...dans(k),
      corps: (
        <PreuvePage
          preuve={preuve}
          formulaire={k.f}
          page={numeroDePage(c)}
          droits={droits}
          connecte={u !== null}
          blocs={await blocksOf(house, (m) => m.chiffre, c, { mesure: k.mesure.id, territoireId: k.territoireId, annee: k.periode.slice(0, 4) })}
          methodes={methodes}
          signature={signature && <SignatureBlocs signature={signature} {...droitsDeSignature(c, k, preuve)} />}
        />
      ),
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
  ...contreValeursRoutes,
];
