import type { Utilisateur } from '../../../../core/authorize.ts';
import { couper } from '../../../../core/couper.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { CleAcces } from '../../connexion/cles.ts';
import { BoutonCle } from '../../connexion/pages/BoutonCle.tsx';
import type { DireMandat } from '../../gestion/mandats.ts';
import type { JetonApi } from '../jetons.queries.ts';
import type { MandatEnVigueur } from '../../sessions.queries.ts';
import type { SessionListee } from '../moi.queries.ts';
import { JetonsSection } from './JetonsSection.tsx';

const MOYENS: Record<string, string> = {
  mot_de_passe: 'mot de passe',
  totp: 'mot de passe et application',
  secours: 'mot de passe et code de secours',
  cle: 'clé d’accès',
  oidc: 'ProConnect',
  demonstration: 'démonstration',
};

export interface MonComptePageProps {
  u: Utilisateur;
  organisation: string;
  totp: boolean;
  motDePasse: boolean;
  demonstration: boolean;
  codes: number;
  cles: readonly CleAcces[];
  sessions: readonly SessionListee[];
  ici: string;
  jetons: readonly JetonApi[];
  mandats: readonly MandatEnVigueur[];
  collegues: readonly { id: string; nom: string }[];
  dire: DireMandat;
  /** Scopes ticked for a new token. */
  portees: readonly string[];
  erreurs: readonly ErreurDeChamp[];
  champs: Record<string, string>;
}

