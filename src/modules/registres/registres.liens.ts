/** What registers take from the modules below: the contract's directory, and figures that follow the records. */
import { getCatalogue } from '../contrats/index.ts';
import { appliquerFaits, getFormulaire, getMouvements, mesuresDe, noterMouvements } from '../indicateurs/index.ts';
import type { Liens } from './registres.contexte.ts';
import type { Contenu } from './registres.rules.ts';
import { repertoireDe } from './registres.repertoire.ts';

export const liens: Liens = {
  appliquerFaits,
  noterMouvements,
  getMouvements,
  getRepertoire: async (db, contratId) => repertoireDe(await getCatalogue(db, contratId)),
  getLexique: getCatalogue,
  mesuresDe: async (db, contratId, registre, contenu) => {
    const formulaire = await getFormulaire(db, contratId);
    return mesuresDe(formulaire, registre)
      .filter((m) => formulaire.formules.get(m.id)?.atomes.some((a) => a.source === registre && correspond(a.ou, contenu)))
      .map((m) => ({ id: m.id, libelle: `${m.id} – ${m.libelle}`, href: `/chiffres/${encodeURIComponent(m.id)}?periode=${contenu.jour.slice(0, 4)}` }));
  },
};

type Filtre = Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>;

/** Same meaning as the SQL filter of a measure: a boolean that is not true is false. */
export function correspond(ou: Filtre, k: Pick<Contenu, 'organisation_id' | 'donnees'>): boolean {
  return Object.entries(ou).every(([code, attendu]) => {
    const v = code === 'organisation_id' ? k.organisation_id : k.donnees[code];
    const valeurs = Array.isArray(attendu) ? attendu : [attendu];
    return valeurs.some((x) => (typeof x === 'boolean' ? (v === true) === x : v === x));
  });
}
