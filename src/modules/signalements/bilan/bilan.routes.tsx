/** What became of what residents reported, for everyone: whole quarters of a year, from kept counts alone. */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { dernierTrimestre, estTrimestre, premierMois } from '../points-chauds/quartiers.ts';
import { type Compte, listMois } from './bilan.queries.ts';
import { additionner, masquerLieux, masquerParts } from './bilan.rules.ts';
import { BilanPage } from './BilanPage.tsx';

export const bilanRoutes = (circuits: Circuits): Route[] => {
  // What partners ask each other, and what is reserved to services, is not told place by place.
  const publics = [...circuits.values()].filter((c) => c.declarants.public && c.lecture === 'partenaires');
  return [
    /** 200: `?trimestre=2026-T1` a whole quarter, the last one without it; `?territoire=` a place of the first level, all of the contract without it. */
    get('/signaler/bilan', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const dernier = dernierTrimestre(jourDe(c.maintenant));
      const dit = texte(c.requete.trimestre);
      const trimestre = estTrimestre(dit) && dit <= dernier ? dit : dernier;
      const du = premierMois(trimestre);
      const comptes = await listMois(c.db, c.contrat.id, { circuits: publics.map((x) => x.code), territoires: undefined, du, au: decalerMois(du, 2) });
      const de = (garder: (x: Compte) => boolean) => additionner(comptes.filter(garder));
      const premiers = catalogue.enfants(catalogue.racine.id);
      // The places that nobody could tell apart from the whole contract are in none of them.
      const lieux = masquerLieux(
        premiers.map((t) => ({
          cle: t.id,
          nombres: de((x) => catalogue.contient(t.id, x.territoireId)),
          parts: feuillesDe(catalogue, t.id).map((id) => ({ cle: id, nombres: de((x) => x.territoireId === id) })),
        })),
      );
      const lieu = premiers.find((t) => t.id === texte(c.requete.territoire)) ?? null;
      const { lignes: parMois, total } = masquerParts([0, 1, 2].map((i) => ({ cle: decalerMois(du, i), nombres: de((x) => x.mois === decalerMois(du, i)) })));
      const parCircuit = masquerParts(publics.map((x) => ({ cle: x.code, nombres: de((y) => y.circuit === x.code) }))).lignes;
      const { notes, totalDesNotes } = additionner(comptes);
      return page({
        titre: 'Vous avez signalé, nous avons fait',
        fil: [{ libelle: 'Signaler', href: '/signaler' }],
        corps: (
          <BilanPage
            catalogue={catalogue}
            lieu={lieu}
            trimestre={trimestre}
            dernier={dernier}
            total={lieu ? (lieux.lignes.find((l) => l.cle === lieu.id) ?? total) : total}
            parMois={parMois}
            parLieu={lieu ? (lieux.dans.get(lieu.id) ?? []) : lieux.lignes}
            parCircuit={parCircuit}
            satisfaction={notes >= 5 ? { moyenne: totalDesNotes / notes, notes } : null}
            circuits={circuits}
          />
        ),
      });
    }),
  ];
};
const feuillesDe = (cat: Awaited<ReturnType<typeof getCatalogue>>, id: string): string[] => cat.descendants(id).filter((x) => cat.enfants(x).length === 0);
