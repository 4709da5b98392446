/** One report at work: what is known, what happened, what may happen now. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { conflit, interdit, introuvable, invalide } from '../../../core/errors.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { adresseDe, referentsOuTrou } from '../../annuaire/index.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { enregistrerActivite } from '../../registres/index.ts';
import { type Circuit, estMuet } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { attendUnService, estUnEtat } from '../circuits/etats.ts';
import { autreService } from '../circuits/routage.rules.ts';
import { type Demande, getDemande, listDemandes, listEvenements, listJointes } from '../demandes/demandes.queries.ts';
import { listProches } from '../demandes/proches.queries.ts';
import { litEntier, peutDire, peutLire, peutTraiter, pourLecteur } from '../demandes/demandes.policy.ts';
import { annoter, disjoindre, joindre, passer, type Services } from '../demandes/ecrire.ts';
import { direDuDeclarant } from '../demandes/mot.ts';
import {
  type Acte,
  brutDuProduit,
  DIT_MAX,
  ditAuDeclarant,
  fautesDActe,
  MOT_MAX,
  produitDe,
  refusDeRequalifier,
  suitesDuDeclarant,
  suitesDuService,
} from '../demandes/machine.rules.ts';
import { getRecurrenceDe } from '../recurrences/recurrences.queries.ts';
import { MINIMUM } from '../recurrences/recurrences.ts';
import { listPhotos } from '../photos/photos.queries.ts';
import { countSuiveurs } from '../demandes/suiveurs.queries.ts';
import { detecter, direTrouvailles } from '../texte/detecteur.rules.ts';
import { nombre } from '../../../ui/typographie.ts';
import { DemandePage } from './pages/DemandePage.tsx';
import { fautesDeTaille } from '../../../core/http/fields.ts';

interface Ouverte {
  d: Demande;
  circuit: Circuit | undefined;
  catalogue: Catalogue;
  traite: boolean;
  /** Handles it, or asked for it. */
  entier: boolean;
}
async function ouvrir(c: Contexte, circuits: Circuits, verrou = false): Promise<Ouverte> {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const d = await getDemande(c.db, c.contrat.id, c.params.demandeId ?? '', verrou);
  // What is reserved to others does not exist for this reader.
  if (!d || !peutLire(c.utilisateur, d, catalogue, catalogue.contient)) throw introuvable('Cette demande');
  return {
    d,
    circuit: circuits.get(d.circuit),
    catalogue,
    traite: peutTraiter(c.utilisateur, d, catalogue, catalogue.contient),
    entier: litEntier(c.utilisateur, d, catalogue, catalogue.contient),
  };
}
export async function pourTraiter(c: Contexte, circuits: Circuits): Promise<Ouverte & { circuit: Circuit }> {
  const o = await ouvrir(c, circuits, true);
  if (!o.traite) throw interdit('Cette demande est confiée à un autre service : lui seul, et la coordination, disent où elle en est.');
  if (!o.circuit) throw conflit('Le circuit de cette demande n’est plus au contrat : elle se lit, elle ne bouge plus.');
  return { ...o, circuit: o.circuit };
}

