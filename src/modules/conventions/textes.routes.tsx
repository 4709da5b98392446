/**
 * Texts and avenants of an act, and what separates two of them. GET 200, 403, 404; POST 303, 409 the act is over, 422 with what was typed,
 * 403, 404, 413.
 */
import { readFile } from 'node:fs/promises';
import { acces, accesMetier, auTravail } from '../../core/authorize.ts';
import { addFichier, lireFichier } from '../../core/base/files.ts';
import { introuvable } from '../../core/errors.ts';
import { fichier, get, post, type Route, texte } from '../../core/http/http.ts';
import { typeServi } from '../../core/nature.ts';
import { code } from '../../core/trace/details.ts';
import { FICHIER_MAX, lireDocument } from '../indicateurs/index.ts';
import { auteurDe, charger, chargerPourEcrire } from './conventions.contexte.ts';
import * as q from './conventions.queries.ts';
import { effetDe, etatDe, termeDe } from './conventions.rules.ts';
import { buildVersionSchema } from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { ecran, exigerEnCours, lireOu, montrer, ou, pourLire, vers } from './formulaires.ts';
import { annoncerAuxParties, type Outils, suivreLesRemplaces } from './lettres.ts';
import { direDit } from './mots.ts';
import { ComparerPage } from './pages/ComparerPage.tsx';
import { VersionFormPage } from './pages/VersionFormPage.tsx';
import { changementEnCours, dire, direEnCours, ecrire, parolesDe, parties } from './paroles.ts';
import { comparerTextes } from './versions.rules.ts';

const DEPOT = ecran('Déposer un texte', VersionFormPage);

export const buildTextesRoutes = (o: Outils): Route[] => [
  get('/conventions/:convention/textes/nouveau', accesMetier, async (c) => DEPOT.montrer(c, await pourLire(c))),
  post(
    '/conventions/:convention/textes/nouveau',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c);
      const { valeur: v, erreurs } = lireOu(c, buildVersionSchema(s.aujourdhui), ['genre', 'resume', 'signee_le', 'fin', 'texte']);
      const refuser = DEPOT.refuser(c, s);
      if (!v) return refuser(erreurs);
      if (v.genre === 'avenant') {
        exigerEnCours(s);
        const effet = effetDe(s.acte);
        if (effet === null)
          return refuser([{ champ: 'genre', message: 'Un avenant change un acte signé : celui-ci ne l’est pas encore. Déposez un texte entier.' }]);
        if (etatDe(s.acte, s.aujourdhui) === 'echue' && (v.signee_le ?? '') > (s.acte.fin ?? ''))
          return refuser([
            { champ: 'signee_le', message: 'L’acte était échu ce jour-là : un acte échu ne se prolonge pas. Écrivez un nouvel acte, qui le remplace.' },
          ]);
        if (v.fin !== null && v.fin < effet) return refuser([{ champ: 'fin', message: 'La nouvelle fin vient avant la date d’effet de l’acte.' }]);
        const ouvert = changementEnCours(await parolesDe(c, s));
        if (v.fin !== null && ouvert) return refuser([{ champ: 'fin', message: direEnCours(ouvert) }]);
        if (v.fin !== null && s.acte.fin === null)
          return refuser([{ champ: 'fin', message: 'Cet acte n’a pas de terme. Pour le finir, notez sa dénonciation.' }]);
      }
      const recu = await lireDocument(c);
      if (recu && !recu.ok) return refuser([{ champ: 'fichier', message: recu.message }]);
      if (!recu && v.texte === '') return refuser([{ champ: 'fichier', message: 'Joignez le fichier signé, ou collez le texte : l’un des deux au moins.' }]);
      const depose = recu
        ? { id: await addFichier(c.db, c.contrat.id, { nom: recu.nom, type: recu.type, contenu: await readFile(recu.chemin), garde: true }), nom: recu.nom }
        : null;
      const { fin, reconductionMois } = s.acte;
      const suivre = await suivreLesRemplaces(c, o, [s.acte.remplaceId]);
      const version = await w.addVersion(
        c.db,
        { ...ou(c, s), fin, reconductionMois, terme: termeDe(s.acte, v.signee_le ?? s.aujourdhui) },
        v,
        depose,
        auteurDe(c),
      );
      if (v.genre === 'avenant') {
        const signe = { genre: 'avenant', objet: version, jour: v.signee_le, texte: v.resume } as const;
        const demandees = (await parties(c, s)).map((de) => ({ ...signe, de }));
        const { ids, compte } = await dire(c, o, s, demandees);
        const suite = compte ? await ecrire(c, s, { ...signe, objetId: version, faitLe: null, id: ids[0] ?? '', de: '' }) : null;
        if (suite) await annoncerAuxParties(c, o, s.catalogue, s.acte, `Avenant : ${s.acte.titre}`, `a noté : ${direDit({ ...signe, de: '' })}${suite}`);
      }
      await suivre(s.acte);
      await c.auditer('convention.texte', `/conventions/${s.acte.id}`, { genre: v.genre, fichier: code(depose?.id ?? null), fin: code(v.fin) }, { apres: v });
      return vers(s, 'textes');
    },
    { creation: true, televersementMax: FICHIER_MAX + 1_048_576 },
  ),
  /** 200 the file as it was deposited: to partners, and to everybody the files that were chosen when the act was published; 404. */
  get('/conventions/:convention/textes/:versionDActe/fichier', acces.public, async (c) => {
    const s = await charger(c);
    const v = (await q.listVersions(c.db, c.contrat.id, [s.acte.id])).find((x) => x.id === c.params.versionDActe);
    const f = v?.fichierId ? await lireFichier(c.db, c.contrat.id, v.fichierId) : null;
    // A signed copy bears names: everybody is given only those that were chosen.
    if (!f || !v || !(auTravail(c.utilisateur) || s.acte.fichiersPublics.includes(v.id))) throw introuvable('Ce fichier');
    return fichier(f.contenu, { nom: f.nom, type: typeServi(f.type) });
  }),
  get('/conventions/:convention/comparer', acces.public, async (c) => {
    const s = await charger(c);
    const lisibles = (await q.listVersions(c.db, c.contrat.id, [s.acte.id])).filter((v) => v.lisible);
    const choisir = (nom: string, sinon: number | undefined) =>
      lisibles.find((v) => String(v.numero) === texte(c.requete[nom])) ?? lisibles.find((v) => v.numero === sinon);
    const [apres, avant] = [choisir('apres', lisibles[0]?.numero), choisir('avant', lisibles[1]?.numero)];
    const mots = apres && avant ? await q.getTextes(c.db, c.contrat.id, s.acte.id, [avant.numero, apres.numero]) : null;
    const passages = mots && apres && avant ? comparerTextes(mots.get(avant.numero) ?? '', mots.get(apres.numero) ?? '') : null;
    return montrer(c, s, 'Comparer deux versions', () => (
      <ComparerPage acte={s.acte} versions={lisibles} avant={avant ?? null} apres={apres ?? null} passages={passages} />
    ));
  }),
];
