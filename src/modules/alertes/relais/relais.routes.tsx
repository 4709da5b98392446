/**
 * Official messages, passed on as they are. The authority alerts; here nobody writes in its place: a message is pasted or comes as CAP, its words are
 * never changed (the database refuses it), it ends by its hour, a withdrawal or another that takes its place.
 */
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { ecrireAtom, TYPE_ATOM } from '../../../core/atom.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { auPlan } from '../../../core/base/plans.ts';
import { instantDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable, invalide } from '../../../core/errors.ts';
import { type Contexte, enTexte, fichier, get, lire, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { isoEtHeureDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { ecrireCap, TYPE_CAP } from '../cap/cap.format.ts';
import { capDuRelais, motsDuCap } from '../cap/cap.rules.ts';
import { lireCap } from '../cap/cap.lire.ts';
import { getCapRecu } from '../cap/cap.queries.ts';
import { MessagePage, MessagesPage } from './pages/MessagePages.tsx';
import { type NouveauRelais, NouveauRelaisPage, RelaisListePage, RelaisPage } from './pages/RelaisPages.tsx';
import { accesRelais, peutRelayer } from './relais.policy.ts';
import { createMessage, finirMessage, getMessage, getTenu, listMessages, listPrecedents, listTenus, type Message, type MessageTenu } from './relais.queries.ts';
import { messageDeCapSchema, messageSchema, type Relais } from './relais.schema.ts';

const CHEMIN = '/alertes/relais';
const FIL = [{ libelle: 'Messages officiels', href: CHEMIN }];
const HEURE_MS = 3_600_000;
/** How far ahead the clock of an origin may run. */
const AVANCE_MS = 10 * 60_000;
const CHAMPS = ['origine', 'titre', 'origine_jour', 'origine_heure', 'origine_lien', 'genre', 'territoire', 'jusqua_jour', 'jusqua_heure', 'exercice'] as const;

/** A contract that relays nothing has a feed with nothing in it. */
export const fluxVide = (adresse: string): Route =>
  get('/messages/flux.xml', acces.public, async (c) => {
    const { contrat } = await getCatalogue(c.db, c.contrat.id);
    const contenu = ecrireAtom({
      page: `${adresse}/messages`,
      adresse: `${adresse}/messages/flux.xml`,
      titre: `Messages officiels, ${contrat.titre}`,
      sousTitre: 'Aucun message n’est relayé.',
      auteur: contrat.titre,
      debut: new Date(`${contrat.debut}T00:00:00Z`),
      licence: contrat.licence,
      entrees: [],
    });
    return fichier(contenu, { nom: 'messages.xml', type: TYPE_ATOM, affiche: true, licence: contrat.licence });
  });

export function relaisRoutes(r: Relais, adresse: string): Route[] {
  const cap = (c: Contexte, m: Message, catalogue: Catalogue, precedents: readonly Message[]): Reponse => {
    const dit = ecrireCap(capDuRelais(m, { relais: r, catalogue, adresse, contrat: c.contrat.slug, precedents }), fuseauEnVigueur());
    return enTexte(dit, TYPE_CAP);
  };
  const publiques: Route[] = [
    /** 200: in force first */
    get('/messages', acces.public, async (c) => {
      const [catalogue, messages] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listMessages(c.db, c.contrat.id, 100)]);
      return page({
        titre: 'Messages officiels',
        flux: [{ titre: 'Messages officiels', href: '/messages/flux.xml', type: 'application/atom+xml' }],
        corps: <MessagesPage messages={messages} relais={r} catalogue={catalogue} />,
      });
    }),
    /** 200 */
    get(
      '/messages/flux.xml',
      acces.public,
      async (c) => {
        const [catalogue, messages] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listMessages(c.db, c.contrat.id, 60)]);
        const contenu = ecrireAtom({
          page: `${adresse}/messages`,
          adresse: `${adresse}/messages/flux.xml`,
          titre: `Messages officiels, ${catalogue.contrat.titre}`,
          sousTitre: `${r.commande} ${r.relais}`,
          auteur: catalogue.contrat.titre,
          debut: new Date(`${catalogue.contrat.debut}T00:00:00Z`),
          licence: catalogue.contrat.licence,
          entrees: messages
            .toSorted((a, b) => derniere(b).getTime() - derniere(a).getTime())
            .map((m) => ({
              id: `${adresse}/messages/${m.id}`,
              titre: m.finiLe ? `Fini : ${m.titre}` : m.titre,
              le: derniere(m),
              auteur: catalogue.nomActeur(m.origineId),
              page: `${adresse}/messages/${m.id}`,
              resume: m.texte,
            })),
        });
        return fichier(contenu, { nom: 'messages.xml', type: TYPE_ATOM, affiche: true, licence: catalogue.contrat.licence });
      },
      { parMinute: 120 },
    ),
    /** 200 · 404 unknown, or of an exercise */
    get('/messages/:messageRelaye', acces.public, async (c) => {
      const m = await ouvrirPublic(c);
      const [catalogue, precedents] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => listPrecedents(c.db, c.contrat.id, m.id)]);
      return page({
        titre: m.titre,
        fil: [{ libelle: 'Messages officiels', href: '/messages' }],
        corps: <MessagePage m={m} relais={r} catalogue={catalogue} precedents={precedents} />,
      });
    }),
    /** 200 CAP 1.2 · 404 */
    get(
      '/messages/:messageRelaye/cap.xml',
      acces.public,
      async (c) => {
        const m = await ouvrirPublic(c);
        return cap(c, m, await getCatalogue(c.db, c.contrat.id), await listPrecedents(c.db, c.contrat.id, m.id));
      },
      { parMinute: 120 },
    ),
  ];
  return [
    ...auPlan('public', publiques),
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
    /** 200, `?cap=` a CAP message received, `?remplace=` one in force · 403 · 404 */
    get(`${CHEMIN}/nouveau`, accesRelais, async (c) => {
      const o = await ouvrirNouveau(c, texte(c.requete.cap), texte(c.requete.remplace));
      const fin = o.cap?.expireLe && o.cap.expireLe > c.maintenant ? o.cap.expireLe : new Date(c.maintenant.getTime() + r.duree.proposee * HEURE_MS);
      const [jour = '', heure = ''] = isoEtHeureDuMoment(fin).split('T');
      const champs = {
        origine: o.remplace?.origineId ?? (r.origines.length === 1 ? (r.origines[0] ?? '') : ''),
        genre: o.remplace?.genre ?? o.cap?.genre ?? '',
        territoire: o.remplace?.territoireId ?? (o.territoires.length === 1 ? (o.territoires[0] ?? '') : ''),
        jusqua_jour: jour,
        jusqua_heure: heure.slice(0, 5),
        exercice: o.remplace?.exercice ? 'oui' : '',
      };
      return formulaire(o, champs);
    }),
    /** 303 to the message · 422 with what was typed · 403 another place · 404 · 409 what it replaces has ended */
    post(`${CHEMIN}/nouveau`, accesRelais, (c) => relayer(c), { creation: true }),
    /** 200 · 404 */
    get(`${CHEMIN}/:relaisId`, accesRelais, async (c) => {
      const { m, catalogue } = await ouvrirTenu(c);
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
            peut={peutRelayer(c.utilisateur, m.territoireId, catalogue.contient)}
            fait={texte(c.requete.fait)}
          />
        ),
      });
    }),
    /** 200: of an exercise too, which says so · 404 */
    get(`${CHEMIN}/:relaisId/cap.xml`, accesRelais, async (c) => {
      const { m, catalogue } = await ouvrirTenu(c);
      return cap(c, m, catalogue, await listPrecedents(c.db, c.contrat.id, m.id));
    }),
    /** 303 · 403 · 404 · 409 ended already · 422 no reason */
    post(`${CHEMIN}/:relaisId/retirer`, accesRelais, async (c) => {
      const { m, catalogue } = await ouvrirTenu(c, true);
      if (!peutRelayer(c.utilisateur, m.territoireId, catalogue.contient)) throw interdit('Votre mandat ne couvre pas le lieu de ce message.');
      const motif = texte(c.corps.motif);
      if (motif === '' || motif.length > 300) throw invalide('Dites pourquoi ce message est retiré, en 300 caractères au plus : tous le liront.');
      const fait = await finirMessage(c.db, c.contrat.id, m.id, { fin: 'retire', par: c.utilisateur?.nom ?? '', motif, quand: c.maintenant });
      if (!fait) throw conflit('Ce message est déjà fini.');
      await c.auditer('message.retire', `${CHEMIN}/${m.id}`, { exercice: m.exercice }, { apres: { motif } });
      return redirige(`${CHEMIN}/${m.id}`);
    }),
  ];

  async function ouvrirPublic(c: Contexte): Promise<Message> {
    const m = await getMessage(c.db, c.contrat.id, c.params.messageRelaye ?? '');
    if (!m) throw introuvable('Ce message');
    return m;
  }
  async function ouvrirTenu(c: Contexte, verrou = false): Promise<{ m: MessageTenu; catalogue: Catalogue }> {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const m = await getTenu(c.db, c.contrat.id, c.params.relaisId ?? '', verrou);
    if (!m) throw introuvable('Ce message');
    return { m, catalogue };
  }
  type Nouveau = Omit<NouveauRelais, 'champs' | 'erreurs' | 'cap' | 'remplace'> & {
    cap: (NonNullable<NouveauRelais['cap']> & { identifiant: string; web: string; expireLe: Date | null; genre: string }) | null;
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
          ? { id: recu.id, emetteur: lu.cap.emetteur, identifiant: lu.cap.identifiant, origineLe: lu.cap.envoyeLe, ...mots, genre: genreDuCap(mots.categories) }
          : null,
    };
  }
  function genreDuCap(categories: readonly string[]): string {
    return r.genres.find((g) => g.cap.some((x) => categories.includes(x)))?.code ?? '';
  }
  function formulaire(o: Nouveau, champs: Readonly<Record<string, string>>, erreurs: readonly ErreurDeChamp[] = []): Reponse {
    return page({
      titre: 'Relayer un message officiel',
      largeur: 'travail',
      section: 'relais',
      fil: FIL,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <NouveauRelaisPage {...o} champs={champs} erreurs={erreurs} />,
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
    if (o.remplace) await finirMessage(c.db, c.contrat.id, o.remplace.id, { fin: 'remplace', par: u?.nom ?? '', motif: '', quand: c.maintenant });
    const id = await createMessage(c.db, c.contrat.id, {
      genre: v.genre,
      titre: colle?.titre ?? o.cap?.titre ?? '',
      texte: colle?.texte ?? o.cap?.texte ?? '',
      origineId: v.origine,
      origineLe,
      origineLien: colle?.origine_lien ?? o.cap?.web ?? '',
      origineEmetteur: o.cap?.emetteur ?? '',
      origineIdentifiant: o.cap?.identifiant ?? '',
      capRecuId: o.cap?.id ?? null,
      territoireId: v.territoire,
      exercice,
      relayeLe: c.maintenant,
      relayePar: u?.nom ?? '',
      organisationId: u?.organisationId ?? '',
      expireLe: fin,
      remplaceId: o.remplace?.id ?? null,
    });
    await c.auditer('message.relaye', `${CHEMIN}/${id}`, {
      origine: code(v.origine),
      territoire: code(v.territoire),
      exercice,
      ...(o.remplace ? { remplace: code(o.remplace.id) } : {}),
    });
    return redirige(`${CHEMIN}/${id}?fait=relaye`);
  }
}

/** When it last changed: it was passed on, or it ended. */
const derniere = (m: Message): Date => m.finiLe ?? m.relayeLe;

function fautesDHeures(fin: Date | null, origineLe: Date | null, maintenant: Date, r: Relais): ErreurDeChamp[] {
  const fautes: ErreurDeChamp[] = [];
  if (!origineLe) fautes.push({ champ: 'origine_heure', message: 'Cette heure n’existe pas ce jour-là (changement d’heure) : vérifiez-la.' });
  else if (origineLe.getTime() > maintenant.getTime() + AVANCE_MS)
    fautes.push({
      champ: 'origine_jour',
      message: `Le message est daté du ${jourEtHeure(origineLe)}, qui n’est pas encore venu : vérifiez le jour et l’heure.`,
    });
  if (!fin) fautes.push({ champ: 'jusqua_heure', message: 'Cette heure n’existe pas ce jour-là (changement d’heure) : vérifiez-la.' });
  else if (fin <= maintenant) fautes.push({ champ: 'jusqua_jour', message: 'La fin est déjà passée : donnez un jour et une heure à venir.' });
  else if (fin.getTime() > maintenant.getTime() + r.duree.max * HEURE_MS)
    fautes.push({ champ: 'jusqua_jour', message: `Un relais dure ${r.duree.max} heures au plus : s’il faut plus, relayez de nouveau.` });
  return fautes;
}
