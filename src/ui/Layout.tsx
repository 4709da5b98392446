/** The frame of every page: head, header, navigation, breadcrumb, page, footer. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type AnnonceMontree, Annonces } from './Annonces.tsx';
import { assetUrl } from './assets.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { Bandeau } from './Bandeau.tsx';
import { ExitThisPage, type MotsPourQuitter } from './ExitThisPage.tsx';
import { Footer } from './Footer.tsx';
import { type EntreeDeNavigation, Header } from './Header.tsx';
import { KeyboardHelp, type Raccourci } from './KeyboardHelp.tsx';
import { lierPonctuation } from './ponctuation.ts';
import { type GroupeDeMenu, SideMenu } from './SideMenu.tsx';
import { cx, type Lien } from './types.ts';
import { FINE } from './typographie.ts';

export interface LayoutProps {
  titre: string;
  contrat: { nom: string; sigle: string; periode: string; licence?: { nom: string; adresse: string } | undefined };
  /** Fictional data are shown: every page says so. */
  demonstration: boolean;
  /** Path of the page, for the sign-in link. */
  chemin: string;
  utilisateur: { id?: string; nom: string; fonction?: string } | null;
  /** Entries of the header, by task. */
  navigation: readonly EntreeDeNavigation[];
  /** Side navigation of work screens. */
  menu?: readonly GroupeDeMenu[];
  section?: string;
  /** Breadcrumb without the home page and without the page itself. */
  fil?: readonly Lien[];
  largeur?: 'public' | 'travail';
  /** What was searched, kept in the box. */
  recherche?: string;
  /** Seconds before the page reloads by itself (progress without JavaScript). */
  rafraichir?: number;
  /** Shows *quitter cette page*, in these words where the page is not in French. */
  quitter?: boolean | MotsPourQuitter;
  /** Links of help on top of public pages. */
  bandeau?: readonly Lien[];
  /** Said before everything else. */
  annonces?: readonly AnnonceMontree[];
  /** No search, no account, no task, no key that leaves the page. */
  sobre?: boolean;
  /** Links of the footer; the usual ones when left out. */
  pied?: readonly Lien[];
  /** What the platform never does, said at the foot of each page. */
  horsPerimetre?: string;
  /** What was just done, shown once on top of the page. */
  message?: ReactNode;
  raccourcis?: readonly Raccourci[];
  /** Island bundles of this page: « carte.js ». */
  scripts?: readonly string[];
  /** Key of what the device keeps of what is typed here; of the signed-in person alone. */
  depot?: string;
  /** What the page is, in a sentence. */
  description?: string | undefined;
  /** Whole addresses of the page and of the picture that go with its link, where anybody may be sent it. */
  partage?: { adresse: string; image: string } | undefined;
  flux?: readonly { titre: string; href: string; type: string }[] | undefined;
  /** What only paper says: where the page is, and the day of its printing. */
  imprime?: { adresse: string | null; jour: string };
  /** BCP 47 tag of the page, when it is not French. */
  langue?: string;
  /** The form of the page has errors: said first in the title. */
  enErreur?: boolean;
  children: ReactNode;
}

