/** Opening a room: in one page, whether it is real or an exercise said first. */
import { code } from '../../../core/trace/details.ts';
import { type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { noter } from '../main-courante/ecrire.ts';
import { dejaEcrit, phrase, relire, RIEN, su } from '../main-courante/phrase.rules.ts';
import { CONFIRME } from '../../../ui/Confirmer.tsx';
import { accesConduite, peutOuvrir } from '../crises.policy.ts';
import type { Outils } from '../crises.outils.ts';
import { entitesDe } from '../crises.contexte.ts';
import { appliquerCrise } from '../crises.source.ts';
import { OuvrirPage } from '../pages/OuvrirPage.tsx';
import { getAvis, lierAvis } from '../roles/avis.queries.ts';
import { FIL, travail } from './cadre.ts';
import { chacunSonTour, sallesAutour } from './joindre.ts';
import { addActeur, addCrise } from './salle.queries.ts';
import { ouvertureSchema } from './salle.schema.ts';
import { couper } from '../../../core/couper.ts';

const PAS_A_VOUS = 'Une salle s’ouvre par la salle de commandement, la coordination ou un coordonnateur, chacun sur son territoire.';

/** Places where this person may open a room, the widest first. */
const lieuxDe = (c: Contexte, cat: Catalogue, fiche: string): string[] =>
  [...cat.territoires.keys()].filter((territoireId) => peutOuvrir(c.utilisateur, { territoireId, fiche }, cat.contient));

export function buildOuvrirRoutes({ cadre }: Outils): Route[] {
  const formulaire = (
    c: Contexte,
    cat: Catalogue,
    champs: Readonly<Record<string, string>>,
    o: { erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[]; autour?: Awaited<ReturnType<typeof sallesAutour>> } = {},
  ): Reponse =>
    page({
      ...travail,
      titre: 'Ouvrir une salle de crise',
      fil: FIL,
      statut: (o.erreurs ?? []).length + (o.etonnements ?? []).length > 0 ? 422 : 200,
      corps: (
        <OuvrirPage
          cadre={cadre}
          cat={cat}
          lieux={lieuxDe(c, cat, cadre.fiche)}
          champs={champs}
          erreurs={o.erreurs ?? []}
          etonnements={o.etonnements ?? []}
          autour={o.autour ?? []}
        />
      ),
    });

  return [
    /** 200 the form, with what an `avis` says; 403 not one who opens rooms. */
    get('/crises/ouvrir', accesConduite, async (c) => {
      const cat = await getCatalogue(c.db, c.contrat.id);
      const lieux = lieuxDe(c, cat, cadre.fiche);
      if (lieux.length === 0) throw interdit(PAS_A_VOUS);
      const avis = texte(c.requete.avis) ? await getAvis(c.db, c.contrat.id, texte(c.requete.avis)) : undefined;
      const repris = avis && lieux.includes(avis.territoireId) ? avis : undefined;
      return formulaire(c, cat, {
        territoire: repris?.territoireId ?? (lieux.length === 1 ? (lieux[0] ?? '') : ''),
        titre: couper(repris?.objet ?? '', 120),
        avis: repris?.id ?? '',
        nature: repris ? (repris.exercice ? 'exercice' : 'crise') : '',
      });
    }),
    /** 303 the room, its first entry written; 422 with what was typed; 403. */
    post(
      '/crises/ouvrir',
      accesConduite,
      async (c) => {
        const cat = await getCatalogue(c.db, c.contrat.id);
        const lieux = lieuxDe(c, cat, cadre.fiche);
        const u = c.utilisateur;
        if (lieux.length === 0 || !u) throw interdit(PAS_A_VOUS);
        const champs = champsDe(c);
        const lu = lire(ouvertureSchema, c.corps);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        const type = cadre.types.find((t) => t.code === champs.type);
        if (!type) erreurs.push({ champ: 'type', message: 'Choisissez le type de crise.' });
        if (!lieux.includes(champs.territoire ?? '')) erreurs.push({ champ: 'territoire', message: 'Choisissez un lieu de votre ressort.' });
        const avis = champs.avis ? await getAvis(c.db, c.contrat.id, champs.avis, true) : undefined;
        if (lu.ok && avis && avis.exercice !== (lu.valeur.nature === 'exercice'))
          erreurs.push({
            champ: 'nature',
            message: `Ce qui a été appris l’a été ${avis.exercice ? 'pendant un exercice' : 'pour de vrai'} : la salle est de la même nature.`,
          });
        if (!lu.ok || !type || erreurs.length > 0) return formulaire(c, cat, champs, { erreurs });
        const { nature, titre, territoire: territoireId, lieu } = lu.valeur;
        const exercice = nature === 'exercice';
        await chacunSonTour(c);
        const autour = await sallesAutour(c, cat, { territoireId, exercice });
        const meme = autour.find((k) => k.id === champs.meme);
        if (meme) {
          if (avis) await lierAvis(c.db, c.contrat.id, avis.id, meme.id);
          return redirige(`/crises/${meme.id}`);
        }
        if (autour.length > 0 && champs.meme !== 'autre')
          return formulaire(c, cat, champs, { autour, erreurs: [{ champ: 'meme', message: 'Dites si c’est le même événement qu’une salle déjà ouverte.' }] });
        const relus = relire({ titre, lieu }, { sigles: cat.sigles, confirme: c.corps[CONFIRME] });
        if (!relus.ok) return formulaire(c, cat, champs, { etonnements: relus.etonnements, autour });
        const id = await addCrise(
          c.db,
          c.contrat.id,
          { type: type.code, titre, territoireId, lieu, fiche: cadre.fiche, exercice, commandement: type.commande },
          { id: u.id, quand: c.maintenant },
        );
        await appliquerCrise(c, id);
        // Who opens is of the room, under the role that their organisation holds.
        const sienne = entitesDe(cadre, type.code).find((e) => e.acteurs.includes(u.organisationId))?.code ?? 'partenaire';
        if (cat.acteurs.has(u.organisationId))
          await addActeur(c.db, c.contrat.id, id, { organisationId: u.organisationId, territoireId, entite: sienne }, { nom: u.nom, quand: c.maintenant });
        const chef = cadre.entites.find((e) => e.code === type.commande);
        const dit = phrase`Salle ouverte${su(exercice ? ' pour un exercice' : '')} : ${su(type.libelle)}, ${su(cat.territoires.get(territoireId)?.nom ?? territoireId)}${lieu ? phrase`, ${relus.relus.lieu}` : RIEN}. Commande : ${su(chef?.libelle ?? type.commande)}.`;
        await noter(c, id, { contenu: dit, classe: 'information' });
        if (avis) {
          await lierAvis(c.db, c.contrat.id, avis.id, id);
          await noter(c, id, {
            contenu: phrase`Événement appris par une mairie : ${dejaEcrit(avis.objet, cat.sigles)}`,
            classe: 'information',
            source: cat.nomActeur(avis.organisationId),
          });
        }
        await c.auditer(
          'crise.ouverte',
          `/crises/${id}`,
          { type: code(type.code), territoire: code(territoireId), exercice },
          { apres: { titre, lieu, exercice } },
        );
        return redirige(`/crises/${id}/acteurs`);
      },
      { creation: true },
    ),
  ];
}
