/** Messages in force: on top of public pages, and in the feeds of the contract. */
import { lireGarde } from '../../../core/base/kept-reads.ts';
import type { Annonces, Nouvelles } from '../../../core/suites.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { relaisServi } from './relais.donnees.ts';
import { listEnVigueur, listNouveaux } from './relais.queries.ts';

/** What ends by its hour is ended by a passage of each minute: nothing here looks at the clock, so that pages are kept. */
export const annoncesOfficielles: Annonces = async (db, contrat) => {
  const messages = await lireGarde(
    db,
    `messages en vigueur ${contrat.id}`,
    (m) => JSON.stringify(m).length,
    () => listEnVigueur(db, contrat.id),
  );
  if (messages.length === 0) return [];
  const catalogue = await getCatalogue(db, contrat.id);
  const r = relaisServi(catalogue.slug);
  if (!r) return [];
  return messages.map((m) => ({
    id: m.id,
    titre: m.titre,
    source: `${catalogue.nomActeur(m.origineId)}, le ${jourEtHeure(m.origineLe)}. Relayé par ${catalogue.nomActeur(m.organisationId)} le ${jourEtHeure(m.relayeLe)}, en vigueur jusqu’au ${jourEtHeure(m.expireLe)}.`,
    mention: `${r.commande} ${r.relais}`,
    href: `/messages/${m.id}`,
  }));
};

export const nouvellesOfficielles: Nouvelles = async (c, { fiche, territoires, depuis, max }) => {
  const r = relaisServi(c.contrat.slug);
  if (!r || (fiche && !r.fiches.includes(fiche))) return [];
  const [catalogue, messages] = [await getCatalogue(c.db, c.contrat.id), await listNouveaux(c.db, c.contrat.id, depuis, territoires, max)];
  return messages.map((m) => ({
    id: `message-${m.id}`,
    le: m.relayeLe,
    titre: `Message officiel : ${m.titre}`,
    resume: `Message de ${catalogue.nomActeur(m.origineId)}, émis le ${jourEtHeure(m.origineLe)}, relayé sans changement.`,
    chemin: `/messages/${m.id}`,
  }));
};
