/** Starts the bare references (nu.ts) that measures are compared with. */
import { spawn } from 'node:child_process';
import { sql } from 'kysely';
import { empreinteDe } from '../src/modules/comptes/sessions.queries.ts';
import type { Etabli } from './contexte.ts';
import type { Nu } from './nu.ts';

interface ServeurNu {
  adresse: string;
  stop(): void;
}

async function lancerNu(consigne: Nu): Promise<ServeurNu> {
  const enfant = spawn(process.execPath, ['scripts/run.mjs', 'bench/nu.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  enfant.stdin.write(`${JSON.stringify(consigne)}\n`);
  const port = await new Promise<string>((pret, echec) => {
    enfant.once('exit', (code) => echec(new Error(`La référence nue s’est arrêtée (${code}).`)));
    enfant.stdout.once('data', (d: Buffer) => pret(d.toString().trim()));
  });
  enfant.removeAllListeners('exit');
  return { adresse: `http://127.0.0.1:${port}/`, stop: () => void enfant.stdin.end() };
}

/** The same bytes, without anything else. */
export const nuOctets = (corps: Buffer): Promise<ServeurNu> => lancerNu({ corps: corps.toString('base64') });

/** The same bytes after the session's own statement: who the token is, with their mandates. */
export async function nuSession(e: Etabli, corps: Buffer, temoin: string): Promise<ServeurNu> {
  const jeton = temoin.slice(temoin.indexOf('=') + 1);
  const texte = `select s.id, s.vue_le, s.forte, c.id, c.nom, c.courriel, c.organisation_id,
      coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'territoire_id', m.territoire_id, 'fiche', m.fiche, 'registre', m.registre))
        from mandats m where m.contrat_id = c.contrat_id and m.compte_id = c.id and m.debut <= current_date and (m.fin is null or m.fin >= current_date)), '[]')
    from sessions s join comptes c on c.contrat_id = s.contrat_id and c.id = s.compte_id
    where s.contrat_id = $1 and s.empreinte = $2 and s.expire_le > now() and c.ferme_le is null`;
  const trouvee = await sql<{ n: number }>`
    select count(*)::int as n from sessions where contrat_id = ${e.contratId} and empreinte = ${empreinteDe(jeton)}`.execute(e.owner);
  if (trouvee.rows[0]?.n !== 1) throw new Error('La session de la référence nue est introuvable.');
  return lancerNu({
    corps: corps.toString('base64'),
    url: e.p.url,
    sql: { texte, valeurs: [e.contratId, `hex:${empreinteDe(jeton).toString('hex')}`] },
  });
}
