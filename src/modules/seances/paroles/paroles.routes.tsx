/**
 * The page of something noted in somebody's name, reached by the link of their letter: no account needed, nothing else of the minutes. Each read is noted.
 * GET 200, 404 no such link, 410 it opens nothing any more; POST 303, 403 another account is signed in, or none where the seat was not convoked, or who noted
 * it confirms it, 404, 409 it was answered or changed meanwhile, 410, 422 with what was typed.
 */
import { acces } from '../../../core/authorize.ts';
import { type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { champsDe, type Contexte, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { acteDit, direSaParole, exigerReponse } from '../cloture/approbation.reponse.ts';
import { contestationSchema } from '../cloture/cloture.schema.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { contesterPresence, exigerContestable } from '../tenue/presences.contestation.ts';
import { FinDeParolePage, ParolePage, TITRES } from './ParolePage.tsx';
import { chargerParole, type Parole, type ParoleDApprobation, type ParoleDePresence } from './paroles.contexte.ts';

const CHEMIN = '/paroles/:participant/:signature';

export function buildParolesRoutes(services: ServicesSeances): Route[] {
  const pageParole = (c: Contexte, parole: Parole, erreurs: readonly ErreurDeChamp[] = []) => {
    const { s, participant, voie } = parole;
    c.noterLecture(`/seances/${s.seance.id}`, { organisationId: participant.organisationId, titre: `lien de ce qui est noté, ${voie} ${participant.id}` });
    return page({
      titre: TITRES[parole.genre],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <ParolePage parole={parole} champs={champsDe(c)} erreurs={erreurs} merci={texte(c.requete.merci) === 'oui'} />,
    });
  };
  const pageFin = (fin: Parameters<typeof FinDeParolePage>[0]['fin']) =>
    page({ titre: 'Ce lien ne sert plus', statut: 410, corps: <FinDeParolePage fin={fin} /> });

  /** By an account of this address it is theirs; else the link alone is known. */
  const parlant = (c: Contexte, { nom, adresse, depuis }: Parole) => ({
    nom,
    par: c.utilisateur?.nom ?? nom,
    adresse,
    depuis,
    parLien: c.utilisateur === null,
  });
  async function repondreApprobation(c: Contexte, parole: ParoleDApprobation) {
    const { s, etat, chaise } = parole;
    const acte = acteDit(texte(c.corps.acte));
    exigerReponse(chaise, texte(c.corps.empreinte), acte);
    if (acte !== 'contestee') {
      if (acte === 'confirmee' && parole.aNote) throw interdit('Vous avez noté cette approbation : une autre personne la confirme.');
      return void (await direSaParole(c, services, s, etat, chaise, { acte }));
    }
    const lu = lire(contestationSchema, c.corps);
    if (!lu.ok) return lu.erreurs;
    await direSaParole(c, services, s, etat, chaise, { acte, motif: lu.valeur.contestation });
  }
  async function repondrePresence(c: Contexte, parole: ParoleDePresence) {
    const { s, participant: ligne, voie, mots } = parole;
    const p = { ligne, voie, organisationId: voie === 'representant' ? '' : ligne.organisationId, ...parlant(c, parole) };
    const reprise = texte(c.corps.acte) === 'reprendre';
    const garde = exigerContestable(p, mots, reprise);
    const lu = lire(contestationSchema, reprise ? { contestation: 'ne conteste plus' } : c.corps);
    if (!lu.ok) return lu.erreurs;
    await contesterPresence(c, s, services, { ...p, ...garde }, { motif: reprise ? null : lu.valeur.contestation, participants: parole.participants });
  }
  return [
    get(
      CHEMIN,
      acces.public,
      async (c) => {
        const parole = await chargerParole(c, services);
        return 'fin' in parole ? pageFin(parole.fin) : pageParole(c, parole);
      },
      { parMinute: 60, secrete: true },
    ),
    post(
      CHEMIN,
      acces.public,
      async (c) => {
        const parole = await chargerParole(c, services, true);
        if ('fin' in parole) return pageFin(parole.fin);
        if (parole.autre) throw interdit('Vous êtes connecté avec un autre compte que celui de ce lien : déconnectez-vous pour répondre.');
        if (parole.seConnecter) throw interdit(parole.seConnecter);
        const erreurs = parole.genre === 'approbation' ? await repondreApprobation(c, parole) : await repondrePresence(c, parole);
        return erreurs ? pageParole(c, parole, erreurs) : redirige(`${parole.ici}?merci=oui`);
      },
      { parMinute: 20, secrete: true },
    ),
  ];
}
