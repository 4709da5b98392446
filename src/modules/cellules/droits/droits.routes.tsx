/** What a person, or their parents, ask for: noted with its clock, answered; corrected; papers made from the charter, none of them kept here. */
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, lire, page, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { compter, dureesDe } from '../cellule/cellule.queries.ts';
import { type Champs, FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, type Outils, voirCellule } from '../cellules.contexte.ts';
import { accesCellules, accesMembres } from '../cellules.policy.ts';
import { groupesPour, partenaireDe } from '../charte/charte.rules.ts';
import { compterOrigine } from '../nombres/nombres.queries.ts';
import { empreinteDe, oublier, reculDe } from '../cles/cles.ts';
import { ecrire } from '../../documents/index.ts';
import { DemandesPage, RectifierPage } from '../pages/DroitsPages.tsx';
import { avecDifferes, ecrireContenu, exigerCle, lireContenus, noterLecture } from '../situations/contenu.ts';
import { naissanceDe } from '../situations/identite.rules.ts';
import {
  countLectures,
  listHabilitations,
  listInformations,
  listLectures,
  findSituation,
  libererEmpreinte,
  oterContenus,
  setRectifiee,
} from '../situations/situations.queries.ts';
import { listOrientations } from '../situations/orientations.queries.ts';
import { destructionDe } from '../situations/situations.rules.ts';
import { identiteSaisie, saisineSchema } from '../situations/situations.schema.ts';
import { exigerDesigne, type Lisible } from '../situations/viser.ts';
import { addDemande, getDemande, listDemandes, prolonger, setReponse } from './droits.queries.ts';
import { duLe, prolongeeAu, meneALaFin } from './droits.rules.ts';
import { demandeSchema, reponseSchema } from './droits.schema.ts';
import { notice, rapport } from './papiers.ts';

const CHEMIN = '/cellules/:cellule/situations/:situation';
const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' } as const;
const LECTURES = 1000;

/** Throws 404 for another format. */
export function formatDe(valeur: string | undefined): { format: keyof typeof TYPES; type: string } {
  if (valeur !== 'pdf' && valeur !== 'docx') throw introuvable('Ce format');
  return { format: valeur, type: TYPES[valeur] };
}

