/** A file of rows as reports: which columns, what each cell says, and every fault with its line and its column. Pure. */
import { abreger } from '../../../core/couper.ts';
import { cleTexte } from '../../../core/mots.ts';
import { lireDate } from '../../../core/jours.ts';
import type { Ligne } from '../../../core/tableur/tableur.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Categorie, Circuit, Question } from '../circuits/circuit.schema.ts';
import { champDe, type Faits, lireCategorie, lireFaits, lireLieu, lireSaisie, type Lieux, type OuEtQuand } from '../signaler/saisie.rules.ts';

export const LIGNES_MAX = 500;

export interface FauteDeLigne {
  ligne: number;
  /** Heading as our model writes it; empty for the whole line. */
  colonne: string;
  message: string;
}
interface Colonne {
  champ: string;
  titre: string;
  /** Other headings that mean it. */
  aussi: readonly string[];
}
/** Columns of a circuit: those of the place and the day, then its questions, then the words. */
export function colonnesDe(c: Circuit): Colonne[] {
  const questions = new Map(c.categories.flatMap((k) => k.questions.map((q) => [q.code, q] as const)));
  return [
    { champ: 'categorie', titre: 'Catégorie', aussi: ['type', 'objet'] },
    { champ: 'adresse', titre: 'Adresse', aussi: ['lieu'] },
    { champ: 'territoire', titre: 'Quartier', aussi: ['territoire'] },
    { champ: 'point', titre: 'Latitude, longitude', aussi: ['point', 'coordonnees'] },
    { champ: 'jour', titre: 'Jour', aussi: ['date'] },
    { champ: 'heure', titre: 'Heure', aussi: ['horaire'] },
    ...[...questions.values()].map((q) => ({ champ: champDe(q), titre: q.libelle, aussi: [q.code] })),
    ...(c.texte ? [{ champ: 'texte', titre: c.texte.libelle, aussi: ['precisions', 'texte', 'commentaire'] }] : []),
  ];
}
export const titresConnus = (c: Circuit): string[] => colonnesDe(c).flatMap((x) => [x.titre, ...x.aussi]);

export interface Places {
  lieux: Lieux;
  /** Name of a place, flattened, to its id. */
  parNom: ReadonlyMap<string, string>;
}
export const nommerLesPlaces = (quartiers: readonly { valeur: string; libelle: string }[]): Map<string, string> =>
  new Map(quartiers.flatMap((q) => [[cleTexte(q.libelle), q.valeur] as const, [cleTexte(q.valeur), q.valeur] as const]));

export interface LigneLue {
  ligne: number;
  categorie: Categorie;
  lieu: OuEtQuand;
  faits: Faits;
}
/** What makes two rows say the same: what, where, which day. */
export const cleDeLigne = (l: { categorie: string; adresse: string; jour: string }): string => [l.categorie, cleTexte(l.adresse), l.jour].join('|');

const options = (q: Question): readonly { code: string; libelle: string }[] => ('options' in q ? q.options : []);
const choisir = (liste: readonly { code: string; libelle: string }[], v: string): string | null =>
  liste.find((o) => cleTexte(o.code) === cleTexte(v) || cleTexte(o.libelle) === cleTexte(v))?.code ?? null;

/** `lignes`: the headings first. */
export function lireFichier(c: Circuit, lignes: readonly Ligne[], p: Places): { lues: LigneLue[]; fautes: FauteDeLigne[] } {
  const [titres, ...donnees] = lignes;
  const colonnes = colonnesDe(c);
  const rangs = new Map<string, number>();
  for (const [i, t] of (titres?.cellules ?? []).entries()) {
    const col = colonnes.find((x) => [x.titre, ...x.aussi].some((nom) => cleTexte(nom) === cleTexte(t)));
    if (col && !rangs.has(col.champ)) rangs.set(col.champ, i);
  }
  const titreDe = (champ: string): string => titres?.cellules[rangs.get(champ) ?? -1]?.trim() || (colonnes.find((x) => x.champ === champ)?.titre ?? '');
  const manquent = ['categorie', ...(c.lieu === 'point' ? ['adresse'] : [])].filter((champ) => !rangs.has(champ));
  if (manquent.length > 0)
    return {
      lues: [],
      fautes: manquent.map((champ) => ({
        ligne: titres?.numero ?? 1,
        colonne: titreDe(champ),
        message: 'Cette colonne manque : prenez les titres du modèle.',
      })),
    };
  if (donnees.length === 0)
    return { lues: [], fautes: [{ ligne: (titres?.numero ?? 1) + 1, colonne: '', message: 'Aucune ligne n’est remplie sous les titres.' }] };
  if (donnees.length > LIGNES_MAX)
    return {
      lues: [],
      fautes: [
        { ligne: donnees[LIGNES_MAX]?.numero ?? 0, colonne: '', message: `${LIGNES_MAX} lignes au plus à la fois : envoyez la suite dans un autre fichier.` },
      ],
    };
  const [lues, fautes, vues]: [LigneLue[], FauteDeLigne[], Map<string, number>] = [[], [], new Map()];
  for (const l of donnees) {
    const r = lireLigne(c, l, rangs, p);
    const dire = (e: ErreurDeChamp) => fautes.push({ ligne: l.numero, colonne: e.champ === '' ? '' : titreDe(e.champ), message: e.message });
    if (!r.ok) {
      r.erreurs.forEach(dire);
      continue;
    }
    const cle = cleDeLigne({ categorie: r.lue.categorie.code, adresse: r.lue.lieu.adresse, jour: r.lue.lieu.jour });
    const deja = vues.get(cle);
    if (deja !== undefined)
      dire({ champ: '', message: `Dit la même chose que la ligne ${deja} (même catégorie, même adresse, même jour) : supprimez l’une des deux.` });
    else vues.set(cle, l.numero);
    lues.push(r.lue);
  }
  return { lues, fautes };
}

