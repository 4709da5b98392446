/** A campaign answered by letter: the workbook read and verified, recorded whole or not at all, and its sender told which. */
import { couper } from '../../../core/couper.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { lireEtiquette } from '../../../core/courrier/etiquette.ts';
import type { LettreRecue, OutilsDeReception, Reception, Suite } from '../../../core/courrier/traitement.ts';
import type { Db } from '../../../core/base/database.ts';
import { ErreurConcorde } from '../../../core/errors.ts';
import type { Auditer } from '../../../core/trace/audit.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { type Acces, getAcces } from '../campagnes/campagnes.queries.ts';
import { lireClasseur } from '../classeur/lire.ts';
import type { DitDeCellule, Verification } from '../classeur/rapprocher.rules.ts';
import { type AccesOuvert, ouvrirAcces } from '../reponse/acces.tsx';
import { cheminDeReponse, FINS } from '../reponse/lien.rules.ts';
import { remettre } from '../reponse/remettre.ts';
import { champsDeMesure, champsEnVigueur, champsProposes } from '../reponse/reponse.rules.ts';
import { adresseDeReponse, BOITE, estSienne } from './adresse.rules.ts';
import { choisirPiece } from './piece.rules.ts';

/** Cells named in one answer. */
const DITES_MAX = 60;
const SOURCE = 'Classeur renvoyé par courriel';

/** Answers, and says what became of the letter. */
type Repondre = (tx: Db, texte: readonly string[]) => Promise<void>;

/** Whom an address was signed for; null when nobody: to whoever does not have a right one, nothing is said, not even that others are right. */
async function accesDe(o: Pick<OutilsDeReception, 'db' | 'contrat' | 'coffre'>, etiquette: string): Promise<Acces | null> {
  const lue = lireEtiquette(etiquette);
  const acces = lue && (await getAcces(o.db, o.contrat.id, lue.id));
  return lue && acces && estSienne(o.coffre, acces, lue) ? acces : null;
}

async function recevoir(o: OutilsDeReception, l: LettreRecue): Promise<Suite> {
  const acces = await accesDe(o, l.etiquette);
  if (!acces) return async () => 'adresse qui ne désigne personne';
  const repondre = repondeur(o, l, acces);
  const dire =
    (issue: string, ...texte: string[]): Suite =>
    async ({ tx }) => {
      await repondre(tx, texte);
      return issue;
    };
  const ouvert = await ouvrirAcces({ db: o.db, contrat: o.contrat, maintenant: o.maintenant }, acces);
  if ('fin' in ouvert) return dire('lien fini', FINS[ouvert.fin], 'Rien n’a été enregistré.');
  // Its author is who its address was signed for: `From` is what the sender likes to say, it may refuse a letter and never sign one.
  if (!estDuTitulaire(l, acces))
    return dire(
      'expéditeur inconnu',
      `Ce classeur est demandé à ${ouvert.catalogue.nomActeur(acces.organisationId)}. Il a été envoyé depuis une autre adresse que celle de la personne à qui il est demandé.`,
      'Rien n’a été enregistré. Faites-le renvoyer par la personne à qui il a été demandé : elle peut aussi vous confier des chiffres depuis sa page. Si votre compte répond de ces chiffres, donnez-les une fois connecté, dans « Chiffres à fournir ».',
    );
  const choix = choisirPiece(l);
  if ('dire' in choix) return dire('sans classeur', choix.dire, 'Rien n’a été enregistré.');
  const { piece } = choix;
  const v = await lireClasseur({ contenu: piece.contenu, nom: piece.nom }, ouvert.lignes, { campagne: ouvert.campagne.id, institution: acces.organisationId });
  const fautes = direFautes(v);
  if (fautes.length > 0) return dire('à corriger', `« ${piece.nom} » a été lu, et rien n’a été enregistré : corrigez ces cases, puis renvoyez-le.`, ...fautes);
  return async ({ tx, auditer }) => enregistrer(o, { tx, auditer }, { ouvert, v, nom: piece.nom, repondre });
}

