/** An operation made from a set of reports, then what it did told to all of their authors. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Citee, enregistrerActivite, listCitees } from '../../registres/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Demande, listDemandes } from '../demandes/demandes.queries.ts';
import { lectureDe, peutLire, peutTraiter, pourLecteur } from '../demandes/demandes.policy.ts';
import { annoter, passer, type Services } from '../demandes/ecrire.ts';
import { fautesDActe } from '../demandes/machine.rules.ts';
import { detecter, direTrouvailles } from '../texte/detecteur.rules.ts';
import { lireEtape } from './etape.rules.ts';
import { lieuCommun } from './lieu.rules.ts';
import { lierDemandes, listLiees, listOperations, type LienDOperation, rendre } from './operations.queries.ts';
import { type ChampsDOperation, NouvellePage } from './pages/NouvellePage.tsx';
import { OperationPage, OperationsPage } from './pages/OperationPage.tsx';

const REGISTRE = 'operations';
const MAX = 60;
const CHEMIN = '/signalements/operations';
const FIL = [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }];
const lireIds = (v: string): string[] => [...new Set(v.split('.').filter((x) => /^[0-9a-f-]{36}$/.test(x)))].slice(0, MAX);

interface Choisies {
  catalogue: Catalogue;
  demandes: Demande[];
}
/** All of them handled by this person, and none joined to another: its lead speaks for it. */
async function choisir(c: Contexte, ids: readonly string[], verrou: boolean): Promise<Choisies> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const demandes = await listDemandes(c.db, c.contrat.id, ids, verrou);
  if (demandes.length === 0) throw introuvable('Ces demandes');
  if (demandes.some((d) => !peutTraiter(c.utilisateur, d, catalogue, catalogue.contient)))
    throw interdit('L’une de ces demandes n’est pas confiée à votre service : revenez à la liste et décochez-la. Rien n’a été changé.');
  return { catalogue, demandes: demandes.filter((d) => d.meneurId === null) };
}

