/** What registers take from the modules below: the contract's directory, and figures that follow the records. */
import { type Catalogue, getCatalogue } from '../contrats/index.ts';
import { appliquerFaits, getFormulaire, mesuresDe } from '../indicateurs/index.ts';
import type { Liens } from './registres.contexte.ts';
import type { Contenu } from './registres.rules.ts';
import { buildRepertoire, type Repertoire } from './registres.repertoire.ts';

const repertoires = new WeakMap<Catalogue, Repertoire>();

/** Built once for each state of the catalogue, which is itself kept in memory. */
export function repertoireDe(catalogue: Catalogue): Repertoire {
  const deja = repertoires.get(catalogue);
  if (deja) return deja;
  const rep = buildRepertoire(
    [...catalogue.territoires.values()].map((t) => ({ id: t.id, nom: t.nom, niveau: t.type, parent: t.parent ?? null, alias: [t.court, t.code ?? ''] })),
    [...catalogue.acteurs.values()]
      .map((a) => ({ id: a.id, nom: a.nom, alias: a.sigle ? [a.sigle] : [] }))
      .sort((a, b) => a.nom.localeCompare(b.nom, 'fr')),
    [...catalogue.fiches.values()].map((f) => ({ numero: f.numero, titre: f.titre, lignes: f.lignes.map((l) => ({ id: l.id, libelle: l.libelle })) })),
  );
  repertoires.set(catalogue, rep);
  return rep;
}

export const liens: Liens = {
  appliquerFaits,
  getRepertoire: async (db, contratId) => repertoireDe(await getCatalogue(db, contratId)),
  mesuresDe: async (db, contratId, registre, contenu) => {
    const formulaire = await getFormulaire(db, contratId);
    return mesuresDe(formulaire, registre)
      .filter((m) => formulaire.formules.get(m.id)?.atomes.some((a) => a.source === registre && correspond(a.ou, contenu)))
      .map((m) => ({ id: m.id, libelle: `${m.id} – ${m.libelle}`, href: `/chiffres/${encodeURIComponent(m.id)}?periode=${contenu.jour.slice(0, 4)}` }));
  },
};

type Filtre = Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>;

/** Same meaning as the SQL filter of a measure: a boolean that is not true is false. */
export function correspond(ou: Filtre, k: Contenu): boolean {
  return Object.entries(ou).every(([code, attendu]) => {
    const v = code === 'organisation_id' ? k.organisation_id : k.donnees[code];
    const valeurs = Array.isArray(attendu) ? attendu : [attendu];
    return valeurs.some((x) => (typeof x === 'boolean' ? (v === true) === x : v === x));
  });
}
