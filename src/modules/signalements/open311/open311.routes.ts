/**
 * Open311 GeoReport v2: programs of others discover the services, report, and follow. XML first, JSON the same. Reading is open to everyone;
 * writing asks for `api_key`, a token of somebody’s account with the scope « signaler ».
 */
import { acces, auTravail, type Utilisateur } from '../../../core/authorize.ts';
import { abreger } from '../../../core/couper.ts';
import { type ErreurConcorde, introuvable, interdit, invalide, nonConnecte } from '../../../core/errors.ts';
import { prendreUnePlace } from '../../../core/http/affluence.ts';
import { type Contexte, get, post, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services as ServicesDuModule } from '../../../core/module.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { getDemande, type Demande } from '../demandes/demandes.queries.ts';
import { listPubliees } from '../photos/photos.queries.ts';
import { direDuDeclarant, noterDuDeclarant } from '../demandes/mot.ts';
import { lireCode } from '../demandes/identifiants.ts';
import { MOT_MAX, suitesDuDeclarant } from '../demandes/machine.rules.ts';
import { situer } from '../signaler/preparer.ts';
import { detecter, direTrouvailles } from '../texte/detecteur.rules.ts';
import { direDemande, direNouvelle, lireFenetre, lireIds, lireServices, lireStatut } from './demandes.rules.ts';
import { dire, estUnFormat, type Format, FORMATS, type Noeud, rangs, refuserEn, TYPES_DE_FORMAT } from './format.rules.ts';
import { ouvrirId, scellerId } from './ids.ts';
import { listDemandees, listDites, listNouvellesDites, listOuvertesNommees, litEnEntier } from './lecture.ts';
import { type DemandeOuverte, getIdParCode } from './open311.queries.ts';
import { recevoirOpen311 } from './recevoir.ts';
import { attributsDe, direDefinition, direService, listServices } from './services.rules.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';

const BASE = '/open311/v2';
/** Day on which what is said here last changed its form. */
const CHANGE_LE = '2026-11-29T00:00:00Z';

/** `<code>.xml` as one part of an address. */
function lireNom(dit: string): { nom: string; format: Format } {
  const point = dit.lastIndexOf('.');
  const format = dit.slice(point + 1);
  if (point < 1 || !estUnFormat(format)) throw introuvable('Cette adresse, qui finit par .xml ou .json,');
  return { nom: dit.slice(0, point), format };
}
/** In the format of the address. */
const refus = (e: ErreurConcorde, chemin: string): Reponse => refuserEn(chemin.endsWith('.json') ? 'json' : 'xml')(e);

function exigerTerritoire(c: Contexte, dit: string): void {
  if (dit !== '' && dit !== c.contrat.slug) throw introuvable(`jurisdiction_id « ${abreger(dit, 60)} »`);
}
const quiSignale = (c: Contexte): Utilisateur => {
  const u = c.utilisateur;
  if (!u) throw nonConnecte();
  if (!auTravail(u)) throw interdit('Le compte de cette clé n’a plus de mandat.');
  return u;
};

