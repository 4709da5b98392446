import type { ReactNode } from 'react';
import { cx, type Example, type Mesure, MOTS_DES_ETATS } from './types.ts';
import { avecUnite, type Comparee, de, direComparaison, enumerer, espacer, estUnChangement, formatMois, jour, mois, pluriel } from './typographie.ts';

/** A figure as `indicateurs` gives it, plus how to show it. */
export interface ChiffreProps extends Mesure {
  unite: string;
  /** Narrative measure: the text is the value. */
  texte?: string | null;
  /** Records counted whose quantity is unknown: the value is « au moins ». */
  incomplet?: number;
  /** Who owes a figure that is awaited or missing: names, or ids told by `nommer`. */
  attenduDe?: string | readonly string[] | null;
  nommer?: (id: string) => string;
  /** Day on which it was or will be due, `YYYY-MM-DD`. */
  depuis?: string | null;
  /** Its period was locked without it. */
  fige?: boolean | undefined;
  /** The months that the value speaks of, when they are not the period shown. */
  sur?: string;
  /** Last month that the reader may know of it, `YYYY-MM`: the value stops there. */
  jusqua?: string;
  /** Not told to this reader before `depuis`; owed by nobody. */
  pasEncorePublic?: true;
  /** The proof. */
  href?: string;
  /** It holds one part of what is asked: which one. */
  part?: string | undefined;
  /** Collected, some missing: « au moins », how many came of how many. */
  contributions?: { recues: number; attendues: number } | undefined;
  validation?: 'valide' | 'provisoire' | undefined;
  /** Something newer waits to be validated. */
  attendValidation?: boolean | undefined;
  /** The same months of two years, and the period that is shown. */
  comparaison?: (Comparee & { montree: string }) | null;
  /** Which way is wished, and the words that wish it. Without them, a change is never judged. */
  direction?: { sens: 'hausse' | 'baisse'; source: string } | undefined;
  taille?: 'texte' | 'grand';
  /** Short form for dense tables: « manquant » alone, the rest is read out. */
  court?: boolean;
}

/** A figure in one of its states, by word and by shape. A figure is a link to its proof. */
export function Chiffre(p: ChiffreProps) {
  const contenu = <Etat {...p} />;
  const estNombre = (p.etat === 'valeur' || p.etat === 'zero') && !p.texte;
  return (
    <span className={cx('c-chiffre', `c-chiffre--${p.etat}`, p.taille === 'grand' && 'c-chiffre--grand')} data-etat={p.etat} data-due={p.depuis ?? undefined}>
      {(p.incomplet || p.contributions) && estNombre ? <span className="c-chiffre__prefixe">au moins </span> : null}
      {p.href ? (
        <a className="c-chiffre__lien" href={p.href}>
          {contenu}
        </a>
      ) : (
        contenu
      )}
      <Dette {...p} />
      <Collecte {...p} />
      {p.jusqua && estNombre && <span className="c-chiffre__note"> jusqu’à {mois(p.jusqua, { court: p.court === true })}</span>}
      {p.sur && estNombre && <span className="c-chiffre__note"> {direSur(p.sur)}</span>}
      <Comparaison {...p} />
      {p.incomplet ? (
        <span className="c-chiffre__note">
          <span className={p.court ? 'govuk-visually-hidden' : undefined}> (incomplet, {pluriel(p.incomplet, 'enregistrement')} sans quantité)</span>
          {p.court && <span aria-hidden="true"> *</span>}
        </span>
      ) : null}
      {p.part && estNombre ? (
        <span className="c-chiffre__note">
          <span className={p.court ? 'govuk-visually-hidden' : undefined}> (en partie : {p.part})</span>
          {p.court && <span aria-hidden="true"> *</span>}
        </span>
      ) : null}
    </span>
  );
}

/** Of what it is made, and whether somebody else than its author validated it. */
function Collecte(p: ChiffreProps) {
  const dits = notesDeCollecte(p);
  if (dits.length === 0) return null;
  return <span className={cx('c-chiffre__note', p.court && 'govuk-visually-hidden')}>{` (${dits.join(', ')})`}</span>;
}
const notesDeCollecte = (p: Pick<ChiffreProps, 'contributions' | 'validation' | 'attendValidation' | 'etat'>): string[] => [
  ...(p.contributions ? [`${pluriel(p.contributions.recues, 'contribution')} sur ${p.contributions.attendues}`] : []),
  ...(p.validation === 'provisoire' ? ['provisoire'] : []),
  ...(p.attendValidation && p.etat !== 'manquant' && p.etat !== 'attendu' ? ['une valeur plus récente attend sa validation'] : []),
];

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

