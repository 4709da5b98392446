/**
 * The desk of the data protection officer: register of processing activities, people's requests, retention. Every route is
 * open to the DPO alone; GET answers 200, or 403 for anyone else.
 */
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { acces, type Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { fichierCsv } from '../../../core/csv.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, numeroDePage, page, post, type Reponse, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, memeChamp, rapprocher } from '../../../core/http/versions.ts';
import type { Regle } from '../../../core/trace/retention.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { listPurges, purger, regleDe, simulerPurge, simulerPurges } from './conservation.ts';
import { countDemandes, createDemande, type Demande, type Filtre, getDemande, listDemandes, listVersions, updateDemande } from './demandes.queries.ts';
import { champsDeDemande, formulaireDeDemande } from './demandes.formulaires.ts';
import { type EtatDemande, estClose, NATURES, type Nature, verifierChangement } from './demandes.rules.ts';
import { buildDemandeSchema, changementSchema } from './demandes.schema.ts';
import { peutLireRegistre, peutPurger, peutTraiterDemandes } from './dpo.policy.ts';
import { ConservationPage } from './pages/ConservationPage.tsx';
import { DemandePage } from './pages/DemandePage.tsx';
import { DemandesPage } from './pages/DemandesPage.tsx';
import { DpoPage } from './pages/DpoPage.tsx';
import { NouvelleDemandePage } from './pages/NouvelleDemandePage.tsx';
import { TraitementsPage } from './pages/TraitementsPage.tsx';
import { DonneesPersonnellesPage } from './pages/DonneesPersonnellesPage.tsx';
import { getRegistre } from './traitements.queries.ts';
import { listCategories, type Registre } from './traitements.rules.ts';
import { suivreDemande, suivrePurge } from './dpo.dus.ts';

const PAR_PAGE = 50;
const FILTRES: readonly Filtre[] = ['ouvertes', 'retard', 'closes', 'toutes'];
const DPO = acces.role('dpo');
const REFUS = 'Le bureau de la protection des données n’est ouvert qu’au délégué.';
const BUREAU = { libelle: 'Protection des données', href: '/dpo' };
const DEMANDES = { libelle: 'Demandes', href: '/dpo/demandes' };

/** Layout facts that all these pages share. */
const cadre = { largeur: 'travail', section: 'dpo' } as const;

/** The person at the desk; the object right is the same for all requests of the contract. */
function exigerBureau(c: Contexte, peut: (u: Utilisateur | null) => boolean): Utilisateur {
  if (!c.utilisateur || !peut(c.utilisateur)) throw interdit(REFUS);
  return c.utilisateur;
}

export const buildDpoRoutes = ({ conservation }: { conservation: readonly Regle[] }): Route[] => [
  get('/dpo', DPO, async (c) => {
    exigerBureau(c, peutTraiterDemandes);
    const aujourdhui = jourDe(c.maintenant);
    const [comptes, prochaines, registre, simulations, purges] = await lireEnsemble(c.db, [
      () => countDemandes(c.db, c.contrat.id, null, aujourdhui),
      () => listDemandes(c.db, c.contrat.id, { filtre: 'ouvertes', nature: null }, aujourdhui, { limite: 10, decalage: 0 }),
      () => getRegistre(c.db),
      () => simulerPurges(c.db, c.contrat.id, conservation, c.maintenant),
      () => listPurges(c.db, c.contrat.id, 1),
    ]);
    const corps = <DpoPage {...{ aujourdhui, comptes, prochaines, registre, simulations, dernierePurge: purges[0] ?? null }} />;
    return page({ ...cadre, titre: 'Protection des données', corps });
  }),

  get('/donnees-personnelles', acces.public, async (c) =>
    page({ titre: 'Données personnelles', corps: <DonneesPersonnellesPage registre={await getRegistre(c.db)} /> }),
  ),
  get('/dpo/traitements', DPO, async (c) => {
    exigerBureau(c, peutLireRegistre);
    const registre = await getRegistre(c.db);
    return page({ ...cadre, titre: 'Registre des traitements', fil: [BUREAU], corps: <TraitementsPage registre={registre} /> });
  }),
  get('/dpo/traitements.csv', DPO, async (c) => {
    exigerBureau(c, peutLireRegistre);
    return fichier(csvDuRegistre(await getRegistre(c.db)), { nom: 'registre-des-traitements.csv', type: 'text/csv; charset=utf-8' });
  }),

  get('/dpo/demandes', DPO, async (c) => pageDesDemandes(c), { sensible: true }),
  get('/dpo/demandes/nouvelle', DPO, (c) => {
    exigerBureau(c, peutTraiterDemandes);
    return pageNouvelle(c, { recue_le: jourDe(c.maintenant) }, []);
  }),
  /** 303 to the request; 422 with what was typed; 403. */
  post(
    '/dpo/demandes/nouvelle',
    DPO,
    async (c) => {
      const u = exigerBureau(c, peutTraiterDemandes);
      const lu = lire(buildDemandeSchema(jourDe(c.maintenant)), c.corps);
      if (!lu.ok) return pageNouvelle(c, champsDe(c), lu.erreurs);
      const { id, echeance } = await createDemande(c.db, c.contrat.id, lu.valeur, u.id, c.maintenant);
      await suivreDemande(c, id);
      await c.auditer('demande_droits.creee', `/dpo/demandes/${id}`, { nature: lu.valeur.nature, echeance: code(echeance) }, { apres: lu.valeur });
      return redirige(`/dpo/demandes/${id}`);
    },
    { creation: true },
  ),
  get(
    '/dpo/demandes/:id',
    DPO,
    async (c) => {
      exigerBureau(c, peutTraiterDemandes);
      return pageDemande(c, await charger(c, false));
    },
    { sensible: true },
  ),
  /** 303 done; 422 forbidden passage or missing text, with what was typed; 409 someone wrote in between; 404; 403. */
  post('/dpo/demandes/:id', DPO, async (c) => {
    const u = exigerBureau(c, peutTraiterDemandes);
    const demande = await charger(c, true);
    const champs = champsDe(c);
    const lu = lire(changementSchema, c.corps);
    if (!lu.ok) return pageDemande(c, demande, { champs, erreurs: lu.erreurs });
    const actuel = await demandeEnregistree(c, demande);
    const formulaire = formulaireDeDemande(demande);
    // An empty text leaves the recorded one.
    const r = rapprocher({ ...c.corps, motif: champs.motif || undefined, reponse: champs.reponse || undefined }, actuel);
    if (r.genre === 'heurt') {
      const { repondue_le = '' } = champs;
      if (estClose(demande.etat)) return pageDemande(c, demande, { champs, conflit: CLOSE_ENTRE_TEMPS });
      return page(conflictPage({ ...cadre, fil: [BUREAU, DEMANDES] }, { formulaire, r, masques: { repondue_le } }));
    }
    const ecrits = enTextes(r.champs);
    // What the act itself says: texts recorded by a former act do not stand for it.
    const motif = champs.motif ? (ecrits.motif ?? '') : '';
    const reponse = champs.reponse ? (ecrits.reponse ?? '') : '';
    const changement = { vers: ecrits.etat as EtatDemande, motif, reponse, repondueLe: lu.valeur.repondue_le ?? '' };
    const aujourdhui = jourDe(c.maintenant);
    // Two people made the same passage: the second only completes its words.
    const complete = changement.vers === demande.etat && !estClose(demande.etat) && motif + reponse !== '';
    if (complete && Object.entries(r.actuel.champs).every(([champ, v]) => memeChamp(v, r.champs[champ] ?? ''))) return redirige(formulaire.retour);
    const permis = complete ? { ok: true as const } : verifierChangement(demande, changement, aujourdhui);
    if (!permis.ok) return pageDemande(c, demande, { champs, erreurs: [{ champ: permis.champ, message: permis.raison }] });
    const ou = { contratId: c.contrat.id, id: demande.id, version: demande.version };
    const apres = await updateDemande(c.db, ou, changement, { compteId: u.id, quand: c.maintenant, aujourdhui });
    const details = { de: demande.etat, vers: apres.etat, version: apres.version, echeance: code(apres.echeance) };
    await suivreDemande(c, demande.id);
    await c.auditer('demande_droits.changee', `/dpo/demandes/${demande.id}`, details, { avant: demande, apres });
    if (r.venus.length > 0) return page(mergedPage({ ...cadre, fil: [BUREAU, DEMANDES] }, formulaire, r, formulaire.retour));
    return redirige(`/dpo/demandes/${demande.id}`);
  }),

  get('/dpo/conservation', DPO, (c) => {
    exigerBureau(c, peutPurger);
    return pageConservation(c, conservation, {});
  }),
  /** 303 purged (or simulated) and recorded; 409 the number changed since it was read; 422 no number confirmed; 404; 403. */
  post('/dpo/conservation/:regle', DPO, async (c) => {
    const u = exigerBureau(c, peutPurger);
    const regle = regleDe(conservation, c.params.regle ?? '');
    if (!regle) throw introuvable('Cette règle de conservation');
    const simulation = texte(c.corps.acte) === 'simuler';
    const vu = texte(c.corps.nombre);
    if (!/^\d{1,12}$/.test(vu))
      return pageConservation(c, conservation, { statut: 422, message: 'Relisez le nombre d’enregistrements visés, puis confirmez.' });
    if (!simulation && texte(c.corps[`confirmer-${regle.code}`]) !== 'oui')
      return pageConservation(c, conservation, {
        statut: 422,
        regle: regle.code,
        message: 'Cochez la case qui confirme : ce qui est purgé ne peut pas être retrouvé.',
      });
    // What was counted under the person's eyes is what is purged; nothing else, nothing more.
    const vise = await simulerPurge(c.db, c.contrat.id, regle, c.maintenant);
    if (vise.nombre !== Number(vu))
      return pageConservation(c, conservation, {
        statut: 409,
        regle: regle.code,
        message: 'Le nombre a changé depuis votre lecture : rien n’a été purgé. Relisez puis confirmez.',
      });
    await purger(c.db, c.contrat.id, vise, { maintenant: c.maintenant, compteId: u.id, simulation });
    if (!simulation) await suivrePurge(c, conservation, regle.code);
    await c.auditer(simulation ? 'purge.simulee' : 'purge.faite', `/dpo/conservation/${regle.code}`, { nombre: vise.nombre, jours: regle.jours });
    return redirige('/dpo/conservation#purges');
  }),
];

const CLOSE_ENTRE_TEMPS = 'Une autre personne vient de modifier cette demande, et elle est close. Ce que vous aviez écrit est gardé ci-dessous.';
async function demandeEnregistree(c: Contexte, d: Demande): Promise<Enregistre> {
  const [derniere] = await listVersions(c.db, c.contrat.id, d.id);
  return { version: d.version, champs: champsDeDemande(d), par: derniere?.par ?? '', le: d.modifieLe };
}

async function charger(c: Contexte, verrou: boolean): Promise<Demande> {
  const demande = await getDemande(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!demande) throw introuvable('Cette demande');
  return demande;
}

async function pageDesDemandes(c: Contexte): Promise<Reponse> {
  exigerBureau(c, peutTraiterDemandes);
  const aujourdhui = jourDe(c.maintenant);
  const filtre = FILTRES.find((f) => f === texte(c.requete.etat)) ?? 'ouvertes';
  const nature = (Object.keys(NATURES) as Nature[]).find((n) => n === texte(c.requete.nature)) ?? null;
  const comptes = await countDemandes(c.db, c.contrat.id, nature, aujourdhui);
  const numero = Math.min(numeroDePage(c), Math.max(1, Math.ceil(comptes[filtre] / PAR_PAGE)));
  const demandes = await listDemandes(c.db, c.contrat.id, { filtre, nature }, aujourdhui, { limite: PAR_PAGE, decalage: (numero - 1) * PAR_PAGE });
  const corps = <DemandesPage {...{ aujourdhui, demandes, comptes, filtre, nature, numero, parPage: PAR_PAGE }} />;
  return page({ ...cadre, titre: 'Demandes des personnes', fil: [BUREAU], corps });
}

function pageNouvelle(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[]): Reponse {
  const corps = <NouvelleDemandePage champs={champs} erreurs={erreurs} aujourdhui={jourDe(c.maintenant)} />;
  return page({ ...cadre, titre: 'Enregistrer une demande', fil: [BUREAU, DEMANDES], statut: erreurs.length > 0 ? 422 : 200, corps });
}

interface Suite {
  champs?: Record<string, string>;
  erreurs?: readonly ErreurDeChamp[];
  conflit?: string;
}
async function pageDemande(c: Contexte, demande: Demande, s: Suite = {}): Promise<Reponse> {
  const versions = await listVersions(c.db, c.contrat.id, demande.id);
  const corps = (
    <DemandePage {...{ demande, versions }} aujourdhui={jourDe(c.maintenant)} champs={s.champs ?? {}} erreurs={s.erreurs ?? []} conflit={s.conflit ?? null} />
  );
  const statut = s.conflit ? 409 : s.erreurs ? 422 : 200;
  return page({ ...cadre, titre: `Demande : ${NATURES[demande.nature].libelle.toLowerCase()}`, fil: [BUREAU, DEMANDES], statut, corps });
}

async function pageConservation(c: Contexte, conservation: readonly Regle[], s: { statut?: number; regle?: string; message?: string }): Promise<Reponse> {
  const [simulations, purges] = await lireEnsemble(c.db, [
    () => simulerPurges(c.db, c.contrat.id, conservation, c.maintenant),
    () => listPurges(c.db, c.contrat.id, 50),
  ]);
  const corps = <ConservationPage {...{ simulations, purges }} faute={s.message ? { regle: s.regle ?? null, message: s.message } : null} />;
  return page({ ...cadre, titre: 'Conservation et purges', fil: [BUREAU], statut: s.statut ?? 200, corps });
}

const ENTETES = ['traitement', 'finalite', 'base_legale', 'personnes', 'destinataires', 'table', 'categories', 'colonnes', 'duree', 'duree_jours'];

/** One line for each table of each activity. */
function csvDuRegistre(r: Registre): string {
  const lignes = r.traitements.flatMap((t) =>
    t.tables.map((x) => {
      const categories = listCategories(x);
      return [
        t.titre,
        t.finalite,
        t.baseLegale,
        t.personnes,
        t.destinataires.join(', '),
        x.nom,
        categories.map((k) => k.libelle).join(', ') || 'aucune donnée personnelle',
        categories.map((k) => `${k.categorie} : ${k.colonnes.join(' ')}`).join(' ; '),
        x.duree,
        x.jours === null ? '' : String(x.jours),
      ];
    }),
  );
  return fichierCsv(ENTETES, lignes);
}
