/** CSV of a figure, the state in words beside the value, and of exactly the records that it counts. */
import type { Readable } from 'node:stream';
import { fichierCsv } from '../../../core/csv.ts';
import type { Db } from '../../../core/base/database.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Aire } from '../chiffres.queries.ts';
import { requeteDesFaits } from '../preuves.queries.ts';
import type { AtomePreuve, Preuve } from './preuve.ts';

const ETATS = { valeur: 'valeur', zero: 'zéro', manquant: 'manquant', secret: 'secret', sans_objet: 'sans objet' } as const;

export function csvDeLaPreuve(p: Preuve, c: Catalogue): string {
  const territoire = (id: string) => c.territoires.get(id)?.nom ?? id;
  return fichierCsv(
    ['mesure', 'libelle', 'unite', 'coupe', 'cle', 'etat', 'valeur'],
    [
      ...[...p.parAnnee.map((a) => ['annee', a.annee, a.chiffre] as const), ...p.parMois.map((m) => ['mois', m.mois, m.chiffre] as const)].map(
        ([coupe, cle, x]) => [p.mesure.id, p.mesure.libelle, p.mesure.unite, `${coupe} (${territoire(p.territoireId)})`, cle, ETATS[x.etat], x.valeur],
      ),
      ...[...p.parTerritoire, ...p.parDimension].flatMap((r) =>
        r.lignes.map((l) => [p.mesure.id, p.mesure.libelle, p.mesure.unite, `${r.titre} (${p.periode})`, l.libelle, ETATS[l.chiffre.etat], l.chiffre.valeur]),
      ),
    ],
  );
}

/** Streams exactly the records that the figure counts. */
export function csvDesFaits(db: Db, contratId: number, a: AtomePreuve, periode: string, aire: Aire, c: Catalogue): Readable {
  const quantite = a.atome.mode === 'somme' ? (a.atome.colonne ?? '') : 'compte';
  return exporterCsv(
    parcourir(db, requeteDesFaits({ source: a.source, atome: a.atome, contratId, periode, aire })),
    ['identifiant', 'jour', 'intitule', 'territoire', 'organisation', quantite],
    (f) => [
      f.id,
      f.jour,
      f.titre,
      c.territoires.get(f.territoireId)?.nom ?? f.territoireId,
      f.organisationId ? c.nomActeur(f.organisationId) : '',
      a.atome.mode === 'somme' ? f.quantite : 1,
    ],
  );
}