function lireLigne(c: Circuit, l: Ligne, rangs: ReadonlyMap<string, number>, p: Places): { ok: true; lue: LigneLue } | { ok: false; erreurs: ErreurDeChamp[] } {
  if (l.defaut) return { ok: false, erreurs: [{ champ: '', message: l.defaut }] };
  const erreurs: ErreurDeChamp[] = [...rangs].flatMap(([champ, i]) =>
    l.fautes?.[i] ? [{ champ, message: `Cette case contient l’erreur « ${l.fautes[i]} ».` }] : [],
  );
  const case_ = (champ: string): string => l.cellules[rangs.get(champ) ?? -1]?.trim() ?? '';
  const categorie = choisir(c.categories, case_('categorie'));
  if (categorie === null)
    erreurs.push({
      champ: 'categorie',
      message: `« ${abreger(case_('categorie'), 60)} » n’en est pas une : ${c.categories.map((k) => k.libelle).join(' ; ')}.`,
    });
  const place = case_('territoire') === '' ? '' : p.parNom.get(cleTexte(case_('territoire')));
  if (place === undefined) erreurs.push({ champ: 'territoire', message: `« ${abreger(case_('territoire'), 60)} » n’est pas un quartier de la liste.` });
  const jour = case_('jour') === '' ? null : lireDate(case_('jour'));
  if (jour && !jour.ok) erreurs.push({ champ: 'jour', message: jour.message });
  const heure = /^(\d{1,2})(?:\s*[h:].*)?$/i.exec(case_('heure'))?.[1] ?? case_('heure');
  const questions = c.categories.find((k) => k.code === categorie)?.questions ?? [];
  const reponses = Object.fromEntries(
    questions.map((q) => {
      const dites = case_(champDe(q));
      const separees = q.type === 'plusieurs' ? dites.split(/[;|\n]/) : [dites];
      return [champDe(q), options(q).length > 0 ? separees.filter((x) => x.trim() !== '').map((x) => choisir(options(q), x) ?? x.trim()) : dites];
    }),
  );
  const saisie = lireSaisie(c, {
    ...reponses,
    ...{ categorie: categorie ?? '', danger: 'non', territoire: place ?? '', adresse: case_('adresse'), point: case_('point'), heure },
    ...{ jour: jour?.ok ? jour.valeur : case_('jour'), texte: case_('texte'), texte_vu: case_('texte') },
  });
  const [quoi, lieu] = [lireCategorie(c, saisie), lireLieu(c, saisie, p.lieux)];
  const faits = quoi.ok ? lireFaits(c, quoi.valeur, saisie) : null;
  const dites = new Set(erreurs.map((e) => e.champ));
  for (const e of [...(lieu.ok ? [] : lieu.erreurs), ...(faits && !faits.ok ? faits.erreurs : [])]) if (!dites.has(e.champ)) erreurs.push(e);
  if (!quoi.ok || !lieu.ok || !faits?.ok || erreurs.length > 0) return { ok: false, erreurs };
  return { ok: true, lue: { ligne: l.numero, categorie: quoi.valeur, lieu: lieu.valeur, faits: faits.valeur } };
}
/** One line that shows how each column is written. */
export function exempleDe(c: Circuit, quartier: string, jour: string): string[] {
  const [k] = c.categories;
  return colonnesDe(c).map(({ champ }) => {
    if (champ === 'categorie') return k?.libelle ?? '';
    if (champ === 'adresse') return '12 rue de l’Exemple';
    if (champ === 'territoire') return quartier;
    if (champ === 'jour') return jour;
    if (champ === 'heure') return '22';
    const q = k?.questions.find((x) => champDe(x) === champ);
    return q ? (options(q)[0]?.libelle ?? (q.type === 'nombre' ? String(q.min) : '')) : '';
  });
}