const estDuTitulaire = (l: LettreRecue, acces: Acces): boolean => l.de === acces.courriel.toLowerCase();

const repondeur =
  (o: OutilsDeReception, l: LettreRecue, acces: Acces): Repondre =>
  async (tx, texte) => {
    const sien = estDuTitulaire(l, acces);
    // The page opens to whoever has its link: it is told to nobody else.
    const page = sien ? [`Votre page : ${o.adresse}${cheminDeReponse(o.coffre, acces)}`] : [];
    await ajouterCourriel(
      tx,
      o.contrat.id,
      {
        a: l.de,
        sujet: `Re : ${couper(l.sujet.replace(/^((re|rép|tr|fwd?)\s*:\s*)+/i, ''), 200) || 'votre classeur'}`,
        texte: ['Bonjour,', ...texte, ...page].join('\n\n'),
        objet: `/collecte/campagnes/${acces.campagneId}`,
        ...(sien ? { repondreA: adresseDeReponse(o.coffre, acces, o.domaine) } : {}),
      },
      o.coffre,
    );
  };

function direFautes(v: Verification): string[] {
  const liste = (titre: string, dits: readonly DitDeCellule[]): string[] =>
    dits.length === 0
      ? []
      : [
          [
            titre,
            ...dits.slice(0, DITES_MAX).map((d) => `- ${d.cellule === '' ? '' : `${d.cellule} : `}${d.message}`),
            ...(dits.length > DITES_MAX ? [`- et ${dits.length - DITES_MAX} autres.`] : []),
          ].join('\n'),
        ];
  return [...liste('Refusé :', v.refus), ...liste('À préciser :', v.questions), ...liste('Hors de ce qui est demandé :', v.etrangeres)];
}

interface Lu {
  ouvert: AccesOuvert;
  v: Verification;
  nom: string;
  repondre: Repondre;
}
async function enregistrer(o: OutilsDeReception, { tx, auditer }: { tx: Db; auditer: Auditer }, { ouvert, v, nom, repondre }: Lu): Promise<string> {
  const champs = { ...champsEnVigueur(ouvert.lignes), ...champsProposes(ouvert.lignes, v.valeurs) };
  for (const l of ouvert.lignes) champs[champsDeMesure(l.mesureId).source] ||= SOURCE;
  const { auteur } = ouvert;
  const par: Auditer = (action, objet, details, contenu = {}) =>
    auditer(action, objet, details, { ...contenu, ...(auteur.id ? { auteur: { id: auteur.id, organisationId: auteur.organisationId } } : {}) });
  const c = { db: tx, contrat: o.contrat, maintenant: o.maintenant, auditer: par };
  const r = await remettre(c, ouvert, champs, 'courriel').catch((e: unknown) => {
    // Refused before anything was written: a locked year, a link that was closed while the workbook was read.
    if (e instanceof ErreurConcorde && e.statut < 500) return { envoyees: 0, restent: 0, erreurs: [{ champ: '', message: e.message }] };
    throw e;
  });
  if (r.erreurs.length > 0) {
    await repondre(tx, [`« ${nom} » a été lu, et rien n’a été enregistré :`, r.erreurs.map((e) => `- ${e.message}`).join('\n')]);
    return 'à corriger';
  }
  const formules = v.formules.map((f) => `- ${f.cellule} : ${f.message}`);
  await repondre(tx, [
    r.envoyees > 0
      ? `« ${nom} » a été vérifié case par case : ${pluriel(r.envoyees, 'réponse enregistrée', 'réponses enregistrées')}.`
      : `« ${nom} » ne dit rien de nouveau : tout ce qu’il porte est déjà enregistré.`,
    ...(formules.length > 0 ? [formules.join('\n')] : []),
    ...(r.restent > 0 ? [`${pluriel(r.restent, 'ligne reste', 'lignes restent')} sans réponse.`] : []),
  ]);
  return r.envoyees > 0 ? 'enregistrée' : 'rien de nouveau';
}

export const receptionCollecte: Reception = {
  boite: BOITE,
  connait: async (o, etiquette) => (await accesDe(o, etiquette)) !== null,
  recevoir,
};
