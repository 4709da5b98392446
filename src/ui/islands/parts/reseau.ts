/** Sends, and says whether anyone answers. A meeting room's network comes and goes, or answers its own page for ours. */
type Donnees = Record<string, unknown>;
/** `T`: what the platform answers at that address. */
export type Issue<T = Donnees> =
  | { genre: 'fait'; donnees: T }
  /** The server said no: sending it again changes nothing. */
  | { genre: 'refus'; statut: number; donnees: Donnees }
  /** Nobody answered, or not the platform: to be sent again. */
  | { genre: 'absent' }
  /** Signed out: to be sent again once signed in. */
  | { genre: 'session' };

export interface Reseau {
  etat: 'la' | 'absent' | 'session';
  envoyer<T = Donnees>(chemin: string, corps: Readonly<Record<string, string>>): Promise<Issue<T>>;
  lire<T = Donnees>(chemin: string): Promise<Issue<T>>;
}

const DELAI_MS = 15_000;
const ATTENTE_MAX_MS = 30_000;

/**
 * `auChangement` when the state changes; `reprendre` when it is worth trying again. `compte`: whose writings are sent; under the session of
 * somebody else they are not taken, and wait as they do for whoever is signed out.
 */
export function ouvrirReseau(auChangement: () => void, reprendre: () => void, compte = ''): Reseau {
  let attente = 1000;
  let minuterie = 0;
  const noter = (etat: Reseau['etat']) => {
    const avant = reseau.etat;
    reseau.etat = etat;
    if (etat === 'la') attente = 1000;
    else {
      window.clearTimeout(minuterie);
      minuterie = window.setTimeout(reprendre, attente);
      attente = Math.min(attente * 2, ATTENTE_MAX_MS);
    }
    if (etat !== avant) auChangement();
  };
  async function demander<T>(chemin: string, init: RequestInit): Promise<Issue<T>> {
    try {
      const r = await fetch(chemin, {
        ...init,
        headers: { accept: 'application/json', ...(compte ? { 'x-compte': compte } : {}) },
        redirect: 'error',
        signal: AbortSignal.timeout(DELAI_MS),
      });
      if (r.status === 401) {
        noter('session');
        return { genre: 'session' };
      }
      const nôtre = /json/.test(r.headers.get('content-type') ?? '');
      if (!nôtre || r.status >= 500 || r.status === 429) throw new Error('pas de réponse utile');
      const donnees = await r.json();
      noter('la');
      return r.ok ? { genre: 'fait', donnees } : { genre: 'refus', statut: r.status, donnees };
    } catch {
      noter('absent');
      return { genre: 'absent' };
    }
  }
  const reseau: Reseau = {
    etat: 'la',
    envoyer: (chemin, corps) => demander(chemin, { method: 'POST', body: new URLSearchParams(corps) }),
    lire: (chemin) => demander(chemin, {}),
  };
  window.addEventListener('online', reprendre);
  return reseau;
}
