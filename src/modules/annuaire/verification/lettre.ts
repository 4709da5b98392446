/** A correction by link is at once what the public reads: those who may take it back are told what changed, in the same transaction. */
import type { Contexte } from '../../../core/http/http.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { Services } from '../../../core/module.ts';
import { jour } from '../../../ui/typographie.ts';
import { listComptes } from '../../comptes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { peutTenir } from '../annuaire.policy.ts';
import { direChangement } from '../structures/changements.ts';
import { changementsEntre, type Contenu, contenuDe } from '../structures/ecrire.ts';
import { getStructureTenue, type StructureTenue } from '../structures/structures.queries.ts';

/** The organisation that answers for the card and the coordination: whoever may correct it. Nothing when nothing changed. */
export async function annoncerCorrection(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>,
  services: Pick<Services, 'adresse'>,
  catalogue: Catalogue,
  avant: StructureTenue,
  contenu: Contenu,
): Promise<void> {
  const champs = Object.entries(changementsEntre(contenuDe(avant), contenu));
  if (champs.length === 0) return;
  const apres = await getStructureTenue(c.db, c.contrat.id, avant.id);
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const chemin = `/annuaire/structures/${avant.id}`;
  for (const u of ouverts.filter((x) => peutTenir(x, avant, catalogue.contient)))
    await ajouterCourriel(c.db, c.contrat.id, {
      a: u.courriel,
      sujet: `Corrigé par lien : ${avant.nom}`,
      texte: [
        `Bonjour ${u.nom},`,
        `Par son lien, le correspondant de « ${avant.nom} » a corrigé ce que le public lit :`,
        champs.map(([champ, [a, b]]) => `- ${direChangement(champ, a, b)}`).join('\n'),
        ...(apres?.aRelire ? [`Quelqu’un qui a un compte doit le relire avant le ${jour(apres.revoirLe)}.`] : []),
        `Relire, corriger, ou annuler par « Rétablir » :\n${new URL(services.adresse).origin}${chemin}#historique`,
      ].join('\n\n'),
      objet: chemin,
    });
}
