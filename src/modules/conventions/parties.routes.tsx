/**
 * Who is party to an act, who signed for it, who left; what the party named says of a signature that another noted, and what is corrected of it.
 * GET 200, 403, 404; POST 303, 409 somebody did it meanwhile, 422 with what was typed, 403, 404.
 */
import { accesMetier, auTravail } from '../../core/authorize.ts';
import { conflit, interdit, introuvable, invalide } from '../../core/errors.ts';
import { type Contexte, get, post, type Reponse, type Route, texte, champsDe } from '../../core/http/http.ts';
import { code } from '../../core/trace/details.ts';
import { jour } from '../../ui/typographie.ts';
import { auteurDe, type Charge, charger, chargerPourEcrire } from './conventions.contexte.ts';
import { parlePourElle, peutConfirmer, peutRepondre } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { seSigne, sOuvre } from './conventions.rules.ts';
import {
  annulationDeSignatureSchema,
  buildCorrectionDeSignatureSchema,
  buildPartieSchema,
  buildRetraitSchema,
  buildSignatureSchema,
  contestationSchema,
} from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { acteurDe } from './colonnes.rules.ts';
import { ecran, exigerEnCours, lireOu, ou, pourLire, vers } from './formulaires.ts';
import { annoncerAuxParties, annoncerReponse, annoncerSignatures, type Outils, suivreLesRemplaces } from './lettres.ts';
import { direDit } from './mots.ts';
import { PartiePage } from './pages/PartiePage.tsx';
import { PartieFormPage } from './pages/PartiesPages.tsx';
import { dire, ecrire, joindre } from './paroles.ts';
import { getDerniersMots } from './paroles.queries.ts';
import { type Parole, SILENCE } from './paroles.rules.ts';

interface Chargee extends Charge {
  partie: q.Partie;
  /** Of the organisation named: says whether this signature is its own. */
  parElle: boolean;
  /** May say, for every place where the act holds, that it leaves it. */
  seRetire: boolean;
  /** The organisation of who reads. */
  moi: string;
}
const NOUVELLE = ecran('Ajouter une partie', PartieFormPage);
const UNE = ecran('Signature d’une partie', PartiePage);

async function chargerPartie(c: Contexte, verrou = false): Promise<Chargee> {
  const s = await charger(c, verrou);
  const partie = (await q.listParties(c.db, c.contrat.id, [s.acte.id])).find((p) => p.id === c.params.partieDActe);
  if (!partie || !auTravail(c.utilisateur)) throw introuvable('Cette partie');
  if (!peutRepondre(c.utilisateur, s.tenu, partie.organisationId, s.catalogue.contient))
    throw interdit('La signature d’une partie est notée par elle, ou par qui tient l’acte.');
  return {
    ...s,
    partie,
    parElle: peutConfirmer(c.utilisateur, s.tenu, partie.organisationId, s.catalogue.contient),
    seRetire: parlePourElle(c.utilisateur, s.tenu, 'retrait', partie.organisationId, s.catalogue.contient),
    moi: c.utilisateur?.organisationId ?? '',
  };
}
/** What was done, in the words of the letter that tells it; empty where nobody is told. */
interface Fait {
  quoi: 'signer' | 'retirer' | 'confirmer' | 'contester' | 'corriger' | 'annuler';
  dit: string;
  motif?: string;
}
/** Its organisation is in the directory of the contract: somebody may answer for it. */
const repondEncore = (s: Pick<Chargee, 'partie' | 'catalogue'>): boolean =>
  s.partie.organisationId !== null && s.catalogue.acteurs.has(s.partie.organisationId);
const ENTRE_TEMPS = 'Quelqu’un vient d’écrire sur cette partie : relisez, puis recommencez.';
type Refuser = ReturnType<typeof UNE.refuser>;
const estFait = (x: Fait | Reponse): x is Fait => 'quoi' in x;

