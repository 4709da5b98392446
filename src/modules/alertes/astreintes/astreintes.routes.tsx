/** Lists and rosters: who, for what, where, when, in whose place, reached how; holes before the week-end. Never public. GET 200, 403, 404; POST 303, 200 both changes kept, 409, 422, 403, 404. */
import { JOUR_MS } from '../../../core/jours.ts';
import { code } from '../../../core/trace/details.ts';
import { accesMetier, type Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { ajouterCourriel } from '../../../core/courrier/mail.ts';
import { fuseauEnVigueur } from '../../../core/fuseau.ts';
import { type Contexte, get, lire, liste, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { type Enregistre, enTextes, rapprocher } from '../../../core/http/versions.ts';
import { conflictPage, type FormulairePartage, mergedPage } from '../../../ui/Conflict.tsx';
import { referentsPour, rolesDe } from '../../annuaire/index.ts';
import { listComptes } from '../../comptes/index.ts';
import { type Catalogue, choisirLieu, getCatalogue } from '../../contrats/index.ts';
import { DANS, FIL, type Outillage } from '../alertes.contexte.ts';
import { peutInscrire, peutLireLesListes, peutOuvrirLaLigne, peutTenirLaListe } from '../alertes.policy.ts';
import { AstreintesPage } from '../pages/AstreintesPage.tsx';
import { direPlace } from '../envois/lettres.rules.ts';
import { InscritFormPage, InscritPage } from '../pages/InscritPages.tsx';
import { fonctionDe, libelleDeFonction, peutTenirLaFonction, placesAttendues, quiTiennent } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import * as q from './astreintes.queries.ts';
import { couverturesDe, finDeSemaine, resteDe } from './astreintes.rules.ts';
import { buildInscritSchema } from './astreintes.schema.ts';
import { ajouterCreneau, lienPersonnel, retirerCreneau } from './creneaux.ts';
import { choixDe, DONNE_UN_POUVOIR, ouDe, verifierInscrit } from './inscrire.ts';

const ICI = '/alertes/astreintes';
const FIL_LISTES = [...FIL, { libelle: 'Listes et astreintes', href: ICI }];
const PAS_A_VOUS = 'Cette ligne est tenue par son organisme, la coordination du lieu ou la coordination centrale.';
const VIDE = { fonction: '', territoire: '', organisation: '', nom: '', courriel: '', telephone: '', voies: ['courriel'], rang: '1', permanent: 'oui' };

const enregistre = (i: q.Inscrit): Enregistre => ({
  version: i.version,
  par: i.modifiePar,
  le: i.modifieLe,
  champs: {
    fonction: i.fonction,
    territoire: i.territoire,
    organisation: i.organisationId,
    nom: i.nom,
    courriel: i.courriel,
    telephone: i.telephone,
    voies: i.voies,
    rang: String(i.rang),
    permanent: i.permanent ? 'oui' : 'non',
  },
});
const formulaireDe = (i: q.Inscrit, cat: Catalogue, r: Reglement): FormulairePartage => ({
  objet: i.nom,
  action: `${ICI}/inscrits/${i.id}/corriger`,
  retour: `${ICI}/inscrits/${i.id}`,
  champs: {
    fonction: { libelle: 'Fonction', dire: (v) => libelleDeFonction(r, v) },
    territoire: { libelle: 'Où', dire: (v) => direPlace(cat, r, v) },
    organisation: { libelle: 'Organisme', dire: (v) => cat.nomActeur(v) },
    nom: { libelle: 'Nom' },
    courriel: { libelle: 'Courriel' },
    telephone: { libelle: 'Téléphone' },
    voies: { libelle: 'Prévenir par' },
    rang: { libelle: 'Rang' },
    permanent: { libelle: 'À toute heure' },
  },
});
export function buildAstreintesRoutes(k: Outillage): Route[] {
  const r = k.reglement;
  async function ouvrir(c: Contexte) {
    const u = c.utilisateur;
    if (!u || !peutLireLesListes(u)) throw interdit('Les listes et les astreintes se lisent entre ceux qui les tiennent et ceux qui appellent.');
    return { cat: await getCatalogue(c.db, c.contrat.id), u };
  }
  async function charger(c: Contexte, verrou = false) {
    const { cat, u } = await ouvrir(c);
    const i = await q.getInscrit(c.db, c.contrat.id, c.params.inscritId ?? '', verrou);
    if (!i) throw introuvable('Cette ligne');
    const f = fonctionDe(r, i.fonction);
    return {
      cat,
      u,
      i,
      tient: peutTenirLaListe(u, ouDe(cat, i), cat.contient),
      /** Says whose line it is: a line that validates is changed by whoever may write one. */
      change: peutInscrire(u, ouDe(cat, i), { valide: f?.valide ?? true }, cat.contient),
      autorisee: peutTenirLaFonction(f, cat, i.organisationId),
    };
  }
  async function tenir(c: Contexte) {
    const x = await charger(c, true);
    if (!x.tient) throw interdit(PAS_A_VOUS);
    if (x.i.retireLe) throw conflit('Cette ligne a été retirée de la liste.');
    return x;
  }
  const par = (c: Contexte) => ({ par: c.utilisateur?.nom ?? '', quand: c.maintenant });
  /** Whose account it is, when the address is one's. */
  const compteDe = async (c: Contexte, courriel: string) =>
    (await listComptes(c.db, c.contrat.id, c.maintenant)).ouverts.find((u) => u.courriel.toLowerCase() === courriel)?.id ?? null;
  const saisis = (c: Contexte) => ({ ...champsDe(c), voies: liste(c.corps.voies) });
  const formulaire = (
    { cat, u }: { cat: Catalogue; u: Utilisateur },
    i: q.Inscrit | null,
    champs: Readonly<Record<string, string | readonly string[]>>,
    erreurs: readonly ErreurDeChamp[] = [],
  ): Reponse =>
    page({
      ...DANS,
      fil: FIL_LISTES,
      titre: i ? `Corriger ${i.nom}` : 'Inscrire sur une liste',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <InscritFormPage
          catalogue={cat}
          reglement={r}
          {...choixDe(r, cat, u, i)}
          inscrit={i}
          enregistre={i ? enregistre(i) : null}
          champs={champs}
          erreurs={erreurs}
        />
      ),
    });
  async function fiche(c: Contexte, champs: Record<string, string> = {}, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    const { cat, u, i, tient, change, autorisee } = await charger(c);
    if (!peutOuvrirLaLigne(u, ouDe(cat, i), cat.contient)) throw interdit(PAS_A_VOUS);
    const [creneaux, groupe] = [
      await q.listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: new Date(c.maintenant.getTime() + 366 * JOUR_MS) }, i.id),
      await q.listInscrits(c.db, c.contrat.id, { territoires: [i.territoire], fonction: i.fonction }),
    ];
    return page({
      ...DANS,
      fil: FIL_LISTES,
      titre: i.nom,
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <InscritPage
          catalogue={cat}
          reglement={r}
          inscrit={i}
          creneaux={creneaux}
          suppleants={groupe.filter((x) => x.id !== i.id)}
          tient={tient && i.retireLe === null}
          change={change && tient && i.retireLe === null}
          autorisee={autorisee}
          champs={champs}
          erreurs={erreurs}
          fait={texte(c.requete.fait)}
          base={`${ICI}/inscrits/${i.id}`}
          aujourdhui={jourDe(c.maintenant)}
        />
      ),
    });
  }

  return [
    get(
      ICI,
      accesMetier,
      async (c) => {
        const { cat, u } = await ouvrir(c);
        const lieu = choisirLieu(u, texte(c.requete.territoire), cat);
        const secteurs = cat.enfants(cat.racine.id).filter((t) => !lieu.territoires || lieu.territoires.includes(t.id) || cat.contient(t.id, lieu.territoire));
        const ids = secteurs.map((t) => t.id);
        const dans = resteDe(finDeSemaine(r, c.maintenant, fuseauEnVigueur()), c.maintenant);
        const inscrits = await q.listInscrits(
          c.db,
          c.contrat.id,
          lieu.territoires ? { territoires: [...ids, ...ids.flatMap((t) => r.voisins[t] ?? []).filter((v) => !cat.territoires.has(v))] } : {},
        );
        const places = placesAttendues(r, cat.racine.id, ids).filter((p) => !lieu.territoires || p.territoire !== cat.racine.id);
        const creneaux = await q.listCreneaux(c.db, c.contrat.id, { debut: c.maintenant, fin: dans.fin });
        return page({
          ...DANS,
          fil: FIL,
          titre: 'Listes et astreintes',
          corps: (
            <AstreintesPage
              catalogue={cat}
              reglement={r}
              lieu={lieu}
              dans={dans}
              couvertures={couverturesDe(places, quiTiennent(r, cat, inscrits), creneaux, dans)}
              inscrits={inscrits}
              creneaux={creneaux}
              prochains={await q.listProchains(c.db, c.contrat.id, c.maintenant, inscrits)}
              maintenant={c.maintenant}
              roles={rolesDe(cat).filter((x) => !x.reserve && !x.retiree)}
              joint={(i) => peutTenirLaListe(u, ouDe(cat, i), cat.contient)}
              ouvre={(i) => peutOuvrirLaLigne(u, ouDe(cat, i), cat.contient)}
              autorisee={(i) => peutTenirLaFonction(fonctionDe(r, i.fonction), cat, i.organisationId)}
            />
          ),
        });
      },
      { sensible: true },
    ),
    get(`${ICI}/inscrits/nouveau`, accesMetier, async (c) => {
      const { cat, u } = await ouvrir(c);
      const territoire = texte(c.requete.territoire);
      const [connu] =
        texte(c.requete.role) && cat.territoires.has(territoire)
          ? await referentsPour(c.db, cat, { role: texte(c.requete.role), territoire, jour: jourDe(c.maintenant) })
          : [];
      return formulaire({ cat, u }, null, {
        ...VIDE,
        territoire,
        fonction: texte(c.requete.fonction),
        organisation: connu?.organisationId ?? u.organisationId,
        nom: connu?.nom ?? '',
        courriel: connu && !connu.fermeLe ? connu.courriel : '',
        telephone: connu?.telephone ?? '',
      });
    }),
    post(
      `${ICI}/inscrits/nouveau`,
      accesMetier,
      async (c) => {
        const { cat, u } = await ouvrir(c);
        const lu = lire(buildInscritSchema(r, cat), { ...VIDE, ...saisis(c) });
        const erreurs = lu.ok ? verifierInscrit(r, cat, u, lu.valeur) : lu.erreurs;
        if (!lu.ok || erreurs.length > 0) return formulaire({ cat, u }, null, { ...VIDE, ...saisis(c) }, erreurs);
        const id = await q.addInscrit(c.db, c.contrat.id, lu.valeur, await compteDe(c, lu.valeur.courriel), par(c));
        await c.auditer(
          'inscrit.ajoute',
          `${ICI}/inscrits/${id}`,
          { fonction: code(lu.valeur.fonction), territoire: code(lu.valeur.territoire) },
          { apres: lu.valeur },
        );
        return redirige(`${ICI}/inscrits/${id}`);
      },
      { creation: true },
    ),
    get(`${ICI}/inscrits/:inscritId`, accesMetier, (c) => fiche(c), { sensible: true }),
    get(`${ICI}/inscrits/:inscritId/corriger`, accesMetier, async (c) => {
      const { cat, u, i, tient, change } = await charger(c);
      if (!tient) throw interdit(PAS_A_VOUS);
      if (!change) throw interdit(DONNE_UN_POUVOIR);
      return formulaire({ cat, u }, i, enregistre(i).champs);
    }),
    post(`${ICI}/inscrits/:inscritId/corriger`, accesMetier, async (c) => {
      const { cat, u, i, change } = await tenir(c);
      if (!change) throw interdit(DONNE_UN_POUVOIR);
      const f = formulaireDe(i, cat, r);
      const dans = { ...DANS, fil: FIL_LISTES };
      const x = rapprocher(c.corps, enregistre(i));
      if (x.genre === 'heurt') return page(conflictPage(dans, { formulaire: f, r: x }));
      const lu = lire(buildInscritSchema(r, cat), { ...enTextes(x.champs), voies: liste(x.champs.voies) });
      const erreurs = lu.ok ? verifierInscrit(r, cat, u, lu.valeur) : lu.erreurs;
      if (!lu.ok || erreurs.length > 0) return formulaire({ cat, u }, i, { ...champsDe(c), ...x.champs }, erreurs);
      await q.updateInscrit(c.db, c.contrat.id, i, lu.valeur, await compteDe(c, lu.valeur.courriel), par(c));
      await c.auditer('inscrit.change', f.retour, {}, { avant: i, apres: lu.valeur });
      return x.venus.length > 0 ? page(mergedPage(dans, f, x, f.retour)) : redirige(f.retour);
    }),
    post(`${ICI}/inscrits/:inscritId/retirer`, accesMetier, async (c) => {
      const { i } = await tenir(c);
      await q.retirerInscrit(c.db, c.contrat.id, i.id, par(c));
      await c.auditer('inscrit.retire', `${ICI}/inscrits/${i.id}`);
      return redirige(ICI);
    }),
    post(`${ICI}/inscrits/:inscritId/lien`, accesMetier, async (c) => {
      const { i, cat } = await tenir(c);
      const texteDuLien = [
        `Bonjour ${i.nom},`,
        `Vous êtes sur la liste des alertes : ${libelleDeFonction(r, i.fonction)}, ${direPlace(cat, r, i.territoire)}.`,
        'Vos créneaux d’astreinte, à voir et à changer sans compte :',
        `${k.adresse}${lienPersonnel(k.coffre, i)}`,
        'Ce lien est pour vous seul : ne le transférez pas.',
      ].join('\n\n');
      await ajouterCourriel(
        c.db,
        c.contrat.id,
        { a: i.courriel, sujet: 'Vos créneaux d’astreinte', texte: texteDuLien, objet: `${ICI}/inscrits/${i.id}` },
        k.coffre,
      );
      await c.auditer('inscrit.lien', `${ICI}/inscrits/${i.id}`);
      return redirige(`${ICI}/inscrits/${i.id}?fait=lien`);
    }),
    post(
      `${ICI}/inscrits/:inscritId/creneaux`,
      accesMetier,
      async (c) => {
        const { i, u } = await tenir(c);
        const erreurs = await ajouterCreneau(c, i, champsDe(c), u.nom);
        return erreurs.length > 0 ? fiche(c, champsDe(c), erreurs) : redirige(`${ICI}/inscrits/${i.id}?fait=creneau`);
      },
      { creation: true },
    ),
    post(`${ICI}/inscrits/:inscritId/creneaux/:creneauId/retirer`, accesMetier, async (c) => {
      const { i, u } = await tenir(c);
      if (!(await retirerCreneau(c, i, c.params.creneauId ?? '', u.nom))) throw conflit('Ce créneau est passé, ou déjà retiré.');
      return redirige(`${ICI}/inscrits/${i.id}`);
    }),
  ];
}
