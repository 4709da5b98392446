/** OpenAPI 3.1 document of the registers, made from their definitions and from the very schemas that check the bodies. */
import { z } from 'zod';
import type { Module } from '../../../core/module.ts';
import type { DefinitionRegistre } from '../definition.ts';
import { ETAPES } from '../etapes/etapes.rules.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { quantitesDe } from '../registres.rules.ts';
import { buildCreation } from '../registres.schema.ts';

type Json = Record<string, unknown>;
const contenu = (schema: Json) => ({ 'application/json': { schema } });
const probleme = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } },
});
const parametre = (nom: string, description: string, schema: Json = { type: 'string' }) => ({ name: nom, in: 'query', description, schema });

/** `autres`: what other modules answer under `/api`. */
export function buildOpenApi(definitions: readonly DefinitionRegistre[], rep: Repertoire, autres: readonly Pick<Module, 'api'>[] = []): Json {
  const chemins: Json = {};
  const schemas: Json = {
    Probleme: {
      type: 'object',
      description: 'RFC 9457',
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        erreurs: { type: 'array', items: { type: 'object', properties: { champ: { type: 'string' }, message: { type: 'string' } } } },
      },
    },
  };
  for (const d of definitions) {
    const nom = d.code.replace(/(^|-)([a-z])/g, (_, __, l: string) => l.toUpperCase());
    schemas[`${nom}Creation`] = { ...schemaJson(d, rep), title: d.libelle, description: d.objet };
    schemas[nom] = {
      type: 'object',
      required: ['id', 'version', 'statut', 'contenu'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        version: { type: 'integer' },
        statut: { enum: ['publie', 'retire'] },
        id_externe: { type: ['string', 'null'] },
        modifie_le: { type: 'string', format: 'date-time' },
        contenu: { $ref: `#/components/schemas/${nom}Creation` },
      },
    };
    chemins[`/api/v1/registres/${d.code}`] = cheminListe(d, nom);
    chemins[`/api/v1/registres/${d.code}/{id}`] = {
      get: {
        summary: `Lire ${d.genre === 'f' ? 'une' : 'un'} ${d.singulier}`,
        operationId: `get${nom}`,
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: {
          200: { description: 'L’enregistrement', content: contenu({ $ref: `#/components/schemas/${nom}` }) },
          401: probleme('Non connecté'),
          404: probleme('Introuvable'),
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Concorde',
      version: '1.0.0',
      description: 'Les registres d’activité, un par définition, et les chiffres à fournir ; mêmes champs, mêmes listes et mêmes contrôles que les écrans.',
    },
    paths: Object.assign(chemins, ...autres.map((m) => m.api?.chemins ?? {})) as Json,
    components: {
      schemas: Object.assign(schemas, ...autres.map((m) => m.api?.schemas ?? {})) as Json,
      securitySchemes: {
        jeton: { type: 'http', scheme: 'bearer', description: 'Créé depuis « Mon compte », avec les portées lire, ecrire ou contribuer' },
        session: { type: 'apiKey', in: 'cookie', name: 'concorde_session' },
      },
    },
    security: [{ jeton: [] }, { session: [] }],
  };
}

function cheminListe(d: DefinitionRegistre, nom: string): Json {
  const filtres = d.champs
    .filter((c) => c.type === 'liste' || c.type === 'booleen' || c.type === 'acteur' || c.type === 'lien')
    .map((c) =>
      parametre(
        c.code,
        c.libelle,
        c.type === 'liste'
          ? { enum: c.options.map((o) => o.code) }
          : c.type === 'booleen'
            ? { enum: ['oui', 'non'] }
            : c.type === 'lien'
              ? { type: 'string', format: 'uuid' }
              : undefined,
      ),
    );
  return {
    get: {
      summary: `Lister : ${d.libelle}`,
      operationId: `list${nom}`,
      description: `Quantités : ${
        quantitesDe(d)
          .map((q) => q.code)
          .join(', ') || 'aucune'
      }.`,
      parameters: [
        parametre('q', 'Mots cherchés'),
        parametre('lieu_connu', 'Un lieu daté, « type:code », ou « type:* » pour tous ceux de ce type'),
        parametre('du', 'Premier jour', { type: 'string', format: 'date' }),
        parametre('au', 'Dernier jour', { type: 'string', format: 'date' }),
        parametre('territoire', 'Territoire, avec tout ce qu’il contient'),
        parametre('organisation', d.organisation),
        parametre('fiche', 'Numéro de fiche'),
        parametre('ligne', 'Ligne d’action'),
        ...filtres,
        ...(d.etapes ? [parametre('etape', 'Étape ; toutes par défaut', { enum: Object.keys(ETAPES) })] : []),
        parametre('limite', 'Nombre d’enregistrements', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
        parametre('apres', 'Valeur de `suite` de la page précédente'),
      ],
      responses: {
        200: {
          description: 'Une page, du plus récent au plus ancien',
          content: contenu({
            type: 'object',
            properties: { donnees: { type: 'array', items: { $ref: `#/components/schemas/${nom}` } }, suite: { type: ['string', 'null'] } },
          }),
        },
        401: probleme('Non connecté'),
        422: probleme('Paramètre mal formé'),
      },
    },
    post: {
      summary: `Enregistrer ${d.genre === 'f' ? 'une' : 'un'} ${d.singulier}`,
      operationId: `create${nom}`,
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          description:
            'Tirée au hasard pour chaque enregistrement : le même envoi, répété sous la même clé, reçoit la même réponse et n’enregistre rien de plus',
          schema: { type: 'string', minLength: 8, maxLength: 200 },
        },
      ],
      requestBody: { required: true, content: contenu({ $ref: `#/components/schemas/${nom}Creation` }) },
      responses: {
        201: { description: 'Enregistré', content: contenu({ $ref: `#/components/schemas/${nom}` }) },
        401: probleme('Non connecté'),
        403: probleme('Hors du mandat'),
        409: probleme('Identifiant déjà employé'),
        422: probleme('Champs à corriger'),
      },
    },
  };
}

function schemaJson(d: DefinitionRegistre, rep: Repertoire): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(buildCreation(d, rep), { io: 'input', unrepresentable: 'any' });
  return schema;
}
