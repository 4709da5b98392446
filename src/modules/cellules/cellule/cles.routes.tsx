/** The charter signed, the pair of keys made with it, the cell opened by a phrase, its key passed on, cut into parts, found again. */
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { cheminDe, exigerOuverte, type Outils, siegent, signataires, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules, accesMembres } from '../cellules.policy.ts';
import { controleDe, empreinteCourte, oublier, partager, reunir } from '../cles/cles.ts';
import { garderTexte } from '../charte/chartes.queries.ts';
import { reprendreAuxPartis } from '../cles/rotation.ts';
import { ChartePage } from '../pages/ChartePage.tsx';
import { OuvrirPage, PartsPage, RetrouverPage } from '../pages/ClesPages.tsx';
import { FIL, travail } from './cellule.routes.tsx';
import { addSignature, type Membre, reprendrePaire, setBoites, setParts } from './cellule.queries.ts';
import { boitePour, changer, comparer, donnerPaire, ouvrir, ouvrirAncienne, type Preuve, remettreEtDire, retenir } from './ouvrir.ts';
import { brut, lireSecretDeCle } from './prf.schema.ts';
import { partsSchema, phraseSchema } from './cellule.schema.ts';

/** The browser's own dialogue of passkeys, and what it derives. */
const SCRIPTS = ['cle-de-cellule.js'];
/** Guesses of a phrase, for one address. */
const ESSAIS = 30;
/** What carries a phrase or a name leaves no digest of the form behind. */
export const SANS_TRACE = { anonyme: true, parMinute: ESSAIS } as const;

export const filDe = (v: Vue) => [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }];
const statut = (erreurs: readonly ErreurDeChamp[]): number => (erreurs.length > 0 ? 422 : 200);

function monSiege(v: Vue): Membre {
  if (!v.moi) throw interdit('Seuls les membres de la cellule font cela.');
  return v.moi;
}
/** The seat and the charter as it stands: the key alone is missing. */
export function signataire(v: Vue): Membre {
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
    page({ ...travail, titre: 'Ouvrir la cellule', fil: filDe(v), scripts: SCRIPTS, statut: statut(erreurs), corps: <OuvrirPage vue={v} erreurs={erreurs} /> });
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
        const cochee = (champ: string, message: string): ErreurDeChamp[] => (texte(c.corps[champ]) === 'oui' ? [] : [{ champ, message }]);
        // The text that they sign cites this one, by its digest: they say that they read it.
        const fautes: ErreurDeChamp[] = [
          ...(v.reglement ? cochee('reglement', 'Cochez la case une fois le règlement lu : la charte que vous signez le cite.') : []),
          ...cochee('lu', 'Cochez la case : on signe ce que l’on a lu.'),
        ];
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
          ...(v.reglement ? { reglement: code(v.reglement.empreinte) } : {}),
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
        const prf = lireSecretDeCle(brut(c, 'prf'));
        const preuve: Preuve = prf ? { prf } : { phrase: brut(c, 'phrase') };
        const reprise = moi.boite || 'prf' in preuve ? null : await ouvrirAncienne(moi, preuve.phrase);
        if (!reprise && (!moi.enfermee || !moi.publique || !moi.boite)) throw interdit('Un membre qui a la clé doit d’abord vous la passer.');
        const ouverte = reprise ?? (await ouvrir(moi, preuve));
        const refuser = async (message: string): Promise<Reponse> => {
          await c.auditer('cellule.phrase_refusee', cheminDe(v.cellule.id), { membre: code(moi.id) });
          return pageOuvrir(v, [{ champ: 'phrase', message }]);
        };
        // A key that is not the one by which the cell was known: a box that somebody else made.
        if (!ouverte || !v.cellule.controle?.equals(await controleDe(ouverte.cle)))
          return refuser(
            prf ? 'Cette clé d’accès n’ouvre pas votre clé. Ouvrez avec votre phrase.' : 'Cette phrase n’ouvre pas votre clé. Vérifiez-la, mot à mot.',
          );
        const compare = comparer(ouverte.connue, { epoque: v.cellule.epoque, controle: v.cellule.controle });
        if (compare === 'faite') return refuser('La clé de la cellule n’est pas celle que vous aviez ouverte. N’entrez rien, et prévenez les autres membres.');
        if (reprise && moi.anciennePublique) {
          await reprendrePaire(c.db, c.contrat.id, moi.id);
          await setBoites(c.db, c.contrat.id, [await boitePour(ouverte.cle, { id: moi.id, publique: moi.anciennePublique })], v.cellule.epoque);
        }
        const partis = await reprendreAuxPartis(c.db, c.contrat.id, v.cellule.id, v.aujourdhui);
        const changee = v.cellule.rotationDueLe !== null || partis;
        const { cle, epoque } = changee ? await changer(c, o, v, ouverte.cle) : { cle: ouverte.cle, epoque: v.cellule.epoque };
        if (changee || compare === 'autre' || !ouverte.connue) await retenir(c, moi.id, ouverte.privee, preuve, { epoque, controle: await controleDe(cle) });
        oublier(ouverte.privee);
        await remettreEtDire(c, v);
        await c.auditer('cellule.ouverte', cheminDe(v.cellule.id), {
          membre: code(moi.id),
          ...(prf ? { moyen: 'cle' as const } : {}),
          ...(changee ? { cle_changee: epoque } : {}),
        });
        // Kept once the change is: another key than the base's would close what nobody can open.
        c.apres(() => o.memoire.garder(session.id, v.cellule.id, { cle, epoque, membreId: moi.id }, c.maintenant));
        return redirige(`${cheminDe(v.cellule.id)}${compare === 'autre' ? '?fait=autre-cle' : ''}`);
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
