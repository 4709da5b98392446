import type { ReactNode } from 'react';
import { cx, type Example, type Mesure } from './types.ts';
import { avecUnite, de, enumerer, espacer, evolution as ecrireEvolution, isoDuMoment, jour, pluriel, type Variation } from './typographie.ts';

/** A figure as `indicateurs` gives it, plus how to show it. */
export interface ChiffreProps extends Mesure {
  unite: string;
  /** Narrative measure: the text is the value. */
  texte?: string | null;
  /** Records counted whose quantity is unknown: the value is « au moins ». */
  incomplet?: number;
  /** Who owes a missing figure: names, or ids told by `nommer`. */
  attenduDe?: string | readonly string[] | null;
  nommer?: (id: string) => string;
  /** Day since which it is owed, `YYYY-MM-DD`. */
  depuis?: string | null;
  /** The proof. */
  href?: string;
  /** Day from which late is told; today where left out. */
  aujourdhui?: string;
  /** Given for the whole contract only. */
  nonVentile?: boolean;
  /** This period and the one before. */
  evolution?: Variation | null;
  /** Which direction is wished. Without it, a change is never judged. */
  sens?: 'hausse' | 'baisse';
  taille?: 'texte' | 'grand';
  /** Short form for dense tables: « manquant » alone, the rest is read out. */
  court?: boolean;
}

/** A figure in one of its five states, by word and by shape. A figure is a link to its proof. */
export function Chiffre(p: ChiffreProps) {
  const contenu = <Etat {...p} />;
  const estNombre = (p.etat === 'valeur' || p.etat === 'zero') && !p.texte;
  return (
    <span className={cx('c-chiffre', `c-chiffre--${p.etat === 'manquant' && !enRetard(p) ? 'attendu' : p.etat}`, p.taille === 'grand' && 'c-chiffre--grand')}>
      {p.incomplet && estNombre ? <span className="c-chiffre__prefixe">au moins </span> : null}
      {p.href ? (
        <a className="c-chiffre__lien" href={p.href}>
          {contenu}
        </a>
      ) : (
        contenu
      )}
      {p.etat === 'manquant' && <Dette {...p} />}
      <Evolution {...p} />
      {p.incomplet ? (
        <span className="c-chiffre__note">
          <span className={p.court ? 'govuk-visually-hidden' : undefined}> (incomplet, {pluriel(p.incomplet, 'enregistrement')} sans quantité)</span>
          {p.court && <span aria-hidden="true"> *</span>}
        </span>
      ) : null}
    </span>
  );
}

function Etat(p: ChiffreProps): ReactNode {
  switch (p.etat) {
    case 'valeur':
    case 'zero': {
      if (p.texte) return <span className="c-chiffre__texte">{p.texte}</span>;
      const texte = avecUnite(p.valeur ?? 0, p.court ? (p.unite === '%' ? '%' : '') : p.unite);
      const [nombre = '', ...unite] = texte.split('\u00a0');
      return (
        <>
          <span className="c-chiffre__valeur">{nombre}</span>
          {unite.length > 0 && <span className="c-chiffre__unite">{`\u00a0${unite.join('\u00a0')}`}</span>}
        </>
      );
    }
    default:
      return <span className="c-chiffre__mot">{motDe(p)}</span>;
  }
}

/** Missing and late, as opposed to awaited for a day that has not come. */
const enRetard = (p: Pick<ChiffreProps, 'depuis' | 'aujourdhui'>): boolean => !p.depuis || p.depuis < (p.aujourdhui ?? isoDuMoment(new Date()));

/** The state in one word. */
function motDe(p: Pick<ChiffreProps, 'etat' | 'depuis' | 'aujourdhui' | 'nonVentile'>): string {
  if (p.etat === 'secret') return 'secret';
  if (p.etat === 'sans_objet') return p.nonVentile ? 'non ventilé' : 'sans objet';
  return enRetard(p) ? 'manquant' : 'attendu';
}

/** « attendu de X depuis le 31 janvier 2026 ». */
function Dette(p: ChiffreProps) {
  const texte = phraseDette(p);
  if (texte === '') return null;
  return (
    <span className={cx('c-chiffre__dette', p.court && 'govuk-visually-hidden')}>
      <span className="c-chiffre__virgule">{enRetard(p) ? ', ' : ' '}</span>
      {texte}
    </span>
  );
}

