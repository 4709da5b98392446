/** What everybody reads of messages passed on: the list of a place, each one, the feed, CAP. */
import { enPages } from '../../../core/http/list-page.ts';
import { acces } from '../../../core/authorize.ts';
import { ecrireAtom, TYPE_ATOM } from '../../../core/atom.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { auPlan } from '../../../core/base/plans.ts';
import { introuvable } from '../../../core/errors.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { type Contexte, enTexte, fichier, get, page, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { ecrireCap, TYPE_CAP } from '../cap/cap.format.ts';
import { capDuRelais } from '../cap/cap.rules.ts';
import { MessagePage, MessagesPage } from './pages/MessagePages.tsx';
import { getMessage, listMessages, listPortees, listPrecedents, type Message } from './relais.queries.ts';
import { derniere, direEntree } from './relais.rules.ts';
import type { Relais } from './relais.schema.ts';

/** A contract that relays nothing has a feed with nothing in it. */
export const fluxVide = (adresse: string): Route =>
  get('/messages/flux.xml', acces.public, async (c) => {
    const { contrat } = await getCatalogue(c.db, c.contrat.id);
    const contenu = ecrireAtom({
      page: `${adresse}/messages`,
      adresse: `${adresse}/messages/flux.xml`,
      titre: `Messages officiels, ${contrat.titre}`,
      sousTitre: 'Aucun message n’est relayé.',
      auteur: contrat.titre,
      debut: new Date(`${contrat.debut}T00:00:00Z`),
      licence: contrat.licence,
      entrees: [],
    });
    return fichier(contenu, { nom: 'messages.xml', type: TYPE_ATOM, affiche: true, licence: contrat.licence });
  });

export const enCap = (c: Contexte, m: Message, o: { relais: Relais; adresse: string; catalogue: Catalogue; precedents: readonly Message[] }): Reponse =>
  enTexte(ecrireCap(capDuRelais(m, { ...o, contrat: c.contrat.slug }), fuseauEnVigueur()), TYPE_CAP);

/** Whose pages are asked for: the whole contract when none is. 404 for a place that is not of the contract. */
function lieuDemande(c: Contexte, catalogue: Catalogue): { id: string; portees: string[] } {
  const id = texte(c.requete.territoire) || catalogue.racine.id;
  if (!catalogue.territoires.has(id)) throw introuvable('Ce lieu');
  return { id, portees: catalogue.ascendants(id).map((t) => t.id) };
}

export function messagesRoutes(r: Relais, adresse: string): Route[] {
  async function ouvrir(c: Contexte): Promise<Message> {
    const m = await getMessage(c.db, c.contrat.id, c.params.messageRelaye ?? '');
    if (!m) throw introuvable('Ce message');
    return m;
  }
  return auPlan('public', [
    /** 200 those that every page carries, in force first; `?territoire=` those of that place too · 404 no such place */
    get('/messages', acces.public, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const lieu = lieuDemande(c, catalogue);
      const [messages, portees] = await lireEnsemble(c.db, [() => listMessages(c.db, c.contrat.id, lieu.portees, null), () => listPortees(c.db, c.contrat.id)]);
      const flux = lieu.id === catalogue.racine.id ? '/messages/flux.xml' : `/messages/flux.xml?territoire=${lieu.id}`;
      return page({
        titre: lieu.id === catalogue.racine.id ? 'Messages officiels' : `Messages officiels, ${catalogue.territoires.get(lieu.id)?.nom ?? lieu.id}`,
        flux: [{ titre: 'Messages officiels', href: flux, type: 'application/atom+xml' }],
        corps: <MessagesPage messages={enPages(c, messages, 50)} relais={r} catalogue={catalogue} lieu={lieu.id} portees={portees} flux={flux} />,
      });
    }),
    /** 200, `?territoire=` as above · 404 */
    get(
      '/messages/flux.xml',
      acces.public,
      async (c) => {
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const lieu = lieuDemande(c, catalogue);
        const messages = await listMessages(c.db, c.contrat.id, lieu.portees, 60);
        const ici = lieu.id === catalogue.racine.id ? '' : `?territoire=${lieu.id}`;
        const contenu = ecrireAtom({
          page: `${adresse}/messages${ici}`,
          adresse: `${adresse}/messages/flux.xml${ici}`,
          titre: `Messages officiels, ${ici ? catalogue.territoires.get(lieu.id)?.nom : catalogue.contrat.titre}`,
          sousTitre: `${r.commande} ${r.relais}`,
          auteur: catalogue.contrat.titre,
          debut: new Date(`${catalogue.contrat.debut}T00:00:00Z`),
          licence: catalogue.contrat.licence,
          entrees: messages
            .toSorted((a, b) => derniere(b).getTime() - derniere(a).getTime())
            .map((m) => ({
              id: `${adresse}/messages/${m.id}`,
              le: derniere(m),
              auteur: catalogue.nomActeur(m.origineId),
              page: `${adresse}/messages/${m.id}`,
              ...direEntree(m, catalogue),
            })),
        });
        return fichier(contenu, { nom: 'messages.xml', type: TYPE_ATOM, affiche: true, licence: catalogue.contrat.licence });
      },
      { parMinute: 120 },
    ),
    /** 200 · 404 unknown, or of an exercise */
    get('/messages/:messageRelaye', acces.public, async (c) => {
      const m = await ouvrir(c);
      const [catalogue, precedents] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listPrecedents(c.db, c.contrat.id, m.id)]);
      return page({
        titre: m.titre,
        fil: [{ libelle: 'Messages officiels', href: '/messages' }],
        corps: <MessagePage m={m} relais={r} catalogue={catalogue} precedents={precedents} />,
      });
    }),
    /** 200 CAP 1.2 · 404 */
    get(
      '/messages/:messageRelaye/cap.xml',
      acces.public,
      async (c) => {
        const m = await ouvrir(c);
        const [catalogue, precedents] = [await getCatalogue(c.db, c.contrat.id), await listPrecedents(c.db, c.contrat.id, m.id)];
        return enCap(c, m, { relais: r, adresse, catalogue, precedents });
      },
      { parMinute: 120 },
    ),
  ]);
}
