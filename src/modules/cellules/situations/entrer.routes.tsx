/** Searched for first, by name and without any list; then entered, from closed lists. */
import { plusJours } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import { randomUUID } from 'node:crypto';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, invalide } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { compter, dureesDe } from '../cellule/cellule.queries.ts';
import { type Champs, FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, exigerOuverte, type Ouverte, type Outils } from '../cellules.contexte.ts';
import { accesMembres } from '../cellules.policy.ts';
import { listUrgences, type UrgenceTenue } from '../acceleree/acceleree.queries.ts';
import { voiesOuvertes } from '../acceleree/acceleree.rules.ts';
import { accelereeDe, aInformer, partenaireDe } from '../charte/charte.rules.ts';
import { cleDeSituation, empreinteDe, oublier, reculDe } from '../cles/cles.ts';
import { exigerTrousseau } from '../cles/temoin.ts';
import { compterOrigine } from '../nombres/nombres.queries.ts';
import { ChercherPage, EntrerPage } from '../pages/EntrerPages.tsx';
import { addPoints } from '../seances/seances.queries.ts';
import { ecrireContenu } from './contenu.ts';
import { naissanceDe } from './identite.rules.ts';
import { addHabilitation, addSituation, compterRecherche, findSituation, libererEmpreinte } from './situations.queries.ts';
import { destructionDe } from './situations.rules.ts';
import { identiteSaisie, saisineSchema } from './situations.schema.ts';

/** For one seat. A school has hundreds of pupils: whoever tries its list is stopped, and seen. */
const RECHERCHES_PAR_JOUR = 40;

const filDe = (v: Ouverte) => [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }];