export const open311Routes = (s: Pick<ServicesDuModule, 'coffre' | 'adresse' | 'demonstration'>, circuits: Circuits): Route[] => {
  const services = listServices(circuits);
  const ouverts = [...new Set(services.map((x) => x.circuit.code))];
  const lecture = { api: true, cleApi: true, portees: ['lire', 'signaler'] as const, parMinute: 240, refus };
  const ecriture = { api: true, cleApi: true, creation: true, secrete: true, portees: ['signaler'] as const, parMinute: 600, refus };
  const direToutes = async (c: Contexte, demandes: readonly DemandeOuverte[]): Promise<Noeud> => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const photos = await listPubliees(
      c.db,
      c.contrat.id,
      demandes.map((d) => d.id),
    );
    const dites = await listDites(c, cat, demandes);
    return rangs(
      'request',
      demandes.map((d) =>
        direDemande(d, circuits, cat, {
          id: scellerId(s.coffre, d.id),
          entier: litEnEntier(c, cat, d),
          comme: dites.get(d.id),
          photo: photos.has(d.id) ? `${s.adresse}/signalements/photos/${photos.get(d.id)}` : '',
        }),
      ),
    );
  };
  const listNommees = (c: Contexte, dits: string): Promise<DemandeOuverte[]> =>
    listOuvertesNommees(
      c,
      lireIds(dits).flatMap((x) => ouvrirId(s.coffre, x) ?? []),
      ouverts,
    );

  const parFormat = (format: Format): Route[] => [
    /** 200 */
    get(
      `${BASE}/discovery.${format}`,
      acces.public,
      () =>
        dire(format, 'discovery', {
          changeset: CHANGE_LE,
          contact: `${s.adresse}/`,
          key_service: `${s.adresse}/mon-compte/jetons`,
          endpoints: rangs('endpoint', [
            {
              specification: 'http://wiki.open311.org/GeoReport_v2',
              url: `${s.adresse}${BASE}`,
              changeset: CHANGE_LE,
              type: s.demonstration ? 'test' : 'production',
              formats: rangs(
                'format',
                FORMATS.map((f) => TYPES_DE_FORMAT[f].split(';')[0] ?? ''),
              ),
            },
          ]),
        }),
      lecture,
    ),
    /** 200 · 404 another jurisdiction */
    get(
      `${BASE}/services.${format}`,
      acces.public,
      (c) => {
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        return dire(format, 'services', rangs('service', services.map(direService)));
      },
      lecture,
    ),
    /** 200 the last 90 days, or the first thousand · 400 · 403 a key that does not hold · 404 */
    get(
      `${BASE}/requests.${format}`,
      acces.public,
      async (c) => {
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        const ids = texte(c.requete.service_request_id);
        // Named ones make every other condition void.
        if (ids !== '') return dire(format, 'service_requests', await direToutes(c, await listNommees(c, ids)));
        const demandes = lireServices(texte(c.requete.service_code), services);
        if ('inconnu' in demandes) throw introuvable(`service_code « ${abreger(demandes.inconnu, 60)} »`);
        const fenetre = lireFenetre(texte(c.requete.start_date), texte(c.requete.end_date), c.maintenant);
        const f = {
          services: demandes.map((x) => ({ circuit: x.circuit.code, categorie: x.categorie.code })),
          tous: demandes.length === services.length,
          fenetre,
          closes: lireStatut(texte(c.requete.status)),
        };
        return dire(format, 'service_requests', await direToutes(c, await listDemandees(c, f)));
      },
      lecture,
    ),
    /** 200 the id · 400 each thing that is wrong · 403 no key, or without the scope · 404 the service, the jurisdiction · 429 · 503 too many at once */
    post(
      `${BASE}/requests.${format}`,
      acces.public,
      async (c) => {
        const u = quiSignale(c);
        exigerTerritoire(c, texte(c.corps.jurisdiction_id));
        const code = texte(c.corps.service_code);
        if (code === '') throw invalide('service_code manque.', [{ champ: 'service_code', message: 'il manque : prenez-le dans la liste des services.' }]);
        const service = services.find((x) => x.code === code);
        if (!service) throw introuvable(`service_code « ${abreger(code, 60)} »`);
        const r = await recevoirOpen311(c, s, u, service);
        const notes = [
          `Numéro ${r.numero}. Code de suivi, à remettre à la personne : ${r.code} (${s.adresse}/suivi/${r.code}).`,
          ...(texte(c.corps.media_url) === '' ? [] : ['media_url n’est pas lu : aucune image n’est cherchée ailleurs.']),
        ];
        return dire(
          format,
          'service_requests',
          rangs('request', [{ service_request_id: scellerId(s.coffre, r.id), service_notice: notes.join(' '), account_id: '' }]),
        );
      },
      { ...ecriture, place: prendreUnePlace, lisibleEnsuite: true },
    ),
    /** 200 changes of state since reception · 400 · 403 · 404 */
    get(
      `${BASE}/servicerequestupdates.${format}`,
      acces.public,
      async (c) => {
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        const fenetre = lireFenetre(texte(c.requete.start_date), texte(c.requete.end_date), c.maintenant, true);
        const cat = await getCatalogue(c.db, c.contrat.id);
        const { nouvelles, dites } = await listNouvellesDites(c, cat, { circuits: ouverts, fenetre });
        return dire(
          format,
          'service_request_updates',
          rangs(
            'request_update',
            nouvelles.map((n) =>
              direNouvelle(n, circuits, { id: scellerId(s.coffre, n.demandeId), entier: litEnEntier(c, cat, n), comme: dites.get(n.demandeId) }),
            ),
          ),
        );
      },
      lecture,
    ),
    /** 200 the id of what was said · 400 · 403 no key, or a report that it did not make · 404 · 409 */
    post(
      `${BASE}/servicerequestupdates.${format}`,
      acces.public,
      async (c) => {
        const u = quiSignale(c);
        exigerTerritoire(c, texte(c.corps.jurisdiction_id));
        const dit = texte(c.corps.service_request_id);
        const id = ouvrirId(s.coffre, dit);
        if (dit === '') throw invalide('service_request_id manque.', [{ champ: 'service_request_id', message: 'il manque.' }]);
        const d = id === null ? null : await getDemande(c.db, c.contrat.id, id, true);
        if (!d || !ouverts.includes(d.circuit)) throw introuvable('Ce signalement');
        if (d.auteurId !== u.id) throw interdit('Cette clé ne complète que les signalements qu’elle a transmis.');
        const rang = await completer(c, d);
        await c.auditer('demande.dite', `/signalements/demandes/${d.id}`, { canal: 'open311' });
        return dire(format, 'service_request_updates', rangs('request_update', [{ update_id: `${dit}.${rang}` }]));
      },
      ecriture,
    ),
  ];

  /** The words of who reported: they solve, reopen or contest where it is their turn to; otherwise they are a note to the service. Returns its rank. */
  async function completer(c: Contexte, d: Demande): Promise<number> {
    const [statut, mots] = [texte(c.corps.status).toLowerCase(), texte(c.corps.description)];
    const trouve = detecter(mots);
    const erreurs = [
      ...(mots === '' && statut !== 'closed' ? [{ champ: 'description', message: 'elle manque : dites ce qu’il faut ajouter.' }] : []),
      ...fautesDeTaille('description', 'Ce texte', mots, MOT_MAX),
      ...(trouve.length > 0 ? [{ champ: 'description', message: `elle contient ${direTrouvailles(trouve)} : récrivez-la sans cela.` }] : []),
      ...(['', 'open', 'closed'].includes(statut) ? [] : [{ champ: 'status', message: 'open ou closed.' }]),
    ];
    if (erreurs.length > 0) throw invalide('Ce complément n’a pas été reçu.', erreurs);
    const circuit = circuits.get(d.circuit);
    const suites = circuit ? suitesDuDeclarant(circuit, d.etat) : [];
    const vers = statut === 'closed' ? suites.find((x) => x === 'resolu') : statut === 'open' ? suites.find((x) => x !== 'resolu') : undefined;
    if (circuit && vers) await direDuDeclarant(c, s, circuit, d, { vers, mots });
    else await noterDuDeclarant(c, circuit, d, `Complément de la personne qui a signalé : ${mots || 'elle dit que c’est réglé.'}`);
    return d.version + 1;
  }

  return [
    ...FORMATS.flatMap(parFormat),
    /** 200 its attributes · 404 */
    get(
      `${BASE}/services/:open311Service`,
      acces.public,
      async (c) => {
        const { nom, format } = lireNom(c.params.open311Service ?? '');
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        const service = services.find((x) => x.code === nom);
        if (!service) throw introuvable(`service_code « ${abreger(nom, 60)} »`);
        const { quartiers, lieux } = await situer(c);
        return dire(format, 'service_definition', direDefinition(service, attributsDe(service, quartiers, lieux.localiser !== null)));
      },
      lecture,
    ),
    /** 200 one report · 404 */
    get(
      `${BASE}/requests/:open311Demande`,
      acces.public,
      async (c) => {
        const { nom, format } = lireNom(c.params.open311Demande ?? '');
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        const demandes = await listNommees(c, nom);
        if (demandes.length === 0) throw introuvable(`service_request_id « ${abreger(nom, 60)} »`);
        return dire(format, 'service_requests', await direToutes(c, demandes));
      },
      lecture,
    ),
    /** 200 the id that a code of follow-up stands for · 404 · 429 */
    get(
      `${BASE}/tokens/:open311Jeton`,
      acces.public,
      async (c) => {
        const { nom, format } = lireNom(c.params.open311Jeton ?? '');
        exigerTerritoire(c, texte(c.requete.jurisdiction_id));
        const code = lireCode(nom);
        const id = code && (await getIdParCode(c.db, c.contrat.id, code, ouverts));
        if (!id) throw introuvable('Ce jeton');
        return dire(format, 'service_requests', rangs('request', [{ service_request_id: scellerId(s.coffre, id), token: code }]));
      },
      { ...lecture, secrete: true, parMinute: 30 },
    ),
  ];
};
