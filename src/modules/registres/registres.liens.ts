/** What registers take from the modules below: the contract's directory, and figures that follow the records. */
import { getCatalogue } from '../contrats/index.ts';
import { appliquerFaits, compterNouveau, correspond, getFormulaire, getMouvements, mesuresQuiComptent, noterMouvements } from '../indicateurs/index.ts';
import { accorder } from '../echeances/index.ts';
import { sourceEtapes } from './etapes/etapes.dus.ts';
import type { Liens } from './registres.contexte.ts';
import { lignesLiees } from './preuves/proposition.rules.ts';
import type { Contenu } from './registres.rules.ts';
import { repertoireDe } from './registres.repertoire.ts';

/** Column of a view whose measures count places. */
const LIEU_COMPTE = 'lieu_compte';
/** A value of a record, as the columns of its view name it. Wherever it is, it is at one place. */
export const valeurDe =
  (k: Pick<Contenu, 'organisation_id' | 'donnees'>) =>
  (code: string): unknown =>
    code === 'organisation_id' ? k.organisation_id : code === LIEU_COMPTE ? LIEU_COMPTE : k.donnees[code];

export const liens: Liens = {
  appliquerFaits,
  compterNouveau,
  noterMouvements,
  getMouvements,
  accorderEtapes: async (tx, contratId, ids) => void (await accorder(tx, contratId, sourceEtapes, ids)),
  seuilsDe: async (db, contratId, registre) =>
    [...(await getCatalogue(db, contratId)).systemes.values()].flatMap((s) =>
      (s.exige ?? []).flatMap((e) => (e.seuil && e.registre === registre ? [{ systeme: s.id, nom: s.nom, ou: e.ou ?? {}, ...e.seuil }] : [])),
    ),
  getRepertoire: async (db, contratId) => repertoireDe(await getCatalogue(db, contratId)),
  getLexique: getCatalogue,
  mesuresDe: async (db, contratId, registre, contenu) => {
    const formulaire = await getFormulaire(db, contratId);
    return mesuresQuiComptent(formulaire, registre, valeurDe(contenu)).map((m) => ({
      id: m.id,
      libelle: m.court,
      fiche: m.fiche,
      href: `/chiffres/${encodeURIComponent(m.id)}?periode=${contenu.jour.slice(0, 4)}`,
    }));
  },
  lignesDe: async (db, contratId, registre, contenu) => {
    const f = await getFormulaire(db, contratId);
    const valeur = valeurDe(contenu);
    const mesures = new Set(mesuresQuiComptent(f, registre, valeur).map((m) => m.id));
    return lignesLiees(f.catalogue.systemes.values(), registre, mesures, (ou) => correspond(ou, valeur));
  },
};
