/** Asks the browser for its address of notices, then sends it with the form. Without any of it, the page says that letters remain. */
const form = document.querySelector<HTMLFormElement>('#notifications');
const cle = form?.dataset.cle ?? '';

const enOctets = (b64: string): Uint8Array<ArrayBuffer> => {
  const brut = atob(b64.replaceAll('-', '+').replaceAll('_', '/'));
  const octets = new Uint8Array(brut.length);
  for (let i = 0; i < brut.length; i++) octets[i] = brut.charCodeAt(i);
  return octets;
};

async function demander(f: HTMLFormElement): Promise<void> {
  const ouvrier = await navigator.serviceWorker.register('/alertes/ouvrier.js', { scope: '/alertes/' });
  const abonnement = await ouvrier.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: enOctets(cle) });
  const { endpoint = '', keys = {} } = abonnement.toJSON();
  for (const [nom, valeur] of Object.entries({ endpoint, p256dh: keys.p256dh, auth: keys.auth })) {
    const champ = f.elements.namedItem(nom);
    if (champ instanceof HTMLInputElement) champ.value = valeur ?? '';
  }
  f.submit();
}

if (form && cle && 'serviceWorker' in navigator && 'PushManager' in window) {
  for (const e of document.querySelectorAll<HTMLElement>('[data-sans-notification]')) e.hidden = true;
  for (const e of form.querySelectorAll<HTMLElement>('[data-avec-notification]')) e.hidden = false;
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    demander(form).catch(() => {
      const refus = form.querySelector('[data-refus]');
      if (refus) refus.textContent = 'Le navigateur a refusé. Autorisez les notifications de ce site, puis recommencez.';
    });
  });
}
