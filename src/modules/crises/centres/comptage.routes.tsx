/**
 * Desks of a centre: one touch is one line. A desk that was cut off sends its lines later, in their order, and again if it does not know that
 * they came: a line is counted once. What a desk touched before its centre closed still counts when it comes after.
 */
import { code } from '../../../core/trace/details.ts';
import { emettre } from '../../../core/direct/direct.ts';
import { conflit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, json, page, post, redirige, type Route, texte, veutJson } from '../../../core/http/http.ts';
import { entrer } from '../conduite/conduite.contexte.tsx';
import { cheminDe, type OutilsDeConduite } from '../conduite/salle.ts';
import { chargerPourEcrire, salleDe } from '../crises.contexte.ts';
import { accesCrises } from '../crises.policy.ts';
import { getCrise } from '../crises.queries.ts';
import { surCrise } from '../crises.source.ts';
import { filDe, titreDe, travail } from '../salle/cadre.ts';
import { addComptages, type Centre, getCentre, type Ligne1, listComptes, listConnues, listTouches } from './centres.queries.ts';
import { GUICHET, LOT_MAX, lireLot, type Touche } from './centres.schema.ts';
import { additionner, heureDite } from './comptage.rules.ts';
import { GuichetPage } from './pages/GuichetPage.tsx';

interface Refusee {
  id: string;
  motif: string;
}

