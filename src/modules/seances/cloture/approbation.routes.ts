/**
 * Presidents approve a text, by themselves or by what another notes that they sent; of that they say whether it is so, frozen or not.
 * POST 303, 403 who does not preside, 404, 409 the text or the approval changed meanwhile, 422 with what was typed.
 */
import { accesMetier } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, lire, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { cadreDe } from '../../instances/index.ts';
import { UNE_AUTRE_PERSONNE } from '../paroles/lien.rules.ts';
import { chargerSeance, type SeanceChargee } from '../seances.contexte.ts';
import { peutApprouver } from '../seances.policy.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { aPrevenir, ecrireALaPresidence, ecrireAuxAutres } from './approbation.lettres.ts';
import { acteDit, direSaParole, exigerReponse, relire } from './approbation.reponse.ts';
import { lireEtat, pageClore } from './clore.page.tsx';
import { exigerRelecture } from './cloture.contexte.ts';
import * as q from './approbation.queries.ts';
import { actesDe, aNote, attendLaPresidence, chaisesDe, ligneDuTexte } from './cloture.rules.ts';
import { contestationSchema, pieceSchema } from './cloture.schema.ts';

const RESERVE = 'Seules les personnes qui président l’instance approuvent son relevé.';
const CONTESTEE = 'L’approbation donnée ou notée pour cette présidence est contestée : seule la personne qui la conteste approuve ce texte.';
const SEULE =
  'Ce qui fut noté pour cette présidence est contesté : rien d’autre n’est noté pour elle. Elle approuve avec son compte, ou ne conteste plus par le lien reçu.';
const DEJA = 'Cette approbation est déjà enregistrée. Rechargez la page.';
const LAQUELLE = 'Vous parlez pour plusieurs présidences. Rechargez la page, puis répondez pour chacune.';
type Etat = Awaited<ReturnType<typeof lireEtat>>;
const retour = (s: SeanceChargee) => redirige(`/seances/${s.seance.id}/clore#approbations`);

