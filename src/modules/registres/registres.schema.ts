/**
 * Zod schemas made from a definition: what the API takes, what a form or a row of a file must come to. Create and update are
 * separate: an update says which version it replaces and why. The same schemas give the OpenAPI document.
 */
import { estJour } from '../../core/jours.ts';
import { z } from 'zod';
import type { Lisible } from '../../core/http/http.ts';
import { estUneLigne, SUR_UNE_LIGNE } from '../../core/http/fields.ts';
import type { Champ, ChampLignes, ChampNombre, ChampTexte, DefinitionRegistre, FormatDeTexte, SensDeDate } from './definition.ts';
import { aRemplir, fautesDEtape } from './etapes/etapes.rules.ts';
import type { Contenu, Etape, LigneRepetee, ValeurChamp } from './registres.rules.ts';
import { CHAMP_LIEU, fauteDeJour } from './lieux/lieux.rules.ts';
import type { Repertoire } from './registres.repertoire.ts';

const manque = (quoi: string) => (i: { input?: unknown }) =>
  i.input === undefined || i.input === null || i.input === '' ? aRemplir(quoi) : `« ${quoi} » n’est pas au bon format.`;
const compte = (quoi: string) => (i: { input?: unknown }) =>
  typeof i.input === 'number' ? `« ${quoi} » est un compte : écrivez un nombre entier.` : manque(quoi)(i);
const horsListe = (quoi: string) => (i: { input?: unknown }) =>
  typeof i.input === 'string' && i.input !== '' ? `« ${i.input} » n’est pas dans la liste « ${quoi} ».` : `Choisissez « ${quoi} ».`;

const ANNEE_MIN = 2000;
const date = (libelle: string, sens: SensDeDate, rep: Repertoire) =>
  z.iso
    .date({ error: manque(libelle) })
    .refine((d) => Number(d.slice(0, 4)) >= ANNEE_MIN && Number(d.slice(0, 4)) <= 2100, { error: `« ${libelle} » : vérifiez l’année.` })
    .refine((d) => sens === 'prevu' || rep.aujourdhui === undefined || d <= rep.aujourdhui, {
      error: (i) =>
        `« ${libelle} » : le ${String(i.input).split('-').reverse().join('/')} n’est pas encore passé. On enregistre ici ce qui est fait : vérifiez la date.`,
    });
const court = (libelle: string, max: number) =>
  z
    .string({ error: manque(libelle) })
    .trim()
    .max(max, { error: `« ${libelle} » : ${max} caractères au plus. Raccourcissez le texte.` });
/** A title, a place, a name. */
const ligne = (libelle: string, max: number) => court(libelle, max).refine(estUneLigne, { error: `« ${libelle} » ${SUR_UNE_LIGNE}` });
const obligatoire = (libelle: string, max: number) => ligne(libelle, max).min(1, { error: aRemplir(libelle) });

function schemaChamp(d: DefinitionRegistre, c: Champ, rep: Repertoire): z.ZodType<ValeurChamp | null | undefined> {
  const base = schemaValeur(c, rep).describe(c.aide ? `${c.libelle}. ${c.aide}` : c.libelle);
  return c.obligatoire && !(d.etapes && attendable(c)) ? base : base.nullable().optional();
}
/** What is only known once it is done. */
const attendable = (c: Champ): boolean => c.type === 'nombre' || c.type === 'lignes';

