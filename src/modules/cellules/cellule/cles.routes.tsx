/** The charter signed, the pair of keys made with it, the cell opened by a phrase, its key passed on, cut into parts, found again. */
import { code, codes } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { cheminDe, exigerOuverte, type Outils, siegent, signataires, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules, accesMembres } from '../cellules.policy.ts';
import {
  type CleDeCellule,
  CleRefusee,
  controleDe,
  creerCle,
  creerPaire,
  desceller,
  empreinteCourte,
  enfermer,
  oublier,
  ouvrirPrivee,
  partager,
  reunir,
  sceauDe,
  sceller,
} from '../cles/cles.ts';
import { garderTexte } from '../charte/chartes.queries.ts';
import { changerCle, reprendreAuxPartis } from '../cles/rotation.ts';
import { ChartePage } from '../pages/ChartePage.tsx';
import { OuvrirPage, PartsPage, RetrouverPage } from '../pages/ClesPages.tsx';
import { FIL, travail } from './cellule.routes.tsx';
import { addSignature, countSituations, type Membre, remettre, reprendrePaire, setBoites, setCle, setPaire, setParts } from './cellule.queries.ts';
import { partsSchema, phraseSchema } from './cellule.schema.ts';

/** Guesses of a phrase, for one address. */
const ESSAIS = 30;
/** What carries a phrase or a name leaves no digest of the form behind. */
const SANS_TRACE = { anonyme: true, parMinute: ESSAIS } as const;

const filDe = (v: Vue) => [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }];
const statut = (erreurs: readonly ErreurDeChamp[]): number => (erreurs.length > 0 ? 422 : 200);

function monSiege(v: Vue): Membre {
  if (!v.moi) throw interdit('Seuls les membres de la cellule font cela.');
  return v.moi;
}
/** The seat and the charter as it stands: the key alone is missing. */
function signataire(v: Vue): Membre {
  const moi = monSiege(v);
  if (!v.signee) throw interdit('Signez d’abord la charte en vigueur : ouvrez la page de la cellule.');
  return moi;
}