/** The chair of this person that the form names, and the line of its approval; 403 for anybody else. Who left the body since answers for it, and so does who holds it now. */
function exigerSiege(c: Contexte, e: Etat) {
  const siennes = chaisesDe(e.approbations, c.utilisateur);
  const nommee = texte(c.corps.participant);
  if (nommee === '' && siennes.length > 1) throw conflit(LAQUELLE);
  const chaise = nommee === '' ? siennes[0] : siennes.find((x) => x.ligne.participant.id === nommee);
  if (!c.utilisateur || !chaise) throw interdit(RESERVE);
  return { u: c.utilisateur, ...chaise };
}
/** To approve, one still presides. */
function exigerPresidence(c: Contexte, s: SeanceChargee, e: Etat) {
  if (!peutApprouver(c.utilisateur, cadreDe(s.instance))) throw interdit(RESERVE);
  const chaise = exigerSiege(c, e);
  if (chaise.voie === 'convoque_dabord') throw interdit(UNE_AUTRE_PERSONNE);
  return { ...chaise, voie: chaise.voie };
}
/** Who wrote that the president approves does not confirm it for them. */
function refuserQuiANote({ u, ligne }: Pick<ReturnType<typeof exigerSiege>, 'u' | 'ligne'>): void {
  if (aNote(ligne.approbation, u)) throw interdit('Vous avez noté cette approbation : une autre personne la confirme.');
}
export const buildApprobationRoutes = (services: ServicesSeances): Route[] => [
  post('/seances/:id/approuver', accesMetier, async (c) => {
    const s = await chargerSeance(c, true);
    if (s.seance.etat !== 'relecture') throw conflit('Ce relevé n’attend pas d’approbation.');
    const e = await lireEtat(c, s);
    const p = exigerPresidence(c, s, e);
    const { empreinte } = e;
    if (texte(c.corps.empreinte) !== empreinte) throw conflit('Le relevé a changé depuis que vous l’avez ouvert. Relisez-le, puis approuvez-le.');
    const { participant, approbation } = p.ligne;
    if (approbation?.empreinte === empreinte && actesDe(p).includes('confirmee')) {
      refuserQuiANote(p);
      await direSaParole(c, services, s, e, p, { acte: 'confirmee' });
      return retour(s);
    }
    if (attendLaPresidence(p.ligne)) {
      refuserQuiANote(p);
      throw conflit(CONTESTEE);
    }
    const donnee =
      approbation?.empreinte !== empreinte &&
      (await q.addApprobation(c.db, c.contrat.id, {
        seanceId: s.seance.id,
        participantId: participant.id,
        empreinte,
        par: p.u.nom,
        voie: p.voie,
        adresse: p.adresse,
        depuis: p.depuis,
        piece: '',
        quand: c.maintenant,
      }));
    // Given already: nothing is written, told or audited twice.
    if (!donnee) return retour(s);
    await ecrireAuxAutres(c, services, s, { ligne: await relire(c, s, p.ligne, empreinte), parlant: p, empreinte, acte: 'donnee' });
    await c.auditer('seance.approuvee', `/seances/${s.seance.id}`, {
      empreinte: code(empreinte),
      participant: code(participant.id),
      voie: p.voie,
      ...(p.depuis ? { depuis: true } : {}),
    });
    return retour(s);
  }),
  /** An approval received by letter or mail: its reference is the proof, who notes it is kept, and the president is written to. */
  post('/seances/:id/approbations', accesMetier, async (c) => {
    const s = await exigerRelecture(c);
    const lu = lire(pieceSchema, c.corps);
    if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
    const e = await lireEtat(c, s);
    const ligne = e.approbations.find((a) => a.participant.id === lu.valeur.participant);
    if (!ligne) throw introuvable('Cette présidence');
    const president = ligne.participant;
    const { empreinte } = e;
    if (texte(c.corps.empreinte) !== empreinte)
      throw conflit('Le relevé a changé depuis que vous l’avez ouvert : vérifiez que l’approbation reçue porte bien sur ce texte.');
    if (ligne.seule) throw conflit(SEULE);
    if (ligne.etat === 'donnee') throw conflit(DEJA);
    const siege = e.participants.find((x) => x.id === president.id);
    if (siege?.presence !== 'present' && texte(c.corps.confirme_absence) !== president.id)
      return pageClore(c, {
        champs: champsDe(c),
        erreurs: [
          {
            champ: 'confirme_absence',
            message: `${president.fonction} n’est pas notée présente à cette séance : corrigez sa présence, ou confirmez que l’approbation reçue est la sienne.`,
          },
        ],
      });
    const [par, piece] = [ligne.nom, lu.valeur.piece];
    const chaises = await aPrevenir(c, ligne);
    const notee = await q.addApprobation(c.db, c.contrat.id, {
      seanceId: s.seance.id,
      participantId: president.id,
      empreinte,
      par,
      piece,
      quand: c.maintenant,
      notee: { par: s.u.nom, de: s.u.organisationId, compte: s.u.id, prevenus: chaises.length },
    });
    if (!notee) throw conflit(DEJA);
    await ecrireALaPresidence(c, services, s, { chaises, empreinte, piece, par: s.u });
    await c.auditer('seance.approbation_recue', `/seances/${s.seance.id}`, {
      empreinte: code(empreinte),
      participant: code(president.id),
      presente: siege?.presence === 'present',
      prevenus: chaises.length,
    });
    return retour(s);
  }),
  post('/seances/:id/approbations/repondre', accesMetier, async (c) => {
    const s = await chargerSeance(c, true);
    if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') throw conflit('Ce relevé n’attend pas d’approbation.');
    const e = await lireEtat(c, s);
    const chaise = exigerSiege(c, e);
    // Of the text at hand, or of minutes frozen before it: what was approved for somebody is answered as long as it is kept.
    const p = { ...chaise, ligne: ligneDuTexte(e, chaise.ligne.participant.id, texte(c.corps.empreinte)) ?? chaise.ligne };
    const acte = acteDit(texte(c.corps.acte));
    exigerReponse(p, texte(c.corps.empreinte), acte);
    if (acte !== 'contestee') {
      if (acte === 'confirmee') refuserQuiANote(p);
      await direSaParole(c, services, s, e, p, { acte });
      return retour(s);
    }
    const lu = lire(contestationSchema, c.corps);
    if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
    await direSaParole(c, services, s, e, p, { acte, motif: lu.valeur.contestation });
    return retour(s);
  }),
];
