/** When what proofs list is written again: at start where that is short, by a job of the queue where it is not. */
import type { Db } from '../../../core/base/database.ts';
import { ajouterTravail, attendUnTravail, type Tache } from '../../../core/jobs/jobs.ts';
import { getFormulaire } from '../formulaires.ts';
import { accorderFiltres, reprendreFaits } from './reprise.ts';

/** Records that a start may look at: a second or two. */
const AU_DEMARRAGE = 20_000;
const GENRE = 'reprise-des-preuves';

/** Brings the filters to the formulas in force, as the owner; says what is left to others, or null. */
export async function actualiserPreuves(owner: Db, contratId: number): Promise<string | null> {
  const f = await getFormulaire(owner, contratId);
  if ((await accorderFiltres(owner, f, contratId)) === 0 || (await reprendreFaits(owner, f, contratId, { max: AU_DEMARRAGE }))) return null;
  if (!(await attendUnTravail(owner, contratId, GENRE)))
    await owner
      .transaction()
      .execute((tx) =>
        ajouterTravail(tx, contratId, { genre: GENRE, libelle: 'Listes des preuves reprises pour les formules en vigueur', charge: {}, demandePar: null }),
      );
  return 'listes des preuves reprises en arrière-plan';
}

/** All of it, now. */
export async function reprendrePreuves(db: Db, contratId: number): Promise<void> {
  await reprendreFaits(db, await getFormulaire(db, contratId), contratId);
}

export const tacheDesPreuves: Tache = {
  genre: GENRE,
  executer: async ({ db, contratId, progres }) => {
    let examines = 0;
    await reprendreFaits(db, await getFormulaire(db, contratId), contratId, {
      suivre: async (n) => {
        examines = n;
        await progres(n, null, `${n.toLocaleString('fr-FR')} enregistrements examinés`);
      },
    });
    return { examines };
  },
};