function schemaValeur(c: Champ, rep: Repertoire): z.ZodType<ValeurChamp> {
  switch (c.type) {
    case 'liste':
      return z.enum(codes(c.options), { error: horsListe(c.libelle) });
    case 'booleen':
      return z.boolean({ error: manque(c.libelle) });
    case 'nombre':
      return nombreDe(c);
    case 'date':
      return date(c.libelle, c.sens, rep);
    case 'acteur':
      return z
        .string({ error: manque(c.libelle) })
        .refine((id) => rep.acteurs.has(id), { error: `« ${c.libelle} » : choisissez un partenaire de l’annuaire.` });
    case 'lien':
      return z
        .guid({ error: manque(c.libelle) })
        .refine((id) => rep.cibles?.get(id)?.registre === c.vers, { error: `« ${c.libelle} » : choisissez un enregistrement du registre « ${c.vers} ».` });
    case 'lieu':
      return z.string({ error: manque(c.libelle) }).refine((cle) => rep.lieux?.has(cle) === true, { error: `« ${c.libelle} » : choisissez un lieu connu.` });
    case 'lignes':
      return z.array(schemaLigne(c, rep)).max(200, { error: `« ${c.libelle} » : 200 lignes au plus.` });
    case 'texte':
      return enForme(c);
    default:
      return c.obligatoire ? court(c.libelle, c.longueurMax).min(1, { error: aRemplir(c.libelle) }) : court(c.libelle, c.longueurMax);
  }
}

function nombreDe(c: ChampNombre): z.ZodType<number> {
  const n = (c.entier ? z.int({ error: compte(c.libelle) }) : z.number({ error: manque(c.libelle) })).min(0, {
    error: `« ${c.libelle} » ne peut pas être négatif.`,
  });
  return n.max(c.max ?? 1_000_000_000, { error: `« ${c.libelle} » : ${c.max ?? 1_000_000_000} au plus. Vérifiez le nombre.` });
}

function schemaLigne(c: ChampLignes, rep: Repertoire): z.ZodType<LigneRepetee> {
  const formes: Record<string, z.ZodType> = {};
  for (const col of c.colonnes) {
    const s =
      col.type === 'liste'
        ? z.enum(codes(col.options), { error: horsListe(col.libelle) })
        : col.type === 'date'
          ? date(col.libelle, col.sens, rep)
          : col.type === 'nombre'
            ? nombreDe(col)
            : enForme(col);
    formes[col.code] = col.obligatoire ? s : s.optional();
  }
  const demandees = c.colonnes.flatMap((col) => ((col.type === 'date' || col.type === 'texte') && col.si ? [{ ...col, si: col.si }] : []));
  const dire = (si: { colonne: string; valeur: string }): string => {
    const col = c.colonnes.find((x) => x.code === si.colonne);
    return (col?.type === 'liste' && col.options.find((o) => o.code === si.valeur)?.libelle.toLowerCase()) || si.valeur;
  };
  return z.strictObject(formes).check((ctx) => {
    const ligne = ctx.value as LigneRepetee;
    for (const { code, libelle, si } of demandees)
      if (ligne[si.colonne] === si.valeur && !ligne[code])
        ctx.issues.push({
          code: 'custom',
          input: ligne,
          path: [code],
          message: `« ${c.libelle} » : indiquez « ${libelle} » pour chaque ligne « ${dire(si)} ».`,
        });
  }) as z.ZodType<LigneRepetee>;
}

const FORMATS: Readonly<Record<FormatDeTexte, { forme: RegExp; attendu: string }>> = {
  'adresse-web': { forme: /^https:\/\/[^\s/.]+(\.[^\s/.]+)+(\/\S*)?$/i, attendu: 'une adresse qui commence par https://' },
  heure: { forme: /^([01]?\d|2[0-3]):[0-5]\d$/, attendu: 'une heure comme 18:30' },
};
/** One line of text, in its form when it has one. */
function enForme(c: ChampTexte): z.ZodType<string> {
  const base = c.obligatoire ? obligatoire(c.libelle, c.longueurMax) : ligne(c.libelle, c.longueurMax);
  if (!c.format) return base;
  const { forme, attendu } = FORMATS[c.format];
  return base.refine((t) => t === '' || forme.test(t), { error: `« ${c.libelle} » : ${attendu}.` });
}

const codes = (options: readonly { code: string }[]): [string, ...string[]] => {
  const [premier = '', ...suite] = options.map((o) => o.code);
  return [premier, ...suite];
};

