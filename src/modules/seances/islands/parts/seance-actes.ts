// Decisions, votes, attendance, items: each act is written on this device first, then sent, in order, with the id that its form gave
// it. What is sent twice is done once; what waits for the network survives a closed page.
import { accorderEngagement, annoncer, bouton, creer, ecrire, lien, message, montrer, rangDe, type Seance, tous, un, uuid } from './seance-page.ts';
import { type Brouillons, champsDe } from './seance-brouillons.ts';
import type { Issue } from '../../../../ui/islands/parts/reseau.ts';

interface Acte {
  chemin: string;
  corps: Record<string, string>;
  libelle: string;
  quand?: number;
}
interface Refus extends Acte {
  message: string;
}
export interface Actes {
  /** How many wait. */
  attente(): number;
  vider(): Promise<void>;
}

/** How long it stays said that an act is on its way already. */
const DEJA_MS = 4000;
const POINT = /\/points\/([^/]+)\/(suivant|reporter|demarrer)$/;

function libelleDe(chemin: string, corps: Readonly<Record<string, string>>): string {
  if (chemin.endsWith('/retirer')) return 'Retrait';
  if (chemin.includes('/decisions')) return `${corps.nature === 'action' ? 'Action' : 'Décision'} : ${corps.libelle ?? ''}`;
  if (chemin.endsWith('/votes')) return `Vote : ${corps.objet ?? ''}`;
  if (chemin.endsWith('/participants')) return `Personne présente : ${corps.nom || corps.fonction || ''}`;
  if (chemin.endsWith('/points-ajoutes')) return `Point ajouté : ${corps.titre ?? ''}`;
  if (chemin.endsWith('/presences')) return 'Présences';
  return { suivant: 'Point suivant', reporter: 'Point reporté', demarrer: 'Point commencé' }[POINT.exec(chemin)?.[2] ?? ''] ?? 'Saisie';
}

