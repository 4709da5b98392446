/** Who is there: what the form, one line of the live screen or an act that waited says. Only named people can be present. */
import { accesMetier, type Utilisateur } from '../../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, json, lire, post, redirige, type Route, texte, veutJson, champsDe } from '../../../core/http/http.ts';
import { lireAClasser, pageClore } from '../cloture/clore.page.tsx';
import { classementSchema, contestationSchema } from '../cloture/cloture.schema.ts';
import { avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { pageSeance } from '../preparation/preparation.pages.tsx';
import { chargerPourTenir, chargerSeance } from '../seances.contexte.ts';
import { codes } from '../../../core/trace/details.ts';
import { listParticipants, type Participant } from '../seances.queries.ts';
import { PRESENCES } from '../seances.rules.ts';
import { nommer } from './pages/Presences.tsx';
import { chargerPourEcrire, dire, ecran, fait, refuser, refusSiFermee, type ServicesTenue } from './tenue.contexte.tsx';
import { classerContestation, contesterPresence, exigerContestable } from './presences.contestation.ts';
import { ecrireAuxPresences } from './presences.lettres.ts';
import { listMotsDePresence, type PresenceNotee, setPresences, setTousPresents } from './presences.queries.ts';
import { voixDite } from './presences.rules.ts';
import { avantDe, seNommeEnSeance } from './tenue.rules.ts';
import { presenceSchema } from './tenue.schema.ts';

export const buildPresencesRoutes = (k: ServicesTenue): Route[] => [
  /**
   * 303 or 200; 409 someone noted otherwise meanwhile (that line is left, the others are kept), or the session is closed; 422, also for a
   * presence on a seat that nobody is named for; 403; 404.
   */
  post('/seances/:id/presences', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c, true);
    // Once it is lifted, who keeps it still notes who was there, until the minutes are frozen.
    const relecture = s.seance.etat === 'relecture' && s.tient;
    const ferme = relecture ? null : await refusSiFermee(c, s);
    if (ferme) return ferme;
    const { notees, heurts, erreurs } = await lirePresences(c, s.seance.id);
    if (erreurs.length > 0) {
      if (!relecture) return refuser(c, k, s, 'presences', erreurs);
      return veutJson(c.brut.request) ? json({ erreurs }, 422) : pageClore(c, { champs: champsDe(c), erreurs });
    }
    const auteur = auteurDe(c, s.u);
    await setPresences(c.db, c.contrat.id, s.seance.id, notees, auteur);
    const remplies = texte(c.corps.tous) === 'oui' ? await setTousPresents(c.db, c.contrat.id, s.seance.id, auteur) : [];
    if (notees.length + remplies.length > 0) {
      // Who was noted how, by whom: the names are on the lines.
      const lignes = [...notees.map((n) => `${n.id}:${n.presence ?? 'aucune'}`), ...remplies.map((id) => `${id}:present`)];
      await c.auditer('seance.presences', `/seances/${s.seance.id}/tenir`, { notees: lignes.length, tous: remplies.length, lignes: codes(lignes) });
      await dire(c, s.seance.id, { genre: 'presences' });
      // Once people have left, a line that changes is told to whom it is of.
      if (relecture) {
        const touchees = new Set([...notees.map((n) => n.id), ...remplies]);
        const participants = await listParticipants(c.db, c.contrat.id, s.seance.id);
        await ecrireAuxPresences(
          c,
          s,
          k,
          participants,
          participants.filter((p) => touchees.has(p.id)),
        );
      }
    }
    if (relecture && heurts.length === 0) return redirige(`/seances/${s.seance.id}/clore#presences`);
    if (heurts.length === 0) return fait(c, s.seance.id, { point: texte(c.corps.point), ancre: 'presences' });
    const alerte = `Une autre personne vient de noter autrement ${heurts.join(', ')}. Sa saisie est gardée : corrigez-la ci-dessous si besoin.`;
    if (relecture && !veutJson(c.brut.request)) return pageClore(c, { champs: {}, erreurs: [{ champ: 'presences', message: alerte }] });
    return veutJson(c.brut.request)
      ? json({ message: alerte }, 409)
      : ecran(c, k, s, { alerte, statut: 409, saisie: { formulaire: 'presences', champs: {}, erreurs: [] } });
  }),
  /**
   * Who is named in a line, or is said to stand in, says that it is not so, or takes that back: present or not, until the minutes are frozen and after.
   * 303; 403 of another's line; 404; 409 the line changed meanwhile; 422 with what was typed.
   */
  post('/seances/:id/presences/contester', accesMetier, async (c) => {
    const s = await chargerSeance(c, true);
    const u = c.utilisateur;
    if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') throw conflit('Une présence se conteste une fois la séance levée.');
    const participants = await listParticipants(c.db, c.contrat.id, s.seance.id);
    const ligne = participants.find((p) => p.id === texte(c.corps.participant));
    if (!ligne) throw introuvable('Cette présence');
    const lectures = [participants, await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, participants)];
    const voix = voixDite(ligne.id, lectures, u?.courriel.toLowerCase() ?? '');
    if (!u || voix === null) throw interdit('Une présence est contestée par la personne nommée, sa suppléance, ou qui est dit la représenter.');
    if (texte(c.corps.vu) !== avantDe(ligne)) throw conflit('Cette présence vient d’être notée autrement. Rechargez la page.');
    const reprise = texte(c.corps.acte) === 'reprendre';
    const { voie, depuis, nom } = voix;
    const parlant = { ligne, voie, depuis, nom, par: u.nom, organisationId: u.organisationId, parLien: false, adresse: u.courriel };
    const garde = exigerContestable(parlant, await listMotsDePresence(c.db, c.contrat.id, s.seance.id), reprise);
    const lu = lire(contestationSchema, reprise ? { contestation: 'ne conteste plus' } : c.corps);
    if (!lu.ok) return pageSeance(c, s, k, { champs: champsDe(c), erreurs: lu.erreurs });
    await contesterPresence(c, s, k, { ...parlant, ...garde }, { motif: reprise ? null : lu.valeur.contestation, participants });
    return redirige(`/seances/${s.seance.id}#participants`);
  }),
  /** Contested by somebody who left and takes it back no more: closed by who keeps the body. 303; 403; 404; 409 its author is there; 422 without a reason. */
  post('/seances/:id/presences/classer', accesMetier, async (c) => {
    const s = await chargerPourTenir(c, true);
    if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') throw conflit('Une contestation se classe une fois la séance levée.');
    const participants = await listParticipants(c.db, c.contrat.id, s.seance.id);
    const [participant, rang] = [texte(c.corps.participant), texte(c.corps.rang)];
    const une = (await lireAClasser(c, s, participants)).find((x) => x.participant.id === participant && String(x.mot.rang) === rang);
    if (!une || texte(c.corps.vu) !== avantDe(une.participant))
      throw conflit(
        'Cette contestation ne se classe pas : qui l’a écrite est encore là pour la reprendre, ou la présence vient de changer. Rechargez la page.',
      );
    const lu = lire(classementSchema, c.corps);
    if (!lu.ok) return pageClore(c, { champs: champsDe(c), erreurs: lu.erreurs });
    await classerContestation(c, s, k, une, { u: s.u, motif: lu.valeur.classement, participants });
    return redirige(`/seances/${s.seance.id}/clore#a-classer`);
  }),
];
const auteurDe = (c: Contexte, u: Utilisateur) => ({ nom: u.nom, organisationId: u.organisationId, quand: c.maintenant });

