/**
 * Acts: the list, what the contract calls for, one of them, its form. Partners read every act, everybody those that are published.
 * GET 200, 403, 404; POST 303, 200 both changes kept, 409, 422 with what was typed, 403, 404.
 */
import { acces, accesMetier, auTravail } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { type ErreurDeChamp, interdit } from '../../core/errors.ts';
import { type Contexte, get, lire, liste, numeroDePage, page, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { type Champs, type Enregistre, rapprocher, type Valeur } from '../../core/http/versions.ts';
import { code, codes } from '../../core/trace/details.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../ui/Conflict.tsx';
import { jour } from '../../ui/typographie.ts';
import { type Catalogue, choisirLieu, getCatalogue } from '../contrats/index.ts';
import { attendusDe } from './attendus.rules.ts';
import { auteurDe, charger, chargerPourEcrire, PAS_A_VOUS, tenuDe } from './conventions.contexte.ts';
import { denonceElleMeme, parlePourElle, peutEcrireQuelquePart, peutImporter, peutPublier, peutRepondre, peutTenir } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { estFinie, etatDe, NATURES, type Nature } from './conventions.rules.ts';
import { conventionSchema } from './conventions.schema.ts';
import { examinerCorrection } from './corrections.ts';
import { createActe, updateActe } from './ecriture.queries.ts';
import { dansDe, FIL } from './formulaires.ts';
import { type Outils, suivreLesRemplaces } from './lettres.ts';
import { chercher, ligneDe, lireFiltres } from './liste.ts';
import { AttendusPage } from './pages/AttendusPage.tsx';
import { ConventionPage } from './pages/ConventionPage.tsx';
import { ConventionsPage } from './pages/ConventionsPage.tsx';
import { FormulairePage } from './pages/FormulairePage.tsx';
import { listParoles } from './paroles.queries.ts';
import { verifierSaisie } from './saisie.ts';

const PAR_PAGE = 25;

const champsDe = (c: Contexte): Record<string, Valeur> => ({
  ...Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)])),
  ...Object.fromEntries(LISTES.map((cle) => [cle, liste(c.corps[cle])])),
});
const LISTES = ['territoires', 'systemes', 'jours'] as const;
const VIDE: Champs = {
  nature: '',
  titre: '',
  reference: '',
  objet: '',
  porteur: '',
  territoires: [],
  systemes: [],
  lignes: '',
  effet: '',
  fin: '',
  preavis: '',
  reconduction: '',
  revue: '',
  lieu: '',
  interdits: '',
  jours: [],
  heure_de: '',
  heure_a: '',
  saison_de: '',
  saison_a: '',
  remplace: '',
};
const jourDeLAnnee = (v: string): string => (v === '' ? '' : v.split('-').reverse().join('/'));
const enregistre = (a: q.Acte): Enregistre => ({
  version: a.version,
  par: a.modifiePar,
  le: a.modifieLe,
  champs: {
    nature: a.nature,
    titre: a.titre,
    reference: a.reference,
    objet: a.objet,
    porteur: a.porteurId,
    territoires: a.territoires,
    systemes: a.systemes,
    lignes: a.lignes.join(' '),
    effet: a.effet ?? '',
    fin: a.fin ?? '',
    preavis: a.preavisJours > 0 ? String(a.preavisJours) : '',
    reconduction: a.reconductionMois === null ? '' : String(a.reconductionMois),
    revue: a.revueMois === null ? '' : String(a.revueMois),
    lieu: a.lieu,
    interdits: a.interdits,
    jours: a.jours.map(String),
    heure_de: a.heureDe,
    heure_a: a.heureA,
    saison_de: jourDeLAnnee(a.saisonDe),
    saison_a: jourDeLAnnee(a.saisonA),
    remplace: a.remplaceId ?? '',
  },
});
const formulaireDe = (a: q.Acte, c: Catalogue): FormulairePartage => ({
  objet: a.titre,
  action: `/conventions/${a.id}/modifier`,
  retour: `/conventions/${a.id}`,
  champs: {
    nature: { libelle: 'Nature', dire: (v) => NATURES[v as Nature] ?? v },
    titre: { libelle: 'Titre' },
    reference: { libelle: 'Référence' },
    objet: { libelle: 'Objet', long: true },
    porteur: { libelle: 'Tenu par', dire: c.nomActeur },
    territoires: { libelle: 'Territoires', dire: (v) => c.territoires.get(v)?.nom ?? v },
    systemes: { libelle: 'Dispositifs', dire: (v) => c.systemes.get(v)?.nom ?? v },
    lignes: { libelle: 'Lignes d’action' },
    effet: { libelle: 'Date d’effet', dire: (v) => jour(v) },
    fin: { libelle: 'Date de fin', dire: (v) => jour(v) },
    preavis: { libelle: 'Préavis (jours)' },
    reconduction: { libelle: 'Reconduction (mois)' },
    revue: { libelle: 'Revue (mois)' },
    lieu: { libelle: 'Périmètre', long: true },
    interdits: { libelle: 'Interdits ou promis', long: true },
    jours: { libelle: 'Jours' },
    heure_de: { libelle: 'Début' },
    heure_a: { libelle: 'Fin' },
    saison_de: { libelle: 'Début de saison' },
    saison_a: { libelle: 'Fin de saison' },
    remplace: { libelle: 'Remplace' },
  },
});

