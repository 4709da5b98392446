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
import { direLieu } from '../envois/lettres.rules.ts';
import { AILLEURS, ChiffresPage } from '../pages/ChiffresPage.tsx';
import { RapportPage } from '../pages/RapportPage.tsx';
import { RixesPage } from '../pages/RixesPage.tsx';
import { DOUBLON, ISSUES } from '../reglement/reglement.ts';
import { type Activation, listActivations, listReponses, listTrous } from './bilan.queries.ts';
import { apresLeMois, type Croise, croiser, dernierMois, ditDuLieu, HORS, moisDe, parCle, parMois, TRIMESTRES, trimestreDe } from './bilan.rules.ts';

const anneeDe = (c: Contexte, defaut: string): number => {
  const a = Number(texte(c.requete.annee) || defaut.slice(0, 4));
  return Number.isInteger(a) && a >= 2000 && a <= 2100 ? a : Number(defaut.slice(0, 4));
};

/** The two moments between which a year runs, by the clock of the contract. */
const annees = (annee: number) => ({ debut: debutDuJour(`${annee}-01-01`), fin: debutDuJour(`${annee + 1}-01-01`) });

export function buildBilanRoutes(k: Outillage): Route[] {
  const chiffres = async (c: Contexte) => {
    const { cat } = await ouvrir(c);
    const aujourdhui = jourDe(c.maintenant);
    const annee = anneeDe(c, aujourdhui);
    const activations = await listActivations(c.db, c.contrat.id, { fuseau: fuseauEnVigueur(), ...annees(annee), par: 'diffusion' });
    const secteurs = cat.enfants(cat.racine.id).map((t) => t.id);
    const lieux = [...secteurs, HORS];
    const lieu = (a: Activation): string => {
      const t = secteurDe(cat, a.territoireId);
      return secteurs.includes(t) ? t : HORS;
    };
    const paliers = k.reglement.paliers.map((p) => p.code);
    const issues = [...(cat.listes.get(ISSUES) ?? []).filter((v) => v.code !== DOUBLON).map((v) => v.code), ''];
    const issue = (a: Activation): string => a.issue ?? '';
    const parLieu = parCle(activations, lieux, lieu);
    const caches = new Set(parLieu.parts.filter((p) => p.nombre === null).map((p) => p.cle));
    // Places are cut once the year is told as a whole: along it, what is read twice says what came between.
    const finie = dernierMois(aujourdhui, k.reglement.bilan.recul_mois) >= `${annee}-12`;
    const croiserDuLieu = (colonnes: readonly string[], colonne: (a: Activation) => string, dejaCachees: ReadonlySet<string> = caches): Croise =>
      finie ? croiser(activations, lieux, colonnes, { lieu, colonne, cachees: (l) => dejaCachees.has(l) }) : null;
    const trimestres = croiserDuLieu(TRIMESTRES.map(String), (a) => String(trimestreDe(a.mois)));
    const cachees = new Set(trimestres?.filter((l) => l.nombres === null).map((l) => l.cle));
    const mois = trimestres && croiserDuLieu(moisDe(annee, `${annee}-12`), (a) => a.mois, cachees);
    return {
      cat,
      annee,
      finie,
      secteurs,
      parMois: parMois(activations, annee),
      parLieu,
      parPalier: parCle(activations, paliers, (a) => a.palier),
      parIssue: parCle(activations, issues, issue),
      trimestres,
      mois,
      paliersDuLieu: croiserDuLieu(paliers, (a) => a.palier),
      issuesDuLieu: croiserDuLieu(issues, issue),
    };
  };
  type Chiffres = Awaited<ReturnType<typeof chiffres>>;
  /** Who answered, where and when it is asked; null where the number of alerts itself is not told. */
  async function reponsesDe(c: Contexte, x: Chiffres, q: { territoire: string; trimestre: number }) {
    const combien = q.territoire
      ? q.trimestre
        ? (ditDuLieu(x.trimestres, q.territoire)?.[q.trimestre - 1] ?? null)
        : (x.parLieu.parts.find((p) => p.cle === q.territoire)?.nombre ?? null)
      : q.trimestre
        ? (x.parMois.trimestres[q.trimestre - 1] ?? null)
        : (x.parLieu.total ?? null);
    if (combien === null) return { combien, reponses: [] };
    const an = annees(x.annee);
    const au = (t: number) => (t > 4 ? an.fin : debutDuJour(`${x.annee}-${String(t * 3 - 2).padStart(2, '0')}-01`));
    const quand = q.trimestre ? { debut: au(q.trimestre), fin: au(q.trimestre + 1) } : an;
    const territoires = q.territoire ? x.cat.descendants(q.territoire) : null;
    return { combien, reponses: await listReponses(c.db, c.contrat.id, { ...quand, territoires, maintenant: c.maintenant }) };
  }
  return [
    /** `territoire` and `trimestre` of a year that is told as a whole: what of it may be told. */
    get('/alertes/chiffres', accesMetier, async (c) => {
      const x = await chiffres(c);
      const territoire = x.finie && x.secteurs.includes(texte(c.requete.territoire)) ? texte(c.requete.territoire) : '';
      const trimestre = x.finie ? (TRIMESTRES.find((t) => String(t) === texte(c.requete.trimestre)) ?? 0) : 0;
      return page({
        ...DANS,
        fil: FIL,
        titre: `Chiffres des alertes, ${x.annee}`,
        corps: (
          <ChiffresPage
            {...x}
            {...(await reponsesDe(c, x, { territoire, trimestre }))}
            territoire={territoire}
            trimestre={trimestre}
            derniere={Number(jourDe(c.maintenant).slice(0, 4))}
            reglement={k.reglement}
          />
        ),
      });
    }),
    get('/alertes/chiffres.csv', accesMetier, async (c) => {
      const x = await chiffres(c);
      const nom = (id: string) => (id === HORS ? AILLEURS : direLieu(x.cat, id));
      const croise = (axe: string, t: Croise, colonnes: readonly string[]) =>
        (t ?? []).flatMap((l) => colonnes.map((col, i) => [axe, `${nom(l.cle)}, ${col}`, l.nombres ? (l.nombres[i] ?? 0) : null] as const));
      const parts = [
        ...x.parMois.parts.map((p) => ['mois', p.cle, p.nombre] as const),
        ...x.parLieu.parts.map((p) => ['territoire', nom(p.cle), p.nombre] as const),
        ...x.parPalier.parts.map((p) => ['palier', p.cle, p.nombre] as const),
        ...x.parIssue.parts.map((p) => ['issue', p.cle || 'en cours', p.nombre] as const),
        ...croise(
          'territoire et trimestre',
          x.trimestres,
          TRIMESTRES.map((t) => `${x.annee}-T${t}`),
        ),
        ...croise('territoire et mois', x.mois, moisDe(x.annee, `${x.annee}-12`)),
        ...croise(
          'territoire et palier',
          x.paliersDuLieu,
          x.parPalier.parts.map((p) => p.cle),
        ),
        ...croise(
          'territoire et issue',
          x.issuesDuLieu,
          x.parIssue.parts.map((p) => p.cle || 'en cours'),
        ),
      ].map(([axe, cle, n]) => ({ axe, cle, n: n === null ? 'secret' : String(n) }));
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
