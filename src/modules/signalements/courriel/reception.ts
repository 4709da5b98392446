/**
 * Reports by letter. To the address of a circuit, a letter is a report; to the thread of one, it is a word more of who reported. Each has one
 * outcome, which its sender is told. What a program wrote was set aside before anything of it was read.
 */
import { code } from '../../../core/trace/details.ts';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dossierDeRequete } from '../../../core/base/deposits.ts';
import { jourDe } from '../../../core/clock.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import type { PieceRecue } from '../../../core/courrier/lettre.ts';
import type { LettreRecue, OutilsDeReception, Reception, Suite } from '../../../core/courrier/traitement.ts';
import type { Db } from '../../../core/base/database.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { type Circuit, estMuet } from '../circuits/circuit.schema.ts';
import { categorieDe } from '../circuits/circuit.rules.ts';
import { listCircuits } from '../circuits/circuits.ts';
import { getDemande } from '../demandes/demandes.queries.ts';
import { recevoir as recevoirDemande } from '../demandes/ecrire.ts';
import { noterDuDeclarant } from '../demandes/mot.ts';
import { ouvrirContact } from '../demandes/lettres.ts';
import { listAvertis } from '../demandes/suiveurs.queries.ts';
import { listPhotos } from '../photos/photos.queries.ts';
import { garderPhotos, lirePhotos, PHOTOS_MAX } from '../photos/recevoir.ts';
import { buildDemande } from '../signaler/preparer.ts';
import { masquer } from '../texte/detecteur.rules.ts';
import { adresseDuFil, BOITE, couperLaLettre, lireFil, sansCitation } from './fil.rules.ts';

type Ici = Pick<OutilsDeReception, 'contrat' | 'dossierContrat'>;
/** The circuit that takes letters under that name. */
async function circuitDe(o: Ici, code: string): Promise<(Circuit & { courriel: NonNullable<Circuit['courriel']> }) | null> {
  const c = /^[a-z0-9][a-z0-9-]{0,59}$/.test(code) ? (await listCircuits(o.dossierContrat)).get(code) : undefined;
  return c?.courriel ? { ...c, courriel: c.courriel } : null;
}

