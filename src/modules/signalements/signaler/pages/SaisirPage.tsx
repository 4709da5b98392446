import { donneesDuLieu, FR } from '../../langues/mots.rules.ts';
import { abreger } from '../../../../core/couper.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { type Categorie, type Circuit, estMuet } from '../../circuits/circuit.schema.ts';
import { libelleDEtat } from '../../circuits/circuit.rules.ts';
import type { Proche } from '../../demandes/proches.queries.ts';
import { dit, type Saisie } from '../saisie.rules.ts';
import { ChampCourriel, ChampQuoi, ChampsDeRecherche, ChampsDesFaits, ChampsDuLieu, type Quartier } from './Champs.tsx';
import { Numeros, ParLettre } from './SignalerPage.tsx';

export function ChoisirCircuitPage({ circuits }: { circuits: readonly Circuit[] }) {
  return (
    <>
      <PageHeader titre="Nouvelle demande" chapo="À qui s’adresse-t-elle ? Chaque circuit a ses destinataires, ses délais et sa réponse." />
      {circuits.length === 0 && <EmptyState titre="Aucun circuit">Votre organisation ne signale dans aucun circuit de ce contrat.</EmptyState>}
      {circuits.map((c) => (
        <Section key={c.code} titre={c.titre}>
          <p className="govuk-body">{c.objet}</p>
          <p className="govuk-body">
            <a className="govuk-link" href={`/signalements/saisir/${c.code}`}>
              Remplir<span className="govuk-visually-hidden"> : {c.titre}</span>
            </a>
          </p>
        </Section>
      ))}
    </>
  );
}

export interface SaisirPageProps {
  circuit: Circuit;
  parLettre: string | null;
  categorie: Categorie | null;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
  quartiers: readonly Quartier[];
  /** Boundaries are known, that one may touch. */
  plan: boolean;
  /** What is there already is not looked for now. */
  suspendue: boolean;
  aujourdhui: string;
  canaux: readonly { valeur: string; libelle: string }[];
  proches: readonly Proche[];
  /** Whose reports wait on a device. */
  compte: string;
}

/** What it is comes first, by itself: its questions follow from it. */
export function SaisirPage(p: SaisirPageProps) {
  const { circuit: c, categorie, saisie, erreurs } = p;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader surtitre="Nouvelle demande" titre={c.titre} chapo={c.objet} />
      {c.exclut && <InsetText>{c.exclut}</InsetText>}
      <Numeros c={c} />
      <ParLettre adresse={p.parLettre} />
      {c.fichier && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/signalements/saisir/${c.code}/fichier`}>
            En envoyer plusieurs par un fichier
          </a>
        </p>
      )}
      {!categorie && (
        <Form action={`/signalements/saisir/${c.code}`} methode="get">
          <ChampQuoi circuit={c} saisie={saisie} erreurs={erreurs} />
          {c.lieu === 'point' && <ChampsDeRecherche saisie={saisie} quartiers={p.quartiers} />}
          <Button>Continuer</Button>
        </Form>
      )}
      {categorie && (
        <>
          <p className="govuk-body">
            <strong>{categorie.libelle}</strong>{' '}
            {c.categories.length > 1 && (
              <a className="govuk-link" href={`/signalements/saisir/${c.code}`}>
                Choisir autre chose
              </a>
            )}
          </p>
          <Form
            action={`/signalements/saisir/${c.code}`}
            masques={{ categorie: categorie.code }}
            donnees={{
              ...donneesDuLieu(FR, p.plan && c.lieu === 'point'),
              'data-terrain': p.compte,
              'data-terrain-objet': categorie.libelle,
            }}
          >
            {/* Set by the island while one types. */}
            <div data-proches="">
              {p.suspendue && (
                <p className="c-note">Trop de signalements arrivent à la fois : ce qui est déjà signalé n’est pas cherché. Le service le rapprochera.</p>
              )}
              {p.proches.length > 0 && (
                <Radios
                  nom="meme"
                  legende="Est-ce la même chose ?"
                  aide="Jointe, la demande compte et chacun reçoit la réponse."
                  valeur={dit(saisie, 'meme')}
                  erreur={erreurDe(erreurs, 'meme')}
                  options={[
                    ...p.proches.map((x) => ({
                      valeur: x.id,
                      libelle: `Oui : n° ${x.numero}, ${x.titre}, ${jour(x.jour)}`,
                      aide: [
                        x.adresse,
                        x.metres === null ? '' : `à ${pluriel(x.metres, 'mètre')}`,
                        libelleDEtat(c, x.etat).toLowerCase(),
                        abreger(x.textePublic, 140),
                      ]
                        .filter(Boolean)
                        .join(', '),
                    })),
                    { valeur: 'non', libelle: 'Non, c’est autre chose' },
                  ]}
                />
              )}
            </div>
            {p.canaux.length > 1 && (
              <Radios
                nom="canal"
                legende="D’où vient-elle ?"
                valeur={dit(saisie, 'canal') || p.canaux[0]?.valeur || ''}
                erreur={erreurDe(erreurs, 'canal')}
                options={p.canaux}
                petit
              />
            )}
            <ChampsDuLieu circuit={c} saisie={saisie} erreurs={erreurs} quartiers={p.quartiers} aujourdhui={p.aujourdhui} />
            <ChampsDesFaits circuit={c} categorie={categorie} saisie={saisie} erreurs={erreurs} />
            {!estMuet(c) && <ChampCourriel saisie={saisie} erreurs={erreurs} pourAutrui />}
            <Button>{estMuet(c) ? 'Enregistrer' : 'Enregistrer et transmettre'}</Button>
          </Form>
        </>
      )}
    </>
  );
}
