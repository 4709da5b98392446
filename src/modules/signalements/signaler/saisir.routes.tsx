/** The same report taken down by somebody at work: in their organisation’s name, or for who calls, on one page. */
import { code as enCode } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { laisseDeCote, prendreUnePlace } from '../../../core/http/affluence.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, page, post, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Circuit, estMuet } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { adresseDuCircuit } from '../courriel/fil.rules.ts';
import { getDemande } from '../demandes/demandes.queries.ts';
import type { Proche } from '../demandes/proches.queries.ts';
import { attendUnService } from '../circuits/etats.ts';
import { joindre, recevoir, type Services } from '../demandes/ecrire.ts';
import { peutDeclarer, peutLire, peutSaisirPourAutrui, pourLecteur } from '../demandes/demandes.policy.ts';
import { canauxDe } from '../signalements.source.ts';
import { RecuPage } from './pages/SignalerPage.tsx';
import { ChoisirCircuitPage, SaisirPage } from './pages/SaisirPage.tsx';
import { buildDemande, chercherProches, type Ici, situer } from './preparer.ts';
import { dit, lireCategorie, lireFaits, lireLieu, lireSaisie, type Saisie } from './saisie.rules.ts';

const cadre = { largeur: 'travail', section: 'boite', fil: [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }] } as const;

async function ouvrir(circuits: Circuits, c: Contexte): Promise<{ circuit: Circuit; ici: Ici }> {
  const circuit = circuits.get(c.params.circuit ?? '');
  if (!circuit) throw introuvable('Ce circuit');
  const ici = await situer(c);
  if (!peutDeclarer(c.utilisateur, circuit, ici.catalogue))
    throw interdit('Votre organisation ne signale pas dans ce circuit. Adressez-vous à la coordination.');
  return { circuit, ici };
}
/** Own channels of the platform, then those that the circuit takes in. */
function canauxPour(c: Contexte, circuit: Circuit, ici: Ici): { valeur: string; libelle: string }[] {
  const noms = new Map(canauxDe(ici.catalogue).map((x) => [x.code, x.libelle]));
  const dAutrui = peutSaisirPourAutrui(c.utilisateur) ? circuit.canaux.map((code) => ({ valeur: code, libelle: noms.get(code) ?? code })) : [];
  return [{ valeur: 'partenaire', libelle: 'Mon organisation' }, ...dAutrui];
}