export function buildClesRoutes(o: Outils): Route[] {
  const pageDeCharte = (v: Vue, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: o.charte.titre,
      fil: filDe(v),
      statut: statut(erreurs),
      corps: <ChartePage vue={v} charte={o.charte} signer={v.moi !== null && !v.signee} phrase={v.moi?.enfermee === null} erreurs={erreurs} />,
    });
  const pageOuvrir = (v: Vue, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({ ...travail, titre: 'Ouvrir la cellule', fil: filDe(v), statut: statut(erreurs), corps: <OuvrirPage vue={v} erreurs={erreurs} /> });
  const pageRetrouver = (v: Vue, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({ ...travail, titre: 'Retrouver la clé', fil: filDe(v), statut: statut(erreurs), corps: <RetrouverPage vue={v} erreurs={erreurs} /> });

  return [
    /** 200 the text that is or would be signed; 303 to prove who signs; 404. */
    get('/cellules/:cellule/charte', accesCellules, async (c) => {
      const v = await voirCellule(c, o);
      return (v.moi && !v.signee && exigerConfirmation(c, `${cheminDe(v.cellule.id)}/charte`)) || pageDeCharte(v);
    }),
    /** 303 signed, with a pair of keys the first time, and the cell's key for the first of all; 422 phrase; 409 the text changed meanwhile. */
    post(
      '/cellules/:cellule/signer',
      accesMembres,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const moi = monSiege(v);
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/charte`);
        if (confirmation) return confirmation;
        if (texte(c.corps.empreinte) !== v.empreinte) throw conflit('La charte a changé pendant que vous la lisiez. Relisez-la, puis signez.');
        const fautes: ErreurDeChamp[] = texte(c.corps.lu) === 'oui' ? [] : [{ champ: 'lu', message: 'Cochez la case : on signe ce que l’on a lu.' }];
        if (!moi.enfermee) {
          const lu = lire(phraseSchema, { phrase: brut(c, 'phrase'), encore: brut(c, 'encore') });
          if (!lu.ok) fautes.push(...lu.erreurs);
          if (!lu.ok || fautes.length > 0) return pageDeCharte(v, fautes);
          await donnerPaire(c, v, moi, lu.valeur.phrase);
        } else if (fautes.length > 0) return pageDeCharte(v, fautes);
        await garderTexte(c.db, c.contrat.id, { celluleId: v.cellule.id, empreinte: v.empreinte, version: o.charte.version, texte: v.texte }, c.maintenant);
        await addSignature(c.db, c.contrat.id, moi, { version: o.charte.version, empreinte: v.empreinte }, c.maintenant);
        await c.auditer('cellule.signature', cheminDe(v.cellule.id), {
          membre: code(moi.id),
          institution: code(moi.organisationId),
          version: code(o.charte.version),
          texte: code(v.empreinte),
        });
        return redirige(`${cheminDe(v.cellule.id)}?fait=signature`);
      },
      SANS_TRACE,
    ),
    /** 200 asks for the phrase; 303 to prove who asks. */
    get('/cellules/:cellule/ouvrir', accesMembres, async (c) => {
      const v = await voirCellule(c, o);
      signataire(v);
      return exigerConfirmation(c, `${cheminDe(v.cellule.id)}/ouvrir`) ?? pageOuvrir(v);
    }),
    /** 303 open for this session; the key is changed first when somebody left with it; 422 another phrase; 403 not admitted yet. */
    post(
      '/cellules/:cellule/ouvrir',
      accesMembres,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const moi = signataire(v);
        const session = c.utilisateur?.session;
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/ouvrir`);
        if (confirmation || !session) return confirmation ?? redirige(cheminDe(v.cellule.id));
        const phrase = brut(c, 'phrase');
        const reprise = moi.boite ? null : await ouvrirAncienne(moi, phrase);
        if (!reprise && (!moi.enfermee || !moi.publique || !moi.boite)) throw interdit('Un membre qui a la clé doit d’abord vous la passer.');
        const ouverte = reprise ?? (await ouvrir(moi.enfermee, moi.publique, moi.boite, phrase));
        // A key that is not the one by which the cell was known: a box that somebody else made.
        if (!ouverte || !v.cellule.controle?.equals(await controleDe(ouverte))) {
          await c.auditer('cellule.phrase_refusee', cheminDe(v.cellule.id), { membre: code(moi.id) });
          return pageOuvrir(v, [{ champ: 'phrase', message: 'Cette phrase n’ouvre pas votre clé. Vérifiez-la, mot à mot.' }]);
        }
        if (reprise && moi.anciennePublique) {
          await reprendrePaire(c.db, c.contrat.id, moi.id);
          await setBoites(c.db, c.contrat.id, [await boitePour(ouverte, { id: moi.id, publique: moi.anciennePublique })], v.cellule.epoque);
        }
        const partis = await reprendreAuxPartis(c.db, c.contrat.id, v.cellule.id, v.aujourdhui);
        const changee = v.cellule.rotationDueLe !== null || partis;
        const { cle, epoque } = changee ? await changer(c, o, v, ouverte) : { cle: ouverte, epoque: v.cellule.epoque };
        await remettreEtDire(c, v);
        await c.auditer('cellule.ouverte', cheminDe(v.cellule.id), { membre: code(moi.id), ...(changee ? { cle_changee: epoque } : {}) });
        // Kept once the change is: another key than the base's would close what nobody can open.
        c.apres(() => o.memoire.garder(session.id, v.cellule.id, { cle, epoque, membreId: moi.id }, c.maintenant));
        return redirige(cheminDe(v.cellule.id));
      },
      SANS_TRACE,
    ),
    /** 303 closed for this session. */
    post('/cellules/:cellule/fermer', accesMembres, async (c) => {
      const v = await voirCellule(c, o);
      const moi = monSiege(v);
      if (c.utilisateur?.session) o.memoire.fermer(c.utilisateur.session.id, v.cellule.id);
      await c.auditer('cellule.fermee', cheminDe(v.cellule.id), { membre: code(moi.id) });
      return redirige(cheminDe(v.cellule.id));
    }),
    /** 303 the key is sealed for that signatory; 409 not signed, or admitted already; 403 the cell is not open here. */
    post('/cellules/:cellule/admettre/:affilie', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o, true);
      const autre = siegent(v).find((m) => m.id === c.params.affilie);
      if (!autre) throw introuvable('Ce membre');
      const signe = signataires(v).includes(autre);
      if (!autre.publique || !signe) throw conflit('Cette personne n’a pas signé la charte en vigueur.');
      if (autre.boiteEpoque === v.cellule.epoque) throw conflit('Cette personne a déjà la clé.');
      if (texte(c.corps.empreinte) !== (await empreinteCourte(autre.publique)))
        throw conflit('La clé de cette personne n’est plus celle que la page montrait. Rechargez la page et comparez de nouveau, de vive voix.');
      await setBoites(c.db, c.contrat.id, [await boitePour(v.cle, { id: autre.id, publique: autre.publique })], v.cellule.epoque);
      await c.auditer('cellule.admission', cheminDe(v.cellule.id), { membre: code(autre.id), par: code(v.moi.id) });
      return redirige(`${cheminDe(v.cellule.id)}?fait=admission`);
    }),
    /** 200 three parts, shown this once; 403 the cell is not open here. */
    post(
      '/cellules/:cellule/parts',
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o, true);
        const confirmation = exigerConfirmation(c, cheminDe(v.cellule.id));
        if (confirmation) return confirmation;
        const parts = await partager(v.cle);
        await setParts(c.db, c.contrat.id, v.cellule.id, v.cellule.epoque);
        await c.auditer('cellule.parts', cheminDe(v.cellule.id), { par: code(v.moi.id), cle: v.cellule.epoque });
        return page({
          ...travail,
          titre: 'Parts de la clé',
          fil: filDe(v),
          corps: <PartsPage vue={v} parts={parts.map((p) => Buffer.from(p).toString('hex'))} />,
        });
      },
      { anonyme: true },
    ),
    /** 303 another key from now on, nobody leaving: parts that were lost, or a doubt; 403 the cell is not open here. */
    post('/cellules/:cellule/changer-cle', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o, true);
      const confirmation = exigerConfirmation(c, cheminDe(v.cellule.id));
      const session = c.utilisateur?.session;
      if (confirmation || !session) return confirmation ?? redirige(cheminDe(v.cellule.id));
      const { cle, epoque } = await changer(c, o, v, v.cle);
      c.apres(() => o.memoire.garder(session.id, v.cellule.id, { cle, epoque, membreId: v.moi.id }, c.maintenant));
      return redirige(`${cheminDe(v.cellule.id)}?fait=cle`);
    }),
    get('/cellules/:cellule/retrouver', accesMembres, async (c) => {
      const v = await voirCellule(c, o);
      signataire(v);
      return exigerConfirmation(c, `${cheminDe(v.cellule.id)}/retrouver`) ?? pageRetrouver(v);
    }),
    /** 303 two custodians gave the key back to this signatory; 422 parts of another key. */
    post(
      '/cellules/:cellule/retrouver',
      accesMembres,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const moi = signataire(v);
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/retrouver`);
        if (confirmation) return confirmation;
        const lu = lire(partsSchema, { part1: texte(c.corps.part1), part2: texte(c.corps.part2) });
        if (!lu.ok) return pageRetrouver(v, lu.erreurs);
        const cle = await reunir([lu.valeur.part1, lu.valeur.part2].map((p) => Buffer.from(p, 'hex'))).catch(() => null);
        const juste = cle && v.cellule.controle && (await controleDe(cle)).equals(v.cellule.controle);
        if (!cle || !juste || !moi.publique)
          return pageRetrouver(v, [
            { champ: 'part1', message: 'Ces deux parts ne donnent pas la clé de cette cellule. Vérifiez-les, ou prenez la troisième.' },
          ]);
        await setBoites(c.db, c.contrat.id, [await boitePour(cle, { id: moi.id, publique: moi.publique })], v.cellule.epoque);
        await remettreEtDire(c, v);
        oublier(cle);
        await c.auditer('cellule.retrouvee', cheminDe(v.cellule.id), { membre: code(moi.id) });
        return redirige(`${cheminDe(v.cellule.id)}?fait=retrouvee`);
      },
      SANS_TRACE,
    ),
    /** 303 a new pair under a new phrase: the cell's key has to be passed again; 422. */
    post(
      '/cellules/:cellule/phrase-perdue',
      accesMembres,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const moi = signataire(v);
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/ouvrir`);
        if (confirmation) return confirmation;
        const lu = lire(phraseSchema, { phrase: brut(c, 'phrase'), encore: brut(c, 'encore') });
        if (!lu.ok) return pageRetrouver(v, lu.erreurs);
        await donnerPaire(c, v, moi, lu.valeur.phrase);
        if (c.utilisateur?.session) o.memoire.fermer(c.utilisateur.session.id, v.cellule.id);
        await c.auditer('cellule.signature', cheminDe(v.cellule.id), { membre: code(moi.id), nouvelle_paire: true });
        return redirige(`${cheminDe(v.cellule.id)}?fait=phrase`);
      },
      SANS_TRACE,
    ),
  ];
}

