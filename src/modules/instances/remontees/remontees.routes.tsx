/** What a body passes to another, and the answer that comes back. GET 200, 404 unknown or hidden; POST 303, 422 with what was typed, 403, 404, 409 answered already. */
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { couper } from '../../../core/couper.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { listDecisionsOuvertes } from '../../decisions/index.ts';
import { accorder } from '../../echeances/index.ts';
import { CADRE, filDe } from '../instances.cadre.ts';
import { cadreDe, chargerInstance } from '../instances.contexte.ts';
import { origineInstance } from '../instances.origine.ts';
import { peutParlerPour } from '../instances.policy.ts';
import { aussiOuvertes, laPlusFermee } from '../instances.rules.ts';
import type { ServicesInstances } from '../instances.services.ts';
import { vueDeLecture } from '../instances.vue.ts';
import { getInstance } from '../instances.queries.ts';
import { lecteurDe } from '../instances.contexte.ts';
import { listAdressables, listRattachements } from '../rattachements/rattachements.queries.ts';
import { reunions } from '../reunions.ts';
import { NouvelleRemonteePage, RemonteePage } from './pages/RemonteePages.tsx';
import { chargerRemontee, type RemonteeChargee } from './remontees.contexte.ts';
import { sourceRemontees } from './remontees.dus.ts';
import { annoncerRemontee, annoncerReponse } from './remontees.lettres.ts';
import { createRemontee, retirerRemontee, setReponse } from './remontees.queries.ts';
import { attendUneReponse, ETATS_REMONTEE } from './remontees.rules.ts';
import { remonteeSchema, reponseSchema } from './remontees.schema.ts';

/** A body for which this person speaks. */
async function chargerPourTransmettre(c: Contexte) {
  const chargee = await chargerInstance(c);
  const { instance, catalogue } = chargee;
  if (!peutParlerPour(c.utilisateur, cadreDe(instance), catalogue.contient))
    throw interdit('Seuls la présidence, le secrétariat et le coordonnateur d’une instance transmettent en son nom. Proposez le point à votre instance.');
  if (instance.confidentialite === 'nommee' || instance.closeLe !== null) throw conflit('Cette instance ne transmet rien ici.');
  const aujourdhui = jourDe(c.maintenant);
  const vue = vueDeLecture(c.utilisateur, catalogue, aujourdhui);
  const [connues, { parentes }] = [
    vue ? await listAdressables(c.db, c.contrat.id, vue, instance.id) : [],
    await listRattachements(c.db, c.contrat.id, instance.id, vue, aujourdhui),
  ];
  const dessus = parentes.filter((p) => p.debut <= aujourdhui && (p.fin === null || p.fin >= aujourdhui)).map((p) => p.parenteId);
  // The one it works for may be written to, known or not.
  const choix = [
    ...dessus.map((id) => ({ id, nom: connues.find((i) => i.id === id)?.nom ?? 'L’instance dont elle dépend', dessus: true })),
    ...connues.filter((i) => !dessus.includes(i.id)).map((i) => ({ id: i.id, nom: i.nom, dessus: false })),
  ];
  return { ...chargee, choix };
}

async function pageNouvelle(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[] = []) {
  const { instance, choix } = await chargerPourTransmettre(c);
  return page({
    ...CADRE,
    fil: filDe(instance),
    titre: 'Transmettre à une autre instance',
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <NouvelleRemonteePage instance={instance} choix={choix} champs={{ vers: choix.find((x) => x.dessus)?.id ?? '', ...champs }} erreurs={erreurs} />,
  });
}

async function pageRemontee(c: Contexte, s: RemonteeChargee, champs: Record<string, string> = {}, erreurs: readonly ErreurDeChamp[] = []) {
  const { remontee: r, vers, de } = s;
  const decisions = vers?.parle
    ? await listDecisionsOuvertes(
        c.db,
        c.contrat.id,
        origineInstance(vers.instance.id),
        aussiOuvertes(laPlusFermee(vers.instance.confidentialite, r.versConfidentialite)),
      )
    : [];
  const lue = de?.lit ? de.instance : vers?.lit ? vers.instance : null;
  return page({
    ...CADRE,
    ...(lue ? { fil: filDe(lue) } : {}),
    titre: r.titre,
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <RemonteePage {...s} decisions={decisions} champs={champs} erreurs={erreurs} />,
  });
}

/** Locked, still without an answer. */
async function chargerOuverte(c: Contexte): Promise<RemonteeChargee> {
  const s = await chargerRemontee(c, true);
  if (!attendUneReponse(s.remontee.etat)) {
    const dit = s.remontee.reponse ? `, avec cette réponse : « ${s.remontee.reponse} »` : '';
    throw conflit(`Cette transmission est déjà ${ETATS_REMONTEE[s.remontee.etat]}${dit}.`);
  }
  return s;
}

