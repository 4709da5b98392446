/** What programs are told of acts (OpenAPI). */
import { NATURES, CODES_ETATS } from './conventions.rules.ts';

const texte = { type: 'string' } as const;
const jourOuNul = { type: ['string', 'null'], format: 'date' } as const;
const textes = { type: 'array', items: texte } as const;
const probleme = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Probleme' } } } });
const parametre = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });

export const API = {
  schemas: {
    Acte: {
      type: 'object',
      properties: {
        id: { type: 'string', format: 'uuid' },
        nature: { enum: Object.keys(NATURES) },
        titre: texte,
        reference: texte,
        etat: { enum: CODES_ETATS, description: 'Calculé des dates et des signatures' },
        etat_dit: texte,
        signatures_a_confirmer: {
          type: 'integer',
          description:
            'Notées par un autre, et pas encore dites siennes par la partie : celles qui comptent dans l’état, et les suspendues, qui n’y comptent pas',
        },
        autres_a_confirmer: {
          type: 'integer',
          description: 'Retraits, avenants, corrections de dates, revues, engagements, dénonciations notés par un autre : ils ne comptent pas encore',
        },
        porteur: texte,
        effet: jourOuNul,
        fin: jourOuNul,
        prochaine: { type: ['object', 'null'], properties: { quoi: { enum: ['renouvellement', 'revue'] }, le: { type: 'string', format: 'date' } } },
        fiches: textes,
        dispositifs: textes,
        lignes: textes,
        territoires: textes,
        publique: { type: 'boolean' },
        parties: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              organisation: { type: ['string', 'null'] },
              nom: texte,
              signee_le: jourOuNul,
              retiree_le: jourOuNul,
              signature: {
                enum: ['notee', 'confirmee', 'contestee', 'suspendue', null],
                description:
                  'Notée par un autre, dite sienne par la partie, niée par elle (elle ne compte pas, même notée de nouveau), ou suspendue : notée après qu’elle s’est retirée ou l’a annulée, elle l’attend et ne compte pas. Nul : pas de signature',
              },
              notee_par: { type: ['string', 'null'], description: 'Code de l’organisation qui l’a notée ou corrigée ; nul : non gardé' },
            },
          },
        },
      },
    },
  },
  chemins: {
    '/api/v1/conventions': {
      get: {
        summary: 'Lire les conventions, protocoles, chartes et arrêtés',
        operationId: 'listActes',
        description: 'Portée du jeton : lire. Aucun nom de signataire n’en sort.',
        parameters: [
          parametre('nature', 'Une seule nature', { enum: Object.keys(NATURES) }),
          parametre('etat', 'Un seul état', { enum: CODES_ETATS }),
          parametre('fiche', 'Numéro de fiche', texte),
          parametre('systeme', 'Code d’un dispositif', texte),
          parametre('partie', 'Code d’une organisation engagée', texte),
          parametre('territoire', 'Code d’un territoire, ou « tous »', texte),
          parametre('limite', 'Nombre d’actes', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
          parametre('apres', 'Valeur de `suite` de la page précédente', texte),
        ],
        responses: {
          200: {
            description: 'Une page',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { donnees: { type: 'array', items: { $ref: '#/components/schemas/Acte' } }, suite: { type: ['string', 'null'] } },
                },
              },
            },
          },
          401: probleme('Non connecté'),
          403: probleme('Portée ou mandat insuffisant'),
          422: probleme('Paramètre mal formé'),
        },
      },
    },
  },
};
