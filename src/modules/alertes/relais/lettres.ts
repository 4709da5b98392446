/**
 * Letters that go at once when something is said to the public: to the coordination, and to the authority in whose name it is said, where its address is
 * known. Nobody learns from a page alone that a message stands in their name.
 */
import type { Utilisateur } from '../../../core/authorize.ts';
import type { Db } from '../../../core/base/database.ts';
import { ajouterCourriels } from '../../../core/courrier/mail.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { listCorrespondants } from '../../annuaire/index.ts';
import { listComptes } from '../../comptes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { peutCoordonner } from './relais.policy.ts';
import type { MessageTenu } from './relais.queries.ts';
import { direFin, direRecopie } from './relais.rules.ts';

const LETTRES_MAX = 20;
export const objetDe = (id: string): string => `/alertes/relais/${id}`;
/** Of the letters to the authority: told apart on the page. */
export const objetPourLAutorite = (id: string): string => `${objetDe(id)}#autorite`;

type Quoi = 'paru' | 'confirme' | 'fini';
interface Ou {
  db: Db;
  contratId: number;
  maintenant: Date;
  adresse: string;
  catalogue: Catalogue;
}
interface Destinataire {
  courriel: string;
  nom: string;
}
/** Open accounts of the authority, and who answers for its places there, in the directory. */
async function adressesDe(o: Ou, m: MessageTenu, ouverts: readonly Utilisateur[]): Promise<Destinataire[]> {
  const lieux = o.catalogue.ascendants(m.territoireId).map((t) => t.id);
  const places = await listCorrespondants(o.db, o.contratId, { organisations: [m.origineId], territoires: lieux }, LETTRES_MAX);
  const toutes = [
    ...ouverts.filter((u) => u.organisationId === m.origineId && u.mandats.length > 0),
    ...places.filter((p) => p.correspondantCourriel !== '').map((p) => ({ courriel: p.correspondantCourriel, nom: p.correspondantNom })),
  ];
  return [...new Map(toutes.map((d) => [d.courriel.toLowerCase(), { courriel: d.courriel, nom: d.nom }])).values()].slice(0, LETTRES_MAX);
}

function lettre(o: Ou, m: MessageTenu, quoi: Quoi, enVotreNom: boolean): { sujet: string; phrases: string[] } {
  const nom = (id: string) => o.catalogue.nomActeur(id);
  const lieu = o.catalogue.territoires.get(m.territoireId)?.nom ?? m.territoireId;
  const page = `${o.adresse}/messages/${m.id}`;
  if (quoi === 'fini')
    return { sujet: `Message retiré : ${m.titre}`, phrases: [`Le message « ${m.titre} » (${nom(m.origineId)}, ${lieu}) est ${direFin(m)}.`, page] };
  if (quoi === 'confirme')
    return {
      sujet: `Message confirmé : ${m.titre}`,
      phrases: [`Une seconde personne a confirmé le message « ${m.titre} » (${nom(m.origineId)}, ${lieu}).`, page],
    };
  const dire = enVotreNom
    ? `Un message vient de paraître en votre nom (${nom(m.origineId)}), pour ${lieu} :`
    : `Un message vient de paraître au nom de ${nom(m.origineId)}, pour ${lieu} :`;
  return {
    sujet: enVotreNom ? 'Un message vient de paraître en votre nom' : `Message à confirmer : ${m.titre}`,
    phrases: [
      dire,
      `« ${m.titre} »`,
      `Relayé par ${nom(m.organisationId)} le ${jourEtHeure(m.relayeLe)}.${m.recopie ? ` ${direRecopie(m, o.catalogue)}` : ''}`,
      `Le lire :\n${page}`,
      ...(m.aConfirmerAvant ? [`Sans une seconde personne pour le confirmer, il se retire le ${jourEtHeure(m.aConfirmerAvant)}.`] : []),
      `S’il est faux, retirez-le, ou appelez qui le peut (coordination, coordonnateur du lieu, salle de commandement) :\n${o.adresse}${objetDe(m.id)}`,
    ],
  };
}

/** Nothing is sent of an exercise. `par`: who acts, and knows. */
export async function annoncerMessage(o: Ou, m: MessageTenu, quoi: Quoi, par: string | null): Promise<void> {
  if (m.exercice) return;
  const { ouverts } = await listComptes(o.db, o.contratId, o.maintenant);
  const autorite = await adressesDe(o, m, ouverts);
  const deLAutorite = new Set(autorite.map((d) => d.courriel.toLowerCase()));
  const coordination = ouverts
    .filter((u) => u.id !== par && !deLAutorite.has(u.courriel.toLowerCase()) && peutCoordonner(u, m.territoireId, o.catalogue.contient))
    .slice(0, LETTRES_MAX);
  const ecrire = (d: Destinataire, objet: string, enVotreNom: boolean) => {
    const { sujet, phrases } = lettre(o, m, quoi, enVotreNom);
    return { a: d.courriel, sujet, texte: [`Bonjour${d.nom ? ` ${d.nom}` : ''},`, ...phrases].join('\n\n'), objet, urgent: true };
  };
  await ajouterCourriels(o.db, o.contratId, [
    ...autorite.map((d) => ecrire(d, objetPourLAutorite(m.id), true)),
    ...coordination.map((d) => ecrire(d, objetDe(m.id), false)),
  ]);
}
