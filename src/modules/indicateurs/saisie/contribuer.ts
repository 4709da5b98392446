/** The one write of contributions, whoever gives them and by whatever way: form, campaign page, workbook, letter, interface. */
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { repondPour } from '../indicateurs.policy.ts';
import { refuserSiFige } from '../signature/verrous.garde.ts';
import { tenirLesVerrous } from '../signature/verrous.queries.ts';
import { suivreChiffre, suivreChiffres } from './chiffres.dus.ts';
import { reprendrePieces } from '../recits/pieces.queries.ts';
import { suivreSignatures } from '../recits/signatures.dus.ts';
import { genreDe, repondants } from './grain.rules.ts';
import { addVersion, type Auteur, type NouvelleVersion } from './saisie.queries.ts';
import { viser } from './saisie.cadre.ts';
import { ajusterTotaux, verrouillerAn } from './totaux.queries.ts';

type Ecriture = Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>;

type Suite = (c: Ecriture, mesures: readonly string[]) => Promise<void>;
let suites: readonly Suite[] = [];
/** What a module above keeps of contributions follows each of their writes, in its transaction. Said once, when the house is built. */
export const suivreLesContributions = (...toutes: readonly Suite[]): void => {
  suites = toutes;
};

/**
 * Years of measures that a write touches, held in one order whatever the writer: two writers never wait for each other in a circle. Nobody
 * locks or unlocks those years meanwhile.
 */
export async function tenirLesAns(c: Pick<Contexte, 'db' | 'contrat'>, visees: readonly { mesureId: string; periode: string }[]): Promise<void> {
  await tenirLesVerrous(
    c.db,
    c.contrat.id,
    visees.map((v) => v.periode.slice(0, 4)),
  );
  const ans = new Map(visees.map((v) => [`${v.mesureId}|${v.periode.slice(0, 4)}`, v]));
  for (const [, v] of [...ans].sort(([a], [b]) => (a < b ? -1 : 1))) await verrouillerAn(c.db, c.contrat.id, v.mesureId, v.periode);
}

/** Its author does not answer for its debtor: neither of it, nor by a mandate. */
function estDAutrui(cat: Catalogue, a: Auteur, v: NouvelleVersion): boolean {
  const m = cat.chiffre(v.mesureId);
  const { nom, organisationId, mandats } = a;
  return !(
    repondants(cat, v).includes(organisationId) ||
    (m !== undefined &&
      a.id !== null &&
      mandats !== undefined &&
      repondPour({ id: a.id, nom, organisationId, mandats, courriel: '', fonction: '', forte: true }, viser(cat, m, v), cat.contient))
  );
}

/**
 * Adds a version to each of these contributions, brings totals and debts to them, and writes one entry of the journal for each measure, all
 * in the caller's transaction. The caller has checked the grain (`refusDuGrain`), the values and the right of the author, and holds the
 * years (`tenirLesAns`) since it read `derniere`. Throws 409 when another version came in,
 * or when the period is locked.
 */
export async function contribuer(
  c: Ecriture,
  cat: Catalogue,
  auteur: Auteur,
  versions: readonly NouvelleVersion[],
  dit: Record<string, unknown>,
): Promise<void> {
  await refuserSiFige(c, cat, versions);
  for (const v of versions) await addVersion(c.db, c.contrat.id, { ...v, pourAutrui: estDAutrui(cat, auteur, v) }, auteur, c.maintenant);
  const estUnRecit = (mesureId: string) => {
    const m = cat.chiffre(mesureId);
    return m !== undefined && genreDe(m) === 'texte';
  };
  for (const v of versions)
    if (v.derniere > 0 && v.etat === 'valeur' && v.piecesDites !== true && estUnRecit(v.mesureId)) await reprendrePieces(c.db, c.contrat.id, v);
  for (const mesureId of new Set(versions.map((v) => v.mesureId))) {
    const siennes = versions.filter((v) => v.mesureId === mesureId);
    for (const annee of [...new Set(siennes.map((v) => v.periode.slice(0, 4)))].sort()) await ajusterTotaux(c.db, cat, mesureId, annee);
    await suivreChiffre(c, mesureId);
    if (estUnRecit(mesureId)) await suivreSignatures(c, mesureId);
    const [premiere] = siennes;
    const apres = {
      ...(premiere ? { texte: premiere.texte, lien: premiere.lien, source: premiere.source, commentaire: premiere.commentaire } : {}),
      valeurs: siennes.map((v) => ({ ou: v.territoireId, ventilation: v.ventilation, etat: v.etat, valeur: v.nombre })),
    };
    await c.auditer('valeur.saisie', `/chiffres/${mesureId}`, { ...dit, contributions: siennes.length }, { apres });
  }
  for (const suivre of suites) await suivre(c, [...new Set(versions.map((v) => v.mesureId))]);
}

/** Debts and what follows them, after a lock said of these measures what may still come in. */
export async function suivreChiffresEtSuites(c: Ecriture, mesures: readonly string[]): Promise<void> {
  await suivreChiffres(c, mesures);
  for (const suivre of suites) await suivre(c, mesures);
}
