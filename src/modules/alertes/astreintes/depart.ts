/** Somebody left: their lines leave the lists with their duties to come, and who coordinates those places is told of it at once. */
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { ecrireAudit, entree } from '../../../core/trace/audit.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { listComptes, type SuitesDUnDepart } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { estPrevenuDesTrous } from '../alertes.policy.ts';
import * as q from './astreintes.queries.ts';

export const suivreUnDepart: SuitesDUnDepart = async (tx, contratId, courriel, maintenant) => {
  const lignes = await q.listLignesDuParti(tx, contratId, courriel, maintenant);
  if (lignes.length === 0) return;
  const cat = await getCatalogue(tx, contratId);
  for (const i of lignes) await q.retirerInscrit(tx, contratId, i.id, { par: '', quand: maintenant });
  await ecrireAudit(
    tx,
    contratId,
    lignes.map((i) => entree({ utilisateur: null, quand: maintenant, adresse: null }, 'inscrit.retire', `/alertes/astreintes/inscrits/${i.id}`)),
  );
  const { ouverts } = await listComptes(tx, contratId, maintenant);
  await ajouterCourriels(
    tx,
    contratId,
    ouverts.flatMap((u) => {
      const siennes = lignes.filter((i) => estPrevenuDesTrous(u, i.territoire, cat));
      if (siennes.length === 0) return [];
      const dites = siennes.map(
        (i) =>
          `- ${i.nom}, ${cat.territoires.get(i.territoire)?.nom ?? i.territoire} : ${i.creneaux > 0 ? `${pluriel(i.creneaux, 'créneau', 'créneaux')} d’astreinte à pourvoir` : 'aucun créneau à venir'}`,
      );
      return [
        {
          a: u.courriel,
          sujet: 'Une personne a quitté les listes d’alerte',
          texte: [`Bonjour ${u.nom},`, 'Son compte est fermé : elle n’est plus sur ces listes, et ne sera plus prévenue.', dites.join('\n')].join('\n\n'),
          objet: '/alertes/astreintes',
        },
      ];
    }),
  );
};
