/** CAP messages of others: deposited, read, passed on. 200, 303; 413 and 422 say what is wrong with the file. */
import { readFile } from 'node:fs/promises';
import { lireEnsemble } from '../../../core/base/database.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, numeroDePage, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accesRelais } from '../relais/relais.policy.ts';
import { listCitesEnVigueur, listDeCap } from '../relais/relais.queries.ts';
import { TYPE_CAP } from './cap.format.ts';
import { lireCap, OCTETS_MAX } from './cap.lire.ts';
import { getCapRecu, listCapRecus } from './cap.queries.ts';
import { motsDuCap } from './cap.rules.ts';
import { CapRecuPage, CapRecusPage } from './pages/CapPages.tsx';
import { recevoirCap } from './recevoir.ts';

const CHEMIN = '/alertes/cap';
const PAR_PAGE = 50;
const FIL = [{ libelle: 'Messages officiels', href: '/alertes/relais' }];

async function liste(c: Contexte, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const n = numeroDePage(c);
  const { lignes, total } = await listCapRecus(c.db, c.contrat.id, { n, par: PAR_PAGE });
  return page({
    titre: 'Messages reçus en CAP',
    largeur: 'travail',
    section: 'relais',
    fil: FIL,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <CapRecusPage lignes={lignes} total={total} page={n} parPage={PAR_PAGE} erreurs={erreurs} />,
  });
}
async function ouvrir(c: Contexte) {
  const recu = await getCapRecu(c.db, c.contrat.id, c.params.capRecu ?? '');
  if (!recu) throw introuvable('Ce message reçu');
  return recu;
}

export const capRoutes: Route[] = [
  get(CHEMIN, accesRelais, (c) => liste(c)),
  /** 303 to the message, known already or not · 422 no file, or what is wrong with it */
  post(
    `${CHEMIN}/deposer`,
    accesRelais,
    async (c) => {
      const recu = c.fichiers.find((f) => f.champ === 'fichier');
      if (!recu || recu.octets === 0) return liste(c, [{ champ: 'fichier', message: 'Choisissez le fichier du message (.xml ou .cap).' }]);
      const fait = await recevoirCap(c.db, c.contrat.id, await readFile(recu.chemin), { voie: 'depot', par: c.utilisateur?.nom ?? '', quand: c.maintenant });
      if (!fait.ok) return liste(c, [{ champ: 'fichier', message: fait.message }]);
      if (!fait.deja) await c.auditer('cap.recu', `${CHEMIN}/${fait.id}`, { voie: 'depot' });
      return redirige(`${CHEMIN}/${fait.id}${fait.deja ? '?fait=deja' : ''}`);
    },
    { televersementMax: OCTETS_MAX, creation: true },
  ),
  /** 200 · 404 */
  get(`${CHEMIN}/:capRecu`, accesRelais, async (c) => {
    const recu = await ouvrir(c);
    const lu = lireCap(recu.contenu);
    if (!lu.ok) throw introuvable('Ce message reçu');
    const [catalogue, relais, cites] = await lireEnsemble(c.db, [
      () => getCatalogue(c.db, c.contrat.id),
      () => listDeCap(c.db, c.contrat.id, recu.id),
      () => listCitesEnVigueur(c.db, c.contrat.id, lu.cap.references ?? []),
    ]);
    return page({
      titre: recu.titre || recu.identifiant,
      largeur: 'travail',
      section: 'relais',
      fil: [...FIL, { libelle: 'Reçus en CAP', href: CHEMIN }],
      corps: <CapRecuPage recu={recu} cap={lu.cap} mots={motsDuCap(lu.cap)} relais={relais} cites={cites} catalogue={catalogue} fait={texte(c.requete.fait)} />,
    });
  }),
  /** 200: the file as it came · 404 */
  get(`${CHEMIN}/:capRecu/message.xml`, accesRelais, async (c) => {
    const recu = await ouvrir(c);
    return fichier(recu.contenu, { nom: 'message-recu.xml', type: TYPE_CAP });
  }),
];