export function buildDroitsRoutes(o: Outils): Route[] {
  async function pageDesDemandes(c: Contexte, x: Lisible, erreurs: readonly ErreurDeChamp[] = []): Promise<Reponse> {
    const { v, s } = x;
    return page({
      ...travail,
      titre: 'Droits de la personne',
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }, { libelle: `Situation n° ${s.numero}`, href: x.chemin }],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <DemandesPage
          vue={v}
          charte={o.charte}
          situation={s}
          demandes={enPages(c, await listDemandes(c.db, c.contrat.id, { celluleId: v.cellule.id, situationId: s.id }), 50)}
          champs={champsDe(c)}
          erreurs={erreurs}
        />
      ),
    });
  }
  const pageRectifier = (x: Lisible, champs: Champs, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: 'Corriger',
      fil: [...FIL, { libelle: x.v.nom, href: cheminDe(x.v.cellule.id) }, { libelle: `Situation n° ${x.s.numero}`, href: x.chemin }],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <RectifierPage vue={x.v} charte={o.charte} situation={x.s} champs={champs} erreurs={erreurs} />,
    });
  /** All that the situation says, noted as read. */
  async function lue(c: Contexte, x: Lisible) {
    const dit = await lireContenus(c.db, c.contrat.id, o.trousseau, x.v.cle, x.s, avecDifferes(groupesPour(o.charte, x.titre)));
    await noterLecture(c.db, c.contrat.id, { situation: x.s, membre: x.v.moi, titre: x.titre, lue: dit, quand: c.maintenant });
    return dit;
  }

  return [
    /** 200 every request of the cell, by number; for members and the data protection officer. */
    get('/cellules/:cellule/demandes', accesCellules, async (c) => {
      const v = await voirCellule(c, o);
      if (!v.controle && !(v.moi && v.signee))
        throw interdit('Cette page est ouverte aux membres qui ont signé la charte et au délégué à la protection des données.');
      return page({
        ...travail,
        titre: 'Demandes des personnes',
        fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
        corps: (
          <DemandesPage
            vue={v}
            charte={o.charte}
            situation={null}
            demandes={enPages(c, await listDemandes(c.db, c.contrat.id, { celluleId: v.cellule.id, situationId: null }), 50)}
            champs={{}}
            erreurs={[]}
          />
        ),
      });
    }),
    /** 200 requests for this situation, and their forms; 403 not named for it. */
    get(`${CHEMIN}/droits`, accesMembres, async (c) => pageDesDemandes(c, await exigerDesigne(c, o, false)), { sensible: true }),
    /** 303 noted, due in a month; 422. */
    post(
      `${CHEMIN}/droits`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s } = x;
        const lu = lire(demandeSchema({ aujourdhui: v.aujourdhui, creeeLe: s.creeeLe }), champsDe(c));
        if (!lu.ok) return pageDesDemandes(c, x, lu.erreurs);
        const { droit, demandeur: qui, recueLe } = lu.valeur;
        const avantLe = duLe(recueLe);
        await addDemande(c.db, c.contrat.id, {
          celluleId: v.cellule.id,
          situationId: s.id,
          numero: s.numero,
          droit,
          qui,
          membreId: v.moi.id,
          recueLe,
          avantLe,
        });
        await compter(c.db, c.contrat.id, v.cellule.id, 'droits', v.aujourdhui);
        await c.auditer('situation.demande', x.chemin, { membre: code(v.moi.id) });
        return redirige(`${x.chemin}/droits`);
      },
      { anonyme: true },
    ),
    /** 303 two months more, once, before the first one ends; 404 answered; 409 too late, or done already. */
    post(`${CHEMIN}/droits/:exercice/prolonger`, accesMembres, async (c) => {
      const x = await exigerDesigne(c, o, true);
      const d = await getDemande(c.db, c.contrat.id, { id: c.params.exercice ?? '', situationId: x.s.id });
      if (!d) throw introuvable('Cette demande');
      if (d.prolongee || d.avantLe < x.v.aujourdhui)
        throw conflit('Le délai se prolonge une seule fois, avant la fin du premier mois, et en le disant à la personne.');
      await prolonger(c.db, c.contrat.id, d.id, prolongeeAu(d.recueLe));
      await c.auditer('situation.demande_prolongee', x.chemin, { membre: code(x.v.moi.id), demande: code(d.id) });
      return redirige(`${x.chemin}/droits`);
    }),
    /** 303 answered; a refusal says its legal ground, and opposition or erasure granted leads to the end of the situation; 422; 404. */
    post(
      `${CHEMIN}/droits/:exercice/repondre`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const d = await getDemande(c.db, c.contrat.id, { id: c.params.exercice ?? '', situationId: x.s.id });
        if (!d) throw introuvable('Cette demande');
        const lu = lire(reponseSchema(o.charte, d.droit), { motif: '', ...champsDe(c) });
        if (!lu.ok)
          return pageDesDemandes(
            c,
            x,
            lu.erreurs.map((e) => ({ ...e, champ: `${e.champ}-${d.id}` })),
          );
        const { reponse, motif } = lu.valeur;
        await setReponse(c.db, c.contrat.id, d.id, { reponse, motif: reponse === 'refusee' ? motif : null, repondueLe: x.v.aujourdhui });
        await c.auditer('situation.demande_repondue', x.chemin, { membre: code(x.v.moi.id), demande: code(d.id) });
        return redirige(meneALaFin({ ...d, reponse }) ? `${x.chemin}#fin` : `${x.chemin}/droits`);
      },
      { anonyme: true },
    ),
    /** 200 what is written, to be corrected. */
    get(
      `${CHEMIN}/rectifier`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, false);
        const dit = await lue(c, x);
        const { alerte: _, ...saisine } = dit.saisine ?? {};
        return pageRectifier(x, { version: String(x.s.version), ...saisine, ...(dit.identite ? { ...dit.identite, identite: 'oui' } : {}) });
      },
      { sensible: true },
    ),
    /** 303 corrected: what was written leaves, nothing of it is kept beside; 409 changed by another, or another situation's person; 422. */
    post(
      `${CHEMIN}/rectifier`,
      accesMembres,
      async (c) => {
        const x = await exigerDesigne(c, o, true);
        const { v, s } = x;
        const champs = champsDe(c);
        const confirmation = exigerConfirmation(c, `${x.chemin}/rectifier`);
        if (confirmation) return confirmation;
        if (champs.version !== String(s.version))
          throw conflit('Cette situation a changé pendant que vous la corrigiez. Rouvrez la page : elle dit où elle en est.');
        const durees = dureesDe(v.cellule);
        const saisine = lire(saisineSchema(o.charte, v.genre.code), champs);
        const identite = texte(c.corps.identite) === 'oui' && !v.genre.sans_identite ? lire(identiteSaisie, champs) : null;
        const erreurs = [...(saisine.ok ? [] : saisine.erreurs), ...(identite && !identite.ok ? identite.erreurs : [])];
        if (!durees || !saisine.ok || erreurs.length > 0) return pageRectifier(x, champs, erreurs);
        const qui = identite?.ok ? identite.valeur : null;
        const empreinte = qui ? await empreinteDe(v.cle, { ...qui, naissance: naissanceDe(qui) }) : null;
        const deja = empreinte && (await findSituation(c.db, c.contrat.id, v.cellule.id, empreinte, v.aujourdhui));
        if (deja && deja.id !== s.id) throw conflit(`Cette personne est déjà celle de la situation n° ${deja.numero}.`);
        if (empreinte && !deja) await libererEmpreinte(c.db, c.contrat.id, v.cellule.id, empreinte, v.aujourdhui);
        const cle = await exigerCle(c.db, c.contrat.id, o.trousseau, v.cle, s.id);
        const naissance = qui ? { mois: qui.naissance, recul: await reculDe(cle) } : null;
        const avant = { etat: s.etat, le: s.destructionLe };
        const destructionLe = destructionDe({ genre: v.genre, durees, jour: v.aujourdhui, etat: s.etat === 'suivie' ? 'examinee' : s.etat, avant, naissance });
        const commun = { celluleId: v.cellule.id, situationId: s.id, membre: v.moi, cle, quand: c.maintenant };
        // How it came in is no mistake of who wrote it.
        const avantCorrection = (await lue(c, x)).saisine;
        const alerte = avantCorrection?.alerte;
        // Counted for who brought it, as it is written now.
        const annee = { celluleId: v.cellule.id, annee: s.creeeLe.slice(0, 4) };
        const [ancien, neuf] = [avantCorrection?.origine ?? '', saisine.valeur.origine].map((x) => partenaireDe(o.charte, x));
        if (ancien !== neuf && avantCorrection) {
          await compterOrigine(c.db, c.contrat.id, { ...annee, partenaire: ancien, nombre: -1 });
          await compterOrigine(c.db, c.contrat.id, { ...annee, partenaire: neuf, nombre: 1 });
        }
        for (const groupe of ['saisine', 'identite'] as const) await oterContenus(c.db, c.contrat.id, s.id, groupe);
        await ecrireContenu(c.db, c.contrat.id, { ...commun, groupe: 'saisine', dit: { ...saisine.valeur, ...(alerte ? { alerte } : {}) } });
        if (qui) await ecrireContenu(c.db, c.contrat.id, { ...commun, groupe: 'identite', dit: qui });
        oublier(cle);
        if (!(await setRectifiee(c.db, c.contrat.id, s, { empreinte, destructionLe }))) throw conflit('Cette situation a changé. Rouvrez sa page.');
        await c.auditer('situation.rectifiee', x.chemin, { membre: code(v.moi.id) });
        return redirige(x.chemin);
      },
      { anonyme: true },
    ),
    /** 200 what the person or the parents are told, without any name: it is written by hand. */
    get(
      `${CHEMIN}/notice/:formatDeNotice`,
      accesMembres,
      async (c) => {
        const { format, type } = formatDe(c.params.formatDeNotice);
        const x = await exigerDesigne(c, o, false);
        return fichier(await ecrire(notice(o.charte, x.v, c.demonstration), format), { nom: `notice.${format}`, type });
      },
      { parMinute: 20 },
    ),
    /** 200 all that is written of the person, and who read it; noted as a read. Made in memory, kept nowhere. */
    get(
      `${CHEMIN}/rapport/:formatDeRapport`,
      accesMembres,
      async (c) => {
        const { format, type } = formatDe(c.params.formatDeRapport);
        const x = await exigerDesigne(c, o, false);
        const dit = await lue(c, x);
        const ou = { celluleId: x.v.cellule.id, situationId: x.s.id };
        const nommes = new Set((await listHabilitations(c.db, c.contrat.id, x.s.id)).map((h) => h.membreId));
        const contenu = rapport({
          charte: o.charte,
          vue: x.v,
          situation: x.s,
          lue: dit,
          informations: await listInformations(c.db, c.contrat.id, x.s.id),
          orientations: await listOrientations(c.db, c.contrat.id, x.s.id),
          designes: x.v.membres.filter((m) => m.excluLe === null && nommes.has(m.id)),
          lectures: await listLectures(c.db, c.contrat.id, ou, LECTURES),
          nombreDeLectures: await countLectures(c.db, c.contrat.id, ou),
          demandes: await listDemandes(c.db, c.contrat.id, ou),
          demonstration: c.demonstration,
        });
        return fichier(await ecrire(contenu, format), { nom: `rapport-situation-${x.s.numero}.${format}`, type });
      },
      { sensible: true, parMinute: 20 },
    ),
  ];
}
