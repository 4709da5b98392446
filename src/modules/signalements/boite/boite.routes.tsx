/** The inbox of a service: what waits, by its day; filters in the address; several at once. */
import { couper } from '../../../core/couper.ts';
import { estJour } from '../../../core/jours.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { lireCurseur } from '../../../core/http/cursors.ts';
import { interdit } from '../../../core/errors.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, get, liste, page, post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { SCRIPTS_DU_PLAN } from '../../../ui/maps/Plan.tsx';
import { contoursSous } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { ETATS_A_TRAITER, estClos, estUnEtat } from '../circuits/etats.ts';
import { type Demande, listDemandes } from '../demandes/demandes.queries.ts';
import { lectureDe, ouvreTout, peutTraiter, pourLecteur, servicesDe, traite } from '../demandes/demandes.policy.ts';
import { annoter, passer, type Services } from '../demandes/ecrire.ts';
import { fautesDActe, MOT_MAX } from '../demandes/machine.rules.ts';
import { countParEtat, type FiltresBoite, listBoite } from './boite.queries.ts';
import { BoitePage, type LotSaisi } from './pages/BoitePage.tsx';
import { fautesDeTaille } from '../../../core/http/fields.ts';

const PAR_PAGE = 50;
const LOT_MAX = 100;

async function lireFiltresBoite(c: Contexte, circuits: Circuits) {
  const u = c.utilisateur;
  if (!u) throw interdit();
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const q = (nom: string) => couper(texte(c.requete[nom]), 120);
  const siens = servicesDe(catalogue, u.organisationId);
  const lieu = choisirLieu(u, q('territoire'), catalogue);
  const circuit = circuits.get(q('circuit'));
  const etat = q('etat');
  const mailles = couper(texte(c.requete.mailles), 640);
  const service = q('service');
  const champs = {
    circuit: circuit?.code ?? '',
    categorie: circuit?.categories.some((k) => k.code === q('categorie')) ? q('categorie') : '',
    etat: etat === 'ouvertes' || etat === 'closes' || estUnEtat(etat) ? etat : '',
    service: service === 'tous' || catalogue.acteurs.has(service) ? service : '',
    territoire: lieu.champ,
    retard: q('retard') === 'oui' ? 'oui' : '',
    qui: q('qui') === 'moi' ? 'moi' : '',
    q: q('q'),
    vue: q('vue') === 'carte' ? 'carte' : '',
    mailles: /^\d{9,15}(\.\d{9,15}){0,39}$/.test(mailles) ? mailles : '',
  };
  const aujourdhui = jourDe(c.maintenant);
  const filtres: FiltresBoite = {
    circuit: champs.circuit || undefined,
    categorie: champs.categorie || undefined,
    etats: champs.etat === '' ? ETATS_A_TRAITER : champs.etat === 'ouvertes' || champs.etat === 'closes' ? undefined : [champs.etat],
    closes: champs.etat === 'closes' || (estUnEtat(champs.etat) && estClos(champs.etat)),
    services: champs.service === 'tous' ? undefined : champs.service ? [champs.service] : siens,
    territoires: lieu.territoires,
    retardAu: champs.retard ? aujourdhui : undefined,
    agent: champs.qui ? u.id : undefined,
    q: champs.q || undefined,
    // Addresses of other services’ reports are not looked through.
    chezEux: ouvreTout(u) ? undefined : traite(u) ? servicesDe(catalogue, u.organisationId) : [],
    mailles: champs.mailles ? champs.mailles.split('.').map(Number) : undefined,
  };
  return { u, catalogue, lieu, champs, filtres, aujourdhui, lecture: lectureDe(u, catalogue), siens };
}

const FAITS = /^(prise|transmis|note)-(\d{1,3})$/;
const MOTS: Readonly<Record<string, string>> = { prise: 'prises en charge', transmis: 'transmises', note: 'annotées' };