export function buildComptageRoutes(o: OutilsDeConduite): Route[] {
  const ailleurs = o.soutien.personnes.filter((p) => p.ailleurs).map((p) => p.code);
  const connu = (t: Pick<Touche, 'quoi' | 'code'>): boolean =>
    t.quoi === 'depart' ? t.code === '' : (t.quoi === 'arrivee' ? o.soutien.personnes : o.soutien.besoins).some((x) => x.code === t.code);
  const bilanDe = async (c: Contexte, criseId: string, centreId: string) =>
    additionner(
      (await listComptes(c.db, c.contrat.id, criseId)).filter((x) => x.centreId === centreId),
      ailleurs,
    );

  /** What of a sending is counted, what was there, what cannot be. */
  async function recevoir(c: Contexte, centre: Centre, guichet: string, parId: string, lot: readonly Touche[]) {
    const refusees: Refusee[] = [];
    const connues = new Map(
      (
        await listConnues(
          c.db,
          c.contrat.id,
          lot.flatMap((t) => [t.id, ...(t.annule ? [t.annule] : [])]),
        )
      ).map((x) => [x.id, x]),
    );
    const lignes = new Map<string, Ligne1>();
    const inconnues = lot.filter((t) => {
      const deja = connues.get(t.id);
      if (deja && deja.centreId !== centre.id) refusees.push({ id: t.id, motif: 'Cette ligne est celle d’un autre centre.' });
      return deja === undefined;
    });
    const ditLe = (t: Touche) => heureDite(t.quand === undefined ? null : new Date(t.quand), c.maintenant);
    for (const t of inconnues.filter((x) => x.annule === undefined))
      if (connu(t)) lignes.set(t.id, { id: t.id, quoi: t.quoi, code: t.code, nombre: t.nombre, annule: null, ditLe: ditLe(t) });
      else refusees.push({ id: t.id, motif: 'Ce bouton n’existe plus : rechargez la page.' });
    // What undoes comes after what it undoes, whatever the clock of the device made of their order.
    for (const t of inconnues) {
      if (t.annule === undefined) continue;
      const visee = lignes.get(t.annule) ?? connues.get(t.annule);
      if (!visee || visee.annule !== null || ('centreId' in visee && visee.centreId !== centre.id))
        refusees.push({ id: t.id, motif: 'Ce qu’elle annule n’est pas connu ici.' });
      else lignes.set(t.id, { id: t.id, quoi: visee.quoi, code: visee.code, nombre: -visee.nombre, annule: t.annule, ditLe: ditLe(t) });
    }
    const ou = { centreId: centre.id, guichet, parId, recuLe: c.maintenant };
    const toutes = [...lignes.values()];
    const nouvelles = [
      ...(await addComptages(
        c.db,
        c.contrat.id,
        ou,
        toutes.filter((l) => l.annule === null),
      )),
      ...(await addComptages(
        c.db,
        c.contrat.id,
        ou,
        toutes.filter((l) => l.annule !== null),
      )),
    ];
    return { nouvelles, refusees, recues: lot.map((t) => t.id).filter((id) => !refusees.some((r) => r.id === id)) };
  }

  return [
    /** 200 the buttons of a desk, or which desk · 403 · 404 */
    get('/crises/:crise/centres/:centre/guichet', accesCrises, async (c) => {
      const k = await entrer(c, o);
      const centre = await getCentre(c.db, c.contrat.id, k.crise.id, c.params.centre ?? '');
      if (!centre) throw introuvable('Ce centre');
      const guichet = texte(c.requete.guichet).toUpperCase();
      const bon = GUICHET.test(guichet);
      return page({
        ...travail,
        titre: titreDe(k.crise, `${bon ? `guichet ${guichet}` : 'guichet'}, ${centre.nom}`),
        fil: [...filDe(k.crise), { libelle: centre.nom, href: cheminDe(k.crise.id, `/centres/${centre.id}`) }],
        scripts: ['guichet.js'],
        corps: (
          <GuichetPage
            salle={k}
            soutien={o.soutien}
            centre={centre}
            guichet={bon ? guichet : ''}
            faux={!bon && guichet !== ''}
            compte={k.qui.id}
            bilan={await bilanDe(c, k.crise.id, centre.id)}
            touches={bon ? await listTouches(c.db, c.contrat.id, centre.id, guichet, 8) : []}
          />
        ),
      });
    }),
    /** 303 or 200 · 422 nothing that a desk sends · 409 never opened, or archived · 403 · 404. Sent twice, counted once. */
    post(
      '/crises/:crise/centres/:centre/compter',
      accesCrises,
      async (c) => {
        const k = await chargerPourEcrire(c, o.cadre);
        const centre = await getCentre(c.db, c.contrat.id, k.crise.id, c.params.centre ?? '', 'partage');
        if (!centre) throw introuvable('Ce centre');
        const guichet = texte(c.corps.guichet);
        const seule = { id: texte(c.corps.id), quoi: texte(c.corps.quoi), code: texte(c.corps.code), nombre: 1, annule: texte(c.corps.annule) || undefined };
        const lot = lireLot(texte(c.corps.lignes) || JSON.stringify([seule]));
        if (!lot || !GUICHET.test(guichet) || !c.utilisateur)
          return json({ message: `Un envoi a un guichet (six lettres ou chiffres au plus) et ${LOT_MAX} lignes au plus.` }, 422);
        if (centre.etat === 'prevu' || k.crise.etat === 'archivee')
          throw conflit(
            centre.etat === 'prevu' ? 'Ce centre n’est pas encore ouvert : rien n’y est compté.' : 'Cette crise est archivée : plus rien n’y est compté.',
          );
        const par = c.utilisateur.id;
        const compter = () => recevoir(c, centre, guichet, par, lot);
        // The figure counts once the crisis is closed; what comes after moves it. Who closes holds every centre first: with this one in hand,
        // whether it is closed is read again, and does not change until what is sent here is counted.
        const close = (await getCrise(c.db, c.contrat.id, k.crise.id))?.closeLe ?? null;
        const { nouvelles, refusees, recues } = await (close ? surCrise(c, k.crise.id, compter) : compter());
        if (nouvelles.length > 0) {
          await c.auditer('crise.comptage', cheminDe(k.crise.id, `/centres/${centre.id}`), { guichet: code(guichet), lignes: nouvelles.length });
          await emettre(c.db, salleDe(c.contrat.id, k.crise.id), { genre: 'comptage', centre: centre.id });
        }
        if (!veutJson(c.brut.request)) {
          if (refusees[0]) throw conflit(refusees[0].motif);
          return redirige(`${cheminDe(k.crise.id, `/centres/${centre.id}/guichet`)}?guichet=${guichet}`);
        }
        const b = await bilanDe(c, k.crise.id, centre.id);
        return json({
          recues,
          refusees,
          arrivees: Object.fromEntries(b.arrivees),
          besoins: Object.fromEntries(b.besoins),
          departs: b.departs,
          ferme: centre.etat === 'ferme',
        });
      },
      { sansEffetPublic: true },
    ),
  ];
}