export const buildRemonteesRoutes = (services: ServicesInstances): Route[] => [
  get('/instances/:id/remontees/nouvelle', accesMetier, (c) =>
    pageNouvelle(c, { seance: texte(c.requete.seance), titre: couper(texte(c.requete.titre), 200) }),
  ),
  post(
    '/instances/:id/remontees/nouvelle',
    accesMetier,
    async (c) => {
      const { instance, choix } = await chargerPourTransmettre(c);
      const lu = lire(remonteeSchema, c.corps);
      const vers = texte(c.corps.vers);
      const erreurs = lu.ok ? [] : [...lu.erreurs];
      if (vers && !choix.some((x) => x.id === vers)) erreurs.push({ champ: 'vers', message: 'Choisissez l’instance dans la liste.' });
      const cible = erreurs.length > 0 ? null : await getInstance(c.db, c.contrat.id, vers, lecteurDe(c));
      if (cible?.closeLe || cible?.confidentialite === 'nommee')
        erreurs.push({ champ: 'vers', message: 'Cette instance n’existe plus, ou ne prépare pas de séance ici.' });
      const u = c.utilisateur;
      if (!lu.ok || !cible || !u || erreurs.length > 0) return pageNouvelle(c, champsDe(c), erreurs);
      const v = lu.valeur;
      // What comes out of a session keeps what was promised there.
      const seance = await reunions().promesseDe(c, instance, texte(c.corps.seance));
      const de = { ...instance, confidentialite: laPlusFermee(instance.confidentialite, seance?.confidentialite ?? instance.confidentialite) };
      const neuve = { de, vers: cible, nature: v.nature, titre: v.titre, expose: v.expose, seanceId: seance?.id ?? null };
      const id = await createRemontee(c.db, c.contrat.id, neuve, { id: u.id, nom: u.nom, quand: c.maintenant });
      await accorder(c.db, c.contrat.id, sourceRemontees, [id], c);
      await annoncerRemontee(
        c,
        services,
        { id, titre: v.titre, nature: v.nature, deConfidentialite: de.confidentialite, versConfidentialite: cible.confidentialite },
        de,
        cible,
      );
      await c.auditer('remontee.transmise', `/remontees/${id}`, {}, { apres: { de: instance.id, ...v } });
      return redirige(`/remontees/${id}`);
    },
    { creation: true },
  ),
  get('/remontees/:id', accesMetier, async (c) => pageRemontee(c, await chargerRemontee(c)), { sensible: true }),
  /** 303 to the body that answers; 422 with what was typed; 403 for who does not speak for it; 404; 409 answered already. */
  post('/remontees/:id/repondre', accesMetier, async (c) => {
    const s = await chargerRemontee(c);
    if (!s.vers?.parle) throw interdit('Seules la présidence et les personnes qui tiennent l’instance destinataire répondent.');
    const lu = lire(reponseSchema, c.corps);
    const { remontee: r, vers } = await chargerOuverte(c);
    if (!vers) throw interdit();
    const erreurs = lu.ok ? [] : [...lu.erreurs];
    const decision = texte(c.corps.decision);
    const ouvertes = aussiOuvertes(laPlusFermee(vers.instance.confidentialite, r.versConfidentialite));
    if (decision && !(await listDecisionsOuvertes(c.db, c.contrat.id, origineInstance(vers.instance.id), ouvertes)).some((d) => d.id === decision))
      erreurs.push({ champ: 'decision', message: 'Choisissez la décision dans la liste.' });
    if (!lu.ok || erreurs.length > 0) return pageRemontee(c, s, champsDe(c), erreurs);
    const reponse = { etat: lu.valeur.issue, reponse: lu.valeur.reponse, decisionId: decision || null };
    await setReponse(c.db, c.contrat.id, r.id, reponse, { nom: c.utilisateur?.nom ?? '', quand: c.maintenant });
    await accorder(c.db, c.contrat.id, sourceRemontees, [r.id], c);
    const de = await getInstance(c.db, c.contrat.id, r.deId, lecteurDe(c));
    if (de) await annoncerReponse(c, services, { ...r, ...reponse }, de, vers.instance);
    await c.auditer(reponse.etat === 'decidee' ? 'remontee.decidee' : 'remontee.refusee', `/remontees/${r.id}`, {}, { apres: reponse });
    return redirige(`/remontees/${r.id}`);
  }),
  /** The body that sent it takes it back, as long as nobody answered. 303; 403; 404; 409. */
  post('/remontees/:id/retirer', accesMetier, async (c) => {
    const s = await chargerRemontee(c);
    if (!s.de?.parle) throw interdit('Seules la présidence et les personnes qui tiennent l’instance qui a transmis la retirent.');
    const { remontee: r } = await chargerOuverte(c);
    await retirerRemontee(c.db, c.contrat.id, r.id);
    await accorder(c.db, c.contrat.id, sourceRemontees, [r.id], c);
    await c.auditer('remontee.retiree', `/remontees/${r.id}`);
    return redirige(`/remontees/${r.id}`);
  }),
];
