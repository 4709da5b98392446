/** The steps of circuits: what they are, for everyone; how many are at each, for who works. */
import { acces, accesMetier } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { get, page, type Route } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { countDiffusions, listDernieres, listPeriodes } from '../compteurs/compteur.queries.ts';
import type { Compteurs } from '../compteurs/compteur.rules.ts';
import { adresseDuCircuit } from '../courriel/fil.rules.ts';
import type { Services } from '../demandes/ecrire.ts';
import { CompteurSection } from '../compteurs/CompteurPage.tsx';
import { nomsDeLecteur, ouvreTout } from '../demandes/demandes.policy.ts';
import { countEtapes } from './etapes.queries.ts';
import { parService } from './etapes.rules.ts';
import { EtapesPage, ParcoursPage } from './EtapesPage.tsx';

export const etapesRoutes = (s: Services, circuits: Circuits, compteurs: Compteurs): Route[] => [
  /** 200: circuits open to partners, and those of which this person’s house is a service or the pilot */
  get('/signalements/etapes', accesMetier, async (c) => {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const u = c.utilisateur;
    const siens = u ? nomsDeLecteur(catalogue, u.organisationId) : [];
    const lisibles = [...circuits.values()].filter(
      (x) => x.lecture === 'partenaires' || (u && ouvreTout(u)) || [x.pilote, ...x.services].some((s) => siens.includes(s)),
    );
    const [comptes, diffusions, periodes, nombres] = await lireEnsemble(c.db, [
      () => countEtapes(c.db, c.contrat.id),
      () => countDiffusions(c.db, c.contrat.id),
      () => listPeriodes(c.db, c.contrat.id, null),
      () => listDernieres(c.db, c.contrat.id),
    ]);
    return page({
      titre: 'Étapes des circuits',
      largeur: 'travail',
      section: 'boite',
      fil: [{ libelle: 'Demandes à traiter', href: '/signalements/boite' }],
      corps: (
        <EtapesPage
          catalogue={catalogue}
          circuits={lisibles.map((circuit) => ({
            circuit,
            parLettre: adresseDuCircuit(circuit, s.domaineEntrant),
            lignes: parService(comptes, circuit.code),
          }))}
          diffusions={diffusions}
        >
          {[...compteurs.values()].map((compteur) => (
            <CompteurSection
              key={compteur.code}
              s={{ catalogue, compteur, aujourdhui: jourDe(c.maintenant) }}
              periodes={periodes.filter((p) => p.compteur === compteur.code)}
              nombres={nombres}
            />
          ))}
        </EtapesPage>
      ),
    });
  }),
  /** 200 · 404 */
  get('/signaler/:circuit/parcours', acces.public, async (c) => {
    const circuit = circuits.get(c.params.circuit ?? '');
    if (!circuit) throw introuvable('Ce circuit');
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    return page({
      titre: `Parcours : ${circuit.titre}`,
      fil: [{ libelle: 'Signaler', href: '/signaler' }],
      corps: <ParcoursPage circuit={circuit} catalogue={catalogue} parLettre={adresseDuCircuit(circuit, s.domaineEntrant)} />,
    });
  }),
];