async function signerOuRetirer(c: Contexte, o: Outils, s: Chargee, refuser: Refuser): Promise<Fait | Reponse> {
  exigerEnCours(s);
  const { partie } = s;
  const la = { ...ou(c, s), partie: partie.id, organisation: partie.organisationId };
  const retire = texte(c.corps.acte) === 'retirer';
  const depassee = !retire && (partie.signeeLe !== null || partie.retireeLe !== null);
  if (depassee) throw conflit('Cette signature est déjà notée, ou cette partie s’est retirée. Rechargez la page.');
  if (texte(c.corps.vu) !== String(partie.vu)) return refuser([{ champ: 'jour', message: ENTRE_TEMPS }]);
  if (retire) {
    const { valeur: v, erreurs } = lireOu(c, buildRetraitSchema(s.aujourdhui), ['jour']);
    if (!v) return refuser(erreurs);
    if (partie.signeeLe && !sOuvre(s.acte.nature))
      return refuser([{ champ: 'jour', message: 'Une partie qui a signé ne se retire que d’une charte. Pour finir cet acte, notez sa dénonciation.' }]);
    if (partie.signeeLe && v.jour < partie.signeeLe) return refuser([{ champ: 'jour', message: 'Elle se retirerait avant d’avoir signé : corrigez la date.' }]);
    if (partie.retireeLe) throw conflit('Cette partie s’est déjà retirée. Rechargez la page.');
    // One that left the contract answers no more: nobody waits for its word.
    const dit = { genre: 'retrait', objet: partie.id, de: repondEncore(s) ? (partie.organisationId ?? '') : '', jour: v.jour } as const;
    const { ids, compte } = await dire(c, o, s, [dit]);
    if (compte) {
      const suite = await ecrire(c, s, { id: ids[0] ?? '', de: dit.de, genre: 'retrait', objetId: partie.id, jour: v.jour, faitLe: null, texte: '' });
      const qui = partie.organisationId ? s.catalogue.nomActeur(partie.organisationId) : partie.nom;
      await annoncerAuxParties(
        c,
        o,
        s.catalogue,
        s.acte,
        `Retrait : ${s.acte.titre}`,
        `a noté : ${qui}, ${direDit(dit)}${suite ?? ''}`,
        partie.organisationId ?? '',
      );
    }
    return { quoi: 'retirer', dit: '' };
  }
  const { valeur: v, erreurs } = lireOu(c, buildSignatureSchema(s.aujourdhui), ['signataire', 'fonction', 'jour']);
  if (!v) return refuser(erreurs);
  if (!(await w.signer(c.db, la, v, s.parElle, auteurDe(c))))
    throw conflit('Cette signature est déjà notée, ou cette partie s’est retirée. Rechargez la page.');
  await joindre(c, o, s);
  return { quoi: 'signer', dit: `a noté une signature du ${jour(v.jour)}` };
}
/** Of a signature that is noted. What the form showed is what is answered: another wrote meanwhile, and nothing is done. */
async function repondre(c: Contexte, s: Chargee, refuser: Refuser): Promise<Fait | Reponse> {
  const { partie, parElle } = s;
  const { signeeLe, etat } = partie;
  const { signature } = partie.organisationId ? await getDerniersMots(c.db, ou(c, s), partie.organisationId) : { signature: SILENCE };
  const avant: Parole = { etat, refus: signature.refus };
  const acte = texte(c.corps.acte);
  if (signeeLe === null) throw conflit('Aucune signature n’est notée : quelqu’un vient de l’annuler. Rechargez la page.');
  if (texte(c.corps.vu) !== String(partie.vu))
    return refuser([
      {
        champ: acte === 'corriger' ? 'jour' : acte === 'confirmer' ? '' : 'motif',
        message: 'Quelqu’un vient d’écrire sur cette signature : relisez-la, puis recommencez.',
      },
    ]);
  const la = { ...ou(c, s), partie: partie.id };
  const du = `signature du ${jour(signeeLe)}`;
  if (acte === 'corriger') {
    const { valeur: v, erreurs } = lireOu(c, buildCorrectionDeSignatureSchema(s.aujourdhui, partie.retireeLe), ['jour', 'signataire', 'fonction', 'motif']);
    if (!v) return refuser(erreurs);
    const nomCorrige = v.signataire !== partie.signataire || v.fonction !== partie.fonction;
    if (v.jour === signeeLe && !nomCorrige) return refuser([{ champ: 'jour', message: 'Rien ne change : corrigez la date, le nom ou la fonction.' }]);
    await w.corriger(c.db, la, { ...v, avant, nomCorrige, parElle }, auteurDe(c));
    return { quoi: 'corriger', dit: v.jour === signeeLe ? `a corrigé la ${du}` : `a corrigé la ${du}, dite du ${jour(v.jour)}`, motif: v.motif };
  }
  if (acte === 'annuler') {
    const { valeur: v, erreurs } = lireOu(c, annulationDeSignatureSchema, ['motif']);
    if (!v) return refuser(erreurs);
    await w.annuler(c.db, la, { ...v, avant, parElle }, auteurDe(c));
    return { quoi: 'annuler', dit: `a annulé la ${du}`, motif: v.motif };
  }
  if (!parElle) throw interdit('Une signature est confirmée ou contestée par l’organisation nommée, et par elle seule.');
  if (etat === 'confirmee') throw conflit('Cette signature est déjà confirmée. Pour la changer, corrigez-la ou annulez-la.');
  if (acte === 'confirmer') {
    await w.repondre(c.db, la, { acte: 'confirmee', avant, signeeLe, motif: '' }, auteurDe(c));
    return { quoi: 'confirmer', dit: '' };
  }
  if (etat === 'contestee' && signature.refus !== null && partie.acte === 'contestee') throw conflit('Cette signature est déjà contestée. Rechargez la page.');
  const { valeur: v, erreurs } = lireOu(c, contestationSchema, ['motif']);
  if (!v) return refuser(erreurs);
  await w.repondre(c.db, la, { acte: 'contestee', avant, signeeLe, motif: v.motif }, auteurDe(c));
  return { quoi: 'contester', dit: `conteste la ${du}`, motif: v.motif };
}
const REPONSES = ['confirmer', 'contester', 'corriger', 'annuler'];

