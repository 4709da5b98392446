/** Without network, a form of a cell is not sent to nowhere: it says so and stays as it was typed. Nothing is kept on the device. */
const MOTS = 'Vous êtes hors ligne : rien n’est parti. Laissez cette page ouverte, votre saisie y reste ; recommencez quand le réseau revient.';
const CLASSE = 'c-hors-ligne';

document.addEventListener('submit', (e) => {
  const f = e.target as HTMLFormElement;
  f.querySelector(`.${CLASSE}`)?.remove();
  if (navigator.onLine) return;
  e.preventDefault();
  const dit = document.createElement('p');
  dit.className = `govuk-error-message ${CLASSE}`;
  dit.setAttribute('role', 'alert');
  (e.submitter ?? f.lastElementChild)?.before(dit);
  dit.textContent = MOTS;
});
