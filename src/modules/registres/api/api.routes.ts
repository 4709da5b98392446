/** JSON API of the registers; errors are RFC 9457. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { acces, accesRegistres } from '../../../core/authorize.ts';
import { conflit, interdit, introuvable } from '../../../core/errors.ts';
import { exiger, get, json, post, type Route, texte } from '../../../core/http/http.ts';
import type { LigneListe } from '../activite.ts';
import { listToutesExtensions } from '../extensions/extensions.queries.ts';
import { lireFiltres } from '../liste/filtres.schema.ts';
import { listActivitesApres } from '../liste/liste.queries.ts';
import { avecCibles, quiDe } from '../liens/liens.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutEcrire, situationDe } from '../registres.policy.ts';
import { etendre, pourContrat } from '../registres.rules.ts';
import { lecteurDeCreation, cleSchema, limiteSchema, normaliser } from '../registres.schema.ts';
import { createActivite, getActivite } from '../saisie/saisie.queries.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { joursDesMoments } from './moments.rules.ts';
import { buildOpenApi } from './openapi.ts';

const enJson = (l: Pick<LigneListe, 'id' | 'version' | 'statut' | 'idExterne' | 'modifieLe' | 'contenu'>) => ({
  id: l.id,
  version: l.version,
  statut: l.statut,
  id_externe: l.idExterne,
  modifie_le: l.modifieLe.toISOString(),
  contenu: l.contenu,
});

/** A program names what its holder may read. */
const lisibles = (rep: Repertoire): Repertoire => ({
  ...rep,
  cibles: new Map([...(rep.cibles ?? [])].filter(([, x]) => x.lisible && x.statut === 'publie')),
});

export function apiRoutes(r: Registres): Route[] {
  const api = { api: true };
  const lecture = { api: true, sensible: true };
  return [
    /** 200: the document describes no record, so it is public */
    get(
      '/api/v1/openapi.json',
      acces.public,
      async (c) => {
        const [rep, lexique, extensions] = await lireEnsemble(c.db, [
          () => r.getRepertoire(c.db, c.contrat.id),
          () => r.getLexique(c.db, c.contrat.id),
          () => listToutesExtensions(c.db, c.contrat.id),
        ]);
        return json(
          buildOpenApi(
            r.definitions.map((d) => etendre(pourContrat(d, lexique), extensions)),
            rep,
            r.modules,
          ),
        );
      },
      api,
    ),

    /** 200 · 401 · 404 · 422 */
    get(
      '/api/v1/registres/:registre',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const limite = exiger(limiteSchema, texte(c.requete.limite) || '100');
        const apres = texte(c.requete.apres) === '' ? null : exiger(cleSchema, texte(c.requete.apres));
        const lignes = await listActivitesApres(c.db, { contratId: c.contrat.id, d, rep }, lireFiltres(d, rep, c.requete), limite, apres);
        const dernier = lignes.length === limite ? lignes.at(-1) : undefined;
        return json({ donnees: lignes.map(enJson), suite: dernier ? `${dernier.contenu.jour}_${dernier.id}` : null });
      },
      lecture,
    ),

    /** 200 · 401 · 404 */
    get(
      '/api/v1/registres/:registre/:id',
      accesRegistres,
      async (c) => {
        const { d } = await ouvrir(r, c);
        const a = await getActivite(c.db, c.contrat.id, d.code, c.params.id ?? '');
        if (!a) throw introuvable('Cet enregistrement');
        return json(enJson(a));
      },
      lecture,
    ),

    /** 201 · 401 · 403 · 404 · 409 · 422 */
    post(
      '/api/v1/registres/:registre',
      accesRegistres,
      async (c) => {
        const { d, rep } = await ouvrir(r, c);
        const envoyees = c.corps.donnees;
        const valeurs = typeof envoyees === 'object' && envoyees !== null ? Object.values(envoyees) : [];
        const lie = lisibles(await avecCibles(r, quiDe(c), rep, valeurs));
        const lu = exiger(lecteurDeCreation(d, lie), joursDesMoments(d, c.corps));
        const contenu = normaliser(lu, rep);
        if (!peutEcrire(c.utilisateur, situationDe(d, contenu), rep.contient)) throw interdit();
        const ou = { contratId: c.contrat.id, registre: d.code };
        const id = await createActivite(c.db, r, ou, { contenu, idExterne: lu.id_externe ?? null, auteur: auteurDe(c), quand: c.maintenant });
        if (id === null) throw conflit(`L’identifiant « ${lu.id_externe ?? ''} » est déjà celui d’un autre enregistrement de ce registre.`);
        await c.auditer('activite.creee', `/registres/${d.code}/${id}`, { api: true }, { apres: contenu });
        const a = await getActivite(c.db, c.contrat.id, d.code, id);
        if (!a) throw introuvable('Cet enregistrement');
        return json(enJson(a), 201);
      },
      { ...api, creation: true },
    ),
  ];
}
