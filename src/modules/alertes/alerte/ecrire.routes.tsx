/**
 * Writing an alert. GET 200, 403; POST 303; 422 with what was typed, when something is missing, may name somebody, or when the same fact may be written already;
 * 403, 404, 409.
 */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { DANS, estDeGarde, expedierEnsuite, FIL, ouvrir, type Outillage, quiDe } from '../alertes.contexte.ts';
import { conduitQuelquePart, peutConduire, peutEcrire } from '../alertes.policy.ts';
import { secteurDe } from '../envois/prevenir.ts';
import { AUTRE } from '../pages/MemeAlerte.tsx';
import { NouvelleAlertePage } from '../pages/NouvelleAlertePage.tsx';
import { GENRES } from '../reglement/reglement.ts';
import { getProposition, type Proposition } from '../veille/propositions.queries.ts';
import { peutDecider } from '../veille/veille.policy.ts';
import { solderParSonAlerte } from '../veille/solder.ts';
import { buildAlerteSchema } from './alertes.schema.ts';
import { type Alerte, getAlerteLisible, lisibles, listOuvertes, tenirLeLieu } from './alertes.queries.ts';
import { doutesDe, estDit } from './confirmer.tsx';
import { ecrire, type Saisie } from './conduire.ts';
import { MEME_FAIT_MS, rejoindre } from './doublons.ts';

const VIDE = { palier: '', genre: '', territoire: '', lieu: '', jour: '', heure: '', faits: '', exercice: '', sauter: '', proposition: '', meme: '', vues: '' };

interface Suite {
  erreurs?: readonly ErreurDeChamp[];
  doutes?: readonly ErreurDeChamp[];
  ouvertes?: readonly Alerte[];
}
async function formulaire(
  c: Contexte,
  k: Outillage,
  champs: Record<string, string>,
  { erreurs = [], doutes = [], ouvertes = [] }: Suite = {},
): Promise<Reponse> {
  const { cat, u } = await ouvrir(c);
  const lieux = [...cat.territoires.values()].filter((t) => t.id !== cat.racine.id && !t.jusqu_a && peutEcrire(u, { territoireId: t.id }, cat.contient));
  if (lieux.length === 0) throw interdit('Votre mandat n’ouvre aucun lieu où écrire une alerte. Appelez votre astreinte.');
  return page({
    ...DANS,
    fil: FIL,
    titre: 'Écrire une alerte',
    statut: erreurs.length + doutes.length + ouvertes.length > 0 ? 422 : 200,
    corps: (
      <NouvelleAlertePage
        catalogue={cat}
        reglement={k.reglement}
        lieux={lieux}
        champs={champs}
        erreurs={erreurs}
        doutes={doutes}
        ouvertes={ouvertes}
        maintenant={c.maintenant}
        exerce={conduitQuelquePart(u)}
      />
    ),
  });
}

/** The proposal that this alert answers: open, of a place where this person decides. */
async function laProposition(c: Contexte, id: string, verrou: boolean): Promise<Proposition | null> {
  if (id === '') return null;
  const { cat, u } = await ouvrir(c);
  const p = await getProposition(c.db, c.contrat.id, id, verrou);
  if (!p || !peutDecider(u, p.territoireId, cat.contient)) throw introuvable('Cette proposition');
  return p;
}