async function formulaire(c: Contexte, cat: Catalogue, a: q.Acte | null, champs: Champs, erreurs: readonly ErreurDeChamp[] = []) {
  return page({
    ...dansDe(c),
    fil: a ? [...FIL, { libelle: a.titre, href: `/conventions/${a.id}` }] : FIL,
    titre: a ? 'Modifier l’acte' : 'Nouvel acte',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <FormulairePage
        catalogue={cat}
        acte={a}
        enregistre={a ? enregistre(a) : null}
        champs={{ ...VIDE, ...champs }}
        erreurs={erreurs}
        attendus={attendusDe(cat)}
        remplacables={(await q.listActes(c.db, c.contrat.id)).filter(
          (x) => x.id !== a?.id && (x.id === a?.remplaceId || peutTenir(c.utilisateur, tenuDe(cat, x), cat.contient)),
        )}
      />
    ),
  });
}

export const buildConventionsRoutes = (o: Outils): Route[] => [
  get('/conventions', acces.public, async (c) => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    const aujourdhui = jourDe(c.maintenant);
    const travail = auTravail(c.utilisateur);
    const filtres = lireFiltres((nom) => texte(c.requete[nom]), cat);
    const lieu = choisirLieu(travail ? c.utilisateur : null, texte(c.requete.territoire), cat);
    const { lignes, comptes } = await chercher(c.db, cat, filtres, { publiques: !travail, lieu, aujourdhui });
    const n = numeroDePage(c);
    return page({
      ...dansDe(c),
      titre: 'Conventions et actes',
      corps: (
        <ConventionsPage
          catalogue={cat}
          lignes={lignes.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          total={lignes.length}
          page={n}
          parPage={PAR_PAGE}
          comptes={comptes}
          filtres={filtres}
          lieu={lieu}
          travail={travail}
          ecrit={peutEcrireQuelquePart(c.utilisateur)}
          importe={peutImporter(c.utilisateur)}
          attendu={filtres.systeme ? (attendusDe(cat).find((x) => x.systeme === filtres.systeme) ?? null) : null}
          aujourdhui={aujourdhui}
        />
      ),
    });
  }),
  get('/conventions/attendus', accesMetier, async (c) => {
    if (!auTravail(c.utilisateur)) throw interdit('Ce que le contrat attend se lit entre ceux qui y travaillent.');
    const cat = await getCatalogue(c.db, c.contrat.id);
    const aujourdhui = jourDe(c.maintenant);
    const fiche = cat.fiches.has(texte(c.requete.fiche)) ? texte(c.requete.fiche) : '';
    return page({
      ...dansDe(c),
      fil: FIL,
      titre: 'Les actes que le contrat demande',
      corps: (
        <AttendusPage
          catalogue={cat}
          attendus={attendusDe(cat).filter((x) => fiche === '' || x.fiches.includes(fiche))}
          actes={await q.listActes(c.db, c.contrat.id)}
          manquants={texte(c.requete.etat) === 'manquants'}
          fiche={fiche}
          ecrit={peutEcrireQuelquePart(c.utilisateur)}
          aujourdhui={aujourdhui}
        />
      ),
    });
  }),
  get('/conventions/nouvelle', accesMetier, async (c) => {
    if (!peutEcrireQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
    const cat = await getCatalogue(c.db, c.contrat.id);
    const attendu = attendusDe(cat).find((x) => x.systeme === texte(c.requete.systeme));
    return formulaire(c, cat, null, {
      porteur: c.utilisateur?.organisationId ?? '',
      ...(attendu ? { nature: attendu.natures[0] ?? '', titre: attendu.nom, systemes: [attendu.systeme] } : {}),
    });
  }),
  post(
    '/conventions/nouvelle',
    accesMetier,
    async (c) => {
      if (!peutEcrireQuelquePart(c.utilisateur)) throw interdit(PAS_A_VOUS);
      const cat = await getCatalogue(c.db, c.contrat.id);
      const lu = lire(conventionSchema, { ...VIDE, ...champsDe(c) });
      const erreurs = lu.ok ? await verifierSaisie(c, cat, lu.valeur, null) : lu.erreurs;
      if (!lu.ok || erreurs.length > 0) return formulaire(c, cat, null, champsDe(c), erreurs);
      const suivre = await suivreLesRemplaces(c, o, [lu.valeur.remplace]);
      const id = await createActe(c.db, c.contrat.id, lu.valeur, auteurDe(c));
      if (id === null)
        return formulaire(c, cat, null, champsDe(c), [
          { champ: 'titre', message: 'Cet acte vient d’être créé par quelqu’un d’autre : ouvrez-le dans la liste.' },
        ]);
      await suivre({ id, titre: lu.valeur.titre }, lu.valeur.remplace);
      await c.auditer('convention.creee', `/conventions/${id}`, { nature: lu.valeur.nature, systemes: codes(lu.valeur.systemes) }, { apres: lu.valeur });
      return redirige(`/conventions/${id}`);
    },
    { creation: true },
  ),
  get('/conventions/:convention', acces.public, async (c) => {
    const s = await charger(c);
    const { acte: a, catalogue: cat, aujourdhui } = s;
    const travail = auTravail(c.utilisateur);
    const ids = [a.id];
    const [parties, versions] = [await q.listParties(c.db, c.contrat.id, ids), await q.listVersions(c.db, c.contrat.id, ids)];
    const remplace = a.remplaceId ? await q.getActe(c.db, c.contrat.id, a.remplaceId) : null;
    return page({
      ...dansDe(c),
      fil: FIL,
      titre: a.titre,
      corps: (
        <ConventionPage
          {...s}
          ligne={ligneDe(a, cat, aujourdhui)}
          parties={travail ? parties : parties.map((p) => ({ ...p, signataire: '', fonction: '', par: '', noteePar: '', ditPar: '' }))}
          mots={travail ? await q.listMotsDeSignature(c.db, c.contrat.id, a.id) : []}
          versions={versions}
          paroles={await listParoles(c.db, c.contrat.id, ids)}
          revues={travail ? await q.listRevues(c.db, c.contrat.id, ids) : []}
          engagements={travail ? await q.listEngagements(c.db, c.contrat.id, ids) : []}
          remplace={remplace && (travail || remplace.publieeLe) ? remplace : null}
          remplacants={await q.listActes(c.db, c.contrat.id, { remplace: a.id, publiques: !travail })}
          travail={travail}
          tient={peutTenir(c.utilisateur, s.tenu, cat.contient)}
          repond={(organisation) => peutRepondre(c.utilisateur, s.tenu, organisation, cat.contient)}
          confirme={(organisation, genre = 'signature') => parlePourElle(c.utilisateur, s.tenu, genre, organisation, cat.contient)}
          denonce={(partie) => denonceElleMeme(s, partie, c.utilisateur)}
          publie={peutPublier(c.utilisateur)}
          finie={estFinie(etatDe(a, aujourdhui))}
        />
      ),
    });
  }),
  get('/conventions/:convention/modifier', accesMetier, async (c) => {
    const s = await charger(c);
    if (!peutTenir(c.utilisateur, s.tenu, s.catalogue.contient)) throw interdit(PAS_A_VOUS);
    return formulaire(c, s.catalogue, s.acte, enregistre(s.acte).champs);
  }),
  post('/conventions/:convention/modifier', accesMetier, async (c) => {
    const s = await chargerPourEcrire(c);
    const { acte: a, catalogue: cat } = s;
    const f = formulaireDe(a, cat);
    const dans = { ...dansDe(c), fil: FIL };
    const r = rapprocher(c.corps, enregistre(a));
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire: f, r }));
    const lu = lire(conventionSchema, r.champs);
    const erreurs = lu.ok ? await verifierSaisie(c, cat, lu.valeur, a) : lu.erreurs;
    const correction = lu.ok ? await examinerCorrection(c, s, lu.valeur) : null;
    erreurs.push(...(correction?.erreurs ?? []));
    if (!lu.ok || !correction || erreurs.length > 0) return formulaire(c, cat, a, { ...champsDe(c), ...r.champs }, erreurs);
    const suivre = await suivreLesRemplaces(c, o, [a.remplaceId, lu.valeur.remplace]);
    await updateActe(c.db, { contratId: c.contrat.id, id: a.id, version: a.version }, correction.ecrit, auteurDe(c));
    await correction.demander(o);
    await suivre({ id: a.id, titre: lu.valeur.titre }, lu.valeur.remplace === a.remplaceId ? null : lu.valeur.remplace);
    await c.auditer('convention.modifiee', f.retour, { porteur: code(lu.valeur.porteur) }, { avant: enregistre(a).champs, apres: lu.valeur });
    return r.venus.length > 0 ? page(mergedPage(dans, f, r, f.retour)) : redirige(correction.attend ? `${f.retour}#paroles` : f.retour);
  }),
];
