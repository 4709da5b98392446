/**
 * A passkey for a cell: the browser asks the device what only that passkey makes of the cell's question (WebAuthn PRF), derives from it by HKDF
 * a secret that is good for this seat alone, and sends that. What the passkey made never leaves this page.
 */
const octetsDe = (b64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(b64.replaceAll('-', '+').replaceAll('_', '/')), (s) => s.charCodeAt(0));
const texteDe = (octets: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(octets)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Throws in words for the person. */
async function interroger(f: HTMLFormElement): Promise<{ prf: string; cle: string }> {
  const { sel = '', siege = '', id } = f.dataset;
  const cle = await navigator.credentials.get({
    publicKey: {
      // Nobody checks the answer: what the device makes is the proof.
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      // Another secret is made where the device does not check who holds it.
      userVerification: 'required',
      allowCredentials: id ? [{ type: 'public-key', id: octetsDe(id) }] : [],
      extensions: { prf: { eval: { first: octetsDe(sel) } } },
    },
  });
  if (!(cle instanceof PublicKeyCredential)) throw new Error('Rien n’a été fait.');
  const fait = cle.getClientExtensionResults().prf?.results?.first;
  if (!fait) throw new Error('Cette clé d’accès ne sait pas ouvrir ainsi. Ajoutez-en une autre à votre compte, ou gardez votre phrase.');
  const source = await crypto.subtle.importKey('raw', fait as ArrayBuffer, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`concorde cellules ${siege}`);
  const secret = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: octetsDe(sel), info }, source, 256);
  return { prf: texteDe(secret), cle: cle.id };
}

async function ouvrir(f: HTMLFormElement): Promise<void> {
  const erreur = f.querySelector('[data-cle-erreur]');
  if (erreur) erreur.textContent = '';
  try {
    for (const [nom, valeur] of Object.entries(await interroger(f))) {
      const champ = f.elements.namedItem(nom);
      if (champ instanceof HTMLInputElement) champ.value = valeur;
    }
    f.submit();
  } catch (e) {
    const abandon = (e as Error).name === 'NotAllowedError';
    if (erreur) erreur.textContent = abandon ? 'Rien n’a été fait : la demande a été abandonnée ou a expiré.' : (e as Error).message;
  }
}

if ('PublicKeyCredential' in window) {
  for (const b of document.querySelectorAll<HTMLElement>('[data-cle-bloc]')) b.hidden = false;
  for (const b of document.querySelectorAll<HTMLElement>('[data-cle-absente]')) b.hidden = true;
  for (const f of document.querySelectorAll<HTMLFormElement>('form[data-cle-de-cellule]'))
    f.addEventListener('submit', (e) => {
      e.preventDefault();
      void ouvrir(f);
    });
}
