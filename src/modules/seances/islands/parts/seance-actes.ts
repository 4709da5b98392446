/**
 * Decisions, votes, attendance, items: each act is written on this device first, then sent, in order, with the id that its
 * form gave it. What is sent twice is done once; what waits for the network survives a closed page.
 */
import { annoncer, bouton, creer, ecrire, lien, message, montrer, rangDe, type Seance, tous, un, uuid } from './seance-page.ts';
import type { Issue } from './seance-reseau.ts';

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

export function startActes(s: Seance): Actes {
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
        s.depot.garder('saisie:f-decision', r.corps);
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

  async function traiter(form: HTMLFormElement, bouton: HTMLElement | null): Promise<void> {
    if (form.dataset.envoi) return;
    const chemin = new URL((bouton as HTMLButtonElement | null)?.getAttribute('formaction') ?? form.action, window.location.href).pathname;
    // The page stays, and its form serves again: once-only is kept by the act's own id, not by the key of the form.
    const lire = (par: HTMLElement | null) =>
      Object.fromEntries([...new FormData(form, par)].filter(([cle]) => cle !== '_cle').map(([cle, v]) => [cle, String(v)]));
    const corps = lire(bouton);
    const envoye = JSON.stringify({ ...lire(null), id: '' });
    form.dataset.envoi = 'oui';
    const poste = soumettre({ chemin, corps, libelle: libelleDe(chemin, corps) });
    // It waits to be sent now: no longer a draft.
    s.depot.oublier(`saisie:${form.id}`);
    const issue = await poste;
    delete form.dataset.envoi;
    direErreurs(form, issue.genre === 'refus' && issue.statut === 422 ? (issue.donnees.erreurs as { champ: string; message: string }[]) : []);
    const id = un<HTMLInputElement>('[name=id]', form);
    if (id) id.value = uuid();
    if (issue.genre === 'refus') return;
    direAttente();
    const pas = POINT.exec(chemin);
    if (pas) return avancer(issue, pas[1] ?? '', pas[2] ?? '', corps.vers ?? '');
    if (form.id === 'f-presences') return;
    // A correction is over: back to the form that adds.
    if (/\/decisions\/./.test(chemin) && issue.genre === 'fait') return window.location.assign(`${s.base}/tenir?point=${corps.point ?? ''}#point`);
    // Ready for the next one; what was typed while this one was on its way stays.
    if (JSON.stringify({ ...lire(null), id: '' }) === envoye) vierge(form);
    else form.dispatchEvent(new Event('input'));
  }
  const vierge = (form: HTMLFormElement) => {
    const id = un<HTMLInputElement>('[name=id]', form);
    const nouveau = id?.value ?? '';
    const point = un<HTMLSelectElement>('[name=point]', form)?.value;
    form.reset();
    if (id) id.value = nouveau;
    const choix = un<HTMLSelectElement>('select[name=point]', form);
    if (choix && point) choix.value = point;
    un('textarea, input:not([type=hidden]):not([type=radio])', form)?.focus();
  };
  const avancer = (issue: Issue, point: string, geste: string, vers: string) => {
    const cible = issue.genre === 'fait' ? String(issue.donnees.point ?? '') : geste === 'demarrer' ? point : vers;
    if (issue.genre !== 'fait') avancerSansReseau(point, geste, cible);
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

  s.racine.addEventListener('submit', (e) => {
    const form = e.target as HTMLFormElement;
    // Opening leads to another screen: a plain form.
    if (form.classList.contains('c-notes') || form.id === 'f-lever' || form.action.endsWith('/ouvrir') || e.defaultPrevented) return;
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

  // A form that was begun is found again, until it is sent.
  for (const form of tous<HTMLFormElement>('#f-decision, #f-vote, #f-invite, #f-point', s.racine)) {
    const cle = `saisie:${form.id}`;
    const correction = /\/decisions\/./.test(form.action);
    const enErreur = un('.govuk-error-summary', form.parentElement ?? form) !== null;
    const garde = correction || enErreur ? null : s.depot.lire<Record<string, string>>(cle);
    for (const [nom, valeur] of Object.entries(garde ?? {})) {
      const champ = form.elements.namedItem(nom) as HTMLInputElement | null;
      if (champ && nom !== 'quand') champ.value = valeur;
    }
    if (garde) form.closest('details')?.setAttribute('open', '');
    if (!correction)
      form.addEventListener('input', () =>
        s.depot.garder(cle, Object.fromEntries([...new FormData(form)].filter(([nom]) => nom !== '_cle').map(([nom, v]) => [nom, String(v)]))),
      );
  }
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