/** « janvier à octobre, sur les mêmes mois de 2025 ». */
const direSur = (periode: string): string => `(${formatMois(periode)}, par rapport aux mêmes mois de ${Number(periode.slice(0, 4)) - 1})`;

/** The state in words: what was given and waits is neither awaited nor late. */
const motDe = (p: Pick<ChiffreProps, 'etat' | 'attendValidation' | 'pasEncorePublic'>): string =>
  p.pasEncorePublic
    ? 'à paraître'
    : p.attendValidation && (p.etat === 'manquant' || p.etat === 'attendu')
      ? 'donné, en attente de validation'
      : p.etat === 'valeur' || p.etat === 'zero'
        ? ''
        : MOTS_DES_ETATS[p.etat];

/** « attendu de X, en retard depuis le 31 janvier 2026 », « de X pour le 31 janvier 2027 ». */
function Dette(p: ChiffreProps) {
  if (p.attendValidation) return null;
  const texte = phraseDette(p);
  if (texte === '') return null;
  return (
    <span className={cx('c-chiffre__dette', p.court && 'govuk-visually-hidden')}>
      <span className="c-chiffre__virgule">{p.etat === 'manquant' ? ', ' : ' '}</span>
      {texte}
    </span>
  );
}

function phraseDette(p: Pick<ChiffreProps, 'etat' | 'attenduDe' | 'depuis' | 'fige' | 'pasEncorePublic' | 'nommer'>): string {
  if (p.etat !== 'manquant' && p.etat !== 'attendu') return '';
  if (p.fige) return 'la période a été figée sans lui';
  if (p.pasEncorePublic) return p.depuis ? `le ${jour(p.depuis)}` : '';
  const ids = typeof p.attenduDe === 'string' ? [p.attenduDe] : (p.attenduDe ?? []);
  const qui = ids.length > 0 ? enumerer(ids.map((id) => de(p.nommer?.(id) ?? id))) : '';
  // Of a figure whose day has not come, « attendu » is the word already said.
  if (p.etat === 'attendu') return [qui, p.depuis ? `pour le ${jour(p.depuis)}` : ''].filter(Boolean).join(' ');
  return [qui && `attendu ${qui}`, p.depuis ? `en retard depuis le ${jour(p.depuis)}` : ''].filter(Boolean).join(', ');
}

function Comparaison({ comparaison: v, direction, etat }: ChiffreProps) {
  // A figure that is not known has nothing to be compared, and an unknown state says its own words.
  if (!v || (etat !== 'valeur' && etat !== 'zero')) return null;
  const ecart = Math.sign(v.apres - v.avant);
  const juge = direction && estUnChangement(v) ? (ecart > 0 === (direction.sens === 'hausse') ? 'favorable' : 'defavorable') : null;
  return (
    <span
      className={cx('c-evolution', juge && `c-evolution--${juge}`)}
      data-periode={v.periode}
      data-precedente={v.precedente}
      data-apres={v.apres}
      data-avant={v.avant}
    >
      <span aria-hidden="true">
        <FormeDEcart ecart={ecart} />
        {'\u202f'}
      </span>
      <span className="govuk-visually-hidden">, {ecart > 0 ? 'en hausse, ' : ecart < 0 ? 'en baisse, ' : ''}</span>
      {direComparaison(v, v.montree)}
      {juge && direction && (
        <span className="c-evolution__sens">
          , {juge === 'favorable' ? 'dans le sens souhaité' : 'à l’inverse du sens souhaité'} : {direction.source}
        </span>
      )}
    </span>
  );
}

/** Drawn: the font of the pages has no such triangles. */
export const FormeDEcart = ({ ecart }: { ecart: number }) =>
  ecart === 0 ? (
    '='
  ) : (
    <svg className="c-evolution__forme" viewBox="0 0 10 10" focusable="false" aria-hidden="true">
      <path d={ecart > 0 ? 'M5 1 9.5 9h-9z' : 'M5 9 .5 1h9z'} />
    </svg>
  );

