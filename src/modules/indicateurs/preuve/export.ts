/** CSV of a figure, the state in words beside the value, and of exactly the records that it counts. */
import type { Readable } from 'node:stream';
import { fichierCsv } from '../../../core/csv.ts';
import type { Db } from '../../../core/base/database.ts';
import { exporterCsv, parcourir } from '../../../core/http/export.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Aire } from '../agregats.queries.ts';
import { type Chiffre, type Comparaison, direContributions, direValidation, estAValider, nombre } from '../chiffres.rules.ts';
import { requeteDesFaits } from '../preuves.queries.ts';
import { MOTS_DES_ETATS } from '../../../ui/types.ts';
import type { AtomePreuve, Preuve } from './preuve.ts';

export const etatDuChiffre = (c: Chiffre): string => (estAValider(c) ? 'à valider' : c.pasEncorePublic ? 'à paraître' : MOTS_DES_ETATS[c.etat]);

export function csvDeLaPreuve(p: Preuve, c: Catalogue): string {
  const territoire = (id: string) => c.territoires.get(id)?.nom ?? id;
  return fichierCsv(
    ['mesure', 'libelle', 'unite', 'coupe', 'cle', 'etat', 'valeur', 'en cours', 'du le', 'en partie', 'validation', 'contributions'],
    [
      ...[
        ...p.parAnnee.map((a) => ['annee', a.annee, a.chiffre, a.enCours ?? ''] as const),
        ...p.parMois.map((m) => ['mois', m.mois, m.chiffre, m.enCours ?? ''] as const),
        ...(p.comparaison ? comparees(p.comparaison) : []),
      ].map(([coupe, cle, x, enCours]) => [
        p.mesure.id,
        p.mesure.court,
        p.mesure.unite,
        `${coupe} (${territoire(p.territoireId)})`,
        cle,
        etatDuChiffre(x),
        x.valeur,
        enCours,
        x.depuis,
        p.mesure.part,
        direValidation(x),
        direContributions(x),
      ]),
      ...[...p.parTerritoire, ...p.parDimension].flatMap((r) =>
        r.lignes.map((l) => [
          p.mesure.id,
          p.mesure.court,
          p.mesure.unite,
          `${r.titre} (${p.periode})`,
          l.libelle,
          etatDuChiffre(l.chiffre),
          l.chiffre.valeur,
          '',
          l.chiffre.depuis,
          p.mesure.part,
          direValidation(l.chiffre),
          direContributions(l.chiffre),
        ]),
      ),
    ],
  );
}

/** The two values told beside the figure, the same months of two years. */
const comparees = (v: Comparaison) =>
  [
    [v.precedente, v.avant],
    [v.periode, v.apres],
  ].map(([cle, valeur]) => ['comparaison', String(cle), nombre(Number(valeur), v.unite), ''] as const);

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
