/** At night: quarters are told quartier by quartier, once; reports received here with the balance sheet of that quarter, imported ones channel by channel, some nights after its files cover each of its days. */
import { jourDe } from '../../../core/clock.ts';
import { plusJours } from '../../../core/jours.ts';
import { type Db, lireEnsemble } from '../../../core/base/database.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { NUITS_D_ATTENTE } from '../import/couverture.rules.ts';
import { countParLieu, getLieuxDesMailles, lireMailles, listGenres, type Selection } from '../points-chauds/chauds.queries.ts';
import { decalerMois } from '../points-chauds/periode.rules.ts';
import { addTrimestre, type LigneArretee, listTrimestresDits, listTrimestresImportes } from '../points-chauds/quartiers.queries.ts';
import { direNombres, type LigneDite, type Voie } from '../points-chauds/quartiers.rules.ts';
import { dernierArretable, estTrimestre, lieuxDe, premierMois } from '../points-chauds/quartiers.ts';
import { tester, zonesDe } from '../points-chauds/statistique.rules.ts';
import { type Faire, type Faits, unParUn } from '../un-par-un.ts';
import { listBilans, listLignesArretees } from './bilan.queries.ts';

interface Arret {
  catalogue: Catalogue;
  /** Those of which the balance sheet tells. */
  circuits: readonly string[];
  maintenant: Date;
}

export async function arreterLesQuartiers(faire: Faire, o: Arret): Promise<Faits> {
  const contratId = o.catalogue.contratId;
  const trimestres = await faire((tx) => listAArreter(tx, o));
  return unParUn(
    trimestres,
    ({ voie, periode }) => `${periode}, ${voie}`,
    (t) =>
      faire(async (tx) => {
        const { voie, periode } = t;
        const dites = voie === 'ici' ? await relire(tx, o.catalogue, periode) : await compter(tx, o.catalogue, voie, periode);
        const origines = voie === 'ici' ? o.circuits : [voie];
        const chauds = await quartiersChauds(tx, contratId, { ...moisDe(periode), origines });
        const lignes = dites.map(
          (l): LigneArretee => ({
            ...l,
            periode,
            voie,
            chaud: l.genre === 'quartier' && l.nombre !== null ? chauds.has(l.lieu) : null,
          }),
        );
        return addTrimestre(tx, contratId, { ...t, arreteLe: o.maintenant }, lignes);
      }),
  );
}
/** Those that are over for a month, and not told. */
async function listAArreter(tx: Db, o: Arret): Promise<{ voie: Voie; periode: string }[]> {
  const contratId = o.catalogue.contratId;
  const genres = await listGenres(tx, contratId);
  const importees = [...new Set(genres.map((g) => g.origine))].filter((x) => x.startsWith('canal:'));
  const [deja, bilans, importes] = await lireEnsemble(tx, [
    () => listTrimestresDits(tx, contratId),
    () => listBilans(tx, contratId),
    () => listTrimestresImportes(tx, contratId, { origines: importees, jusquau: plusJours(jourDe(o.maintenant), -NUITS_D_ATTENTE) }),
  ]);
  const dits = new Set(deja.map((t) => `${t.voie} ${t.periode}`));
  const dernier = dernierArretable(jourDe(o.maintenant));
  const ici = bilans.filter((b) => estTrimestre(b.periode)).map(({ periode }) => ({ voie: 'ici' as const, periode }));
  return [...ici, ...importes].filter(
    ({ voie, periode }) => periode <= dernier && !dits.has(`${voie} ${periode}`) && (voie === 'ici' || !dits.has(`importe ${periode}`)),
  );
}
const moisDe = (periode: string) => ({ du: premierMois(periode), au: decalerMois(premierMois(periode), 2) });

/**
 * As the balance sheet told them: another count of the same reports would say, taken from it, what changed since. Of a place that was not there yet, it told
 * nothing, which is not the same as hiding it.
 */
async function relire(tx: Db, cat: Catalogue, periode: string): Promise<LigneDite[]> {
  const recus = new Map((await listLignesArretees(tx, cat.contratId, [periode])).map((l) => [`${l.genre} ${l.cle}`, l.recus]));
  const de = (genre: LigneDite['genre'], lieu: string, cle: string): LigneDite[] => {
    const nombre = recus.get(cle);
    return nombre === undefined ? [] : [{ genre, lieu, nombre }];
  };
  return [
    ...de('total', '', 'total '),
    ...lieuxDe(cat).flatMap((l) => [...de('lieu', l.id, `lieu ${l.id}`), ...l.quartiers.flatMap((id) => de('quartier', id, `partie ${id}`))]),
  ];
}
async function compter(tx: Db, cat: Catalogue, origine: string, periode: string): Promise<LigneDite[]> {
  const parLieu = await countParLieu(tx, cat.contratId, { ...moisDe(periode), origine });
  const nombres = new Map(parLieu.map((x) => [x.territoireId, x.nombre]));
  const lieux = lieuxDe(cat);
  const places = new Set(lieux.flatMap((l) => l.parties));
  return direNombres(
    lieux,
    nombres,
    parLieu.reduce((n, x) => n + (places.has(x.territoireId) ? 0 : x.nombre), 0),
  );
}

async function quartiersChauds(tx: Db, contratId: number, s: Selection): Promise<Set<string>> {
  const zones = zonesDe(tester(await lireMailles(tx, contratId, s, undefined), 'partout') ?? []);
  const premieres = zones.flatMap((z) => z.cellules[0]?.maille ?? []);
  return new Set((await getLieuxDesMailles(tx, contratId, premieres, undefined)).values());
}