/** The same in plain words, for a `title`, a CSV or an SVG description. */
export function direChiffre(p: Omit<ChiffreProps, 'href' | 'taille'>): string {
  if (p.etat !== 'valeur' && p.etat !== 'zero') {
    const dette = p.attendValidation ? '' : phraseDette(p);
    return dette === '' ? motDe(p) : `${motDe(p)}${p.etat === 'manquant' ? ', ' : ' '}${dette}`;
  }
  if (p.texte) return espacer(p.texte);
  const notes = [...notesDeCollecte(p), ...(p.part ? [`en partie : ${p.part}`] : [])];
  const dit = `${p.incomplet || p.contributions ? 'au moins ' : ''}${avecUnite(p.valeur ?? 0, p.unite)}${p.jusqua ? ` jusqu’à ${mois(p.jusqua)}` : ''}${p.sur ? ` ${direSur(p.sur)}` : ''}`;
  return notes.length > 0 ? `${dit} (${notes.join(', ')})` : dit;
}

const comparee = (avant: number, apres: number, unite: string, periode = '2025', montree = periode) => ({
  periode,
  precedente: periode.replace(/\d{4}/g, (a) => String(Number(a) - 1)),
  montree,
  avant,
  apres,
  unite,
});
export const examples: Example[] = [
  { nom: 'Valeur', rendu: <Chiffre etat="valeur" valeur={1284} unite="élèves" href="/chiffres/1.6-1" /> },
  {
    nom: 'Valeur et évolution sans jugement',
    rendu: <Chiffre etat="valeur" valeur={128} unite="séances" comparaison={comparee(114, 128, 'séances')} href="/chiffres/1.6-2" />,
  },
  {
    nom: 'Année en cours : mois complets',
    rendu: <Chiffre etat="valeur" valeur={37} unite="réunions" comparaison={comparee(36, 34, 'réunions', '2026-01..2026-10', '2026')} />,
  },
  {
    nom: 'Évolution jugée, avec les mots qui fixent le sens',
    rendu: (
      <Chiffre
        etat="valeur"
        valeur={43}
        unite="vols"
        comparaison={comparee(53, 43, 'vols')}
        direction={{ sens: 'baisse', source: '« baisse du nombre de vols »' }}
      />
    ),
  },
  {
    nom: 'Petits nombres, sans pourcentage',
    rendu: <Chiffre etat="valeur" valeur={23} unite="réunions" comparaison={comparee(2, 23, 'réunions')} />,
  },
  { nom: 'Attendu plus tard', rendu: <Chiffre etat="attendu" valeur={null} unite="plaintes" attenduDe="le Rectorat" depuis="2099-01-31" /> },
  {
    nom: 'Publié avec retard, jusqu’à un mois, puis à paraître',
    rendu: (
      <>
        <Chiffre etat="valeur" valeur={48} unite="réunions" jusqua="2026-10" />{' '}
        <Chiffre etat="attendu" valeur={null} unite="réunions" depuis="2027-03-01" pasEncorePublic />
      </>
    ),
  },
  { nom: 'Non ventilé', rendu: <Chiffre etat="non_ventile" valeur={null} unite="plaintes" /> },
  { nom: 'Zéro', rendu: <Chiffre etat="zero" valeur={0} unite="saisines" href="/chiffres/2.1-3" /> },
  { nom: 'Manquant', rendu: <Chiffre etat="manquant" valeur={null} unite="plaintes" attenduDe="le Rectorat" depuis="2026-01-31" /> },
  { nom: 'En partie', rendu: <Chiffre etat="valeur" valeur={418} unite="contacts" part="ceux de la police municipale" /> },
  { nom: 'Secret', rendu: <Chiffre etat="secret" valeur={null} unite="mineurs" /> },
  { nom: 'Sans objet', rendu: <Chiffre etat="sans_objet" valeur={null} unite="gares" /> },
  { nom: 'Incomplet', rendu: <Chiffre etat="valeur" valeur={412} unite="participants" incomplet={3} href="/chiffres/1.6-4" /> },
];
