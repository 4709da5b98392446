/**
 * Of a seat that has several addresses, who keeps the body says that one was not theirs: it speaks no more, is written to no more, and what it said has no
 * effect. Dated, audited, told to both. POST 303, 403, 409 that address is nobody's any more, or is the only one of its person.
 */
import { accesMetier } from '../../../core/authorize.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { conflit } from '../../../core/errors.ts';
import { type Contexte, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { origineDe } from '../../instances/index.ts';
import { aPrevenir, inviter } from '../cloture/approbation.lettres.ts';
import { type Ecartable, lireEcartables, lireEtat } from '../cloture/clore.page.tsx';
import { actesDe } from '../cloture/cloture.rules.ts';
import { dite, ecrireAuxDestinataires } from '../cloture/destinataires.lettres.ts';
import { chargerPourTenir, type SeanceChargee } from '../seances.contexte.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { suivreSeance } from '../suivre.ts';
import { listMotsDePresence } from '../tenue/presences.queries.ts';
import { ecarterAdresse } from './paroles.queries.ts';

export const buildEcartRoutes = (k: ServicesSeances): Route[] => [
  post('/seances/:id/adresses/ecarter', accesMetier, async (c) => {
    const s = await chargerPourTenir(c, true);
    if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') throw conflit('Une adresse s’écarte une fois la séance levée.');
    const e = await lireEtat(c, s);
    const [id, adresse] = [texte(c.corps.participant), texte(c.corps.adresse).toLowerCase()];
    const une = (await lireEcartables(c, e)).find((x) => x.participant.id === id && x.adresse === adresse);
    if (!une)
      throw conflit(
        'Cette adresse ne s’écarte pas : elle l’est déjà, un compte y porte le nom de la personne, ou c’est la seule où elle soit lue. Corrigez d’abord l’adresse du siège.',
      );
    await ecarterAdresse(c.db, c.contrat.id, { participantId: id, adresse, par: s.u.nom, organisationId: s.u.organisationId, quand: c.maintenant });
    await c.auditer('seance.adresse_ecartee', `/seances/${s.seance.id}`, { participant: code(id), voie: une.voie });
    await ecrireAuxDeux(c, k, s, une);
    const dits = (await listMotsDePresence(c.db, c.contrat.id, s.seance.id)).some((m) => m.adresse === adresse && m.ecartee !== null);
    const [dernier] = e.releves;
    const approuve = e.approbations.some((l) => l.toutes.some((a) => a.empreinte === dernier?.empreinte && a.paroles.some((m) => m.adresse === adresse)));
    if (dernier && (dits || approuve))
      await ecrireAuxDestinataires(c, s, {
        participants: e.participants,
        sujet: 'Adresse écartée',
        dit: `Ce qui fut dit pour ${une.participant.nom || une.participant.fonction} d’une adresse qui n’était pas la sienne n’a plus d’effet. Le relevé le dit en ligne.`,
        cache: 'Ce qui fut dit d’une adresse qui n’était pas celle d’un membre n’a plus d’effet. Le relevé le dit en ligne.',
        ancre: 'approbations',
        origine: origineDe(k),
      });
    await suivreSeance(c, s.seance);
    return redirige(`/seances/${s.seance.id}/clore#adresses`);
  }),
];

/** To both, in the same neutral words; from the others, what waits for an answer is answered. */
async function ecrireAuxDeux(c: Contexte, k: ServicesSeances, s: SeanceChargee, une: Ecartable): Promise<void> {
  const { nom, quoi } = dite(s);
  const suite = 'Ce qui en a été dit n’a plus d’effet, et rien ne lui est plus écrit.';
  const ligne = (await lireEtat(c, s)).approbations.find((l) => l.participant.id === une.participant.id);
  const siennes = ligne ? (await aPrevenir(c, ligne)).filter((x) => x.voie === une.voie) : [];
  const lettre = (a: string, ...corps: string[]) => ({
    ...{ a, sujet: `Adresse d’un siège : ${nom}`, objet: `/seances/${s.seance.id}` },
    texte: ['Madame, Monsieur,', ...corps].join('\n\n'),
  });
  const lui = `Il est noté, pour ce qui touche au relevé ${quoi},`;
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    [
      lettre(
        une.adresse,
        `${lui} que cette adresse n’était pas celle du siège auquel elle était attachée. ${suite}`,
        'Si ce n’est pas exact, écrivez au secrétariat de l’instance.',
      ),
      ...une.autres.map((a) => {
        // Of a text that changed since, nobody is asked whether they approve it.
        const x = siennes.find((y) => y.adresse === a && actesDe(y).includes('confirmee'));
        const empreinte = x?.ligne.approbation?.empreinte;
        const invite = x && empreinte ? [inviter(c, k, s, x, empreinte, 'Pour dire vous-même si l’approbation de ce relevé est la vôtre')] : [];
        return lettre(
          a,
          `${lui} qu’une autre adresse que celle-ci n’était pas celle de votre siège. ${suite}`,
          ...invite,
          'Si ce n’est pas exact, écrivez au secrétariat de l’instance.',
        );
      }),
    ],
    k.coffre,
  );
}
