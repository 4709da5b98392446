/** What leaves by mail when something is passed to a body, and when its answer comes back. A restricted body is named in no letter. */
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { origineDe, type ServicesInstances } from '../instances.services.ts';
import { adressesDuSiege } from '../sieges.queries.ts';
import type { Instance } from '../instances.types.ts';
import { NATURES_REMONTEE } from './remontees.rules.ts';
import type { Remontee } from './remontees.queries.ts';

type Bout = Pick<Instance, 'id' | 'nom' | 'confidentialite'>;
type Ecrite = Pick<Remontee, 'id' | 'titre' | 'nature' | 'deConfidentialite' | 'versConfidentialite'>;

const tue = (r: Ecrite, de: Bout, vers: Bout): boolean =>
  [de.confidentialite, vers.confidentialite, r.deConfidentialite, r.versConfidentialite].includes('restreinte');

async function ecrire(
  c: Contexte,
  services: ServicesInstances,
  a: Bout,
  qualites: readonly ('secretaire' | 'president')[],
  r: Ecrite,
  sujet: string,
  phrase: string,
) {
  const vus = new Set<string>();
  for (const qualite of qualites) {
    const adresses = await adressesDuSiege(c.db, c.contrat.id, [a.id], qualite, jourDe(c.maintenant));
    for (const d of adresses.get(a.id) ?? []) {
      if (vus.has(d.courriel)) continue;
      vus.add(d.courriel);
      const chemin = `/remontees/${r.id}`;
      const texte = `Bonjour ${d.nom},\n\n${phrase}\n\n${origineDe(services)}${chemin}\n`;
      await ajouterCourriel(c.db, c.contrat.id, { a: d.courriel, sujet, texte, objet: chemin });
    }
  }
}

export const annoncerRemontee = (c: Contexte, services: ServicesInstances, r: Ecrite, de: Bout, vers: Bout): Promise<void> =>
  ecrire(
    c,
    services,
    vers,
    ['secretaire'],
    r,
    tue(r, de, vers) ? 'Une instance vous transmet une proposition' : `${NATURES_REMONTEE[r.nature]} transmise par ${de.nom}`,
    tue(r, de, vers)
      ? 'Une instance transmet une proposition à une instance que vous tenez. Elle attend une réponse.'
      : `${de.nom} transmet à ${vers.nom} : « ${r.titre} ». Vous pouvez l’inscrire à un ordre du jour, puis y répondre.`,
  );

export const annoncerReponse = (
  c: Contexte,
  services: ServicesInstances,
  r: Ecrite & { etat: 'decidee' | 'refusee'; reponse: string },
  de: Bout,
  vers: Bout,
): Promise<void> =>
  ecrire(
    c,
    services,
    de,
    ['secretaire', 'president'],
    r,
    tue(r, de, vers) ? 'Une réponse est arrivée' : `Réponse à « ${r.titre} »`,
    tue(r, de, vers)
      ? 'Ce que votre instance avait transmis a reçu une réponse.'
      : `« ${r.titre} », transmis à ${vers.nom}, ${r.etat === 'decidee' ? 'a été décidé' : 'a été refusé'} :\n\n${r.reponse}`,
  );