export function startActes(s: Seance, brouillons: Brouillons): Actes {
  let rang = 0;
  let enCours: Promise<void> | null = null;
  /** Forms that wait for their answer, by act. */
  const attendus = new Map<string, (i: Issue) => void>();

  const enAttente = () => s.depot.lister<Acte>('acte:');
  const direAttente = () => {
    const actes = enAttente();
    const visibles = s.reseau.etat === 'la' ? [] : actes;
    const liste = creer('ul', 'c-message__liste', ...visibles.map(([, a]) => creer('li', '', a.libelle)));
    const n = visibles.length;
    message('attente', n === 0 ? null : [creer('p', '', n > 1 ? `${n} saisies attendent le réseau :` : 'Une saisie attend le réseau :'), liste]);
    s.direEtat();
  };
  const direRefus = () => {
    for (const [cle, r] of s.depot.lister<Refus>('refus:')) {
      const ecarter = () => {
        s.depot.oublier(cle);
        message(cle, null);
      };
      const reprendre = () => {
        ecarter();
        if (!r.chemin.endsWith('/decisions')) return void soumettre({ chemin: r.chemin, corps: r.corps, libelle: r.libelle });
        // What was typed goes back in its form, as a draft does.
        s.depot.garder('saisie:decision', { id: uuid(), champs: r.corps });
        window.location.assign(`${s.base}/tenir?point=${r.corps.point}#titre-decision`);
      };
      const gestes = creer('div', 'govuk-button-group', ...(s.ecrit ? [bouton('Reprendre', reprendre, true)] : []), bouton('Écarter', ecarter));
      message(cle, [creer('p', '', creer('strong', '', r.libelle)), creer('p', '', r.message), gestes], 'c-message--alerte');
    }
  };
  async function envoyerTout(): Promise<void> {
    for (;;) {
      const premier = enAttente()[0];
      if (!premier) break;
      const [cle, a] = premier;
      const age = String(Math.max(0, Math.round((Date.now() - (a.quand ?? Date.now())) / 1000)));
      const issue = await s.reseau.envoyer(a.chemin, { ...a.corps, age });
      const attendu = attendus.get(cle);
      attendus.delete(cle);
      if (issue.genre === 'absent' || issue.genre === 'session') {
        attendu?.(issue);
        for (const [autre, dire] of attendus) {
          attendus.delete(autre);
          dire(issue);
        }
        break;
      }
      s.depot.oublier(cle);
      if (issue.genre === 'refus' && !(attendu && issue.statut === 422)) {
        const mots = (issue.donnees.erreurs as { message: string }[] | undefined)?.map((e) => e.message).join(' ');
        s.depot.garder(`refus:${cle}`, { ...a, message: mots ?? String(issue.donnees.message ?? issue.donnees.title ?? 'Cette saisie n’est pas acceptée.') });
        annoncer('Une saisie n’a pas été acceptée.');
      }
      attendu?.(issue);
      s.actualiser();
    }
    // What another window of this browser sent in our place.
    for (const [cle, dire] of attendus)
      if (!s.depot.lire(cle)) {
        attendus.delete(cle);
        dire({ genre: 'fait', donnees: {} });
      }
    direAttente();
    direRefus();
  }
  /** One at a time, also between the windows of this browser where it can tell. */
  const vider = (): Promise<void> => {
    enCours ??= (navigator.locks ? navigator.locks.request(`actes:${s.base}`, envoyerTout) : envoyerTout()).finally(() => {
      enCours = null;
    });
    return enCours;
  };
  async function soumettre(a: Acte): Promise<Issue> {
    rang += 1;
    // In the order of the acts; two windows that act in the same millisecond keep one each.
    const cle = `acte:${String(Date.now()).padStart(15, '0')}-${String(rang).padStart(5, '0')}-${uuid()}`;
    s.depot.garder(cle, a);
    const issue = new Promise<Issue>((r) => attendus.set(cle, r));
    // An act that comes while others are being sent waits for its own turn.
    void (enCours ?? Promise.resolve()).then(vider);
    return issue;
  }

  const direErreurs = (form: HTMLFormElement, erreurs: { champ: string; message: string }[]) => {
    un('.c-erreurs', form)?.remove();
    if (erreurs.length === 0) return;
    const liste = erreurs.map((e) => creer('li', '', lien(e.message, `#${un(`[name="${e.champ}"]`, form)?.id ?? ''}`)));
    const bloc = creer('div', 'govuk-error-summary c-erreurs', creer('ul', 'govuk-list govuk-error-summary__list', ...liste));
    bloc.setAttribute('role', 'alert');
    bloc.tabIndex = -1;
    form.prepend(bloc);
    bloc.focus();
  };

  /** What each form is sending now. */
  const enEnvoi = new Map<HTMLFormElement, Set<string>>();

  /**
   * Each click is one act. The same one again, while the first is on its way, is said and not done twice; other words are another act, with its
   * own id.
   */
  async function traiter(form: HTMLFormElement, bouton: HTMLElement | null): Promise<void> {
    const chemin = new URL((bouton as HTMLButtonElement | null)?.getAttribute('formaction') ?? form.action, window.location.href).pathname;
    // The page stays, and its form serves again: once-only is kept by the act's own id, not by the key of the form.
    const lire = (par: HTMLElement | null) =>
      Object.fromEntries([...new FormData(form, par)].filter(([cle]) => cle !== '_cle').map(([cle, v]) => [cle, String(v)]));
    const corps = lire(bouton);
    const envoye = JSON.stringify([chemin, { ...corps, id: '', brouillon: '' }]);
    const enCours = enEnvoi.get(form) ?? new Set<string>();
    if (enCours.has(envoye)) return redire(libelleDe(chemin, corps));
    enEnvoi.set(form, enCours.add(envoye));
    message('deja', null);
    const avant = champsDe(form);
    const poste = soumettre({ chemin, corps, libelle: libelleDe(chemin, corps) });
    // It waits to be sent now: no longer a draft.
    brouillons.partir(form);
    const issue = await poste;
    enCours.delete(envoye);
    const erreurs = issue.genre === 'refus' && issue.statut === 422 ? (issue.donnees.erreurs as { champ: string; message: string }[]) : [];
    const inchange = JSON.stringify(champsDe(form)) === JSON.stringify(avant);
    direErreurs(form, erreurs);
    if (erreurs.length > 0) {
      if (inchange) brouillons.reprendre(form, avant);
      // Another text is already there: the refused one stays apart, with its reason.
      else refuserApart({ chemin, corps, libelle: libelleDe(chemin, corps), message: erreurs.map((e) => e.message).join(' ') });
    }
    if (issue.genre === 'refus') return;
    direAttente();
    const pas = POINT.exec(chemin);
    if (pas) return avancer(issue, pas[1] ?? '', pas[2] ?? '', corps.vers ?? '');
    if (form.id === 'f-presences') return plierPresences(corps.tous === 'oui');
    // A correction is over: back to the form that adds.
    if (/\/decisions\/./.test(chemin) && issue.genre === 'fait') return window.location.assign(`${s.base}/tenir?point=${corps.point ?? ''}#point`);
    // Ready for the next one; what was typed while this one was on its way stays.
    if (!inchange) return;
    brouillons.vider(form);
    un('textarea, input:not([type=hidden]):not([type=radio])', form)?.focus();
  }
  /** Said to the eyes and to the ears: a click that does nothing more is not a click that nobody heard. */
  const redire = (libelle: string) => {
    message('deja', [creer('p', '', `Déjà en cours d’envoi, une seule fois : ${libelle}`)]);
    annoncer(`Déjà en cours d’envoi : ${libelle}`);
    window.setTimeout(() => message('deja', null), DEJA_MS);
  };
  const refuserApart = (r: Refus) => {
    s.depot.garder(`refus:acte:${String(Date.now()).padStart(15, '0')}-${uuid()}`, r);
    direRefus();
  };
  /** Folded once everyone is noted, when nobody is in the middle of it. */
  const plierPresences = (voulu: boolean) => {
    const panneau = un<HTMLDetailsElement>('#presences');
    if (panneau && (voulu || !panneau.contains(document.activeElement)) && un('[data-a-noter="0"]', panneau)) panneau.open = false;
  };
  const avancer = (issue: Issue, point: string, geste: string, vers: string) => {
    const cible = issue.genre === 'fait' ? String(issue.donnees.point ?? '') : geste === 'demarrer' ? point : vers;
    // At once, whatever the network does: the next click speaks of the next item.
    if (issue.genre !== 'fait' || cible !== point) avancerSansReseau(point, geste, cible);
    const panneau = un<HTMLDetailsElement>('#presences');
    if (panneau) panneau.open = false;
    if (cible) montrer(cible, false);
  };
  /** The course as it will be once the server hears of it: the next act must speak of the right item. */
  const avancerSansReseau = (point: string, geste: string, cible: string) => {
    const liens = tous('#b-points [data-montrer]');
    const marquerEtat = (id: string, etat: string, mot: string) => {
      const li = liens.find((a) => a.dataset.montrer === id)?.closest('li');
      if (!li) return;
      li.className = `c-deroule__point c-deroule__point--${etat}`;
      const dit = un('.c-deroule__etat', li);
      if (dit) dit.textContent = mot;
    };
    if (geste !== 'demarrer') marquerEtat(point, geste === 'suivant' ? 'traite' : 'reporte', geste === 'suivant' ? 'traité' : 'reporté');
    marquerEtat(cible, 'en_cours', 'en cours');
    const reste = liens.map((a) => a.dataset.montrer ?? '').filter((id) => un(`#b-points .c-deroule__point--a_venir [data-montrer="${id}"]`));
    const apres = reste.find((id) => rangDe(id) > rangDe(cible)) ?? reste[0] ?? '';
    const titre = `${rangDe(cible)}. ${un(`#b-points [data-montrer="${cible}"] .c-deroule__titre`)?.textContent ?? ''}`;
    ecrire(un('.c-courant__point'), cible ? creer('span', 'c-courant__mot', 'En cours ') : '', cible ? titre : 'L’ordre du jour est parcouru.');
    const form = un<HTMLFormElement>('#b-courant form');
    if (!form) return;
    const principal = un('button', form);
    if (principal) principal.textContent = apres ? 'Point suivant' : 'Terminer ce point';
    form.hidden = cible === '';
    form.action = `${s.base}/points/${cible}/suivant`;
    un('[formaction]', form)?.setAttribute('formaction', `${s.base}/points/${cible}/reporter`);
    const suite = un<HTMLInputElement>('[name=vers]', form) ?? Object.assign(document.createElement('input'), { type: 'hidden', name: 'vers' });
    suite.value = apres;
    form.append(suite);
  };

  // A double click is one act: the second half of it is said, whatever the first one has become meanwhile.
  s.racine.addEventListener(
    'click',
    (e) => {
      const b = (e.target as HTMLElement).closest<HTMLButtonElement>('button');
      if (e.detail < 2 || b?.type !== 'submit') return;
      e.preventDefault();
      e.stopPropagation();
      annoncer('Double clic : compté une fois.');
      message('deja', [creer('p', '', 'Double clic : compté une fois.')]);
      window.setTimeout(() => message('deja', null), DEJA_MS);
    },
    true,
  );
  s.racine.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    // Opening leads to another screen: a plain form.
    if (
      form.classList.contains('c-notes') ||
      form.id === 'f-lever' ||
      form.matches('[data-brouillon-acte]') ||
      form.action.endsWith('/ouvrir') ||
      e.defaultPrevented
    )
      return;
    e.preventDefault();
    void traiter(form, e.submitter);
  });
  // Attendance: each answer goes at once, alone.
  s.racine.addEventListener('change', (e) => {
    const ligne = (e.target as HTMLElement).closest<HTMLElement>('[data-participant]');
    if (ligne) void noterPresence(ligne);
  });
  const noterPresence = async (ligne: HTMLElement) => {
    const id = ligne.dataset.participant ?? '';
    // Where the seat had no name, a name says that somebody sat there; without one the seat is vacant.
    const nom = un<HTMLInputElement>(`[name="nom-${id}"]`, ligne)?.value.trim();
    const choisie = nom === '' ? '' : (un<HTMLInputElement>(`[name="presence-${id}"]:checked`, ligne)?.value ?? '');
    const presence = nom && choisie === '' ? 'present' : choisie;
    const par = presence === 'represente' ? (un<HTMLInputElement>(`[name="par-${id}"]`, ligne)?.value.trim() ?? '') : '';
    const avant = un<HTMLInputElement>(`[name="avant-${id}"]`, ligne);
    const corps = {
      [`presence-${id}`]: presence,
      [`par-${id}`]: par,
      [`avant-${id}`]: avant?.value ?? '',
      ...(nom === undefined ? {} : { [`nom-${id}`]: nom }),
    };
    if (avant) avant.value = [presence, par, ...(nom === undefined ? [] : [nom])].join('|');
    await soumettre({ chemin: `${s.base}/presences`, corps, libelle: `Présence : ${un('.c-presence__nom', ligne)?.textContent ?? ''}` });
    direAttente();
  };

  const sujet = un<HTMLSelectElement>('#f-decision [name=point]');
  sujet?.addEventListener('change', () => sujet.form && accorderEngagement(sujet.form));

  // Naming someone around the table says where they belong and where to write to them.
  un<HTMLInputElement>('#f-decision [name=responsable_nom]')?.addEventListener('change', (e) => {
    const champ = e.target as HTMLInputElement;
    const connu = tous<HTMLOptionElement>('#d-participants option').find((o) => o.value === champ.value.trim());
    const remplirVide = (nom: string, valeur = '') => {
      const cible = un<HTMLInputElement>(`#f-decision [name=${nom}]`);
      if (cible && cible.value === '') cible.value = valeur;
    };
    if (!connu) return;
    remplirVide('responsable', connu.dataset.organisation);
    remplirVide('responsable_courriel', connu.dataset.courriel);
  });

  direRefus();
  direAttente();
  return { attente: () => enAttente().length, vider };
}
