/** Who does what: tasks of each entity, who is in the room, who commands, and the correspondent of the national cell for victims. */
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { emettre } from '../../../core/direct/direct.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Chargee, chargerCrise, chargerPourEcrire, DE_QUI_CONDUIT, salleDe } from '../crises.contexte.ts';
import { accesCrises, peutPointer } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import { peutTenirLeRole } from '../crises.schema.ts';
import { relireTextes } from '../conduite/conduite.contexte.tsx';
import { noter } from '../main-courante/ecrire.ts';
import { phrase, su } from '../main-courante/phrase.rules.ts';
import { ActeursPage } from '../pages/ActeursPage.tsx';
import { TachesPage } from '../pages/TachesPage.tsx';
import { filDe, titreDe, travail } from '../salle/cadre.ts';
import { prevenirLesNommes } from '../salle/prevenir.ts';
import { addActeur, setCommandement } from '../salle/salle.queries.ts';
import { acteurSchema, commandementSchema, correspondantSchema } from '../salle/salle.schema.ts';
import { marqueDuCorrespondant } from './correspondant.rules.ts';
import { getCorrespondant, listTaches, setCorrespondant, setTache } from './taches.queries.ts';

const FERMEE = 'Cette salle est close : elle ne se change plus.';

export function buildRolesRoutes({ cadre, adresse }: Outils): Route[] {
  async function pourConduire(c: Contexte): Promise<Chargee> {
    const k = await chargerPourEcrire(c, cadre, true);
    if (!k.conduit) throw interdit(DE_QUI_CONDUIT);
    if (k.crise.etat !== 'ouverte') throw conflit(FERMEE);
    return k;
  }
  /** Named under that role, and one that may hold it: what a role gives goes to no other. */
  function deLEntite(k: Chargee, entite: string) {
    const e = k.entites.find((x) => x.code === entite);
    return k.acteurs.filter((a) => a.entite === entite && e !== undefined && peutTenirLeRole(e, k.cat, a.organisationId));
  }
  async function pageActeurs(c: Contexte, k: Chargee, o: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[] } = {}): Promise<Reponse> {
    return page({
      ...travail,
      titre: titreDe(k.crise, 'qui est là'),
      fil: filDe(k.crise),
      statut: (o.erreurs ?? []).length > 0 ? 422 : 200,
      corps: (
        <ActeursPage
          k={k}
          correspondant={await getCorrespondant(c.db, c.contrat.id, k.crise.id)}
          lettres={/^\d{1,3}$/.test(texte(c.requete.lettres)) ? Number(texte(c.requete.lettres)) : null}
          champs={o.champs ?? {}}
          erreurs={o.erreurs ?? []}
        />
      ),
    });
  }
  return [
    /** 200 the tasks of every entity, those of this person first; 403; 404. */
    get('/crises/:crise/taches', accesCrises, async (c) => {
      const k = await chargerCrise(c, cadre);
      const pointees = await listTaches(c.db, c.contrat.id, k.crise.id);
      const miennes = k.entites.filter((e) => peutPointer(c.utilisateur, k.salle, deLEntite(k, e.code), k.cat.contient)).map((e) => e.code);
      const siennes = k.acteurs.filter((a) => a.organisationId === c.utilisateur?.organisationId).map((a) => a.entite);
      return page({
        ...travail,
        titre: titreDe(k.crise, 'tâches'),
        fil: filDe(k.crise),
        corps: <TachesPage k={k} pointees={pointees} pointables={new Set(k.crise.etat === 'ouverte' ? miennes : [])} siennes={new Set(siennes)} />,
      });
    }),
    /** 303 stamped, or struck out, once; 409 the room is closed; 403 not of that entity; 404. */
    post('/crises/:crise/taches/:entite/:tache', accesCrises, async (c) => {
      const k = await chargerPourEcrire(c, cadre, true);
      const e = k.entites.find((x) => x.code === c.params.entite);
      const t = e?.taches.find((x) => x.code === c.params.tache);
      const u = c.utilisateur;
      if (!e || !t || !u) throw introuvable('Cette tâche');
      if (!peutPointer(u, k.salle, deLEntite(k, e.code), k.cat.contient))
        throw interdit(`Les tâches « ${e.libelle} » se pointent par les organisations nommées sous ce rôle.`);
      if (k.crise.etat !== 'ouverte') throw conflit(FERMEE);
      const faite = texte(c.corps.faite) !== 'non';
      const avant = (await listTaches(c.db, c.contrat.id, k.crise.id)).find((x) => x.entite === e.code && x.tache === t.code);
      // Someone else may just have done the same.
      if ((avant?.faiteLe != null) !== faite) {
        const numero = await noter(c, k.crise.id, {
          contenu: faite ? phrase`Tâche faite : ${su(t.libelle)}` : phrase`Tâche pointée par erreur : ${su(t.libelle)}`,
          classe: 'action',
          source: e.libelle,
        });
        await setTache(c.db, c.contrat.id, k.crise.id, {
          entite: e.code,
          tache: t.code,
          faiteLe: faite ? c.maintenant : null,
          par: u.nom,
          organisationId: u.organisationId,
          numero,
        });
        await c.auditer('crise.tache', `/crises/${k.crise.id}/taches`, { entite: code(e.code), tache: code(t.code), faite });
      }
      return redirige(`/crises/${k.crise.id}/taches#t-${e.code}-${t.code}`);
    }),
    /** 200 who is in the room, who commands; 403; 404. */
    get('/crises/:crise/acteurs', accesCrises, async (c) => pageActeurs(c, await chargerCrise(c, cadre)), { sensible: true }),
    /** 303 named; 422 unknown organisation, role or place; 409 closed; 403 not who holds the room; 404. */
    post(
      '/crises/:crise/acteurs',
      accesCrises,
      async (c) => {
        const k = await pourConduire(c);
        const u = c.utilisateur;
        const lu = lire(acteurSchema, c.corps);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        const champs = champsDe(c);
        const e = k.entites.find((x) => x.code === champs.entite);
        const territoireId = champs.territoire || k.crise.territoireId;
        if (!e) erreurs.push({ champ: 'entite', message: 'Choisissez un rôle.' });
        if (!k.cat.acteurs.has(champs.organisation ?? '')) erreurs.push({ champ: 'organisation', message: 'Choisissez une organisation dans la liste.' });
        else if (e && !peutTenirLeRole(e, k.cat, champs.organisation ?? ''))
          erreurs.push({
            champ: 'organisation',
            message: `Le rôle « ${e.libelle} » se tient par ${e.acteurs.map((a) => `${k.cat.nomActeur(a)} et ses services`).join(' ; ')}. Pour une autre organisation, choisissez son propre rôle, ou « Autre partenaire ».`,
          });
        if (!k.cat.territoires.has(territoireId)) erreurs.push({ champ: 'territoire', message: 'Choisissez un lieu dans la liste.' });
        if (!lu.ok || !e || !u || erreurs.length > 0) return pageActeurs(c, k, { champs, erreurs });
        const a = { organisationId: lu.valeur.organisation, territoireId, entite: e.code };
        if (await addActeur(c.db, c.contrat.id, k.crise.id, a, { nom: u.nom, quand: c.maintenant })) {
          await noter(c, k.crise.id, {
            contenu: phrase`Entre dans la salle : ${su(k.cat.nomActeurA(a.organisationId, territoireId))}, rôle ${su(e.libelle)}`,
            classe: 'information',
          });
          await c.auditer('crise.nommee', `/crises/${k.crise.id}/acteurs`, {
            organisationId: code(a.organisationId),
            territoireId: code(a.territoireId),
            entite: code(a.entite),
          });
          const ecrits = await prevenirLesNommes(c, { adresse, cadre, cat: k.cat }, { crise: k.crise, organisationId: a.organisationId, territoireId });
          return redirige(`/crises/${k.crise.id}/acteurs?lettres=${ecrits}`);
        }
        return redirige(`/crises/${k.crise.id}/acteurs`);
      },
      { creation: true },
    ),
    /** 303 another entity commands; 422 unknown; 409 closed; 403; 404. */
    post('/crises/:crise/commandement', accesCrises, async (c) => {
      const k = await pourConduire(c);
      const lu = lire(commandementSchema, c.corps);
      const e = lu.ok ? k.entites.find((x) => x.code === lu.valeur.entite) : undefined;
      if (!e) return pageActeurs(c, k, { champs: champsDe(c), erreurs: [{ champ: 'entite', message: 'Choisissez qui commande.' }] });
      const vu = texte(c.corps.vu);
      if (vu !== '' && vu !== k.crise.commandement && e.code !== k.crise.commandement)
        throw conflit(
          `La commande vient de passer à « ${k.commandement?.libelle ?? k.crise.commandement} ». Rien n’est changé : relisez la page avant de choisir « ${e.libelle} ».`,
        );
      if (e.code !== k.crise.commandement) {
        await setCommandement(c.db, c.contrat.id, k.crise.id, e.code, c.maintenant);
        await noter(c, k.crise.id, {
          contenu: phrase`Commande : ${su(e.libelle)} (avant : ${su(k.commandement?.libelle ?? k.crise.commandement)})`,
          classe: 'decision',
        });
        await emettre(c.db, salleDe(c.contrat.id, k.crise.id), { genre: 'commandement' });
        await c.auditer('crise.commandement', `/crises/${k.crise.id}`, { de: code(k.crise.commandement), a: code(e.code) });
      }
      return redirige(`/crises/${k.crise.id}/acteurs`);
    }),
    /** 303 named, in the place of the one before; 422 with what was typed; 404 also for a type of crisis without such a cell; 409 closed; 403. */
    post('/crises/:crise/correspondant', accesCrises, async (c) => {
      const k = await chargerPourEcrire(c, cadre, true);
      const u = c.utilisateur;
      if (!k.type.national || !u) throw introuvable('Ce correspondant');
      if (!peutPointer(u, k.salle, deLEntite(k, cadre.ciav.nomme), k.cat.contient))
        throw interdit('Le correspondant est désigné par l’entité qui en est chargée, ou par qui conduit la salle.');
      if (k.crise.etat !== 'ouverte') throw conflit(FERMEE);
      const lu = lire(correspondantSchema, c.corps);
      if (!lu.ok) return pageActeurs(c, k, { champs: champsDe(c), erreurs: lu.erreurs });
      const avant = await getCorrespondant(c.db, c.contrat.id, k.crise.id);
      const vu = texte(c.corps.vu);
      if (vu !== '' && vu !== marqueDuCorrespondant(avant))
        return pageActeurs(c, k, {
          champs: champsDe(c),
          erreurs: [
            {
              champ: 'nom',
              message:
                'Quelqu’un d’autre vient de désigner un correspondant, montré ci-dessous. Le vôtre n’est pas enregistré : il est gardé dans le formulaire.',
            },
          ],
        });
      // The name stays out of what is kept for ten years: so does one that was typed as the office.
      const relus = relireTextes(c, k, { fonction: lu.valeur.fonction });
      if (!relus.ok) return pageActeurs(c, k, { champs: champsDe(c), erreurs: relus.etonnements });
      await setCorrespondant(c.db, c.contrat.id, k.crise.id, { ...lu.valeur, designePar: u.nom }, c.maintenant);
      await noter(c, k.crise.id, {
        contenu: phrase`Correspondant de la cellule nationale d’aide aux victimes désigné${su(avant ? ', à la place du précédent' : '')} : ${relus.relus.fonction}`,
        classe: 'decision',
        source: cadre.entites.find((e) => e.code === cadre.ciav.nomme)?.libelle ?? '',
      });
      await c.auditer('crise.correspondant', `/crises/${k.crise.id}/acteurs`, {}, { apres: { fonction: lu.valeur.fonction } });
      return redirige(`/crises/${k.crise.id}/acteurs`);
    }),
  ];
}
