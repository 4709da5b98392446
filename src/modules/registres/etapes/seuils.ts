/** Numbers that the contract expects each week or month, against what is done and planned. */
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { lireFiltres } from '../liste/filtres.schema.ts';
import { countActivites } from '../liste/liste.queries.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { type PeriodeDeSeuil, periodeDuSeuil } from './seuils.rules.ts';

/** As `systemes.yaml` writes it: which records, how many, and the system that asks for them. */
export interface Seuil {
  systeme: string;
  nom: string;
  ou: Readonly<Record<string, string | boolean>>;
  nombre: number;
  par: 'semaine' | 'mois';
}
export interface EtatDeSeuil {
  seuil: Seuil;
  periode: PeriodeDeSeuil;
  realisees: number;
  programmees: number;
  /** The list that is counted. */
  href: string;
}

/** How each stands over the running week or month. `territoire`: where the list is read. */
export async function listEtatsDeSeuils(
  db: Db,
  o: { contratId: number; d: DefinitionRegistre; rep: Repertoire; territoire: string; aujourdhui: string },
  seuils: readonly Seuil[],
): Promise<EtatDeSeuil[]> {
  const { contratId, d, rep } = o;
  return lireEnsemble(
    db,
    seuils.map((seuil) => async (): Promise<EtatDeSeuil> => {
      const periode = periodeDuSeuil(seuil.par, o.aujourdhui);
      const ou = Object.fromEntries(Object.entries(seuil.ou).map(([k, v]) => [k, typeof v === 'boolean' ? (v ? 'oui' : 'non') : v]));
      const requete = { ...ou, du: periode.du, au: periode.au, territoire: o.territoire };
      const compter = (etape: string) => countActivites(db, { contratId, d, rep }, lireFiltres(d, rep, { ...requete, etape }));
      const [realisees, programmees] = await lireEnsemble(db, [() => compter('realisee'), () => compter('programmee')]);
      return {
        seuil,
        periode,
        realisees,
        programmees,
        href: `/registres/${d.code}?${new URLSearchParams({ ...requete, territoire: o.territoire || 'tous' })}`,
      };
    }),
  );
}