export const operationsRoutes = (s: Services, circuits: Circuits): Route[] => {
  const nouvelle = (x: Choisies, champs: ChampsDOperation, erreurs: readonly ErreurDeChamp[] = []) =>
    page({
      titre: 'Nouvelle opération',
      largeur: 'travail',
      section: 'boite',
      fil: FIL,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <NouvellePage {...x} champs={champs} erreurs={erreurs} lieu={lieuCommun(x.catalogue, x.demandes)} />,
    });
  const lireChamps = (c: Contexte): ChampsDOperation => ({
    titre: texte(c.corps.titre),
    jour: texte(c.corps.jour),
    type: texte(c.corps.type),
    service: texte(c.corps.service),
    cadre: texte(c.corps.cadre),
    etape: texte(c.corps.etape),
  });

  /** The operation, if this person reads one at least of the reports that it was made for. */
  async function ouvrir(c: Contexte, verrou = false) {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const id = c.params.operationId ?? '';
    const liens = await listLiees(c.db, c.contrat.id, id, verrou);
    const [demandes, [operation]] = await lireEnsemble(c.db, [
      () =>
        listDemandes(
          c.db,
          c.contrat.id,
          liens.map((l) => l.demandeId),
          verrou,
        ),
      () => listCitees(c.db, c.contrat.id, [REGISTRE], [id]),
    ]);
    const lisibles = demandes.filter((d) => peutLire(c.utilisateur, d, catalogue, catalogue.contient));
    if (lisibles.length === 0) throw introuvable('Cette opération');
    const siennes = demandes.filter((d) => peutTraiter(c.utilisateur, d, catalogue, catalogue.contient));
    return { catalogue, id, liens: new Map(liens.map((l) => [l.demandeId, l])), demandes, lisibles, siennes, operation: operation ?? null };
  }
  type Ouverte = Awaited<ReturnType<typeof ouvrir>>;
  const attend = (liens: ReadonlyMap<string, LienDOperation>, d: Demande) => liens.get(d.id)?.rendueLe === null;
  const montrer = (c: Contexte, o: Ouverte, plus: { erreurs?: readonly ErreurDeChamp[]; message?: string; fait?: string } = {}) =>
    page({
      titre: o.operation?.titre ?? 'Opération retirée',
      largeur: 'travail',
      section: 'boite',
      fil: [...FIL, { libelle: 'Opérations', href: CHEMIN }],
      statut: plus.erreurs?.length ? 422 : 200,
      corps: (
        <OperationPage
          catalogue={o.catalogue}
          circuits={circuits}
          operation={o.operation}
          id={o.id}
          lignes={o.lisibles.map((d) => ({
            d: pourLecteur(c.utilisateur, d, o.catalogue, o.catalogue.contient),
            rendueLe: o.liens.get(d.id)?.rendueLe ?? null,
          }))}
          reserves={o.demandes.length - o.lisibles.length}
          aRendre={o.siennes.filter((d) => d.meneurId === null && attend(o.liens, d)).length}
          erreurs={plus.erreurs ?? []}
          message={plus.message ?? ''}
          fait={plus.fait ?? ''}
        />
      ),
    });

  return [
    /** 200: those made for reports that this person reads */
    get(CHEMIN, accesMetier, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const u = c.utilisateur;
      const lecture = lectureDe(u, catalogue);
      const suivies = await listOperations(c.db, c.contrat.id, lecture, 100);
      const citees = await listCitees(
        c.db,
        c.contrat.id,
        [REGISTRE],
        suivies.map((o) => o.activiteId),
      );
      const parId = new Map(citees.map((x): [string, Citee] => [x.id, x]));
      const lignes = suivies.flatMap((o) => {
        const x = parId.get(o.activiteId);
        return x ? [{ ...o, titre: x.titre, jour: x.jour, territoireId: x.territoireId }] : [];
      });
      return page({
        titre: 'Opérations faites pour des demandes',
        largeur: 'travail',
        section: 'boite',
        fil: FIL,
        corps: <OperationsPage catalogue={catalogue} lignes={lignes} />,
      });
    }),
    /** 200: `?demandes=<id>.<id>…` · 403 one of them is not theirs · 404 none */
    get(`${CHEMIN}/nouvelle`, accesMetier, async (c) => {
      const x = await choisir(c, lireIds(texte(c.requete.demandes)), false);
      return nouvelle(x, { titre: '', jour: '', type: '', service: '', cadre: '', etape: '' });
    }),
    /** 303 to the operation · 422 what the register refuses, with what was typed · 403 · 404 */
    post(
      `${CHEMIN}/nouvelle`,
      accesMetier,
      async (c) => {
        const x = await choisir(c, lireIds(texte(c.corps.demandes)), true);
        const champs = lireChamps(c);
        if (x.demandes.length === 0)
          return nouvelle(x, champs, [{ champ: 'demandes', message: 'Ces demandes sont jointes à d’autres : choisissez celles qui les mènent.' }]);
        const etape = lireEtape(champs, jourDe(c.maintenant));
        if (!etape.ok) return nouvelle(x, champs, [{ champ: 'etape', message: etape.message }]);
        const [premiere] = x.demandes;
        const point: Record<string, string> =
          x.demandes.length === 1 && premiere?.lon != null && premiere.lecteurs === null ? { lon: String(premiere.lon), lat: String(premiere.lat) } : {};
        const fait = await enregistrerActivite(c, REGISTRE, {
          titre: champs.titre,
          jour: champs.jour,
          'donnees.type': champs.type,
          'donnees.service': champs.service,
          'donnees.cadre': champs.cadre,
          ...point,
          etape: etape.valeur,
          territoire_id: lieuCommun(x.catalogue, x.demandes),
          organisation_id: c.utilisateur?.organisationId ?? '',
          'donnees.conjointe': new Set(x.demandes.map((d) => d.serviceId)).size > 1 ? 'oui' : '',
        });
        if (!fait.ok)
          return nouvelle(
            x,
            champs,
            fait.erreurs.map((e) => ({ ...e, champ: e.champ.replace(/^donnees\./, '') })),
          );
        const par = { nom: c.utilisateur?.nom ?? '', quand: c.maintenant };
        await lierDemandes(
          c.db,
          c.contrat.id,
          fait.id,
          x.demandes.map((d) => d.id),
          par,
        );
        for (const d of x.demandes) {
          const circuit = circuits.get(d.circuit);
          const acte = {
            vers: 'programme',
            service: '',
            motif: '',
            message: '',
            note: `Opération : ${champs.titre || fait.chemin}`,
            jour: champs.jour,
            ailleurs: '',
          } as const;
          if (circuit && fautesDActe(circuit, d, acte, jourDe(c.maintenant)).length === 0) await passer(c, s, circuit, d, acte);
          else await annoter(c, circuit, d, { acte: 'note', note: acte.note });
        }
        await c.auditer('demande.operation', `${CHEMIN}/${fait.id}`, { demandes: x.demandes.length });
        return redirige(`${CHEMIN}/${fait.id}`);
      },
      { creation: true },
    ),
    /** 200 · 404 unknown, or made for reports reserved to others */
    get(`${CHEMIN}/:operationId`, accesMetier, async (c) => montrer(c, await ouvrir(c), { fait: texte(c.requete.rendues) }), { sensible: true }),
    /** 303 · 422 nothing said, or somebody named · 403 · 404 · 409 one changed meanwhile */
    post(`${CHEMIN}/:operationId/compte`, accesMetier, async (c) => {
      const o = await ouvrir(c, true);
      if (o.siennes.length === 0) throw interdit('Ces demandes sont confiées à d’autres services : eux seuls en rendent compte.');
      if (!o.operation) throw conflit('Cette opération a été retirée du registre : rien n’a été fait dont on puisse rendre compte.');
      if (o.operation.jour > jourDe(c.maintenant) || o.operation.etape !== 'realisee')
        throw conflit('Cette opération n’est pas encore faite, ou elle est annulée : son enregistrement le dit. Le compte rendu vient après.');
      const message = texte(c.corps.message);
      const trouvailles = detecter(message).filter((t) => t.genre !== 'insulte' && t.genre !== 'sante');
      if (message === '' || message.length > 2000)
        return montrer(c, o, {
          message,
          erreurs: [{ champ: 'message', message: 'Écrivez ce que l’opération a fait, en 2 000 caractères au plus : chacun le lira.' }],
        });
      if (trouvailles.length > 0)
        return montrer(c, o, {
          message,
          erreurs: [{ champ: 'message', message: `Le compte rendu contient ${direTrouvailles(trouvailles)} : il est lu par tous ceux qui ont signalé.` }],
        });
      const rendues: string[] = [];
      for (const d of o.siennes.filter((x) => x.meneurId === null && attend(o.liens, x))) {
        const circuit = circuits.get(d.circuit);
        const acte = { service: '', motif: '', message, note: '', jour: null, ailleurs: '' };
        // What was done where the circuit says so; else the answer that ends it.
        const vers = (['fait', 'repondu'] as const).find((v) => circuit && fautesDActe(circuit, d, { ...acte, vers: v }, jourDe(c.maintenant)).length === 0);
        if (!circuit || !vers) continue;
        await passer(c, s, circuit, d, { ...acte, vers });
        rendues.push(d.id);
      }
      if (rendues.length === 0)
        throw invalide('Aucune de ces demandes ne peut recevoir ce compte rendu : elles sont closes, ou à prendre en charge d’abord. Rien n’a été changé.');
      await rendre(c.db, c.contrat.id, o.id, rendues, c.maintenant);
      await c.auditer('demande.compte-rendu', `${CHEMIN}/${o.id}`, { demandes: rendues.length });
      return redirige(`${CHEMIN}/${o.id}?rendues=${rendues.length}`);
    }),
  ];
};