/** A phrase is taken as typed: spaces at its ends are dropped where it is derived, the same way each time. */
const brut = (c: Contexte, champ: string): string => (typeof c.corps[champ] === 'string' ? c.corps[champ] : '');

/** The cell's key sealed for a member, and the seal by which their public key is known. */
async function boitePour(cle: CleDeCellule, m: { id: string; publique: Buffer }) {
  return { membreId: m.id, boite: await sceller(cle, m.publique), sceau: await sceauDe(cle, m.id, m.publique) };
}
async function changer(c: Contexte, o: Outils, v: Vue, ancienne: CleDeCellule): Promise<{ cle: CleDeCellule; epoque: number }> {
  const { laissees, ecartes, ...neuve } = await changerCle(c.db, c.contrat.id, o.trousseau, v.cellule, ancienne, c.maintenant);
  await c.auditer('cellule.cle', cheminDe(v.cellule.id), { cle: neuve.epoque, laissees, ecartes: codes([...ecartes]) });
  return neuve;
}
/** Nobody active was named for them: who now is, and that nobody chose it, is in the trail. */
async function remettreEtDire(c: Contexte, v: Vue): Promise<void> {
  for (const r of await remettre(c.db, c.contrat.id, v.cellule.id, v.aujourdhui, c.maintenant))
    await c.auditer('situation.habilitee', `${cheminDe(v.cellule.id)}/situations/${r.situationId}`, { membre: code(r.membreId), d_office: true });
}
/** Under the phrase that was said lost, as long as no key was passed since. */
const ouvrirAncienne = (m: Membre, phrase: string): Promise<CleDeCellule | null> | null =>
  ouvrir(m.ancienneEnfermee, m.anciennePublique, m.ancienneBoite, phrase);

