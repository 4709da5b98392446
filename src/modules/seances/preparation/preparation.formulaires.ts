/** Forms of the preparation that two people may have open at once: what is recorded, as each form shows it. */
import type { Champs, Enregistre } from '../../../core/http/versions.ts';
import type { FormulairePartage } from '../../../ui/Conflict.tsx';
import { jour as direJour } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Point, Seance } from '../seances.queries.ts';
import { listMots, motsDe } from './cadre.ts';
import type { DateProposee } from './seances.queries.ts';

const deSeance = (s: Seance, champs: Champs): Enregistre => ({ version: s.version, champs, par: s.modifiePar, le: s.modifieLe });

/** Without its date while members choose it. */
export const cadreEnregistre = (s: Seance): Enregistre =>
  deSeance(s, {
    titre: s.titre,
    ...(s.jour === null ? {} : { jour: s.jour, heure: s.heure ?? '' }),
    duree_minutes: String(s.dureeMinutes),
    ...motsDe(s),
  });
export const formulaireDuCadre = (s: Seance): FormulairePartage => ({
  objet: s.titre,
  action: `/seances/${s.id}/cadre`,
  retour: `/seances/${s.id}/preparer#cadre`,
  champs: {
    titre: { libelle: 'Titre de la séance' },
    jour: { libelle: 'Jour', dire: (v) => direJour(v) },
    heure: { libelle: 'Heure' },
    duree_minutes: { libelle: 'Durée de la séance', dire: (v) => `${v} minutes` },
    ...Object.fromEntries(listMots().map(([nom, { libelle, saisie }]) => [nom, { libelle, long: saisie === 'paragraphe' }])),
  },
});

export const dateEnregistree = (s: Seance, dates: readonly DateProposee[]): Enregistre =>
  deSeance(s, { date: s.jour === null ? '' : (dates.find((d) => d.jour === s.jour && d.heure === s.heure)?.id ?? `${s.jour} ${s.heure}`) });
export const formulaireDeLaDate = (s: Seance, dates: readonly DateProposee[]): FormulairePartage => ({
  objet: s.titre,
  action: `/seances/${s.id}/date`,
  retour: `/seances/${s.id}/preparer`,
  champs: {
    date: {
      libelle: 'Date retenue',
      dire: (v) => {
        const d = dates.find((x) => x.id === v) ?? { jour: v.slice(0, 10), heure: v.slice(11) };
        return `${direJour(d.jour, { semaine: true })} à ${d.heure}`;
      },
    },
  },
});

export const pointEnregistre = (p: Point): Enregistre => ({
  version: p.version,
  champs: { titre: p.titre, minutes: String(p.minutes), rapporteur: p.rapporteur, fiche: p.fiche ?? '', expose: p.expose },
  par: p.modifiePar,
  le: p.modifieLe,
});
export const formulaireDuPoint = (s: Seance, p: Point, catalogue: Catalogue): FormulairePartage => ({
  objet: `Point « ${p.titre} », ${s.titre}`,
  action: `/seances/${s.id}/points/${p.id}/modifier`,
  retour: `/seances/${s.id}/preparer#point-${p.id}`,
  champs: {
    titre: { libelle: 'Titre du point' },
    minutes: { libelle: 'Durée du point', dire: (v) => `${v} minutes` },
    rapporteur: { libelle: 'Rapporteur' },
    fiche: { libelle: 'Fiche', dire: (v) => `${v} ${catalogue.fiches.get(v)?.titre ?? ''}`.trim() },
    expose: { libelle: 'Ce qu’il faut savoir', long: true },
  },
});
