/** How pages of this module show a figure: always a link to its proof. */
import { abreger } from '../../../core/couper.ts';
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { StatTile } from '../../../ui/Card.tsx';
import { Sparkline } from '../../../ui/charts/Sparkline.tsx';
import { jour, mois, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type Completude, dessin } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';

export const preuveDe = (mesureId: string, annee: string, territoireId: string): string =>
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
      comparaison={f.comparaison && { ...f.comparaison, montree: annee }}
      direction={f.mesure.direction ?? undefined}
    />
  );
}

/** Year by year, the one that is not over told apart. */
export const pointsDe = (f: FigureSuivie) => f.annees.map((a) => ({ x: a.annee, ...dessin(a.chiffre), enCours: a.enCours }));

/** A narrative is announced on a tile and read on its proof page. */
export const abregerPhrase = (t: string | null): string | null => (t === null ? null : abreger(t, 90));

/** Of what a tile cannot do without: that it is computed goes without saying, its freshness and who else gives it do not. */
const origineCourte = (f: FigureSuivie, fraicheur: string | null | undefined): string =>
  f.mesure.obtention === 'calcul' ? (fraicheur ? `calculé, à jour de ${mois(fraicheur)}` : '') : 'fourni par les partenaires';

export function FigureTuile({ figure: f, annee, territoireId, catalogue, fraicheur }: Props & { fraicheur?: string | null }) {
  const points = pointsDe(f);
  const dessinee = points.filter((p) => p.valeur !== null).length > 1;
  return (
    <StatTile
      libelle={f.mesure.court}
      chiffre={{
        ...f.chiffre,
        texte: abregerPhrase(f.chiffre.texte),
        nommer: catalogue.nomActeur,
        href: preuveDe(f.mesure.id, annee, territoireId),
        comparaison: f.comparaison && { ...f.comparaison, montree: annee },
        direction: f.mesure.direction ?? undefined,
      }}
      tendance={dessinee ? <Sparkline points={points} libelle={f.mesure.court} unite={f.chiffre.unite} /> : undefined}
      note={[dessinee ? `courbe de ${points[0]?.x} à ${points.at(-1)?.x}` : '', origineCourte(f, fraicheur)].filter(Boolean).join(', ')}
    />
  );
}

/** « 166 chiffres connus sur 285, 23 en retard, 96 attendus d’ici au 31 janvier 2027 »: never a progress rate. */
export function direCompletude(c: Completude): string {
  const suite = [
    c.enRetard > 0 ? `${c.enRetard} en retard` : '',
    c.figes > 0 ? `${c.figes} que leur période figée n’a pas reçus` : '',
    c.aValider > 0 ? `${c.aValider} à valider` : '',
    c.aVenir > 0 ? `${pluriel(c.aVenir, 'attendu')}${c.jusquAu ? ` d’ici au ${jour(c.jusquAu)}` : ''}` : '',
    c.secrets > 0 ? pluriel(c.secrets, 'secret') : '',
    c.sansObjet > 0 ? `${c.sansObjet} sans objet` : '',
  ].filter(Boolean);
  return [`${pluriel(c.connus, 'chiffre')} ${c.connus > 1 ? 'connus' : 'connu'} sur ${c.total}`, ...suite].join(', ');
}
