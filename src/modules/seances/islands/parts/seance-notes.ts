/** Notes that save themselves. Nothing is overwritten: a text that someone else recorded meanwhile is shown beside one's own. */
import { joindre } from '../../../../ui/fusion.ts';
import { annoncer, bouton, creer, ecrire, heureDe, type Seance, tous, un } from './seance-page.ts';

const REPOS_MS = 1000;
/** Someone who never stops typing is saved all the same. */
const REPOS_MAX_MS = 6000;

interface Brouillon {
  texte: string;
  version: number;
  /** Text it was written from. */
  base: string;
  /** Last text sent, whose answer may have been lost. */
  envoye: string;
}
interface Autre {
  version: number;
  texte: string;
  par: string;
}
export interface NotesDePoint {
  point: string;
  /** Not accepted yet. */
  enAttente(): boolean;
  /** Waits for a choice between two texts. */
  aChoisir(): boolean;
  envoyer(): Promise<void>;
  /** What the server has now. */
  recevoir(a: Autre): void;
  version(): number;
  fermer(): void;
}

/** The words alone: the server writes bullets and spaces its own way. */
const lisse = (t: string) => t.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

export const startNotes = (s: Seance): NotesDePoint[] => tous<HTMLTextAreaElement>('textarea[data-point]', s.racine).map((champ) => suivre(s, champ));

