/** Alerts: listed, shown, followed live. GET 200, 403, 404. */
import { renderToStaticMarkup } from 'react-dom/server';
import { accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { openEnsemble } from '../../../core/direct/together.ts';
import { type ErreurDeChamp, indisponible } from '../../../core/errors.ts';
import { type Contexte, flux, get, json, numeroDePage, page, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { charger, DANS, FIL, nommeDe, ouvrir, type Outillage, pointsDe } from '../alertes.contexte.ts';
import { peutEcrire, peutLireLesListes } from '../alertes.policy.ts';
import { listEnvoisDuCompte } from '../envois/envois.queries.ts';
import { compterQuiSeraPrevenu } from '../envois/prevenir.ts';
import { sujetDe } from '../envois/lettres.rules.ts';
import { listSuivis } from '../envois/suivis.ts';
import { AlertePage, marqueDe, partiesDe } from '../pages/AlertePage.tsx';
import { AlertesPage } from '../pages/AlertesPage.tsx';
import { getAlerte, getAlerteLisible, lisibles, listAlertes, listEvenements, listPoints } from './alertes.queries.ts';
import { salleDe } from './conduire.ts';
import { listActions } from './decisions.ts';
import { voisinageDe } from './doublons.ts';

const ensemble = openEnsemble();
const PAR_PAGE = 50;

const lireLesMiens = async (c: Contexte, alerteId: string) => (c.utilisateur ? listEnvoisDuCompte(c.db, c.contrat.id, alerteId, c.utilisateur) : []);

/** The screen of one alert; also what its acts show again with an error. */
export async function ecran(c: Contexte, k: Outillage, o: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[] } = {}): Promise<Reponse> {
  const x = await charger(c, k);
  const { alerte: a, cat } = x;
  const id = c.contrat.id;
  const [evenements, suivis, fins, points, miens, actions, voisinage] = await lireEnsemble(c.db, [
    () => listEvenements(c.db, id, a.id),
    () => listSuivis(c.db, id, a.id),
    () => listSuivis(c.db, id, a.id, true),
    () => listPoints(c.db, id, a.id),
    () => lireLesMiens(c, a.id),
    () => listActions(c, a.id),
    () => voisinageDe(c, x),
  ]);
  return page({
    ...DANS,
    fil: FIL,
    titre: sujetDe(cat, a),
    statut: (o.erreurs ?? []).length > 0 ? 422 : 200,
    scripts: ['alertes.js'],
    corps: (
      <AlertePage
        catalogue={cat}
        reglement={k.reglement}
        alerte={a}
        conduit={x.conduit}
        prevenus={x.conduit && a.etat === 'a-valider' ? await compterQuiSeraPrevenu(c, k.reglement, cat, a) : 0}
        evenements={evenements}
        suivis={suivis}
        fins={fins}
        points={points}
        miens={miens}
        nomme={nommeDe(c, x)}
        ouvreLesListes={peutLireLesListes(c.utilisateur)}
        actions={actions}
        voisinage={voisinage}
        pointables={await pointsDe(c, k, x)}
        maintenant={c.maintenant}
        direct={k.direct !== null}
        champs={o.champs ?? {}}
        erreurs={o.erreurs ?? []}
      />
    ),
  });
}

export const buildAlertesRoutes = (k: Outillage): Route[] => [
  get(
    '/alertes',
    accesMetier,
    async (c) => {
      const { cat, u } = await ouvrir(c);
      const lieu = choisirLieu(u, texte(c.requete.territoire), cat);
      const exercices = texte(c.requete.exercices);
      const f = { etat: texte(c.requete.etat), palier: texte(c.requete.palier), exercices, territoire: lieu.champ };
      const numero = numeroDePage(c);
      const { alertes, total } = await listAlertes(
        c.db,
        c.contrat.id,
        lisibles(u, cat),
        { ...f, territoires: lieu.territoires, exercice: exercices === 'oui' ? true : exercices === 'non' ? false : undefined },
        { decalage: (numero - 1) * PAR_PAGE, limite: PAR_PAGE },
      );
      return page({
        ...DANS,
        titre: 'Alertes',
        corps: (
          <AlertesPage
            catalogue={cat}
            alertes={alertes}
            total={total}
            page={numero}
            parPage={PAR_PAGE}
            filtres={f}
            lieu={lieu}
            ecrit={[...cat.territoires.keys()].some((t) => t !== cat.racine.id && peutEcrire(u, { territoireId: t }, cat.contient))}
            tient={peutLireLesListes(u)}
            maintenant={c.maintenant}
          />
        ),
      });
    },
    { sensible: true },
  ),
  get('/alertes/:alerte', accesMetier, (c) => ecran(c, k), { sensible: true }),
  /** JSON for the island: the parts that many screens follow, drawn once for those who ask at once; `mien`, by which a screen knows that what is its own changed. */
  get(
    '/alertes/:alerte/etat',
    accesMetier,
    async (c) => {
      const x = await charger(c, k);
      const { alerte: a, cat } = x;
      const ouvreLesListes = peutLireLesListes(c.utilisateur);
      // Everything of the reader on which these parts hang is in the key.
      const lecteur = `${x.conduit ? 'tous' : c.utilisateur?.organisationId} ${ouvreLesListes}`;
      const { parties, points } = await ensemble(`${c.contrat.id} ${a.id} ${lecteur}`, async () => {
        const id = c.contrat.id;
        const [alerte, evenements, suivis, fins, points] = await lireEnsemble(c.db, [
          () => getAlerte(c.db, id, a.id),
          () => listEvenements(c.db, id, a.id),
          () => listSuivis(c.db, id, a.id),
          () => listSuivis(c.db, id, a.id, true),
          () => listPoints(c.db, id, a.id),
        ]);
        const vue = { catalogue: cat, reglement: k.reglement, nomme: nommeDe(c, x), ouvreLesListes, maintenant: c.maintenant };
        const dessinees = Object.entries(partiesDe({ ...vue, alerte: alerte ?? a, evenements, suivis, fins }));
        return { points, parties: Object.fromEntries(dessinees.map(([nom, e]) => [nom, renderToStaticMarkup(e)])) };
      });
      return json({ parties, mien: marqueDe({ alerte: a, conduit: x.conduit, points, miens: await lireLesMiens(c, a.id) }) });
    },
    { sensible: true },
  ),
  /** Server-sent events: something changed, never what. 503 where nothing is told live. */
  get(
    '/alertes/:alerte/direct',
    accesMetier,
    async (c) => {
      const { alerte, cat } = await charger(c, k);
      if (!k.direct) throw indisponible('Le direct n’est pas ouvert sur ce serveur. Rechargez la page pour la mettre à jour.');
      const { id = '', nom = '' } = c.utilisateur ?? {};
      return flux(
        k.direct.ouvrirFlux(salleDe(c.contrat.id, alerte.id), { id, nom }),
        async (u) => (await getAlerteLisible(c.db, c.contrat.id, alerte.id, lisibles(u, cat))) !== null,
      );
    },
    { sensible: true },
  ),
];
