/** What became of what residents reported, for everyone: finished months of the contract and of its places, whole quarters of quartiers, from kept counts alone. */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Contexte, get, page, type Route, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { dernierTrimestre, estTrimestre, premierMois, trimestreDe } from '../points-chauds/quartiers.ts';
import { type Compte, listMois } from './bilan.queries.ts';
import { additionner, direLeTrimestre, direMois, direSous, type Groupe } from './bilan.rules.ts';
import { BilanPage } from './BilanPage.tsx';

/** Months beside one another on the page of a month. */
const MOIS_MONTRES = 6;
/** `mois` first day of each; `trimestre` null on the page of a month. */
interface Demande {
  trimestre: string | null;
  mois: readonly string[];
  dernierMois: string;
}
/** What is asked when it is finished, the last finished month otherwise. */
function lireQuand(c: Contexte): Demande {
  const aujourdhui = jourDe(c.maintenant);
  const dernierMois = decalerMois(`${aujourdhui.slice(0, 7)}-01`, -1);
  const trimestre = texte(c.requete.trimestre);
  if (estTrimestre(trimestre) && trimestre <= dernierTrimestre(aujourdhui)) {
    const du = premierMois(trimestre);
    return { trimestre, mois: [0, 1, 2].map((n) => decalerMois(du, n)), dernierMois };
  }
  const dit = texte(c.requete.mois);
  const mois = /^20\d{2}-(0[1-9]|1[0-2])$/.test(dit) && `${dit}-01` <= dernierMois ? `${dit}-01` : dernierMois;
  return { trimestre: null, mois: Array.from({ length: MOIS_MONTRES }, (_, n) => decalerMois(mois, n - MOIS_MONTRES + 1)), dernierMois };
}
/** Places of the first level, and what nobody placed more finely than the contract: together, all that was received. */
function parLieux(cat: Catalogue, comptes: readonly Compte[]): Groupe[] {
  const premiers = cat.enfants(cat.racine.id).map((t) => t.id);
  return [...premiers, cat.racine.id].map((id) => ({
    cle: id,
    nombres: additionner(comptes.filter((x) => (id === cat.racine.id ? x.territoireId === id : cat.contient(id, x.territoireId)))),
  }));
}

export const bilanRoutes = (circuits: Circuits): Route[] => {
  // What partners ask each other, and what is reserved to services, is not told place by place.
  const publics = [...circuits.values()].filter((c) => c.declarants.public && c.lecture === 'partenaires');
  return [
    /** 200: `?mois=2026-05` a finished month, the last one without it; `?trimestre=2026-T1` a whole quarter; `?territoire=` a place of the first level, all of the contract without it. */
    get('/signaler/bilan', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const quand = lireQuand(c);
      const [du = '', au = ''] = [quand.mois[0], quand.mois.at(-1)];
      const comptes = await listMois(c.db, c.contrat.id, { circuits: publics.map((x) => x.code), territoires: undefined, du, au });
      const lieu = catalogue.enfants(catalogue.racine.id).find((t) => t.id === texte(c.requete.territoire)) ?? null;
      const parMois = quand.mois.map((m) =>
        parLieux(
          catalogue,
          comptes.filter((x) => x.mois === m),
        ),
      );
      const mois = parMois.map(direMois);
      const { lignes, total } = quand.trimestre ? direLeTrimestre(parMois) : (mois.at(-1) ?? direMois([]));
      const duLieu = (d: { lignes: typeof lignes; total: typeof total }) => (lieu ? d.lignes.find((l) => l.cle === lieu.id) : d.total) ?? d.total;
      const ici = duLieu({ lignes, total });
      // Parts finer than a place of the first level, and circuits, by whole quarters alone.
      const sous = (garder: (cle: string) => (x: Compte) => boolean, cles: readonly string[]) =>
        quand.trimestre
          ? direSous(
              ici,
              cles.map((cle) => ({ cle, nombres: additionner(comptes.filter(garder(cle))) })),
            )
          : [];
      const parLieu = lieu
        ? sous((id) => (x) => x.territoireId === id, catalogue.descendants(lieu.id)).filter((l) => catalogue.enfants(l.cle).length === 0 || l.recus !== 0)
        : lignes.filter((l) => l.cle !== catalogue.racine.id || l.recus !== 0);
      const { notes, totalDesNotes } = additionner(comptes);
      return page({
        titre: 'Vous avez signalé, nous avons fait',
        fil: [{ libelle: 'Signaler', href: '/signaler' }],
        corps: (
          <BilanPage
            catalogue={catalogue}
            lieu={lieu}
            periode={quand.trimestre ?? au.slice(0, 7)}
            trimestre={quand.trimestre ?? trimestreDe(au)}
            trimestreFini={(quand.trimestre ?? trimestreDe(au)) <= dernierTrimestre(jourDe(c.maintenant))}
            dernierMois={quand.dernierMois.slice(0, 7)}
            total={ici}
            parMois={quand.mois.map((m, i) => ({ ...duLieu(mois[i] ?? direMois([])), cle: m }))}
            parLieu={parLieu}
            parCircuit={
              lieu
                ? []
                : sous(
                    (code) => (x) => x.circuit === code,
                    publics.map((x) => x.code),
                  )
            }
            satisfaction={quand.trimestre && !lieu && notes >= 5 ? { moyenne: totalDesNotes / notes, notes } : null}
            circuits={circuits}
          />
        ),
      });
    }),
  ];
};