function phraseDette(p: Pick<ChiffreProps, 'attenduDe' | 'depuis' | 'aujourdhui' | 'nommer'>): string {
  const ids = typeof p.attenduDe === 'string' ? [p.attenduDe] : (p.attenduDe ?? []);
  const qui = ids.length > 0 ? enumerer(ids.map((id) => de(p.nommer?.(id) ?? id))) : '';
  // A figure whose day has not come is awaited for that day, and the word « attendu » was said.
  const quand = p.depuis ? `${enRetard(p) ? 'depuis' : 'pour'} le ${jour(p.depuis)}` : '';
  const dit = [qui, quand].filter(Boolean).join(' ');
  return dit !== '' && enRetard(p) ? `attendu ${dit}` : dit;
}

function Evolution({ evolution, sens, etat }: ChiffreProps) {
  if (!evolution || (etat !== 'valeur' && etat !== 'zero')) return null;
  const ecart = Math.sign(evolution.apres - evolution.avant);
  const juge = sens && ecart !== 0 ? (ecart > 0 === (sens === 'hausse') ? 'favorable' : 'defavorable') : null;
  return (
    <span className={cx('c-evolution', juge && `c-evolution--${juge}`)}>
      <span aria-hidden="true">
        <Forme ecart={ecart} />
        {'\u202f'}
      </span>
      <span className="govuk-visually-hidden">, {ecart > 0 ? 'en hausse, ' : ecart < 0 ? 'en baisse, ' : ''}</span>
      {ecrireEvolution(evolution)}
      {juge && <span className="govuk-visually-hidden">{juge === 'favorable' ? ', dans le sens souhaité' : ', à l’inverse du sens souhaité'}</span>}
    </span>
  );
}

/** Drawn: the font of the pages has no such triangles. */
const Forme = ({ ecart }: { ecart: number }) =>
  ecart === 0 ? (
    '='
  ) : (
    <svg className="c-evolution__forme" viewBox="0 0 10 10" focusable="false" aria-hidden="true">
      <path d={ecart > 0 ? 'M5 1 9.5 9h-9z' : 'M5 9 .5 1h9z'} />
    </svg>
  );

/** The same in plain words, for a `title`, a CSV or an SVG description. */
export function direChiffre(p: Omit<ChiffreProps, 'href' | 'taille'>): string {
  if (p.etat === 'manquant') return [motDe(p), phraseDette(p)].filter(Boolean).join(enRetard(p) ? ', ' : ' ');
  if (p.etat === 'secret' || p.etat === 'sans_objet') return motDe(p);
  if (p.texte) return espacer(p.texte);
  return `${p.incomplet ? 'au moins ' : ''}${avecUnite(p.valeur ?? 0, p.unite)}`;
}

export const examples: Example[] = [
  { nom: 'Valeur', rendu: <Chiffre etat="valeur" valeur={1284} unite="élèves" href="/chiffres/1.6-1" /> },
  {
    nom: 'Valeur et évolution sans jugement',
    rendu: <Chiffre etat="valeur" valeur={128} unite="séances" evolution={{ avant: 114, apres: 128, unite: 'séances' }} href="/chiffres/1.6-2" />,
  },
  {
    nom: 'Évolution jugée (baisse souhaitée)',
    rendu: <Chiffre etat="valeur" valeur={43} unite="rixes" evolution={{ avant: 53, apres: 43, unite: 'rixes' }} sens="baisse" />,
  },
  {
    nom: 'Petits nombres, sans pourcentage',
    rendu: <Chiffre etat="valeur" valeur={23} unite="réunions" evolution={{ avant: 2, apres: 23, unite: 'réunions' }} />,
  },
  { nom: 'Attendu plus tard', rendu: <Chiffre etat="manquant" valeur={null} unite="plaintes" attenduDe="le Rectorat" depuis="2099-01-31" /> },
  { nom: 'Non ventilé', rendu: <Chiffre etat="sans_objet" valeur={null} unite="plaintes" nonVentile /> },
  { nom: 'Zéro', rendu: <Chiffre etat="zero" valeur={0} unite="saisines" href="/chiffres/2.1-3" /> },
  { nom: 'Manquant', rendu: <Chiffre etat="manquant" valeur={null} unite="plaintes" attenduDe="le Rectorat" depuis="2026-01-31" /> },
  { nom: 'Secret', rendu: <Chiffre etat="secret" valeur={null} unite="mineurs" /> },
  { nom: 'Sans objet', rendu: <Chiffre etat="sans_objet" valeur={null} unite="gares" /> },
  { nom: 'Incomplet', rendu: <Chiffre etat="valeur" valeur={412} unite="participants" incomplet={3} href="/chiffres/1.6-4" /> },
];
