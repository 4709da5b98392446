/** A session being held: notes that save themselves, acts that wait for the network, what others do as it happens. */
import { startActes } from './parts/seance-actes.ts';
import { startBrouillons } from './parts/seance-brouillons.ts';
import { ouvrirDepot } from '../../../ui/islands/parts/depot.ts';
import { startDirect, type Suivi } from './parts/seance-direct.ts';
import { type NotesDePoint, startNotes } from './parts/seance-notes.ts';
import { annoncer, bouton, creer, ecrire, heureDe, lien, message, montrer, pointMontre, type Seance, tous, un } from './parts/seance-page.ts';
import { ouvrirReseau } from '../../../ui/islands/parts/reseau.ts';
import { direAutres } from '../../../ui/islands/parts/restes.ts';

const ECRIT_ENCORE_MS = 4000;

function demarrer(racine: HTMLElement): void {
  const { seance = '', compte = '', nom = '', ecrit, etat } = racine.dataset;
  const depot = ouvrirDepot('seance', seance, compte);
  let enregistre: Date | null = null;
  let dernier = 'la';
  const reseau = ouvrirReseau(
    () => {
      if (dernier === 'la' && reseau.etat !== 'la') annoncer('Hors ligne. Ce que vous écrivez est gardé sur cet appareil.');
      if (dernier !== 'la' && reseau.etat === 'la') {
        annoncer('Le réseau est revenu.');
        direct.rattraper();
      }
      dernier = reseau.etat;
      direEtat();
    },
    () => void reprendre(),
    compte,
  );
  const s: Seance = {
    racine,
    base: `/seances/${seance}`,
    compte,
    nom,
    ecrit: ecrit === 'oui',
    depot,
    reseau,
    actualiser: () => direct.actualiser(),
    direEtat: () => direEtat(),
  };

  racine.classList.add('c-vif');
  const autres = direAutres(depot, ['note:', 'acte:', 'saisie:', 'refus:'], { un: 'Une saisie', des: 'saisies' });
  let enAttente = () => 0;
  let attendait = 0;
  let notes: NotesDePoint[] = [];
  notes = startNotes(s);
  const brouillons = startBrouillons(s);
  const actes = startActes(s, brouillons);
  enAttente = () => notes.filter((n) => n.enAttente()).length + actes.attente() + brouillons.attente();
  function direEtat(): void {
    const zone = un('#s-etat');
    if (!zone || !s.ecrit) return;
    const n = enAttente();
    const dAutres = autres();
    if (n === 0 && attendait > 0) enregistre = new Date();
    attendait = n;
    zone.dataset.etat = reseau.etat === 'la' ? (n > 0 ? 'envoi' : 'la') : 'absent';
    const reste = n === 0 ? '' : n === 1 ? ' (1 en attente)' : ` (${n} en attente)`;
    const connexion = `/connexion?retour=${encodeURIComponent(window.location.pathname + window.location.search)}`;
    if (reseau.etat === 'session') ecrire(zone, lien('Reconnectez-vous', connexion), ` : votre session a pris fin. Tout est gardé sur cet appareil${reste}.`);
    else if (reseau.etat === 'absent') ecrire(zone, `Hors ligne : gardé sur cet appareil, envoyé au retour du réseau${reste}`);
    else if (notes.some((x) => x.aChoisir())) ecrire(zone, 'Deux textes pour un point : choisissez sous les notes');
    else if (n > 0) ecrire(zone, 'Enregistrement…');
    else if (enregistre) ecrire(zone, `Enregistré à ${heureDe(enregistre)}`);
    else ecrire(zone, dAutres > 0 ? 'Tout ce que vous avez écrit est enregistré' : 'Tout est enregistré');
  }
  async function reprendre(): Promise<void> {
    await actes.vider();
    for (const n of notes) if (n.enAttente()) await n.envoyer();
    await brouillons.envoyer();
    // Nothing to send: ask, to know whether the network is back.
    if (reseau.etat !== 'la' && enAttente() === 0) direct.actualiser();
    direEtat();
  }
  const vivante = etat === 'ouverte' || etat === 'convoquee';
  const direct: Suivi = vivante ? startDirect(s, notes, direEtat) : { actualiser: () => {}, rattraper: () => {}, ecrireSur: () => {} };

  racine.addEventListener('click', (e) => {
    const cible = (e.target as HTMLElement).closest<HTMLElement>('[data-montrer]');
    if (!cible || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    montrer(cible.dataset.montrer ?? '', true);
  });
  // The others see who writes where.
  let fin = 0;
  racine.addEventListener('focusin', (e) => {
    const champ = e.target as HTMLElement;
    if (!champ.matches('textarea, #f-decision input')) return;
    window.clearTimeout(fin);
    direct.ecrireSur(champ.dataset.point ?? pointMontre());
  });
  racine.addEventListener('focusout', () => {
    fin = window.setTimeout(() => direct.ecrireSur(''), ECRIT_ENCORE_MS);
  });
  // Closing, adding what was begun: everything goes first, and it asks the network.
  racine.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    if (!form.matches('#f-lever, [data-brouillon-acte]')) return;
    e.preventDefault();
    void reprendre().then(async () => {
      // What was typed a moment ago may still be on its way.
      for (let i = 0; i < 10 && enAttente() > 0; i++) await new Promise((r) => window.setTimeout(r, 300));
      if (enAttente() === 0 && reseau.etat === 'la') return form.submit();
      message('lever', [creer('p', '', 'Rien n’est fait : des saisies ne sont pas encore envoyées, ou deux textes attendent un choix.')], 'c-message--alerte');
      un('#s-messages')?.scrollIntoView();
    });
  });
  window.addEventListener('beforeunload', (e) => {
    if (!depot.durable && enAttente() > 0) e.preventDefault();
  });
  document.addEventListener('keydown', (e) => {
    // The list of keys is in the page of who asked for them.
    if (!un('dialog[data-raccourcis]')) return;
    if (e.ctrlKey || e.metaKey || e.altKey || (e.target as HTMLElement).closest('input:not([type=radio]), textarea, select, dialog')) return;
    const cible = { n: `#notes-${pointMontre()}`, a: '#f-decision textarea', p: '#presences summary' }[e.key];
    const champ = cible ? un(cible) : null;
    if (!champ) return;
    e.preventDefault();
    champ.focus();
  });
  startChrono();
  plierOrdreDuJour();
  // The way to the end of the page opens what it leads to.
  un('a[href="#lever"]')?.addEventListener('click', () => un('#lever')?.setAttribute('open', ''));
  if (s.ecrit && etat === 'ouverte') void reprendre();
  else {
    // The server says why it takes no more; each act is then shown with the reason.
    void actes.vider();
    direRestes(s);
  }
  direEtat();
}

