/** The files of a contract folder. One schema for each file; see README.md of this module for the format in words. */
import { pointsDInstanceSchema } from './points.schema.ts';
import { z } from 'zod';
import { CODES_CAPACITES } from '../../core/capacites.ts';
import { estUnFuseau } from '../../core/fuseau.ts';
import { LICENCE_OUVERTE, licenceSchema } from './licence.ts';
import type { RegleDuContrat } from './qualite.schema.ts';
import type { MotsDuContrat } from './recherche/recherche.schema.ts';
import type { SuiviFichier } from './suivis.schema.ts';
import { code, type grainSchema, id, libelle, mesureSchema, type NATURES } from './mesures.schema.ts';

export const contratSchema = z.strictObject({
  titre: libelle,
  sigle: z.string().min(2),
  debut: z.iso.date(),
  fin: z.iso.date(),
  /** Its wall clock: what day it is, at what hour one meets. */
  fuseau: z
    .string('un fuseau horaire est attendu, par exemple Europe/Paris')
    .refine(estUnFuseau, 'ce fuseau horaire n’existe pas ; écrivez un nom de la base IANA, par exemple Europe/Paris ou Indian/Reunion'),
  /** West, south, east, north of its territory, in degrees: what is outside is surprising, whether boundaries are loaded or not. */
  emprise: z
    .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90), z.number().min(-180).max(180), z.number().min(-90).max(90)])
    .refine(([o, s, e, n]) => o < e && s < n, 'attendu : ouest, sud, est, nord, en degrés décimaux')
    .optional(),
  resume: libelle,
  /** Of the figures that everyone may reuse. */
  licence: licenceSchema.default(LICENCE_OUVERTE),
  population: libelle.optional(), // who counted its inhabitants, and when: cited under every rate
  succede_a: z.string().optional(),
  signataires: z.array(z.strictObject({ acteur: id, titre: libelle, nom: z.string() })).min(1),
  axes: z.array(z.strictObject({ numero: z.number().int().positive(), titre: libelle, resume: libelle })).min(1),
  anomalies: z.array(z.strictObject({ objets: z.array(id), constat: libelle })).default([]),
});

export const acteursSchema = z.array(
  z.strictObject({
    id,
    nom: libelle,
    sigle: z.string().optional(),
    type: z.string(),
    sous_type: z.string().optional(),
    parent: id.optional(),
    /** There is one in each territory of that type: its name without the place (« Commissariat »). */
    local: z.strictObject({ nom: libelle, echelle: z.string() }).optional(),
    /** Of that place alone; stands there for the acteur above it, of which each place has one. */
    territoire: id.optional(),
  }),
);

export const territoiresSchema = z.array(
  z.strictObject({
    id,
    type: z.string(),
    nom: libelle,
    court: z.string(),
    /** After a name: « du 18e arrondissement ». */
    de: z.string().optional(),
    parent: id.optional(),
    code: z.string().optional(),
    /** Place on the tile map: column and row, from 0. */
    tuile: z.tuple([z.number().int(), z.number().int()]).optional(),
    /** People who live there; a territory without a number has the sum of its parts. */
    habitants: z.number().int().positive().optional(),
    depuis: z.iso.date().optional(),
    jusqu_a: z.iso.date().optional(),
  }),
);

export const glossaireSchema = z.array(
  z.strictObject({
    terme: z.string().min(1),
    sens: libelle,
    note: z.string().optional(),
    /** The same letters, with another meaning in these fiches. */
    ailleurs: z.array(z.strictObject({ sens: libelle, fiches: z.array(z.string()).min(1) })).default([]),
    /** The contract writes it and unfolds it nowhere: this meaning is the usual one. */
    developpe: z.literal(false).optional(),
    /** Who it is, where the directory writes its acronym otherwise. */
    acteur: id.optional(),
  }),
);

/** Words that were typed when a system said by itself whether it was served. */
const jamaisEcrit = z.never('l’état d’un dispositif se calcule : ôtez « etat » et « porte_par », dites ce que le dispositif demande avec « exige »').optional();
const capacites = z.array(z.enum(CODES_CAPACITES, { error: (i) => `« ${String(i.input)} » n’est pas une capacité connue (src/core/capacites.liste.ts)` }));
const mesures = z.array(z.string().regex(/^\d+\.\d+-\d+[a-z]?$/, 'attendu : une mesure comme 1.6-10b')).min(1);
const NU = 'dites quels enregistrements (ou: …) ou quelles capacités : un registre, une instance ou un module seul ne dit rien de ce qui est demandé';