async function envoyer(c: Contexte, k: Outillage): Promise<Reponse> {
  const { cat, u } = await ouvrir(c);
  const champs = { ...VIDE, ...champsDe(c) };
  const lu = lire(buildAlerteSchema(k.reglement, cat, c.maintenant), champs);
  if (!lu.ok) return formulaire(c, k, champs, { erreurs: lu.erreurs });
  const v = lu.valeur;
  const refuser = (champ: string, message: string) => formulaire(c, k, champs, { erreurs: [{ champ, message }] });
  const conduit = peutConduire(u, { territoireId: v.territoire }, cat.contient);
  if (!peutEcrire(u, { territoireId: v.territoire }, cat.contient))
    return refuser('territoire', 'Votre mandat ne couvre pas ce lieu. Choisissez-en un qu’il couvre, ou appelez son astreinte.');
  if (v.exercice && !conduit) return refuser('exercice', 'La coordination et la salle de commandement ouvrent les exercices.');
  const secteur = secteurDe(cat, v.territoire);
  // One at a time for a place: who writes second reads what the first wrote.
  await tenirLeLieu(c.db, c.contrat.id, secteur);
  const p = await laProposition(c, champs.proposition, true);
  if (p && p.etat !== 'ouverte') {
    champs.proposition = '';
    return refuser('palier', 'Quelqu’un a déjà décidé de cette proposition. Si votre alerte reste utile, envoyez-la.');
  }
  if (p && v.exercice) return refuser('exercice', 'Un exercice ne répond pas à une alerte proposée.');
  if (p && !cat.contient(p.territoireId, v.territoire) && !cat.contient(v.territoire, p.territoireId))
    return refuser('territoire', `L’alerte proposée est ailleurs : ${cat.territoires.get(p.territoireId)?.nom ?? p.territoireId}.`);
  const fenetre = { depuis: new Date(c.maintenant.getTime() - MEME_FAIT_MS), jusqua: c.maintenant, exercice: v.exercice };
  const ouvertes = (await listOuvertes(c.db, c.contrat.id, lisibles(u, cat), { ...fenetre, territoires: cat.descendants(secteur) })).filter(
    (a) => a.etat === 'a-valider' || a.etat === 'diffusee',
  );
  const vues = new Set(champs.vues.split(' '));
  const choisie = ouvertes.find((a) => a.id === champs.meme);
  const repondu = ouvertes.length === 0 || choisie !== undefined || (champs.meme === AUTRE && ouvertes.every((a) => vues.has(a.id)));
  const doutes = doutesDe({ lieu: v.lieu, faits: v.faits });
  const dit = await estDit(c, doutes, '/alertes/nouvelle');
  if (!repondu || !dit) {
    const sansReponse = !repondu && champs.vues !== '' && champs.meme === '';
    return formulaire(c, k, champs, {
      ouvertes,
      doutes,
      erreurs: sansReponse ? [{ champ: 'meme', message: 'Dites si c’est la même alerte, ou une autre.' }] : [],
    });
  }
  const { palier, genre, territoire: territoireId, lieu, debut, faits, exercice } = v;
  const saisie: Saisie = { palier, genre, territoireId, lieu, debut, fin: null, faits, exercice };
  const qui = quiDe(c);
  // A drill plays the validation too, unless its author says otherwise.
  const valide = exercice ? champs.sauter === 'oui' : conduit || (await estDeGarde(c, k, cat, territoireId));
  const premiere = choisie ? await getAlerteLisible(c.db, c.contrat.id, choisie.id, lisibles(u, cat), true) : null;
  if (premiere) await rejoindre(c, k, cat, premiere, saisie, qui, valide);
  const a = premiere ?? (await ecrire(c, k, cat, saisie, qui, valide));
  if (p) await solderParSonAlerte(c, p, a.id);
  expedierEnsuite(c, k);
  return redirige(`/alertes/${a.id}`);
}

export const buildEcrireRoutes = (k: Outillage): Route[] => [
  get('/alertes/nouvelle', accesMetier, async (c) => {
    const { cat, u } = await ouvrir(c);
    const p = await laProposition(c, texte(c.requete.proposition), false);
    const territoire = p?.territoireId ?? choisirLieu(u, texte(c.requete.territoire), cat).territoire;
    const genre = cat.listes.get(GENRES)?.find((g) => !g.retiree)?.code ?? '';
    return formulaire(c, k, { ...VIDE, genre, territoire, palier: texte(c.requete.palier), proposition: p?.etat === 'ouverte' ? p.id : '' });
  }),
  post('/alertes/nouvelle', accesMetier, (c) => envoyer(c, k), { creation: true }),
];
