/**
 * A fiche in five sentences at most: what it promises, what was done, what changed, what is missing and owed by whom, what comes next. Each
 * number is a link to its proof; a sentence that has no figure is not written. Pure.
 */
import type { SuiteAVenir } from '../../core/suites.ts';
import { empreinteDe } from '../../core/trace/audit.ts';
import { direChiffre } from '../../ui/Chiffre.tsx';
import { accorder, avecUnite, de, enumerer, evolution, formatMois, jour, minuscule, nombre, pluriel } from '../../ui/typographie.ts';
import type { Fiche } from '../contrats/index.ts';
import { choisirMeneurs, completude, direEnCours, estAValider } from '../indicateurs/index.ts';
import type { FigureSuivie } from './accueil.queries.ts';
import { changements, dettes, direSaPeriode, type FigureComparee, periodeCommune } from './changements.rules.ts';

/** Words, or words that lead to the proof of what they say. */
export type Morceau = string | { texte: string; href: string };
export interface Phrase {
  genre: 'promesse' | 'fait' | 'resultat' | 'manque' | 'suite';
  titre: string;
  morceaux: readonly Morceau[];
}
export interface Demande {
  fiche: Pick<Fiche, 'numero' | 'resume' | 'lignes' | 'objectifs'>;
  annee: string;
  territoireId: string;
  aujourdhui: string;
  /** Of the fiche, in the contract's order. */
  figures: readonly FigureSuivie[];
  suites: readonly SuiteAVenir[];
  nommer: (id: string) => string;
}

const DITS_MAX = 3;
const EN_RETARD_MAX = 2;

export function phrasesDeFiche(d: Demande): Phrase[] {
  return [promesse(d), fait(d), resultat(d), manque(d), suite(d)].filter((p) => p !== null);
}

const preuve = (d: Demande, id: string, annee = d.annee): string =>
  `/chiffres/${encodeURIComponent(id)}?periode=${annee}&territoire=${encodeURIComponent(d.territoireId)}`;
/** « a ; b ; c », each made of words and links. */
const joindre = (parts: readonly Morceau[][], lien = ' ; '): Morceau[] => parts.flatMap((p, i) => (i === 0 ? p : [lien, ...p]));

function promesse({ fiche }: Demande): Phrase {
  const resume = fiche.resume.replace(/\.?\s*$/, '');
  const n = fiche.lignes.length;
  return {
    genre: 'promesse',
    titre: 'La promesse',
    morceaux: [`${resume}, en `, { texte: pluriel(n, 'ligne d’action', 'lignes d’action'), href: '#actions' }, '.'],
  };
}

/** The figures that lead, as their proof shows them: provisional, partial or « au moins » when they are. */
function fait(d: Demande): Phrase {
  const meneurs = choisirMeneurs(d.figures, DITS_MAX);
  const cours = direEnCours(d.annee, d.aujourdhui);
  const quand = `En ${d.annee}${cours ? ` (${cours})` : ''}, `;
  if (meneurs.length === 0) {
    const c = completude(d.figures.map((f) => f.chiffre));
    return {
      genre: 'fait',
      titre: 'Ce qui est fait',
      morceaux: [
        `${quand}rien n’a encore de chiffre à dire en premier : `,
        { texte: `${nombre(c.connus)} sur ${nombre(c.total)}`, href: '#chiffres' },
        ' sont connus.',
      ],
    };
  }
  const dits = meneurs.map((f): Morceau[] => [`${minuscule(f.mesure.court)} : `, { texte: direTete(f), href: preuve(d, f.mesure.id) }]);
  return { genre: 'fait', titre: 'Ce qui est fait', morceaux: [quand, ...joindre(dits), '.'] };
}

const direTete = ({ chiffre: { part, ...c } }: FigureSuivie): string => `${direChiffre(c)}${part ? ' (en partie)' : ''}`;

/** What changed beyond chance over complete months; otherwise that nothing did; nothing at all where nothing can be compared. */
function resultat(d: Demande): Phrase | null {
  const comparees = d.figures.filter((f): f is FigureComparee => f.comparaison !== null && f.chiffre.valeur !== null);
  const tous = changements(comparees);
  const premiere = periodeCommune(tous.length === 0 ? comparees : tous.slice(0, DITS_MAX));
  if (!premiere) return null;
  const quand = `De ${formatMois(premiere.periode)}`;
  const sur =
    /\d{4}$/.test(premiere.periode) && premiere.periode.length === 4
      ? `En ${premiere.periode}, par rapport à ${premiere.precedente}`
      : `${quand}, par rapport aux mêmes mois de ${premiere.precedente.slice(0, 4)}`;
  if (tous.length === 0)
    return {
      genre: 'resultat',
      titre: 'Ce qui a changé',
      morceaux: [
        `${sur}, aucun des `,
        { texte: pluriel(comparees.filter((f) => !direSaPeriode(f, premiere)).length, 'chiffre comparable'), href: '#chiffres' },
        ' n’a changé nettement.',
      ],
    };
  const dits = tous
    .slice(0, DITS_MAX)
    .map((f): Morceau[] => [`${minuscule(f.mesure.court)} : `, { texte: direChangement(f, direSaPeriode(f, premiere)), href: preuve(d, f.mesure.id) }]);
  return { genre: 'resultat', titre: 'Ce qui a changé', morceaux: [`${sur}, `, ...joindre(dits), '.'] };
}
const direChangement = ({ comparaison: c, chiffre }: FigureComparee, periode: string): string => {
  const ecart = evolution(c);
  const part = ecart.includes(' puis ') ? '' : ` (${ecart})`;
  return `${avecUnite(c.apres, chiffre.unite)}, contre ${avecUnite(c.avant, c.unite === '%' ? '%' : '')}${part}${periode ? ` un an plus tôt (${periode})` : ''}`;
};

