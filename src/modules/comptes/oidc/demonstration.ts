/** `npm start -- --oidc-demo`: a local identity provider whose people are those of the demonstration. */
import type { Db } from '../../../core/base/database.ts';
import { setSiret } from '../gestion/gestion.queries.ts';
import { listPersonas } from '../sessions.queries.ts';
import { ouvrirFournisseur } from './fournisseur-demo.ts';

const CLIENT = { clientId: 'concorde-demonstration', secret: 'secret-de-demonstration-sans-valeur' };

/** Fictive SIRET numbers are given to the organisations of the fictive people, so that they may come in by this way. */
export async function ouvrirOidcDemo(o: { db: Db; contratId: number; port: number; retour: string; apresDeconnexion: string; jour: string }) {
  const personas = await listPersonas(o.db, o.contratId, o.jour);
  const organisations = [...new Set(personas.map((p) => p.organisationId))];
  const siretDe = (id: string) => String(99_000_000_000_000 + organisations.indexOf(id));
  for (const id of organisations) await setSiret(o.db, o.contratId, id, siretDe(id), { nom: 'Démonstration', quand: new Date() });
  const personnes = personas.map((p) => {
    const [prenom = '', ...nom] = p.nom.split(' ');
    return { courriel: p.courriel, prenom, nom: nom.join(' '), siret: siretDe(p.organisationId), mfa: true };
  });
  const fournisseur = await ouvrirFournisseur({
    ...CLIENT,
    port: o.port,
    retours: [o.retour],
    apresDeconnexion: [o.apresDeconnexion],
    // Somebody whom nobody invited: to see what a refusal says.
    personnes: [...personnes, { courriel: 'sans.invitation@demo.concorde.example', prenom: 'Camille', nom: 'Sans Invitation', siret: siretDe('') }],
  });
  return { oidc: { emetteur: fournisseur.emetteur, ...CLIENT, pkce: false, demanderAmr: true }, close: () => fournisseur.close() };
}
