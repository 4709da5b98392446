/** What a handler is given: built anew for each transaction that it is run in. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createAudit, type EntreeAudit, entree, type Journal } from '../trace/audit.ts';
import type { Utilisateur } from '../authorize.ts';
import type { Db } from '../base/database.ts';
import type { Suite } from './after-commit.ts';
import type { ContratServi, Contexte, FichierRecu } from './http.ts';

interface Serveur {
  contrat: ContratServi;
  demonstration: boolean;
  personas?: boolean;
  horloge: () => Date;
  audit: Journal | null;
}
interface Requete {
  db: Db;
  request: FastifyRequest;
  reply: FastifyReply;
  utilisateur: Utilisateur | null;
  corps: Record<string, unknown>;
  fichiers: FichierRecu[];
  suites: Suite[];
  entrees: EntreeAudit[];
}

export function buildContexte(o: Serveur, q: Requete): Contexte {
  const maintenant = o.horloge();
  return {
    db: q.db,
    contrat: o.contrat,
    utilisateur: q.utilisateur,
    params: q.request.params as Record<string, string>,
    requete: q.request.query as Record<string, string | string[]>,
    url: new URL(q.request.url, 'http://concorde.invalid'),
    corps: q.corps,
    fichiers: q.fichiers,
    maintenant,
    demonstration: o.demonstration,
    personas: o.personas ?? false,
    auditer: createAudit({ utilisateur: q.utilisateur, quand: maintenant, adresse: q.request.ip }, q.entrees),
    noterLecture: (objet, lecteur) => {
      const qui = { utilisateur: 'id' in lecteur ? lecteur : null, quand: maintenant, adresse: q.request.ip };
      const lue = entree(qui, 'objet.lu', objet);
      o.audit?.noter('id' in lecteur ? lue : { ...lue, organisationId: lecteur.organisationId, mandat: lecteur.titre });
    },
    apres: (action) => {
      q.suites.push(action);
    },
    brut: { request: q.request, reply: q.reply },
  };
}