/** Where there is no room beside the work, the agenda waits behind its name. */
function plierOrdreDuJour(): void {
  const odj = un<HTMLDetailsElement>('.c-seance__odj');
  if (odj && window.matchMedia('(max-width: 43.99rem)').matches && !un('.govuk-error-summary', odj)) odj.open = false;
}

/** The clock of the current item, by minutes, as the server writes it. */
function startChrono(): void {
  const debuts = new WeakMap<HTMLElement, number>();
  window.setInterval(() => {
    for (const e of tous('[data-chrono]')) {
      const depuis = debuts.get(e) ?? Date.now();
      debuts.set(e, depuis);
      const secondes = Number(e.dataset.chrono) + (Date.now() - depuis) / 1000;
      const m = Math.floor(secondes / 60);
      const texte = m < 60 ? `${m}\u00a0min` : `${Math.floor(m / 60)}\u00a0h${m % 60 === 0 ? '' : `\u00a0${String(m % 60).padStart(2, '0')}`}`;
      if (e.textContent !== texte) e.textContent = texte;
      e.classList.toggle('c-chrono--depasse', secondes > Number(e.dataset.prevu));
    }
  }, 1000);
}

/** What this device still holds of a session that is closed: sent to wait with its minutes, or to be copied; never thrown away silently. */
function direRestes(s: Seance): void {
  for (const [cle, garde] of s.depot.lister<{ id: string; champs: Record<string, string> }>('saisie:')) {
    if (!garde.champs) continue;
    const dits = Object.entries(garde.champs).filter(([nom, v]) => v !== '' && !/^(?:_vu|version|point|nature)$/.test(nom));
    const corps = { brouillon: garde.id, formulaire: cle.slice('saisie:'.length), champs: JSON.stringify(garde.champs) };
    void s.reseau.envoyer(`${s.base}/brouillons`, corps).then((r) => {
      if (r.genre === 'fait') s.depot.oublier(cle);
      const fin = r.genre === 'fait' ? 'Elle attend maintenant dans le relevé.' : 'Elle est gardée sur cet appareil : copiez-la.';
      const effacer = () => {
        s.depot.oublier(cle);
        message(cle, null);
      };
      message(
        cle,
        [
          creer('p', '', creer('strong', '', `Une saisie commencée n’est pas entrée dans la séance. ${fin}`)),
          creer('p', 'c-texte-brut', dits.map(([, v]) => v).join(' · ')),
          ...(r.genre === 'fait' ? [] : [bouton('J’ai copié ce texte : l’effacer', effacer)]),
        ],
        'c-message--alerte',
      );
    });
  }
  for (const [cle, n] of s.depot.lister<{ texte: string }>('note:')) {
    const ecarter = bouton('J’ai copié ce texte : l’effacer', () => {
      s.depot.oublier(cle);
      message(cle, null);
    });
    message(
      cle,
      [
        creer('p', '', creer('strong', '', 'Des notes gardées sur cet appareil ne sont pas entrées dans la séance.')),
        creer('p', 'c-texte-brut', n.texte),
        ecarter,
      ],
      'c-message--alerte',
    );
  }
}

for (const racine of tous('[data-seance][data-compte]')) demarrer(racine);