export function buildEntrerRoutes(o: Outils): Route[] {
  const pageChercher = (v: Ouverte, champs: Champs, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: 'Chercher avant d’entrer',
      fil: filDe(v),
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <ChercherPage vue={v} champs={champs} erreurs={erreurs} />,
    });
  const pageEntrer = (v: Ouverte, voies: readonly UrgenceTenue[], champs: Champs, cherchee: boolean, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: 'Entrer une situation',
      fil: filDe(v),
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <EntrerPage vue={v} charte={o.charte} champs={champs} cherchee={cherchee} voies={voies} erreurs={erreurs} />,
    });
  const prete = (v: Ouverte): NonNullable<ReturnType<typeof dureesDe>> => {
    const d = dureesDe(v.cellule);
    if (!d) throw conflit('Le délégué à la protection des données n’a pas encore fixé les durées de cette cellule : aucune situation n’entre avant.');
    if (!v.reglement) throw conflit('Le règlement intérieur de cette cellule n’est pas encore joint par la coordination : aucune situation n’entre avant.');
    return d;
  };
  /** Accelerated ways that are open today. */
  const voiesDe = async (c: Contexte, v: Ouverte): Promise<UrgenceTenue[]> =>
    accelereeDe(o.charte, v.genre.code) ? voiesOuvertes(await listUrgences(c.db, c.contrat.id, v.cellule.id), v.aujourdhui) : [];
  const trouver = async (c: Contexte, v: Ouverte, i: { nom: string; prenom: string; naissance: string }) => {
    const empreinte = await empreinteDe(v.cle, { ...i, naissance: naissanceDe(i) });
    return { empreinte, deja: await findSituation(c.db, c.contrat.id, v.cellule.id, empreinte, v.aujourdhui) };
  };

  /** Each name looked for is counted where the cell and the data protection officer see it; past so many in a day, no more. */
  const noterRecherche = async (c: Contexte, v: Ouverte): Promise<void> => {
    const nombre = await compterRecherche(c.db, c.contrat.id, v.moi.id, v.aujourdhui);
    if (nombre > RECHERCHES_PAR_JOUR)
      throw interdit(`Vous avez cherché ${RECHERCHES_PAR_JOUR} noms aujourd’hui : la suite demain. La cellule et le délégué voient combien chacun en cherche.`);
    await c.auditer('cellule.recherche', cheminDe(v.cellule.id), { membre: code(v.moi.id) });
  };

  return [
    get('/cellules/:cellule/chercher', accesMembres, async (c) => {
      const v = await exigerOuverte(c, o);
      prete(v);
      // Nobody is named in this kind of cell: there is nobody to look for.
      return v.genre.sans_identite ? pageEntrer(v, await voiesDe(c, v), {}, false) : pageChercher(v, {});
    }),
    /** 200 there already, by its number alone; or the form to enter it, with what was searched; 422. */
    post(
      '/cellules/:cellule/chercher',
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o);
        prete(v);
        const champs = champsDe(c);
        const voies = await voiesDe(c, v);
        if (champs.sans === 'oui' || v.genre.sans_identite) return pageEntrer(v, voies, {}, false);
        const lu = lire(identiteSaisie, champs);
        if (!lu.ok) return pageChercher(v, champs, lu.erreurs);
        await noterRecherche(c, v);
        const { deja } = await trouver(c, v, lu.valeur);
        return deja
          ? page({
              ...travail,
              titre: 'Chercher avant d’entrer',
              fil: filDe(v),
              corps: <ChercherPage vue={v} champs={{}} erreurs={[]} trouvee={deja.numero} />,
            })
          : pageEntrer(v, voies, champs, true);
      },
      { anonyme: true, rejouable: true, parMinute: 30 },
    ),
    /** 303 entered, its key made and its end fixed; 409 there already, or durations or règlement missing; 422. */
    post(
      '/cellules/:cellule/entrer',
      accesMembres,
      async (c) => {
        const v = await exigerOuverte(c, o, true);
        const durees = prete(v);
        const champs = champsDe(c);
        const avecIdentite = texte(c.corps.identite) === 'oui' && !v.genre.sans_identite;
        const voies = await voiesDe(c, v);
        const acceleree = accelereeDe(o.charte, v.genre.code);
        const voie = voies.find((x) => x.id === champs.voie) ?? null;
        const saisine = lire(saisineSchema(o.charte, v.genre.code), champs);
        const identite = avecIdentite ? lire(identiteSaisie, champs) : null;
        const erreurs = [
          ...(saisine.ok ? [] : saisine.erreurs),
          ...(identite && !identite.ok ? identite.erreurs : []),
          ...(champs.voie && champs.voie !== 'ordinaire' && !voie
            ? [{ champ: 'voie', message: 'Ce recours accéléré n’est plus ouvert : choisissez la voie.' }]
            : []),
        ];
        if (!saisine.ok || erreurs.length > 0) return pageEntrer(v, voies, champs, avecIdentite, erreurs);
        const qui = identite?.ok ? identite.valeur : null;
        if (qui) await noterRecherche(c, v);
        const { empreinte, deja } = qui ? await trouver(c, v, qui) : { empreinte: null, deja: undefined };
        if (deja) throw conflit(`Cette personne est déjà celle de la situation n° ${deja.numero}. Demandez à un membre désigné de vous y ajouter.`);
        await exigerTrousseau(c.db, c.contrat.id, o.trousseau, c.maintenant);
        const id = randomUUID();
        // A fragment without its situation is nothing: made first, it outlives a failure without harm.
        const cle = await cleDeSituation(v.cle, await o.trousseau.creer(id));
        const naissance = qui ? { mois: qui.naissance, recul: await reculDe(cle) } : null;
        const destructionLe = destructionDe({ genre: v.genre, durees, jour: v.aujourdhui, etat: 'recue', avant: null, naissance });
        if (destructionLe <= v.aujourdhui) {
          await o.trousseau.detruire(id);
          throw invalide('L’âge de cette personne ne permet plus de garder sa situation. Rien n’a été enregistré.');
        }
        const commun = { celluleId: v.cellule.id, situationId: id, membre: v.moi, cle, quand: c.maintenant };
        if (empreinte) await libererEmpreinte(c.db, c.contrat.id, v.cellule.id, empreinte, v.aujourdhui);
        await addSituation(c.db, c.contrat.id, {
          id,
          celluleId: v.cellule.id,
          empreinte,
          creeeLe: v.aujourdhui,
          destructionLe,
          aInformer: aInformer(v.genre),
          informationAvant: plusJours(v.aujourdhui, o.charte.information.jours),
          // The alert stands for what makes it receivable.
          etat: voie ? 'recevable' : 'recue',
          examenAvant: voie && acceleree ? plusJours(v.aujourdhui, acceleree.examen_jours) : null,
        });
        const alerte = voie ? { alerte: { id: voie.alerteId, palier: voie.palier, le: jourDe(voie.alerteLe) } } : {};
        await ecrireContenu(c.db, c.contrat.id, { ...commun, groupe: 'saisine', dit: { ...saisine.valeur, ...alerte } });
        if (qui) await ecrireContenu(c.db, c.contrat.id, { ...commun, groupe: 'identite', dit: qui });
        oublier(cle);
        await addHabilitation(c.db, c.contrat.id, { situationId: id, membreId: v.moi.id, parMembreId: v.moi.id }, c.maintenant);
        await compter(c.db, c.contrat.id, v.cellule.id, 'recues', v.aujourdhui);
        const partenaire = partenaireDe(o.charte, saisine.valeur.origine);
        await compterOrigine(c.db, c.contrat.id, { celluleId: v.cellule.id, annee: v.aujourdhui.slice(0, 4), partenaire, nombre: 1 });
        if (voie) await compter(c.db, c.contrat.id, v.cellule.id, 'recevables', v.aujourdhui);
        // On the agenda of the session that was called for it, while it may still be held.
        if (voie?.seanceId && voie.seanceCloseLe === null && voie.seanceJour !== null && voie.seanceJour >= v.aujourdhui)
          await addPoints(c.db, c.contrat.id, { seanceId: voie.seanceId, membreId: v.moi.id, situations: [id] });
        await c.auditer('situation.creee', `${cheminDe(v.cellule.id)}/situations/${id}`, { membre: code(v.moi.id) });
        return redirige(`${cheminDe(v.cellule.id)}/situations/${id}`);
      },
      { anonyme: true },
    ),
  ];
}