function Layout(p: LayoutProps) {
  const travail = p.largeur === 'travail';
  const avecMenu = (p.menu?.length ?? 0) > 0;
  const langue = p.langue ?? 'fr';
  // What is around the page is in French whatever its language.
  const autour = langue === 'fr' ? undefined : 'fr';
  const sortie = p.quitter ? { mots: p.quitter === true ? undefined : p.quitter } : null;
  return (
    <html lang={langue} dir={/^(ar|fa|he|ps|ur)\b/.test(langue) ? 'rtl' : undefined} className="govuk-template">
      <Head {...p} />
      <body className={cx('govuk-template__body', travail && 'travail', avecMenu && 'avec-menu')}>
        <a href="#contenu" lang={autour} className="govuk-skip-link" data-module="govuk-skip-link">
          Aller au contenu
        </a>
        <Annonces annonces={p.annonces ?? []} chemin={p.chemin.split('?')[0] ?? ''} langue={autour} />
        {!travail && <Bandeau liens={p.bandeau ?? []} chemin={p.chemin.split('?')[0] ?? ''} langue={autour} />}
        <Autour langue={autour}>
          <Header {...p} avecMenu={avecMenu} />
        </Autour>
        {p.demonstration && (
          <aside lang={autour} className="c-demonstration" aria-label="Démonstration">
            <p className="govuk-width-container">
              <strong>Données fictives</strong>
              {FINE}: cette démonstration n’a rien d’officiel
              {p.sobre ? '. Les numéros à appeler, eux, sont vrais.' : ', les noms et les chiffres sont inventés.'}
            </p>
          </aside>
        )}
        <div className={cx('govuk-width-container', avecMenu && 'c-travail')}>
          {p.menu && avecMenu && <SideMenu groupes={p.menu} section={p.section} />}
          <div className="c-page">
            {p.fil && p.fil.length > 0 && <Breadcrumbs fil={[{ libelle: 'Accueil', href: '/' }, ...p.fil]} />}
            {sortie && <ExitThisPage {...sortie} />}
            <main id="contenu" className="govuk-main-wrapper c-contenu" tabIndex={-1}>
              {p.message}
              {p.children}
            </main>
          </div>
        </div>
        <Autour langue={autour}>
          {p.raccourcis && <KeyboardHelp raccourcis={p.raccourcis} />}
          <Footer liens={p.pied} horsPerimetre={p.horsPerimetre} contrat={p.contrat} imprime={p.imprime} />
        </Autour>
      </body>
    </html>
  );
}

const Autour = ({ langue, children }: { langue: string | undefined; children: ReactNode }) =>
  langue ? (
    <div lang={langue} dir="ltr">
      {children}
    </div>
  ) : (
    children
  );

function Head(p: LayoutProps) {
  return (
    <head>
      <meta charSet="utf-8" />
      <title>{`${p.enErreur ? (PREFIXES[p.langue ?? 'fr'] ?? '! ') : ''}${p.titre} – Concorde`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#13294b" />
      {p.description && <meta name="description" content={p.description} />}
      {p.partage && <Partage {...p.partage} titre={p.titre} description={p.description} />}
      {p.flux?.map((f) => (
        <link key={f.href} rel="alternate" type={f.type} title={f.titre} href={f.href} />
      ))}
      {p.depot && <meta name="concorde-depot" content={p.depot} />}
      {p.demonstration && <meta name="robots" content="noindex" />}
      {p.rafraichir !== undefined && (
        // With scripts, islands follow what is awaited and reload once, when it has come.
        <noscript>
          <meta httpEquiv="refresh" content={String(p.rafraichir)} />
        </noscript>
      )}
      <link rel="icon" type="image/svg+xml" href={assetUrl('signe.svg')} />
      <link rel="preload" as="font" type="font/woff2" href={assetUrl('atkinson.woff2')} crossOrigin="anonymous" />
      <link rel="stylesheet" href={assetUrl('concorde.css')} />
      <script type="module" src={assetUrl('concorde.js')} />
      {p.scripts?.map((s) => (
        <script key={s} type="module" src={assetUrl(s)} />
      ))}
    </head>
  );
}

/** Said first in the title of a form with errors; elsewhere, a sign that every language has. */
const PREFIXES: Readonly<Record<string, string>> = { fr: `Erreur${FINE}: `, en: 'Error: ' };

/** What is shown of the page where its address is pasted. */
function Partage({ adresse, image, titre, description }: { adresse: string; image: string; titre: string; description: string | undefined }) {
  return (
    <>
      <link rel="canonical" href={adresse} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content="Concorde" />
      <meta property="og:locale" content="fr_FR" />
      <meta property="og:title" content={titre} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={adresse} />
      <meta property="og:image" content={image} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}

/** Where the body of a page goes in its frame: no page can write it. */
const PLACE = `corps-${crypto.randomUUID()}`;

export const renderBody = (corps: ReactNode): string => lierPonctuation(renderToStaticMarkup(corps));

/** What comes before and after the body of a page. */
export function renderFrame(props: Omit<LayoutProps, 'children'>): readonly [avant: string, apres: string] {
  const [avant = '', apres = ''] = `<!DOCTYPE html>${lierPonctuation(renderToStaticMarkup(<Layout {...props}>{PLACE}</Layout>))}`.split(PLACE);
  return [avant, apres];
}
