/** What became of what residents reported, for everyone: months of the contract and of its places, whole quarters of quartiers, as they were told, and that alone. */
import { acces } from '../../../core/authorize.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { estTrimestre, premierMois, trimestreDe } from '../points-chauds/quartiers.ts';
import { relireMois } from './arreter.ts';
import { type Bilan, listBilans, listLignesArretees } from './bilan.queries.ts';
import { enLigne } from './bilan.rules.ts';
import { BilanPage } from './BilanPage.tsx';

/** Months beside one another on the page of a month. */
const MOIS_MONTRES = 6;
interface Demande {
  bilan: Bilan;
  /** Beside one another, those that were told. */
  mois: readonly Bilan[];
}
/** What is asked when it was told, the last month that was otherwise; null while none was. */
function lireQuand(bilans: readonly Bilan[], dit: { trimestre: string; mois: string }): Demande | null {
  const parPeriode = new Map(bilans.map((b) => [b.periode, b]));
  const moisDe = (premier: string, combien: number) =>
    Array.from({ length: combien }, (_, n) => parPeriode.get(decalerMois(premier, n).slice(0, 7))).filter((b) => b !== undefined);
  const trimestre = parPeriode.get(dit.trimestre);
  if (trimestre && estTrimestre(trimestre.periode)) return { bilan: trimestre, mois: moisDe(premierMois(trimestre.periode), 3) };
  const mois = (estTrimestre(dit.mois) ? undefined : parPeriode.get(dit.mois)) ?? bilans.findLast((b) => !estTrimestre(b.periode));
  return mois ? { bilan: mois, mois: moisDe(decalerMois(`${mois.periode}-01`, 1 - MOIS_MONTRES), MOIS_MONTRES) } : null;
}

export const bilanRoutes = (circuits: Circuits): Route[] => [
  /** 200: `?mois=2026-05` a month that was told, the last one without it; `?trimestre=2026-T1` a quarter; `?territoire=` a place of the first level, all of the contract without it. */
  get('/signaler/bilan', acces.public, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const bilans = await listBilans(c.db, c.contrat.id);
    const quand = lireQuand(bilans, { trimestre: texte(c.requete.trimestre), mois: texte(c.requete.mois) });
    const periode = quand?.bilan.periode ?? '';
    const lignes = quand ? await listLignesArretees(c.db, c.contrat.id, [periode, ...quand.mois.map((m) => m.periode)]) : [];
    const lieu = catalogue.enfants(catalogue.racine.id).find((t) => t.id === texte(c.requete.territoire)) ?? null;
    /** Of this period, what is said of the place that is looked at. */
    const iciDe = (p: string) => {
      const dit = relireMois(lignes, p);
      return (lieu ? dit?.lignes.find((l) => l.cle === lieu.id) : dit?.total) ?? null;
    };
    const siennes = (genre: string, dans: string) => lignes.filter((l) => l.periode === periode && l.genre === genre && l.lieu === dans).map(enLigne);
    const parLieu = lieu
      ? siennes('partie', lieu.id).filter((l) => catalogue.enfants(l.cle).length === 0 || l.recus !== 0)
      : siennes('lieu', '').filter((l) => l.cle !== catalogue.racine.id || l.recus !== 0);
    const total = iciDe(periode);
    const { notes, totalDesNotes } = quand?.bilan ?? { notes: 0, totalDesNotes: 0 };
    return page({
      titre: 'Vous avez signalé, nous avons fait',
      fil: [{ libelle: 'Signaler', href: '/signaler' }],
      corps: (
        <BilanPage
          catalogue={catalogue}
          lieu={lieu}
          dits={bilans.map((b) => b.periode)}
          bilan={quand?.bilan ?? null}
          trimestre={estTrimestre(periode) ? periode : trimestreDe(`${periode}-01`)}
          total={total && enLigne(total)}
          parMois={(quand?.mois ?? []).flatMap((m) => {
            const l = iciDe(m.periode);
            return l ? [{ ...enLigne(l), cle: m.periode, arreteLe: m.arreteLe }] : [];
          })}
          parLieu={parLieu}
          parCircuit={lieu ? [] : siennes('circuit', '')}
          satisfaction={!lieu && notes >= 5 ? { moyenne: totalDesNotes / notes, notes } : null}
          circuits={circuits}
        />
      ),
    });
  }),
];