/** Late, by whom and since when; then, apart, what is secret. What is not due yet is not missing: `suite` says it. */
function manque(d: Demande): Phrase | null {
  const c = completude(d.figures.map((f) => f.chiffre));
  if (c.total === 0) return null;
  const parQui = dettes(d.figures);
  const n = parQui.reduce((t, x) => t + x.retards.length, 0);
  const dits = parQui.slice(0, EN_RETARD_MAX).flatMap((x): Morceau[][] => {
    const [premier, ...autres] = x.retards;
    if (!premier) return [];
    const qui = x.qui.length > 0 ? `attendu ${enumerer(x.qui.map((id) => de(d.nommer(id))))}, ` : 'que personne n’est désigné pour fournir, ';
    const depuis = premier.depuis ? `en retard depuis le ${jour(premier.depuis)}` : 'en retard';
    const suite = autres.length > 0 ? `, et ${pluriel(autres.length, 'autre')}` : '';
    return [
      [
        { texte: `${minuscule(premier.figure.mesure.court)} (${premier.annee})`, href: preuve(d, premier.figure.mesure.id, premier.annee) },
        `, ${qui}${depuis}${suite}`,
      ],
    ];
  });
  const reste = parQui.slice(EN_RETARD_MAX).reduce((t, x) => t + x.retards.length, 0);
  const enRetard: Morceau[] =
    n === 0
      ? [{ texte: 'aucun chiffre', href: '#chiffres' }, ' n’est en retard']
      : [
          { texte: pluriel(n, 'chiffre'), href: '#chiffres' },
          ` ${accorder(n, 'est', 'sont')} en retard : `,
          ...joindre(dits),
          reste > 0 ? ` ; et ${pluriel(reste, 'chiffre')} d’autres organismes` : '',
        ];
  const secrets = c.secrets > 0 ? [` ${pluriel(c.secrets, 'chiffre')} ${accorder(c.secrets, 'reste secret', 'restent secrets')}.`] : [];
  const morceaux: Morceau[] = [...enRetard, '.', ...secrets];
  const [tete, ...queue] = morceaux;
  const capitale = (t: string) => t.charAt(0).toUpperCase() + t.slice(1);
  const debut: Morceau = typeof tete === 'object' ? { ...tete, texte: capitale(tete.texte) } : capitale(tete ?? '');
  return { genre: 'manque', titre: 'Ce qui manque', morceaux: [debut, ...queue] };
}

/** The next public day that names the fiche; else the day by which its figures are due; else nothing. */
function suite(d: Demande): Phrase | null {
  const prochaine = [...d.suites].filter((s) => s.jour >= d.aujourdhui).sort((a, b) => a.jour.localeCompare(b.jour))[0];
  const dues = d.figures
    .map((f) => f.chiffre)
    .filter((c) => c.etat === 'attendu' && !c.pasEncorePublic && !estAValider(c) && c.depuis !== null && c.depuis >= d.aujourdhui);
  const premier = dues.map((c) => c.depuis ?? '').sort()[0];
  const n = dues.filter((c) => c.depuis === premier).length;
  const chiffres: Morceau[] = premier
    ? [{ texte: pluriel(n, 'chiffre'), href: '#chiffres' }, ` de ${d.annee} ${accorder(n, 'est dû', 'sont dus')} pour le ${jour(premier)}, sans être en retard`]
    : [];
  if (prochaine) {
    const seance: Morceau[] = [`${prochaine.libelle}, le `, prochaine.href ? { texte: jour(prochaine.jour), href: prochaine.href } : jour(prochaine.jour)];
    return { genre: 'suite', titre: 'La suite', morceaux: [...seance, ...(chiffres.length > 0 ? [' ; ', ...chiffres] : []), '.'] };
  }
  return chiffres.length > 0 ? { genre: 'suite', titre: 'La suite', morceaux: [...chiffres, '.'] } : null;
}

/** The sentences as they are read, for what is validated word for word. */
export const texteDesPhrases = (phrases: readonly Phrase[]): string =>
  phrases.map((p) => `${p.titre} : ${p.morceaux.map((m) => (typeof m === 'string' ? m : m.texte)).join('')}`).join('\n');

/** Of the figures that the sentences tell, whatever the day they are read: it moves when one of them does. */
export const empreinteDesPhrases = (phrases: readonly Phrase[]): string =>
  empreinteDe(phrases.filter((p) => p.genre !== 'suite').map((p) => [p.genre, p.morceaux.filter((m) => typeof m !== 'string')]));