interface PresencesLues {
  notees: PresenceNotee[];
  /** Who was noted otherwise meanwhile, in words. */
  heurts: string[];
  erreurs: ErreurDeChamp[];
}
type Lue = { erreur: ErreurDeChamp } | PresenceNotee | null;

/** What a form says of one line; null when it says nothing of it. */
function lireLigne(corps: Contexte['corps'], p: Participant): Lue {
  const [presence, par, nom] = [corps[`presence-${p.id}`], corps[`par-${p.id}`], corps[`nom-${p.id}`]];
  if (presence === undefined && nom === undefined) return null;
  const lu = lire(presenceSchema, {
    presence: presence === undefined ? (p.presence ?? '') : texte(presence),
    represente_par: par === undefined ? p.representePar : texte(par),
    nom: nom === undefined ? p.nom : texte(nom),
  });
  const champ = seNommeEnSeance(p) ? `nom-${p.id}` : `par-${p.id}`;
  if (!lu.ok) return { erreur: { champ, message: lu.erreurs[0]?.message ?? 'Choisissez une présence.' } };
  const v = lu.valeur;
  const representePar = v.presence === 'represente' ? v.represente_par : '';
  if (!seNommeEnSeance(p)) return { id: p.id, presence: v.presence, representePar };
  if (v.nom === '') {
    // The name taken away, the seat is vacant again; a presence that nobody is named for is refused.
    if (p.nom !== '' || v.presence === null) return { id: p.id, nom: '', presence: null, representePar: '' };
    const message = `Le siège « ${p.fonction} » est vacant : écrivez qui siégeait, ou laissez-le sans présence. Seules des personnes nommées sont présentes.`;
    return { erreur: { champ, message } };
  }
  return { id: p.id, nom: v.nom, presence: v.presence ?? 'present', representePar };
}

/** What the form changes: each line says what it showed, so that a line nobody touched never undoes another person's. */
async function lirePresences(c: Contexte, seanceId: string): Promise<PresencesLues> {
  const lues: PresencesLues = { notees: [], heurts: [], erreurs: [] };
  for (const p of await listParticipants(c.db, c.contrat.id, seanceId)) {
    const nouvelle = lireLigne(c.corps, p);
    if (nouvelle === null) continue;
    if ('erreur' in nouvelle) {
      lues.erreurs.push(nouvelle.erreur);
      continue;
    }
    const [dite, courante, vue] = [avantDe({ ...p, ...nouvelle, nommeEnSeance: seNommeEnSeance(p) }), avantDe(p), texte(c.corps[`avant-${p.id}`])];
    if (dite === courante || dite === vue) continue;
    if (vue !== courante) lues.heurts.push(`${nommer(p)} (${direPresence(p)} ; vous aviez noté : ${direPresence({ nom: p.nom, ...nouvelle })})`);
    else lues.notees.push(nouvelle);
  }
  return lues;
}
const direPresence = (p: { nom: string } & Pick<PresenceNotee, 'presence' | 'representePar'>): string =>
  p.nom === '' ? 'siège vacant' : p.presence === null ? 'à noter' : `${PRESENCES[p.presence]}${p.representePar ? ` par ${p.representePar}` : ''}`;
