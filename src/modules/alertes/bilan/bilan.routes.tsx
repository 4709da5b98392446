/** Figures of alerts, brawls on the map, the report of one alert or drill. GET 200, 403, 404. */
import { accesMetier } from '../../../core/authorize.ts';
import { debutDuJour, jourDe } from '../../../core/clock.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { exporterCsv } from '../../../core/http/export.ts';
import { type Contexte, fichier, get, page, type Route, texte } from '../../../core/http/http.ts';
import { charger, DANS, FIL, nommeDe, ouvrir, type Outillage } from '../alertes.contexte.ts';
import { conduitQuelquePart } from '../alertes.policy.ts';
import { secteurDe } from '../envois/prevenir.ts';
import { listSuivis } from '../envois/suivis.ts';
import { ChiffresPage } from '../pages/ChiffresPage.tsx';
import { RapportPage } from '../pages/RapportPage.tsx';
import { RixesPage } from '../pages/RixesPage.tsx';
import { DOUBLON, ISSUES } from '../reglement/reglement.ts';
import { listActivations, listReponses, listTrous } from './bilan.queries.ts';
import { apresLeMois, dernierMois, moisDe, parCle } from './bilan.rules.ts';

const anneeDe = (c: Contexte, defaut: string): number => {
  const a = Number(texte(c.requete.annee) || defaut.slice(0, 4));
  return Number.isInteger(a) && a >= 2000 && a <= 2100 ? a : Number(defaut.slice(0, 4));
};

/** The two moments between which a year runs, by the clock of the contract. */
const annees = (annee: number) => ({ debut: debutDuJour(`${annee}-01-01`), fin: debutDuJour(`${annee + 1}-01-01`) });

export function buildBilanRoutes(k: Outillage): Route[] {
  const chiffres = async (c: Contexte) => {
    const { cat } = await ouvrir(c);
    const annee = anneeDe(c, jourDe(c.maintenant));
    const q = { fuseau: fuseauEnVigueur(), ...annees(annee), par: 'diffusion' as const };
    const [activations, reponses] = [
      await listActivations(c.db, c.contrat.id, q),
      await listReponses(c.db, c.contrat.id, { ...annees(annee), maintenant: c.maintenant }),
    ];
    const secteurs = cat.enfants(cat.racine.id);
    return {
      cat,
      annee,
      reponses,
      parMois: parCle(activations, moisDe(annee, `${annee}-12`), (a) => a.mois),
      parLieu: parCle(
        activations,
        secteurs.map((t) => t.id),
        (a) => secteurDe(cat, a.territoireId),
      ),
      parPalier: parCle(
        activations,
        k.reglement.paliers.map((p) => p.code),
        (a) => a.palier,
      ),
      parIssue: parCle(activations, [...(cat.listes.get(ISSUES) ?? []).filter((v) => v.code !== DOUBLON).map((v) => v.code), ''], (a) => a.issue ?? ''),
    };
  };
  return [
    get('/alertes/chiffres', accesMetier, async (c) => {
      const x = await chiffres(c);
      return page({
        ...DANS,
        fil: FIL,
        titre: `Chiffres des alertes, ${x.annee}`,
        corps: <ChiffresPage {...x} derniere={Number(jourDe(c.maintenant).slice(0, 4))} reglement={k.reglement} />,
      });
    }),
    get('/alertes/chiffres.csv', accesMetier, async (c) => {
      const x = await chiffres(c);
      const nom = (id: string) => x.cat.territoires.get(id)?.nom ?? id;
      const parts = [
        ...x.parMois.parts.map((p) => ['mois', p.cle, p.nombre]),
        ...x.parLieu.parts.map((p) => ['territoire', nom(p.cle), p.nombre]),
        ...x.parPalier.parts.map((p) => ['palier', p.cle, p.nombre]),
        ...x.parIssue.parts.map((p) => ['issue', p.cle || 'en cours', p.nombre]),
      ].map(([axe, cle, n]) => ({ axe: String(axe), cle: String(cle), n: n === null ? 'secret' : String(n) }));
      const paquets = (async function* () {
        yield parts;
      })();
      return fichier(
        exporterCsv(paquets, ['axe', 'valeur', 'alertes'], (p) => [p.axe, p.cle, p.n]),
        {
          nom: `alertes-${x.annee}.csv`,
          type: 'text/csv; charset=utf-8',
        },
      );
    }),
    get('/alertes/rixes', accesMetier, async (c) => {
      const { cat, u } = await ouvrir(c);
      const jusqua = dernierMois(jourDe(c.maintenant), k.reglement.bilan.recul_mois);
      const annee = Math.min(anneeDe(c, jusqua), Number(jusqua.slice(0, 4)));
      const mois = moisDe(annee, jusqua);
      const dernier = mois.at(-1) ?? `${annee}-12`;
      const secteurs = cat.enfants(cat.racine.id);
      const de = async (a: number) => {
        const rixes = await listActivations(c.db, c.contrat.id, {
          fuseau: fuseauEnVigueur(),
          debut: annees(a).debut,
          fin: debutDuJour(apresLeMois(`${a}${dernier.slice(4)}`)),
          par: 'fait',
        });
        return {
          parMois: parCle(
            rixes,
            mois.map((m) => `${a}${m.slice(4)}`),
            (x) => x.mois,
          ),
          parLieu: parCle(
            rixes,
            secteurs.map((t) => t.id),
            (x) => secteurDe(cat, x.territoireId),
          ),
        };
      };
      const [ici, avant] = [await de(annee), await de(annee - 1)];
      return page({
        ...DANS,
        fil: FIL,
        titre: `Rixes, ${annee}`,
        corps: (
          <RixesPage
            catalogue={cat}
            annee={annee}
            derniere={Number(jusqua.slice(0, 4))}
            dernier={dernier}
            ici={ici}
            avant={avant}
            recul={k.reglement.bilan.recul_mois}
            inscrit={conduitQuelquePart(u)}
          />
        ),
      });
    }),
    /** How fast each function answered, and where nobody was: of a drill as of the real thing. */
    get(
      '/alertes/:alerte/rapport',
      accesMetier,
      async (c) => {
        const x = await charger(c, k);
        const { alerte, cat } = x;
        const [reponses, trous, suivis] = [
          await listReponses(c.db, c.contrat.id, { alerteId: alerte.id, maintenant: c.maintenant }),
          await listTrous(c.db, c.contrat.id, alerte.id),
          await listSuivis(c.db, c.contrat.id, alerte.id),
        ];
        const vue = { catalogue: cat, reglement: k.reglement, alerte, nomme: nommeDe(c, x), maintenant: c.maintenant };
        return page({
          ...DANS,
          fil: FIL,
          titre: alerte.exercice ? 'Rapport d’exercice' : 'Rapport d’alerte',
          corps: <RapportPage {...vue} reponses={reponses} trous={trous} suivis={suivis} />,
        });
      },
      { sensible: true },
    ),
  ];
}