/** What a system asks. Strict: exactly one of `registre`, `instance`, `mesures`, or capabilities by themselves. */
const exigenceSchema = z
  .strictObject({
    registre: z.string().optional(),
    /** The words of a formula's filter, one value each: the page of the system links to these very records. */
    ou: z.record(z.string(), z.union([z.string(), z.boolean()], 'une seule valeur est attendue')).optional(),
    instance: z.string().optional(),
    mesures: mesures.optional(),
    capacites: capacites.optional(),
    /** How many of these records are expected each week or month: « au moins douze opérations par semaine ». */
    seuil: z.strictObject({ nombre: z.int().min(1), par: z.enum(['semaine', 'mois']) }).optional(),
    module: z.never(NU).optional(),
  })
  .superRefine((e, ctx) => {
    const dire = (message: string, ...path: string[]) => ctx.addIssue({ code: 'custom', path, message });
    if ((e.capacites ?? []).length === 0 && Object.keys(e.ou ?? {}).length === 0) dire(NU);
    if (e.registre !== undefined && e.instance !== undefined) dire('un registre ou une instance, pas les deux');
    if (e.ou !== undefined && e.registre === undefined) dire('« ou » filtre un registre : dites lequel', 'ou');
    if (e.seuil !== undefined && e.registre === undefined) dire('« seuil » compte les enregistrements d’un registre : dites lequel', 'seuil');
    if (e.capacites?.includes('enregistrement')) dire('« enregistrement » se dit en filtrant un registre (registre, ou)', 'capacites');
  });

export const systemesSchema = z.array(
  z
    .strictObject({
      id,
      nom: libelle,
      archetype: z.string(),
      fiches: z.array(z.string()),
      /** Lines of action that it comes from. */
      lignes: z.array(id).default([]),
      porteur: z.string(),
      acces: z.string(),
      exige: z.array(exigenceSchema).optional(),
      /** Who keeps it, when nothing of it may come in. */
      hors_perimetre: z
        .string()
        .regex(/^tenu par \S/, 'attendu : « tenu par … », qui le tient et pourquoi rien n’en vient ici')
        .optional(),
      porte_par: jamaisEcrit,
      etat: jamaisEcrit,
    })
    .superRefine((s, ctx) => {
      if (s.exige !== undefined && s.hors_perimetre !== undefined)
        ctx.addIssue({
          code: 'custom',
          path: ['exige'],
          message: 'un dispositif hors périmètre ne demande rien : « exige » ou « hors_perimetre », pas les deux',
        });
    }),
);

const siege = { acteur: id, fonction: z.string().trim().min(2, 'une fonction est attendue').max(200) };
/** `referents`: a role of referents; all those who hold it there sit, as the directory says. */
const place = { ...siege, qualite: z.enum(['membre', 'invite', 'secretaire']).default('membre'), referents: z.string().optional() };
/** Kinds of bodies that the contract calls for: what `instances` creates its bodies from. */
export const typesInstanceSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'un identifiant en minuscules, mots séparés par des tirets, est attendu'),
    /** The system (GOUV-…, CELL-…) that it serves. */
    systeme: id,
    nom: libelle,
    sigle: z.string().optional(),
    objet: libelle,
    echelon: z.enum(['central', 'mairie', 'quartier', 'thematique']),
    /** `contrat`: one body; `mairies`: one in each first territory; `libre`: where people create it. */
    territoires: z.enum(['contrat', 'mairies', 'libre']),
    presidence: z.array(z.strictObject(siege)).default([]),
    /** Who keeps its secretariat; `porteur_deduit` when the contract does not say. */
    porteur: id,
    porteur_deduit: z.boolean().default(false),
    composition: z.array(z.strictObject(place)).default([]),
    /** `mois`: longest time between two sessions, only where the contract or the law fixes one. */
    cadence: z.strictObject({ mois: z.number().int().min(1).max(60).optional(), texte: libelle, source: z.enum(['contrat', 'loi', 'usage']) }),
    fiches: z.array(z.string()).default([]),
    confidentialite: z.enum(['publique', 'partenaires', 'restreinte', 'nommee']),
    points: pointsDInstanceSchema,
    /** Opinions or validations are voted. */
    vote: z.boolean().default(false),
    /** Residents write to it, and read its answers. */
    participation: z.literal(true).optional(),
    /** Usual minutes of a session. */
    duree: z.number().int().min(5).max(1440).default(120),
    /** `demande`: named by the contract, not installed by it. */
    creation: z.enum(['defaut', 'demande']).default('defaut'),
  }),
);