export const demandeRoutes = (s: Services, circuits: Circuits): Route[] => {
  async function rendre(
    c: Contexte,
    o: Ouverte,
    erreurs: readonly ErreurDeChamp[] = [],
    champs: Readonly<Record<string, string>> = {},
    statut?: number,
  ): Promise<Reponse> {
    const { d, circuit } = o;
    const [evenements, jointes, suiveurs, meneur, photos, proches, recurrence, poste] = await lireEnsemble(c.db, [
      () => listEvenements(c.db, c.contrat.id, d.id),
      () => listJointes(c.db, c.contrat.id, d.id),
      () => countSuiveurs(c.db, c.contrat.id, d.id),
      () => (d.meneurId ? getDemande(c.db, c.contrat.id, d.meneurId) : null),
      () => listPhotos(c.db, c.contrat.id, d.id),
      () =>
        circuit && o.traite && d.meneurId === null
          ? listProches(
              c.db,
              c.contrat.id,
              { ...d, texte: d.textePublic, depuis: plusJours(d.jour, -circuit.rapprocher.jours), metres: circuit.rapprocher.metres, sauf: d.id },
              5,
            )
          : [],
      () => getRecurrenceDe(c.db, c.contrat.id, d.id),
      () =>
        d.roleReferent === '' ? null : referentsOuTrou(c.db, o.catalogue, { role: d.roleReferent, territoire: d.territoireId, jour: jourDe(c.maintenant) }),
    ]);
    // Of the same kind, near it, and what is joined to it: enough of them are a place that comes back.
    const memes = [d, ...jointes, ...proches.filter((x) => x.categorie === d.categorie)].map((x) => x.id);
    const lisible = (x: Pick<Demande, 'lecteurs' | 'territoireId' | 'serviceId'>) => peutLire(c.utilisateur, x, o.catalogue, o.catalogue.contient);
    const lue = <D extends Parameters<typeof pourLecteur>[1]>(x: D): D => pourLecteur(c.utilisateur, x, o.catalogue, o.catalogue.contient);
    return page({
      titre: `Demande n° ${d.numero}`,
      largeur: 'travail',
      section: 'boite',
      fil: [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }],
      statut: statut ?? (erreurs.length > 0 ? 422 : 200),
      corps: (
        <DemandePage
          d={lue(d)}
          entier={o.entier}
          circuit={circuit}
          catalogue={o.catalogue}
          evenements={evenements}
          jointes={jointes.filter(lisible)}
          recurrence={recurrence}
          referents={
            poste && (poste.trou ?? poste.referents.map((r) => (adresseDe(r, jourDe(c.maintenant)) ? r.nom : `${r.nom} (sans adresse en service)`)).join(', '))
          }
          memes={o.traite && circuit?.lieu !== 'aucun' && !recurrence && memes.length >= MINIMUM ? memes : []}
          photos={photos}
          suiveurs={suiveurs}
          meneur={meneur && lisible(meneur) ? meneur : null}
          proches={proches.filter(lisible).map(lue)}
          suites={o.traite && circuit && d.meneurId === null ? suitesDuService(circuit, d.etat) : []}
          traite={o.traite}
          corrigeable={o.traite && circuit !== undefined && refusDeRequalifier(circuit, d, c.maintenant) === null}
          revientA={o.traite && circuit && evenements.at(-1)?.acte === 'requalifiee' ? autreService(circuit, d, o.catalogue) : null}
          dires={circuit && peutDire(c.utilisateur, d, o.catalogue.contient) ? suitesDuDeclarant(circuit, d.etat) : []}
          aujourdhui={jourDe(c.maintenant)}
          erreurs={erreurs}
          champs={champs}
        />
      ),
    });
  }
  const chemin = (d: Pick<Demande, 'id'>) => `/signalements/demandes/${d.id}`;
  const depassee = (c: Contexte, d: Demande): boolean => texte(c.corps.version) !== String(d.version);
  const DEPASSEE = { champ: '', message: 'Quelqu’un vient d’agir sur cette demande : relisez ce qui s’est passé. Ce que vous aviez écrit est gardé.' };

  return [
    /** 200 · 404 unknown, or reserved to others */
    get('/signalements/demandes/:demandeId', accesMetier, async (c) => rendre(c, await ouvrir(c, circuits)), { sensible: true }),
    /** 303 · 422 what the state asks for · 409 it changed meanwhile, with what was typed · 403 · 404 */
    post('/signalements/demandes/:demandeId/acte', accesMetier, async (c) => {
      const o = await pourTraiter(c, circuits);
      const vers = texte(c.corps.vers);
      const champs = Object.fromEntries(['vers', 'service', 'motif', 'message', 'note', 'jour', 'ailleurs'].map((n) => [n, texte(c.corps[n])]));
      if (depassee(c, o.d)) return rendre(c, o, [DEPASSEE], champs, 409);
      if (!estUnEtat(vers)) return rendre(c, o, [{ champ: 'vers', message: 'Choisissez ce que devient la demande.' }], champs);
      if (o.d.meneurId) throw conflit('Cette demande est jointe à une autre : agissez sur celle-là, chacun aura la réponse.');
      const a: Acte = {
        vers,
        service: texte(c.corps.service),
        motif: texte(c.corps.motif),
        message: texte(c.corps.message),
        note: texte(c.corps.note),
        jour: texte(c.corps.jour) || null,
        ailleurs: texte(c.corps.ailleurs),
      };
      // Where what is said to who reported is written: the reason of a refusal is theirs too.
      const [dit, ou] = [ditAuDeclarant(a), a.vers === 'refuse' && detecter(a.motif).length > 0 ? 'motif' : 'message'];
      const personnes = detecter(dit).filter((t) => t.genre !== 'insulte' && t.genre !== 'sante');
      const erreurs = [
        ...fautesDActe(o.circuit, o.d, a, jourDe(c.maintenant)),
        ...(a.motif.length > 1000 ? [{ champ: 'motif', message: 'Raison : 1 000 caractères au plus.' }] : []),
        ...(dit.length > DIT_MAX
          ? [{ champ: 'message', message: `Réponse${dit === a.message ? '' : ', avec la raison du refus'} : ${nombre(DIT_MAX)} caractères au plus.` }]
          : []),
        ...(a.note.length > 2000 ? [{ champ: 'note', message: 'Note : 2 000 caractères au plus.' }] : []),
        ...(a.jour && Number.isNaN(Date.parse(a.jour)) ? [{ champ: 'jour', message: 'Cette date n’existe pas.' }] : []),
        ...(personnes.length > 0
          ? [
              {
                champ: ou,
                message: `La ${ou === 'motif' ? 'raison' : 'réponse'} contient ${direTrouvailles(personnes)} : elle est lue par tous ceux qui ont signalé.`,
              },
            ]
          : []),
      ];
      if (erreurs.length > 0) return rendre(c, o, erreurs, champs);
      // What was done is a record of its register, made with it or not at all.
      const produit = vers === 'fait' && texte(c.corps.enregistrer) === 'oui' && o.d.activiteId === null ? produitDe(o.circuit, o.d) : null;
      const fait = produit
        ? await enregistrerActivite(c, produit.registre, brutDuProduit(o.circuit, produit, o.d, jourDe(c.maintenant), c.utilisateur?.organisationId ?? ''))
        : null;
      if (fait && !fait.ok)
        throw invalide(`L’enregistrement n’a pas pu être fait, et rien n’a changé : ${fait.erreurs.map((e) => e.message).join(' ')}`, fait.erreurs);
      const lie = fait?.ok && produit ? { registre: produit.registre, activiteId: fait.id } : {};
      const prise =
        vers === 'pris-en-charge'
          ? { agent: c.utilisateur?.nom ?? '', agentId: c.utilisateur?.id ?? null }
          : vers === 'transmis'
            ? { agent: '', agentId: null }
            : {};
      await passer(c, s, o.circuit, o.d, a, { ...prise, ...lie });
      await c.auditer('demande.etat', chemin(o.d), { de: code(o.d.etat), vers });
      return redirige(chemin(o.d));
    }),
    /** 303 the organisation that asked says whether it is done · 422 · 403 not its request · 404 · 409 it changed meanwhile */
    post('/signalements/demandes/:demandeId/dire', accesMetier, async (c) => {
      const o = await ouvrir(c, circuits, true);
      if (!o.circuit || !peutDire(c.utilisateur, o.d, o.catalogue.contient))
        throw interdit('Seule l’organisation qui a fait cette demande, là où elle agit, dit si elle est satisfaite.');
      const [vers, mots] = [texte(c.corps.vers_declarant), texte(c.corps.mots)];
      const champs = { vers_declarant: vers, mots };
      if (depassee(c, o.d)) return rendre(c, o, [DEPASSEE], champs, 409);
      if (!estUnEtat(vers) || !suitesDuDeclarant(o.circuit, o.d.etat).includes(vers))
        return rendre(c, o, [{ champ: 'vers_declarant', message: 'Choisissez une réponse.' }], champs);
      if (vers !== 'resolu' && mots === '' && !estMuet(o.circuit)) return rendre(c, o, [{ champ: 'mots', message: 'Dites ce qui manque encore.' }], champs);
      const long = fautesDeTaille('mots', 'Ce qui manque', mots, MOT_MAX);
      if (long.length > 0) return rendre(c, o, long, champs);
      const trouve = detecter(mots);
      if (trouve.length > 0) return rendre(c, o, [{ champ: 'mots', message: `Ce texte contient ${direTrouvailles(trouve)} : récrivez-le sans cela.` }], champs);
      await direDuDeclarant(c, s, o.circuit, o.d, { vers, mots });
      await c.auditer('demande.dite', chemin(o.d), { dit: vers });
      return redirige(chemin(o.d));
    }),
    /** 303 · 422 · 403 · 404 · 409 */
    post('/signalements/demandes/:demandeId/note', accesMetier, async (c) => {
      const o = await pourTraiter(c, circuits);
      const note = texte(c.corps.note);
      if (note === '' || note.length > 2000)
        return rendre(c, o, [{ champ: 'note_seule', message: 'Écrivez la note, en 2 000 caractères au plus.' }], { note_seule: note });
      await annoter(c, o.circuit, o.d, { acte: 'note', note });
      await c.auditer('demande.note', chemin(o.d));
      return redirige(chemin(o.d));
    }),
    /** 303 · 403 · 404 · 409 one of the two is already joined to another */
    post('/signalements/demandes/:demandeId/joindre', accesMetier, async (c) => {
      const id = texte(c.corps.meneur);
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      // Both are locked in the order of their ids, as every writer does.
      await listDemandes(c.db, c.contrat.id, [id, c.params.demandeId ?? ''], true);
      const o = await pourTraiter(c, circuits);
      const meneur = await getDemande(c.db, c.contrat.id, id);
      if (!meneur || !peutLire(c.utilisateur, meneur, catalogue, catalogue.contient) || meneur.circuit !== o.d.circuit) throw introuvable('L’autre demande');
      if (!peutTraiter(c.utilisateur, meneur, catalogue, catalogue.contient))
        throw interdit('L’autre demande est confiée à un autre service : transmettez-lui celle-ci, avec la raison, et il la joindra.');
      if (!attendUnService(o.d.etat) || !attendUnService(meneur.etat))
        throw conflit('L’une des deux n’attend plus rien d’un service : ce qui est signalé de nouveau se traite à part. Si le lieu revient, suivez-le.');
      const jointes = await listJointes(c.db, c.contrat.id, o.d.id);
      if (o.d.meneurId || meneur.meneurId || jointes.length > 0 || meneur.id === o.d.id)
        throw conflit('L’une des deux est déjà jointe à une autre, ou en mène d’autres : joignez celle qui est seule.');
      await joindre(c, o.d, meneur);
      await c.auditer('demande.jointe', chemin(o.d), { a: code(meneur.id) });
      return redirige(chemin(o.d));
    }),
    /** 303 · 403 · 404 · 409 it is not joined */
    post('/signalements/demandes/:demandeId/disjoindre', accesMetier, async (c) => {
      const { d: lue } = await ouvrir(c, circuits);
      // Both are locked in the order of their ids, as every writer does.
      await listDemandes(c.db, c.contrat.id, [lue.meneurId ?? lue.id, lue.id], true);
      const o = await pourTraiter(c, circuits);
      if (!o.d.meneurId) throw conflit('Cette demande n’est jointe à aucune autre.');
      if (o.d.meneurId !== lue.meneurId) throw conflit('Quelqu’un vient de joindre cette demande à une autre : rechargez la page.');
      await disjoindre(c, o.circuit, o.d, await getDemande(c.db, c.contrat.id, o.d.meneurId));
      await c.auditer('demande.disjointe', chemin(o.d));
      // Given back to its service, it may be no more of who separated it.
      const rendue = await getDemande(c.db, c.contrat.id, o.d.id);
      return redirige(rendue && peutLire(c.utilisateur, rendue, o.catalogue, o.catalogue.contient) ? chemin(o.d) : chemin({ id: o.d.meneurId }));
    }),
  ];
};
