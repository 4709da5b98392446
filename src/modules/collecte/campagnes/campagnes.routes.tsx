/** Campaigns, as those at work on the contract follow them and as the coordination leads them. GET 200, 404; POST 303, 403, 404, 409, 422 with what was typed. */
import { estJour } from '../../../core/jours.ts';
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { listComptes } from '../../comptes/index.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { repondAux } from '../../indicateurs/index.ts';
import { peutMener, peutSuivreCampagnes, peutVoirLesAcces } from '../collecte.policy.ts';
import { cheminDeReponse } from '../reponse/lien.rules.ts';
import { suivreCampagnes } from './campagnes.dus.ts';
import * as k from './campagnes.queries.ts';
import { buildCampagneSchema, repondantSchema } from './campagnes.schema.ts';
import { ecrireAuRepondant } from './lettre.ts';
import { attendusParmi, demandesDe, listDonnables, repondantsDe } from './ouvrir.ts';
import { CampagnePage } from './pages/CampagnePage.tsx';
import { CampagnesPage } from './pages/CampagnesPage.tsx';
import { NouvelleCampagnePage } from './pages/NouvelleCampagnePage.tsx';

const PAR_PAGE = 20;
const FIL = [{ libelle: 'Campagnes', href: '/collecte/campagnes' }];
const DANS = { largeur: 'travail', section: 'campagnes' } as const;
const PAS_MENER = 'Seule la coordination centrale ouvre et mène une campagne.';

/** 403 for those who do not lead campaigns. */
function meneur(c: Contexte) {
  const u = c.utilisateur;
  if (!u || !peutMener(u)) throw interdit(PAS_MENER);
  return u;
}
async function charger(c: Contexte, verrou = false): Promise<k.Campagne> {
  const campagne = await k.getCampagne(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!campagne) throw introuvable('Cette campagne');
  return campagne;
}
/** 403; 404; 409 when it is closed. */
async function mener(c: Contexte) {
  const u = meneur(c);
  const campagne = await charger(c, true);
  if (campagne.closeLe) throw conflit('Cette campagne est close : ouvrez-en une autre.');
  return { u, campagne, catalogue: await getCatalogue(c.db, c.contrat.id) };
}

/** What the form asks for, where it says nothing: the year before, due in a month. */
async function lireDemande(c: Contexte) {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const aujourdhui = jourDe(c.maintenant);
  const dit = (champ: string) => texte(c.corps[champ]) || texte(c.requete[champ]);
  const fin = Number(catalogue.contrat.fin.slice(0, 4));
  const annees = Array.from({ length: fin - Number(catalogue.contrat.debut.slice(0, 4)) + 1 }, (_, i) => String(fin - i)).filter(
    (a) => a <= aujourdhui.slice(0, 4),
  );
  const due = dit('due_le');
  const choix = {
    annee: annees.includes(dit('annee')) ? dit('annee') : '',
    fiche: catalogue.fiches.has(dit('fiche')) ? dit('fiche') : '',
    organisation: catalogue.acteurs.has(dit('organisation')) ? dit('organisation') : '',
    dueLe: estJour(due) && due > aujourdhui ? due : plusJours(aujourdhui, 30),
  };
  return { catalogue, aujourdhui, annees, choix };
}

async function pageNouvelle(c: Contexte, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const u = meneur(c);
  const d = await lireDemande(c);
  const demandes = await demandesDe(c.db, { u, contratId: c.contrat.id, catalogue: d.catalogue, maintenant: c.maintenant }, d.choix);
  const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
  return page({
    ...DANS,
    fil: FIL,
    titre: 'Ouvrir une campagne',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <NouvelleCampagnePage
        {...d}
        champs={{ titre: texte(c.corps.titre), message: texte(c.corps.message) }}
        erreurs={erreurs}
        demandes={demandes}
        repondants={repondantsDe(d.catalogue, demandes, ouverts)}
      />
    ),
  });
}

async function pageCampagne(c: Contexte, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
  const u = c.utilisateur;
  if (!peutSuivreCampagnes(u)) throw interdit('Les campagnes se suivent entre partenaires du contrat.');
  const campagne = await charger(c);
  const [catalogue, avancements, acces, remises] = [
    await getCatalogue(c.db, c.contrat.id),
    await k.listAvancements(c.db, c.contrat.id, campagne.id),
    await k.listAcces(c.db, c.contrat.id, campagne.id),
    await k.listRemises(c.db, c.contrat.id, campagne.id, peutMener(u) ? null : (u?.organisationId ?? '')),
  ];
  return page({
    ...DANS,
    fil: FIL,
    titre: campagne.titre,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <CampagnePage
        campagne={campagne}
        catalogue={catalogue}
        avancements={avancements}
        acces={acces.filter((a) => peutVoirLesAcces(u, a.organisationId))}
        remises={enPages(
          c,
          remises.filter((r) => peutVoirLesAcces(u, r.organisationId)),
          20,
          'remises',
        )}
        mene={peutMener(u)}
        sien={acces.some((a) => a.compteId === u?.id && !a.fermeLe)}
        aujourdhui={jourDe(c.maintenant)}
        champs={Object.fromEntries(['organisation', 'nom', 'courriel'].map((n) => [n, texte(c.corps[n])]))}
        erreurs={erreurs}
        fait={texte(c.requete.fait)}
      />
    ),
  });
}

