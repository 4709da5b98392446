/** The one search box: what each module finds of its own, for this person. */
import { lireEnsemble } from '../../../core/base/database.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { House, Module } from '../../../core/module.ts';
import { apprendreMots, type Catalogue, type GroupeTrouve, type Lieu, type Requete } from '../../contrats/index.ts';

export async function chercherPartout(
  house: House,
  c: Contexte,
  { lue, ...o }: { q: string; lue: Requete; catalogue: Catalogue; lieu: Lieu },
): Promise<readonly GroupeTrouve[]> {
  if (lue.stricte === '') return [];
  const question = { c, db: c.db, contratId: c.contrat.id, ...o, requete: lue.stricte };
  const groupes = await lireEnsemble(
    c.db,
    house.modules.flatMap((m) => m.recherche ?? []).map((chercher) => () => chercher(question)),
  );
  return groupes.filter((g) => g !== null);
}

/** Words written since the last time become words that a mistyped one may be near to. */
export const RENDEZVOUS_DES_MOTS: NonNullable<Module['rendezvous']>[number] = {
  code: 'mots-de-la-recherche',
  libelle: 'Mots connus de la recherche',
  quand: '*/10 * * * *',
  executer: async ({ db, house }) => {
    const n = await apprendreMots(
      db,
      house.registres.map((r) => r.code),
    );
    return n === 0 ? 'rien de nouveau' : `${n} mots appris`;
  },
};
