/** A room: each entry is kept on the device the moment it is typed, sent when the network answers, and what others write shows as it comes. */
import { garderCoquille } from '../../../ui/islands/parts/coquille.ts';
import { ouvrirDepot } from '../../../ui/islands/parts/depot.ts';
import { annoncer, creer, ecrire, lien, message, un } from '../../../ui/islands/parts/page.ts';
import { ouvrirReseau } from '../../../ui/islands/parts/reseau.ts';
import { direAutres } from '../../../ui/islands/parts/restes.ts';
import { startAttente } from './parts/attente.ts';
import { startCompteurs } from './parts/compteurs.ts';
import { startSuivi } from './parts/suivi.ts';
import { startTouches } from './parts/touches.ts';

const PRES_MS = 60_000;

function demarrer(racine: HTMLElement): void {
  const { crise = '', compte = '', ecrit } = racine.dataset;
  const base = `/crises/${crise}`;
  const depot = ouvrirDepot('crise', crise, compte);
  let dernier = 'la';
  const reseau = ouvrirReseau(
    () => {
      if (dernier === 'la' && reseau.etat !== 'la') annoncer('Hors ligne. Ce que vous écrivez est gardé sur ce poste.');
      if (dernier !== 'la' && reseau.etat === 'la') annoncer('Le réseau est revenu.');
      dernier = reseau.etat;
      direEtat();
    },
    () => void reprendre(),
    compte,
  );
  const suivi = startSuivi({ racine, base, compte, reseau });
  const attente = startAttente({
    base,
    depot,
    reseau,
    ecrit: ecrit === 'oui',
    auChangement: () => direEtat(),
    ecrites: () => suivi.actualiser(),
    ecart: (ms) => {
      const minutes = Math.round(Math.abs(ms) / PRES_MS);
      message(
        'horloge',
        minutes < 1
          ? null
          : [
              creer(
                'p',
                '',
                `L’horloge de ce poste ${ms > 0 ? 'avance' : 'retarde'} de ${minutes} min. L’heure de vos entrées reste la sienne ; l’écart est écrit à côté.`,
              ),
            ],
      );
    },
  });
  racine.classList.add('c-vif');
  const autres = direAutres(depot, ['entree:', 'brouillon'], { un: 'Une entrée', des: 'entrées' });

  function direEtat(): void {
    const zone = un('#s-etat');
    if (!zone) return;
    const { parties, aDecider, empeche } = attente.compter();
    const dAutres = autres();
    const reste = parties === 0 ? '' : parties === 1 ? ' : 1 entrée gardée sur ce poste' : ` : ${parties} entrées gardées sur ce poste`;
    zone.dataset.etat = reseau.etat !== 'la' || empeche ? 'absent' : parties > 0 ? 'envoi' : 'la';
    const connexion = `/connexion?retour=${encodeURIComponent(window.location.pathname)}`;
    if (reseau.etat === 'session') ecrire(zone, lien('Reconnectez-vous', connexion), ` : votre session a pris fin${reste}`);
    else if (reseau.etat === 'absent') ecrire(zone, `Hors ligne${reste}. Envoi au retour du réseau`);
    else if (empeche && parties > 0) ecrire(zone, `${empeche} Réessayé dans un instant${reste}`);
    else if (aDecider > 0) ecrire(zone, aDecider === 1 ? 'Une entrée attend votre décision' : `${aDecider} entrées attendent votre décision`);
    else if (parties > 0) ecrire(zone, 'Enregistrement…');
    else ecrire(zone, dAutres > 0 ? 'En ligne, tout ce que vous avez écrit est enregistré' : 'En ligne, tout est enregistré');
  }
  async function reprendre(): Promise<void> {
    await attente.envoyer();
    // Nothing to send: ask, to know whether the network is back.
    if (reseau.etat !== 'la' && attente.compter().parties === 0) suivi.actualiser();
    direEtat();
  }
  window.addEventListener('beforeunload', (e) => {
    if (!depot.durable && attente.compter().parties > 0) e.preventDefault();
  });
  void reprendre();
  if (ecrit === 'oui' && racine.dataset.coquille === undefined)
    void garderCoquille({ compte, portee: '/crises/', adresse: base, vide: `${base}/hors-ligne`, seule: true }).catch(() => {});
}

for (const racine of document.querySelectorAll<HTMLElement>('[data-crise][data-compte]')) demarrer(racine);
for (const zone of document.querySelectorAll<HTMLElement>('[data-touches]')) startTouches(zone);
startCompteurs();
