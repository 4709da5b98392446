/** Alerts: listed, written, shown, followed live. GET 200, 403, 404; POST 303, 422 with what was typed, 403, 404, 409 when another acted first. */
import { accesMetier } from '../../../core/authorize.ts';
import { type ErreurDeChamp, indisponible, interdit } from '../../../core/errors.ts';
import { type Contexte, flux, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { choisirLieu } from '../../contrats/index.ts';
import { charger, champsDe, DANS, estDeGarde, expedierEnsuite, FIL, nommeDe, ouvrir, type Outillage, quiDe } from '../alertes.contexte.ts';
import { conduitQuelquePart, peutConduire, peutEcrire, peutLireLesListes } from '../alertes.policy.ts';
import { listEnvoisDuCompte } from '../envois/envois.queries.ts';
import { sujetDe } from '../envois/lettres.rules.ts';
import { listSuivis } from '../envois/suivis.ts';
import { AlertePage } from '../pages/AlertePage.tsx';
import { AlertesPage } from '../pages/AlertesPage.tsx';
import { NouvelleAlertePage } from '../pages/NouvelleAlertePage.tsx';
import { buildAlerteSchema } from './alertes.schema.ts';
import { getAlerteLisible, lisibles, listAlertes, listEvenements, listPoints } from './alertes.queries.ts';
import { ecrire, salleDe } from './conduire.ts';
import { listActions } from './decisions.ts';

const PAR_PAGE = 50;
const VIDE = { palier: '', genre: '', territoire: '', lieu: '', jour: '', heure: '', faits: '', exercice: '' };

async function formulaire(c: Contexte, k: Outillage, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const { cat, u } = await ouvrir(c);
  const lieux = [...cat.territoires.values()].filter((t) => t.id !== cat.racine.id && !t.jusqu_a && peutEcrire(u, { territoireId: t.id }, cat.contient));
  if (lieux.length === 0) throw interdit('Votre mandat n’ouvre aucun lieu où écrire une alerte. Appelez votre astreinte.');
  return page({
    ...DANS,
    fil: FIL,
    titre: 'Écrire une alerte',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <NouvelleAlertePage catalogue={cat} reglement={k.reglement} lieux={lieux} champs={champs} erreurs={erreurs} exerce={conduitQuelquePart(u)} />,
  });
}

/** The screen of one alert; also what its acts show again with an error. */
export async function ecran(c: Contexte, k: Outillage, o: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[] } = {}): Promise<Reponse> {
  const x = await charger(c, k);
  const { alerte: a, cat } = x;
  const id = c.contrat.id;
  const [evenements, suivis, fins, points, miens, actions] = [
    await listEvenements(c.db, id, a.id),
    await listSuivis(c.db, id, a.id),
    await listSuivis(c.db, id, a.id, true),
    await listPoints(c.db, id, a.id),
    c.utilisateur ? await listEnvoisDuCompte(c.db, id, a.id, c.utilisateur) : [],
    await listActions(c, a.id),
  ];
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
        evenements={evenements}
        suivis={suivis}
        fins={fins}
        points={points}
        miens={miens}
        nomme={nommeDe(c, x)}
        ouvreLesListes={peutLireLesListes(c.utilisateur)}
        actions={actions}
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
  get('/alertes/nouvelle', accesMetier, async (c) => {
    const { cat, u } = await ouvrir(c);
    const sien = choisirLieu(u, texte(c.requete.territoire), cat).territoire;
    return formulaire(c, k, { ...VIDE, genre: 'rixe', territoire: sien, palier: texte(c.requete.palier) });
  }),
  post(
    '/alertes/nouvelle',
    accesMetier,
    async (c) => {
      const { cat, u } = await ouvrir(c);
      const champs = { ...VIDE, ...champsDe(c) };
      const lu = lire(buildAlerteSchema(k.reglement, cat, c.maintenant), champs);
      if (!lu.ok) return formulaire(c, k, champs, lu.erreurs);
      const v = lu.valeur;
      if (!peutEcrire(u, { territoireId: v.territoire }, cat.contient))
        return formulaire(c, k, champs, [
          { champ: 'territoire', message: 'Votre mandat ne couvre pas ce lieu. Choisissez-en un qu’il couvre, ou appelez son astreinte.' },
        ]);
      if (v.exercice && !peutConduire(u, { territoireId: v.territoire }, cat.contient))
        return formulaire(c, k, champs, [{ champ: 'exercice', message: 'La coordination et la salle de commandement ouvrent les exercices.' }]);
      const valide = peutConduire(u, { territoireId: v.territoire }, cat.contient) || (await estDeGarde(c, k, cat, v.territoire));
      const saisie = {
        palier: v.palier,
        genre: v.genre,
        territoireId: v.territoire,
        lieu: v.lieu,
        debut: v.debut,
        fin: null,
        faits: v.faits,
        exercice: v.exercice,
      };
      const a = await ecrire(c, k, cat, saisie, quiDe(c), valide);
      expedierEnsuite(c, k);
      return redirige(`/alertes/${a.id}`);
    },
    { creation: true },
  ),
  get('/alertes/:alerte', accesMetier, (c) => ecran(c, k), { sensible: true }),
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
