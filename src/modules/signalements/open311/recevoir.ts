/** What a program of others sends: the fields of the specification read as those of the form, checked by the same rules, received the same way. */
import { code as enCode } from '../../../core/trace/details.ts';
import { type ErreurDeChamp, invalide } from '../../../core/errors.ts';
import { type Contexte, texte } from '../../../core/http/http.ts';
import type { Utilisateur } from '../../../core/authorize.ts';
import { recevoir, type Services } from '../demandes/ecrire.ts';
import { buildDemande, situer } from '../signaler/preparer.ts';
import { champDe, lireFaits, lireLieu, lireSaisie, type Saisie } from '../signaler/saisie.rules.ts';
import { ATTRIBUTS_COMMUNS, type ServiceOuvert } from './services.rules.ts';

const CANAL = 'open311';

/** `attribute[CODE]`, or `attribute[CODE][]`, as often as needed. */
function lireAttributs(corps: Contexte['corps']): Map<string, string[]> {
  const attributs = new Map<string, string[]>();
  for (const [champ, v] of Object.entries(corps)) {
    const code = /^attribute\[([a-z0-9-]{1,60})\](?:\[\d{0,3}\])?$/.exec(champ)?.[1];
    const dits = [v].flat().filter((x): x is string => typeof x === 'string' && x.trim() !== '');
    if (code && dits.length > 0) attributs.set(code, [...(attributs.get(code) ?? []), ...dits]);
  }
  return attributs;
}

/** Our fields, in the words of the specification. */
const CHAMPS: Readonly<Record<string, string>> = { point: 'lat, long', adresse: 'address_string', texte: 'description', courriel: 'email' };
const enOpen311 = (e: ErreurDeChamp): ErreurDeChamp => ({
  ...e,
  champ: CHAMPS[e.champ] ?? `attribute[${e.champ.replace(/^q\./, '')}]`,
});

interface Lue {
  saisie: Saisie;
  fautes: ErreurDeChamp[];
}
function lireEnvoi(s: ServiceOuvert, corps: Contexte['corps']): Lue {
  const attributs = lireAttributs(corps);
  const de = (code: string) => attributs.get(code) ?? [];
  const [lat, long, adresse, mots] = [texte(corps.lat), texte(corps.long), texte(corps.address_string), texte(corps.description)];
  const fautes: ErreurDeChamp[] = [];
  if ((lat === '') !== (long === '')) fautes.push({ champ: lat === '' ? 'lat' : 'long', message: 'lat et long se donnent ensemble.' });
  else if (lat === '' && adresse === '' && s.circuit.lieu === 'point')
    fautes.push(
      texte(corps.address_id) === ''
        ? { champ: 'lat, long', message: 'un lieu est attendu : lat et long, ou address_string.' }
        : { champ: 'address_id', message: 'aucun identifiant d’adresse n’est tenu ici : donnez lat et long, ou address_string.' },
    );
  const connus = new Set<string>([...ATTRIBUTS_COMMUNS, ...s.categorie.questions.map((q) => q.code)]);
  for (const code of attributs.keys())
    if (!connus.has(code)) fautes.push({ champ: `attribute[${code}]`, message: 'cet attribut n’est pas de ce service : voyez sa définition.' });
  const { urgence } = s.circuit;
  if (urgence && de('danger')[0] !== 'non')
    fautes.push({
      champ: 'attribute[danger]',
      message:
        de('danger')[0] === 'oui'
          ? `appelez maintenant : ${urgence.numeros.map((n) => `${n.numero} (${n.libelle})`).join(', ')}. Personne ne lit ceci dans la minute.`
          : `« ${urgence.question} » : répondez non ou oui.`,
    });
  const saisie = lireSaisie(s.circuit, {
    categorie: s.categorie.code,
    danger: 'non',
    territoire: de('territoire'),
    heure: de('heure'),
    adresse,
    point: lat === '' ? '' : `${lat} ${long}`,
    texte: mots,
    // Nobody is there to be asked whether they mean it: what names somebody is kept for the services, and masked for everyone else.
    texte_vu: mots.replace(/\r\n/g, '\n'),
    courriel: texte(corps.email),
    ...Object.fromEntries(s.categorie.questions.map((q) => [champDe(q), de(q.code)])),
  });
  return { saisie, fautes };
}

/** Throws 400 with all that is wrong; returns the id, the number and the code of follow-up. */
export async function recevoirOpen311(c: Contexte, s: Services, u: Utilisateur, service: ServiceOuvert): Promise<{ id: string; numero: number; code: string }> {
  const { circuit, categorie } = service;
  const { saisie, fautes } = lireEnvoi(service, c.corps);
  const ici = await situer(c);
  // Without any place, the rule of the form would say it a second time.
  const lieu = lireLieu(circuit, saisie, ici.lieux);
  const faits = lireFaits(circuit, categorie, saisie);
  const dites = new Set(fautes.map((f) => f.champ));
  const autres = [...(lieu.ok || dites.has('lat, long') ? [] : lieu.erreurs), ...(faits.ok ? [] : faits.erreurs)].map(enOpen311);
  const toutes = [...fautes, ...autres.filter((f) => !dites.has(f.champ))];
  if (!lieu.ok || !faits.ok || toutes.length > 0) throw invalide('Ce signalement n’a pas été reçu.', toutes);
  // Whoever passes it on does not speak for who reported, but may complete what they sent.
  const d = { ...buildDemande(c.maintenant, ici.catalogue, circuit, categorie, lieu.valeur, faits.valeur, { canal: CANAL, de: null }), auteurId: u.id };
  const { numero, code } = await recevoir(c, s, circuit, d, faits.valeur.courriel);
  await c.auditer('demande.recue', `/signalements/demandes/${d.id}`, { circuit: enCode(circuit.code), canal: CANAL });
  return { id: d.id, numero, code };
}
