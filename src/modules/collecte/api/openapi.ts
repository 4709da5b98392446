/** This module's part of the description of the API. */
import { creationJson } from './contributions.schema.ts';

type Json = Record<string, unknown>;
const contenu = (schema: Json) => ({ 'application/json': { schema } });
const probleme = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } } });
const parametre = (nom: string, description: string, schema: Json) => ({ name: nom, in: 'query', description, schema });

const COMMUN: Json = {
  mesure: { type: 'string' },
  periode: { type: 'string', description: '2026, 2026-S1, 2026-T1 ou 2026-01' },
  debiteur: { type: 'string' },
  territoire: { type: 'string' },
  ventilation: { type: 'object', additionalProperties: { type: 'string' } },
  version: { type: 'integer', description: 'À renvoyer pour corriger ; 0 quand rien n’a été donné' },
};

export const API = {
  schemas: {
    ContributionsEnvoi: creationJson(),
    ContributionAttendue: {
      type: 'object',
      properties: {
        ...COMMUN,
        libelle: { type: 'string' },
        unite: { type: 'string' },
        genre: { enum: ['nombre', 'texte', 'document'] },
        detail: { type: 'string' },
        due_le: { type: 'string', format: 'date' },
        etat: { enum: ['a_donner', 'donnee'] },
        methode: { type: 'string', description: 'Comment ce chiffre est compté, tel que dit en dernier ; vide quand rien ne l’est' },
        limites: { type: 'string' },
        donnee: {
          type: ['object', 'null'],
          properties: {
            etat: { enum: ['valeur', 'secret', 'sans_objet'] },
            valeur: { type: ['number', 'null'] },
            texte: { type: ['string', 'null'] },
            auteur: { type: 'string', description: 'Qui l’a saisi, quand ce n’est pas le débiteur ; vide sinon' },
            validation: { type: 'string', description: 'Son état en mots : validé, provisoire, contesté par qui' },
          },
        },
      },
    },
    ContributionRecue: { type: 'object', properties: { ...COMMUN, etat: { enum: ['enregistree', 'inchangee'] } } },
  },
  chemins: {
    '/api/v1/contributions/attendues': {
      get: {
        summary: 'Lire ce que le porteur du jeton doit fournir',
        operationId: 'listContributionsAttendues',
        description: 'Portée du jeton : lire ou contribuer.',
        parameters: [
          parametre('annee', 'Année ; celle en cours par défaut', { type: 'string' }),
          parametre('etat', 'Ce qui reste à donner, ce qui l’est, ou tout', { enum: ['a_donner', 'donnee', 'toutes'], default: 'toutes' }),
          parametre('limite', 'Nombre de lignes', { type: 'integer', minimum: 1, maximum: 1000, default: 500 }),
          parametre('apres', 'Valeur de `suite` de la page précédente', { type: 'string' }),
        ],
        responses: {
          200: {
            description: 'Une page',
            content: contenu({
              type: 'object',
              properties: { donnees: { type: 'array', items: { $ref: '#/components/schemas/ContributionAttendue' } }, suite: { type: ['string', 'null'] } },
            }),
          },
          401: probleme('Non connecté'),
          403: probleme('Portée ou mandat insuffisant'),
          422: probleme('Paramètre mal formé'),
        },
      },
    },
    '/api/v1/contributions': {
      post: {
        summary: 'Fournir des chiffres',
        operationId: 'createContributions',
        description:
          'Portée du jeton : contribuer. Tout est enregistré, ou rien : chaque refus est nommé par son rang (`contributions.3.valeur`). Ce qui est déjà donné à l’identique n’est pas récrit.',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: 'Tirée au hasard pour chaque envoi : le même, répété sous la même clé, reçoit la même réponse et n’enregistre rien de plus',
            schema: { type: 'string', minLength: 8, maxLength: 200 },
          },
        ],
        requestBody: { required: true, content: contenu({ $ref: '#/components/schemas/ContributionsEnvoi' }) },
        responses: {
          201: {
            description: 'Enregistrées',
            content: contenu({ type: 'object', properties: { contributions: { type: 'array', items: { $ref: '#/components/schemas/ContributionRecue' } } } }),
          },
          401: probleme('Non connecté'),
          403: probleme('Portée ou mandat insuffisant'),
          422: probleme('Rien n’a été enregistré ; chaque faute par son rang'),
        },
      },
    },
  },
};
