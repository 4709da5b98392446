/** What the definitions offer to measures: one source of facts each, with the lists and words of the contract that asks. */
import type { SourceDeclaree } from '../../core/faits.ts';
import type { RegistreDeclare } from './definition.ts';
import { listExtensions } from './extensions/extensions.queries.ts';
import { dimensionsDe, listesNommees, pourContrat, quantitesDe } from './registres.rules.ts';
import { vueDe } from './registres.views.ts';

export const buildSourceDeFaits = (base: RegistreDeclare): SourceDeclaree => ({
  nom: base.code,
  listes: listesNommees(base),
  pour: (lexique) => {
    const d = pourContrat(base, lexique);
    return {
      nom: d.code,
      libelle: d.libelle,
      vue: vueDe(d),
      cle: 'uuid',
      dimensions: Object.fromEntries(dimensionsDe(d).map(({ code, libelle, type, options }) => [code, { libelle, type, ...(options ? { options } : {}) }])),
      quantites: Object.fromEntries(quantitesDe(d).map(({ code, libelle, unite }) => [code, { libelle, unite }])),
      fin: d.fin !== undefined,
      publique: d.publique,
      libellesAjoutes: async (db, contratId) => new Map((await listExtensions(db, contratId, d.code)).map((e) => [`${e.champ}:${e.code}`, e.libelle])),
      lien: (id) => `/registres/${d.code}/${id}`,
    };
  },
});
