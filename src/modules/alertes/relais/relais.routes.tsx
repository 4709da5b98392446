/**
 * Official messages, passed on as they are. The authority alerts; here nobody writes in its place: a message is pasted or comes as CAP, its words are
 * never changed (the database refuses it), it ends by its hour, a withdrawal or another that takes its place.
 */
import { couper } from '../../../core/couper.ts';
import { code } from '../../../core/trace/details.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { instantDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { listEtatsDesLettres } from '../../../core/courrier/envois.queries.ts';
import { exigerPreuveForte, preuveManquante } from '../../../core/http/confirmation.ts';
import { type Contexte, get, lire, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { champsDuMoment } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { demanderSiNomme } from '../alerte/confirmer.tsx';
import { lireTexte } from '../reglement/texte.rules.ts';
import { motsDuCap } from '../cap/cap.rules.ts';
import { lireCap } from '../cap/cap.lire.ts';
import { getCapRecu } from '../cap/cap.queries.ts';
import { annoncerMessage, objetDe, objetPourLAutorite } from './lettres.ts';
import { enCap, messagesRoutes } from './messages.routes.tsx';
import { type NouveauRelais, NouveauRelaisPage, RelaisListePage, RelaisPage } from './pages/RelaisPages.tsx';
import { fautesDHeures, HEURE_MS } from './heures.rules.ts';
import { accesRelais, peutRelayer } from './relais.policy.ts';
import { confirmerMessage, createMessage, finirMessage, getTenu, listPrecedents, listTenus, type MessageTenu } from './relais.queries.ts';
import { attendConfirmation, estDeLAutorite, porteeDe } from './relais.rules.ts';
import { messageDeCapSchema, messageSchema, type Relais } from './relais.schema.ts';

const CHEMIN = '/alertes/relais';
const FIL = [{ libelle: 'Messages officiels', href: CHEMIN }];
const MINUTE_MS = 60_000;
const DEUX_FACTEURS =
  'Un message au public se relaie depuis une session ouverte avec deux facteurs. Posez une application d’authentification ou une clé d’accès dans « Mon compte », reconnectez-vous, puis recommencez. En urgence, appelez votre coordination.';
const CHAMPS = ['origine', 'titre', 'origine_jour', 'origine_heure', 'origine_lien', 'genre', 'territoire', 'jusqua_jour', 'jusqua_heure', 'exercice'] as const;

export function relaisRoutes(r: Relais, adresse: string): Route[] {
  return [
    ...messagesRoutes(r, adresse),
    /** 200, exercises too */
    get(CHEMIN, accesRelais, async (c) => {
      const [catalogue, messages] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listTenus(c.db, c.contrat.id, 100)]);
      return page({
        titre: 'Relais de messages officiels',
        largeur: 'travail',
        section: 'relais',
        corps: <RelaisListePage messages={messages} relais={r} catalogue={catalogue} />,
      });
    }),
    /** 200, `?cap=` a CAP message received, `?remplace=` one in force · 303 to the proof that is missing · 403 · 404 */
    get(`${CHEMIN}/nouveau`, accesRelais, async (c) => {
      const preuve = exigerPreuveForte(c, c.url.pathname + c.url.search);
      if (preuve) return preuve;
      const o = await ouvrirNouveau(c, texte(c.requete.cap), texte(c.requete.remplace));
      const fin = o.cap?.expireLe && o.cap.expireLe > c.maintenant ? o.cap.expireLe : new Date(c.maintenant.getTime() + r.duree.proposee * HEURE_MS);
      const { jour, heure } = champsDuMoment(fin);
      const champs = {
        origine: o.remplace?.origineId ?? (r.origines.length === 1 ? (r.origines[0] ?? '') : ''),
        genre: o.remplace?.genre ?? o.cap?.genre ?? '',
        territoire: o.remplace?.territoireId ?? (o.territoires.length === 1 ? (o.territoires[0] ?? '') : ''),
        jusqua_jour: jour,
        jusqua_heure: heure,
        exercice: o.remplace?.exercice ? 'oui' : '',
      };
      return formulaire(o, champs);
    }),
    /** 303 to the message · 422 with what was typed, the proof of identity too old included · 403 another place, one factor · 404 · 409 what it replaces has ended */
    post(`${CHEMIN}/nouveau`, accesRelais, (c) => relayer(c), { creation: true }),
    /** 200 · 404 */
    get(`${CHEMIN}/:relaisId`, accesRelais, async (c) => {
      const { m, catalogue } = await ouvrirTenu(c);
      const u = c.utilisateur;
      const lettres = await listEtatsDesLettres(c.db, c.contrat.id, [objetDe(m.id), objetPourLAutorite(m.id)]);
      const sortes = (objet: string) => {
        const siennes = lettres.filter((l) => l.objet === objet);
        return { ecrites: siennes.length, parties: siennes.filter((l) => l.etat === 'envoye').length };
      };
      return page({
        titre: m.titre,
        largeur: 'travail',
        section: 'relais',
        fil: FIL,
        corps: (
          <RelaisPage
            m={m}
            relais={r}
            catalogue={catalogue}
            peut={peutRelayer(u, m.territoireId, catalogue.contient)}
            sienne={m.relayeCompteId !== null && m.relayeCompteId === u?.id}
            lettres={{ autorite: sortes(objetPourLAutorite(m.id)), coordination: sortes(objetDe(m.id)) }}
            motif={couper(texte(c.requete.motif), 300)}
            fait={texte(c.requete.fait)}
          />
        ),
      });
    }),
    /** 200: of an exercise too, which says so · 404 */
    get(`${CHEMIN}/:relaisId/cap.xml`, accesRelais, async (c) => {
      const { m, catalogue } = await ouvrirTenu(c);
      return enCap(c, m, { relais: r, adresse, catalogue, precedents: await listPrecedents(c.db, c.contrat.id, m.id) });
    }),
    /** 303, what it takes the place of ends with it · 303 to the proof that is missing · 403 another place, who passed it on · 404 · 409 over, confirmed, too late */
    post(`${CHEMIN}/:relaisId/confirmer`, accesRelais, async (c) => {
      const preuve = exigerPreuveForte(c, `${CHEMIN}/${c.params.relaisId}`);
      if (preuve) return preuve;
      const { m, catalogue } = await ouvrirTenu(c, true);
      const u = c.utilisateur;
      if (!peutRelayer(u, m.territoireId, catalogue.contient)) throw interdit('Votre mandat ne couvre pas le lieu de ce message.');
      if (m.relayeCompteId !== null && m.relayeCompteId === u?.id) throw interdit('Vous l’avez relayé : une autre personne le confirme.');
      if (!attendConfirmation(m)) throw conflit(m.finiLe ? 'Ce message est fini.' : 'Ce message est déjà confirmé.');
      if (!(await confirmerMessage(c.db, c.contrat.id, m.id, { par: u?.nom ?? '', compteId: u?.id ?? null, quand: c.maintenant })))
        throw conflit('Le temps pour le confirmer est passé : il se retire. Relayez-le de nouveau s’il tient toujours.');
      if (m.remplaceId) await finirMessage(c.db, c.contrat.id, m.remplaceId, { fin: 'remplace', par: u?.nom ?? '', motif: '', quand: c.maintenant });
      await annoncerMessage(ouDe(c, catalogue), { ...m, confirmeLe: c.maintenant }, 'confirme', u?.id ?? null);
      await c.auditer('message.confirme', `${CHEMIN}/${m.id}`, { relayePar: code(m.relayeCompteId ?? '') });
      return redirige(`${CHEMIN}/${m.id}?fait=confirme`);
    }),
    /** 303 · 303 to the proof that is missing, what was typed with it · 403 · 404 · 409 ended already · 422 no reason */
    post(`${CHEMIN}/:relaisId/retirer`, accesRelais, async (c) => {
      const motif = texte(c.corps.motif);
      if (motif === '' || motif.length > 300) throw invalide('Dites pourquoi ce message est retiré, en 300 caractères au plus : tous le liront.');
      const preuve = exigerPreuveForte(c, `${CHEMIN}/${c.params.relaisId}?motif=${encodeURIComponent(motif)}`);
      if (preuve) return preuve;
      const { m, catalogue } = await ouvrirTenu(c, true);
      if (!peutRelayer(c.utilisateur, m.territoireId, catalogue.contient)) throw interdit('Votre mandat ne couvre pas le lieu de ce message.');
      const { refus } = lireTexte(motif);
      if (refus) throw invalide(refus);
      const question = await demanderSiNomme(c, { champ: 'motif', libelle: 'Pourquoi ce message est retiré', max: 300, retour: `${CHEMIN}/${m.id}` });
      if (question) return question;
      const fait = await finirMessage(c.db, c.contrat.id, m.id, { fin: 'retire', par: c.utilisateur?.nom ?? '', motif, quand: c.maintenant });
      if (!fait) throw conflit('Ce message est déjà fini.');
      await annoncerMessage(ouDe(c, catalogue), { ...m, finiLe: c.maintenant, fin: 'retire', finMotif: motif }, 'fini', c.utilisateur?.id ?? null);
      await c.auditer('message.retire', `${CHEMIN}/${m.id}`, { exercice: m.exercice }, { apres: { motif } });
      return redirige(`${CHEMIN}/${m.id}`);
    }),
  ];

  function ouDe(c: Contexte, catalogue: Catalogue) {
    return { db: c.db, contratId: c.contrat.id, maintenant: c.maintenant, adresse, catalogue };
  }
  async function ouvrirTenu(c: Contexte, verrou = false): Promise<{ m: MessageTenu; catalogue: Catalogue }> {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const m = await getTenu(c.db, c.contrat.id, c.params.relaisId ?? '', verrou);
    if (!m) throw introuvable('Ce message');
    return { m, catalogue };
  }
  type Nouveau = Omit<NouveauRelais, 'champs' | 'erreurs' | 'cap' | 'remplace' | 'preuve'> & {
    cap: (NonNullable<NouveauRelais['cap']> & { identifiant: string; web: string; expireLe: Date | null; genre: string; surveille: boolean }) | null;
    remplace: MessageTenu | null;
  };
  async function ouvrirNouveau(c: Contexte, capId: string, remplaceId: string): Promise<Nouveau> {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const territoires = [...catalogue.territoires.keys()].filter((t) => peutRelayer(c.utilisateur, t, catalogue.contient));
    if (territoires.length === 0) throw interdit('Votre mandat ne couvre aucun lieu où relayer un message.');
    const remplace = remplaceId === '' ? null : await getTenu(c.db, c.contrat.id, remplaceId, c.brut.request.method === 'POST');
    if (remplaceId !== '' && !remplace) throw introuvable('Le message à remplacer');
    if (remplace && !peutRelayer(c.utilisateur, remplace.territoireId, catalogue.contient))
      throw interdit('Votre mandat ne couvre pas le lieu du message à remplacer.');
    if (remplace?.finiLe) throw conflit('Le message à remplacer est déjà fini : relayez le nouveau sans le remplacer.');
    const recu = capId === '' ? null : await getCapRecu(c.db, c.contrat.id, capId);
    if (capId !== '' && !recu) throw introuvable('Ce message reçu');
    const lu = recu ? lireCap(recu.contenu) : null;
    if (recu && (!lu?.ok || !motsDuCap(lu.cap))) throw conflit('Ce message reçu ne se relaie pas : il n’est pas public, ou n’a pas de texte.');
    const mots = lu?.ok ? motsDuCap(lu.cap) : null;
    return {
      relais: r,
      catalogue,
      territoires,
      remplace,
      cap:
        recu && lu?.ok && mots
          ? {
              id: recu.id,
              emetteur: lu.cap.emetteur,
              identifiant: lu.cap.identifiant,
              origineLe: lu.cap.envoyeLe,
              ...mots,
              genre: genreDuCap(mots.categories),
              surveille: recu.voie === 'adresse',
            }
          : null,
    };
  }
  function genreDuCap(categories: readonly string[]): string {
    return r.genres.find((g) => g.cap.some((x) => categories.includes(x)))?.code ?? '';
  }
  function formulaire(o: Nouveau, champs: Readonly<Record<string, string>>, erreurs: readonly ErreurDeChamp[] = [], preuve = false): Reponse {
    return page({
      titre: 'Relayer un message officiel',
      largeur: 'travail',
      section: 'relais',
      fil: FIL,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <NouveauRelaisPage {...o} champs={champs} erreurs={erreurs} preuve={preuve} />,
    });
  }
  async function relayer(c: Contexte): Promise<Reponse> {
    const o = await ouvrirNouveau(c, texte(c.corps.cap), texte(c.corps.remplace));
    // The text as it is, ends of lines apart.
    const brut = typeof c.corps.texte === 'string' ? c.corps.texte : '';
    const champs: Record<string, string> = { ...Object.fromEntries(CHAMPS.map((k) => [k, texte(c.corps[k])])), texte: brut };
    if (o.catalogue.territoires.has(champs.territoire ?? '') && !o.territoires.includes(champs.territoire ?? ''))
      throw interdit('Votre mandat ne couvre pas ce lieu. Rien n’a été relayé.');
    const colleLu = o.cap ? null : lire(messageSchema(r, o.territoires), champs);
    const lu = colleLu ?? lire(messageDeCapSchema(r, o.territoires), champs);
    if (!lu.ok) return formulaire(o, champs, lu.erreurs);
    const v = lu.valeur;
    const colle = colleLu?.ok ? colleLu.valeur : null;
    const fin = instantDe(v.jusqua_jour, v.jusqua_heure);
    const origineLe = colle ? instantDe(colle.origine_jour, colle.origine_heure) : (o.cap?.origineLe ?? null);
    const fautes = fautesDHeures(fin, origineLe, c.maintenant, r);
    if (fautes.length > 0 || !fin || !origineLe) return formulaire(o, champs, fautes);
    const exercice = v.exercice === 'oui' || o.cap?.exercice === true;
    if (o.remplace && o.remplace.exercice !== exercice)
      return formulaire(o, champs, [{ champ: 'exercice', message: 'Un message joué ne remplace qu’un message joué, et un vrai qu’un vrai.' }]);
    const u = c.utilisateur;
    if (!exercice && preuveManquante(c) === 'fraicheur')
      return formulaire(
        o,
        champs,
        [{ champ: '', message: 'Votre preuve d’identité a plus de dix minutes : donnez-la par le lien ci-dessous, puis relayez. Rien n’est perdu ici.' }],
        true,
      );
    if (!exercice && preuveManquante(c)) throw interdit(DEUX_FACTEURS);
    // In public, the one before stays until a second person confirms this one.
    if (o.remplace && exercice) await finirMessage(c.db, c.contrat.id, o.remplace.id, { fin: 'remplace', par: u?.nom ?? '', motif: '', quand: c.maintenant });
    const origineLien = colle?.origine_lien ?? o.cap?.web ?? '';
    const nouveau = {
      genre: v.genre,
      titre: colle?.titre ?? o.cap?.titre ?? '',
      texte: colle?.texte ?? o.cap?.texte ?? '',
      origineId: v.origine,
      origineLe,
      origineLien,
      origineEmetteur: o.cap?.emetteur ?? '',
      origineIdentifiant: o.cap?.identifiant ?? '',
      capRecuId: o.cap?.id ?? null,
      territoireId: v.territoire,
      exercice,
      relayeLe: c.maintenant,
      relayePar: u?.nom ?? '',
      relayeCompteId: u?.id ?? null,
      organisationId: u?.organisationId ?? '',
      expireLe: fin,
      remplaceId: o.remplace?.id ?? null,
      porteeId: porteeDe(o.catalogue, v.territoire, (t) => peutRelayer(u, t, o.catalogue.contient)),
      recopie: !(o.cap?.surveille || estDeLAutorite(r, v.origine, origineLien)),
      aConfirmerAvant: exercice ? null : new Date(c.maintenant.getTime() + r.confirmation * MINUTE_MS),
    };
    const id = await createMessage(c.db, c.contrat.id, nouveau);
    const cree = await getTenu(c.db, c.contrat.id, id);
    if (cree) await annoncerMessage(ouDe(c, o.catalogue), cree, 'paru', u?.id ?? null);
    await c.auditer('message.relaye', `${CHEMIN}/${id}`, {
      origine: code(v.origine),
      territoire: code(v.territoire),
      exercice,
      portee: code(nouveau.porteeId),
      recopie: nouveau.recopie,
      ...(o.remplace ? { remplace: code(o.remplace.id) } : {}),
    });
    return redirige(`${CHEMIN}/${id}?fait=relaye`);
  }
}