function formes(d: DefinitionRegistre, rep: Repertoire) {
  const donnees: Record<string, z.ZodType<ValeurChamp | null | undefined>> = {};
  for (const c of d.champs) donnees[c.code] = schemaChamp(d, c, rep);
  const connu = (quoi: string, existe: (id: string) => boolean) =>
    z.string({ error: manque(quoi) }).refine(existe, { error: `${quoi} : choisissez dans la liste.` });
  return {
    jour: date(d.jour, d.etapes ? 'prevu' : d.sens.jour, rep),
    fin: d.fin
      ? date(d.fin, d.sens.fin ?? 'prevu', rep)
          .nullable()
          .optional()
      : z.null({ error: 'Ce registre n’a pas de date de fin.' }).optional(),
    etape: z
      .enum((d.etapes ? ['realisee', 'programmee', 'annulee'] : ['realisee']) as [Etape, ...Etape[]], { error: d.etapes ? DIRE_ETAPE : SANS_ETAPES })
      .describe('Seul ce qui est réalisé compte dans les chiffres. Sans étape : réalisée.')
      .optional(),
    annulation: ligne('Motif de l’annulation', 300).nullable().optional(),
    titre: obligatoire('Titre', 200),
    territoire_id: connu('Territoire', (id) => rep.territoires.has(id)),
    adresse: ligne('Adresse', 300).nullable().optional(),
    lon: z.number().min(-180).max(180).nullable().optional(),
    lat: z.number().min(-90).max(90).nullable().optional(),
    organisation_id: connu(d.organisation, (id) => rep.acteurs.has(id)),
    commentaire: court('Commentaire', 4000).optional(),
    fiches: z
      .array(connu('Fiche', (n) => rep.fiches.has(n)))
      .max(40)
      .optional(),
    lignes: z
      .array(connu('Ligne d’action', (id) => rep.ficheDe.has(id)))
      .max(100)
      .optional(),
    donnees: z.strictObject(donnees, {
      error: (i) => (i.code === 'unrecognized_keys' ? 'Champ inconnu de ce registre.' : 'Indiquez les champs du registre.'),
    }),
  };
}

const DIRE_ETAPE = 'Étape : choisissez « Réalisée », « Programmée » ou « Annulée ».';
const SANS_ETAPES = 'Ce registre n’a pas d’étapes : on y enregistre ce qui est fait.';

interface Dates {
  jour: string;
  fin?: string | null | undefined;
  lon?: number | null | undefined;
  lat?: number | null | undefined;
  etape?: Etape | undefined;
  annulation?: string | null | undefined;
  donnees: Record<string, unknown>;
}
const coherent = (d: DefinitionRegistre, rep: Repertoire) => (ctx: z.core.ParsePayload<Dates>) => {
  if (d.etapes) ctx.issues.push(...fautesDEtape(d, rep, ctx.value).map((f) => ({ code: 'custom' as const, input: ctx.value, ...f })));
  const { jour, fin, lon, lat } = ctx.value;
  const lieu = ctx.value.donnees[CHAMP_LIEU];
  const fauteDeLieu = typeof lieu === 'string' ? fauteDeJour(lieu, jour, rep.lieux) : null;
  if (fauteDeLieu) ctx.issues.push({ code: 'custom', input: lieu, path: ['donnees', CHAMP_LIEU], message: fauteDeLieu });
  if (fin && fin < jour)
    ctx.issues.push({ code: 'custom', input: fin, path: ['fin'], message: `« ${d.fin ?? 'Fin'} » est avant « ${d.jour} ». Corrigez l’une des deux dates.` });
  if (((lon ?? null) === null) !== ((lat ?? null) === null))
    ctx.issues.push({ code: 'custom', input: lon, path: ['lon'], message: 'Indiquez longitude et latitude, ou aucune des deux.' });
};

/** A new record; `id_externe` is the identifier that the partner's own tool gives it. */
export const buildCreation = (d: DefinitionRegistre, rep: Repertoire) =>
  z.strictObject({ ...formes(d, rep), id_externe: obligatoire('Identifiant', 120).nullable().optional() }).check(coherent(d, rep));