export const buildPartiesRoutes = (o: Outils): Route[] => [
  get('/conventions/:convention/parties/nouvelle', accesMetier, async (c) => NOUVELLE.montrer(c, await pourLire(c))),
  post(
    '/conventions/:convention/parties/nouvelle',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c);
      exigerEnCours(s);
      if (!seSigne(s.acte.nature)) throw invalide('Un arrêté n’a pas de signataires : il a une autorité, qui est celle qui le tient.');
      const { valeur: v, erreurs } = lireOu(c, buildPartieSchema(s.aujourdhui), ['organisation', 'nom', 'signataire', 'fonction', 'signee_le']);
      const refuser = NOUVELLE.refuser(c, s);
      if (!v) return refuser(erreurs);
      if (v.organisation && !s.catalogue.acteurs.has(v.organisation))
        return refuser([
          {
            champ: 'organisation',
            message: 'Cette organisation n’est pas, ou n’est plus, dans l’annuaire du contrat : choisissez-en une autre, ou écrivez son nom.',
          },
        ]);
      // Nobody answers for a name that is in no directory: an organisation that is there is named by it.
      const connue = v.nom ? acteurDe(s.catalogue, v.nom) : null;
      if (connue)
        return refuser([{ champ: 'organisation', message: `${s.catalogue.nomActeur(connue)} est dans l’annuaire du contrat : choisissez-la dans la liste.` }]);
      const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
      const parElle = peutConfirmer(c.utilisateur, s.tenu, v.organisation || null, s.catalogue.contient);
      const id = await w.addPartie(c.db, ou(c, s), { ...v, parElle }, auteurDe(c));
      if (id === null)
        return refuser([{ champ: v.organisation ? 'organisation' : 'nom', message: 'Elle est déjà partie à cet acte : notez plutôt sa signature.' }]);
      await joindre(c, o, s);
      await suivre(s.acte);
      if (v.signee_le && v.organisation && !parElle)
        await annoncerSignatures(c, o, s.catalogue, [
          { acte: s.acte, organisationId: v.organisation, dit: `a noté une signature du ${jour(v.signee_le)}`, partie: id },
        ]);
      await c.auditer('convention.partie', `/conventions/${s.acte.id}`, { partie: code(id), signee: v.signee_le !== null }, { apres: v });
      return vers(s, 'parties');
    },
    { creation: true },
  ),
  get('/conventions/:convention/parties/:partieDActe', accesMetier, async (c) => UNE.montrer(c, await chargerPartie(c))),
  post('/conventions/:convention/parties/:partieDActe', accesMetier, async (c) => {
    const s = await chargerPartie(c, true);
    const { partie, parElle } = s;
    const acte = texte(c.corps.acte);
    const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
    const fait = await (REPONSES.includes(acte) ? repondre(c, s, UNE.refuser(c, s)) : signerOuRetirer(c, o, s, UNE.refuser(c, s)));
    if (!estFait(fait)) return fait;
    await suivre(s.acte);
    const { quoi, dit, motif = '' } = fait;
    if (parElle && (quoi === 'contester' || quoi === 'corriger' || quoi === 'annuler'))
      await annoncerReponse(c, o, s.catalogue, { acte: s.acte, partie: partie.id, quoi, dit, motif });
    if (dit && !parElle && partie.organisationId)
      await annoncerSignatures(c, o, s.catalogue, [
        { acte: s.acte, organisationId: partie.organisationId, dit: motif ? `${dit} (« ${motif} »)` : dit, partie: partie.id, annulee: quoi === 'annuler' },
      ]);
    const trace = quoi === 'retirer' ? 'convention.retrait' : 'convention.signee';
    await c.auditer(trace, `/conventions/${s.acte.id}`, { partie: code(partie.id), quoi }, { apres: champsDe(c) });
    return vers(s, 'parties');
  }),
];
