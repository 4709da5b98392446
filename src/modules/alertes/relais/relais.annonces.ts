/** Messages in force: on top of public pages of their places, and in the feeds of the contract. */
import { lireGarde } from '../../../core/base/kept-reads.ts';
import type { Annonces, Nouvelles } from '../../../core/suites.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { relaisServi } from './relais.donnees.ts';
import { listEnVigueur, listNouveaux } from './relais.queries.ts';
import { derniere, direConfirmation, direNouvelle, direRecopie, estPortePar } from './relais.rules.ts';

/** On one page, at most; the list says the others. */
const MAX = 5;
/** What ends by its hour is ended by a passage of each minute: nothing here looks at the clock, so that pages are kept. */
export const annoncesOfficielles: Annonces = async (db, contrat, lieu) => {
  const tous = await lireGarde(
    db,
    `messages en vigueur ${contrat.id}`,
    (m) => JSON.stringify(m).length,
    () => listEnVigueur(db, contrat.id),
  );
  if (tous.length === 0) return [];
  const catalogue = await getCatalogue(db, contrat.id);
  const r = relaisServi(catalogue.slug);
  if (!r) return [];
  return tous
    .filter((m) => estPortePar(catalogue, m, lieu))
    .slice(0, MAX)
    .map((m) => {
      const attend = m.confirmeLe ? null : direConfirmation(m);
      const relaye = direRecopie(m, catalogue) ?? `Relayé par ${catalogue.nomActeur(m.organisationId)} le ${jourEtHeure(m.relayeLe)}.`;
      const ou = m.territoireId === catalogue.racine.id ? '' : `, pour ${catalogue.territoires.get(m.territoireId)?.nom ?? m.territoireId}`;
      return {
        id: m.id,
        titre: m.titre,
        ...(attend ? { reserve: attend } : {}),
        source: `${catalogue.nomActeur(m.origineId)}, le ${jourEtHeure(m.origineLe)}${ou}. ${relaye} En vigueur jusqu’au ${jourEtHeure(m.expireLe)}.`,
        mention: `${r.commande} ${r.relais}`,
        href: `/messages/${m.id}`,
      };
    });
};

/** Of a place: what its pages carry. Of none: what every page carries. */
export const nouvellesOfficielles: Nouvelles = async (c, { fiche, territoires, depuis, max }) => {
  const r = relaisServi(c.contrat.slug);
  if (!r || (fiche && !r.fiches.includes(fiche))) return [];
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const portees = territoires ? [...new Set([...territoires, ...territoires.flatMap((t) => catalogue.ascendants(t).map((x) => x.id))])] : [catalogue.racine.id];
  const messages = await listNouveaux(c.db, c.contrat.id, depuis, portees, max);
  return messages.map((m) => ({
    id: `message-${m.id}`,
    le: derniere(m),
    ...direNouvelle(m, catalogue),
    chemin: `/messages/${m.id}`,
  }));
};
