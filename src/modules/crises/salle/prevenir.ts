/**
 * Letters by which a room reaches those who do not have it on screen. They say that something waits and where, never what it is: a letter stays in a
 * box. Who was written to is told to whoever asked for it, nobody included.
 */
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { peutEcrire, peutOuvrir, peutRelancer } from '../crises.policy.ts';
import type { Cadre } from '../crises.schema.ts';

/** Letters that one act sends, at most. */
const LETTRES_MAX = 10;
interface Quoi {
  sujet: string;
  phrases: readonly string[];
  /** Page of it. */
  chemin: string;
  exercice: boolean;
}
type Ici = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'utilisateur'>;
async function ecrireA(c: Ici, adresse: string, qui: readonly Utilisateur[], q: Quoi): Promise<number> {
  const destinataires = qui.filter((u) => u.id !== c.utilisateur?.id).slice(0, LETTRES_MAX);
  const lettres = destinataires.map((u) => ({
    a: u.courriel,
    sujet: `${q.exercice ? '[EXERCICE] ' : ''}${q.sujet}`,
    texte: [...(q.exercice ? ['Exercice : rien de ceci n’est réel.'] : []), `Bonjour ${u.nom},`, ...q.phrases, `${adresse}${q.chemin}`].join('\n\n'),
    objet: q.chemin,
    urgent: true,
  }));
  await ajouterCourriels(c.db, c.contrat.id, lettres);
  return lettres.length;
}
const ouvertsDe = async (c: Ici): Promise<Utilisateur[]> => (await listComptes(c.db, c.contrat.id, c.maintenant)).ouverts;

/** Those of the control room that hold this place; the coordination where nobody of it has an account. Returns how many were written to. */
export async function prevenirLaSalleDeCommandement(
  c: Contexte,
  o: { adresse: string; cadre: Cadre; cat: Catalogue },
  a: { territoireId: string; exercice: boolean; chemin: string },
): Promise<number> {
  const ouverts = await ouvertsDe(c);
  const lieu = { territoireId: a.territoireId, fiche: o.cadre.fiche };
  const siens = ouverts.filter((u) => u.organisationId === o.cadre.scop.acteur && peutOuvrir(u, lieu, o.cat.contient));
  const qui = siens.length > 0 ? siens : ouverts.filter((u) => peutRelancer(u, a.territoireId, o.cat.contient));
  return ecrireA(c, o.adresse, qui, {
    sujet: 'Un événement appris par une mairie',
    phrases: [
      `Une mairie vient de noter ce qu’elle a appris autrement que par ${o.cadre.scop.libelle}. Le temps court jusqu’à ce que quelqu’un dise qu’elle en est prévenue.`,
    ],
    chemin: a.chemin,
    exercice: a.exercice,
  });
}

/** Nobody told the control room in time: the coordination of the place is written to. Returns how many were. */
export async function relancerLaCoordination(
  c: Ici,
  o: { adresse: string; cadre: Cadre; cat: Catalogue },
  a: { territoireId: string; exercice: boolean; chemin: string },
): Promise<number> {
  const qui = (await ouvertsDe(c)).filter((u) => peutRelancer(u, a.territoireId, o.cat.contient));
  return ecrireA(c, o.adresse, qui, {
    sujet: 'Un événement appris par une mairie attend toujours',
    phrases: [`Au bout de ${o.cadre.scop.minutes} minutes, personne n’a dit que ${o.cadre.scop.libelle} en est prévenue. Appelez-la, puis dites-le.`],
    chemin: a.chemin,
    exercice: a.exercice,
  });
}

/** Those of an organisation that may write in the room where it was just named. Returns how many were written to. */
export async function prevenirLesNommes(
  c: Contexte,
  o: { adresse: string; cadre: Cadre; cat: Catalogue },
  n: { crise: { id: string; exercice: boolean; territoireId: string; fiche: string }; organisationId: string; territoireId: string },
): Promise<number> {
  const salle = { ...n.crise, acteurs: [{ organisationId: n.organisationId, territoireId: n.territoireId }] };
  const qui = (await ouvertsDe(c)).filter((u) => u.organisationId === n.organisationId && peutEcrire(u, salle, o.cat.contient));
  return ecrireA(c, o.adresse, qui, {
    sujet: `Votre organisation est appelée dans une salle ${n.crise.exercice ? 'd’exercice' : 'de crise'}`,
    phrases: ['Votre organisation vient d’y être nommée : ses tâches et la main courante vous y attendent.'],
    chemin: `/crises/${n.crise.id}`,
    exercice: n.crise.exercice,
  });
}
