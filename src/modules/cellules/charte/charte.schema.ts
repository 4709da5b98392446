/**
 * The executable charter of a contract, `cellules.yaml`: kinds of cells, closed lists, groups of fields, durations, articles. What people
 * sign, what forms offer and what each disclosure cites come from the same lines.
 */
import { z } from 'zod';
import { ligne } from '../../../core/http/fields.ts';

const code = z.string().regex(/^[a-z-]{2,40}$/, 'attendu : lettres minuscules et tirets');
const libelle = z.string().min(2).max(120);
const item = z.strictObject({ code, libelle, genres: z.array(code).min(1).optional() });
/** By which right a situation is read. */
const TITRES = ['designe', 'present', 'projection', 'secours', 'archive'] as const;
export const DROITS_DES_PERSONNES = ['acces', 'rectification', 'opposition', 'effacement'] as const;
export type Titre = (typeof TITRES)[number];
const moisDeDuree = z.number().int().min(1).max(60);

export const charteSchema = z
  .strictObject({
    version: ligne('La version', 40).min(1),
    titre: ligne('Le titre').min(5),
    genres: z
      .array(
        z.strictObject({
          code,
          libelle,
          sens: z.string().min(10).max(300),
          fondement: z.string().min(5).max(300),
          finalites: z.array(z.string().min(10).max(300)).min(1),
          durees: z.strictObject({ sans_suite_mois: moisDeDuree, suivi_mois: moisDeDuree, apres_suivi_mois: moisDeDuree }),
          /** Its situations carry a number alone: nobody's name is asked, nor taken if it is sent. */
          sans_identite: z.boolean().default(false),
          /** Minors: their parents are informed, or the stated reason says why not yet. */
          mineurs: z.boolean().default(false),
          /** Nothing is kept later than so many months after this birthday. */
          age: z.strictObject({ limite: z.number().int().min(1).max(99), apres_mois: z.number().int().min(0).max(60) }).optional(),
        }),
      )
      .min(1),
    /** `partenaire`: the kind of partner that figures name; none when it is no partner. */
    origines: z.array(item.extend({ partenaire: code.optional() })).min(1),
    difficultes: z.array(item).min(1),
    apports: z.array(item).min(1),
    orientations: z.array(item.extend({ accuse_jours: z.number().int().min(1).max(365), issue_jours: z.number().int().min(1).max(730) })).min(1),
    issues: z.array(item).min(1),
    /** For how many days, and how many at most since the situation entered, however often it is said again. */
    differes: z
      .array(
        item
          .extend({ jours: z.number().int().min(1).max(180), cumul_jours: z.number().int().min(1).max(365) })
          .refine((d) => d.cumul_jours >= d.jours, 'cumul plus court'),
      )
      .min(1),
    /** Days from the entry by which the person, or the parents, are informed, unless a reason puts it off. */
    information: z.strictObject({ jours: z.number().int().min(1).max(90) }),
    groupes: z
      .array(
        z.strictObject({
          code: z.enum(['saisine', 'identite', 'apport']),
          libelle,
          champs: z.array(z.string().min(2).max(120)).min(1),
          article: z.number().int().min(1),
          /** Who reads it; nobody else does, whatever a page asks for. */
          lisent: z.array(z.enum(TITRES)).min(1),
        }),
      )
      .length(3),
    /** What each right to read is, in words. */
    titres: z.array(z.strictObject({ code: z.enum(TITRES), libelle, sens: z.string().min(10).max(300) })).length(TITRES.length),
    /** Reasons to read in emergency, for how long once somebody else agreed, and within how many hours it is reviewed. */
    secours: z.strictObject({
      motifs: z.array(item).min(1),
      minutes: z.number().int().min(5).max(240),
      revue_heures: z.number().int().min(1).max(240),
      article: z.number().int().min(1),
    }),
    /** Reasons to read what is closed, and for how long. */
    archive: z.strictObject({ motifs: z.array(item).min(1), minutes: z.number().int().min(5).max(240), article: z.number().int().min(1) }),
    /**
     * The accelerated way that a grave alert opens, for these kinds of cells: so many days after the alert, a session within so many, a
     * situation examined within so many, and shorter clocks for what is decided.
     */
    acceleree: z
      .strictObject({
        genres: z.array(code).min(1),
        jours: z.number().int().min(1).max(60),
        seance_jours: z.number().int().min(1).max(30),
        examen_jours: z.number().int().min(1).max(30),
        accuse_jours: z.number().int().min(1).max(60),
        issue_jours: z.number().int().min(1).max(180),
        article: z.number().int().min(1),
      })
      .optional(),
    /** Legal grounds on which a request of a person may be refused, by right. */
    refus: z.array(item.extend({ droits: z.array(z.enum(DROITS_DES_PERSONNES)).min(1) })).min(1),
    /** What the person, or the parents, are told: `{genre}` and `{fondement}` are those of the kind of cell. */
    notice: z.strictObject({ titre: ligne('Le titre').min(5), paragraphes: z.array(z.string().min(10).max(1000)).min(1) }),
    articles: z.array(z.strictObject({ titre: z.string().min(3).max(120), texte: z.string().min(20).max(2000) })).min(1),
  })
  .superRefine((c, ctx) => {
    const genres = new Set(c.genres.map((g) => g.code));
    for (const liste of ['genres', 'origines', 'difficultes', 'apports', 'orientations', 'issues', 'differes', 'groupes', 'titres', 'refus'] as const) {
      const codes = c[liste].map((x) => x.code);
      const double = codes.find((x, i) => codes.indexOf(x) !== i);
      if (double) ctx.addIssue({ code: 'custom', path: [liste], message: `le code « ${double} » y est deux fois` });
      for (const x of c[liste])
        for (const g of 'genres' in x && x.genres ? x.genres : [])
          if (!genres.has(g)) ctx.addIssue({ code: 'custom', path: [liste, x.code], message: `genre de cellule « ${g} » inconnu` });
    }
    for (const liste of ['difficultes', 'apports'] as const)
      if (!c[liste].some((x) => x.code === 'secret')) ctx.addIssue({ code: 'custom', path: [liste], message: 'la réponse « secret » manque' });
    for (const g of c.groupes)
      if (g.article > c.articles.length) ctx.addIssue({ code: 'custom', path: ['groupes', g.code], message: `il n’y a pas d’article ${g.article}` });
    for (const [ou, article] of [
      ['secours', c.secours.article],
      ['archive', c.archive.article],
    ] as const)
      if (article > c.articles.length) ctx.addIssue({ code: 'custom', path: [ou], message: `il n’y a pas d’article ${article}` });
    for (const g of c.acceleree?.genres ?? [])
      if (!genres.has(g)) ctx.addIssue({ code: 'custom', path: ['acceleree'], message: `genre de cellule « ${g} » inconnu` });
    if (c.acceleree && c.acceleree.article > c.articles.length)
      ctx.addIssue({ code: 'custom', path: ['acceleree'], message: `il n’y a pas d’article ${c.acceleree.article}` });
    if (c.acceleree && c.acceleree.issue_jours < c.acceleree.accuse_jours)
      ctx.addIssue({ code: 'custom', path: ['acceleree'], message: 'l’issue viendrait avant l’accusé' });
    // The wall is not the place of a name: no charter may say so.
    if (c.groupes.some((g) => g.code === 'identite' && g.lisent.includes('projection')))
      ctx.addIssue({ code: 'custom', path: ['groupes', 'identite'], message: 'l’identité ne se projette pas' });
    if (!c.groupes.every((g) => g.lisent.includes('designe')))
      ctx.addIssue({ code: 'custom', path: ['groupes'], message: 'un membre désigné lit chaque groupe' });
    for (const o of c.orientations)
      if (o.issue_jours < o.accuse_jours) ctx.addIssue({ code: 'custom', path: ['orientations', o.code], message: 'l’issue viendrait avant l’accusé' });
  });

export type Charte = z.output<typeof charteSchema>;
export type Acceleree = NonNullable<Charte['acceleree']>;
export type Genre = Charte['genres'][number];
export type Groupe = Charte['groupes'][number]['code'];
