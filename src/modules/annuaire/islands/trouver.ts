/** « Près d’ici »: where one is, asked of the device when the button is pressed, to a hundred metres, and put in the address of the page alone. */
const bouton = document.querySelector<HTMLButtonElement>('[data-ici]');
if (bouton && 'geolocation' in navigator) {
  bouton.hidden = false;
  const dit = document.createElement('p');
  dit.className = 'govuk-body-s';
  dit.setAttribute('role', 'status');
  bouton.after(dit);
  bouton.addEventListener('click', () => {
    dit.textContent = 'Recherche…';
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const vers = new URL(bouton.dataset.ici ?? '', location.href);
        vers.searchParams.set('ici', `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
        location.assign(vers);
      },
      () => {
        dit.textContent = 'L’appareil ne dit pas où il est : choisissez un lieu dans « Près de ».';
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}
