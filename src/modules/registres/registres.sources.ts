/** What the definitions offer to measures: one source of facts each, with the lists and words of the contract that asks. */
import type { Lexique, SourceDeclaree, SourceDeFaits } from '../../core/faits.ts';
import type { DefinitionRegistre, RegistreDeclare } from './definition.ts';
import { listExtensions } from './extensions/extensions.queries.ts';
import { listLieux } from './lieux/lieux.queries.ts';
import { dimensionDuType, dimensionsDeLieu, LISTE_DES_TYPES } from './lieux/lieux.rules.ts';
import { codeDesLignes, dimensionsDe, listesNommees, pourContrat, quantitesDe } from './registres.rules.ts';
import { aDesDates, vueDateeDe, vueDe } from './registres.views.ts';

/** The teams that write in a register: when one of them is silent, another does not speak for it. */
const FLUX = ['service'];

const dimensionsDuRegistre = (d: DefinitionRegistre, lexique: Lexique): SourceDeFaits['dimensions'] => ({
  ...Object.fromEntries(dimensionsDe(d).map(({ code, libelle, type, options }) => [code, { libelle, type, ...(options ? { options } : {}) }])),
  ...dimensionsDeLieu(lexique.listes.get(LISTE_DES_TYPES) ?? []),
  ...(d.compteLieux ? { lieu_compte: { libelle: 'Adresse', type: 'texte' as const } } : {}),
});

/** Everyone's at once when the register is public; what is not must say when, or no source is built. */
const diffusionDe = (d: DefinitionRegistre): SourceDeFaits['diffusion'] => {
  if (d.diffusion) return d.diffusion;
  if (d.publique) return 'immediate';
  throw new Error(`Registre ${d.code} : il n’est pas public et ne dit pas sa diffusion.`);
};

const sourceDuRegistre = (base: RegistreDeclare): SourceDeclaree => ({
  nom: base.code,
  listes: listesNommees(base),
  listesPossibles: [LISTE_DES_TYPES],
  pour: (lexique) => {
    const d = pourContrat(base, lexique);
    return {
      nom: d.code,
      libelle: d.libelle,
      vue: vueDe(d),
      ...(aDesDates(d) ? { vueDatee: vueDateeDe(d) } : {}),
      flux: FLUX.filter((f) => d.champs.some((c) => c.code === f)),
      cle: 'uuid',
      dimensions: dimensionsDuRegistre(d, lexique),
      quantites: Object.fromEntries(quantitesDe(d).map(({ code, libelle, unite }) => [code, { libelle, unite }])),
      fin: d.fin !== undefined,
      publique: d.publique,
      diffusion: diffusionDe(d),
      libellesAjoutes: async (db, contratId) =>
        new Map([
          ...(await listExtensions(db, contratId, d.code)).map((e) => [`${e.champ}:${e.code}`, e.libelle] as const),
          ...(await listLieux(db, contratId)).map((l) => [`${dimensionDuType(l.type)}:${l.code}`, l.nom] as const),
        ]),
      lien: (id) => `/registres/${d.code}/${id}`,
    };
  },
});

/** Lines that are facts of their own: `audits-preconisations`, on the day each was done. */
const sourcesDesLignes = (base: RegistreDeclare): SourceDeclaree[] =>
  base.champs.flatMap((c) => {
    if (c.type !== 'lignes' || !c.faits) return [];
    const { faits } = c;
    const nom = codeDesLignes(base, c);
    return [
      {
        nom,
        listes: [],
        pour: (lexique) => {
          const d = pourContrat(base, lexique);
          const lignes = d.champs.find((x) => x.code === c.code);
          const colonnes = lignes?.type === 'lignes' ? lignes.colonnes : [];
          const siennes = colonnes.filter((x) => x.type === 'liste');
          const nombres = colonnes.filter((x) => x.type === 'nombre');
          return {
            nom,
            libelle: faits.libelle,
            vue: vueDe({ code: nom }),
            de: d.code,
            ...(faits.seulement ? {} : { aPart: true as const }),
            cle: 'uuid',
            dimensions: {
              ...dimensionsDuRegistre(d, lexique),
              ...Object.fromEntries(siennes.map((x) => [`ligne_${x.code}`, { libelle: x.libelle, type: 'liste' as const, options: x.options }])),
            },
            quantites: Object.fromEntries(nombres.map((x) => [`ligne_${x.code}`, { libelle: x.libelle, unite: x.unite }])),
            fin: false,
            publique: d.publique,
            diffusion: diffusionDe(d),
            lien: (id) => `/registres/${d.code}/${id}`,
          };
        },
      },
    ];
  });

export const buildSourcesDeFaits = (base: RegistreDeclare): SourceDeclaree[] => [sourceDuRegistre(base), ...sourcesDesLignes(base)];
