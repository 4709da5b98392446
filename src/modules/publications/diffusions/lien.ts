/** The letter that brings a document, and the link of who has no account: it opens once, and the next one closes it. */
import type { Db } from '../../../core/base/database.ts';
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Services } from '../../../core/module.ts';
import { jour } from '../../../ui/typographie.ts';
import type { DocumentDiffuse, Lecteur } from './diffusions.queries.ts';

export const CHEMIN = '/documents-diffuses';
export const CHEMIN_DU_LIEN = '/lire/:lecteur/:sceauDeLecture';
const USAGE = 'document';
type Cle = Pick<Lecteur, 'id' | 'courriel' | 'tour'>;
const parties = (l: Cle) => [l.id, l.courriel.toLowerCase(), String(l.tour)];
export const cheminDuLien = (coffre: Coffre, l: Cle): string => `/lire/${l.id}/${signerLien(coffre, USAGE, parties(l))}`;
export const estSien = (coffre: Coffre, l: Cle, recu: string): boolean => l.courriel !== '' && estLienSigne(coffre, USAGE, parties(l), recu);
/** What was opened stays open that long, to be read and downloaded. */
export const OUVERT_MS = 3_600_000;

/** Withdrawn, and nothing in its place: who had it is told why. */
export async function annoncerLeRetrait(
  tx: Db,
  contratId: number,
  coffre: Coffre,
  d: Pick<DocumentDiffuse, 'id' | 'titre'> & { motif: string },
  lecteurs: readonly Pick<Lecteur, 'courriel' | 'nom'>[],
  organisme: string,
): Promise<void> {
  const lettres = lecteurs.map((l) => ({
    a: l.courriel,
    sujet: `Retiré : ${d.titre}`,
    texte: [
      `Bonjour${l.nom ? ` ${l.nom}` : ''},`,
      `${organisme} retire « ${d.titre} », qui vous était adressé. Motif : ${d.motif}`,
      'Si vous l’avez lu ou enregistré, ne vous en servez plus.',
    ].join('\n\n'),
    objet: `${CHEMIN}/${d.id}`,
  }));
  await ajouterCourriels(tx, contratId, lettres, coffre);
}
export async function envoyerAuxLecteurs(
  tx: Db,
  contratId: number,
  s: Pick<Services, 'coffre' | 'adresse'>,
  d: Pick<DocumentDiffuse, 'id' | 'titre' | 'version' | 'lireAvant'>,
  lecteurs: readonly Lecteur[],
  organisme: string,
): Promise<void> {
  const lettres = lecteurs.map((l) => ({
    a: l.courriel,
    sujet: `À lire : ${d.titre}`,
    texte: [
      `Bonjour${l.nom ? ` ${l.nom}` : ''},`,
      `${organisme} vous adresse « ${d.titre} »${d.version > 1 ? `, version ${d.version} : elle remplace la précédente` : ''}. À lire avant le ${jour(d.lireAvant)}.`,
      l.compteId
        ? `Il se lit avec votre compte :\n${s.adresse}${CHEMIN}/${d.id}`
        : `Ce lien l’ouvre une fois, et dit que vous l’avez lu :\n${s.adresse}${cheminDuLien(s.coffre, l)}\n\nIl est pour vous seul : ne le transférez pas.`,
    ].join('\n\n'),
    objet: `${CHEMIN}/${d.id}`,
  }));
  await ajouterCourriels(tx, contratId, lettres, s.coffre);
}
