/** The form of a circuit that is open to everyone: one question a page, without account, without JavaScript. */
import { code as enCode } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { prendreUnePlace } from '../../../core/http/affluence.ts';
import { introuvable, nonConnecte } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { adresseDuCircuit } from '../courriel/fil.rules.ts';
import { recevoir, type Services } from '../demandes/ecrire.ts';
import { ENVOI_MAX } from '../../../core/images/photo.ts';
import { EnLangue } from '../langues/EnLangue.tsx';
import { cadreDe, type Langues } from '../langues/langues.ts';
import type { Mots, Parle } from '../langues/mots.rules.ts';
import { garderPhotos, lirePhotos, ouvrirPhotos, PHOTOS_MAX } from '../photos/recevoir.ts';
import { ArretPage, RecuPage, SignalerPage, type SignalerPageProps } from './pages/SignalerPage.tsx';
import { buildDemande, type Ici, situer } from './preparer.ts';
import {
  dit,
  type Etape,
  estUneEtape,
  etapesDe,
  type Faits,
  lireCategorie,
  lireFaits,
  lireLieu,
  lireSaisie,
  type OuEtQuand,
  type Saisie,
} from './saisie.rules.ts';

const LECTURE = { parMinute: 120 } as const;

function ouvert(circuits: Circuits, c: Contexte): Circuit {
  const circuit = circuits.get(c.params.circuit ?? '');
  if (!circuit) throw introuvable('Ce circuit');
  // A circuit of partners has its own page, behind the sign-in.
  if (!circuit.declarants.public && !c.utilisateur) throw nonConnecte();
  return circuit;
}
const fil = [{ libelle: 'Signaler', href: '/signaler' }];
/** The breadcrumb is in French. */
const cadre = (parle: Parle) => ({ ...cadreDe(parle), ...(parle.code === '' ? { fil } : {}), cadreDeTous: true });

type Lu = { ok: true; lieu: OuEtQuand; faits: Faits } | { ok: false; etape: Etape; erreurs: readonly ErreurDeChamp[] };
/**
 * Everything again from the first step: nothing is taken from what a page was told before. Nothing is said of what others reported, not even
 * that they did: whoever names a place would learn it. What may be the same is shown to the service.
 */
function toutLire(circuit: Circuit, s: Saisie, ici: Ici, m: Mots): Lu {
  const quoi = lireCategorie(circuit, s, m);
  if (!quoi.ok) return { ok: false, etape: 'quoi', erreurs: quoi.erreurs };
  if (circuit.urgence && dit(s, 'danger') !== 'non') return { ok: false, etape: 'urgence', erreurs: [{ champ: 'danger', message: m.eDanger }] };
  const lieu = lireLieu(circuit, s, ici.lieux, m);
  if (!lieu.ok) return { ok: false, etape: 'lieu', erreurs: lieu.erreurs };
  const faits = lireFaits(circuit, quoi.valeur, s, m);
  if (!faits.ok) return { ok: false, etape: 'faits', erreurs: faits.erreurs };
  return { ok: true, lieu: lieu.valeur, faits: faits.valeur };
}

function rendre(s: Services, parle: Parle, circuit: Circuit, ici: Ici, p: Pick<SignalerPageProps, 'etape' | 'saisie' | 'erreurs' | 'lu' | 'langues'>): Reponse {
  const lu = lireCategorie(circuit, p.saisie);
  return page({
    titre: circuit.titre,
    ...cadre(parle),
    ...(p.etape === 'lieu' ? { scripts: ['signaler.js'] } : {}),
    statut: p.erreurs.length > 0 ? 422 : 200,
    corps: (
      <EnLangue parle={parle}>
        <SignalerPage
          {...p}
          circuit={circuit}
          parLettre={adresseDuCircuit(circuit, s.domaineEntrant)}
          quartiers={ici.quartiers}
          aujourdhui={ici.lieux.aujourdhui}
          catalogue={ici.catalogue}
          plan={ici.lieux.localiser !== null}
          categorie={lu.ok ? lu.valeur : null}
        />
      </EnLangue>
    ),
  });
}

