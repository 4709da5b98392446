import { acces } from '../../core/authorize.ts';
import { introuvable } from '../../core/errors.ts';
import { get, lire, page, post, redirige, type Route, texte } from '../../core/http.ts';
import { COOKIE_SESSION, estLocal } from '../../core/server.ts';
import { connexionSchema, personaSchema } from './comptes.schema.ts';
import { verifierMotDePasse } from './mot-de-passe.ts';
import { ConnexionPage, DemonstrationPage, type PersonaVue } from './pages/ConnexionPage.tsx';
import { createSession, deleteSession, getCompteParCourriel, listPersonas } from './sessions.queries.ts';

export interface OptionsComptes {
  /** In demonstration mode one click signs a fictive person in; outside it, those routes do not exist. */
  demonstration: boolean;
  /** How each persona is presented: organisation name, scope, sentence. */
  presenter: (p: { courriel: string; organisationId: string; territoires: string[] }) => Omit<PersonaVue, 'utilisateur'>;
}

const retourSur = (v: string) => (estLocal(v) ? v : '/ma-journee');

export function buildComptesRoutes(o: OptionsComptes): Route[] {
  const connexion = (courriel: string, retour: string, erreurs: { champ: string; message: string }[] = [], statut = 200) =>
    page({ titre: 'Se connecter', statut, corps: <ConnexionPage {...{ courriel, retour, erreurs, demonstration: o.demonstration }} /> });

  const routes: Route[] = [
    get('/connexion', acces.public, (c) => (c.utilisateur ? redirige(retourSur(texte(c.requete.retour))) : connexion('', retourSur(texte(c.requete.retour))))),
    /** 303 signed in; 422 wrong address or password (never says which); 429 after ten tries in a minute. */
    post(
      '/connexion',
      acces.public,
      async (c) => {
        const lu = lire(connexionSchema, c.corps);
        if (!lu.ok) return connexion(texte(c.corps.courriel), retourSur(texte(c.corps.retour)), lu.erreurs, 422);
        const compte = await getCompteParCourriel(c.db, c.contrat.id, lu.valeur.courriel);
        if (!(await verifierMotDePasse(compte?.motDePasse ?? null, lu.valeur.mot_de_passe)) || !compte) {
          await c.auditer('session.refusee', '/connexion');
          const message =
            'L’adresse ou le mot de passe ne correspondent pas. Vérifiez-les ; si vous avez perdu votre mot de passe, demandez-en un nouveau à votre administrateur.';
          return connexion(lu.valeur.courriel, retourSur(lu.valeur.retour), [{ champ: 'courriel', message }], 422);
        }
        const jeton = await createSession(c.db, c.contrat.id, compte.id, c.maintenant);
        await c.auditer('session.ouverte', `/comptes/${compte.id}`);
        return redirige(retourSur(lu.valeur.retour), { valeur: jeton });
      },
      { parMinute: 10 },
    ),
    post('/deconnexion', acces.connecte, async (c) => {
      const jeton = c.brut.request.cookies[COOKIE_SESSION];
      if (jeton) await deleteSession(c.db, c.contrat.id, jeton);
      await c.auditer('session.fermee', `/comptes/${c.utilisateur?.id}`);
      return redirige('/', { valeur: null });
    }),
  ];
  if (!o.demonstration) return routes;
  return [
    ...routes,
    get('/demonstration', acces.public, async (c) => {
      const personas = await listPersonas(c.db, c.contrat.id, c.maintenant.toISOString().slice(0, 10));
      const vues = personas.map((utilisateur) => ({
        utilisateur,
        ...o.presenter({
          courriel: utilisateur.courriel,
          organisationId: utilisateur.organisationId,
          territoires: [...new Set(utilisateur.mandats.flatMap((m) => (m.territoireId ? [m.territoireId] : [])))],
        }),
      }));
      return page({ titre: 'Personnes fictives', corps: <DemonstrationPage personas={vues} retour={retourSur(texte(c.requete.retour))} /> });
    }),
    post('/demonstration', acces.public, async (c) => {
      const lu = lire(personaSchema, c.corps);
      const personas = await listPersonas(c.db, c.contrat.id, c.maintenant.toISOString().slice(0, 10));
      const persona = lu.ok ? personas.find((p) => p.id === lu.valeur.compte) : undefined;
      if (!lu.ok || !persona) throw introuvable('Cette personne fictive');
      const jeton = await createSession(c.db, c.contrat.id, persona.id, c.maintenant);
      await c.auditer('session.ouverte', `/comptes/${persona.id}`, { demonstration: true });
      return redirige(retourSur(lu.valeur.retour), { valeur: jeton });
    }),
  ];
}
