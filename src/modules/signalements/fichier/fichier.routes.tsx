/** Many reports of one organisation in one file: every row is verified as the form would, all are received or none. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier, type Utilisateur } from '../../../core/authorize.ts';
import { fichierCsv } from '../../../core/csv.ts';
import { ErreurConcorde, interdit, introuvable, nonConnecte } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, type Reponse, type Route } from '../../../core/http/http.ts';
import { type Ligne, OCTETS_MAX, ouvrirFichier } from '../../../core/tableur/tableur.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { plusJours } from '../../echeances/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { peutDeclarer } from '../demandes/demandes.policy.ts';
import { recevoir, type Services } from '../demandes/ecrire.ts';
import { buildDemande, type Ici, situer } from '../signaler/preparer.ts';
import { FichierPage, FichierRecuPage } from './FichierPage.tsx';
import { listTransmises } from './fichier.queries.ts';
import { cleDeLigne, colonnesDe, exempleDe, type FauteDeLigne, lireFichier, type LigneLue, nommerLesPlaces, titresConnus } from './lignes.rules.ts';

const cadre = { largeur: 'travail', section: 'boite', fil: [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }] } as const;

async function ouvrir(circuits: Circuits, c: Contexte): Promise<{ circuit: Circuit; ici: Ici; u: Utilisateur }> {
  const circuit = circuits.get(c.params.circuit ?? '');
  if (!circuit?.fichier) throw introuvable('L’envoi par fichier de ce circuit');
  const ici = await situer(c);
  const u = c.utilisateur;
  if (!u) throw nonConnecte();
  if (!peutDeclarer(u, circuit, ici.catalogue)) throw interdit('Votre organisation ne signale pas dans ce circuit. Adressez-vous à la coordination.');
  return { circuit, ici, u };
}
const rendre = (circuit: Circuit, erreurs: readonly ErreurDeChamp[] = [], fautes: readonly FauteDeLigne[] = [], nom = ''): Reponse =>
  page({
    ...cadre,
    titre: 'Envoyer un fichier',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <FichierPage circuit={circuit} erreurs={erreurs} fautes={fautes} fichier={nom} />,
  });

async function lireLignes(c: Contexte, circuit: Circuit): Promise<{ nom: string; lignes: Ligne[] } | { faute: string }> {
  const recu = c.fichiers.find((f) => f.champ === 'fichier');
  if (!recu) return { faute: 'Choisissez le fichier rempli.' };
  try {
    const ouvert = await ouvrirFichier(recu.chemin, recu.nom, null, titresConnus(circuit));
    const lignes: Ligne[] = [];
    for await (const l of ouvert.lignes) lignes.push(l);
    return { nom: recu.nom, lignes };
  } catch (e) {
    if (e instanceof ErreurConcorde && e.statut < 500) return { faute: e.message };
    throw e;
  }
}
/** Rows that were sent before. */
async function dejaLa(c: Contexte, circuit: Circuit, u: Utilisateur, lues: readonly LigneLue[]): Promise<FauteDeLigne[]> {
  const depuis = lues.map((l) => l.lieu.jour).sort()[0];
  if (!depuis) return [];
  const transmises = new Map(
    (await listTransmises(c.db, c.contrat.id, { circuit: circuit.code, organisationId: u.organisationId, depuis })).map((t) => [cleDeLigne(t), t.numero]),
  );
  return lues.flatMap((l) => {
    const numero = transmises.get(cleDeLigne({ categorie: l.categorie.code, adresse: l.lieu.adresse, jour: l.lieu.jour }));
    return numero === undefined ? [] : [{ ligne: l.ligne, colonne: '', message: `Déjà envoyée : c’est la demande n° ${numero}. Retirez cette ligne.` }];
  });
}

export const fichierRoutes = (s: Services, circuits: Circuits): Route[] => [
  /** 200 · 403 · 404 a circuit that takes none */
  get('/signalements/saisir/:circuit/fichier', accesMetier, async (c) => rendre((await ouvrir(circuits, c)).circuit)),
  /** 200 · 403 · 404 */
  get('/signalements/saisir/:circuit/modele.csv', accesMetier, async (c) => {
    const { circuit, ici } = await ouvrir(circuits, c);
    const exemple = exempleDe(circuit, ici.quartiers[0]?.libelle ?? '', plusJours(ici.lieux.aujourdhui, -1));
    const contenu = fichierCsv(
      colonnesDe(circuit).map((x) => x.titre),
      [exemple],
    );
    return fichier(contenu, { nom: `modele-${circuit.code}.csv`, type: 'text/csv; charset=utf-8' });
  }),
  /** 200 all received · 422 each fault by its line and column, nothing received · 403 · 404 · 413 */
  post(
    '/signalements/saisir/:circuit/fichier',
    accesMetier,
    async (c) => {
      const { circuit, ici, u } = await ouvrir(circuits, c);
      const lu = await lireLignes(c, circuit);
      if ('faute' in lu) return rendre(circuit, [{ champ: 'fichier', message: lu.faute }]);
      const { lues, fautes } = lireFichier(circuit, lu.lignes, { lieux: ici.lieux, parNom: nommerLesPlaces(ici.quartiers) });
      const toutes = [...fautes, ...(await dejaLa(c, circuit, u, lues))].sort((a, b) => a.ligne - b.ligne);
      if (toutes.length > 0)
        return rendre(
          circuit,
          [{ champ: 'fichier', message: 'Corrigez les cases dites ci-dessous, puis renvoyez tout le fichier : rien n’a été envoyé.' }],
          toutes,
          lu.nom,
        );
      const numeros: number[] = [];
      for (const l of lues) {
        const d = buildDemande(c.maintenant, ici.catalogue, circuit, l.categorie, l.lieu, l.faits, {
          canal: 'partenaire',
          de: { organisationId: u.organisationId, id: u.id },
        });
        numeros.push((await recevoir(c, s, circuit, d, '')).numero);
      }
      await c.auditer('demande.fichier', `/signalements/saisir/${circuit.code}`, { circuit: code(circuit.code), nombre: numeros.length });
      return page({ ...cadre, titre: 'C’est envoyé', corps: <FichierRecuPage circuit={circuit} numeros={numeros} /> });
    },
    { creation: true, televersementMax: OCTETS_MAX },
  ),
];
