/**
 * A producer answers by the link of their letter, without an account: GET 200, 404 no such link, 410 it opens nothing any more; POST 303, 422
 * with everything typed and kept, 409 with both when somebody of the same institution wrote the same field.
 */
import { readFile } from 'node:fs/promises';
import { acces as qui } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { addFichier } from '../../../core/base/files.ts';
import { type ErreurDeChamp, invalide } from '../../../core/errors.ts';
import { type Contexte, fichier, get, json, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { enTextes, type Enregistre, masquesDeVersion, rapprocher, sansNumero } from '../../../core/http/versions.ts';
import type { Services } from '../../../core/module.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import { FICHIER_MAX, lireDocument } from '../../indicateurs/index.ts';
import { conflictPage } from '../../../ui/Conflict.tsx';
import { lireCollage } from '../classeur/collage.rules.ts';
import { ecrireClasseur } from '../classeur/ecrire.ts';
import { lireClasseur } from '../classeur/lire.ts';
import type { Verification } from '../classeur/rapprocher.rules.ts';
import { listAcces, noterVue } from '../campagnes/campagnes.queries.ts';
import { lireCloses } from '../campagnes/ouvrir.ts';
import { type AccesOuvert, chargerAcces, pageFin } from './acces.tsx';
import { CHEMIN, iciDe } from './chemin.ts';
import { deleguerRoutes } from './deleguer.routes.ts';
import { type Ligne, getBrouillons, oublierBrouillons, saveBrouillons, tenirLaReponse } from './lignes.queries.ts';
import { ReponsePage } from './pages/ReponsePage.tsx';
import type { Etape } from './pages/MesureADonner.tsx';
import {
  champsDe,
  champsDeFichier,
  champsDeMesure,
  champsEnVigueur,
  champsProposes,
  champsVivants,
  depotsVivants,
  ecrireDepot,
  ETATS,
  fichesDe,
  lireReponse,
  nomDeLigne,
} from './reponse.rules.ts';
import { remettre } from './remettre.ts';

/** Names of the fields of these lines. */
const nomsDe = (lignes: readonly Ligne[]): Set<string> => new Set(Object.keys(champsEnVigueur(lignes)));

/** Every field as it is kept: what was typed, over what is in force. */
async function etatDe(c: Contexte, o: AccesOuvert): Promise<Enregistre & { champs: Record<string, string> }> {
  const brouillons = await getBrouillons(c.db, c.contrat.id, o.campagne.id, o.acces.organisationId);
  const champs = champsVivants(o.lignes, brouillons.champs);
  // A deposited file is of the page, and no field of its form.
  return { ...sansNumero(champs, brouillons.par, brouillons.le), champs: { ...champs, ...depotsVivants(o.lignes, brouillons.champs) } };
}
const parmi = (e: Enregistre & { champs: Record<string, string> }, noms: ReadonlySet<string>): Enregistre => ({
  ...e,
  champs: Object.fromEntries(Object.entries(e.champs).filter(([nom]) => noms.has(nom))),
});

const etapesDe = (lignes: readonly Ligne[], champs: Readonly<Record<string, string>>, close: (l: Ligne) => boolean): Map<string, Etape> => {
  const { repondues, erreurs } = lireReponse(lignes, champs);
  const pasEnvoyees = new Set(repondues.map((r) => r.ligne.cle));
  const fautives = new Set(erreurs.map((e) => e.champ));
  return new Map(
    lignes.map(
      (l) => [l.cle, pasEnvoyees.has(l.cle) || fautives.has(champsDe(l).valeur) ? 'garde' : l.actuelle ? 'envoye' : close(l) ? 'close' : 'vide'] as const,
    ),
  );
};

interface Montrer {
  champs?: Readonly<Record<string, string>>;
  erreurs?: readonly ErreurDeChamp[];
}
async function montrer(c: Contexte, o: AccesOuvert, plus: Montrer = {}): Promise<Reponse> {
  const etat = await etatDe(c, o);
  const fiches = fichesDe(o.lignes, (m) => o.catalogue.mesures.get(m)?.fiche ?? '');
  const demandee = texte(c.corps.fiche) || texte(c.requete.fiche);
  const fautive = o.lignes.find((l) => plus.erreurs?.some((e) => nomsDe([l]).has(e.champ) || e.champ === champsDeFichier(l).envoye));
  const choisie = fiches.find((f) => (fautive ? f.lignes.includes(fautive) : f.fiche === demandee)) ?? fiches[0] ?? { fiche: '', lignes: [] };
  const delegues = o.acces.delegueDe
    ? []
    : (await listAcces(c.db, c.contrat.id, o.campagne.id, o.acces.organisationId)).filter((a) => a.delegueDe === o.acces.id && !a.fermeLe);
  const faites = texte(c.requete.faites);
  c.noterLecture(`/collecte/campagnes/${o.campagne.id}`, { organisationId: o.acces.organisationId, titre: `lien de campagne ${o.acces.id}` });
  return page({
    titre: o.campagne.titre,
    statut: plus.erreurs && plus.erreurs.length > 0 ? 422 : 200,
    scripts: ['collecte.js'],
    corps: (
      <ReponsePage
        {...o}
        organisme={o.catalogue.nomActeur(o.acces.organisationId)}
        ici={iciDe(c)}
        toutes={o.lignes}
        lignes={choisie.lignes}
        fiches={fiches}
        fiche={choisie.fiche}
        champs={{ ...etat.champs, ...plus.champs }}
        masques={{ fiche: choisie.fiche, ...masquesDeVersion(parmi(etat, nomsDe(choisie.lignes))) }}
        erreurs={plus.erreurs ?? []}
        etapes={etapesDe(o.lignes, etat.champs, await lireCloses(c.db, o.catalogue, jourDe(c.maintenant)))}
        garde={{ par: etat.par, le: etat.le }}
        collage={String(c.corps.collage ?? '')}
        notes={/^\d{1,5}$/.test(texte(c.requete.notees)) ? Number(texte(c.requete.notees)) : 0}
        faites={/^\d{1,5}$/.test(faites) ? Number(faites) : null}
        enregistre={texte(c.requete.enregistre) === 'oui'}
        peutDeleguer={o.acces.delegueDe === null}
        delegues={delegues}
      />
    ),
  });
}

const formulaireDe = (c: Contexte, o: AccesOuvert) => ({
  objet: o.campagne.titre,
  action: iciDe(c),
  retour: iciDe(c),
  champs: Object.fromEntries(
    o.lignes.flatMap((l) => [
      [champsDe(l).valeur, { libelle: nomDeLigne(l), long: l.genre !== 'nombre' }],
      [champsDe(l).etat, { libelle: `${nomDeLigne(l)} : état`, dire: (v: string) => (ETATS as Record<string, string>)[v] ?? v }],
      [champsDe(l).lien, { libelle: `${nomDeLigne(l)} : adresse` }],
      [champsDe(l).explication, { libelle: `${nomDeLigne(l)} : explication` }],
      [champsDeMesure(l.mesureId).source, { libelle: `${l.titre} : source` }],
      [champsDeMesure(l.mesureId).commentaire, { libelle: `${l.titre} : commentaire` }],
      [champsDeMesure(l.mesureId).methode, { libelle: `${l.titre} : comment c’est compté`, long: true }],
      [champsDeMesure(l.mesureId).limites, { libelle: `${l.titre} : limites`, long: true }],
    ]),
  ),
});

/** Files that come with a form: all of them together. */
const FICHIERS_MAX = 3 * FICHIER_MAX;
/** Keeps the files that came in, each beside its line; those that are refused are named. */
async function deposer(c: Contexte, o: AccesOuvert): Promise<ErreurDeChamp[]> {
  const erreurs: ErreurDeChamp[] = [];
  for (const l of c.fichiers.length === 0 ? [] : o.lignes.filter((x) => x.genre === 'document')) {
    const { envoye, depose } = champsDeFichier(l);
    const recu = await lireDocument(c, envoye);
    if (recu?.ok) {
      await tenirLaReponse(c.db, c.contrat.id, o.acces);
      const id = await addFichier(c.db, c.contrat.id, { nom: recu.nom, type: recu.type, contenu: await readFile(recu.chemin), garde: false });
      await saveBrouillons(c.db, c.contrat.id, o.acces, { [depose]: ecrireDepot({ id, nom: recu.nom }) }, c.maintenant);
    } else if (recu) erreurs.push({ champ: envoye, message: `${nomDeLigne(l)} : ${recu.message}` });
  }
  return erreurs;
}

/** Keeps what changed of these fields; a conflict keeps nothing. */
async function garder(c: Contexte, o: AccesOuvert, noms: ReadonlySet<string>) {
  await tenirLaReponse(c.db, c.contrat.id, o.acces);
  const etat = await etatDe(c, o);
  const r = rapprocher(c.corps, parmi(etat, noms));
  if (r.genre === 'heurt') return { etat, r };
  const lus = enTextes(r.champs);
  const trop = Object.entries(lus).find(([, v]) => v.length > 20_000);
  if (trop) throw invalide('Ce texte est trop long : 20 000 caractères au plus.');
  const changes = Object.fromEntries(Object.entries(lus).filter(([nom, v]) => v !== etat.champs[nom]));
  if (Object.keys(changes).length > 0) await saveBrouillons(c.db, c.contrat.id, o.acces, changes, c.maintenant);
  return { etat: { ...etat, champs: { ...etat.champs, ...lus } }, r };
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CLASSEUR_MAX = 10_000_000;
/** More than that is not read one by one. */
const DITES_MAX = 30;
/** Every cell that is refused or asked about, named; fields only when there is none. */
function remplirDepuis(v: Verification, lignes: readonly Ligne[], champ: string): { champs: Record<string, string>; erreurs: ErreurDeChamp[] } {
  const dites = [...v.refus, ...v.questions, ...v.etrangeres];
  const champs = champsProposes(lignes, v.valeurs);
  const erreurs = dites.map((d) => ({
    champ,
    message: d.cellule === '' ? d.message.charAt(0).toUpperCase() + d.message.slice(1) : `Case ${d.cellule} : ${d.message}`,
  }));
  if (erreurs.length === 0 && Object.keys(champs).length === 0) erreurs.push({ champ, message: 'Aucune réponse n’y est écrite.' });
  const reste = erreurs.length - DITES_MAX;
  return { champs, erreurs: reste > 0 ? [...erreurs.slice(0, DITES_MAX), { champ, message: `Et ${reste} autres cases.` }] : erreurs };
}

export function buildReponseRoutes(services: Pick<Services, 'coffre' | 'adresse' | 'domaineEntrant'>): Route[] {
  const ouvrir =
    (suite: (c: Contexte, o: AccesOuvert) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const o = await chargerAcces(c, services.coffre);
      return 'fin' in o ? pageFin(o.fin) : suite(c, o);
    };
  return [
    get(
      CHEMIN,
      qui.public,
      ouvrir((c, o) => montrer(c, o)),
      { parMinute: 120, secrete: true },
    ),
    post(
      CHEMIN,
      qui.public,
      ouvrir(async (c, o) => {
        await noterVue(c.db, c.contrat.id, o.acces.id, c.maintenant);
        const refuses = await deposer(c, o);
        const { etat, r } = await garder(c, o, nomsDe(o.lignes));
        if (r.genre === 'heurt')
          return page(conflictPage({}, { formulaire: formulaireDe(c, o), r, masques: { fiche: texte(c.corps.fiche), acte: texte(c.corps.acte) } }));
        if (refuses.length > 0) return montrer(c, o, { erreurs: refuses });
        const suite = texte(c.corps.fiche) ? `&fiche=${encodeURIComponent(texte(c.corps.fiche))}` : '';
        const retire = o.lignes.map((l) => champsDeFichier(l).depose).find((d) => texte(c.corps.acte) === `retirer-${d}`);
        if (retire) await oublierBrouillons(c.db, c.contrat.id, o.acces, [retire]);
        if (texte(c.corps.acte) !== 'envoyer') return redirige(`${iciDe(c)}?enregistre=oui${suite}`);
        const remis = await remettre(c, o, etat.champs, 'page');
        if (remis.erreurs.length > 0) return montrer(c, o, { erreurs: remis.erreurs });
        return redirige(`${iciDe(c)}?faites=${remis.envoyees}${remis.notes > 0 ? `&notees=${remis.notes}` : ''}${suite}`);
      }),
      { parMinute: 60, secrete: true, televersementMax: FICHIERS_MAX, beaucoupDeChamps: true },
    ),
    // One field, as it is typed: 200 kept, 409 somebody else filled it since.
    post(
      `${CHEMIN}/brouillon`,
      qui.public,
      ouvrir(async (c, o) => {
        const noms = nomsDe(o.lignes);
        const envoyes = new Set(Object.keys(c.corps).filter((nom) => noms.has(nom)));
        const { etat, r } = await garder(c, o, envoyes);
        if (r.genre === 'heurt')
          return json({ detail: `${etat.par || 'Quelqu’un d’autre'} vient de remplir ce champ : rechargez la page pour voir ce qui y est écrit.` }, 409);
        return json({ dit: `Gardé le ${jourEtHeure(c.maintenant)}. Rien n’est encore envoyé.` });
      }),
      { parMinute: 300, secrete: true, sansEffetPublic: true },
    ),
    // What was copied from a spreadsheet fills the page; nothing is sent.
    post(
      `${CHEMIN}/coller`,
      qui.public,
      ouvrir(async (c, o) => {
        const fiches = fichesDe(o.lignes, (m) => o.catalogue.mesures.get(m)?.fiche ?? '');
        const lignes = fiches.find((f) => f.fiche === texte(c.corps.fiche))?.lignes ?? o.lignes;
        const { champs, erreurs } = remplirDepuis(
          lireCollage(
            String(c.corps.collage ?? ''),
            lignes.filter((l) => l.genre === 'nombre'),
          ),
          o.lignes,
          'collage',
        );
        if (erreurs.length > 0) return montrer(c, o, { erreurs });
        await tenirLaReponse(c.db, c.contrat.id, o.acces);
        await saveBrouillons(c.db, c.contrat.id, o.acces, champs, c.maintenant);
        return redirige(`${iciDe(c)}?enregistre=oui${texte(c.corps.fiche) ? `&fiche=${encodeURIComponent(texte(c.corps.fiche))}` : ''}`);
      }),
      { parMinute: 30, secrete: true },
    ),
    get(
      `${CHEMIN}/classeur.xlsx`,
      qui.public,
      ouvrir(async (c, o) => {
        const institution = { id: o.acces.organisationId, nom: o.catalogue.nomActeur(o.acces.organisationId) };
        const { titre } = o.catalogue.contrat;
        c.noterLecture(`/collecte/campagnes/${o.campagne.id}`, { organisationId: o.acces.organisationId, titre: `lien de campagne ${o.acces.id}` });
        return fichier(await ecrireClasseur(o.lignes, { campagne: o.campagne, institution, contrat: { titre } }), {
          nom: `${o.campagne.titre}.xlsx`,
          type: XLSX,
        });
      }),
      { parMinute: 20, secrete: true },
    ),
    // The workbook that comes back fills the page, all of it or nothing; it is read again there before it is sent.
    post(
      `${CHEMIN}/classeur`,
      qui.public,
      ouvrir(async (c, o) => {
        const [recu] = c.fichiers.filter((f) => f.champ === 'classeur');
        if (!recu) return montrer(c, o, { erreurs: [{ champ: 'classeur', message: 'Choisissez le classeur que vous avez rempli.' }] });
        const lu = await lireClasseur({ chemin: recu.chemin, nom: recu.nom }, o.lignes, { campagne: o.campagne.id, institution: o.acces.organisationId });
        const { champs, erreurs } = remplirDepuis(lu, o.lignes, 'classeur');
        if (erreurs.length > 0) return montrer(c, o, { erreurs });
        await noterVue(c.db, c.contrat.id, o.acces.id, c.maintenant);
        await tenirLaReponse(c.db, c.contrat.id, o.acces);
        await saveBrouillons(c.db, c.contrat.id, o.acces, champs, c.maintenant);
        return redirige(`${iciDe(c)}?enregistre=oui`);
      }),
      { parMinute: 20, secrete: true, televersementMax: CLASSEUR_MAX },
    ),
    ...deleguerRoutes(services, ouvrir, montrer),
  ];
}
