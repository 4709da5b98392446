/** How pages of this module show a figure: always a link to its proof. */
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { StatTile } from '../../../ui/Card.tsx';
import { Sparkline } from '../../../ui/charts/Sparkline.tsx';
import { mois, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type Completude, evolution } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';

const preuveDe = (mesureId: string, annee: string, territoireId: string): string =>
  `/chiffres/${encodeURIComponent(mesureId)}?periode=${annee}&territoire=${encodeURIComponent(territoireId)}`;

interface Props {
  figure: FigureSuivie;
  annee: string;
  territoireId: string;
  catalogue: Catalogue;
}

export function FigureCourte({ figure: f, annee, territoireId, catalogue }: Props) {
  return (
    <Chiffre
      {...f.chiffre}
      nommer={catalogue.nomActeur}
      href={preuveDe(f.mesure.id, annee, territoireId)}
      evolution={evolution(f.chiffre, f.precedent)}
      sens={f.mesure.sens ?? undefined}
    />
  );
}

/** A narrative is announced on a tile and read on its proof page. */
const abreger = (t: string | null): string | null => (t === null || t.length <= 90 ? t : `${t.slice(0, 88).replace(/\s\S*$/, '')}…`);

export function FigureTuile({ figure: f, annee, territoireId, catalogue, fraicheur }: Props & { fraicheur?: string | null }) {
  const points = f.annees.map((a) => ({ x: a.annee, etat: a.chiffre.etat, valeur: a.chiffre.valeur }));
  return (
    <StatTile
      libelle={f.mesure.libelle}
      chiffre={{
        ...f.chiffre,
        texte: abreger(f.chiffre.texte),
        nommer: catalogue.nomActeur,
        href: preuveDe(f.mesure.id, annee, territoireId),
        evolution: evolution(f.chiffre, f.precedent),
        sens: f.mesure.sens ?? undefined,
      }}
      tendance={
        points.filter((p) => p.valeur !== null).length > 1 ? <Sparkline points={points} libelle={f.mesure.libelle} unite={f.mesure.unite} /> : undefined
      }
      note={f.mesure.obtention === 'calcul' ? (fraicheur ? `calculé, à jour de ${mois(fraicheur)}` : 'calculé') : 'fourni par les partenaires'}
    />
  );
}

/** « 12 chiffres sur 20 connus, 6 manquants, 1 secret »: never a progress rate. */
export function direCompletude(c: Completude): string {
  const suite = [
    c.manquants > 0 ? pluriel(c.manquants, 'manquant') : '',
    c.secrets > 0 ? pluriel(c.secrets, 'secret') : '',
    c.sansObjet > c.nonVentiles ? `${c.sansObjet - c.nonVentiles} sans objet` : '',
  ].filter(Boolean);
  return [`${pluriel(c.connus, 'chiffre')} ${c.connus > 1 ? 'connus' : 'connu'} sur ${c.attendus}`, ...suite].join(', ');
}
