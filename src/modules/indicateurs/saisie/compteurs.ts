/**
 * Figures that confidential cells and circuits count arrive by themselves: once a year is finished, their numbers become the contribution of who owes the
 * figure, secret where none is told. Nobody's number is written over; whoever validates it is somebody else, as ever. Provenance ends at
 * the counter: nothing leads from it to what it counted.
 */
import { type Db, inTransaction } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { ContratServi } from '../../../core/http/http.ts';
import { createAudit, ecrireAudit, type EntreeAudit } from '../../../core/trace/audit.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import { lireFigees } from '../signature/verrous.garde.ts';
import { type Comptes, compteesDe, estComptee, lireComptes } from './comptees.queries.ts';
import { contribuer, tenirLesAns } from './contribuer.ts';
import { listVersionsCourantes, type VersionCourante } from './courantes.queries.ts';
import { casesDe, demandeA, periodesSaisies } from './grain.rules.ts';
import { COMPTEURS } from './parole.rules.ts';
import type { NouvelleVersion } from './saisie.queries.ts';

const auteurDe = (m: Pick<Mesure, 'prevu'> | undefined) => COMPTEURS[m?.prevu?.circuit ? 'circuit' : 'cellule'];

/** What is counted for a year that each case owes and that nobody gave yet. Pure. */
export function aContribuer(
  cat: Catalogue,
  comptes: Comptes,
  annee: string,
  o: { courantes: ReadonlyMap<string, Pick<VersionCourante, 'mesureId' | 'periode' | 'debiteur' | 'territoireId'>>; adresse: string },
): NouvelleVersion[] {
  const donnees = new Set([...o.courantes.values()].map((v) => `${v.mesureId}|${v.periode}|${v.debiteur}|${v.territoireId}`));
  return [...cat.mesures.values()]
    .filter((m) => estComptee(m) && periodesSaisies(m, annee).includes(annee))
    .flatMap((m) => {
      const comptees = compteesDe(m, comptes, annee, cat).filter((x) => x.entiere);
      return casesDe(m, cat)
        .filter((k) => !donnees.has(`${m.id}|${annee}|${k.debiteur}|${k.territoireId}`))
        .flatMap((k) =>
          comptees
            .filter((x) => x.territoireId === k.territoireId && (x.debiteur ?? k.debiteur) === k.debiteur)
            .map((x) => ({
              mesureId: m.id,
              periode: annee,
              debiteur: k.debiteur,
              territoireId: k.territoireId,
              ventilation: x.ventilation,
              derniere: 0,
              etat: x.nombre === null ? ('secret' as const) : ('valeur' as const),
              nombre: x.nombre,
              texte: '',
              source: `${auteurDe(m)}, année ${annee} finie`,
              commentaire: '',
              lien: x.nombre === null ? '' : `${o.adresse}${m.prevu?.circuit ? `/signaler/${m.prevu.circuit.code}/parcours` : '/cellules/tableau'}`,
              fichierId: null,
              fichierNom: null,
              documentLe: '',
              documentAuteur: '',
            })),
        );
    });
}

/** Returns how many contributions came in. What is locked stays as it was. */
export async function contribuerLesComptes(db: Db, o: { contrat: ContratServi; adresse: string; maintenant: Date }): Promise<number> {
  return inTransaction(db, { contratId: o.contrat.id }, async (tx) => {
    const cat = await getCatalogue(tx, o.contrat.id);
    const attendues = [...cat.mesures.values()].filter(estComptee);
    const comptes = await lireComptes(tx, attendues, jourDe(o.maintenant));
    const mesures = attendues.map((m) => m.id);
    const [debut, fin] = [cat.contrat.debut.slice(0, 4), cat.contrat.fin.slice(0, 4)];
    const annees = [...new Set([...comptes.cellules, ...comptes.circuits].map((n) => n.annee))].filter((a) => a >= debut && a <= fin);
    if (mesures.length === 0 || annees.length === 0) return 0;
    await tenirLesAns(
      { db: tx, contrat: o.contrat },
      annees.flatMap((periode) => mesures.map((mesureId) => ({ mesureId, periode }))),
    );
    const estFigee = await lireFigees(tx, cat, jourDe(o.maintenant));
    const courantes = await listVersionsCourantes(tx, o.contrat.id, { mesures, periodes: annees });
    const versions = annees.flatMap((a) => aContribuer(cat, comptes, a, { courantes, adresse: o.adresse })).filter((v) => !estFigee(v));
    const entrees: EntreeAudit[] = [];
    const c = {
      db: tx,
      contrat: o.contrat,
      maintenant: o.maintenant,
      auditer: createAudit({ utilisateur: null, quand: o.maintenant, adresse: null }, entrees),
    };
    // Each debtor's own, so that what is said to be given by whom is true.
    for (const organisationId of new Set(versions.map((v) => demandeA(cat, v))))
      for (const nom of Object.values(COMPTEURS)) {
        const siennes = versions.filter((v) => demandeA(cat, v) === organisationId && auteurDe(cat.mesures.get(v.mesureId)) === nom);
        if (siennes.length > 0)
          await contribuer(c, cat, { id: null, nom, organisationId }, siennes, nom === COMPTEURS.circuit ? { circuits: true } : { cellules: true });
      }
    if (entrees.length > 0) await ecrireAudit(tx, o.contrat.id, entrees);
    return versions.length;
  });
}