export function buildCampagnesRoutes(services: Pick<Services, 'coffre' | 'adresse' | 'domaineEntrant'>): Route[] {
  return [
    get('/collecte/campagnes', accesMetier, async (c) => {
      if (!peutSuivreCampagnes(c.utilisateur)) throw interdit('Les campagnes se suivent entre partenaires du contrat.');
      const n = numeroDePage(c);
      const lues = await k.listCampagnes(c.db, c.contrat.id, n, PAR_PAGE);
      const suivante = lues.length > PAR_PAGE;
      return page({
        ...DANS,
        titre: 'Campagnes de collecte',
        corps: (
          <CampagnesPage campagnes={lues.slice(0, PAR_PAGE)} page={n} suivante={suivante} mene={peutMener(c.utilisateur)} aujourdhui={jourDe(c.maintenant)} />
        ),
      });
    }),
    get('/collecte/campagnes/nouvelle', accesMetier, (c) => pageNouvelle(c)),
    // The list is frozen here, and each of those who answer gets one letter.
    post(
      '/collecte/campagnes/nouvelle',
      accesMetier,
      async (c) => {
        const u = meneur(c);
        const d = await lireDemande(c);
        const lu = lire(buildCampagneSchema(d.aujourdhui), { titre: texte(c.corps.titre), message: texte(c.corps.message), due_le: texte(c.corps.due_le) });
        if (!lu.ok) return pageNouvelle(c, lu.erreurs);
        const o = { u, contratId: c.contrat.id, catalogue: d.catalogue, maintenant: c.maintenant };
        const demandes = await demandesDe(c.db, o, { ...d.choix, dueLe: lu.valeur.due_le });
        if (demandes.length === 0)
          return pageNouvelle(c, [
            { champ: 'due_le', message: 'Rien n’est dû à cette date avec ces choix : élargissez-les, ou choisissez une date plus lointaine.' },
          ]);
        const { titre, message, due_le: dueLe } = lu.valeur;
        const id = await k.addCampagne(c.db, c.contrat.id, { titre, message, dueLe, demandes }, u.nom, c.maintenant);
        const campagne = await k.getCampagne(c.db, c.contrat.id, id);
        if (!campagne) throw introuvable('Cette campagne');
        const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
        const repondants = repondantsDe(d.catalogue, demandes, ouverts);
        for (const r of repondants) {
          const neuf = {
            organisationId: r.organisationId,
            courriel: r.compte.courriel,
            nom: r.compte.nom,
            compteId: r.compte.id,
            mesures: r.mesures,
            creePar: u.nom,
            creeParId: u.id,
          };
          const { acces } = await k.addAcces(c.db, c.contrat.id, id, neuf, c.maintenant);
          await ecrireAuRepondant(c, services, campagne, acces, d.catalogue);
        }
        await suivreCampagnes(c, [id]);
        const organisations = new Set(demandes.map((x) => x.organisationId)).size;
        await c.auditer('campagne.ouverte', `/collecte/campagnes/${id}`, {
          demandes: demandes.length,
          organisations,
          repondants: repondants.length,
          dueLe: code(dueLe),
        });
        return redirige(`/collecte/campagnes/${id}?fait=ouverte`);
      },
      { creation: true },
    ),
    get('/collecte/campagnes/:id', accesMetier, (c) => pageCampagne(c)),
    // To one's own page, without waiting for the letter. 303; 404 not asked of this person.
    get(
      '/collecte/campagnes/:id/ma-page',
      accesMetier,
      async (c) => {
        const campagne = await charger(c);
        const sien = (await k.listAcces(c.db, c.contrat.id, campagne.id)).find((a) => a.compteId === c.utilisateur?.id && !a.fermeLe);
        if (!sien) throw introuvable('Une page de réponse à votre nom');
        return redirige(cheminDeReponse(services.coffre, sien));
      },
      { sensible: true },
    ),
    // Someone else answers for an institution, with or without an account.
    post(
      '/collecte/campagnes/:id/repondants',
      accesMetier,
      async (c) => {
        const { u, campagne, catalogue } = await mener(c);
        const organisation = texte(c.corps.organisation);
        const avancement = await k.listAvancements(c.db, c.contrat.id, campagne.id, organisation || '-');
        const lu = lire(repondantSchema, { nom: texte(c.corps.nom), courriel: texte(c.corps.courriel) });
        const erreurs = [
          ...(avancement.length === 0 ? [{ champ: 'organisation', message: 'Choisissez un organisme de la campagne.' }] : []),
          ...(lu.ok ? [] : lu.erreurs),
        ];
        if (!lu.ok || erreurs.length > 0) return pageCampagne(c, erreurs);
        // An account answers by its mandate: a link does not give what the account may not.
        const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
        const compte = ouverts.find((x) => x.courriel.toLowerCase() === lu.valeur.courriel);
        const demandes = compte ? await k.listDemandes(c.db, c.contrat.id, campagne.id, organisation) : [];
        if (compte && !demandes.some((d) => repondAux(compte, catalogue, d)))
          return pageCampagne(c, [
            { champ: 'courriel', message: `${compte.nom} a un compte sans mandat pour ces chiffres : donnez-lui d’abord un mandat de producteur.` },
          ]);
        const neuve = {
          ...lu.valeur,
          nom: compte?.nom ?? lu.valeur.nom,
          organisationId: organisation,
          compteId: compte?.id ?? null,
          mesures: [],
          creePar: u.nom,
          creeParId: u.id,
        };
        const { acces, neuf } = await k.addAcces(c.db, c.contrat.id, campagne.id, neuve, c.maintenant);
        if (!neuf) return pageCampagne(c, [{ champ: 'courriel', message: 'Cette adresse répond déjà pour cet organisme.' }]);
        await ecrireAuRepondant(c, services, campagne, acces, catalogue);
        await c.auditer('campagne.acces', `/collecte/campagnes/${campagne.id}`, { organisation: code(organisation), acces: code(acces.id) });
        return redirige(`/collecte/campagnes/${campagne.id}?fait=repondant`);
      },
      { creation: true },
    ),
    post('/collecte/campagnes/:id/repondants/:acces/fermer', accesMetier, async (c) => {
      const { u, campagne } = await mener(c);
      const acces = await k.getAcces(c.db, c.contrat.id, c.params.acces ?? '');
      if (!acces || acces.campagneId !== campagne.id) throw introuvable('Ce lien');
      const fermes = await k.fermerAcces(c.db, c.contrat.id, acces.id, u.nom, c.maintenant);
      if (fermes > 0) await c.auditer('campagne.acces_ferme', `/collecte/campagnes/${campagne.id}`, { acces: code(acces.id), fermes });
      return redirige(`/collecte/campagnes/${campagne.id}?fait=ferme`);
    }),
    // The letter again, to those of one institution, or of all that have not given everything.
    post('/collecte/campagnes/:id/relancer', accesMetier, async (c) => {
      const { campagne, catalogue } = await mener(c);
      const seule = texte(c.corps.organisation);
      const { ouverts } = await listComptes(c.db, c.contrat.id, c.maintenant);
      const manquantes = await listDonnables(c.db, catalogue, [campagne.id], jourDe(c.maintenant));
      const attendus = attendusParmi(catalogue, await k.listAccesOuverts(c.db, c.contrat.id, [campagne.id]), manquantes, ouverts);
      // Whoever was written to today has it before their eyes.
      const aujourdhui = jourDe(c.maintenant);
      const aEcrire = attendus.filter((a) => (seule === '' || a.organisationId === seule) && (a.envoyeLe === null || jourDe(a.envoyeLe) < aujourdhui));
      for (const a of aEcrire) await ecrireAuRepondant(c, services, campagne, a, catalogue);
      if (aEcrire.length > 0)
        await c.auditer('campagne.relance', `/collecte/campagnes/${campagne.id}`, { lettres: aEcrire.length, organisation: code(seule || null) });
      return redirige(`/collecte/campagnes/${campagne.id}?fait=${aEcrire.length > 0 ? 'relance' : 'rien'}`);
    }),
    post('/collecte/campagnes/:id/clore', accesMetier, async (c) => {
      const { u, campagne } = await mener(c);
      await k.cloreCampagne(c.db, c.contrat.id, campagne.id, u.nom, c.maintenant);
      await suivreCampagnes(c, [campagne.id]);
      await c.auditer('campagne.close', `/collecte/campagnes/${campagne.id}`);
      return redirige(`/collecte/campagnes/${campagne.id}?fait=close`);
    }),
  ];
}
