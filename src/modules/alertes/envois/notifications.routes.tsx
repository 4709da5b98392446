/** Being told on a device: its browser is kept closed, and forgotten when asked or when it answers no more. GET 200; POST 303, 422, 403. */
import { accesMetier } from '../../../core/authorize.ts';
import { type Contexte, fichier, get, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { DANS, FIL, ouvrir, type Outillage } from '../alertes.contexte.ts';
import { peutLireLesListes } from '../alertes.policy.ts';
import { listLignesDuCompte } from '../astreintes/astreintes.queries.ts';
import { NotificationsPage } from '../pages/NotificationsPage.tsx';
import { addNavigateur, countNavigateurs, removeNavigateurs } from './navigateurs.queries.ts';
import { empreinteDe, estUnService, getCles } from './passerelles.ts';

/** Runs in the browser when a notice comes, whatever page is open: it says what it was sent and opens the page, which asks who one is. */
const OUVRIER = `self.addEventListener('push', (e) => {
  const a = e.data ? e.data.json() : { titre: 'Alerte', corps: '', chemin: '/alertes' };
  e.waitUntil(self.registration.showNotification(a.titre, { body: a.corps, tag: a.chemin, renotify: true, requireInteraction: true, data: a.chemin }));
});
self.addEventListener('notificationclick', (e) => {
  e.notification.close();
  e.waitUntil(self.clients.openWindow(e.notification.data));
});
`;

const CLE = /^[\w-]{16,128}={0,2}$/;

export function buildNotificationsRoutes(k: Outillage): Route[] {
  const montrer = async (c: Contexte, erreur = ''): Promise<Reponse> => {
    const { cat, u } = await ouvrir(c);
    const cles = k.suite ? await getCles(k.suite, c.contrat.id, k.coffre, k.alertes, c.maintenant) : null;
    return page({
      ...DANS,
      fil: FIL,
      titre: 'Être prévenu sur cet appareil',
      statut: erreur ? 422 : 200,
      scripts: ['notifications.js'],
      corps: (
        <NotificationsPage
          catalogue={cat}
          reglement={k.reglement}
          lignes={await listLignesDuCompte(c.db, c.contrat.id, u)}
          ouvreLesListes={peutLireLesListes(u)}
          cle={cles?.publique ?? ''}
          nombre={await countNavigateurs(c.db, c.contrat.id, u.id)}
          fait={texte(c.requete.fait)}
          erreur={erreur}
        />
      ),
    });
  };
  return [
    get('/alertes/ouvrier.js', accesMetier, () => fichier(OUVRIER, { nom: 'ouvrier.js', type: 'text/javascript; charset=utf-8', affiche: true })),
    get('/alertes/notifications', accesMetier, (c) => montrer(c)),
    post(
      '/alertes/notifications',
      accesMetier,
      async (c) => {
        const { u } = await ouvrir(c);
        const abonnement = { endpoint: texte(c.corps.endpoint), p256dh: texte(c.corps.p256dh), auth: texte(c.corps.auth) };
        if (abonnement.endpoint.length > 1000 || !estUnService(abonnement.endpoint, k.alertes))
          return montrer(c, 'Ce navigateur passe par un service que le réglage ne nomme pas. Votre administrateur peut l’ajouter.');
        if (!CLE.test(abonnement.p256dh) || !CLE.test(abonnement.auth))
          return montrer(c, 'Le navigateur n’a pas donné ses clés. Rechargez la page, puis recommencez.');
        await addNavigateur(c.db, c.contrat.id, {
          compteId: u.id,
          empreinte: empreinteDe(abonnement.endpoint),
          ferme: k.coffre.chiffrer(JSON.stringify(abonnement)),
          quand: c.maintenant,
        });
        await c.auditer('notification.suivie', '/alertes/notifications');
        return redirige('/alertes/notifications?fait=suivi');
      },
      { creation: true },
    ),
    post('/alertes/notifications/arreter', accesMetier, async (c) => {
      const { u } = await ouvrir(c);
      await removeNavigateurs(c.db, c.contrat.id, u.id);
      await c.auditer('notification.arretee', '/alertes/notifications');
      return redirige('/alertes/notifications?fait=arrete');
    }),
  ];
}