export const boiteRoutes = (s: Services & { tuiles: string | null }, circuits: Circuits): Route[] => {
  async function rendre(c: Contexte, o: { erreurs?: readonly ErreurDeChamp[]; statut?: number; saisi?: LotSaisi } = {}) {
    const f = await lireFiltresBoite(c, circuits);
    const enCarte = f.champs.vue === 'carte';
    const [lues, comptes, contours] = await lireEnsemble(c.db, [
      () => listBoite(c.db, c.contrat.id, f.lecture, f.filtres, lireCurseur(texte(c.requete.apres), estJour), PAR_PAGE + 1),
      () => countParEtat(c.db, c.contrat.id, f.filtres.services ? [...f.filtres.services] : undefined),
      () => (enCarte ? contoursSous(c, f.catalogue, f.lieu.territoire) : null),
    ]);
    const lien = (changes: Record<string, string>) => {
      const suite = new URLSearchParams(Object.entries({ ...f.champs, ...changes }).filter(([, v]) => v !== ''));
      return `/signalements/boite${suite.size > 0 ? `?${suite}` : ''}`;
    };
    const derniere = lues[PAR_PAGE - 1];
    const fait = FAITS.exec(texte(c.requete.fait));
    return page({
      titre: 'Demandes à traiter',
      largeur: 'travail',
      section: 'boite',
      ...(enCarte ? { scripts: SCRIPTS_DU_PLAN } : {}),
      statut: o.statut ?? (o.erreurs?.length ? 422 : 200),
      corps: (
        <BoitePage
          catalogue={f.catalogue}
          circuits={circuits}
          lignes={lues.slice(0, PAR_PAGE).map((d) => pourLecteur(c.utilisateur, d, f.catalogue, f.catalogue.contient))}
          // Kept counts are of whole services: a reader whose view is narrower counts what they see.
          comptes={f.lieu.territoires || f.lecture !== null ? null : comptes}
          champs={f.champs}
          lieu={f.lieu}
          lien={lien}
          contours={contours}
          tuiles={s.tuiles}
          suite={lues.length > PAR_PAGE && derniere ? lien({ apres: `${derniere.duLe ?? '9999-12-31'}_${derniere.id}` }) : null}
          aujourdhui={f.aujourdhui}
          siens={f.siens}
          erreurs={o.erreurs ?? []}
          saisi={o.saisi}
          message={fait ? `${fait[2]} ${Number(fait[2]) > 1 ? 'demandes' : 'demande'} ${MOTS[fait[1] ?? ''] ?? ''}.` : ''}
        />
      ),
    });
  }

  return [
    /** 200 · 403 */
    get('/signalements/boite', accesMetier, (c) => rendre(c), { sensible: true }),
    /** 303 · 422 · 403 one of them is not this person’s, and nothing is done · 409 some changed meanwhile, named */
    post('/signalements/boite/lot', accesMetier, async (c) => {
      const vues = new Map(
        liste(c.corps.demande)
          .slice(0, LOT_MAX)
          .map((v): [string, string] => [v.split(':')[0] ?? '', v.split(':')[1] ?? '']),
      );
      const [acte, motif, service] = [texte(c.corps.acte), texte(c.corps.motif), texte(c.corps.service)];
      const saisi = { acte, motif, service, coches: new Set(vues.keys()) };
      if (vues.size === 0) return rendre(c, { saisi, erreurs: [{ champ: 'demande', message: 'Cochez au moins une ligne.' }] });
      if (acte === 'operation') return redirige(`/signalements/operations/nouvelle?demandes=${[...vues.keys()].slice(0, 60).join('.')}`);
      if (acte === 'recurrence') return redirige(`/signalements/recurrences/nouvelle?demandes=${[...vues.keys()].slice(0, 60).join('.')}`);
      if (acte !== 'prise' && acte !== 'transmis' && acte !== 'note')
        return rendre(c, { saisi, erreurs: [{ champ: 'acte', message: 'Choisissez ce que vous faites des lignes cochées.' }] });
      if (acte === 'note' && motif === '') return rendre(c, { saisi, erreurs: [{ champ: 'motif', message: 'Écrivez la note.' }] });
      const long = fautesDeTaille('motif', 'Raison ou note', motif, MOT_MAX);
      if (long.length > 0) return rendre(c, { saisi, erreurs: long });
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const lues = await listDemandes(c.db, c.contrat.id, [...vues.keys()], true);
      if (lues.some((d) => !peutTraiter(c.utilisateur, d, catalogue, catalogue.contient)))
        throw interdit('L’une de ces demandes n’est pas confiée à votre service : décochez-la. Rien n’a été changé.');
      const laissees: Demande[] = [];
      const refusees: string[] = [];
      let faites = 0;
      for (const d of lues) {
        const circuit = circuits.get(d.circuit);
        if (!circuit || String(d.version) !== vues.get(d.id)) {
          laissees.push(d);
          continue;
        }
        if (acte === 'note') await annoter(c, circuit, d, { acte: 'note', note: motif });
        else {
          const vers = acte === 'prise' ? 'pris-en-charge' : 'transmis';
          const a = { vers, service, motif, message: '', note: '', jour: null, ailleurs: '' } as const;
          const [faute] = fautesDActe(circuit, d, a, jourDe(c.maintenant));
          if (faute) {
            refusees.push(`n° ${d.numero} : ${faute.message}`);
            continue;
          }
          await passer(c, s, circuit, d, a, acte === 'prise' ? { agent: c.utilisateur?.nom ?? '', agentId: c.utilisateur?.id ?? null } : {});
        }
        faites += 1;
      }
      await c.auditer('demande.lot', '/signalements/boite', { acte, nombre: faites });
      const erreurs = [
        ...(laissees.length > 0
          ? [{ champ: 'demande', message: `Laissées, car modifiées entre-temps : ${laissees.map((d) => `n° ${d.numero} (${d.modifiePar})`).join(', ')}.` }]
          : []),
        ...refusees.slice(0, 10).map((message) => ({ champ: 'demande', message: `Laissée, ${message}` })),
      ];
      if (erreurs.length > 0) return rendre(c, { erreurs, saisi, statut: laissees.length > 0 ? 409 : 422 });
      return redirige(`/signalements/boite?fait=${acte}-${faites}`);
    }),
  ];
};