/** A correction of version `version`, with its reason. */
export const buildCorrection = (d: DefinitionRegistre, rep: Repertoire) =>
  z
    .strictObject({
      ...formes(d, rep),
      version: z.int({ error: 'Indiquez la version corrigée.' }).min(1),
      motif: obligatoire('Motif de la correction', 300),
    })
    .check(coherent(d, rep));

/**
 * The same, built once for each state of a register (`ouvrir` keeps them): building costs more than reading. Who may be named, and the
 * day that it is, are those of each reading.
 */
export const lecteurDeCreation = tenir(buildCreation);
export const lecteurDeCorrection = tenir(buildCorrection);

function tenir<T>(construire: (d: DefinitionRegistre, rep: Repertoire) => Lisible<T>): (d: DefinitionRegistre, rep: Repertoire) => Lisible<T> {
  const tenus = new WeakMap<DefinitionRegistre, { schema: Lisible<T>; lit: { rep: Repertoire | null } }>();
  return (d, rep) => ({
    safeParse: (donnees) => {
      let tenu = tenus.get(d);
      if (!tenu) {
        const lit: { rep: Repertoire | null } = { rep: null };
        const celui = new Proxy({} as Repertoire, { get: (_, cle) => lit.rep?.[cle as keyof Repertoire] });
        tenu = { schema: construire(d, celui), lit };
        tenus.set(d, tenu);
      }
      // A reading ends before another begins.
      tenu.lit.rep = rep;
      const lu = tenu.schema.safeParse(donnees);
      tenu.lit.rep = null;
      return lu;
    },
  });
}

/** Canonical content from a parsed body: empty values left out, action lines bring their fiche. */
export function normaliser(v: z.output<ReturnType<typeof buildCreation>> | z.output<ReturnType<typeof buildCorrection>>, rep: Repertoire): Contenu {
  const donnees: Record<string, ValeurChamp> = {};
  for (const [code, x] of Object.entries(v.donnees)) {
    if (x === null || x === undefined || x === '' || (Array.isArray(x) && x.length === 0)) continue;
    donnees[code] = Array.isArray(x) ? x.map(sansVide) : x;
  }
  const lignes = [...new Set(v.lignes ?? [])].sort();
  const deduites = lignes.flatMap((l) => rep.ficheDe.get(l) ?? []);
  return {
    jour: v.jour,
    fin: v.fin ?? null,
    titre: v.titre,
    territoire_id: v.territoire_id,
    adresse: v.adresse || null,
    lon: v.lon ?? null,
    lat: v.lat ?? null,
    organisation_id: v.organisation_id,
    commentaire: (v.commentaire ?? '').replace(/\r\n?/g, '\n'),
    fiches: [...new Set([...(v.fiches ?? []), ...deduites])].sort(),
    lignes,
    donnees,
    etape: v.etape ?? 'realisee',
    annulation: v.etape === 'annulee' ? v.annulation || null : null,
  };
}
const sansVide = (l: LigneRepetee): LigneRepetee => Object.fromEntries(Object.entries(l).filter(([, x]) => x !== ''));

/** Reason of a withdrawal. */
export const retraitSchema = z.object({ motif: obligatoire('Motif du retrait', 300) });

/** A code added to a closed list. */
export const extensionSchema = z.object({
  champ: z.string().min(1, { error: 'Choisissez la liste à compléter.' }),
  libelle: obligatoire('Libellé', 120),
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{1,60}$/, { error: 'Code : lettres minuscules sans accent, chiffres et tirets seulement.' }),
});

/** Page size and key of the API. */
export const limiteSchema = z.coerce.number({ error: 'limite : un nombre de 1 à 1000.' }).int().min(1).max(1000);
export const cleSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}_[0-9a-f-]{36}$/, { error: 'apres : reprenez la valeur de « suite » telle quelle.' })
  .refine((t) => estJour(t.slice(0, 10)) && z.guid().safeParse(t.slice(11)).success, {
    error: 'apres : reprenez la valeur de « suite » telle quelle.',
  })
  .transform((t) => ({ jour: t.slice(0, 10), id: t.slice(11) }));