const valeurSchema = z.strictObject({
  code,
  libelle: libelle.max(120, 'le libellé est trop long (120 caractères au plus)'),
  retiree: z.literal(true).optional(),
});

/** Closed lists of the registers, and the contract's own words for their fields. */
export const listesSchema = z.strictObject({
  listes: z.array(
    z.strictObject({
      id: code,
      libelle,
      valeurs: z.array(valeurSchema).min(1, 'une liste a au moins une valeur').optional(),
      /** Instead of `valeurs`: some codes of another list, with its labels. */
      parmi: code.optional(),
      codes: z.array(code).min(1, 'une liste a au moins une valeur').optional(),
    }),
  ),
  champs: z
    .array(
      z.strictObject({
        registre: z.string(),
        champ: z.string(),
        libelle: libelle.optional(),
        aide: libelle.optional(),
        absent: z.literal(true).optional(),
        /** Asked only where another field, one of the contract's lists, has one of these values. */
        pour: z.strictObject({ champ: z.string(), valeurs: z.array(code).min(1) }).optional(),
      }),
    )
    .default([]),
});

export interface LigneFichier {
  id: string;
  libelle: string;
  page?: number | undefined;
  lignes?: LigneFichier[] | undefined;
}
const ligneSchema: z.ZodType<LigneFichier> = z.strictObject({
  id,
  libelle,
  page: z.number().int().optional(),
  get lignes(): z.ZodOptional<z.ZodArray<typeof ligneSchema>> {
    return z.array(ligneSchema).optional();
  },
});

export const ficheSchema = z.strictObject({
  numero: z.string().regex(/^\d+\.\d+$/, 'attendu : un numéro comme 1.6'),
  axe: z.number().int().positive(),
  titre: libelle,
  pages: z.tuple([z.number().int(), z.number().int()]).optional(),
  resume: libelle,
  public: libelle,
  objectifs: z.array(z.strictObject({ id, libelle })).default([]),
  actions: z
    .array(
      z.strictObject({
        id,
        type: z.enum(['rubrique', 'action', 'contexte']),
        libelle,
        volet: z.string().optional(),
        page: z.number().int().optional(),
        lignes: z.array(ligneSchema).default([]),
      }),
    )
    .default([]),
  pilotes: z.array(id),
  partenaires: z.array(id),
  note: z.string().optional(),
  indicateurs: z
    .array(z.strictObject({ id, libelle, groupe: z.string().optional(), page: z.number().int().optional(), mesures: z.array(mesureSchema).min(1) }))
    .default([]),
});

export const demonstrationSchema = z.strictObject({
  annees: z.array(z.number().int()).min(1),
  graine: z.number().int(),
  personas: z.array(
    z.strictObject({
      courriel: z.email(),
      nom: z.string(),
      fonction: z.string(),
      organisation: id,
      mandats: z.array(z.strictObject({ role: z.string(), territoire: id.optional(), fiche: z.string().optional() })),
      presentation: z.string(),
    }),
  ),
});

export type ContratFichier = z.output<typeof contratSchema>;
export type FicheFichier = z.output<typeof ficheSchema>;
export type Grain = z.output<typeof grainSchema>;
export type NatureDeMesure = (typeof NATURES)[number];
export type Acteur = z.output<typeof acteursSchema>[number];
export type Territoire = z.output<typeof territoiresSchema>[number];
export type Terme = z.output<typeof glossaireSchema>[number];
export type Systeme = Omit<z.output<typeof systemesSchema>[number], 'porte_par' | 'etat'>;
export type TypeInstance = z.output<typeof typesInstanceSchema>[number];
export type ListeFichier = z.output<typeof listesSchema>['listes'][number];
export type ChampFichier = z.output<typeof listesSchema>['champs'][number];
export type DemonstrationFichier = z.output<typeof demonstrationSchema>;

/** A contract folder, parsed. */
export interface ContratLu {
  slug: string;
  contrat: ContratFichier;
  acteurs: Acteur[];
  territoires: Territoire[];
  glossaire: Terme[];
  systemes: Systeme[];
  typesInstance: TypeInstance[];
  listes: ListeFichier[];
  champs: ChampFichier[];
  regles: RegleDuContrat[];
  /** Words of its public, for the search box. */
  recherche: MotsDuContrat;
  fiches: FicheFichier[];
  /** Followed beside the measures. */
  suivis: SuiviFichier[];
}