function suivre(s: Seance, champ: HTMLTextAreaElement): NotesDePoint {
  const point = champ.dataset.point ?? '';
  const cle = `note:${point}`;
  const etat = un(`[data-etat-notes="${point}"]`);
  const zone = un(`[data-conflit="${point}"]`);
  let version = Number(champ.dataset.version);
  /** As the server has it, and as it was here when it was saved (the server takes away what is not text). */
  let base = champ.defaultValue;
  let sauve = champ.defaultValue;
  let enVol: string | null = null;
  let derniere = '';
  let autre: Autre | null = null;
  let manquee = 0;
  let arret = '';
  let minuterie = 0;
  let depuis = 0;

  const change = () => champ.value !== sauve;
  const dire = (texte: string) => {
    ecrire(etat, texte);
    s.direEtat();
  };
  const garder = () => {
    if (change()) s.depot.garder(cle, { texte: champ.value, version, base, envoye: derniere } satisfies Brouillon);
    else s.depot.oublier(cle);
  };
  const planifier = () => {
    window.clearTimeout(minuterie);
    depuis ||= Date.now();
    minuterie = window.setTimeout(() => void envoyer(), Math.max(0, Math.min(REPOS_MS, depuis + REPOS_MAX_MS - Date.now())));
  };
  const accepter = (v: number, texte: string, envoye: string) => {
    version = v;
    base = texte;
    sauve = envoye;
    garder();
    if (document.activeElement !== champ) lisser();
  };
  /** The text as the server keeps it, once nobody is in the middle of a word. */
  const lisser = () => {
    if (change() || base === sauve) return;
    champ.value = base;
    sauve = base;
  };

  async function envoyer(): Promise<void> {
    window.clearTimeout(minuterie);
    if (autre || enVol !== null || !change()) return;
    depuis = 0;
    enVol = champ.value;
    const avant = derniere;
    derniere = enVol;
    garder();
    dire('Enregistrement…');
    const r = await s.reseau.envoyer(`${s.base}/points/${point}/notes`, { version: String(version), texte: enVol });
    const envoye = enVol;
    enVol = null;
    arret = '';
    if (r.genre === 'fait') {
      accepter(Number(r.donnees.version), String(r.donnees.texte), envoye);
      dire(`Enregistré à ${heureDe(new Date())}`);
    } else if (r.genre === 'refus' && r.statut === 409 && typeof r.donnees.texte === 'string') {
      const a = { version: Number(r.donnees.version), texte: r.donnees.texte, par: String(r.donnees.par) };
      // Our own text, whose answer was lost on the way: the next version follows it.
      if (a.texte !== '' && lisse(a.texte) === lisse(avant)) {
        accepter(a.version, a.texte, avant);
        planifier();
      } else ouvrirConflit(a);
    } else if (r.genre === 'refus') {
      const erreurs = r.donnees.erreurs as { message: string }[] | undefined;
      arret = erreurs?.[0]?.message ?? String(r.donnees.message ?? r.donnees.title ?? 'Ces notes ne peuvent pas être enregistrées.');
      dire(`${arret} Votre texte est gardé sur cet appareil.`);
      annoncer(arret);
      // Why it is refused may have changed the page too: the session is closed.
      s.actualiser();
    } else dire(r.genre === 'session' ? 'Session terminée : gardé sur cet appareil.' : 'Hors ligne : gardé sur cet appareil, envoyé au retour du réseau.');
    if (manquee > version) s.actualiser();
    if (r.genre === 'fait' && change()) planifier();
  }

  function ouvrirConflit(a: Autre): void {
    const nouveau = autre?.version !== a.version;
    autre = a;
    if (!zone || !nouveau) return;
    const choisir = (texte: string) => {
      version = a.version;
      base = a.texte;
      sauve = a.texte;
      autre = null;
      champ.value = texte;
      zone.replaceChildren();
      champ.focus();
      garder();
      void envoyer();
      s.direEtat();
    };
    const boutons = creer(
      'div',
      'govuk-button-group',
      bouton('Joindre les deux', () => choisir(joindre(a.texte, champ.value)), true),
      bouton('Garder le mien', () => choisir(champ.value)),
      bouton('Reprendre le sien', () => {
        const mien = champ.value;
        choisir(a.texte);
        dire('Votre texte est écarté.');
        etat?.append(
          ' ',
          bouton('Le remettre', () => {
            champ.value = joindre(champ.value, mien);
            saisir();
          }),
        );
      }),
    );
    const bloc = creer(
      'div',
      'c-conflit',
      creer('p', 'c-conflit__titre', `Texte enregistré par ${a.par || 'une autre personne'} pendant que vous écriviez`),
      creer('p', 'c-texte-brut c-conflit__autre', a.texte || '(texte vide)'),
      creer('p', 'c-conflit__aide', 'Le vôtre est ci-dessus, pas encore enregistré. Rien n’est perdu : choisissez.'),
      boutons,
    );
    bloc.setAttribute('role', 'group');
    bloc.setAttribute('aria-label', 'Deux textes pour ce point');
    zone.replaceChildren(bloc);
    dire('À choisir : deux textes.');
    annoncer(`${a.par || 'Une autre personne'} a enregistré un autre texte sur ce point. Choisissez sous vos notes.`);
  }

  function recevoir(a: Autre): void {
    if (a.version <= version) return;
    if (autre) ouvrirConflit(a);
    else if (enVol !== null || change()) {
      manquee = Math.max(manquee, a.version);
    } else {
      remplacer(champ, a.texte);
      version = a.version;
      base = a.texte;
      sauve = a.texte;
      if (a.par !== '' && a.par !== s.nom) dire(`Mis à jour par ${a.par}`);
    }
  }

  function saisir(): void {
    garder();
    if (!autre) {
      dire('Modifié');
      planifier();
    }
  }
  champ.addEventListener('input', saisir);
  champ.addEventListener('blur', () => {
    lisser();
    void envoyer();
  });
  champ.form?.addEventListener('submit', (e) => {
    e.preventDefault();
    void envoyer();
  });

  // Drafts of a page that was closed before they left. The browser's own restored text comes through here too.
  const garde = s.depot.lire<Brouillon>(cle);
  const retrouve = garde?.texte ?? champ.value;
  if (garde && retrouve !== base) {
    champ.value = retrouve;
    derniere = garde.envoye;
    if (garde.version === version || garde.base === base || (base !== '' && lisse(base) === lisse(derniere))) {
      dire('Brouillon retrouvé sur cet appareil');
      planifier();
    } else {
      const a = { version, texte: base, par: champ.dataset.par ?? '' };
      // Until a choice is made the draft goes on saying what it was written from: the page may be closed again.
      version = garde.version;
      base = garde.base;
      sauve = garde.base;
      ouvrirConflit(a);
    }
  } else {
    if (garde) s.depot.oublier(cle);
    champ.value = base;
  }

  return {
    point,
    enAttente: change,
    aChoisir: () => autre !== null,
    envoyer: () => (arret === '' ? envoyer() : Promise.resolve()),
    recevoir,
    version: () => version,
    fermer: () => {
      champ.readOnly = true;
    },
  };
}

/** Puts another text in the field; the caret stays beside the words it was beside. */
function remplacer(champ: HTMLTextAreaElement, texte: string): void {
  const avant = champ.value;
  if (avant === texte) return;
  const [debut, fin, haut] = [champ.selectionStart, champ.selectionEnd, champ.scrollTop];
  const court = Math.min(avant.length, texte.length);
  let tete = 0;
  while (tete < court && avant[tete] === texte[tete]) tete += 1;
  let queue = 0;
  while (queue < court - tete && avant[avant.length - 1 - queue] === texte[texte.length - 1 - queue]) queue += 1;
  const placer = (p: number) => (p <= tete ? p : p >= avant.length - queue ? p + texte.length - avant.length : Math.min(p, texte.length - queue));
  champ.value = texte;
  if (document.activeElement === champ) champ.setSelectionRange(placer(debut), placer(fin));
  champ.scrollTop = haut;
}
