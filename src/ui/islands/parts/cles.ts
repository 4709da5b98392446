/** Passkeys: the browser's own dialogue behind a button (`data-cle`). The block stays hidden where the browser has none. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

const ADRESSES: Record<string, string> = {
  connexion: '/connexion/cle',
  'second-facteur': '/connexion/cle',
  confirmation: '/confirmer/cle',
  inscription: '/mon-compte/cles',
};

export function startCles(): void {
  if (!browserSupportsWebAuthn()) return;
  for (const bloc of document.querySelectorAll<HTMLElement>('[data-cle]')) {
    bloc.hidden = false;
    bloc.querySelector('button')?.addEventListener('click', () => void agir(bloc));
  }
}

async function envoyer(adresse: string, corps: unknown): Promise<Record<string, unknown>> {
  const r = await fetch(adresse, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(corps) });
  const lu = (await r.json().catch(() => ({}))) as Record<string, unknown>;
  if (!r.ok) throw new Error(typeof lu.title === 'string' ? lu.title : 'La plateforme ne répond pas. Recommencez dans un instant.');
  return lu;
}

async function agir(bloc: HTMLElement): Promise<void> {
  const erreur = bloc.querySelector('[data-cle-erreur]');
  if (erreur) erreur.textContent = '';
  const genre = bloc.dataset.cle ?? '';
  const adresse = ADRESSES[genre] ?? '';
  try {
    const optionsJSON = (await envoyer(`${adresse}/options`, { retour: bloc.dataset.retour, etape: bloc.dataset.etape })) as never;
    const corps =
      genre === 'inscription'
        ? { nom: bloc.querySelector('input')?.value, reponse: await startRegistration({ optionsJSON }) }
        : await startAuthentication({ optionsJSON });
    const { vers } = await envoyer(adresse, corps);
    window.location.assign(String(vers));
  } catch (e) {
    const abandon = (e as Error).name === 'NotAllowedError';
    if (erreur) erreur.textContent = abandon ? 'Rien n’a été fait : la demande a été abandonnée ou a expiré.' : (e as Error).message;
  }
}
