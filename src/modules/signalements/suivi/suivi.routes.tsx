/** What became of a report, for whoever has its code: what was done, and their own word on it. */
import { acces } from '../../../core/authorize.ts';
import { conflit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { courrielFacultatif } from '../../../core/http/fields.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { estMuet } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { estUnEtat } from '../circuits/etats.ts';
import { type Demande, getDemande, listDemandes, listEvenements } from '../demandes/demandes.queries.ts';
import { direApresConfirmation, type Services } from '../demandes/ecrire.ts';
import { lireCode } from '../demandes/identifiants.ts';
import { direDuDeclarant } from '../demandes/mot.ts';
import { MOT_MAX, suitesDuDeclarant } from '../demandes/machine.rules.ts';
import { cheminPourConfirmer, ouvrirContact, oublierLesLettres, preuveDAdresse } from '../demandes/lettres.ts';
import { confirmerAdresse, direSuiveur, getSuiveur, getSuiveurParId, oublierContact, type Suiveur } from '../demandes/suiveurs.queries.ts';
import { ENVOI_MAX } from '../../../core/images/photo.ts';
import { listPhotos } from '../photos/photos.queries.ts';
import { garderPhotos, lirePhotos, ouvrirPhotos, PHOTOS_MAX } from '../photos/recevoir.ts';
import { EnLangue } from '../langues/EnLangue.tsx';
import { cadreDe, type Langues } from '../langues/langues.ts';
import { type Parle, remplir, suiteDe } from '../langues/mots.rules.ts';
import { ChoisirLaLangue } from '../signaler/pages/SignalerPage.tsx';
import { detecter, direTrouvailles } from '../texte/detecteur.rules.ts';
import { grilleDe } from '../recurrences/motif.rules.ts';
import type { LieuDuSuiviProps } from '../recurrences/pages/LieuDuSuivi.tsx';
import { getRecurrenceDe, listEvenementsDeRecurrence, listIdsDeRecurrence, listLieuxSuivis, suitLeLieu } from '../recurrences/recurrences.queries.ts';
import { quitterLeLieu, suivreLeLieu } from '../recurrences/recurrences.ts';
import { ConfirmerPage, SuiviCodePage, SuiviPage } from './pages/SuiviPage.tsx';
import { nombre } from '../../../ui/typographie.ts';

/** `inconnu`: a code that opens nothing, as it was typed. */
const pageDuCode = (parle: Parle, inconnu: string | null = null, langues?: Langues['liste'], fait = ''): Reponse =>
  page({
    titre: parle.mots.suivre,
    ...cadreDe(parle),
    statut: inconnu === null ? 200 : 404,
    corps: (
      <EnLangue parle={parle}>
        <SuiviCodePage erreurs={inconnu === null ? [] : [{ champ: 'code', message: parle.mots.eCode }]} code={inconnu ?? ''} fait={fait} />
        <ChoisirLaLangue chemin="/suivi" langues={langues} />
      </EnLangue>
    ),
  });

async function ouvrir(c: Contexte, verrou = false): Promise<{ d: Demande; suiveur: Suiveur; code: string } | null> {
  const code = lireCode(c.params.code ?? '');
  const suiveur = code ? await getSuiveur(c.db, c.contrat.id, code) : null;
  const d = suiveur && (await getDemande(c.db, c.contrat.id, suiveur.demandeId, verrou));
  return d && suiveur && code ? { d, suiveur, code } : null;
}

/** The place of which it is, when it comes back. */
async function lireLieu(c: Contexte, o: { d: Demande; suiveur: Suiveur }): Promise<LieuDuSuiviProps | null> {
  const r = await getRecurrenceDe(c.db, c.contrat.id, o.d.id);
  if (!r) return null;
  const demandes = await listDemandes(c.db, c.contrat.id, await listIdsDeRecurrence(c.db, c.contrat.id, r.id));
  return {
    r,
    grille: grilleDe(demandes),
    evenements: await listEvenementsDeRecurrence(c.db, c.contrat.id, r.id),
    suit: await suitLeLieu(c.db, c.contrat.id, r.id, o.suiveur.id),
    adresseConnue: o.suiveur.contact !== null,
  };
}

/** Who reported, while it is open. */
const peutJoindre = (circuits: Circuits, o: { d: Demande; suiveur: Suiveur }, deja: number): boolean => {
  const circuit = circuits.get(o.d.circuit);
  // Of a circuit without words, no picture either.
  return o.d.closLe === null && deja < PHOTOS_MAX && !(circuit && estMuet(circuit));
};

export const suiviRoutes = (s: Services, circuits: Circuits, langues: Langues): Route[] => {
  /** In the language that the page before spoke. */
  const parleeDe = (c: Contexte, circuit?: string) => langues.de(texte(c.requete.langue) || texte(c.corps.langue), circuit);
  const retour = (c: Contexte, code: string, fait: string): Reponse => {
    const { code: langue } = parleeDe(c).parle;
    return redirige(`/suivi/${code}?fait=${fait}${langue && `&langue=${langue}`}`);
  };
  /** Whose mailbox the link of the letter came from: addresses left by who follows that it proves; null for none. It opens no report. */
  const adressesProuvees = async (c: Contexte) => {
    const suiveur = await getSuiveurParId(c.db, c.contrat.id, c.params.suiveurId ?? '');
    if (!suiveur) return null;
    const prouvee = (contact: Buffer | null): string | null => {
      const a = contact && ouvrirContact(s, contact);
      return a !== null && preuveDAdresse(s, suiveur.id, a) === c.params.preuveDAdresse ? a : null;
    };
    const lieux = (await listLieuxSuivis(c.db, c.contrat.id, suiveur.id)).filter((x) => prouvee(x.contact) !== null).map((x) => x.id);
    const adresse = prouvee(suiveur.contact);
    return adresse !== null || lieux.length > 0 ? { suiveur, adresse, lieux } : null;
  };
  const rendre = async (
    c: Contexte,
    o: { d: Demande; suiveur: Suiveur; code: string },
    erreurs: readonly ErreurDeChamp[] = [],
    champs: Record<string, string> = {},
  ) => {
    const { parle, circuits: traduits } = parleeDe(c, o.d.circuit);
    const circuit = traduits.get(o.d.circuit) ?? circuits.get(o.d.circuit);
    const [evenements, catalogue, photos] = [
      await listEvenements(c.db, c.contrat.id, o.d.id),
      await getCatalogue(c.db, c.contrat.id),
      await listPhotos(c.db, c.contrat.id, o.d.id),
    ];
    return page({
      titre: parle.mots.votreDemande,
      ...cadreDe(parle),
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <EnLangue parle={parle}>
          <SuiviPage
            {...o}
            circuit={circuit}
            evenements={evenements}
            catalogue={catalogue}
            photos={photos}
            lieu={await lireLieu(c, o)}
            ajouterPhoto={peutJoindre(circuits, o, photos.length)}
            suites={circuit ? suitesDuDeclarant(circuit, o.d.etat) : []}
            erreurs={erreurs}
            champs={champs}
            fait={texte(c.requete.fait)}
          />
          <ChoisirLaLangue chemin={`/suivi/${o.code}`} langues={langues.liste} />
        </EnLangue>
      ),
    });
  };
  return [
    /** 200 · 303 to the report · 404 with the code as typed */
    get(
      '/suivi',
      acces.public,
      async (c) => {
        const dit = texte(c.requete.code);
        const { parle } = parleeDe(c);
        if (dit === '') return pageDuCode(parle, null, langues.liste, texte(c.requete.fait));
        const code = lireCode(dit);
        if (!code || !(await getSuiveur(c.db, c.contrat.id, code))) return pageDuCode(parle, dit);
        return redirige(`/suivi/${code}${suiteDe(parle)}`);
      },
      { secrete: true, parMinute: 30 },
    ),
    /** 200 · 404 */
    get(
      '/suivi/:code',
      acces.public,
      async (c) => {
        const o = await ouvrir(c);
        return o ? rendre(c, o) : pageDuCode(parleeDe(c).parle, c.params.code ?? '');
      },
      { secrete: true, parMinute: 60 },
    ),
    /** 303 · 404 · 409 closed, or has enough of them · 413 · 422 what is no photograph */
    post(
      '/suivi/:code/photos',
      acces.public,
      async (c) => {
        const o = await ouvrir(c, true);
        if (!o) throw introuvable('Cette demande');
        if (!peutJoindre(circuits, o, (await listPhotos(c.db, c.contrat.id, o.d.id)).length)) throw conflit('Cette demande ne reçoit plus de photo.');
        const { parle } = parleeDe(c);
        const { photos, erreurs, laissees } = await lirePhotos(c.fichiers, PHOTOS_MAX - (await listPhotos(c.db, c.contrat.id, o.d.id)).length, parle);
        if (laissees > 0) erreurs.push({ champ: 'photo', message: parle.mots.ePhotoAttente });
        else if (erreurs.length === 0 && photos.length === 0) erreurs.push({ champ: 'photo', message: parle.mots.ePhotoVide });
        if (erreurs.length > 0) return rendre(c, o, erreurs);
        await garderPhotos(c, o.d.id, photos);
        return retour(c, o.code, 'photo');
      },
      { anonyme: true, secrete: true, parMinute: 10, televersementMax: ENVOI_MAX, avant: ouvrirPhotos },
    ),
    /** 303 · 404 of no place that comes back · 422 an address that cannot be one */
    post(
      '/suivi/:code/lieu',
      acces.public,
      async (c) => {
        const o = await ouvrir(c);
        const r = o && (await getRecurrenceDe(c.db, c.contrat.id, o.d.id));
        if (!o || !r) throw introuvable('Ce lieu suivi');
        if (texte(c.corps.acte) === 'quitter') {
          await quitterLeLieu(c, s, r, o.suiveur.id);
          return retour(c, o.code, 'quitte');
        }
        const sienne = o.suiveur.contact === null ? null : s.coffre.dechiffrer(o.suiveur.contact);
        const dit = sienne ?? texte(c.corps.courriel);
        const lu = courrielFacultatif.safeParse(dit);
        if (!lu.success || lu.data === '') return rendre(c, o, [{ champ: 'courriel', message: parleeDe(c).parle.mots.eCourrielLieu }], { courriel: dit });
        const prouvee = sienne !== null && o.suiveur.confirmeLe !== null;
        if (!(await suivreLeLieu(c, s, r, o.suiveur.id, { courriel: lu.data, prouvee })))
          return rendre(c, o, [{ champ: 'courriel', message: parleeDe(c).parle.mots.courrielTrop }], { courriel: dit });
        return retour(c, o.code, 'suit');
      },
      { anonyme: true, secrete: true, parMinute: 20 },
    ),
    /** From the letter: 200 a button, for programs open links by themselves · 404 */
    get(
      '/suivi/confirmer/:suiveurId/:preuveDAdresse',
      acces.public,
      async (c) => {
        const o = await adressesProuvees(c);
        if (!o) throw introuvable('Ce lien');
        const { parle } = parleeDe(c);
        const ici = cheminPourConfirmer(o.suiveur.id, c.params.preuveDAdresse ?? '');
        return page({
          titre: parle.mots.confirmer,
          ...cadreDe(parle),
          corps: (
            <EnLangue parle={parle}>
              <ConfirmerPage action={ici} />
              <ChoisirLaLangue chemin={ici} langues={langues.liste} />
            </EnLangue>
          ),
        });
      },
      { secrete: true, parMinute: 60 },
    ),
    /** 303 to where a code is asked · 404 */
    post(
      '/suivi/confirmer/:suiveurId/:preuveDAdresse',
      acces.public,
      async (c) => {
        const o = await adressesProuvees(c);
        const d = o && (await getDemande(c.db, c.contrat.id, o.suiveur.demandeId, true));
        if (!o || !d) throw introuvable('Ce lien');
        const nouvelle = await confirmerAdresse(c.db, c.contrat.id, o.suiveur.id, o.lieux, o.adresse !== null, c.maintenant);
        const circuit = circuits.get(d.circuit);
        if (nouvelle && circuit && o.adresse !== null) await direApresConfirmation({ ...c, utilisateur: null }, s, circuit, d, o.adresse);
        const { code: langue } = parleeDe(c).parle;
        return redirige(`/suivi?fait=confirme${langue && `&langue=${langue}`}`);
      },
      { anonyme: true, secrete: true, parMinute: 20 },
    ),
    /** 303 · 422 with what was typed · 404 · 409 it changed meanwhile */
    post(
      '/suivi/:code',
      acces.public,
      async (c) => {
        const o = await ouvrir(c, true);
        if (!o) throw introuvable('Cette demande');
        const circuit = circuits.get(o.d.circuit);
        const [acte, mots, note] = [texte(c.corps.acte), texte(c.corps.mots), texte(c.corps.note)];
        const anonyme = { ...c, utilisateur: null };
        const m = parleeDe(c).parle.mots;
        if (acte === 'oublier') {
          const a = o.suiveur.contact && ouvrirContact(s, o.suiveur.contact);
          if (a) await oublierLesLettres(c, s, o.d.id, a);
          await oublierContact(c.db, c.contrat.id, o.suiveur.id);
          return retour(c, o.code, 'oublie');
        }
        if (!circuit || !estUnEtat(acte)) return rendre(c, o, [{ champ: 'acte', message: m.eActe }], { mots, note });
        if (!suitesDuDeclarant(circuit, o.d.etat).includes(acte))
          throw conflit('Cette demande a changé depuis que vous l’avez ouverte. Rechargez la page : ce qui reste à dire y est.');
        const trouve = detecter(mots);
        const erreurs = [
          ...(acte !== 'resolu' && mots === '' && !estMuet(circuit) ? [{ champ: 'mots', message: m.eMots }] : []),
          ...(mots.length > MOT_MAX ? [{ champ: 'mots', message: remplir(m.eTexteLong, { max: nombre(MOT_MAX), n: nombre(mots.length) }) }] : []),
          ...(trouve.length > 0 ? [{ champ: 'mots', message: remplir(m.eMotsTrouve, { quoi: direTrouvailles(trouve, m) }) }] : []),
          ...(note !== '' && !/^[1-5]$/.test(note) ? [{ champ: 'note', message: m.eNote }] : []),
        ];
        if (erreurs.length > 0) return rendre(c, o, erreurs, { acte, mots, note });
        const dite = note === '' ? {} : { note: Number(note) };
        await direSuiveur(c.db, c.contrat.id, o.suiveur.id, { dit: acte, ...dite }, c.maintenant);
        await direDuDeclarant(anonyme, s, circuit, o.d, { vers: acte, mots, ...dite });
        await c.auditer('demande.dite', `/signalements/demandes/${o.d.id}`, { dit: acte });
        return retour(c, o.code, acte);
      },
      { anonyme: true, secrete: true, parMinute: 20 },
    ),
  ];
};