/** Under it, what the text shows is a logo or a signature; a photograph of a telephone, even made small by a mail program, is above. */
const PHOTO_DANS_LE_TEXTE_OCTETS = 20_000;
/** Photographs joined or pasted in the text, drawn anew; what else came with the letter is not kept, and said. */
async function lirePieces(l: LettreRecue, max: number): Promise<{ photos: Awaited<ReturnType<typeof lirePhotos>>['photos']; dits: string[] }> {
  const petites = l.pieces.filter((p) => p.dansLeTexte && p.type.startsWith('image/') && p.contenu.length < PHOTO_DANS_LE_TEXTE_OCTETS);
  const jointes = l.pieces.filter((p) => !petites.includes(p));
  // What was joined on purpose comes before what the text shows.
  const images = jointes.filter((p) => p.type.startsWith('image/')).sort((a, b) => Number(a.dansLeTexte) - Number(b.dansLeTexte));
  const dits = [
    ...(petites.length > 0 || l.imageEcrite
      ? [
          `${l.imageEcrite ? 'Une image collée dans le texte' : 'Une petite image placée dans le texte, comme un logo,'} n’a pas été gardée. Si elle montre ce que vous signalez, envoyez-la en pièce jointe.`,
        ]
      : []),
    ...(l.piecesDeTrop > 0
      ? [
          `Votre message portait trop de pièces : ${pluriel(l.piecesDeTrop, 'pièce')} à la fin, ${l.piecesDeTrop > 1 ? 'qui n’ont été ni ouvertes ni gardées' : 'qui n’a été ni ouverte ni gardée'}.`,
        ]
      : []),
    ...jointes
      .filter((p) => !images.includes(p) && !/^winmail\.dat$/i.test(p.nom))
      .slice(0, 1)
      // Names are words of others: an answer of ours repeats none of them.
      .map(() => 'Ce qui n’est pas une photo n’a pas été gardé.'),
    ...(l.enveloppeOutlook
      ? ['Votre messagerie a enveloppé les pièces jointes dans « winmail.dat », que rien d’autre ne sait ouvrir : elles n’ont pas été lues.']
      : []),
  ];
  const dossier = await dossierDeRequete();
  try {
    const r = await lirePhotos(await Promise.all(images.slice(0, max).map((p, i) => poser(dossier, p, i))), max);
    if (images.length > max)
      dits.push(
        `${pluriel(max, 'photo')} au plus : ${pluriel(images.length - max, 'autre')} n’a pas été gardée.`.replace(
          'autres n’a pas été gardée',
          'autres n’ont pas été gardées',
        ),
      );
    return {
      photos: r.photos,
      dits: [
        ...dits,
        ...r.erreurs.map((e) => e.message.replace(/ Il faut la choisir.*$/, '').replace(/« [^»]* »/g, 'Une photo')),
        ...(r.laissees > 0 ? ['Trop de photos arrivaient à la fois : les vôtres n’ont pas été prises.'] : []),
      ],
    };
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}
async function poser(dossier: string, p: PieceRecue, i: number) {
  const chemin = join(dossier, String(i));
  await writeFile(chemin, p.contenu);
  return { champ: 'photo', nom: p.nom, type: p.type, chemin, octets: p.contenu.length };
}

/** To who sent it, when they also sign it: words of others go to nobody from here. */
const repondre = async (o: OutilsDeReception, tx: Db, l: LettreRecue, phrases: readonly string[], fil?: string): Promise<void> => {
  if (!l.signee) return;
  const texte = ['Bonjour,', ...phrases, 'Ce message est automatique.'].join('\n\n');
  await ajouterCourriel(tx, o.contrat.id, { a: l.de, sujet: 'Re : votre message', texte, discret: true, ...(fil ? { repondreA: fil } : {}) }, o.coffre);
};
const dire =
  (o: OutilsDeReception, l: LettreRecue, issue: string, ...phrases: string[]): Suite =>
  async ({ tx }) => {
    await repondre(o, tx, l, [...phrases, 'Rien n’a été enregistré.']);
    return issue;
  };
const numeros = (c: Circuit): string[] =>
  c.urgence
    ? [
        `${c.urgence.question} Si oui, appelez maintenant : ${c.urgence.numeros.map((n) => `${n.numero} (${n.libelle})`).join(', ')}. Personne ne lit ces messages dans la minute.`,
      ]
    : [];

async function nouvelle(o: OutilsDeReception, l: LettreRecue, circuit: Circuit & { courriel: NonNullable<Circuit['courriel']> }): Promise<Suite> {
  const ecrit = sansCitation(l.texte);
  const { photos, dits } = await lirePieces(l, PHOTOS_MAX);
  const categorie = categorieDe(circuit, circuit.courriel.categorie);
  if (ecrit === '' || !categorie)
    return dire(o, l, 'message vide', 'Votre message n’a pas de texte. Écrivez ce qui se passe, où, et depuis quand.', ...dits, ...numeros(circuit));
  const catalogue = await getCatalogue(o.db, o.contrat.id);
  const { texte, coupe } = couperLaLettre([l.sujet, ecrit].filter(Boolean).join('\n'), circuit.texte?.max ?? 0);
  // A letter says neither place nor hour in a way that a rule can read: the service reads it.
  const lieu = { territoireId: catalogue.racine.id, adresse: '', lon: null, lat: null, jour: jourDe(o.maintenant), heure: null };
  const faits = { reponses: {}, texte, textePublic: masquer(texte), courriel: '' };
  const d = buildDemande(o.maintenant, catalogue, circuit, categorie, lieu, faits, { canal: circuit.courriel.canal, de: null });
  return async ({ tx, auditer }) => {
    const c = { db: tx, contrat: o.contrat, maintenant: o.maintenant, utilisateur: null };
    const phrases = [
      ...(coupe
        ? [`Votre message était long : ses ${circuit.texte?.max ?? 0} premiers caractères ont été gardés. Répondez à ce message pour ajouter la suite.`]
        : []),
      ...dits,
    ];
    const services = { coffre: o.coffre, adresse: o.adresse, domaineEntrant: o.domaine };
    const { ecrit } = await recevoirDemande(c, services, circuit, d, l.signee ? l.de : '', { dits: phrases });
    await garderPhotos(c, d.id, photos);
    await auditer('demande.recue', `/signalements/demandes/${d.id}`, { circuit: code(circuit.code), canal: code(circuit.courriel.canal) });
    // Past the letters of a day no acknowledgement left: what was lost is said all the same.
    if (phrases.length > 0 && !ecrit) await repondre(o, tx, l, phrases, adresseDuFil(o.coffre, d.id, o.domaine));
    return coupe ? 'reçue, texte coupé' : phrases.length > 0 ? 'reçue, sans toutes ses pièces' : 'reçue';
  };
}

async function suite(o: OutilsDeReception, l: LettreRecue, demandeId: string): Promise<Suite> {
  const d = await getDemande(o.db, o.contrat.id, demandeId);
  if (!d) return async () => 'demande inconnue';
  const circuit = (await listCircuits(o.dossierContrat)).get(d.circuit);
  if (circuit && estMuet(circuit)) return dire(o, l, 'circuit sans mots', 'Cette demande ne reçoit ni mot ni photo.');
  const contacts = (await listAvertis(o.db, o.contrat.id, [d.id])).flatMap((a) => ouvrirContact(o, a.contact)?.toLowerCase() ?? []);
  // `From` is what a sender likes to say: it may refuse a letter, the address signs it.
  if (!contacts.includes(l.de))
    return dire(
      o,
      l,
      'expéditeur inconnu',
      'Cette adresse suit une demande faite depuis une autre adresse que la vôtre : écrivez depuis celle-là, ou passez par la page de suivi.',
    );
  const reste = PHOTOS_MAX - (await listPhotos(o.db, o.contrat.id, d.id)).length;
  const { photos, dits } = await lirePieces(l, Math.max(0, reste));
  const { texte, coupe } = couperLaLettre(sansCitation(l.texte), 1800);
  if (texte === '' && photos.length === 0) return dire(o, l, 'message vide', 'Votre réponse n’a pas de texte au-dessus du message cité.', ...dits);
  return async ({ tx, auditer }) => {
    const c = { db: tx, contrat: o.contrat, maintenant: o.maintenant, utilisateur: null };
    const verrouillee = await getDemande(tx, o.contrat.id, d.id, true);
    if (!verrouillee) return 'demande inconnue';
    const note = `Réponse par courriel : ${texte || 'une photo, sans texte.'}`;
    const meneur = await noterDuDeclarant(c, circuit, verrouillee, note);
    await garderPhotos(c, d.id, photos);
    await auditer('demande.dite', `/signalements/demandes/${d.id}`, { canal: 'courriel' });
    const close = (meneur ?? verrouillee).closLe !== null;
    const page = `${o.adresse}/suivi`;
    await repondre(
      o,
      tx,
      l,
      [
        close
          ? `Cette demande est close : votre message y est gardé, mais aucun service n’a plus à le lire. Si ce n’est pas réglé, dites-le sur ${page}, avec le code reçu : elle sera rouverte.`
          : 'Votre message est ajouté à votre demande : le service qui s’en occupe le lira.',
        ...(coupe ? ['Il était long : son début seul a été gardé.'] : []),
        ...dits,
        ...(close ? [] : [`Pour dire que c’est réglé, ou que cela ne l’est pas : ${page}, avec le code reçu.`]),
      ],
      adresseDuFil(o.coffre, d.id, o.domaine),
    );
    return 'ajoutée';
  };
}

export const receptionSignalements: Reception = {
  boite: BOITE,
  connait: async (o, etiquette) => {
    const demandeId = lireFil(o.coffre, etiquette);
    return demandeId ? (await getDemande(o.db, o.contrat.id, demandeId)) !== null : (await circuitDe(o, etiquette)) !== null;
  },
  recevoir: async (o, l) => {
    const demandeId = lireFil(o.coffre, l.etiquette);
    if (demandeId) return suite(o, l, demandeId);
    const circuit = await circuitDe(o, l.etiquette);
    return circuit ? nouvelle(o, l, circuit) : async () => 'adresse qui n’est plus reçue';
  },
};