export function MonComptePage(p: MonComptePageProps) {
  const { u, erreurs, champs, dire } = p;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {u.enAttente && (
        <NotificationBanner ton="alerte" titre="Un second facteur est nécessaire">
          Votre mandat ouvre des données sensibles : il prend effet dès que vous posez une application d’authentification ou une clé d’accès, ci-dessous.
        </NotificationBanner>
      )}
      <PageHeader titre="Mon compte" surtitre={u.fonction} />
      <SummaryList
        lignes={[
          { cle: 'Nom', valeur: u.nom },
          { cle: 'Adresse', valeur: u.courriel },
          { cle: 'Organisation', valeur: p.organisation },
          { cle: 'Mandats en vigueur', valeur: u.mandats.length > 0 ? u.mandats.map(dire).join(' ; ') : 'aucun' },
        ]}
      />
      {!p.demonstration && (
        <Section titre="Prouver qui vous êtes" id="cles">
          <SummaryList
            lignes={[
              { cle: 'Mot de passe', valeur: p.motDePasse ? 'en place' : 'aucun' },
              { cle: 'Application d’authentification', valeur: p.totp ? 'en place' : 'pas encore' },
              {
                cle: 'Codes de secours',
                valeur: p.totp || p.cles.length > 0 ? `${pluriel(p.codes, 'code')} encore utilisable${p.codes > 1 ? 's' : ''}` : 'sans objet',
              },
            ]}
          />
          <div className="govuk-button-group">
            <LinkButton href="/mon-compte/second-facteur">{p.totp ? 'Changer d’application' : 'Poser une application d’authentification'}</LinkButton>
            {p.totp && (
              <Form action="/mon-compte/second-facteur/retirer">
                <Button variante="secondaire">Retirer l’application</Button>
              </Form>
            )}
            {(p.totp || p.cles.length > 0) && (
              <Form action="/mon-compte/codes">
                <Button variante="secondaire">Nouveaux codes de secours</Button>
              </Form>
            )}
          </div>
          {p.cles.length > 0 && (
            <Table
              legende="Clés d’accès"
              dense
              lignes={p.cles}
              cle={(x) => x.id}
              colonnes={[
                { cle: 'nom', titre: 'Clé', entete: true, cellule: (x) => x.nom },
                { cle: 'cree', titre: 'Ajoutée le', cellule: (x) => jourEtHeure(x.creeLe) },
                { cle: 'vue', titre: 'Utilisée', cellule: (x) => (x.vueLe ? jourEtHeure(x.vueLe) : 'jamais') },
                {
                  cle: 'action',
                  titre: 'Action',
                  cellule: (x) => (
                    <Form action="/mon-compte/cles/retirer" masques={{ cle: x.id }}>
                      <Button variante="secondaire" petit>
                        Retirer<span className="govuk-visually-hidden"> {x.nom}</span>
                      </Button>
                    </Form>
                  ),
                },
              ]}
            />
          )}
          <BoutonCle genre="inscription" retour="/mon-compte">
            Ajouter une clé d’accès
          </BoutonCle>
          <Form action="/mon-compte/mot-de-passe">
            <TextInput
              nom="mot_de_passe"
              libelle={p.motDePasse ? 'Nouveau mot de passe' : 'Choisir un mot de passe'}
              aide="Douze caractères au moins, de trois sortes. Vos autres sessions, vos jetons et vos adresses de calendrier prendront fin."
              type="password"
              autoComplete="new-password"
              erreur={erreurDe(erreurs, 'mot_de_passe')}
            />
            <Button variante="secondaire">Changer le mot de passe</Button>
          </Form>
        </Section>
      )}
      <Section titre="Sessions ouvertes" id="sessions">
        <Table
          legende="Sessions ouvertes"
          legendeMasquee
          dense
          lignes={p.sessions}
          cle={(s) => s.id}
          colonnes={[
            {
              cle: 'ou',
              titre: 'Appareil',
              entete: true,
              cellule: (s) => (
                <>
                  {direAgent(s.agent)} {s.id === p.ici && <Tag ton="vert">celle-ci</Tag>}
                  <div className="govuk-hint govuk-!-margin-bottom-0">{s.adresse}</div>
                </>
              ),
            },
            { cle: 'moyen', titre: 'Ouverte par', cellule: (s) => MOYENS[s.moyen] ?? s.moyen },
            { cle: 'vue', titre: 'Vue', cellule: (s) => jourEtHeure(s.vueLe) },
            {
              cle: 'action',
              titre: 'Action',
              cellule: (s) =>
                s.id === p.ici ? null : (
                  <Form action="/mon-compte/sessions" masques={{ session: s.id }}>
                    <Button variante="secondaire" petit>
                      Fermer<span className="govuk-visually-hidden"> la session vue {jourEtHeure(s.vueLe)}</span>
                    </Button>
                  </Form>
                ),
            },
          ]}
        />
        <Form action="/mon-compte/sessions" masques={{ tout: '1' }}>
          <p className="govuk-body">
            Un doute ? Un seul bouton ferme tout ce qui agit en votre nom, sauf cette session : les autres sessions, les jetons, les adresses de calendrier, les
            liens envoyés et les connexions commencées. Un message vous dit ce qui a pris fin.
          </p>
          <p className="govuk-body">
            Vos{' '}
            <a className="govuk-link" href="#jetons">
              jetons
            </a>{' '}
            se voient plus bas, vos{' '}
            <a className="govuk-link" href="/calendrier/abonnement">
              adresses de calendrier
            </a>{' '}
            sur leur page.
          </p>
          <Button variante="secondaire">Tout fermer ailleurs</Button>
        </Form>
      </Section>
      <Section titre="Clavier" id="clavier">
        <p className="govuk-body">
          {u.raccourcis
            ? 'Les raccourcis d’une touche sont actifs : « ? » en donne la liste sur chaque page.'
            : 'Les raccourcis d’une touche sont éteints. Ils gêneraient une dictée vocale ou une plage braille : n’activez que si vous tapez au clavier.'}
        </p>
        <Form action="/mon-compte/raccourcis" masques={{ oui: u.raccourcis ? '0' : '1' }}>
          <Button variante="secondaire">{u.raccourcis ? 'Éteindre les raccourcis' : 'Activer les raccourcis'}</Button>
        </Form>
      </Section>
      {p.mandats.length > 0 && (
        <Section titre="Déléguer pendant une absence" id="delegation">
          {p.collegues.length === 0 ? (
            <p className="govuk-body">Personne d’autre de votre organisation n’a de compte.</p>
          ) : (
            <Form action="/mon-compte/delegations">
              <Select
                nom="mandat"
                libelle="Mandat"
                vide="Choisir"
                valeur={champs.mandat}
                options={p.mandats.map((m) => ({ valeur: m.id, libelle: dire(m) }))}
                erreur={erreurDe(erreurs, 'mandat')}
              />
              <Select
                nom="compte"
                libelle="À"
                vide="Choisir"
                valeur={champs.compte}
                options={p.collegues.map((x) => ({ valeur: x.id, libelle: x.nom }))}
                erreur={erreurDe(erreurs, 'compte')}
              />
              <DateInput nom="debut" libelle="À partir du" valeur={champs.debut} erreur={erreurDe(erreurs, 'debut')} />
              <DateInput
                nom="fin"
                libelle="Jusqu’au"
                aide="Trois mois au plus. Vos droits restent les vôtres."
                valeur={champs.fin}
                erreur={erreurDe(erreurs, 'fin')}
              />
              <Button variante="secondaire">Déléguer</Button>
            </Form>
          )}
        </Section>
      )}
      <JetonsSection jetons={p.jetons} dire={dire} champs={champs} portees={p.portees} erreurs={erreurs} />
    </>
  );
}

/** « Firefox, Windows » rather than a line of marks. */
function direAgent(agent: string | null): string {
  if (!agent) return 'appareil inconnu';
  const navigateur = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((n) => agent.includes(n));
  const systeme = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((n) => agent.includes(n));
  return [navigateur === 'Edg' ? 'Edge' : navigateur, systeme].filter(Boolean).join(', ') || couper(agent, 40);
}
