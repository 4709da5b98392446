/** The thread of tensions: read, written, withdrawn; what its rules propose, decided. */
import { JOUR_MS } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { choisirLieu, type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { peutLire } from '../../signalements/index.ts';
import { demanderSiNomme, doutesDe, estDit } from '../alerte/confirmer.tsx';
import { lireTexte } from '../reglement/texte.rules.ts';
import { evaluer } from './evaluer.ts';
import { FilPage } from './pages/FilPage.tsx';
import { TensionFormPage } from './pages/TensionFormPage.tsx';
import { deciderProposition, getProposition, listPropositions } from './propositions.queries.ts';
import { accorderPropositions } from './veille.dus.ts';
import { rangDe } from './veille.donnees.ts';
import { accesVeille, lieuxLisibles, peutDecider, peutEcrireTension, peutRetirer } from './veille.policy.ts';
import { createTension, getTension, listFil, listSignaux, retirerTension } from './veille.queries.ts';
import { FENETRE, tendanceDe } from './veille.rules.ts';
import { tensionSchema, type Veille } from './veille.schema.ts';

export const CHEMIN_DU_FIL = '/alertes/tensions';
const PAR_PAGE = 30;
/** How far back the thread is read. */
const VU_JOURS = 2 * FENETRE;
const FIL = [{ libelle: 'Fil des tensions', href: CHEMIN_DU_FIL }];
const CHAMPS = ['nature', 'jour', 'creneau', 'territoire', 'lieu', 'fiabilite', 'ailleurs', 'texte'] as const;
type Champs = Record<(typeof CHAMPS)[number], string>;

const A_QUI = 'Le fil des tensions est ouvert aux partenaires de la veille, dans leur territoire, et à la coordination.';
/** Their menu leads here before anybody knows of which house they are. */
const ferme = () => ({
  titre: 'Fil des tensions',
  largeur: 'travail' as const,
  section: 'tensions',
  corps: (
    <>
      <PageHeader titre="Fil des tensions" />
      <EmptyState titre="Ce fil n’est pas ouvert à votre organisme" actions={[{ libelle: 'Ma journée', href: '/ma-journee' }]}>
        {A_QUI}
      </EmptyState>
    </>
  ),
});

/** A reason that may name somebody is asked about; what is somebody is refused. */
async function demanderUnMotif(c: Contexte, motif: string, libelle: string): Promise<Reponse | null> {
  const { refus } = lireTexte(motif);
  if (refus) throw invalide(refus);
  return demanderSiNomme(c, { champ: 'motif', libelle, max: 300, retour: CHEMIN_DU_FIL });
}

export function veilleRoutes(v: Veille): Route[] {
  const ouvrir = async (c: Contexte): Promise<{ catalogue: Catalogue; lisibles: string[] }> => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const lisibles = lieuxLisibles(c.utilisateur, v, catalogue);
    if (lisibles.length === 0) throw interdit(A_QUI);
    return { catalogue, lisibles };
  };
  const formulaire = async (c: Contexte, champs: Champs, erreurs: readonly ErreurDeChamp[] = [], doutes: readonly ErreurDeChamp[] = []): Promise<Reponse> => {
    const { catalogue, lisibles } = await ouvrir(c);
    return page({
      titre: 'Écrire une tension',
      largeur: 'travail',
      section: 'tensions',
      fil: FIL,
      statut: erreurs.length + doutes.length > 0 ? 422 : 200,
      corps: <TensionFormPage veille={v} catalogue={catalogue} territoires={lisibles} champs={champs} erreurs={erreurs} doutes={doutes} />,
    });
  };

  return [
    /** 200, or why there is nothing for them here */
    get(
      CHEMIN_DU_FIL,
      accesVeille,
      async (c) => {
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const lisibles = lieuxLisibles(c.utilisateur, v, catalogue);
        if (lisibles.length === 0) return page(ferme());
        const aujourdhui = jourDe(c.maintenant);
        const lieu = choisirLieu(c.utilisateur, texte(c.requete.territoire), catalogue);
        const territoires = (lieu.territoires ?? [...catalogue.territoires.keys()]).filter((t) => lisibles.includes(t));
        const nature = v.natures.some((x) => x.code === texte(c.requete.nature)) ? texte(c.requete.nature) : '';
        const depuis = plusJours(aujourdhui, 1 - VU_JOURS);
        const n = numeroDePage(c);
        const [fil, signaux, propositions] = await lireEnsemble(c.db, [
          () => listFil(c.db, c.contrat.id, v, { territoires, depuis, nature, retirees: true }, { n, par: PAR_PAGE }),
          () => listSignaux(c.db, c.contrat.id, v, depuis, territoires),
          () => listPropositions(c.db, c.contrat.id, territoires, new Date(c.maintenant.getTime() - FENETRE * JOUR_MS)),
        ]);
        const ici = lieu.territoire || catalogue.racine.id;
        const parties = catalogue
          .enfants(ici)
          .map((t) => ({ t, dedans: signaux.filter((s) => catalogue.contient(t.id, s.territoireId)) }))
          .filter((x) => x.dedans.length > 0)
          .map(({ t, dedans }) => ({ id: t.id, nom: t.nom, tendance: tendanceDe(dedans, aujourdhui) }));
        return page({
          titre: 'Fil des tensions',
          largeur: 'travail',
          section: 'tensions',
          corps: (
            <FilPage
              veille={v}
              catalogue={catalogue}
              lieu={lieu}
              lisibles={lisibles}
              nature={nature}
              aujourdhui={aujourdhui}
              depuis={depuis}
              lignes={fil.lignes.map((l) => ({
                ...l,
                // The words of a report stay with those for whom it is.
                lisible:
                  l.demande === null ||
                  peutLire(
                    c.utilisateur,
                    { lecteurs: l.demande.lecteurs, territoireId: l.territoireId, serviceId: l.demande.serviceId },
                    catalogue,
                    catalogue.contient,
                  ),
                retirable: l.demande === null && l.retireeLe === null && peutRetirer(c.utilisateur, v, catalogue, l, catalogue.contient),
              }))}
              total={fil.total}
              page={n}
              parPage={PAR_PAGE}
              tendance={tendanceDe(signaux, aujourdhui)}
              parties={parties}
              propositions={propositions.map((p) => {
                // Who decides there reads the alerts of the place.
                const lit = peutDecider(c.utilisateur, p.territoireId, catalogue.contient);
                return { ...p, lit, decide: lit && p.etat === 'ouverte' };
              })}
              fait={texte(c.requete.fait)}
            />
          ),
        });
      },
      { sensible: true },
    ),
    /** 200 · 403 */
    get(`${CHEMIN_DU_FIL}/nouvelle`, accesVeille, (c) =>
      formulaire(c, {
        nature: '',
        jour: jourDe(c.maintenant),
        creneau: '',
        territoire: texte(c.requete.territoire),
        lieu: '',
        fiabilite: '',
        ailleurs: '',
        texte: '',
      }),
    ),
    /** 303 to the thread · 422 with what was typed, a name or a group in it · 403 another place */
    post(
      `${CHEMIN_DU_FIL}/nouvelle`,
      accesVeille,
      async (c) => {
        const { catalogue, lisibles } = await ouvrir(c);
        const aujourdhui = jourDe(c.maintenant);
        const champs = Object.fromEntries(CHAMPS.map((k) => [k, texte(c.corps[k])])) as Champs;
        if (
          champs.territoire !== '' &&
          catalogue.territoires.has(champs.territoire) &&
          !peutEcrireTension(c.utilisateur, v, catalogue, champs.territoire, catalogue.contient)
        )
          throw interdit('Votre mandat ne couvre pas ce lieu. Rien n’a été écrit.');
        const lu = lire(tensionSchema(v, { aujourdhui, depuis: plusJours(aujourdhui, 1 - FENETRE), territoires: lisibles }), champs);
        if (!lu.ok) return formulaire(c, champs, lu.erreurs);
        const { refus } = lireTexte(lu.valeur.texte);
        const doutes = doutesDe({ texte: lu.valeur.texte });
        if (refus) return formulaire(c, champs, [{ champ: 'texte', message: refus }], doutes);
        if (!(await estDit(c, doutes, `${CHEMIN_DU_FIL}/nouvelle`))) return formulaire(c, champs, [], doutes);
        const u = c.utilisateur;
        const id = await createTension(c.db, c.contrat.id, {
          ...lu.valeur,
          territoireId: lu.valeur.territoire,
          fiabilite: rangDe(v, lu.valeur.fiabilite),
          organisationId: u?.organisationId ?? '',
          auteur: u?.nom ?? '',
          auteurId: u?.id ?? null,
          ecriteLe: c.maintenant,
        });
        await c.auditer('tension.ecrite', `${CHEMIN_DU_FIL}#${id}`, { territoire: code(lu.valeur.territoire), nature: code(lu.valeur.nature) });
        const neuves = await evaluer(c.db, catalogue, v, c.maintenant);
        return redirige(`${CHEMIN_DU_FIL}?fait=${neuves > 0 ? 'propose' : 'ecrite'}`);
      },
      { creation: true },
    ),
    /** 303 · 403 · 404 · 409 withdrawn already · 422 no reason */
    post(`${CHEMIN_DU_FIL}/:tensionId/retirer`, accesVeille, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const t = await getTension(c.db, c.contrat.id, c.params.tensionId ?? '', true);
      if (!t || !peutEcrireTension(c.utilisateur, v, catalogue, t.territoireId, catalogue.contient)) throw introuvable('Ce signal');
      if (!peutRetirer(c.utilisateur, v, catalogue, t, catalogue.contient))
        throw interdit('Ce signal est d’un autre organisme : lui, ou la coordination, peut le retirer.');
      if (t.retireeLe) throw conflit('Ce signal est déjà retiré.');
      const motif = texte(c.corps.motif);
      if (motif === '' || motif.length > 300) throw invalide('Dites en une phrase pourquoi ce signal est retiré : 300 caractères au plus.');
      const question = await demanderUnMotif(c, motif, 'Pourquoi retirer ce signal');
      if (question) return question;
      await retirerTension(c.db, c.contrat.id, t.id, { motif, par: c.utilisateur?.nom ?? '', quand: c.maintenant });
      await c.auditer('tension.retiree', `${CHEMIN_DU_FIL}#${t.id}`, {}, { apres: { motif } });
      return redirige(`${CHEMIN_DU_FIL}?fait=retiree`);
    }),
    /** 303 set aside · 403 · 404 · 409 decided already · 422 without a reason, or anything else than setting aside */
    post('/alertes/propositions/:propositionDAlerte', accesVeille, async (c) => {
      const { catalogue, lisibles } = await ouvrir(c);
      const p = await getProposition(c.db, c.contrat.id, c.params.propositionDAlerte ?? '', true);
      if (!p || !lisibles.includes(p.territoireId)) throw introuvable('Cette proposition');
      if (!peutDecider(c.utilisateur, p.territoireId, catalogue.contient))
        throw interdit('La coordination et le coordonnateur du lieu décident d’une alerte proposée.');
      if (p.etat !== 'ouverte') throw conflit('Quelqu’un a déjà décidé de cette proposition.');
      // An alert that is made is written, and settles what proposed it.
      if (texte(c.corps.acte) !== 'ecarter')
        throw invalide('Une alerte proposée se décide en l’écrivant : « Préparer l’alerte », ou « Ne pas alerter » et pourquoi.');
      const motif = texte(c.corps.motif);
      if (motif === '' || motif.length > 300) throw invalide('Dites en une phrase pourquoi aucune alerte n’est faite : 300 caractères au plus.');
      const question = await demanderUnMotif(c, motif, 'Pourquoi ne pas alerter');
      if (question) return question;
      await deciderProposition(c.db, c.contrat.id, p.id, { etat: 'ecartee', alerteId: null, motif, par: c.utilisateur?.nom ?? '', quand: c.maintenant });
      await accorderPropositions(c.db, c.contrat.id, [p.id], c.maintenant);
      await c.auditer('proposition.decidee', `${CHEMIN_DU_FIL}#${p.id}`, { etat: 'ecartee', regle: code(p.regle), territoire: code(p.territoireId) });
      return redirige(`${CHEMIN_DU_FIL}?fait=decidee`);
    }),
  ];
}
