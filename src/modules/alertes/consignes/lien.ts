/** The link by which who answers for a site says « read », without an account. Nothing of it is kept: the platform's key signs it. */
import type { Coffre } from '../../../core/coffre.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Db } from '../../../core/base/database.ts';
import { estLienSigne, signerLien } from '../../../core/lien-signe.ts';
import type { Services } from '../../../core/module.ts';
import { jour, jourEtHeure } from '../../../ui/typographie.ts';
import type { Diffusion, Envoi } from './consignes.queries.ts';

const USAGE = 'consigne';
type Cle = Pick<Envoi, 'id' | 'courriel'>;
export const CHEMIN_D_ACCUSE = '/consignes/:envoiDeConsigne/:sceauDeConsigne';
export const cheminDAccuse = (coffre: Coffre, e: Cle): string => `/consignes/${e.id}/${signerLien(coffre, USAGE, [e.id, e.courriel.toLowerCase()])}`;
export const estSigne = (coffre: Coffre, e: Cle, recue: string): boolean =>
  e.courriel !== '' && estLienSigne(coffre, USAGE, [e.id, e.courriel.toLowerCase()], recue);

const EXERCICE = 'EXERCICE EXERCICE EXERCICE : cette consigne est jouée, rien n’est à faire que d’en accuser réception.';

/** One letter for each site, its words whole: they are read where there is no screen. */
export async function envoyerConsigne(
  tx: Db,
  contratId: number,
  s: Pick<Services, 'coffre' | 'adresse'>,
  d: Diffusion,
  e: Envoi,
  autorite: string,
): Promise<void> {
  await ajouterCourriel(
    tx,
    contratId,
    {
      a: e.courriel,
      sujet: `${d.exercice ? '[EXERCICE] ' : ''}Consigne : ${d.titre}`,
      texte: [
        ...(d.exercice ? [EXERCICE] : []),
        `Bonjour${e.personne ? ` ${e.personne}` : ''},`,
        `${autorite} demande, depuis le ${jourEtHeure(d.ordonneeLe)}, pour ${e.nom} :`,
        d.points.map((p) => `- ${p}`).join('\n'),
        ...(d.precisionDite ? [d.precisionDite] : []),
        `Dites que vous l’avez lu, avant le ${jour(d.duLe)}, d’un geste et sans compte :\n${s.adresse}${cheminDAccuse(s.coffre, e)}`,
        'Ce lien est pour vous seul : ne le transférez pas.',
      ].join('\n\n'),
      objet: `/alertes/consignes/${d.id}`,
    },
    s.coffre,
  );
}
export async function annoncerLevee(tx: Db, contratId: number, d: Diffusion, e: Envoi): Promise<void> {
  await ajouterCourriel(tx, contratId, {
    a: e.courriel,
    sujet: `${d.exercice ? '[EXERCICE] ' : ''}Consigne levée : ${d.titre}`,
    texte: [...(d.exercice ? [EXERCICE] : []), `Bonjour${e.personne ? ` ${e.personne}` : ''},`, `La consigne « ${d.titre} » est levée pour ${e.nom}.`].join(
      '\n\n',
    ),
    objet: `/alertes/consignes/${d.id}`,
  });
}