/** Faults of one step alone: those of the next ones are not there yet. */
async function avancer(s: Services, c: Contexte, parle: Parle, circuit: Circuit): Promise<Reponse> {
  const ici = await situer(c);
  const saisie = lireSaisie(circuit, c.corps);
  const etapes = etapesDe(circuit);
  const aller = texte(c.corps.aller);
  const montrer = (etape: Etape, erreurs: readonly ErreurDeChamp[] = [], lu: SignalerPageProps['lu'] = null) =>
    rendre(s, parle, circuit, ici, { etape, saisie, erreurs, lu });
  if (estUneEtape(aller) && etapes.includes(aller)) return montrer(aller);
  const dite = texte(c.corps.etape);
  const etape: Etape = estUneEtape(dite) && etapes.includes(dite) ? dite : 'quoi';
  if (etape === 'urgence' && dit(saisie, 'danger') === 'oui')
    return page({
      titre: parle.mots.arret,
      ...cadre(parle),
      corps: (
        <EnLangue parle={parle}>
          <ArretPage circuit={circuit} saisie={saisie} />
        </EnLangue>
      ),
    });
  const lu = toutLire(circuit, saisie, ici, parle.mots);
  const suivante = etapes[etapes.indexOf(etape) + 1] ?? 'verifier';
  // A step where nothing must be answered is shown all the same: what may be added is asked there.
  if (lu.ok) return suivante === 'verifier' ? montrer('verifier', [], lu) : montrer(suivante);
  // What stops it comes later than the step just done: that step is right, and the next one begins.
  if (etapes.indexOf(lu.etape) > etapes.indexOf(etape)) return montrer(suivante === 'verifier' ? lu.etape : suivante);
  return montrer(lu.etape, lu.erreurs);
}

export const signalerRoutes = (s: Services, circuits: Circuits, langues: Langues): Route[] => [
  /** `?langue=`: one of those of the pages of help. 200 the first question · 401 a circuit of partners, without account · 303 to their page, with one · 404 */
  get('/signaler/:circuit', acces.public, async (c) => {
    const circuit = ouvert(circuits, c);
    if (!circuit.declarants.public) return redirige(`/signalements/saisir/${circuit.code}`);
    const dite = langues.de(texte(c.requete.langue), circuit.code);
    return rendre(s, dite.parle, dite.circuits.get(circuit.code) ?? circuit, await situer(c), {
      etape: 'quoi',
      saisie: {},
      erreurs: [],
      lu: null,
      langues: langues.liste,
    });
  }),
  /** 200 the next question, or the numbers to call · 422 this one again, with what was typed · 429 */
  post(
    '/signaler/:circuit/etapes',
    acces.public,
    (c) => {
      const circuit = ouvert(circuits, c);
      const dite = langues.de(texte(c.corps.langue), circuit.code);
      return avancer(s, c, dite.parle, dite.circuits.get(circuit.code) ?? circuit);
    },
    {
      sansEffetPublic: true,
      // No digest is kept of what is typed on the way.
      anonyme: true,
      secrete: true,
      televersementMax: ENVOI_MAX,
      ...LECTURE,
    },
  ),
  /** 200 the code, once · 422 the step to correct · 429 too many from one address */
  post(
    '/signaler/:circuit',
    acces.public,
    async (c) => {
      const circuit = ouvert(circuits, c);
      if (!circuit.declarants.public) throw nonConnecte();
      const ici = await situer(c);
      const saisie = lireSaisie(circuit, c.corps);
      // Read in the words of the page; kept, and told to services, in those of the contract.
      const { parle, circuits: traduits } = langues.de(texte(c.corps.langue), circuit.code);
      const montre = traduits.get(circuit.code) ?? circuit;
      const lu = toutLire(montre, saisie, ici, parle.mots);
      if (!lu.ok) return rendre(s, parle, montre, ici, { etape: lu.etape, saisie, erreurs: lu.erreurs, lu: null });
      const quoi = lireCategorie(circuit, saisie);
      if (!quoi.ok) throw introuvable('Cette catégorie');
      const { photos, erreurs, laissees } = await lirePhotos(c.fichiers, PHOTOS_MAX, parle);
      if (erreurs.length > 0) return rendre(s, parle, montre, ici, { etape: 'verifier', saisie, lu, erreurs });
      const d = buildDemande(c.maintenant, ici.catalogue, circuit, quoi.valeur, lu.lieu, lu.faits, { canal: 'web', de: null });
      const anonyme = { ...c, utilisateur: null };
      const { numero, code, ecrit } = await recevoir(anonyme, s, circuit, d, lu.faits.courriel);
      await garderPhotos(c, d.id, photos);
      await c.auditer('demande.recue', `/signalements/demandes/${d.id}`, { circuit: enCode(circuit.code), canal: 'web' });
      return page({
        titre: parle.mots.cEstEnvoye,
        ...cadre(parle),
        corps: (
          <EnLangue parle={parle}>
            <RecuPage
              circuit={montre}
              numero={numero}
              code={code}
              courriel={ecrit}
              sansPhoto={laissees > 0}
              trop={!ecrit && lu.faits.courriel !== ''}
              delai={circuit.etats.recu?.delai}
            />
          </EnLangue>
        ),
      });
    },
    {
      creation: true,
      anonyme: true,
      secrete: true,
      parMinute: 20,
      televersementMax: ENVOI_MAX,
      avant: ouvrirPhotos,
      place: prendreUnePlace,
      lisibleEnsuite: true,
    },
  ),
];
