import type { ReactNode } from 'react';
import { Chiffre, type ChiffreProps } from './Chiffre.tsx';
import { Tag } from './Tag.tsx';
import { cx, type Example } from './types.ts';

export interface CardProps {
  titre: ReactNode;
  /** The whole card leads there. */
  href?: string;
  surtitre?: ReactNode;
  etiquette?: ReactNode;
  niveau?: 2 | 3;
  children?: ReactNode;
}

/** One thing among others of its kind. */
export function Card({ titre, href, surtitre, etiquette, niveau = 3, children }: CardProps) {
  const Titre = niveau === 2 ? 'h2' : 'h3';
  return (
    <div className="c-carte">
      {surtitre && <p className="c-carte__surtitre">{surtitre}</p>}
      <Titre className="c-carte__titre">
        {href ? (
          <a className="c-carte__lien" href={href}>
            {titre}
          </a>
        ) : (
          titre
        )}
      </Titre>
      {etiquette && <p className="c-carte__etiquette">{etiquette}</p>}
      {children && <div className="c-carte__corps">{children}</div>}
    </div>
  );
}
export const CardGrid = ({ children }: { children: ReactNode }) => <div className="c-cartes">{children}</div>;

export interface StatTileProps {
  libelle: ReactNode;
  chiffre: ChiffreProps;
  /** Freshness, source, scope: one short line. */
  note?: ReactNode;
  /** A sparkline. */
  tendance?: ReactNode;
  /** The proof, when the figure does not carry it. */
  href?: string;
}

/** A figure that matters, large, with its name and freshness. */
export const StatTile = ({ libelle, chiffre, note, tendance, href }: StatTileProps) => (
  <div className="c-tuile">
    <p className="c-tuile__libelle">{libelle}</p>
    <div className="c-tuile__chiffre">
      <Chiffre {...chiffre} href={chiffre.href ?? href} taille="grand" />
    </div>
    {tendance}
    {note && <p className="c-tuile__note">{note}</p>}
  </div>
);
/** `large`: three figures a row, for the few that open a page. */
export const StatGrid = ({ children, large = false }: { children: ReactNode; large?: boolean }) => (
  <div className={cx('c-tuiles', large && 'c-tuiles--large')}>{children}</div>
);

export const examples: Example[] = [
  {
    nom: 'Cartes',
    rendu: (
      <CardGrid>
        <Card titre="Améliorer le climat scolaire" href="/fiches/1.6" surtitre="Fiche 1.6" etiquette={<Tag ton="bleu">En cours</Tag>}>
          <p className="govuk-body">14 actions sur 18 ont au moins une trace en 2026.</p>
        </Card>
        <Card titre="Prévenir les rixes" href="/fiches/1.1" surtitre="Fiche 1.1">
          <p className="govuk-body">22 actions, deux chiffres manquants.</p>
        </Card>
      </CardGrid>
    ),
  },
  {
    nom: 'Chiffres qui comptent',
    rendu: (
      <StatGrid>
        <StatTile
          libelle="Interventions en milieu scolaire"
          chiffre={{
            etat: 'valeur',
            valeur: 1284,
            unite: '',
            comparaison: { periode: '2025', precedente: '2024', montree: '2025', avant: 1146, apres: 1284, unite: '' },
          }}
          href="/c/1"
          note="À jour au 12 juillet 2026"
        />
        <StatTile
          libelle="Élèves rencontrés"
          chiffre={{ etat: 'valeur', valeur: 31420, unite: 'élèves', incomplet: 12 }}
          href="/c/2"
          note="1er semestre 2026"
        />
        <StatTile libelle="Saisines du Parquet" chiffre={{ etat: 'manquant', valeur: null, unite: '', attenduDe: 'Parquet de Paris', depuis: '2026-01-31' }} />
        <StatTile libelle="Mineurs suivis" chiffre={{ etat: 'secret', valeur: null, unite: '' }} note="Moins de cinq personnes" />
      </StatGrid>
    ),
  },
];