export const saisirRoutes = (s: Services, circuits: Circuits): Route[] => {
  const rendre = (c: Contexte, circuit: Circuit, ici: Ici, saisie: Saisie, erreurs: readonly ErreurDeChamp[], proches: readonly Proche[] = []): Reponse => {
    const lu = lireCategorie(circuit, saisie);
    return page({
      ...cadre,
      titre: circuit.titre,
      scripts: ['signaler.js', 'terrain.js'],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <SaisirPage
          circuit={circuit}
          parLettre={adresseDuCircuit(circuit, s.domaineEntrant)}
          categorie={lu.ok ? lu.valeur : null}
          saisie={saisie}
          erreurs={erreurs}
          quartiers={ici.quartiers}
          plan={ici.lieux.localiser !== null}
          aujourdhui={ici.lieux.aujourdhui}
          suspendue={laisseDeCote('proches')}
          compte={c.utilisateur?.id ?? ''}
          canaux={canauxPour(c, circuit, ici)}
          proches={proches
            .filter((x) => peutLire(c.utilisateur, x, ici.catalogue, ici.catalogue.contient))
            .map((x) => pourLecteur(c.utilisateur, x, ici.catalogue, ici.catalogue.contient))}
        />
      ),
    });
  };
  return [
    /** 200 circuits that this person may report in · 403 */
    get('/signalements/saisir', accesMetier, async (c) => {
      const ici = await situer(c);
      const siens = [...circuits.values()].filter((x) => peutDeclarer(c.utilisateur, x, ici.catalogue));
      return page({ ...cadre, titre: 'Nouvelle demande', corps: <ChoisirCircuitPage circuits={siens} /> });
    }),
    /** 200 · 403 · 404 */
    get('/signalements/saisir/:circuit', accesMetier, async (c) => {
      const { circuit, ici } = await ouvrir(circuits, c);
      const saisie = { ...lireSaisie(circuit, c.requete), texte: [] };
      // Looked for before anything is typed a second time: whoever calls may say what is there already.
      const [quoi, lieu] = [lireCategorie(circuit, saisie), lireLieu(circuit, saisie, ici.lieux)];
      const proches =
        quoi.ok && lieu.ok && !estMuet(circuit) && dit(saisie, 'adresse') !== '' && !laisseDeCote('proches')
          ? await chercherProches(c, circuit, quoi.valeur, lieu.valeur, '')
          : [];
      return rendre(c, circuit, ici, saisie, [], proches);
    }),
    /** 200 the code, once · 422 with what was typed, or with what may be the same · 403 · 404 */
    post(
      '/signalements/saisir/:circuit',
      accesMetier,
      async (c) => {
        const { circuit, ici } = await ouvrir(circuits, c);
        const saisie = lireSaisie(circuit, c.corps);
        const [quoi, lieu] = [lireCategorie(circuit, saisie), lireLieu(circuit, saisie, ici.lieux)];
        const faits = quoi.ok ? lireFaits(circuit, quoi.valeur, saisie) : null;
        const canal = texte(c.corps.canal) || 'partenaire';
        const connu = canauxPour(c, circuit, ici).some((x) => x.valeur === canal);
        if (!quoi.ok || !lieu.ok || !faits?.ok || !connu)
          return rendre(c, circuit, ici, saisie, [
            ...(quoi.ok ? [] : quoi.erreurs),
            ...(lieu.ok ? [] : lieu.erreurs),
            ...(faits && !faits.ok ? faits.erreurs : []),
            ...(connu ? [] : [{ champ: 'canal', message: 'Choisissez d’où vient la demande.' }]),
          ]);
        // Two of the same day that say no place are two.
        const proches =
          circuit.lieu === 'aucun' || laisseDeCote('proches') ? [] : await chercherProches(c, circuit, quoi.valeur, lieu.valeur, faits.valeur.textePublic);
        const lisibles = proches.filter((x) => peutLire(c.utilisateur, x, ici.catalogue, ici.catalogue.contient));
        const meme = dit(saisie, 'meme');
        if (lisibles.length > 0 && meme !== 'non' && !lisibles.some((x) => x.id === meme))
          return rendre(c, circuit, ici, saisie, [{ champ: 'meme', message: 'Une demande proche existe : dites si c’est la même.' }], lisibles);
        const u = c.utilisateur;
        const d = buildDemande(c.maintenant, ici.catalogue, circuit, quoi.valeur, lieu.valeur, faits.valeur, {
          canal,
          de: canal === 'partenaire' && u ? { organisationId: u.organisationId, id: u.id } : null,
        });
        const { numero, code, ecrit } = await recevoir(c, s, circuit, d, faits.valeur.courriel);
        if (meme !== '' && meme !== 'non') await rejoindre(c, d.id, meme);
        await c.auditer('demande.recue', `/signalements/demandes/${d.id}`, { circuit: enCode(circuit.code), canal: enCode(canal) });
        return page({
          ...cadre,
          titre: 'C’est envoyé',
          corps: (
            <RecuPage
              circuit={circuit}
              numero={numero}
              code={code}
              courriel={ecrit}
              trop={!ecrit && faits.valeur.courriel !== ''}
              delai={circuit.etats.recu?.delai}
              pourAutrui
            />
          ),
        });
      },
      { creation: true, place: prendreUnePlace },
    ),
  ];
};

/** The lead is locked after the new row, which nobody else knows of. One that was handled meanwhile leads no more: the new one stands alone. */
async function rejoindre(c: Contexte, id: string, meneurId: string): Promise<void> {
  const meneur = await getDemande(c.db, c.contrat.id, meneurId, true);
  const d = await getDemande(c.db, c.contrat.id, id, true);
  if (meneur && d && meneur.meneurId === null && attendUnService(meneur.etat)) await joindre(c, d, meneur);
}
