/** CSV of a figure: `;`, UTF-8 with BOM, CRLF, the state in words beside the value, formulas of spreadsheets defused. */
import type { Db } from '../../../core/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Aire } from '../chiffres.queries.ts';
import { listFaits } from '../preuves.queries.ts';
import type { AtomePreuve, Preuve } from './preuve.ts';
import { Readable } from 'node:stream';

export function celluleCsv(valeur: string | number | null): string {
  if (valeur === null) return '';
  if (typeof valeur === 'number') return String(valeur).replace('.', ',');
  const sure = /^[=+\-@\t\r]/.test(valeur) ? `'${valeur}` : valeur;
  return /[";\n\r]/.test(sure) ? `"${sure.replaceAll('"', '""')}"` : sure;
}
export const ligneCsv = (cellules: readonly (string | number | null)[]): string => `${cellules.map(celluleCsv).join(';')}\r\n`;
export const BOM = '\ufeff';

const ETATS = { valeur: 'valeur', zero: 'zéro', manquant: 'manquant', secret: 'secret', sans_objet: 'sans objet' } as const;

export function csvDeLaPreuve(p: Preuve, c: Catalogue): string {
  const territoire = (id: string) => c.territoires.get(id)?.nom ?? id;
  const lignes: (string | number | null)[][] = [
    ['mesure', 'libelle', 'unite', 'coupe', 'cle', 'etat', 'valeur'],
    ...[...p.parAnnee.map((a) => ['annee', a.annee, a.chiffre] as const), ...p.parMois.map((m) => ['mois', m.mois, m.chiffre] as const)].map(
      ([coupe, cle, x]) => [p.mesure.id, p.mesure.libelle, p.mesure.unite, `${coupe} (${territoire(p.territoireId)})`, cle, ETATS[x.etat], x.valeur],
    ),
    ...[...p.parTerritoire, ...p.parDimension].flatMap((r) =>
      r.lignes.map((l) => [p.mesure.id, p.mesure.libelle, p.mesure.unite, `${r.titre} (${p.periode})`, l.libelle, ETATS[l.chiffre.etat], l.chiffre.valeur]),
    ),
  ];
  return BOM + lignes.map(ligneCsv).join('');
}

const PAQUET = 2000;

/** Streams exactly the records that the figure counts. */
export function csvDesFaits(db: Db, contratId: number, a: AtomePreuve, periode: string, aire: Aire, c: Catalogue): Readable {
  async function* lignes() {
    yield BOM + ligneCsv(['identifiant', 'jour', 'intitule', 'territoire', 'organisation', a.atome.mode === 'somme' ? (a.atome.colonne ?? '') : 'compte']);
    for (let depuis = 0; ; depuis += PAQUET) {
      const faits = await listFaits(db, { source: a.source, atome: a.atome, contratId, periode, aire, limite: PAQUET, depuis });
      yield faits
        .map((f) =>
          ligneCsv([
            f.id,
            f.jour,
            f.titre,
            c.territoires.get(f.territoireId)?.nom ?? f.territoireId,
            f.organisationId ? c.nomActeur(f.organisationId) : '',
            a.atome.mode === 'somme' ? f.quantite : 1,
          ]),
        )
        .join('');
      if (faits.length < PAQUET) return;
    }
  }
  return Readable.from(lignes());
}