async function ouvrir(enfermee: Buffer | null, publique: Buffer | null, boite: Buffer | null, phrase: string): Promise<CleDeCellule | null> {
  if (!enfermee || !publique || !boite) return null;
  try {
    const privee = await ouvrirPrivee(enfermee, phrase.slice(0, 500));
    try {
      return await desceller(boite, { publique, privee });
    } finally {
      oublier(privee);
    }
  } catch (e) {
    if (e instanceof CleRefusee) return null;
    throw e;
  }
}

/** The member's pair; and a key for the cell with the very first one, or when the key was lost with nothing under it. */
async function donnerPaire(c: Contexte, v: Vue, moi: Membre, phrase: string): Promise<void> {
  const paire = await creerPaire();
  await setPaire(c.db, c.contrat.id, moi.id, { publique: paire.publique, enfermee: await enfermer(paire.privee, phrase) });
  oublier(paire.privee);
  // Somebody else holds the key and may pass it on; or custodians do, and what it closes waits for them.
  const perdue = !v.membres.some((m) => m.id !== moi.id && (m.boite ?? m.ancienneBoite) !== null);
  if (v.cellule.epoque > 0 && !(perdue && (await countSituations(c.db, c.contrat.id, v.cellule.id)) === 0)) return;
  const cle = await creerCle();
  const epoque = v.cellule.epoque + 1;
  await setCle(c.db, c.contrat.id, v.cellule.id, { epoque, controle: await controleDe(cle) });
  await setBoites(c.db, c.contrat.id, [await boitePour(cle, { id: moi.id, publique: Buffer.from(paire.publique) })], epoque);
  oublier(cle);
}
